import type { View } from '../../platform/web/view.ts'
import { type LineCounts, LineStates } from '../intake.ts'

/** How many lines are in which state, in words; states without any are left out. */
export function countsOf({ words: { intake } }: View, counts: LineCounts): string[] {
  return LineStates.filter((state) => counts[state] > 0).map((state) => intake.counts[state](counts[state]))
}
