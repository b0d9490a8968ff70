import { Command } from 'commander'
import { catchUp, embedPending, keepSnapshot, rebuild } from '../matching/catch-up.ts'
import { journalHead } from '../platform/journal/journal.ts'
import { config, print, progressLine, withMarket } from './market.ts'

export function indexCommand(): Command {
  const index = new Command('index').description('Look at the index, or build it anew')
  index
    .command('status')
    .description('How far the index follows the journal, and how many texts wait for a vector')
    .option('--json', 'print JSON')
    .action((options: { json?: true }) =>
      withMarket(config(), async ({ ports }) => {
        const position = await catchUp(ports)
        const { pending } = await ports.search.status(0)
        const head = await journalHead(ports.database)
        const model = ports.embedder?.model ?? null
        if (options.json) return print(JSON.stringify({ position, head, pending, embedder: model }))
        print(`Journal ${head}, index ${position}; ${pending} texts wait for a vector (${model ?? 'no model: text alone'})`)
      }),
    )
  index
    .command('rebuild')
    .description('Build the index from the tables and embed every text that has no vector yet')
    .action(() =>
      withMarket(config(), async ({ ports }) => {
        const position = await rebuild(ports)
        const { pending } = await ports.search.status(0)
        const progress = progressLine('vectors')
        for (let made = 0, more = 1; more > 0; made += more) {
          more = await embedPending(ports)
          if (pending > 0) progress(Math.min(made + more, pending), pending)
        }
        await keepSnapshot(ports)
        print(`The index is at ${position} of the journal; ${(await ports.search.status(0)).pending} texts without a vector`)
      }),
    )
  return index
}
