// SPDX-License-Identifier: Apache-2.0
// node peer.mjs FOLDER TEMPLATE MILLISECONDS [print]: what bench_liquid does, by liquidjs.
import { readFileSync } from 'node:fs'
import { Liquid } from 'liquidjs'

const [folder, name, milliseconds, print] = process.argv.slice(2)
const read = (file) => readFileSync(`${folder}/${file}`, 'utf8')
const data = JSON.parse(read('data.json'))
const text = read(`${name}.liquid`)
const engine = new Liquid({ cache: true, extname: '.liquid', root: folder })
const template = engine.parse(text)
if (print) {
  process.stdout.write(engine.renderSync(template, data))
  process.exit(0)
}
const measure = (work) => {
  for (let i = 0; i < 200; i++) work() // what the compiler needs to see before it is fast
  const start = process.hrtime.bigint(), limit = BigInt(milliseconds) * 1000000n
  let n = 0
  while (process.hrtime.bigint() - start < limit) { work(); n++ }
  return Number(process.hrtime.bigint() - start) / 1000 / n
}
let bytes = 0
const compile_us = measure(() => engine.parse(text))
const render_us = measure(() => { bytes = Buffer.byteLength(engine.renderSync(template, data)) })
console.log(JSON.stringify({ bytes, compile_us, render_us }))
