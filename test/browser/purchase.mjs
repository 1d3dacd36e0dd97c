// SPDX-License-Identifier: Apache-2.0
// A purchase by keyboard alone, by touch on the smallest phone, and at 400 % zoom.
import assert from 'node:assert/strict'
import { buyer } from './places.mjs'
import { finish, openBrowser, openShop, test, visitor } from './shop.mjs'

const shop = await openShop()
const browser = await openBrowser()

// What a person with a keyboard knows of the place they are at.
const here = () => {
  const e = document.activeElement
  if (!e || e === document.body) return null
  const drawn = x => {
    const s = x && getComputedStyle(x)
    return s && ((s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1.5) || (s.boxShadow !== 'none' && x.matches(':focus-within, :focus')))
  }
  const about = [e.nextElementSibling]
  for (let x = e; x && about.length < 6; x = x.parentElement) about.push(x)
  const box = (e.matches('input[type=radio], input[type=checkbox]') && e.closest('label')) || e
  const r = box.getBoundingClientRect(), x = r.left + Math.min(r.width, innerWidth) / 2, y = r.top + Math.min(r.height, innerHeight) / 2
  const at = document.elementFromPoint(x, y)
  return {
    what: `${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''} ${(e.getAttribute('aria-label') ?? e.innerText ?? e.name ?? '').trim().slice(0, 40)} ${e.name || e.getAttribute('href') || ''}`,
    marked: e.matches(':focus-visible') && about.some(drawn),
    seen: r.width > 0 && r.height > 0 && y >= 0 && y <= innerHeight,
    covered: at && !box.contains(at) && !at.contains(box) && !(at.closest('label')?.contains(e)) ? at.outerHTML.slice(0, 80) : null,
    place: e.closest('dialog') ? 'dialog' : e.closest('header, .section-header, .skip') ? 'head' : e.closest('footer') ? 'foot' : e.closest('main') ? 'main' : 'other',
  }
}
const scrolled = page => page.evaluate(async () => {
  for (let y = NaN; y !== scrollY;) { y = scrollY; await new Promise(done => setTimeout(done, 60)) }
})

// Goes on with Tab until the focus is on what the selector names; every stop on the way has to be fit for people.
async function tabTo(page, selector, most = 120) {
  const order = ['other', 'head', 'main', 'foot']
  let last = 0
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab')
    await scrolled(page)
    const at = await page.evaluate(here)
    if (!at) continue
    page.stops++
    if (!at.marked) page.faults.add(`focus is not to be seen: ${at.what}`)
    if (!at.seen) page.faults.add(`focus is outside of the window: ${at.what}`)
    if (at.covered) page.faults.add(`focus is covered: ${at.what} by ${at.covered}`)
    if (at.place !== 'dialog' && at.place !== 'other') {
      if (order.indexOf(at.place) < last) page.faults.add(`order jumps back: ${at.what}`)
      last = order.indexOf(at.place)
    }
    if (await page.evaluate(s => document.activeElement.matches(s), selector)) return
  }
  throw new Error(`${selector} is not reached within ${most} stops on ${page.url()}`)
}
const arrive = (page, where, act) => Promise.all([page.waitForURL(where), act()])
const press = key => page => page.keyboard.press(key)
const enter = press('Enter')

