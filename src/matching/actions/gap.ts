import type { Actor } from '../../accounts/actor.ts'
import { demandView } from '../../demands/actions.ts'
import type { Demand } from '../../demands/demand.ts'
import { offeringView } from '../../offerings/actions.ts'
import type { Code } from '../../platform/codes/codes.ts'
import type { Ports } from '../../platform/ports.ts'
import { inSimplified } from '../../platform/search/tokens.ts'
import type { Asked } from '../asked.ts'
import { claimsOfOffering, verdictsOn } from '../indicators.ts'
import type { Gap } from '../match.ts'
import type { Ranked } from '../ranking.ts'
import { quotablesOfOffering } from '../reader.ts'
import { rankInstitutions } from './match-institutions.ts'
import type { OfferingPairing } from './match-offerings.ts'

/** So many of the first count as the nearest. */
const nearest = 10
const fieldsShown = 3
const termsShown = 5
const institutionsShown = 3
const fieldSchemes: readonly Code['scheme'][] = ['gbt4754', 'gbt13745', 'degree-catalogue']

/** Why none of these results fits, and what there is instead: only from what the reader may see. */
export async function gapOf(
  ports: Ports,
  actor: Actor,
  demand: Demand,
  { indicators }: Asked,
  ranking: readonly Ranked<OfferingPairing>[],
): Promise<Gap> {
  const views = ranking.slice(0, nearest).map(({ offering }) => offeringView(actor, offering))
  const fields = Map.groupBy(
    views.flatMap(({ classification }) => classification.filter(({ scheme }) => fieldSchemes.includes(scheme))),
    ({ scheme, code }) => `${scheme} ${code}`,
  )
  const told = views.map((view) => [view.title, ...quotablesOfOffering(view).map(({ text }) => text), ...view.keywords].join('\n'))
  const verdicts = views.map((view) => verdictsOn(indicators, claimsOfOffering(view)))
  const { ranking: institutions } = await rankInstitutions(ports, actor, demand)
  return {
    nearestFields: [...fields.values()]
      .map((codes) => ({ code: codes[0]!, count: codes.length }))
      .toSorted((a, b) => b.count - a.count || (a.code.code < b.code.code ? -1 : 1))
      .slice(0, fieldsShown),
    missingTerms: wordsIn(demandView(actor, demand).title)
      .filter((word) => !told.some((text) => inSimplified(text).toLowerCase().includes(word.toLowerCase())))
      .slice(0, termsShown),
    unansweredIndicators: indicators.flatMap(({ text }, at) => (verdicts.some((each) => each[at]!.found !== null) ? [] : [text])),
    leads: views.filter(({ kind }) => kind === 'lead').length,
    institutions: institutions.slice(0, institutionsShown).map(({ institution: { id, name } }) => ({ id, name })),
  }
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** Words that name something: two characters or more, no figures. */
function wordsIn(title: string): string[] {
  const words = [...segmenter.segment(inSimplified(title))].filter(({ isWordLike, segment }) => isWordLike && segment.length > 1)
  return [...new Set(words.map(({ segment }) => segment))].filter((word) => !/^[\d.]+$/.test(word))
}
