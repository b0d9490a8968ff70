import { missing, type Signal } from './signal.ts'

/** Is there a way of working together that both want? One is enough; none at all excludes the pair. */
export const modes: Signal = ({ demand, supply }) => {
  if (demand.modes.length === 0 || supply.modes.length === 0) return missing
  const shared = demand.modes.filter((mode) => supply.modes.includes(mode))
  return { value: shared.length > 0 ? 1 : 0, facts: { shared } }
}
