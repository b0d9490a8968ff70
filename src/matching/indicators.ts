import QuickLRU from 'quick-lru'
import type { Indicator } from '../demands/demand.ts'
import type { Evidence } from '../directory/evidence.ts'
import { evidenceLevelOf } from '../feasibility/level.ts'
import { parseRequirement, type Requirement } from '../feasibility/requirement.ts'
import { judgeBy, type Offer, readOffer, type Verdict } from '../feasibility/verdict.ts'
import type { Offering, OfferingView } from '../offerings/offering.ts'
import { EvidenceLevel } from '../platform/codes/enums.ts'
import type { Quotable } from './explain.ts'
import type { IndicatorVerdict, StatedValue } from './match.ts'

/** A text with figures; of a stated advantage the level that is stated with it. */
export interface Claim extends Quotable {
  level: EvidenceLevel | null
}

/** What an offering says in figures, as far as a reader sees it. A stated advantage without evidence is the owner's word. */
export function claimsOfOffering(
  offering: Pick<OfferingView | Offering, 'id' | 'title' | 'problemSolved' | 'abstract' | 'teaser' | 'advantages'>,
): Claim[] {
  const source = { kind: 'offering' as const, id: offering.id, title: offering.title }
  const text = [offering.teaser, offering.problemSolved, offering.abstract].filter((part) => part !== null).join('\n')
  return [
    { source, text, level: null },
    ...offering.advantages.map(({ name, ours, unit, condition, evidence, evidenceLevel }) => ({
      source,
      // A unit stands behind the figure, unless it was written there already.
      text: `${condition === null ? '' : `${condition}，`}${name}${ours}${unit === null || ours.includes(unit) ? '' : unit}`,
      level: evidence === null ? ('unstated' as const) : evidenceLevel,
    })),
  ]
}

/** What a row of an expert's own says in figures. */
export function claimsOfEvidence({ id, title, abstract }: Evidence): Claim[] {
  return abstract === null ? [] : [{ source: { kind: 'evidence', id, title: title ?? '' }, text: abstract, level: null }]
}

/**
 * What each indicator comes to. Of several texts the one decides that meets it best backed, else one that falls short; where a stated
 * advantage says otherwise than the text, nothing does.
 */
export function verdictsOn(indicators: readonly Pick<Indicator, 'text' | 'need'>[], claims: readonly Claim[]): IndicatorVerdict[] {
  return indicators.map(({ text, need }) => {
    const requirement = requirementOf(text)
    const judged = claims.flatMap((claim) => answered(claim, judgeBy(text, requirement, offerOf(claim.text))))
    const [written, stated] = [judged.filter(({ claim }) => claim.level === null), judged.filter(({ claim }) => claim.level !== null)].map(
      best,
    )
    const decides = best([written, stated].filter((each) => each !== undefined))
    if (decides === undefined) return { text, need, verdict: 'unknown', found: null, shortfallPct: null, contrary: null }
    if (written !== undefined && stated !== undefined && written.verdict !== stated.verdict)
      return { text, need, verdict: 'unknown', found: written.found, shortfallPct: null, contrary: stated.found }
    const { verdict, found, shortfallPct } = decides
    return { text, need, verdict, found, shortfallPct, contrary: null }
  })
}

interface Answered {
  claim: Claim
  verdict: 'met' | 'short'
  found: StatedValue
  shortfallPct: number | null
}

function answered(claim: Claim, verdict: Verdict): Answered[] {
  if (verdict.verdict === 'unknown') return []
  const { figure, measured, unit, sentence } = verdict.found
  const level = claim.level ?? evidenceLevelOf(verdict.found, claim.text)
  const found = { figure, value: measured, unit: unit.text, sentence, source: claim.source, level }
  return [{ claim, verdict: verdict.verdict, found, shortfallPct: verdict.shortfallPct }]
}

const levels = EvidenceLevel.options
function best(answers: readonly Answered[]): Answered | undefined {
  return answers.toSorted(
    (a, b) =>
      Number(b.verdict === 'met') - Number(a.verdict === 'met') ||
      levels.indexOf(b.found.level) - levels.indexOf(a.found.level) ||
      (a.shortfallPct ?? 0) - (b.shortfallPct ?? 0),
  )[0]
}

/** Reading takes longer than comparing, and the same texts come again with every question. */
const requirements = new QuickLRU<string, Requirement | null>({ maxSize: 2_000 })
const offers = new QuickLRU<string, Offer>({ maxSize: 4_000 })
const requirementOf = (text: string) => kept(requirements, text, parseRequirement)
const offerOf = (text: string) => kept(offers, text, readOffer)

function kept<Value>(cache: QuickLRU<string, Value>, text: string, read: (text: string) => Value): Value {
  if (!cache.has(text)) cache.set(text, read(text))
  return cache.get(text)!
}
