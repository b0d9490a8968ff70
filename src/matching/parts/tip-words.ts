import { Mode } from '../../platform/codes/enums.ts'
import { modeNames, readinessName } from '../../platform/web/parts/labels.ts'
import type { View } from '../../platform/web/view.ts'
import type { Tip } from '../advice/tip.ts'

/** What could be changed, and the place that it brings. */
export function tipSentence({ side, field, to, about, place: { before, after } }: Tip, view: View): string {
  const { advice } = view.words.matching
  const { units } = view.words
  const place = advice.place(before, after)
  const modes = () =>
    modeNames(
      [to].flat().map((mode) => Mode.parse(mode)),
      view,
    )
  switch (field) {
    case 'modes':
      return advice[side].modes(modes(), place)
    case 'deadlineOn':
      return advice.demand.deadlineOn(units.day(String(to)), place)
    case 'readinessFrom':
      return advice.demand.readinessFrom(readinessName(Number(to), view), place)
    case 'budgetMaxFen':
      return advice.demand.budgetMaxFen(units.amount(Number(to)), place)
    case 'price':
    case 'minFeeFen':
      return advice.supply[field](units.amount(Number(to)), place)
    case 'availableFrom':
    case 'freeFrom':
      return advice.supply.start(units.day(String(to)), place)
    case 'evidence':
      return advice.supply.evidence(about!, place)
    case 'exclusions':
      return advice.supply.exclusions(place)
  }
}
