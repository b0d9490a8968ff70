import type { DemandView } from '../demands/demand.ts'
import type { OfferingView } from '../offerings/offering.ts'

/** What a person wrote in a listing, by JSON pointer. */
export interface WrittenText {
  pointer: string
  text: string
}

export function demandTexts(demand: DemandView): WrittenText[] {
  const { title, teaser, problem, currentState, tried, ownConditions, ipExpectation, confidential } = demand
  return [
    ...stated({ title, teaser, problem }),
    ...several(
      'indicators',
      demand.indicators.map(({ text }) => text),
    ),
    ...stated({ currentState, tried, ownConditions }),
    ...several('constraints', demand.constraints),
    ...several('keywords', demand.keywords),
    ...stated({ ipExpectation, confidential }),
  ]
}

export function offeringTexts(offering: OfferingView): WrittenText[] {
  const { title, teaser, problemSolved, abstract, confidential } = offering
  const advantages = offering.advantages.map((each) =>
    [each.name, each.ours, each.unit, each.incumbent, each.condition, each.evidence].filter((text) => text !== null).join(' · '),
  )
  return [
    ...stated({ title, teaser, problemSolved, abstract }),
    ...several('advantages', advantages),
    ...several('keywords', offering.keywords),
    ...stated({ confidential }),
  ]
}

function stated(texts: Record<string, string | null>): WrittenText[] {
  return Object.entries(texts).flatMap(([name, text]) => (text === null ? [] : [{ pointer: `/${name}`, text }]))
}

function several(name: string, texts: readonly string[]): WrittenText[] {
  return texts.map((text, at) => ({ pointer: `/${name}/${at}`, text }))
}
