import { daysBetween } from '../../platform/days.ts'
import { clamp01, missing, type Reading, type Signal } from './signal.ts'

/** Confirmed within half a year is fresh; two years old counts nothing. */
const freshDays = 180
const staleDays = 730

/** Has the supplier confirmed the facts lately? */
export const freshness: Signal = ({ supply, today }) => age(supply.confirmedAt, today)

/** Has the enterprise said lately that the need still stands? */
export const demandFreshness: Signal = ({ demand, today }) => age(demand.confirmedAt ?? demand.publishedAt, today)

function age(confirmedAt: string | null, today: string): Reading {
  if (confirmedAt === null) return missing
  const on = confirmedAt.slice(0, 10)
  const days = daysBetween(on, today)
  return { value: clamp01(1 - (days - freshDays) / (staleDays - freshDays)), facts: { confirmedOn: on } }
}
