import { sql } from 'kysely'
import { enterprises } from '../directory/store.ts'
import { offerings } from '../offerings/store.ts'
import type { Database } from '../platform/database/database.ts'
import { listings, type Page } from '../platform/database/listings.ts'
import { commonTime, Demand, isHidden } from './demand.ts'
import { type Profile, profilesFrom } from './profile.ts'

/** Fields that came later. */
const added = { confidential: null, outward: null, proposal: null, mergedIntoId: null }

export const demands = listings('demand', Demand, {
  title: ({ title }) => title,
  added,
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

/** Ids of the demands that somebody was the first to write, newest first; one more than asked for where there are more. */
export async function idsEnteredBy(database: Database, actorId: string, { after, limit }: Page): Promise<{ id: string; seq: number }[]> {
  let query = database.query
    .selectFrom('journal')
    .select(['subject_id as id', 'seq'])
    .where('actor_id', '=', actorId)
    .where('subject_version', '=', 1)
    .where(sql<boolean>`substr(subject_id, 1, 4) = 'dem_'`)
  if (after !== null) query = query.where('seq', '<', Number(after.sort))
  return query
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute()
}

/** A demand as it was at a version; undefined where that was not kept, or was erased. */
export async function demandAt(database: Database, id: string, version: number): Promise<Demand | undefined> {
  const row = await database.query
    .selectFrom('revision')
    .select('body')
    .where('subject_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return row && Demand.safeParse({ ...added, ...JSON.parse(row.body) }).data
}
