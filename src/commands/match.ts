import { Command } from 'commander'
import { type Actor, commandLine } from '../accounts/actor.ts'
import { blankDemand, type Demand } from '../demands/demand.ts'
import { demands } from '../demands/store.ts'
import { expertView } from '../directory/actions.ts'
import { institutions } from '../directory/store.ts'
import { explainExpert, rankExperts } from '../matching/actions/match-experts.ts'
import { explainOffering, rankOfferings } from '../matching/actions/match-offerings.ts'
import { askedBy } from '../matching/asked.ts'
import type { Match } from '../matching/match.ts'
import { type Locale, wordsOf } from '../platform/i18n/words.ts'
import { parseInput } from '../platform/input.ts'
import type { Ports } from '../platform/ports.ts'
import { Problem } from '../platform/problem.ts'
import { text as textSchema, z } from '../platform/schema.ts'
import { heading, matchLines } from './layout.ts'
import { config, print, withMarket } from './market.ts'
import { terminalLocale } from './outcome.ts'

export function matchCommand(): Command {
  const command = new Command('match')
    .description('Rank offerings and experts for a stored demand, or for a text')
    .option('--demand <id>', 'a stored demand')
    .option('--text <text>', 'a problem in plain words; it is not stored')
    .option('--limit <n>', 'how many of each', '5')
    .option('--json', 'print JSON')
    .action(async (options: { demand?: string; text?: string; limit: string; json?: true }) => {
      if ((options.demand === undefined) === (options.text === undefined))
        return command.error('error: give either --demand or --text', { exitCode: 2 })
      const { limit } = parseInput(z.object({ limit: z.coerce.number().int().min(1).max(50) }), { limit: options.limit })
      await withMarket(config(), async ({ ports }) => {
        const demand =
          options.demand === undefined
            ? asDemand(ports, parseInput(textSchema(2, 8000), options.text))
            : await stored(ports, options.demand)
        const found = await bestOf(ports, commandLine, demand, limit, options.demand !== undefined)
        if (options.json) return print(JSON.stringify(found))
        printMatches(found, terminalLocale())
      })
    })
  return command
}

export interface Found {
  offerings: Match[]
  experts: Match[]
  /** What is said beside a title: that an offering is a lead, or where somebody works who has not claimed the profile. */
  notes: Record<string, string>
}

/** The best of each, as this actor sees them. */
export async function bestOf(ports: Ports, actor: Actor, demand: Demand, limit: number, isKept: boolean): Promise<Found> {
  const { terminal } = wordsOf(terminalLocale())
  const offerings = (await rankOfferings(ports, demand, { isKept })).ranking.slice(0, limit)
  const experts = (await rankExperts(ports, demand, isKept)).ranking.slice(0, limit)
  const notes: Record<string, string> = {}
  for (const { offering } of offerings) if (offering.kind === 'lead') notes[offering.id] = terminal.lead
  for (const { expert } of experts) {
    const [post] = expert.affiliations
    const employer = post && (await institutions.find(ports.database, post.institutionId))
    if (employer) notes[expert.id] = expertView(actor, expert).isMasked ? terminal.unclaimed(employer.name) : employer.name
  }
  const asked = askedBy(actor, demand)
  return {
    offerings: offerings.map((item) => explainOffering(actor, asked, item)),
    experts: await Promise.all(experts.map((item) => explainExpert(ports, actor, asked, item))),
    notes,
  }
}

export function printMatches({ offerings, experts, notes }: Found, locale: Locale): void {
  const words = wordsOf(locale)
  const { terminal } = words
  for (const [title, matches] of [
    [terminal.offerings, offerings],
    [terminal.experts, experts],
  ] as const) {
    print(heading(title))
    if (matches.length === 0) print(`  ${terminal.none}`)
    for (const [at, match] of matches.entries()) {
      print(matchLines(at + 1, match, { words, locale }, notes[match.subject.id] ?? null).join('\n'))
    }
  }
}

async function stored(ports: Ports, id: string): Promise<Demand> {
  const demand = await demands.find(ports.database, id)
  if (!demand) throw new Problem('not-found', { id })
  return demand
}

/** A question as a demand that nobody keeps: the first sentence is its title. */
function asDemand(ports: Ports, text: string): Demand {
  const at = ports.now()
  const [title = text] = text.split(/[。！？!?\n]/)
  return {
    ...blankDemand,
    title: title.slice(0, 120),
    problem: text,
    id: ports.newId('demand'),
    enterpriseId: ports.newId('enterprise'),
    state: 'draft',
    indicators: [],
    brokerId: null,
    enteredBy: 'command-line',
    outward: null,
    proposal: null,
    onBehalfOf: null,
    confirmation: null,
    vetting: [],
    returnReason: null,
    routing: null,
    mergedIntoId: null,
    publishedAt: null,
    confirmedAt: at,
    originId: null,
    version: 1,
    createdAt: at,
    updatedAt: at,
  }
}
