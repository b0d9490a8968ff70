import { clamp01, missing, type Signal } from './signal.ts'

/** Would the expert work for it? The share of his least fee that the budget covers. */
export const fee: Signal = ({ demand, supply }) => {
  const ceiling = demand.budgetMaxFen ?? demand.budgetMinFen
  if (ceiling === null || supply.leastFeeFen === null) return missing
  // The fee floor is the expert's own affair: only whether it is reached is told.
  const value = supply.leastFeeFen === 0 ? 1 : clamp01(ceiling / supply.leastFeeFen)
  return { value, facts: { isReached: value === 1 } }
}
