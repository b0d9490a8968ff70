import { clamp01, missing, type Signal } from './signal.ts'

/** Does the price fit the budget? Where it does not: the share of the price that the budget covers. */
export const budget: Signal = ({ demand, supply }) => {
  const ceiling = demand.budgetMaxFen ?? demand.budgetMinFen
  if (ceiling === null || supply.leastPriceFen === null) return missing
  const value = supply.leastPriceFen === 0 ? 1 : clamp01(ceiling / supply.leastPriceFen)
  return { value, facts: { budgetFen: ceiling, priceFen: supply.leastPriceFen } }
}
