import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { demandAsKnown, readsDetail } from '../../demands/actions.ts'
import { demands } from '../../demands/store.ts'
import { expertActions, expertRelations } from '../../directory/actions.ts'
import type { Evidence } from '../../directory/evidence.ts'
import type { Expert } from '../../directory/expert.ts'
import { evidenceOfExperts, experts } from '../../directory/store.ts'
import { offeringRelations, offeringView, readOffering, readsOfferingDetail } from '../../offerings/actions.ts'
import type { Offering } from '../../offerings/offering.ts'
import { offerings } from '../../offerings/store.ts'
import type { Database } from '../../platform/database/database.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { askedBy } from '../asked.ts'
import { candidates } from '../candidates.ts'
import { catchUp } from '../catch-up.ts'
import type { Opposite } from '../exclusions/exclusion.ts'
import { exclusionsOf } from '../exclusions/exclusions.ts'
import { evidencePairs, type Quotable, sharedTerms } from '../explain.ts'
import { type Claim, claimsOfEvidence, claimsOfOffering, verdictsOn } from '../indicators.ts'
import type { Engine, Match, Matches } from '../match.ts'
import { conflictsBeside, consideredAtMost, type MatchPage, type Pairing, type Ranked, ranked } from '../ranking.ts'
import { quotableProfile, quotablesOfOffering, shown, withoutPrice, withTerms } from '../reader.ts'
import type { Supply } from '../signals/signal.ts'
import { standingsOf } from '../store.ts'
import { supplyOfExpert, supplyOfOffering } from '../supply.ts'
import { expertQuestion, offeringQuestion } from '../texts.ts'
import { answered } from './lists.ts'

/** Expert → the demands that fit. For the person, the institution, brokers and the operator. */
export async function matchDemandsOfExpert(ports: Ports, actor: Actor, expertId: string, page: MatchPage): Promise<Matches> {
  await expertActions.read(ports, actor, expertId)
  const expert = await experts.find(ports.database, expertId)
  if (!expert) throw new Problem('not-found', { id: expertId })
  permit(actor, 'match.for-expert', expertRelations(actor, expert))
  const titles = (await titlesBehind(ports.database, [expert])).get(expert.id)!
  const claims = await claimsOfExpert(ports.database, expert)
  const found = await rankDemands(ports, actor, {
    opposite: { kind: 'expert', noun: expert },
    question: expertQuestion(expert, titles),
    supply: supplyOfExpert(expert),
    claims: () => claims,
  })
  const profile = quotableProfile({ ...expert, isMasked: false })
  const works: Quotable[] = titles.map((text) => ({ source: { kind: 'expert', id: expert.id, title: expert.name }, text }))
  const question = { actor, askedId: expertId, isWhole: true, kind: 'demand' } as const
  return answered(ports, question, found, page, (item) =>
    explainDemand(actor, item, { quotables: [...profile, ...works], claims, hidesPrice: false }),
  )
}

/** Offering → the demands that want it. For its owner, brokers and the operator. */
export async function matchDemandsOfOffering(ports: Ports, actor: Actor, offeringId: string, page: MatchPage): Promise<Matches> {
  await readOffering(ports, actor, offeringId)
  const offering = await offerings.find(ports.database, offeringId)
  if (!offering) throw new Problem('not-found', { id: offeringId })
  permit(actor, 'match.for-offering', offeringRelations(actor, offering))
  // The order of the demands would tell a reader of the teaser what the whole says.
  if (!readsOfferingDetail(actor, offering)) throw new Problem('not-permitted', { verb: 'match.for-offering', role: actor.role })
  const question = { actor, askedId: offeringId, isWhole: true, kind: 'demand' } as const
  return answered(ports, question, await rankDemandsOfOffering(ports, actor, offering), page, (item) =>
    explainDemandOfOffering(actor, offering, item),
  )
}

/** The whole ranking, as far as this actor may read the demands. */
export function rankDemandsOfOffering(ports: Ports, actor: Actor, offering: Offering): Promise<DemandRanking> {
  return rankDemands(ports, actor, {
    opposite: { kind: 'offering', noun: offering },
    question: offeringQuestion(offering),
    supply: supplyOfOffering(offering),
    claims: () => claimsOfOffering(offering),
  })
}

