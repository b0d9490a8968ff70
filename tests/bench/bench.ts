// `npm run bench`: figures of the core on generated offerings. `npm run bench -- --offerings 200 --rounds 1` is a quick look.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureCore } from './core.ts'

const { values } = parseArgs({
  options: {
    offerings: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'sunmao-bench-'))
try {
  const figures = await measureCore(folder, Number(values.offerings), Number(values.rounds))
  if (values.json) console.log(JSON.stringify(figures))
  else for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(34)} ${value}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
