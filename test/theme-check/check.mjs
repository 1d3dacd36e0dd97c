// SPDX-License-Identifier: Apache-2.0
// Shopify's own checker of themes over Hanse: no error, no warning. Speaks TAP.
import { relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { themeCheckRun } from '@shopify/theme-check-node'

const theme = process.argv[2]
const severity = ['error', 'warning', 'note']
const { offenses } = await themeCheckRun(theme, `${theme}/.theme-check.yml`, () => {})
console.log('1..1')
for (const o of offenses) {
  const file = relative(pathToFileURL(theme).pathname, new URL(o.uri).pathname)
  console.log(`# ${severity[o.severity]}: ${file}:${o.start.line + 1}: ${o.check}: ${o.message}`)
}
console.log(`${offenses.length ? 'not ok' : 'ok'} 1 - theme-check/hanse`)
process.exit(offenses.length ? 1 : 0)
