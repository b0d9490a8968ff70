import type { Actor } from '../../accounts/actor.ts'
import { may, permit } from '../../accounts/permissions.ts'
import { demandRelations } from '../../demands/actions.ts'
import { blankDemand, type Demand, type DemandDraft, isHidden } from '../../demands/demand.ts'
import { parsedFrom } from '../../demands/indicators.ts'
import { demands } from '../../demands/store.ts'
import { unstoredDemand } from '../../demands/unstored.ts'
import { spottedIn } from '../../feasibility/spotted.ts'
import { areAlike } from '../../intake/likeness.ts'
import type { Code } from '../../platform/codes/codes.ts'
import type { Ports } from '../../platform/ports.ts'
import { filled } from '../../platform/schema.ts'
import type { DemandAnalysis, DemandAnalysisRequest, DetectedCode, WantedField } from '../analysis.ts'
import { askedBy } from '../asked.ts'
import { type Candidate, candidates } from '../candidates.ts'
import { queryVector } from '../query-vector.ts'
import type { Pairing, Ranked } from '../ranking.ts'
import { demandQuestion } from '../texts.ts'
import { rankExperts } from './match-experts.ts'
import { explainOffering, type OfferingPairing, rankOfferings } from './match-offerings.ts'
import { kindNearest } from './problem-kind.ts'

const offeringsShown = 5
const expertsNear = 20
const alikeShown = 3
/** Of an enterprise's demands, the newest that are held against what is written. */
const demandsAtMost = 200
/** So many of the nearest listings vote for a code; it is told from so much of their votes on. */
const voters = 15
const shareFrom = 0.4

/**
 * Looks ahead for a demand that is being written and is stored nowhere: what it seems to be about, which figures in its text could be
 * indicators, what it still wants, what it could meet with. 401, 403 for who may not draft it.
 */
export async function analyse(ports: Ports, actor: Actor, demand: Demand): Promise<DemandAnalysis> {
  permit(actor, 'demand.draft', demandRelations(actor, demand))
  const isBlank = demandQuestion(demand).trim() === ''
  const asked = askedBy(actor, demand)
  const { ranking, engine } = await rankOfferings(ports, demand, { isKept: false })
  const people = await rankExperts(ports, demand, false)
  const alike = await alikeTo(ports, actor, demand)
  const near = isBlank ? [] : people.ranking.slice(0, expertsNear)
  return {
    detected: isBlank ? { industry: null, discipline: null, problemKind: null } : await detected(ports, demand, ranking),
    indicators: spottedBeyond(demand),
    completeness: completenessOf(demand, ranking),
    duplicates: alike,
    offerings: isBlank ? [] : ranking.slice(0, offeringsShown).map((item) => explainOffering(actor, asked, item)),
    experts: { near: near.length, reachable: near.filter(({ expert }) => expert.claimed).length },
    engine,
  }
}

/** The same for what somebody sends: an enterprise may leave its own id out, and everybody the title. */
export function analyseWritten(ports: Ports, actor: Actor, written: DemandAnalysisRequest): Promise<DemandAnalysis> {
  const enterpriseId = written.enterpriseId ?? (actor.role === 'enterprise' ? actor.id : '')
  const draft = filled<DemandDraft>({ ...blankDemand, title: '', enterpriseId }, { ...written, enterpriseId })
  return analyse(ports, actor, unstoredDemand(draft, ports.newId('demand'), ports.now()))
}

/** Figures of the text that are asked for, and stand in no indicator yet. */
function spottedBeyond({ title, problem, indicators }: Demand): DemandAnalysis['indicators'] {
  const known = indicators.flatMap(({ parsed }) => (parsed === null ? [] : [`${parsed.operator} ${parsed.target} ${parsed.unit}`]))
  return spottedIn([title, problem ?? ''].join('\n')).flatMap(({ text, sentence, need, requirement }) => {
    const parsed = parsedFrom(requirement)
    return known.includes(`${parsed.operator} ${parsed.target} ${parsed.unit}`) ? [] : [{ text, need, parsed, sentence }]
  })
}

