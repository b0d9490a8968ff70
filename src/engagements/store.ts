import type { Compilable } from 'kysely'
import type { Database } from '../platform/database/database.ts'
import { listings, type Page } from '../platform/database/listings.ts'
import { Contact } from './contact.ts'
import { Delegation } from './delegation.ts'
import { Engagement, togetherAtMost } from './engagement.ts'
import { Interest } from './interest.ts'
import { Invitation } from './invitation.ts'
import type { Postponement } from './postponement.ts'
import { Referral } from './referral.ts'
import { Shortlist } from './shortlist.ts'

export const interests = listings('interest', Interest, {
  title: () => '',
  columns: ({ demandId, supplyId, state }) => ({ demand_id: demandId, supply_id: supplyId, state }),
  added: { how: null, referralId: null },
})

export const invitations = listings('invitation', Invitation, {
  title: () => '',
  columns: ({ demandId, supplyId, sentBy, state }) => ({ demand_id: demandId, supply_id: supplyId, sent_by: sentBy, state }),
})

export const referrals = listings('referral', Referral, {
  title: () => '',
  columns: ({ demandId, invitationId, interestId, fromId, sentBy, state }) => ({
    demand_id: demandId,
    // The column is older than referrals that no invitation led to, and takes no null.
    invitation_id: invitationId ?? interestId ?? '',
    from_id: fromId,
    sent_by: sentBy ?? '',
    state,
  }),
  added: { interestId: null },
})

export const delegations = listings('delegation', Delegation, {
  title: () => '',
  columns: ({ institutionId, requestId, to, state }) => ({ institution_id: institutionId, request_id: requestId, expert_id: to, state }),
})

export const engagements = listings('engagement', Engagement, {
  title: () => '',
  columns: ({ demandId, supplyId, brokerId, state }) => ({ demand_id: demandId, supply_id: supplyId, broker_id: brokerId, state }),
})

export const shortlists = listings('shortlist', Shortlist, {
  title: () => '',
  columns: ({ demandId, madeBy }) => ({ demand_id: demandId, made_by: madeBy }),
})

export const contacts = listings('contact', Contact, {
  title: () => '',
  columns: ({ subjectId, by, on, next, nextDoneAt, visit }) => ({
    subject_id: subjectId,
    recorded_by: by,
    next_on: nextDoneAt === null ? (next?.on ?? null) : null,
    visited_on: visit === null ? null : on,
  }),
  added: { visit: null, interview: null },
})

/** A contact as it was at a version; undefined where that was not kept, or was erased. */
export async function contactAt(database: Database, id: string, version: number): Promise<Contact | undefined> {
  const query = database.query.selectFrom('revision').select('body').where('subject_id', '=', id).where('version', '=', version)
  const row = await query.executeTakeFirst()
  return row && Contact.safeParse({ visit: null, interview: null, ...JSON.parse(row.body) }).data
}

/** Interests that stand, on either side of which this is who answers: an enterprise, an expert, the owner of a result. Newest first, 200 at most. */
export async function standingInterests(database: Database, ofId: string): Promise<Interest[]> {
  const { query } = database
  const demands = query.selectFrom('demand').select('id').where('enterprise_id', '=', ofId)
  const offerings = query.selectFrom('offering').select('id').where('owner_id', '=', ofId)
  const rows = await query
    .selectFrom('interest')
    .select('id')
    .where('state', 'in', ['open', 'accepted'])
    .where((eb) => eb.or([eb('supply_id', '=', ofId), eb('supply_id', 'in', offerings), eb('demand_id', 'in', demands)]))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(200)
    .execute()
  return interests.findMany(database, idsOf(rows))
}

/** What somebody has to do by a day, longest due first. */
export async function dueContacts(database: Database, by: string, until: string): Promise<Contact[]> {
  const rows = await due(database, by).where('next_on', '<=', until).orderBy('next_on').orderBy('id').limit(200).execute()
  return contacts.findMany(database, idsOf(rows))
}

/** What he has had to do about one subject by a day. */
export async function dueAbout(database: Database, by: string, subjectId: string, until: string): Promise<Contact[]> {
  const rows = await due(database, by).where('subject_id', '=', subjectId).where('next_on', '<=', until).limit(200).execute()
  return contacts.findMany(database, idsOf(rows))
}

