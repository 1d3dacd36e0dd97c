// SPDX-License-Identifier: Apache-2.0
// One real sale through everything: a visitor buys with scripts off and with scripts on, on a phone and on a wide screen; the
// merchant reads the bank statement and ships; the books agree.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fillCheckout } from './places.mjs'
import { axe, finish, openBrowser, openShop, shots, test, visitor as newVisitor } from './shop.mjs'

const shop = await openShop()
const browser = await openBrowser()

const visitor = options => newVisitor(browser, shop, options)
const shoot = (page, name) => page.screenshot({ path: join(shots, `${name}.png`), fullPage: true })

async function firstProduct(page) {
  await page.goto('/')
  await page.goto('/collections/zero-waste')
  await page.locator('main a[href*="/products/"]').first().click()
  await page.waitForURL('**/products/**')
}

const addToCart = page => Promise.all([ // with scripts it is sent in the background
  page.waitForResponse(r => /\/cart\/add(\.js)?$/.test(r.url())),
  page.locator('form[action$="/cart/add"] button[name=add]').click(),
])

// From the home page to the order's page; gives the order's number and address.
async function buy(page, name) {
  await firstProduct(page)
  await shoot(page, `${name}-product`)
  await addToCart(page)
  await page.goto('/cart')
  await shoot(page, `${name}-cart`)
  await page.locator('main button[name=checkout]').first().click()
  await page.waitForURL('**/checkout')
  await fillCheckout(page)
  await shoot(page, `${name}-checkout`)
  const button = page.locator('button[name=order]')
  assert.equal((await button.innerText()).trim().toLowerCase(), 'zahlungspflichtig bestellen')
  await button.click()
  await page.waitForURL('**/orders/**')
  await shoot(page, `${name}-order`)
  const number = (await page.content()).match(/K\d{4}-\d{5}/)[0]
  return { number, url: page.url() }
}

function statement(number, amount) {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M-${number}</MsgId>
<CreDtTm>2026-11-22T08:00:00+01:00</CreDtTm></GrpHdr><Stmt><Id>S-${number}</Id><CreDtTm>2026-11-22T08:00:00+01:00</CreDtTm>
<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct><Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-22</Dt></BookgDt><AcctSvcrRef>B-${number}</AcctSvcrRef><BkTxCd><Prtry><Cd>1</Cd></Prtry>
</BkTxCd><NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>Erika Muster</Nm></Pty></Dbtr></RltdPties><RmtInf>
<Ustrd>Bestellung ${number} danke</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`
}

let sale
await test('a purchase with scripts off at 320 px', async () => {
  const page = await visitor({ scripts: false, width: 320 })
  sale = await buy(page, 'noscript-320')
  assert.equal(page.foreign.length, 0)
})

await test('the same with scripts at 360 px and at 1280 px', async () => {
  for (const width of [360, 1280]) {
    const page = await visitor({ scripts: true, width })
    await buy(page, `script-${width}`)
    assert.deepEqual(page.foreign, [])
    assert.deepEqual(page.errors, [])
  }
})

await test('the QR code of the order page says what to transfer', async () => {
  const page = await visitor({ scripts: false, width: 1280 })
  await page.goto(sale.url)
  const file = join(shots, 'epc.png')
  await page.locator('.qr svg').screenshot({ path: file })
  const text = execFileSync('zbarimg', ['--raw', '-q', '-Sbinary', '-Sdisable', '-Sqrcode.enable', file], { encoding: 'utf8' })
  assert.ok(text.startsWith('BCD\n002\n1\nSCT\n'), text)
  assert.ok(text.includes(`\n\n\n${sale.number}`), text)
  sale.amount = text.match(/EUR([\d.]+)/)[1]
})

await test('the confirmation is a mail with both parts', async () => {
  await new Promise(done => setTimeout(done, 3000))
  const mails = readdirSync(join(shop.dir, 'mail')).map(f => readFileSync(join(shop.dir, 'mail', f), 'utf8'))
  const mine = mails.filter(m => m.includes(sale.number))
  assert.equal(mine.length, 1)
  assert.match(mine[0], /text\/plain/)
  assert.match(mine[0], /text\/html/)
})

await test('a camt.053 file marks it paid, once', async () => {
  const file = join(shop.dir, 'statement.xml')
  writeFileSync(file, statement(sale.number, sale.amount))
  assert.match(shop.run('statement', shop.dir, file), /1 booked/)
  assert.match(shop.run('statement', shop.dir, file), /read before/)
})

await test('the merchant signs in with a second factor and ships', async () => {
  const page = await visitor({ scripts: true, width: 1280 })
  await page.goto(shop.link)
  await page.locator('main form button').click()
  const secret = (await page.locator('code.secret').innerText()).replace(/\s/g, '')
  const code = execFileSync('oathtool', ['--totp', '-b', secret], { encoding: 'utf8' }).trim()
  await page.fill('[name=code]', code)
  await page.locator('main form button').first().click()
  await page.goto('/desk/orders')
  await shoot(page, 'desk-orders')
  await page.locator(`a:has-text("${sale.number}")`).first().click()
  await shoot(page, 'desk-order')
  const forms = page.locator('details:has([name=carrier]):not([open]) > summary')
  if (await forms.count()) await forms.click()
  await page.fill('[name=carrier]', 'DHL')
  await page.fill('[name=tracking]', '00340434161094042557')
  await page.locator('form[action$="/ship"] button[type=submit], form[action$="/ship"] button').first().click()
  await page.waitForLoadState()
  assert.deepEqual(await axe(page), [])
  const visitorPage = await visitor({ scripts: false, width: 360 })
  await visitorPage.goto(sale.url)
  assert.match(await visitorPage.content(), /00340434161094042557/)
})

await test('the books agree', async () => { assert.equal(shop.run('check', shop.dir), '') })

await browser.close()
shop.close()
finish()
