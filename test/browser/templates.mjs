// SPDX-License-Identifier: Apache-2.0
// Every template in both languages: axe-core, the Nu HTML checker, no error, no broken policy, nothing from elsewhere, nothing that
// moves, nothing wider than 320 px, and the same words without scripts. EVERY=1 takes both schemes at three widths and screenshots;
// else German is looked at on a phone and English on a wide screen, each in both schemes.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makeWorld, places } from './places.mjs'
import { axe, finish, openBrowser, openShop, shots, test, visitor } from './shop.mjs'

const every = process.env.EVERY === '1'
const languages = [{ name: 'de', prefix: '', locale: 'de-DE' }, { name: 'en', prefix: '/en', locale: 'en-GB' }]
const widthsOf = language => every ? [360, 768, 1440] : [language.name === 'de' ? 360 : 1440]
const schemes = ['light', 'dark']
const html = join(process.cwd(), 'html')
rmSync(html, { recursive: true, force: true })
mkdirSync(html)

const shop = await openShop()
const browser = await openBrowser()
const world = await makeWorld(browser, shop)

async function open(place, language, options) {
  const page = await visitor(browser, shop, { lang: language.locale, state: world.state[place.as], ...options })
  let last
  page.on('response', r => { if (r.request().isNavigationRequest() && r.frame() === page.mainFrame()) last = r })
  const path = typeof place.path === 'function' ? place.path(world) : place.path
  await page.goto(language.prefix + path, { waitUntil: 'load' })
  await place.go?.(page)
  page.answer = last
  return page
}

const pictures = () => [...document.images].filter(i => !(i.getAttribute('width') > 0 && i.getAttribute('height') > 0)).map(i => i.outerHTML.slice(0, 120))
// Words a visitor sees; those for one kind of browser only are left out.
const words = () => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('* { content-visibility: visible !important } .js-only, .no-js-only, .js-only *, .no-js-only * { display: none !important }')
  document.adoptedStyleSheets.push(sheet)
  const text = document.querySelector('main').innerText
  document.adoptedStyleSheets.pop()
  return text.split('\n').map(l => l.replace(/\s+/g, ' ').trim()).filter(Boolean)
}
const wider = () => {
  const room = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= room) return []
  const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > room + 1)
  return [`${document.documentElement.scrollWidth} px: ${out.slice(0, 3).map(e => e.outerHTML.slice(0, 90)).join(' | ')}`]
}

// Colours may take their time to change.
const settled = async () => {
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
  await Promise.all(document.getAnimations().map(a => a.finished.catch(() => {})))
}

async function look(page, place, language, width, found) {
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.evaluate(settled)
    const rules = scheme === 'dark' && !every ? ['color-contrast', 'link-in-text-block'] : undefined
    const { height } = page.viewportSize()
    await page.setViewportSize({ width, height: 2400 }) // what sticks to an edge covers nothing that could be scrolled away
    for (const v of await axe(page, rules)) found.add(`axe ${scheme} ${width}: ${v}`)
    await page.setViewportSize({ width, height })
    if (every) await shoot(page, `${place.name}-${language.name}-${scheme}-${width}`)
  }
}
// Pictures that wait for being seen are seen first.
async function shoot(page, name) {
  await page.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
      scrollTo({ top: y, behavior: 'instant' })
      await new Promise(done => setTimeout(done, 30))
    }
    const loaded = Promise.all([...document.images].filter(i => i.checkVisibility()).map(i => i.decode().catch(() => {})))
    await Promise.race([loaded, new Promise(done => setTimeout(done, 3000))])
    scrollTo({ top: 0, behavior: 'instant' })
  })
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true })
}

async function withScripts(place, language, width, found) {
  const page = await open(place, language, { width, scheme: 'light' })
  await page.waitForTimeout(250)
  if (page.answer.status() !== (place.status ?? 200)) found.add(`answers ${page.answer.status()}`)
  writeFileSync(join(html, `${place.name}-${language.name}.html`), await page.answer.body())
  if (await page.evaluate('document.documentElement.lang.slice(0, 2)') !== language.name) found.add('is in another language')
  const shifts = await page.shifts()
  if (shifts.reduce((sum, s) => sum + s.value, 0) >= 0.01) found.add(`moves at ${width}: ${JSON.stringify(shifts)}`)
  await look(page, place, language, width, found)
  for (const p of await page.evaluate(pictures)) found.add(`picture without size: ${p}`)
  const seen = await page.evaluate(words)
  await page.setViewportSize({ width: 320, height: 640 })
  for (const w of await page.evaluate(wider)) found.add(`wider than 320: ${w}`)
  for (const e of [...page.foreign, ...page.errors, ...await page.broken()]) found.add(`complains: ${e}`)
  await page.context().close()
  return seen
}

// The words of a page with scripts stand on it without, too.
async function withoutScripts(place, language, width, seen, found) {
  const page = await open(place, language, { width, scripts: false })
  const plain = new Set(await page.evaluate(words))
  for (const line of seen) if (!plain.has(line) && !line.includes('@example.org')) // a new address every time
    found.add(`only with scripts: ${line.slice(0, 100)}`)
  for (const f of page.foreign) found.add(`complains: ${f}`)
  await page.context().close()
}

async function examine(place, language) {
  const found = new Set()
  for (const width of widthsOf(language)) {
    const seen = await withScripts(place, language, width, found)
    if (width === widthsOf(language)[0]) await withoutScripts(place, language, width, seen, found)
  }
  assert.deepEqual([...found], [])
}

const work = places.flatMap(place => languages.map(language => ({ place, language })))
async function worker() {
  for (let w; (w = work.shift());) await test(`template ${w.place.name} ${w.language.name}`, () => examine(w.place, w.language))
}
await Promise.all([worker(), worker()])

await test('the HTML of every template is valid', async () => {
  const jar = new URL('./node_modules/vnu-jar/build/dist/vnu.jar', import.meta.url).pathname
  const run = promisify(execFile)('java', ['-jar', jar, '--format', 'json', '--exit-zero-always', html], { maxBuffer: 1 << 26 })
  const { messages } = JSON.parse((await run).stderr)
  const line = m => `${m.url.split('/').at(-1)}:${m.lastLine}: ${m.message} «${(m.extract ?? '').replace(/\s+/g, ' ').slice(0, 100)}»`
  const notes = new Set(messages.filter(m => m.type !== 'error').map(m => `${m.subType ?? m.type}: ${m.message}`))
  for (const n of notes) console.log(`# ${n}`)
  assert.deepEqual(messages.filter(m => m.type !== 'info').map(line), [])
})

await browser.close()
shop.close()
finish()
