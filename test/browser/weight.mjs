// SPDX-License-Identifier: Apache-2.0
// What a page weighs on its way to a visitor who comes for the first time: as served, without pictures.
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { makeWorld } from './places.mjs'
import { finish, openBrowser, openShop, test, visitor } from './shop.mjs'

const shop = await openShop()
const browser = await openBrowser()
const world = await makeWorld(browser, shop)
const limits = { '/products/trinkflasche': { all: 60_000, scripts: 15_000 } }
const kinds = ['document', 'stylesheet', 'script', 'font']

// Bytes of the body as they come over the line to a browser that takes br and gzip.
const served = (url, cookie) => new Promise((done, fail) => {
  request(url, { headers: { 'accept-encoding': 'br, gzip', cookie } }, r => {
    let n = 0
    r.on('data', d => { n += d.length })
    r.on('end', () => done({ n, encoding: r.headers['content-encoding'] ?? 'plain' }))
  }).on('error', fail).end()
})

// Everything that one visit loads; a product is put into the cart as well, since scripts may come late.
async function weigh(path, as) {
  const page = await visitor(browser, shop, { width: 360, state: world.state[as] })
  const loaded = new Map()
  page.on('request', r => { if (kinds.includes(r.resourceType())) loaded.set(r.url(), r.resourceType()) })
  await page.goto(path, { waitUntil: 'networkidle' })
  if (path.includes('/products/')) {
    await page.locator('form[action$="/cart/add"] button[name=add]').click()
    await page.locator('dialog#cart[open]').waitFor()
    await page.waitForLoadState('networkidle')
  }
  const cookie = (await page.context().cookies()).map(c => `${c.name}=${c.value}`).join('; ')
  const sum = Object.fromEntries(kinds.map(k => [k, 0]))
  for (const [url, kind] of loaded) {
    let answer
    for (let i = 0; i < 3 && answer?.encoding !== 'br'; i++) answer = await served(url, cookie) // the best form is made after the first
    const { n, encoding } = answer
    sum[kind] += n
    console.log(`#   ${String(n).padStart(6)} ${encoding.padEnd(5)} ${kind} ${new URL(url).pathname}`)
  }
  await page.context().close()
  return { ...sum, all: kinds.reduce((n, k) => n + sum[k], 0) }
}

for (const [path, as] of [['/'], ['/collections/zero-waste'], ['/products/trinkflasche'], ['/cart', 'buyer'], ['/checkout', 'buyer']])
  await test(`weight of ${path}`, async () => {
    const w = await weigh(path, as)
    console.log(`# ${path}: ${w.all} bytes = HTML ${w.document} + CSS ${w.stylesheet} + scripts ${w.script} + fonts ${w.font}`)
    const limit = limits[path] ?? { all: 70_000, scripts: 15_000 }
    assert.ok(w.all < limit.all, `${w.all} bytes, ${limit.all} are allowed`)
    assert.ok(w.script < limit.scripts, `${w.script} bytes of scripts, ${limit.scripts} are allowed`)
  })

await browser.close()
shop.close()
finish()