/** Who moved a case, by which entry of the journal. An undoing is a move too. */
export interface LastMove {
  kind: 'engagement.moved' | 'engagement.undone'
  by: string
  at: string
}
const moves: readonly LastMove['kind'][] = ['engagement.moved', 'engagement.undone']

export async function lastMove(database: Database, id: string): Promise<LastMove | undefined> {
  const row = await database.query
    .selectFrom('journal')
    .select(['kind', 'actor_id', 'at'])
    .where('subject_id', '=', id)
    .where('kind', 'in', moves)
    .orderBy('subject_version', 'desc')
    .limit(1)
    .executeTakeFirst()
  // The condition has just said which kinds there are.
  return row && { kind: row.kind as LastMove['kind'], by: row.actor_id, at: row.at }
}

/** The cases that somebody moved at one instant. */
export async function idsMovedAt(database: Database, by: string, at: string): Promise<string[]> {
  const rows = await database.query
    .selectFrom('journal')
    .select('subject_id')
    .where('actor_id', '=', by)
    // What somebody brought into the market, of which an importer has many, is no move.
    .where('subject_version', '>', 1)
    .where('at', '=', at)
    .where('kind', '=', 'engagement.moved')
    .orderBy('seq')
    .limit(togetherAtMost)
    .execute()
  return rows.map(({ subject_id }) => subject_id)
}

/** Visits with a sheet, the latest first: of whoever made them (null for anybody's), of all days or of some. */
export async function visitsBetween(
  database: Database,
  { by, from, until }: { by: string | null; from: string | null; until: string | null },
  { after, limit }: Page,
): Promise<{ items: Contact[]; next: Page['after'] }> {
  let query = database.query.selectFrom('contact').select(['id', 'visited_on']).where('visited_on', 'is not', null)
  if (by !== null) query = query.where('recorded_by', '=', by)
  if (from !== null) query = query.where('visited_on', '>=', from)
  if (until !== null) query = query.where('visited_on', '<=', until)
  if (after !== null) {
    const [day, { id }] = [after.sort.slice(0, 10), after]
    query = query.where((eb) => eb.or([eb('visited_on', '<', day), eb.and([eb('visited_on', '=', day), eb('id', '>', id)])]))
  }
  const rows = await query
    .orderBy('visited_on', 'desc')
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: await contacts.findMany(database, idsOf(rows.slice(0, limit))),
    // A position is an instant, whatever a list is sorted by.
    next: last === undefined ? null : { sort: `${last.visited_on}T00:00:00.000Z`, id: last.id },
  }
}

/** The latest interviews about a demand, newest first. */
export async function interviewsAbout(database: Database, subjectId: string): Promise<Contact[]> {
  const found = await contacts.newest(database, { subject_id: subjectId }, { after: null, limit: 100 })
  return found.filter(({ interview }) => interview !== null)
}

const due = (database: Database, by: string) => database.query.selectFrom('contact').select('id').where('recorded_by', '=', by)
const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)

/** Whose note it is: a person's, in the role in which he acts. */
interface Owner {
  accountId: string
  actorId: string
}

/** Put off beyond a day, the next one first. */
export async function listPostponed({ query }: Database, { accountId, actorId }: Owner, day: string): Promise<Postponement[]> {
  const rows = query.selectFrom('postponed').select(['demand_id as demandId', 'supply_id as supplyId', 'until'])
  const own = rows.where('account_id', '=', accountId).where('actor_id', '=', actorId).where('until', '>', day)
  return own.orderBy('until').orderBy('demand_id').limit(500).execute()
}

export function keepPostponed({ query }: Database, { accountId, actorId }: Owner, { demandId, supplyId, until }: Postponement): Compilable {
  return query
    .insertInto('postponed')
    .values({ account_id: accountId, actor_id: actorId, demand_id: demandId, supply_id: supplyId, until })
    .onConflict((conflict) => conflict.columns(['account_id', 'actor_id', 'demand_id', 'supply_id']).doUpdateSet({ until }))
}

export function deletePostponed(
  { query }: Database,
  { accountId, actorId }: Owner,
  ids: Pick<Postponement, 'demandId' | 'supplyId'>,
): Compilable {
  return query
    .deleteFrom('postponed')
    .where('account_id', '=', accountId)
    .where('actor_id', '=', actorId)
    .where('demand_id', '=', ids.demandId)
    .where('supply_id', '=', ids.supplyId)
}
