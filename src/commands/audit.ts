import { Command } from 'commander'
import { verifyJournal } from '../platform/journal/seal.ts'
import { config, print, withMarket } from './market.ts'

export function auditCommand(): Command {
  const audit = new Command('audit').description('Check that the record of what happened is whole')
  audit
    .command('verify')
    .description('Go through every entry and its seal; says where something was changed, added or taken away since (exit code 4)')
    .option('--json', 'print JSON')
    .action((options: { json?: true }) =>
      withMarket(config({ embedding: { kind: 'off' } }), async ({ ports }) => {
        const verified = await verifyJournal(ports.database)
        const { sealed, unsealed, hash, brokenAt } = verified
        if (brokenAt !== null) process.exitCode = 4
        if (options.json) return print(JSON.stringify(verified))
        if (brokenAt !== null)
          print(`The journal breaks at entry ${brokenAt}: it or its seal is not what it was. Sound before it: ${brokenAt - 1}`)
        else print(`Sealed and sound: ${sealed}. Sound, to be sealed by the server: ${unsealed}`)
        if (sealed > 0) print(`Seal of entry ${sealed}: ${hash}`)
      }),
    )
  return audit
}
