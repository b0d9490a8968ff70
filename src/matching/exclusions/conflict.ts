import { blocking, conflictsOf } from '../conflict.ts'
import type { HardCondition } from './exclusion.ts'

/** Both sides, or one and the broker, belong together in a way that the market does not allow. */
export const conflicted: HardCondition = ({ supply, standing: { ties }, today }) => {
  if (ties === null) return null
  const [first] = blocking(conflictsOf(supply, ties, today), ties.rules)
  return first === undefined ? null : { condition: 'conflict-of-interest', facts: { ...first }, change: null }
}
