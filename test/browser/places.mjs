// SPDX-License-Identifier: Apache-2.0
// Every page there is, one for each template and state, and how a visitor gets there.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { visitor } from './shop.mjs'

// as: whose cookies the visitor has. go: what to do after the page is there. status: when it is not 200.
export const places = [
  { name: 'home', path: '/' },
  { name: 'collections', path: '/collections' },
  { name: 'collection', path: '/collections/zero-waste' },
  { name: 'collection-filtered', path: '/collections/all?filter.v.availability=1&filter.p.vendor=Halmwerk' },
  { name: 'collection-paged', path: '/collections/all?page=2' },
  { name: 'collection-empty', path: '/collections/all?filter.v.price.lte=0.01' },
  { name: 'product-variants', path: '/products/trinkflasche' },
  { name: 'product-soldout', path: '/products/altglas-vase', go: gone },
  { name: 'product-reduced', path: '/products/solarlaterne' },
  { name: 'product-plain', path: '/products/kork-untersetzer' },
  { name: 'product-in-collection', path: '/collections/sale/products/handfilter' },
  { name: 'cart-empty', path: '/cart' },
  { name: 'cart', path: '/cart', as: 'buyer' },
  { name: 'cart-problem', path: '/cart', as: 'unlucky' },
  { name: 'search', path: '/search?q=seife' },
  { name: 'search-none', path: '/search?q=xyzzyplugh' },
  { name: 'search-empty', path: '/search' },
  { name: 'page-legal', path: '/pages/impressum' },
  { name: 'page-long', path: '/pages/agb' },
  { name: 'page-contact', path: '/pages/kontakt' },
  { name: 'page-faq', path: '/pages/fragen' },
  { name: 'blog', path: '/blogs/magazin' },
  { name: 'article', path: '/blogs/magazin/bokashi-anfangen' },
  { name: '404', path: '/nothing-here', status: 404 },
  { name: 'login', path: '/account/login' },
  { name: 'login-refused', path: '/account/login', go: page => send(page, { 'customer[email]': 'nobody@nowhere' }), status: 422 },
  { name: 'code', path: '/account/login', go: page => send(page, { 'customer[email]': `${String(++asked).padStart(3, '0')}@example.org` }) },
  { name: 'account', path: '/account', as: 'customer' },
  { name: 'account-order', path: '/account', as: 'customer', go: page => follow(page, 'main a[href*="/account/orders/"]') },
  { name: 'addresses', path: '/account/addresses', as: 'customer' },
  { name: 'checkout', path: '/checkout', as: 'buyer' },
  { name: 'checkout-refused', path: '/checkout', as: 'buyer', go: page => refuse(page, 'button[name=order]'), status: 422 },
  { name: 'order', path: world => world.order },
  { name: 'withdraw', path: '/withdraw' },
  { name: 'withdraw-confirm', path: '/withdraw', go: page => send(page, { name: 'Erika Muster', order: 'K2026-00001', email: 'erika@example.org' }) },
]

let asked = 0 // nobody may ask for many codes
const arrive = (page, act) => Promise.all([page.waitForNavigation({ waitUntil: 'load' }), act()])
const follow = (page, link) => arrive(page, () => page.locator(link).first().click())
async function send(page, fields) {
  const form = page.locator('main form').filter({ has: page.locator(`[name="${Object.keys(fields).at(-1)}"]`) }).first()
  await form.evaluate(f => { f.noValidate = true })
  for (const [name, value] of Object.entries(fields)) await form.locator(`[name="${name}"]`).fill(value)
  await arrive(page, () => form.locator('button:not([type=button])').first().click())
}
async function refuse(page, button) {
  await page.locator(button).evaluate(b => { b.form.noValidate = true })
  await arrive(page, () => page.locator(button).click())
}
// The variant that is sold out.
async function gone(page) {
  await page.goto(await page.locator('a.is-unavailable[data-variant]').first().getAttribute('href'))
}

const post = (page, path, fields) => page.evaluate(async ([path, fields]) => {
  const r = await fetch(path, { method: 'POST', body: new URLSearchParams(fields) })
  return { status: r.status, url: r.url }
}, [path, fields])
const variants = (page, handle) => page.evaluate(async h => (await (await fetch(`/products/${h}.js`)).json()).variants, handle)

export const buyer = { email: 'erika@example.org', name: 'Erika Muster', street: 'Deichweg 4', postcode: '20457', city: 'Hamburg' }

export async function fillCheckout(page, who = buyer) {
  for (const [field, value] of Object.entries(who)) await page.fill(`[name=${field}]`, value)
  await page.locator('[name=shipping_method]').first().check()
  await page.locator('[name=payment_method][value=bank_transfer]').check()
}

async function fresh(browser, shop) {
  const page = await visitor(browser, shop)
  await page.goto('/pages/versand')
  return page
}

export async function put(page, handle, quantity = 1) {
  const v = (await variants(page, handle)).find(v => v.available)
  return post(page, '/cart/add', { id: v.id, quantity })
}

// The last code of six digits in the mails to somebody.
export async function mailedCode(shop, email) {
  for (let i = 0; i < 80; i++) {
    const mails = readdirSync(join(shop.dir, 'mail')).sort().map(f => readFileSync(join(shop.dir, 'mail', f), 'utf8'))
    const code = mails.filter(m => m.includes(`To: ${email}`)).map(m => m.match(/^(\d{6})\r?$/m)?.[1]).filter(Boolean).at(-1)
    if (code) return code
    await new Promise(done => setTimeout(done, 250))
  }
  throw new Error(`no code was mailed to ${email}`)
}

// Visitors with a full cart, with a cart whose goods are gone, with an account; and an order.
export async function makeWorld(browser, shop) {
  const state = {}
  const page = await fresh(browser, shop)
  for (const h of ['trinkflasche', 'solarlaterne', 'kraeutertee']) await put(page, h)
  state.buyer = await page.context().storageState()
  await page.context().close()

  const unlucky = await fresh(browser, shop)
  for (const h of ['insektenhotel', 'kerze-rapswachs']) await put(unlucky, h)
  state.unlucky = await unlucky.context().storageState()
  await unlucky.context().close()
  shop.sql(`UPDATE stock_level SET on_hand = 0 WHERE variant_id IN (SELECT v.id FROM variant v JOIN product p ON p.id = v.product_id
            WHERE p.handle = 'insektenhotel')`)

  const customer = await fresh(browser, shop)
  await put(customer, 'kraeutertee', 2)
  await customer.goto('/checkout')
  await fillCheckout(customer)
  await arrive(customer, () => customer.locator('button[name=order]').click())
  const order = new URL(customer.url())
  await customer.goto('/account/login')
  await send(customer, { 'customer[email]': buyer.email })
  await customer.fill('[name=code]', await mailedCode(shop, buyer.email))
  await arrive(customer, () => customer.locator('main form button').first().click())
  state.customer = await customer.context().storageState()
  await customer.context().close()
  return { state, order: order.pathname + order.search }
}
