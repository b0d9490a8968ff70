import { addDays } from '../platform/days.ts'
import { id, text, z } from '../platform/schema.ts'
import { EngagementStage } from './engagement.ts'

/** By when a demand wants its solution. */
export const Due = z.enum(['past', 'month', 'quarter'])
export type Due = z.infer<typeof Due>

/** What is shown of a board; what stands in its address and is none of these, filters nothing. */
export const BoardFilter = z.object({
  demand: id('dem').nullable().catch(null),
  stage: EngagementStage.nullable().catch(null),
  due: Due.nullable().catch(null),
  /** A region code of the demand's. */
  region: z
    .string()
    .regex(/^\d{6}$/)
    .nullable()
    .catch(null),
  park: id('prk').nullable().catch(null),
  broker: id('bro').nullable().catch(null),
  /** Words in the name of either side. */
  words: text(1, 60).nullable().catch(null),
})
export type BoardFilter = z.infer<typeof BoardFilter>

/** The filter as its address has it, always in one order, so that equal ones are written alike. */
export function filterQuery(filter: BoardFilter): string {
  const query = new URLSearchParams()
  // The keys of an object literal are those of its type.
  for (const name of Object.keys(BoardFilter.shape) as (keyof BoardFilter)[]) {
    const value = filter[name]
    if (value !== null) query.append(name, value)
  }
  return query.toString()
}

/** Whether a deadline lies where it is asked for. */
export function isDue(deadlineOn: string | null, due: Due, today: string): boolean {
  if (deadlineOn === null) return false
  if (due === 'past') return deadlineOn < today
  return deadlineOn >= today && deadlineOn <= addDays(today, due === 'month' ? 30 : 90)
}
