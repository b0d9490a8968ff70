import { type Actor, isSignedIn } from '../accounts/actor.ts'
import { may } from '../accounts/permissions.ts'
import type { DemandView } from '../demands/demand.ts'
import type { ExpertView } from '../directory/expert.ts'
import type { Institution } from '../directory/institution.ts'
import type { OfferingView } from '../offerings/offering.ts'
import type { Tier } from '../platform/search/search-index.ts'
import type { Quotable } from './explain.ts'
import type { IndicatorVerdict, Match, Reason, Willingness } from './match.ts'
import type { Scored } from './score.ts'
import { countsOf } from './signals/indicators.ts'

/** What a reader sees of a match: texts that he may read, and numbers only where his role may see them. */

export function tierOf(actor: Actor): Tier {
  if (actor.role === 'operator') return 'full'
  return isSignedIn(actor) ? 'registered' : 'public'
}

export function needsOf(demand: DemandView): string[] {
  return [demand.title, demand.problem ?? '', ...demand.indicators.map(({ text }) => text)].filter((text) => text !== '')
}

export function quotablesOfOffering(view: OfferingView): Quotable[] {
  const source = { kind: 'offering' as const, id: view.id, title: view.title }
  const texts = [view.problemSolved, view.abstract, view.teaser].filter((text) => text !== null)
  return (texts.length > 0 ? texts : [view.title]).map((text) => ({ source, text }))
}

/** An expert is called by name once he has claimed the profile; until then a field stands for him. */
export function expertTitle(view: ExpertView): string {
  return view.name ?? view.field ?? view.id
}

export function quotableProfile(view: ExpertView): Quotable[] {
  const source = { kind: 'expert' as const, id: view.id, title: expertTitle(view) }
  return [view.summary, view.field].flatMap((text) => (text === null ? [] : [{ source, text }]))
}

export function quotableInstitution({ id, name, summary }: Institution): Quotable[] {
  return summary === null ? [] : [{ source: { kind: 'institution', id, title: name }, text: summary }]
}

/** The topical reason names what both texts share; the terms come from what the reader may read. */
export function withTerms(scored: Scored, terms: string[]): Scored {
  return {
    ...scored,
    reasons: scored.reasons.map((reason) => (reason.key === 'text' ? { ...reason, facts: { ...reason.facts, terms } } : reason)),
  }
}

/** The price of an offering that shows its teaser only is in no reason either. */
export function withoutPrice(scored: Scored): Scored {
  const reasons = scored.reasons.map((reason) => {
    return reason.key === 'budget' ? { ...reason, value: null, facts: { unknown: true } } : reason
  })
  return { ...scored, reasons }
}

/** What is said of the indicators is what the reader may see himself; where he sees less than was judged, no number tells the rest. */
export function withIndicators(scored: Scored, seen: readonly IndicatorVerdict[]): Scored {
  const facts = seen.every(({ verdict }) => verdict === 'unknown') ? { unknown: true } : countsOf(seen)
  const reasons = scored.reasons.map((reason) => {
    if (reason.key !== 'indicators') return reason
    const isSame = JSON.stringify(facts) === JSON.stringify(reason.facts)
    return { ...reason, value: isSame ? reason.value : null, facts }
  })
  return { ...scored, reasons }
}

/** How sure it is that the supply would take it, by how far the pairing is. */
export function willingnessOf(isOwnSide: boolean, stage: string | null, confirmedAt: string | null): Willingness | null {
  if (!isOwnSide) return null
  if (stage === 'talking' || stage === 'signed') return 'willing'
  if (stage === 'contacted') return 'asked'
  return confirmedAt === null ? 'inferred' : 'not-contacted'
}

/** The match as this reader sees it. */
export function shown(
  actor: Actor,
  match: Pick<Match, 'subject' | 'fit' | 'evidence' | 'indicators' | 'willingness' | 'conflicts'> & {
    scored: Scored
    confirmedAt: string | null
  },
): Match {
  const { subject, fit, evidence, indicators, willingness, conflicts } = match
  const confirmedOn = match.confirmedAt?.slice(0, 10) ?? null
  const scored = withIndicators(match.scored, indicators)
  if (may(actor, 'match.read-numbers')) {
    return {
      subject,
      fit,
      score: scored.score,
      sides: { demandSide: scored.demandSide, supplySide: scored.supplySide },
      reasons: scored.reasons,
      willingness,
      confirmedOn,
      conflicts,
      evidence,
      indicators,
    }
  }
  return {
    subject,
    fit,
    score: null,
    sides: { demandSide: null, supplySide: null },
    reasons: scored.reasons.map((reason): Reason => ({ ...reason, value: null, weight: null, contribution: null })),
    willingness,
    confirmedOn,
    conflicts,
    evidence,
    indicators,
  }
}
