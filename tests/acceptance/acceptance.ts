// `npm run acceptance -- core.4`: one acceptance line at full size. `--scale 0.01` runs it at a hundredth, as `.ci/run` does.
import { parseArgs } from 'node:util'
import { lines } from './lines.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { scale: { type: 'string', default: '1' } } })
const [name] = positionals
const line = name === undefined ? undefined : lines[name]
if (line === undefined) {
  console.log(`Name one of: ${Object.keys(lines).join(', ')}`)
  process.exit(2)
}
const started = performance.now()
const { passed, figures } = await line(Number(values.scale))
for (const [figure, value] of Object.entries(figures)) console.log(`${figure.padEnd(44)} ${value}`)
console.log(`${name} ${passed ? 'holds' : 'DOES NOT HOLD'} (${Math.round((performance.now() - started) / 1000)} s, scale ${values.scale})`)
process.exit(passed ? 0 : 1)
