import { Command } from 'commander'
import { rowsOf } from '../imports/tables.ts'
import { parseInput } from '../platform/input.ts'
import { sealingsWith } from '../platform/journal/seal.ts'
import { verifyJournal } from '../platform/journal/verify.ts'
import { z } from '../platform/schema.ts'
import { verificationLines } from './audit-words.ts'
import { config, print, progressLine, withMarket } from './market.ts'

const settings = () => config({ embedding: { kind: 'off' } })

const AnchorText = z
  .string()
  .regex(/^[1-9]\d{0,14}:[0-9a-f]{64}$/)
  .transform((text) => ({ seq: Number(text.split(':')[0]), hash: text.split(':')[1]! }))

export function auditCommand(): Command {
  const audit = new Command('audit').description('Check that the record of what happened is whole')
  audit
    .command('verify')
    .description('Name every entry, seal, revision and listing that was changed, added, moved or taken away past the program (exit code 4)')
    .option('--since <seq:hash>', 'the anchor that an earlier verify printed and that was kept elsewhere: its seal must still be there')
    .option('--json', 'print JSON')
    .action(({ since, json }: { since?: string; json?: true }) => {
      const { auditKeys } = settings()
      const anchor = parseInput(z.object({ since: AnchorText.nullable() }), { since: since ?? null }).since
      return withMarket(settings(), async ({ ports }) => {
        const progress = progressLine('entries and listings')
        const verification = await verifyJournal(ports.database, { sealings: sealingsWith(auditKeys), anchor, listings: rowsOf, progress })
        if (verification.faults.length > 0) process.exitCode = 4
        if (json) return print(JSON.stringify(verification))
        for (const line of verificationLines(verification)) print(line)
      })
    })
  return audit
}
