import type { Actor } from '../../accounts/actor.ts'
import { may } from '../../accounts/permissions.ts'
import { demandAsKnown, demandRelations, readDemand, readsDetail } from '../../demands/actions.ts'
import type { Demand } from '../../demands/demand.ts'
import { demands } from '../../demands/store.ts'
import { offeringView } from '../../offerings/actions.ts'
import type { Offering } from '../../offerings/offering.ts'
import { offerings } from '../../offerings/store.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { type Asked, askedBy } from '../asked.ts'
import { type Candidate, candidates } from '../candidates.ts'
import { catchUp } from '../catch-up.ts'
import { fitOf, type InForce } from '../confidence.ts'
import type { Standing } from '../exclusions/exclusion.ts'
import { exclusionsOf } from '../exclusions/exclusions.ts'
import { evidencePairs, sharedTerms } from '../explain.ts'
import { claimsOfOffering, verdictsOn } from '../indicators.ts'
import type { Engine, Match, Matches } from '../match.ts'
import {
  conflictsBeside,
  consideredAtMost,
  inOrderOf,
  type LeftOut,
  type MatchPage,
  type Pairing,
  type Ranked,
  ranked,
} from '../ranking.ts'
import { quotablesOfOffering, shown, willingnessOf, withoutPrice, withTerms } from '../reader.ts'
import { standingsFor } from '../store.ts'
import { supplyOfOffering } from '../supply.ts'
import { demandQuestion } from '../texts.ts'
import type { Weights } from '../weights.ts'
import { withElsewhere } from './elsewhere.ts'
import { gapOf } from './gap.ts'
import { aboutDemand, answered } from './lists.ts'

export interface OfferingPairing extends Pairing {
  offering: Offering
}

/** Demand → offerings, as this actor may read them. 404 for a demand he may not know of, 403 for one whose detail he may not read. */
export async function matchOfferings(ports: Ports, actor: Actor, demandId: string, page: MatchPage): Promise<Matches> {
  const demand = await demandToMatch(ports, actor, demandId)
  const found = await withElsewhere(ports, demand, await rankOfferings(ports, demand))
  const asked = askedBy(actor, demand)
  const matches = await answered(ports, aboutDemand(actor, demand, 'offering'), found, page, (item) => explainOffering(actor, asked, item))
  // Said once, where the list begins.
  if (page.cursor !== null) return matches
  const elsewhere = found.elsewhere.map(({ item, fields, kind }) => ({ match: explainOffering(actor, asked, item), fields, kind }))
  const gap = matches.fit === 'worthwhile' ? null : await gapOf(ports, actor, demand, asked, found.ranking)
  return { ...matches, gap, elsewhere }
}

/** How a ranking is asked for. `isKept` says whether the question is a stored listing's, whose vector is worth keeping. */
export interface Ranking {
  isKept?: boolean
  considered?: number
  weights?: Weights
}

/** The whole ranking, before anybody's eyes. */
export async function rankOfferings(ports: Ports, demand: Demand, how: Ranking = {}): Promise<RankedOfferings> {
  return rankRecalledOfferings(ports, demand, await recallOfferings(ports, demand, how), how.weights)
}

export interface RankedOfferings {
  ranking: Ranked<OfferingPairing>[]
  leftOut: LeftOut[]
  engine: Engine
  inForce: InForce
}

/** What lies near a demand's text, with all that ranking reads of it: terms may be changed and ranked anew without another search. */
export interface RecalledOfferings {
  nouns: Offering[]
  topics: Map<string, Candidate>
  standingOf(id: string): Standing
  engine: Engine
  inForce: InForce
}

export async function recallOfferings(
  ports: Ports,
  demand: Demand,
  { isKept = true, considered = consideredAtMost, weights }: Ranking = {},
): Promise<RecalledOfferings> {
  await catchUp(ports)
  const { items, engine, inForce } = await candidates(ports, {
    text: demandQuestion(demand),
    isKept,
    kinds: ['offering'],
    ...(weights && { weights: weights.topic }),
  })
  const topics = new Map(items.slice(0, considered).map((candidate) => [candidate.id, candidate]))
  const nouns = await offerings.findMany(ports.database, [...topics.keys()])
  return { nouns, topics, standingOf: await standingsFor(ports.database, demand, [...topics.keys()]), engine, inForce }
}

export function rankRecalledOfferings(
  ports: Ports,
  demand: Demand,
  { nouns, topics, standingOf, engine, inForce }: RecalledOfferings,
  weights?: Weights,
): RankedOfferings {
  const facing = { today: today(ports), demandMayBeDraft: true }
  const leftOut: LeftOut[] = []
  const pairings = nouns.flatMap((offering): OfferingPairing[] => {
    const standing = standingOf(offering.id)
    const { stage } = standing
    const exclusions = exclusionsOf(demand, { kind: 'offering', noun: offering }, standing, facing)
    if (exclusions.length > 0) leftOut.push({ kind: 'offering', noun: offering, exclusions })
    if (exclusions.length > 0) return []
    const { topic, tieBreak, strength } = topics.get(offering.id)!
    const fit = fitOf(strength, inForce)
    return [
      {
        demand,
        offering,
        supply: supplyOfOffering(offering),
        topic,
        strength,
        fit,
        tieBreak,
        stage,
        conflicts: conflictsBeside({ kind: 'offering', noun: offering }, standing, facing.today),
        claims: () => claimsOfOffering(offering),
      },
    ]
  })
  return { ranking: ranked(ports, pairings, weights), leftOut: inOrderOf(topics, leftOut), engine, inForce }
}

export function explainOffering(
  actor: Actor,
  { needs, indicators, isOwnSide }: Asked,
  { offering, fit, stage, conflicts, scored }: Ranked<OfferingPairing>,
): Match {
  const view = offeringView(actor, offering)
  const quotables = quotablesOfOffering(view)
  const terms = sharedTerms(needs, [view.title, ...quotables.map(({ text }) => text)].join('\n'), 6)
  return shown(actor, {
    subject: { kind: 'offering', id: offering.id, title: view.title, enrolled: null },
    fit,
    willingness: willingnessOf(isOwnSide, stage, offering.confirmedAt),
    confirmedAt: offering.confirmedAt,
    conflicts: isOwnSide ? [...conflicts] : [],
    evidence: evidencePairs(needs, quotables, 2),
    indicators: verdictsOn(indicators, claimsOfOffering(view)),
    scored: view.price === offering.price ? withTerms(scored, terms) : withoutPrice(withTerms(scored, terms)),
  })
}

/** A demand whose matches this actor may see: what is matched must be what he may read, or the order would tell him the rest. */
export async function demandToMatch(ports: Ports, actor: Actor, id: string): Promise<Demand> {
  await readDemand(ports, actor, id)
  const demand = await demands.find(ports.database, id)
  if (!demand) throw new Problem('not-found', { id })
  if (!readsDetail(actor, demand))
    throw new Problem(actor.role === 'visitor' ? 'not-signed-in' : 'not-permitted', { verb: 'match', role: actor.role })
  const isOpenToMatch =
    ['draft', 'vetting', 'published'].includes(demand.state) || may(actor, 'demand.read-whole', demandRelations(actor, demand))
  if (!isOpenToMatch) throw new Problem('not-allowed-now', { state: demand.state })
  return demandAsKnown(actor, demand)
}
