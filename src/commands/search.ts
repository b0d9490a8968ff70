import { Command } from 'commander'
import { commandLine } from '../accounts/actor.ts'
import { SearchKind, searchListings } from '../matching/search.ts'
import { parseInput } from '../platform/input.ts'
import { z } from '../platform/schema.ts'
import { config, print, withMarket } from './market.ts'

export function searchCommand(): Command {
  return new Command('search')
    .description('Search listings as the operator sees them')
    .argument('<words>', 'what to look for')
    .option('--kind <kind>', `one of: ${SearchKind.options.join(', ')}`, 'offering')
    .option('--limit <n>', 'how many', '10')
    .option('--json', 'print JSON')
    .action((words: string, options: { kind: string; limit: string; json?: true }) =>
      withMarket(config(), async ({ ports }) => {
        const { kind, limit } = parseInput(z.object({ kind: SearchKind, limit: z.coerce.number().int().min(1).max(100) }), options)
        const found = await searchListings(ports, commandLine, { words, kind, filters: {}, cursor: null, limit })
        if (options.json) return print(JSON.stringify(found))
        for (const { id, title, summary } of found.items) print(`${id}  ${title}${summary ? `\n    ${summary}` : ''}`)
        if (found.items.length === 0) print('Nothing found.')
      }),
    )
}
