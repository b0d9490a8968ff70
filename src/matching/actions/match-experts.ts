import type { Actor } from '../../accounts/actor.ts'
import type { Demand } from '../../demands/demand.ts'
import { expertView, readsWorks } from '../../directory/actions.ts'
import type { Expert } from '../../directory/expert.ts'
import { completersOf, evidence, experts } from '../../directory/store.ts'
import { offeringView } from '../../offerings/actions.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { type Asked, askedBy } from '../asked.ts'
import { type Candidate, candidates, topicOfVotes, type Vote } from '../candidates.ts'
import { catchUp } from '../catch-up.ts'
import { fitOf, type InForce } from '../confidence.ts'
import type { Standing } from '../exclusions/exclusion.ts'
import { exclusionsOf } from '../exclusions/exclusions.ts'
import { evidencePairs, type Quotable, sharedTerms } from '../explain.ts'
import { type Claim, verdictsOn } from '../indicators.ts'
import type { Engine, Match, Matches } from '../match.ts'
import {
  conflictsBeside,
  consideredAtMost,
  inOrderOf,
  judgedAtMost,
  type LeftOut,
  type MatchPage,
  type Pairing,
  type Ranked,
  ranked,
} from '../ranking.ts'
import { expertTitle, quotableProfile, shown, willingnessOf, withTerms } from '../reader.ts'
import { standingsFor } from '../store.ts'
import { supplyOfExpert } from '../supply.ts'
import { demandQuestion } from '../texts.ts'
import { aboutDemand, answered } from './lists.ts'
import { demandToMatch } from './match-offerings.ts'
import { claimsOfWork, inOrder, quotablesOfWork, votesRead, worksBehind } from './works.ts'

export interface ExpertPairing extends Pairing {
  expert: Expert
  /** The documents that speak for the expert, best first: they are the evidence. */
  votes: Vote[]
}

/** Demand → experts, as this actor may read them. 403 and 404 as for offerings. */
export async function matchExperts(ports: Ports, actor: Actor, demandId: string, page: MatchPage): Promise<Matches> {
  const demand = await demandToMatch(ports, actor, demandId)
  const asked = askedBy(actor, demand)
  return answered(ports, aboutDemand(actor, demand, 'expert'), await rankExperts(ports, demand), page, (item) =>
    explainExpert(ports, actor, asked, item),
  )
}

/** The whole ranking: documents near the demand vote for the people behind them. */
export async function rankExperts(ports: Ports, demand: Demand, isKept = true): Promise<RankedExperts> {
  return rankRecalledExperts(ports, demand, await recallExperts(ports, demand, isKept))
}

export interface RankedExperts {
  ranking: Ranked<ExpertPairing>[]
  leftOut: LeftOut[]
  engine: Engine
  inForce: InForce
}

/** Who stands behind what lies near a demand's text, with all that ranking reads of them; see `RecalledOfferings`. */
export interface RecalledExperts {
  nouns: Expert[]
  votes: Map<string, Vote[]>
  standingOf(id: string): Standing
  engine: Engine
  inForce: InForce
}

export async function recallExperts(ports: Ports, demand: Demand, isKept = true): Promise<RecalledExperts> {
  await catchUp(ports)
  // A lead has nobody behind it in the market: it would only take places from those that have.
  const { items, engine, inForce } = await candidates(ports, {
    text: demandQuestion(demand),
    isKept,
    kinds: ['offering', 'evidence', 'expert'],
    without: { form: ['lead'] },
  })
  const votes = await votesOf(ports, items)
  const nouns = await experts.findMany(ports.database, [...votes.keys()])
  return { nouns, votes, standingOf: await standingsFor(ports.database, demand, [...votes.keys()]), engine, inForce }
}

