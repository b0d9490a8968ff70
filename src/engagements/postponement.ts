import { SupplyId } from '../matching/refusal.ts'
import { addDays } from '../platform/days.ts'
import { day, id, z } from '../platform/schema.ts'

/** A pairing that somebody wants to look at on a later day; it comes back by itself, and the other side is told nothing. 稍后 */
export const Postponement = z.strictObject({ demandId: id('dem'), supplyId: SupplyId, until: day }).openapi('Postponement')
export type Postponement = z.infer<typeof Postponement>

/** The pairing alone, of which it is. */
export const PostponedPairing = z.strictObject(Postponement.shape).omit({ until: true }).openapi('PostponedPairing')

/** Days from today that one press puts something off by. */
export const usualDays = { tomorrow: 1, week: 7 } as const
/** No later than in a year. */
export const longestDays = 366

/** The first and the last day until which something can be put off. */
export const daysToChoose = (today: string) => ({ from: addDays(today, 1), to: addDays(today, longestDays) })
