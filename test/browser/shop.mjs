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
  const dir = join(mkdtempSync(join(tmpdir(), 'kontor-browser-')), 'shop')
  const made = execFileSync(kontor, ['init', dir, '--demo'], { encoding: 'utf8' })
  const port = await freePort()
  const server = spawn(kontor, ['serve', dir, '--listen', `127.0.0.1:${port}`, '--no-limits'], { stdio: ['ignore', 'pipe', 'pipe'] })
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
    close: () => { server.kill('SIGTERM'); rmSync(dir, { recursive: true, force: true }) },
  }
}

export const openBrowser = () => chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
})

const axeSource = readFileSync(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
// Violations of WCAG 2.2 AA and best practice, as short lines.
export async function axe(page) {
  const result = await page.evaluate(`(() => { ${axeSource}; return axe.run(document, { resultTypes: ['violations'] }) })()`)
  return result.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}`))
}

const results = []
export async function test(name, body) {
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
