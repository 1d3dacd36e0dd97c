// SPDX-License-Identifier: Apache-2.0
// Lighthouse as it looks at phones, three times each; the median counts. Figures mean something only on a quiet machine.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, loadavg, release, tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium as driver } from 'playwright-core'
import { makeWorld } from './places.mjs'
import { finish, openBrowser, openShop, test } from './shop.mjs'
import lighthouse from 'lighthouse'

const out = process.argv[2]
const runs = Number(process.env.RUNS ?? 3)
const wanted = { performance: 98, accessibility: 100, 'best-practices': 100, seo: 100 }
// Carts and checkouts are not for search engines; their SEO is judged without the audit that asks for it.
const pages = [['home', '/'], ['collection', '/collections/zero-waste'], ['product', '/products/trinkflasche'], ['cart', '/cart', true], ['checkout', '/checkout', true]]

const shop = await openShop()
const browser = await openBrowser()
const world = await makeWorld(browser, shop)
await browser.close()

const home = mkdtempSync(join(tmpdir(), 'kontor-lighthouse-'))
const chromium = spawn(process.env.CHROMIUM, ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--remote-debugging-port=0', `--user-data-dir=${home}`, 'about:blank'], { stdio: 'ignore' })
let port
for (let i = 0; !port && i < 200; i++) {
  await new Promise(done => setTimeout(done, 100))
  try { port = Number(readFileSync(join(home, 'DevToolsActivePort'), 'utf8').split('\n')[0]) } catch { /* not yet */ }
}
const jar = (await driver.connectOverCDP(`http://127.0.0.1:${port}`)).contexts()[0]
process.on('exit', () => { chromium.kill(); rmSync(home, { recursive: true, force: true, maxRetries: 5 }) })

const median = list => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
// A category's score without some of its audits.
const without = (lhr, category, audit) => {
  const refs = lhr.categories[category].auditRefs.filter(r => r.id !== audit && r.weight > 0 && lhr.audits[r.id].score !== null)
  return refs.reduce((n, r) => n + r.weight * lhr.audits[r.id].score, 0) / refs.reduce((n, r) => n + r.weight, 0)
}
const percent = x => Math.round(x * 100)

const results = {}, power = []
for (const [name, path, hidden] of pages)
  await test(`lighthouse of ${name}`, async () => {
    const seen = { performance: [], accessibility: [], 'best-practices': [], seo: [], metrics: [] }
    const failing = new Set()
    for (let i = 0; i < runs; i++) {
      await jar.clearCookies()
      if (hidden) await jar.addCookies(world.state.buyer.cookies)
      let lhr
      for (let tries = 0; !lhr || (lhr.runtimeError && tries < 3); tries++) // it sometimes loses its own trace
        ({ lhr } = await lighthouse(shop.url + path, { port, logLevel: 'error', onlyCategories: Object.keys(wanted) }))
      if (lhr.runtimeError) throw new Error(lhr.runtimeError.message)
      if (new URL(lhr.finalDisplayedUrl).pathname !== path) throw new Error(`led to ${lhr.finalDisplayedUrl}`)
      power.push(lhr.environment.benchmarkIndex)
      for (const c of Object.keys(wanted)) seen[c].push(percent(lhr.categories[c].score))
      if (hidden) seen.seo[i] = percent(without(lhr, 'seo', 'is-crawlable'))
      const ms = id => Math.round(lhr.audits[id].numericValue)
      seen.metrics.push({ fcp: ms('first-contentful-paint'), lcp: ms('largest-contentful-paint'), tbt: ms('total-blocking-time'), si: ms('speed-index'), cls: lhr.audits['cumulative-layout-shift'].numericValue })
      for (const c of Object.values(lhr.categories))
        for (const r of c.auditRefs) {
          const a = lhr.audits[r.id]
          if (a.score !== null && a.score < 0.9 && r.weight > 0 && !(hidden && r.id === 'is-crawlable')) failing.add(`${c.id}/${r.id}: ${a.displayValue ?? a.title}`)
        }
    }
    const score = Object.fromEntries(Object.keys(wanted).map(c => [c, median(seen[c])]))
    const metrics = Object.fromEntries(Object.keys(seen.metrics[0]).map(k => [k, median(seen.metrics.map(m => m[k]))]))
    results[name] = { path, ...score, metrics, failing: [...failing] }
    console.log(`# ${name}: ${JSON.stringify(score)} ${JSON.stringify(metrics)}`)
    for (const f of failing) console.log(`#   ${f}`)
    const low = Object.keys(wanted).filter(c => score[c] < wanted[c])
    if (low.length) throw new Error(`too low: ${low.map(c => `${c} ${score[c]}`).join(', ')}`)
  })

const { version } = createRequire(import.meta.url)('lighthouse/package.json')
if (out)
  writeFileSync(out, JSON.stringify({
    what: `Lighthouse ${version}, mobile, median of ${runs}; cart and checkout: SEO without is-crawlable (they are noindex on purpose)`,
    machine: { cpu: cpus()[0].model, cores: cpus().length, kernel: release(), load: loadavg()[0], benchmarkIndex: median(power) },
    chromium: execFileSync(process.env.CHROMIUM, ['--version'], { encoding: 'utf8' }).trim(),
    date: new Date().toISOString().slice(0, 10), pages: results,
  }, null, 2) + '\n')
shop.close()
finish()
process.exit() // the driver would stay