export async function rankRecalledExperts(
  ports: Ports,
  demand: Demand,
  { nouns, votes, standingOf, engine, inForce }: RecalledExperts,
): Promise<RankedExperts> {
  const facing = { today: today(ports), demandMayBeDraft: true }
  const found: LeftOut[] = []
  const pairings = nouns.flatMap((expert): ExpertPairing[] => {
    const standing = standingOf(expert.id)
    const exclusions = exclusionsOf(demand, { kind: 'expert', noun: expert }, standing, facing)
    if (exclusions.length > 0) found.push({ kind: 'expert', noun: expert, exclusions })
    if (exclusions.length > 0) return []
    const own = votes.get(expert.id)!
    const strength = Math.max(...own.map((vote) => vote.strength))
    return [
      {
        demand,
        expert,
        supply: supplyOfExpert(expert),
        topic: topicOfVotes(own),
        strength,
        fit: fitOf(strength, inForce),
        tieBreak: expert.originId ?? expert.id,
        stage: standing.stage,
        conflicts: conflictsBeside({ kind: 'expert', noun: expert }, standing, facing.today),
        votes: own,
        claims: () => [],
      },
    ]
  })
  const leftOut = inOrderOf(votes, found).slice(0, consideredAtMost)
  const near = ranked(ports, pairings).slice(0, consideredAtMost)
  if (demand.indicators.length === 0) return { ranking: near, leftOut, engine, inForce }
  const read = near.slice(0, judgedAtMost).flatMap(({ votes }) => votesRead(votes))
  const works = await worksBehind(ports.database, read)
  const withWorks = near.map((each) => ({ ...each, claims: () => inOrder(works, each.votes).flatMap(claimsOfWork) }))
  return { ranking: ranked(ports, withWorks), leftOut, engine, inForce }
}

/** Documents → the experts who stand behind them. The order is the candidates': best first. */
async function votesOf(ports: Ports, items: Candidate[]): Promise<Map<string, Vote[]>> {
  const of = (kind: Candidate['kind']) => items.filter((item) => item.kind === kind)
  const rows = await evidence.findMany(
    ports.database,
    of('evidence').map(({ id }) => id),
  )
  const completers = await completersOf(
    ports.database,
    of('offering')
      .slice(0, consideredAtMost)
      .map(({ id }) => id),
  )
  const people = new Map<string, string[]>(rows.map((row) => [row.id, [row.expertId]]))
  for (const { offeringId, expertId } of completers) people.set(offeringId!, [...(people.get(offeringId!) ?? []), expertId])
  const votes = new Map<string, Vote[]>()
  for (const { id, kind, topic, strength } of items) {
    for (const expertId of kind === 'expert' ? [id] : (people.get(id) ?? [])) {
      votes.set(expertId, [...(votes.get(expertId) ?? []), { documentId: id, topic, strength }])
    }
  }
  return votes
}

export async function explainExpert(
  ports: Ports,
  actor: Actor,
  { needs, indicators, isOwnSide }: Asked,
  { expert, votes, fit, stage, conflicts, scored }: Ranked<ExpertPairing>,
): Promise<Match> {
  const view = expertView(actor, expert)
  const { quotables, claims } = await toldBy(ports, actor, expert, votes)
  const terms = sharedTerms(needs, quotables.map(({ text }) => text).join('\n'), 6)
  return shown(actor, {
    subject: { kind: 'expert', id: expert.id, title: expertTitle(view), enrolled: view.enrolled },
    fit,
    willingness: willingnessOf(isOwnSide, stage, expert.confirmedAt),
    confirmedAt: expert.confirmedAt,
    conflicts: isOwnSide ? [...conflicts] : [],
    evidence: evidencePairs(needs, quotables, 2),
    indicators: verdictsOn(indicators, claims),
    scored: withTerms(scored, terms),
  })
}

/** What may be quoted of the best votes, and what they say in figures. Of somebody whose name or works are kept from the reader, the profile alone. */
async function toldBy(ports: Ports, actor: Actor, expert: Expert, votes: Vote[]): Promise<{ quotables: Quotable[]; claims: Claim[] }> {
  const view = expertView(actor, expert)
  const profile = quotableProfile(view)
  if (view.isMasked || !readsWorks(actor, expert)) return { quotables: profile, claims: [] }
  const works = inOrder(await worksBehind(ports.database, votesRead(votes)), votes)
  const seen = works.map((work) => ('expertId' in work ? work : offeringView(actor, work)))
  return {
    quotables: [...seen.flatMap(quotablesOfWork), ...profile],
    claims: seen.flatMap(claimsOfWork),
  }
}
