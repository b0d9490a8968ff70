import { missing, type Signal } from './signal.ts'

/** Do they want to work together in the same way? The share of the modes asked for that the supplier offers. */
export const modes: Signal = ({ demand, supply }) => {
  if (demand.modes.length === 0 || supply.modes.length === 0) return missing
  const shared = demand.modes.filter((mode) => supply.modes.includes(mode))
  return { value: shared.length / demand.modes.length, facts: { shared } }
}
