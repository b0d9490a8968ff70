import type { Demand } from '../demands/demand.ts'
import { type Ports, today } from '../platform/ports.ts'
import { Problem } from '../platform/problem.ts'
import type { InForce } from './confidence.ts'
import { type Conflict, conflictsOf, disclosed } from './conflict.ts'
import type { Exclusion, Opposite, Standing } from './exclusions/exclusion.ts'
import { type Claim, verdictsOn } from './indicators.ts'
import { type Engine, engineVersion, Fit, type IndicatorVerdict, type Match, type Matches } from './match.ts'
import { type Scored, scored } from './score.ts'
import type { Supply, Topic } from './signals/signal.ts'
import type { Weights } from './weights.ts'

/** How many candidates of the recall are looked at with all their facts. */
export const consideredAtMost = 100

export interface MatchPage {
  /** Opaque; null for the first page. */
  cursor: string | null
  /** 1 to 50. */
  limit: number
}

export interface Pairing {
  demand: Demand
  supply: Supply
  topic: Topic
  /** How strongly it answers a demand; null where the question is a supply's. */
  strength: number | null
  fit: Match['fit']
  tieBreak: string
  /** How far a case of the pairing is; null where there is none. */
  stage: string | null
  /** What is said beside it by the market's rules. */
  conflicts: readonly Conflict[]
  /** Texts of the supply with figures, for those whose indicators are looked at. */
  claims(): readonly Claim[]
}

/** Conflicts of a pairing that is proposed all the same. */
export const conflictsBeside = (supply: Opposite, { ties }: Standing, today: string): Conflict[] =>
  ties === null ? [] : disclosed(conflictsOf(supply, ties, today), ties.rules)

/** What a ranking leaves out, and why; the nearest to the demand first. */
export type LeftOut = Opposite & { exclusions: Exclusion[] }

export type Ranked<Item extends Pairing> = Item & { verdicts: readonly IndicatorVerdict[]; scored: Scored }

/** Of how many, best first by everything else, the figures are read. */
export const judgedAtMost = 30

/** In the order in which the recall found them. */
export function inOrderOf(found: ReadonlyMap<string, unknown>, leftOut: readonly LeftOut[]): LeftOut[] {
  const places = new Map([...found.keys()].map((id, at) => [id, at]))
  return leftOut.toSorted((a, b) => places.get(a.noun.id)! - places.get(b.noun.id)!)
}

/** Pairings with both sides and reasons, best first; ties by originId, else id. Same input, same order. */
export function ranked<Item extends Pairing>(ports: Ports, pairings: Item[], weights?: Weights): Ranked<Item>[] {
  const day = today(ports)
  const ranking = pairings.map((each) => withVerdicts(each, [], day, weights)).sort(bestFirst)
  const judged = ranking.slice(0, judgedAtMost).map((each) => {
    const verdicts = verdictsOn(each.demand.indicators, each.claims())
    return verdicts.length === 0 ? each : withVerdicts(each, verdicts, day, weights)
  })
  return [...judged, ...ranking.slice(judgedAtMost)].sort(bestFirst)
}

function withVerdicts<Item extends Pairing>(
  pairing: Item,
  verdicts: readonly IndicatorVerdict[],
  today: string,
  weights?: Weights,
): Ranked<Item> {
  return { ...pairing, verdicts, scored: scored({ ...pairing, verdicts, today }, weights) }
}

const bestFirst = (a: Ranked<Pairing>, b: Ranked<Pairing>) => b.scored.score - a.scored.score || (a.tieBreak < b.tieBreak ? -1 : 1)

export interface Found<Item extends Pairing> {
  ranking: Ranked<Item>[]
  engine: Engine
  /** What the words of confidence come from; none where the question is a supply's. */
  inForce?: InForce
}

/** One page of an answer; only its matches are explained. `place` is that of its first item, counted from 1. */
export async function answer<Item extends Pairing>(
  found: Found<Item>,
  page: MatchPage,
  explain: (item: Ranked<Item>) => Match | Promise<Match>,
): Promise<{ items: Ranked<Item>[]; place: number; matches: Omit<Matches, 'listId'> }> {
  const { items, next } = pageOf(found.ranking, page)
  const told = await Promise.all(items.map(explain))
  return {
    items,
    place: startOf(page) + 1,
    matches: {
      items: told,
      fit: bestFit(found.ranking),
      fitFrom: found.inForce?.from ?? null,
      gap: null,
      elsewhere: [],
      next,
      engine: found.engine,
    },
  }
}

/** One page of what is computed whole, and where the next begins. */
export function pageOf<Item>(all: readonly Item[], page: MatchPage): { items: Item[]; next: string | null } {
  const start = startOf(page)
  const end = start + page.limit
  return { items: all.slice(start, end), next: end < all.length ? `m${end}` : null }
}

/** That of the strongest candidate, wherever it stands. */
export function bestFit(ranking: readonly Ranked<Pairing>[]): Matches['fit'] {
  const fits = ranking.map(({ fit }) => fit)
  if (fits.length === 0) return 'none'
  return fits.includes(null) ? null : Fit.options.find((each) => fits.includes(each))!
}

/** What an answer of the index was based on. */
export function engineOf(
  { embedder }: Pick<Ports, 'embedder'>,
  mode: Engine['mode'],
  index: { position: number; pending: number },
): Engine {
  const { position, pending } = index
  return { version: engineVersion, embedder: embedder?.model ?? null, mode, position, pending: embedder === null ? 0 : pending }
}

/** A place in a ranking that is computed anew for every page: the same index gives the same ranking. */
function startOf({ cursor }: MatchPage): number {
  if (cursor === null) return 0
  const digits = /^m(\d{1,4})$/.exec(cursor)?.[1]
  if (digits === undefined) throw new Problem('bad-cursor')
  return Number(digits)
}
