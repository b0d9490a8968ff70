import type { Actor } from '../../accounts/actor.ts'
import type { Demand } from '../../demands/demand.ts'
import { institutionActions, readsWorks } from '../../directory/actions.ts'
import type { Evidence } from '../../directory/evidence.ts'
import type { Expert } from '../../directory/expert.ts'
import type { Institution } from '../../directory/institution.ts'
import { completersOf, evidence, experts, institutions } from '../../directory/store.ts'
import { knowsOffering, offeringView } from '../../offerings/actions.ts'
import type { OfferingView } from '../../offerings/offering.ts'
import { offerings } from '../../offerings/store.ts'
import { kindOfId } from '../../platform/ids.ts'
import type { Ports } from '../../platform/ports.ts'
import { type Asked, askedBy } from '../asked.ts'
import { type Candidate, candidates, topicOfVotes, type Vote } from '../candidates.ts'
import { catchUp } from '../catch-up.ts'
import { fitOf, type InForce } from '../confidence.ts'
import { evidencePairs, sharedTerms } from '../explain.ts'
import { verdictsOn } from '../indicators.ts'
import type { Engine, Match, Matches } from '../match.ts'
import { consideredAtMost, judgedAtMost, type MatchPage, type Pairing, type Ranked, ranked } from '../ranking.ts'
import { quotableInstitution, shown, willingnessOf, withTerms } from '../reader.ts'
import { standingsFor } from '../store.ts'
import { supplyOfInstitution } from '../supply.ts'
import { demandQuestion } from '../texts.ts'
import { aboutDemand, answered } from './lists.ts'
import { demandToMatch } from './match-offerings.ts'
import { claimsOfWork, inOrder, quotablesOfWork, votesRead, worksBehind } from './works.ts'

export interface InstitutionPairing extends Pairing {
  institution: Institution
  /** The documents that speak for it, best first. */
  votes: Vote[]
  /** Whose rows of evidence are among them, by id. */
  people: ReadonlyMap<string, Expert>
}

/** Demand → whole institutions, as this actor may read them. 403 and 404 as for offerings. */
export async function matchInstitutions(ports: Ports, actor: Actor, demandId: string, page: MatchPage): Promise<Matches> {
  const demand = await demandToMatch(ports, actor, demandId)
  const asked = askedBy(actor, demand)
  const found = await rankInstitutions(ports, actor, demand)
  return answered(ports, aboutDemand(actor, demand, 'institution'), found, page, (item) => explainInstitution(ports, actor, asked, item))
}

/** Documents near the demand vote for the institutions that own them, or whose people stand behind them; those that the actor may know of. */
export async function rankInstitutions(
  ports: Ports,
  actor: Actor,
  demand: Demand,
): Promise<{ ranking: Ranked<InstitutionPairing>[]; engine: Engine; inForce: InForce }> {
  await catchUp(ports)
  const { database } = ports
  const { items, engine, inForce } = await candidates(ports, {
    text: demandQuestion(demand),
    isKept: true,
    kinds: ['offering', 'evidence', 'expert'],
    without: { form: ['lead'] },
  })
  const { votes, people } = await votesOf(ports, items)
  const standingOf = await standingsFor(database, demand, [...votes.keys()])
  const known = (await institutions.findMany(database, [...votes.keys()])).filter(
    (each) => institutionActions.view(actor, each) !== undefined,
  )
  const pairings = known.flatMap((institution): InstitutionPairing[] => {
    const { refusal, stage } = standingOf(institution.id)
    if (refusal !== null) return []
    const own = votes.get(institution.id)!
    const strength = Math.max(...own.map((vote) => vote.strength))
    const tieBreak = institution.originId ?? institution.id
    const topic = topicOfVotes(own)
    const fit = fitOf(strength, inForce)
    return [
      {
        demand,
        institution,
        supply: supplyOfInstitution(institution),
        topic,
        strength,
        fit,
        tieBreak,
        stage,
        conflicts: [],
        votes: own,
        people,
        claims: () => [],
      },
    ]
  })
  const near = ranked(ports, pairings).slice(0, consideredAtMost)
  if (demand.indicators.length === 0) return { ranking: near, engine, inForce }
  const works = await worksBehind(
    database,
    near.slice(0, judgedAtMost).flatMap(({ votes }) => votesRead(votes)),
  )
  return {
    ranking: ranked(
      ports,
      near.map((each) => ({ ...each, claims: () => inOrder(works, each.votes).flatMap(claimsOfWork) })),
    ),
    engine,
    inForce,
  }
}

/** Documents → institutions: the owner of a result, and where the people behind a document work. Of who is not proposed nothing is counted. */
async function votesOf({ database }: Ports, items: readonly Candidate[]) {
  const of = (kind: 'offering' | 'evidence' | 'expert') => items.flatMap((item) => (kindOfId(item.id) === kind ? [item.id] : []))
  const results = await offerings.findMany(database, of('offering').slice(0, consideredAtMost))
  const rows = [
    ...(await evidence.findMany(database, of('evidence'))),
    ...(await completersOf(
      database,
      results.map(({ id }) => id),
    )),
  ]
  const found = await experts.findMany(database, [...new Set([...of('expert'), ...rows.map(({ expertId }) => expertId)])])
  const people = new Map(found.filter(isProposed).map((expert) => [expert.id, expert]))
  const employers = (id: string) => people.get(id)?.affiliations.map(({ institutionId }) => institutionId) ?? []
  const behind = new Map<string, Set<string>>()
  const add = (documentId: string, ids: readonly string[]) => behind.set(documentId, new Set([...(behind.get(documentId) ?? []), ...ids]))
  for (const { id, ownerId } of results) add(id, ownerId !== null && kindOfId(ownerId) === 'institution' ? [ownerId] : [])
  for (const { id, offeringId, expertId } of rows) add(offeringId ?? id, employers(expertId))
  for (const id of of('expert')) add(id, employers(id))
  const votes = new Map<string, Vote[]>()
  for (const item of items)
    for (const institutionId of behind.get(item.id) ?? [])
      votes.set(institutionId, [...(votes.get(institutionId) ?? []), { documentId: item.id, topic: item.topic, strength: item.strength }])
  return { votes, people }
}

const isProposed = ({ consent, hostConsent, visibility }: Expert) => consent !== false && hostConsent !== false && visibility !== 'nda'

export async function explainInstitution(
  { database }: Ports,
  actor: Actor,
  { needs, indicators, isOwnSide }: Asked,
  { institution, votes, people, fit, stage, scored }: Ranked<InstitutionPairing>,
): Promise<Match> {
  const works = inOrder(await worksBehind(database, votesRead(votes)), votes)
  const seen = works.flatMap((work): (OfferingView | Evidence)[] => {
    if (!('expertId' in work)) return knowsOffering(actor, work) ? [offeringView(actor, work)] : []
    const person = people.get(work.expertId)
    return person !== undefined && readsWorks(actor, person) ? [work] : []
  })
  const quotables = [...seen.flatMap(quotablesOfWork), ...quotableInstitution(institution)]
  const terms = sharedTerms(needs, quotables.map(({ text }) => text).join('\n'), 6)
  return shown(actor, {
    subject: { kind: 'institution', id: institution.id, title: institution.name, enrolled: null },
    fit,
    willingness: willingnessOf(isOwnSide, stage, institution.createdAt),
    confirmedAt: null,
    conflicts: [],
    evidence: evidencePairs(needs, quotables, 2),
    indicators: verdictsOn(indicators, seen.flatMap(claimsOfWork)),
    scored: withTerms(scored, terms),
  })
}
