// SPDX-License-Identifier: Apache-2.0
// A demo shop of its own for the tests, a browser, and TAP.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const kontor = process.env.KONTOR
export const shots = process.env.SCREENSHOTS
mkdirSync(shots, { recursive: true })

const freePort = () => new Promise(done => {
  const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)) })
})

export async function openShop() {
  const home = mkdtempSync(join(tmpdir(), 'kontor-browser-'))
  const dir = join(home, 'shop')
  const made = execFileSync(kontor, ['init', dir, '--demo'], { encoding: 'utf8' })
  if (process.env.THEME) { // another theme than the one that comes with the program
    execFileSync(kontor, ['theme', 'add', dir, process.env.THEME, '--name', 'Tried'])
    execFileSync(kontor, ['theme', 'publish', dir, 'Tried'])
  }
  const port = await freePort()
  const server = spawn(kontor, ['serve', dir, '--listen', `127.0.0.1:${port}`, '--no-limits'], { stdio: ['ignore', 'pipe', 'pipe'] })
  const close = () => { server.kill('SIGTERM'); rmSync(home, { recursive: true, force: true }) }
  process.on('exit', close)
  let log = ''
  server.stderr.on('data', d => { log += d })
  await new Promise((ready, fail) => {
    server.stdout.once('data', ready)
    server.once('exit', () => fail(new Error(`kontor serve ended: ${log}`)))
  })
  return {
    dir, url: `http://127.0.0.1:${port}`,
    link: made.match(/\/desk\/login\/link\/\S+/)[0],
    run: (...args) => execFileSync(kontor, args, { encoding: 'utf8' }),
    sql: text => execFileSync('sqlite3', ['-cmd', '.timeout 5000', join(dir, 'shop.db'), text], { encoding: 'utf8' }),
    close,
  }
}

export const openBrowser = () => chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
})

// A page that remembers what a visitor's browser would complain of: requests elsewhere, errors, broken policies, moved content.
export async function visitor(browser, shop, { scripts = true, width = 1280, height, lang = 'de-DE', scheme = 'light', state, ...more } = {}) {
  const context = await browser.newContext({
    javaScriptEnabled: scripts, viewport: { width, height: height ?? (width < 700 ? 780 : 900) }, locale: lang, colorScheme: scheme,
    baseURL: shop.url, storageState: state, ...more,
  })
  if (scripts) await context.addInitScript(watch)
  const page = await context.newPage()
  page.foreign = []
  page.errors = []
  page.on('request', r => { if (!/^(data|blob|about):/.test(r.url()) && !r.url().startsWith(shop.url)) page.foreign.push(r.url()) })
  page.on('pageerror', e => page.errors.push(String(e)))
  page.on('console', m => {
    const itself = m.location().url === page.url() && /status of (404|422)/.test(m.text()) // a page that is an error page
    if (m.type() === 'error' && !itself) page.errors.push(m.text())
  })
  page.shifts = () => page.evaluate(() => window.seen.shifts)
  page.broken = () => page.evaluate(() => window.seen.broken)
  return page
}
function watch() {
  window.seen = { shifts: [], broken: [] }
  new PerformanceObserver(list => {
    for (const e of list.getEntries())
      if (!e.hadRecentInput)
        window.seen.shifts.push({ value: e.value, of: e.sources.map(s => s.node?.outerHTML?.slice(0, 100) ?? s.node?.textContent ?? '') })
  }).observe({ type: 'layout-shift', buffered: true })
  document.addEventListener('securitypolicyviolation', e => window.seen.broken.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`))
}

const axeSource = readFileSync(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
// Violations of WCAG 2.2 AA and best practice, as short lines; with rules, only of these.
export async function axe(page, rules) {
  const options = JSON.stringify({ resultTypes: ['violations'], runOnly: rules ?? axeTags })
  const result = await page.evaluate(`(() => { if (!window.axe) { ${axeSource} }; return axe.run(document, ${options}) })()`)
  return result.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}`))
}

const results = []
export async function test(name, body) {
  if (process.env.ONLY && !name.match(process.env.ONLY)) return
  try {
    await body()
    results.push(true)
    console.log(`ok ${results.length} - browser/${name}`)
  } catch (e) {
    results.push(false)
    console.log(`not ok ${results.length} - browser/${name}`)
    console.log(`# ${String(e.stack ?? e).split('\n').join('\n# ')}`)
  }
}
export function finish() {
  console.log(`1..${results.length}`)
  process.exitCode = results.every(Boolean) ? 0 : 1
}
