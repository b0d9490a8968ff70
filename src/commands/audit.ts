import { Command } from 'commander'
import { listingRows } from '../imports/tables.ts'
import { parseInput } from '../platform/input.ts'
import { changesOf, type VersionChanges } from '../platform/journal/changes.ts'
import { exportedEntries } from '../platform/journal/export.ts'
import { sealingsWith } from '../platform/journal/seal.ts'
import { verifyJournal } from '../platform/journal/verify.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import { howToCheck, verificationLines } from './audit-words.ts'
import { config, print, progressLine, withMarket, write } from './market.ts'

const settings = () => config({ embedding: { kind: 'off' } })

const AnchorText = z
  .string()
  .regex(/^[1-9]\d{0,14}:[0-9a-f]{64}$/)
  .transform((text) => ({ seq: Number(text.split(':')[0]), hash: text.split(':')[1]! }))

export function auditCommand(): Command {
  const audit = new Command('audit').description('Check the record of what happened, hand it out, read it')
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
        const verification = await verifyJournal(ports.database, {
          sealings: sealingsWith(auditKeys),
          anchor,
          listings: listingRows,
          progress,
        })
        if (verification.faults.length > 0) process.exitCode = 4
        if (json) return print(JSON.stringify(verification))
        for (const line of verificationLines(verification)) print(line)
      })
    })
  audit
    .command('export')
    .description('Write the journal for auditors, an entry a line with its seal: codes and ids only, nothing about persons')
    .option('--since <seq>', 'only entries after this number', '0')
    .addHelpText('after', howToCheck)
    .action((options: { since: string }) =>
      withMarket(settings(), async ({ ports }) => {
        const { since } = parseInput(z.object({ since: z.coerce.number().int().min(0) }), options)
        for await (const entry of exportedEntries(ports.database, since)) await write(`${JSON.stringify(entry)}\n`)
      }),
    )
  audit
    .command('show <id>')
    .description('What changed in a listing, version by version: who, when, before and after')
    .option('--json', 'print JSON')
    .action((id: string, { json }: { json?: true }) =>
      withMarket(settings(), async ({ ports }) => {
        const changes = await changesOf(ports.database, id)
        if (changes.length === 0) throw new Problem('not-found', { id })
        if (json) return print(JSON.stringify(changes))
        for (const each of changes) for (const line of changeLines(each)) print(line)
      }),
    )
  return audit
}

function changeLines({ version, at, kind, actorId, revision, fields }: VersionChanges): string[] {
  const note = { kept: '', erased: '  (erased)', missing: '  (missing: run audit verify)', none: '' }[revision]
  const head = `${version}  ${at}  ${kind}  by ${actorId}${note}`
  if (fields === null) return revision === 'kept' ? [head, '    what it was before is erased'] : [head]
  return [head, ...fields.map(({ name, before, after }) => `    ${name}: ${shown(before)} → ${shown(after)}`)]
}

const shown = (value: unknown) => JSON.stringify(value) ?? 'nothing'
