import { readFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import { actingAs } from '../accounts/actor.ts'
import { erasePerson } from '../persons/actions/erase.ts'
import { exportPerson } from '../persons/actions/export.ts'
import { applyList, readErasures } from '../persons/actions/reapply.ts'
import { retain } from '../persons/actions/retention.ts'
import { sweep, sweepWholly } from '../persons/actions/sweep.ts'
import { OperatorsReason } from '../persons/person.ts'
import { ErasedPerson } from '../platform/erasures/erased-list.ts'
import { parseInput } from '../platform/input.ts'
import { readJson } from '../platform/json.ts'
import { z } from '../platform/schema.ts'
import { config, print, withMarket } from './market.ts'

const settings = () => config({ embedding: { kind: 'off' } })
/** Whoever may run commands on the database may do what the operator may. */
const operator = actingAs('operator', 'command-line')

export function personCommand(): Command {
  const person = new Command('person').description('Give out, erase and let go what is held about people')
  person
    .command('export <id>')
    .description('Print everything that is held about a person, by the id of an account, an expert or a broker; that it was is recorded')
    .action((id: string) =>
      withMarket(settings(), async ({ ports }) => print(JSON.stringify(await exportPerson(ports, operator, id), null, 2))),
    )
  person
    .command('erase <id>')
    .description('Erase a person for good: account, profiles, works, claims, contact details in demands, every version of them')
    .addOption(new Option('--reason <reason>', 'why').choices(OperatorsReason.options).makeOptionMandatory())
    .option('--json', 'print JSON')
    .action((id: string, flags: { reason: string; json?: true }) =>
      withMarket(settings(), async ({ ports }) => {
        const erased = await erasePerson(ports, operator, id, OperatorsReason.parse(flags.reason))
        await sweep(ports)
        const isWhole = await sweepWholly(ports)
        if (flags.json) return print(JSON.stringify(erased))
        print(`${erased.id}: ${erased.removed} rows are gone, ${erased.demandIds.length} demands go on without their contact person`)
        if (!isWhole) print('The server will write the database file anew tonight, or when it stops: it is being read just now')
      }),
    )
  person
    .command('retention')
    .description('Do what the retention periods say, as the server does every night')
    .option('--dry-run', 'only say what is due')
    .option('--json', 'print JSON')
    .action((flags: { dryRun?: true; json?: true }) =>
      withMarket(settings(), async ({ ports }) => {
        const due = await retain(ports, { dryRun: flags.dryRun ?? false })
        if (!flags.dryRun) await sweepWholly(ports)
        if (flags.json) return print(JSON.stringify(due))
        for (const { rule, count, ids } of due) print([rule.padEnd(28), count, ...ids.slice(0, 20)].join('  '))
      }),
    )
  person
    .command('erasures')
    .description('Print the list of erasures, a line each, to be kept where no backup reaches: ids and keyed hashes, nothing about anybody')
    .action(() =>
      withMarket(settings(), async ({ ports }) => {
        for (const erased of await readErasures(ports, operator)) print(JSON.stringify(erased))
      }),
    )
  person
    .command('reapply <file>')
    .description('Apply a list of erasures after a restore; the list beside the database is applied at every start by itself')
    .action((file: string) =>
      withMarket(settings(), async ({ ports }) => {
        const lines = readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => line.trim() !== '')
        const items = parseInput(z.array(ErasedPerson), lines.map(readJson))
        print(`${await applyList(ports, operator, items)} erasures were new here and are done`)
        await sweepWholly(ports)
      }),
    )
  return person
}
