import type { Actor } from '../../accounts/actor.ts'
import type { Demand } from '../../demands/demand.ts'
import { expertView, readsWorks } from '../../directory/actions.ts'
import type { Evidence } from '../../directory/evidence.ts'
import type { Expert } from '../../directory/expert.ts'
import { completersOf, evidence, experts } from '../../directory/store.ts'
import { offeringView } from '../../offerings/actions.ts'
import { offerings } from '../../offerings/store.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { type Asked, askedBy } from '../asked.ts'
import { type Candidate, candidates, topicOfVotes, type Vote } from '../candidates.ts'
import { catchUp } from '../catch-up.ts'
import { expertExclusion } from '../exclusions.ts'
import { evidencePairs, type Quotable, sharedTerms } from '../explain.ts'
import type { Engine, Match, Matches } from '../match.ts'
import { answer, consideredAtMost, type MatchPage, type Pairing, type Ranked, ranked } from '../ranking.ts'
import { expertTitle, quotableProfile, quotablesOfOffering, shown, withTerms } from '../reader.ts'
import { refusedFor } from '../store.ts'
import { supplyOfExpert } from '../supply.ts'
import { demandQuestion } from '../texts.ts'
import { demandToMatch } from './match-offerings.ts'

export interface ExpertPairing extends Pairing {
  expert: Expert
  /** The documents that speak for the expert, best first: they are the evidence. */
  votes: Vote[]
}

/** Demand → experts, as this actor may read them. 403 and 404 as for offerings. */
export async function matchExperts(ports: Ports, actor: Actor, demandId: string, page: MatchPage): Promise<Matches> {
  const demand = await demandToMatch(ports, actor, demandId)
  const asked = askedBy(actor, demand)
  return answer(await rankExperts(ports, demand), page, (item) => explainExpert(ports, actor, asked, item))
}

/** The whole ranking: documents near the demand vote for the people behind them. */
export async function rankExperts(
  ports: Ports,
  demand: Demand,
  isKept = true,
): Promise<{ ranking: Ranked<ExpertPairing>[]; engine: Engine }> {
  await catchUp(ports)
  // A lead has nobody behind it in the market: it would only take places from those that have.
  const results = await candidates(ports, {
    text: demandQuestion(demand),
    isKept,
    kinds: ['offering', 'evidence', 'expert'],
    without: { form: ['lead'] },
  })
  const votes = await votesOf(ports, results.items)
  const facing = { today: today(ports), demandMayBeDraft: true }
  const people = await experts.findMany(ports.database, [...votes.keys()])
  const refused = await refusedFor(ports.database, demand.id)
  const pairings = people.flatMap((expert): ExpertPairing[] => {
    if (refused.has(expert.id) || expertExclusion(demand, expert, facing) !== null) return []
    const own = votes.get(expert.id)!
    return [
      { demand, expert, supply: supplyOfExpert(expert), topic: topicOfVotes(own), tieBreak: expert.originId ?? expert.id, votes: own },
    ]
  })
  return { ranking: ranked(ports, pairings).slice(0, consideredAtMost), engine: results.engine }
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
  for (const { id, kind, topic } of items) {
    for (const expertId of kind === 'expert' ? [id] : (people.get(id) ?? [])) {
      votes.set(expertId, [...(votes.get(expertId) ?? []), { documentId: id, topic }])
    }
  }
  return votes
}

export async function explainExpert(
  ports: Ports,
  actor: Actor,
  { needs }: Asked,
  { expert, votes, scored }: Ranked<ExpertPairing>,
): Promise<Match> {
  const view = expertView(actor, expert)
  const quotables = await quotablesOfVotes(ports, actor, expert, votes)
  const terms = sharedTerms(needs, quotables.map(({ text }) => text).join('\n'), 6)
  return shown(actor, {
    subject: { kind: 'expert', id: expert.id, title: expertTitle(view), enrolled: view.enrolled },
    evidence: evidencePairs(needs, quotables, 2),
    scored: withTerms(scored, terms),
  })
}

/** What may be quoted of the best votes. Of somebody whose name or works are kept from the reader, the profile alone. */
async function quotablesOfVotes(ports: Ports, actor: Actor, expert: Expert, votes: Vote[]): Promise<Quotable[]> {
  const view = expertView(actor, expert)
  const ids = votes.slice(0, 5).map(({ documentId }) => documentId)
  if (view.isMasked || !readsWorks(actor, expert)) return quotableProfile(view)
  const listed = await offerings.findMany(
    ports.database,
    ids.filter((id) => id.startsWith('off_')),
  )
  const rows = await evidence.findMany(
    ports.database,
    ids.filter((id) => id.startsWith('evi_')),
  )
  const quotables = ids.flatMap((id): Quotable[] => {
    const offering = listed.find((each) => each.id === id)
    if (offering) return quotablesOfOffering(offeringView(actor, offering))
    const row = rows.find((each) => each.id === id)
    return row ? quotablesOfEvidence(row) : []
  })
  return [...quotables, ...quotableProfile(view)]
}

function quotablesOfEvidence({ id, title, abstract }: Evidence): Quotable[] {
  const source = { kind: 'evidence' as const, id, title: title ?? '' }
  return [title, abstract].flatMap((text) => (text === null ? [] : [{ source, text }]))
}
