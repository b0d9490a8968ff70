import { enterprises } from '../directory/store.ts'
import { offerings } from '../offerings/store.ts'
import type { Database } from '../platform/database/database.ts'
import { listings } from '../platform/database/listings.ts'
import { commonTime, Demand, isHidden } from './demand.ts'
import { type Profile, profilesFrom } from './profile.ts'

export const demands = listings('demand', Demand, {
  title: ({ title }) => title,
  added: { confidential: null, outward: null },
  // The order of a list would tell who came when.
  createdAt: (demand) => (isHidden(demand) ? commonTime(demand) : demand.createdAt),
  // An anonymous demand is in no list by enterprise.
  visibility: ({ isAnonymous, visibility }) => (isAnonymous ? 'nda' : visibility),
  columns: (demand) => ({
    state: demand.state,
    enterprise_id: demand.enterpriseId,
    broker_id: demand.brokerId,
    region_code: demand.region?.code ?? null,
    budget_min_fen: demand.budgetMinFen,
    budget_max_fen: demand.budgetMaxFen,
    deadline_on: demand.deadlineOn,
    expires_on: demand.expiresOn,
    published_at: demand.publishedAt,
  }),
})

/** As many enterprises as one question names. */
const askedAtOnce = 90

/** The registered enterprises with all that is published under their names, without the demand that is to be hidden. */
export async function findProfiles(database: Database, withoutId: string | null): Promise<Profile[]> {
  const isPublic = { state: 'published', visibility: 'public' }
  const registered = await Array.fromAsync(enterprises.each(database, {}))
  const named = await Array.fromAsync(demands.each(database, isPublic))
  const offered = []
  for (let start = 0; start < registered.length; start += askedAtOnce) {
    const owners = registered.slice(start, start + askedAtOnce).map(({ id }) => id)
    offered.push(...(await Array.fromAsync(offerings.each(database, { ...isPublic, owner_id: owners }))))
  }
  return profilesFrom(
    registered,
    named.filter(({ id }) => id !== withoutId),
    offered,
  )
}
