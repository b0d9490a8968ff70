import { Mode } from '../platform/codes/enums.ts'
import { modeNames, readinessName } from '../platform/web/parts/labels.ts'
import type { View } from '../platform/web/view.ts'
import type { IndicatorVerdict, Match, Reason, StatedValue } from './match.ts'

/** What is needed to put a reason into words: a page's view, or a terminal's language. */
export type Reading = Pick<View, 'words' | 'locale'>

/** Signals that ask nothing of this kind of supply: their absence is no gap in knowledge. Indicators have sentences of their own, one each. */
const beside: Record<Match['subject']['kind'], readonly string[]> = {
  offering: ['fee', 'indicators'],
  expert: ['readiness', 'budget', 'indicators'],
  institution: ['readiness', 'budget', 'fee', 'indicators', 'modes', 'deadline', 'freshness'],
  demand: ['indicators'],
}

/** Why a match stands where it stands, in sentences: what was compared, and what is not known yet. */
export function reasonSentences(match: Pick<Match, 'subject' | 'reasons'>, reading: Reading): { known: string[]; unknown: string[] } {
  const reasons = match.reasons.filter(({ key }) => !beside[match.subject.kind].includes(key))
  return {
    known: reasons.filter(({ facts }) => facts.unknown !== true).flatMap((reason) => sentenceOf(reason, reading) ?? []),
    unknown: reasons.filter(({ facts }) => facts.unknown === true).flatMap(({ key }) => reading.words.matching.unknowns[key] ?? []),
  }
}

/** Without how the engine weighed both texts, which is nothing that anybody knows or has to ask. */
export const factualReasons = (reasons: Match['reasons']): Match['reasons'] =>
  reasons.filter(({ key }) => key !== 'meaning' && key !== 'field')

function sentenceOf({ key, facts }: Reason, view: Reading): string | undefined {
  const { words } = view
  const { reasons } = words.matching
  const { units } = words
  const strings = (value: Reason['facts'][string] | undefined) => (Array.isArray(value) ? value : [])
  const day = (value: Reason['facts'][string] | undefined) => units.day(String(value))
  switch (key) {
    case 'text': {
      const terms = strings(facts.terms)
      return terms.length > 0 ? reasons.terms(units.list(terms)) : reasons.noTerms
    }
    case 'meaning':
      return reasons.meaning
    case 'field':
      return reasons.field
    case 'readiness':
      return reasons.readiness(readinessName(Number(facts.wanted), view), readinessName(Number(facts.level), view))
    case 'budget':
      return reasons.budget(units.amount(Number(facts.budgetFen)), units.amount(Number(facts.priceFen)))
    case 'deadline':
      return reasons.deadline(day(facts.deadlineOn), day(facts.availableFrom))
    case 'freshness':
      return reasons.freshness(day(facts.confirmedOn))
    case 'demand-freshness':
      return reasons['demand-freshness'](day(facts.confirmedOn))
    case 'modes': {
      const shared = strings(facts.shared).map((mode) => Mode.parse(mode))
      return shared.length > 0 ? reasons.modes(modeNames(shared, view)) : reasons.noModes
    }
    case 'fee':
      return facts.isReached === true ? reasons.fee.reached : reasons.fee.notReached
    case 'region':
      return reasons.region[String(facts.place)]
    default:
      return undefined
  }
}

/** As many shared terms, and as many gaps, as one line has room for. */
const termsInLine = 3
const gapsInLine = 3

/** A match in one line: how sure, what both speak of, what is said to the indicators and how that is backed, what is not known. */
export function oneLine(match: Pick<Match, 'subject' | 'fit' | 'reasons' | 'indicators'>, { words }: Reading): string {
  const { matching, units, terminal } = words
  const text = match.reasons.find(({ key }) => key === 'text')?.facts.terms
  const terms = Array.isArray(text) ? text.slice(0, termsInLine) : []
  const of = (is: IndicatorVerdict['verdict']) => match.indicators.filter(({ verdict }) => verdict === is)
  const levels = [...new Set(of('met').map(({ found }) => words.evidenceLevels[found!.level]))]
  const gaps = match.reasons
    .filter(({ key, facts }) => facts.unknown === true && !beside[match.subject.kind].includes(key))
    .flatMap(({ key }) => matching.factors[key] ?? [])
  const { line } = matching
  return [
    ...(match.fit === null ? [] : [matching.fits[match.fit]]),
    ...(terms.length === 0 ? [] : [line.terms(units.list(terms))]),
    ...(match.indicators.length === 0
      ? []
      : [line.indicators(of('met').length, units.list(levels), of('short').length, of('unknown').length)]),
    ...(gaps.length === 0 ? [] : [line.unknown(units.list(gaps.slice(0, gapsInLine)))]),
  ].join(terminal.semicolon)
}

/** What the supply says to the indicators: its own figures with how they are backed, never a bare yes; and those of which it says nothing. */
export function indicatorSentences(verdicts: readonly IndicatorVerdict[], reading: Reading): { known: string[]; unknown: string | null } {
  const { matching, terminal } = reading.words
  const stated = verdicts.flatMap((each) => {
    const said = saidOf(each, reading)
    return said === null ? [] : [terminal.labelled(each.text, said)]
  })
  const open = verdicts.filter(({ found }) => found === null).map(({ text }) => text)
  return { known: stated, unknown: open.length === 0 ? null : matching.indicators.unknown(open.join(terminal.semicolon)) }
}

/** What the supply says to one indicator, with how it is backed; null where it says nothing. */
export function saidOf({ verdict, found, contrary, shortfallPct }: IndicatorVerdict, reading: Reading): string | null {
  if (found === null) return null
  const { indicators } = reading.words.matching
  const value = statedText(found, reading)
  if (contrary !== null) return indicators.contrary(value, statedText(contrary, reading))
  return verdict === 'short' ? indicators.short(value, shortfallPct) : indicators.met(value)
}

/** A figure as it stands, in the indicator's unit where it stands in another, and how it is backed. */
function statedText({ figure, value, unit, level }: StatedValue, { words }: Reading): string {
  const turned = `${Number(value.toPrecision(4))} ${unit}`.trim()
  const bare = (text: string) => text.replaceAll(/\s+/g, '')
  return words.matching.indicators.value(figure, bare(figure).includes(bare(turned)) ? null : turned, words.evidenceLevels[level])
}