export function explainDemandOfOffering(actor: Actor, offering: Offering, item: Ranked<Pairing>): Match {
  const view = offeringView(actor, offering)
  return explainDemand(actor, item, {
    quotables: quotablesOfOffering(view),
    claims: claimsOfOffering(view),
    hidesPrice: view.price !== offering.price,
  })
}

interface DemandRanking {
  ranking: Ranked<Pairing>[]
  engine: Engine
}

interface Asking {
  opposite: Opposite
  question: string
  supply: Supply
  claims(): readonly Claim[]
}

async function rankDemands(ports: Ports, actor: Actor, asking: Asking): Promise<DemandRanking> {
  await catchUp(ports)
  const { items, engine } = await candidates(ports, { text: asking.question, isKept: true, kinds: ['demand'] })
  const topics = new Map(items.slice(0, consideredAtMost).map((candidate) => [candidate.id, candidate]))
  const facing = { today: today(ports), demandMayBeDraft: false }
  // The place in a ranking tells of the text: only demands whose detail the reader may read take part.
  const near = (await demands.findMany(ports.database, [...topics.keys()])).filter((demand) => readsDetail(actor, demand))
  const known = near.map((demand) => demandAsKnown(actor, demand))
  const standingOf = await standingsOf(ports.database, asking.opposite.noun.id, known)
  const pairings = known.flatMap((demand): Pairing[] => {
    const standing = standingOf(demand.id)
    if (exclusionsOf(demand, asking.opposite, standing, facing).length > 0) return []
    const { topic, tieBreak } = topics.get(demand.id)!
    return [
      {
        demand,
        supply: asking.supply,
        topic,
        strength: null,
        fit: null,
        tieBreak,
        stage: null,
        conflicts: conflictsBeside(asking.opposite, standing, facing.today),
        claims: asking.claims,
      },
    ]
  })
  return { ranking: ranked(ports, pairings), engine }
}

function explainDemand(
  actor: Actor,
  { demand, conflicts, scored }: Ranked<Pairing>,
  { quotables, claims, hidesPrice }: { quotables: Quotable[]; claims: readonly Claim[]; hidesPrice: boolean },
): Match {
  const { title, needs, indicators } = askedBy(actor, demand)
  const terms = sharedTerms(needs, quotables.map(({ text }) => text).join('\n'), 6)
  return shown(actor, {
    subject: { kind: 'demand', id: demand.id, title, enrolled: null },
    fit: null,
    willingness: null,
    confirmedAt: null,
    conflicts: [...conflicts],
    evidence: evidencePairs(needs, quotables, 2),
    indicators: verdictsOn(indicators, claims),
    scored: hidesPrice ? withoutPrice(withTerms(scored, terms)) : withTerms(scored, terms),
  })
}

/** Of so many of his works the figures are read. */
const worksAtMost = 20

/** What an expert's own works say in figures: results that he completed and that are published, and rows of his own. */
async function claimsOfExpert(database: Database, { id }: Expert): Promise<Claim[]> {
  const rows = (await evidenceOfExperts(database, [id])).slice(0, worksAtMost)
  const completed = await offerings.findMany(
    database,
    rows.flatMap(({ offeringId }) => offeringId ?? []),
  )
  return [...completed.filter(({ state }) => state === 'published').flatMap(claimsOfOffering), ...rows.flatMap(claimsOfEvidence)]
}

/** Titles of what experts did, by expert: the offerings that they completed, and their own rows. */
export async function titlesBehind(database: Database, people: readonly Expert[]): Promise<Map<string, string[]>> {
  const ids = people.map(({ id }) => id)
  const rows = Map.groupBy(await evidenceOfExperts(database, ids), ({ expertId }) => expertId)
  const completed = [...rows.values()].flat().flatMap(({ offeringId }) => offeringId ?? [])
  const published = new Map(
    (await offerings.findMany(database, [...new Set(completed)]))
      .filter(({ state }) => state === 'published')
      .map(({ id, title }) => [id, title]),
  )
  const titlesOf = (own: readonly Evidence[]) => [
    ...own.flatMap(({ offeringId }) => published.get(offeringId ?? '') ?? []),
    ...own.flatMap(({ title }) => title ?? []),
  ]
  return new Map(ids.map((id) => [id, titlesOf(rows.get(id) ?? [])]))
}
