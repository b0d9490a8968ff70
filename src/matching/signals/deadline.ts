import { daysBetween } from '../../platform/days.ts'
import { clamp01, missing, type Signal } from './signal.ts'

/** Days of work that a start should leave before the deadline. */
const comfortable = 90

/** Can work begin early enough? One with three months before the deadline, zero when it could begin only after it. */
export const deadline: Signal = ({ demand, supply, today }) => {
  if (demand.deadlineOn === null || supply.availableFrom === null) return missing
  // Days as ISO text sort as they follow each other.
  const start = [supply.availableFrom, today].sort().at(-1)!
  return {
    value: clamp01(daysBetween(start, demand.deadlineOn) / comfortable),
    facts: { deadlineOn: demand.deadlineOn, availableFrom: start },
  }
}