await test('a purchase by keyboard alone', async () => {
  const page = await visitor(browser, shop, { width: 1280 })
  page.stops = 0
  page.faults = new Set()
  await page.goto('/')
  await page.keyboard.press('Tab')
  assert.equal((await page.evaluate(here)).what.includes('#main'), true, 'the first stop skips to the content')
  await tabTo(page, '.header__nav a[href$="/collections/zero-waste"]')
  await arrive(page, '**/collections/zero-waste', () => enter(page))
  await page.keyboard.press('Tab')
  await enter(page) // skip to the content
  await tabTo(page, 'main a[href*="/products/trinkflasche"]', 200)
  await arrive(page, '**/products/trinkflasche*', () => enter(page))
  await page.keyboard.press('Tab')
  await enter(page)
  const before = await page.locator('[name=id]').first().inputValue()
  await tabTo(page, 'a[data-variant]:not([aria-current], .is-unavailable)')
  const id = await page.evaluate('document.activeElement.id')
  await Promise.all([page.waitForResponse(r => r.url().includes('section_id=')), enter(page)])
  await page.waitForFunction(b => document.querySelector('[name=id]').value !== b, before)
  assert.equal(await page.evaluate('document.activeElement.id'), id, 'the focus stays on the chosen value')
  await tabTo(page, 'button[name=add]')
  await page.keyboard.press('Space')
  await page.locator('dialog#cart[open] .line').waitFor()
  assert.equal(await page.evaluate("!!document.activeElement.closest('dialog#cart')"), true, 'the focus is in the drawer')
  await tabTo(page, 'dialog#cart button[name=checkout]', 30)
  await arrive(page, '**/checkout', () => enter(page))
  for (const [name, value] of Object.entries(buyer)) {
    await tabTo(page, `[name=${name}]`)
    await page.keyboard.type(value)
  }
  await tabTo(page, '[name=shipping_method]')
  await page.keyboard.press('Space')
  await page.waitForLoadState('networkidle')
  await tabTo(page, '[name=payment_method]')
  for (let i = 0; i < 6 && !await page.locator('[name=payment_method][value=bank_transfer]').isChecked(); i++) {
    await page.keyboard.press(i ? 'ArrowDown' : 'Space')
    await page.waitForLoadState('networkidle')
  }
  await tabTo(page, 'button[name=order]')
  await arrive(page, '**/orders/**', () => enter(page))
  console.log(`# ${page.stops} stops`)
  assert.deepEqual([...page.faults], [])
  assert.deepEqual([...page.errors, ...page.foreign], [])
  await page.context().close()
})

// Everything to be tapped is 24 px or has that much room about it (WCAG 2.5.8); what a page is for is 44 px high.
const small = () => {
  const shown = e => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.getBoundingClientRect().width > 1
  const main = e => e.matches('button[name=add], button[name=checkout], button[name=order], .btn--large')
  const inText = e => e.matches('a') && [...e.parentElement.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
  const out = []
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(shown)
  const boxes = all.map(e => (e.closest('label') ?? e).getBoundingClientRect())
  all.forEach((e, i) => {
    const r = boxes[i], need = main(e) ? 44 : 24
    if (r.width >= need && r.height >= need - 0.5 || r.width < 2 || inText(e)) return
    const x = r.left + r.width / 2, y = r.top + r.height / 2
    const near = need === 24 && boxes.some((b, j) => j !== i && !e.contains(all[j]) && !all[j].contains(e) &&
      Math.max(b.left - x, x - b.right, 0) ** 2 + Math.max(b.top - y, y - b.bottom, 0) ** 2 < 144)
    if (need === 44 || near) out.push(`${Math.round(r.width)}×${Math.round(r.height)} ${e.outerHTML.slice(0, 100)}`)
  })
  return out
}

await test('a purchase by touch at 320 px', async () => {
  const page = await visitor(browser, shop, { width: 320, height: 568, hasTouch: true, isMobile: true, deviceScaleFactor: 2 })
  const faults = new Set()
  const look = async () => { for (const s of await page.evaluate(small)) faults.add(`${new URL(page.url()).pathname}: ${s}`) }
  const tap = s => page.locator(s).first().tap()
  await page.goto('/')
  await look()
  await tap('.header__menu > summary')
  await look()
  await arrive(page, '**/collections/zero-waste', () => tap('.menu-panel a[href$="/collections/zero-waste"]'))
  await look()
  await arrive(page, '**/products/trinkflasche*', () => tap('main a[href*="/products/trinkflasche"]'))
  await look()
  const before = await page.locator('[name=id]').first().inputValue()
  await tap('a[data-variant]:not([aria-current], .is-unavailable)')
  await page.waitForFunction(b => document.querySelector('[name=id]').value !== b, before)
  await tap('button[name=add]')
  await page.locator('dialog#cart[open] .line').waitFor()
  await look()
  await arrive(page, '**/checkout', () => tap('dialog#cart button[name=checkout]'))
  await look()
  for (const [name, value] of Object.entries(buyer)) {
    await tap(`[name=${name}]`)
    await page.keyboard.type(value)
  }
  await tap('label:has([name=shipping_method])')
  await page.waitForLoadState('networkidle')
  await tap('label:has([name=payment_method][value=bank_transfer])')
  await page.waitForLoadState('networkidle')
  await arrive(page, '**/orders/**', () => tap('button[name=order]'))
  await look()
  assert.deepEqual([...faults], [])
  assert.deepEqual([...page.errors, ...page.foreign], [])
  await page.context().close()
})

// A control may be scrolled to and is then on top at its middle.
const reachable = async () => {
  await Promise.all(document.getAnimations().map(a => a.finished.catch(() => {})))
  const out = []
  for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || e.disabled || e.matches('.skip, [aria-hidden=true]')) continue
    if (document.querySelector('dialog[open]') && !e.closest('dialog[open]')) continue
    const box = (e.matches('[type=radio], [type=checkbox]') && e.closest('label')) || e
    if (box.getBoundingClientRect().width < 2) continue
    box.scrollIntoView({ block: 'nearest', behavior: 'instant' })
    const r = box.getBoundingClientRect(), x = r.left + r.width / 2, y = r.top + r.height / 2
    const at = document.elementFromPoint(Math.min(Math.max(x, 0), innerWidth - 1), y)
    if (!at || !(box.contains(at) || at.contains(box) && at !== document.body && at !== document.documentElement || at.closest('label')?.contains(e)))
      out.push(`${box.outerHTML.slice(0, 90)} under ${at?.outerHTML.slice(0, 60)}`)
    if (r.right > innerWidth + 1 && !box.closest('.scroller, [data-slides], .table-scroll, .gallery__thumbs')) out.push(`too wide: ${box.outerHTML.slice(0, 90)}`)
  }
  return out
}

