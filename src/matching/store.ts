import type { Database } from '../platform/database/database.ts'
import { listings } from '../platform/database/listings.ts'
import { Refusal } from './refusal.ts'

export const refusals = listings('refusal', Refusal, {
  title: () => '',
  columns: ({ demandId, supplyId, state }) => ({ demand_id: demandId, supply_id: supplyId, state }),
})

/** What is not proposed for a demand any more, by either side's wish. */
export async function refusedFor(database: Database, demandId: string): Promise<Set<string>> {
  return new Set(
    (await Array.fromAsync(refusals.each(database, { demand_id: demandId, state: 'standing' }))).map(({ supplyId }) => supplyId),
  )
}

/** The demands for which it is not proposed any more. */
export async function refusedBy(database: Database, supplyId: string): Promise<Set<string>> {
  return new Set(
    (await Array.fromAsync(refusals.each(database, { supply_id: supplyId, state: 'standing' }))).map(({ demandId }) => demandId),
  )
}