/** What the nearest listings are classified as; demands that keep to themselves whose they are have no vote. */
async function detected(ports: Ports, demand: Demand, ranking: readonly Ranked<OfferingPairing>[]): Promise<DemandAnalysis['detected']> {
  const others = await candidates(ports, { text: demandQuestion(demand), isKept: false, kinds: ['demand'] })
  const strengthOf = new Map(others.items.slice(0, voters).map((each: Candidate) => [each.id, each.strength]))
  const open = (await demands.findMany(ports.database, [...strengthOf.keys()])).filter((each) => !isHidden(each))
  const votes = [
    ...ranking.map(({ offering, strength }) => ({ codes: offering.classification, strength: strength ?? 0 })),
    ...open.map((each) => ({ codes: each.classification, strength: strengthOf.get(each.id)! })),
  ]
  return {
    industry: elected(votes, ['gbt4754']),
    discipline: elected(votes, ['gbt13745', 'degree-catalogue']),
    problemKind: await problemKindOf(ports, demand),
  }
}

/** The code that most of the nearest have, each by its strength squared: a near one counts more than several far ones. */
function elected(all: readonly { codes: readonly Code[]; strength: number }[], schemes: readonly Code['scheme'][]): DetectedCode | null {
  const own = (codes: readonly Code[]) => codes.filter(({ scheme }) => schemes.includes(scheme))
  const votes = all
    .filter(({ codes }) => own(codes).length > 0)
    .toSorted((a, b) => b.strength - a.strength)
    .slice(0, voters)
  const sums = new Map<string, { code: Code; sum: number }>()
  for (const { codes, strength } of votes)
    for (const code of own(codes)) {
      const key = `${code.scheme} ${code.code}`
      sums.set(key, { code, sum: (sums.get(key)?.sum ?? 0) + strength ** 2 })
    }
  const whole = votes.reduce((sum, { strength }) => sum + strength ** 2, 0)
  const [best] = [...sums.values()].toSorted((a, b) => b.sum - a.sum || (a.code.code < b.code.code ? -1 : 1))
  const share = best === undefined || whole === 0 ? 0 : best.sum / whole
  return share < shareFrom ? null : { code: best!.code, share: Number(share.toFixed(3)) }
}

/** The kind of problem that the demand is nearest to; null without a model, or where none stands out. */
async function problemKindOf(ports: Ports, demand: Demand): Promise<DemandAnalysis['detected']['problemKind']> {
  const question = await queryVector(ports, demandQuestion(demand), false)
  return ports.embedder === null || question === null ? null : kindNearest(ports.embedder, question)
}

/** Terms that a demand may leave open, and which supply states something that would be held against them. */
const terms: { field: WantedField; isOpen(demand: Demand): boolean; isStated(pairing: Pairing): boolean }[] = [
  { field: 'modes', isOpen: ({ modes }) => modes.length === 0, isStated: ({ supply }) => supply.modes.length > 0 },
  {
    field: 'budget',
    isOpen: ({ budgetMinFen, budgetMaxFen }) => budgetMinFen === null && budgetMaxFen === null,
    isStated: ({ supply }) => supply.leastPriceFen !== null,
  },
  { field: 'deadlineOn', isOpen: ({ deadlineOn }) => deadlineOn === null, isStated: ({ supply }) => supply.availableFrom !== null },
  { field: 'region', isOpen: ({ region }) => region === null, isStated: ({ supply }) => supply.region !== null },
  {
    field: 'readinessFrom',
    isOpen: ({ readinessFrom }) => readinessFrom === null,
    isStated: ({ supply }) => supply.readinessLevel !== null,
  },
]

/** Of each open term, how many of the results that are considered would be compared by it, were it stated; what reaches most comes first. */
function completenessOf(demand: Demand, ranking: readonly Pairing[]): DemandAnalysis['completeness'] {
  const open = terms.filter(({ isOpen }) => isOpen(demand))
  const wanted = open
    .map(({ field, isStated }) => ({ field, candidates: ranking.filter(isStated).length }))
    .toSorted((a, b) => b.candidates - a.candidates)
  return { stated: terms.length - open.length, of: terms.length, wanted, considered: ranking.length }
}

async function alikeTo({ database }: Ports, actor: Actor, written: Demand): Promise<DemandAnalysis['duplicates']> {
  const open = { enterprise_id: written.enterpriseId, state: ['draft', 'vetting', 'published'] }
  const own = await demands.newest(database, open, { after: null, limit: demandsAtMost })
  const told = own.filter((demand) => may(actor, 'demand.read-whole', demandRelations(actor, demand)))
  const textOf = ({ title, problem }: Demand) => ({ title, text: `${title}\n${problem ?? ''}` })
  return told
    .filter((demand) => areAlike(textOf(demand), textOf(written)))
    .slice(0, alikeShown)
    .map(({ id, title }) => ({ id, title }))
}