await test('a purchase at 400 % zoom', async () => {
  const page = await visitor(browser, shop, { width: 320, height: 256, deviceScaleFactor: 4 })
  const faults = new Set()
  const look = async () => {
    for (const s of await page.evaluate(reachable)) faults.add(`${new URL(page.url()).pathname}: ${s}`)
    const stuck = await page.evaluate(() => [...document.querySelectorAll('body *')].filter(e => /fixed|sticky/.test(getComputedStyle(e).position) && e.checkVisibility() && !e.closest('dialog'))
      .map(e => e.getBoundingClientRect()).filter(r => r.width > 200 && r.bottom > 0 && r.top < innerHeight).reduce((n, r) => n + Math.min(r.height, innerHeight), 0))
    if (stuck > 256 / 3) faults.add(`${new URL(page.url()).pathname}: ${Math.round(stuck)} px of 256 are taken by what sticks`)
  }
  await page.goto('/products/trinkflasche')
  await look()
  await page.locator('button[name=add]').click()
  await page.locator('dialog#cart[open] .line').waitFor()
  await look()
  await page.keyboard.press('Escape')
  await page.goto('/cart')
  await look()
  await arrive(page, '**/checkout', () => page.locator('main button[name=checkout]').first().click())
  await look()
  for (const [name, value] of Object.entries(buyer)) await page.locator(`[name=${name}]`).fill(value)
  await page.locator('label:has([name=shipping_method])').first().click()
  await page.waitForLoadState('networkidle')
  await page.locator('label:has([name=payment_method][value=bank_transfer])').click()
  await page.waitForLoadState('networkidle')
  await arrive(page, '**/orders/**', () => page.locator('button[name=order]').click())
  await look()
  assert.deepEqual([...faults], [])
  await page.context().close()
})

await test('the books agree', async () => { assert.equal(shop.run('check', shop.dir), '') })
await browser.close()
shop.close()
finish()
