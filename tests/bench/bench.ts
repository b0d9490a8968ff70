// `npm run bench`: figures of the core on generated offerings. `npm run bench -- --offerings 200 --rounds 1` is a quick look,
// `npm run bench -- --limits` says what limits cost a search.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureCore } from './core.ts'
import { measureLimits } from './limits.ts'

const { values } = parseArgs({
  options: {
    offerings: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '3' },
    limits: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'sunmao-bench-'))
try {
  const figures = values.limits
    ? await measureLimits(folder, Number(values.offerings))
    : await measureCore(folder, Number(values.offerings), Number(values.rounds))
  if (values.json) console.log(JSON.stringify(figures))
  else for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(34)} ${value}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
