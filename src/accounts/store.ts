import type { Compilable } from 'kysely'
import type { Database } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.ts'
import { type Account, type Membership, Rank } from './account.ts'
import { Role } from './actor.ts'

/** The code that a number was sent. What follows are single statements that say what they found, which a commit could not. */
type CodeRow = Tables['sign_in_code']

export function findCode(database: Database, id: string): Promise<CodeRow | undefined> {
  return database.query.selectFrom('sign_in_code').selectAll().where('id', '=', id).executeTakeFirst()
}

export function insertCode(database: Database, row: CodeRow): Compilable {
  return database.query.insertInto('sign_in_code').values(row)
}

/** Counts one more try, of all that come at once too; nothing where there have been too many. */
export function countTry(database: Database, id: string, allowed: number): Promise<CodeRow | undefined> {
  return database.query
    .updateTable('sign_in_code')
    .set(({ eb }) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .where('attempts', '<', allowed)
    .returningAll()
    .executeTakeFirst()
}

/** Whether the code was still there: of two who bring the right one, one is let in. */
export async function removeCode(database: Database, id: string): Promise<boolean> {
  return (await database.query.deleteFrom('sign_in_code').where('id', '=', id).returning('id').executeTakeFirst()) !== undefined
}

export async function findAccount(
  database: Database,
  by: { id: string } | { phone: string } | { email: string },
): Promise<Account | undefined> {
  const [[column, value]] = Object.entries(by) as [['id' | 'phone' | 'email', string]]
  const row = await accounts(database).where(column, '=', value).executeTakeFirst()
  return row && accountFromRow(row)
}

function accounts(database: Database) {
  return database.query
    .selectFrom('account')
    .select(['id', 'version', 'phone', 'email', 'email_verified', 'name', 'two_factor_enabled'])
    .select(({ selectFrom }) =>
      selectFrom('credential')
        .select('id')
        .whereRef('credential.account_id', '=', 'account.id')
        .where('provider_id', '=', 'credential')
        .limit(1)
        .as('password_id'),
    )
}
type AccountRow = Awaited<ReturnType<ReturnType<typeof accounts>['executeTakeFirstOrThrow']>>

/** The library wants an address of every account: this one can reach nobody. */
const noEmail = (id: string) => `${id}@account.invalid`

export function insertAccount(
  database: Database,
  { id, phone, name }: { id: string; phone: string | null; name: string | null },
  at: string,
): Compilable {
  const row = { id, version: 1, phone, name: name ?? '', email: noEmail(id), email_verified: 0, image: null, two_factor_enabled: 0 }
  return database.query.insertInto('account').values({ ...row, created_at: at, updated_at: at })
}

export type AccountChanges = Partial<Pick<Tables['account'], 'email' | 'email_verified' | 'phone' | 'name' | 'two_factor_enabled'>>

/** The account's next version; what the library keeps of it is in its own columns. */
export function updateAccount(database: Database, { id, version }: Account, changes: AccountChanges, at: string): Compilable {
  return database.query
    .updateTable('account')
    .set({ ...changes, version, updated_at: at })
    .where('id', '=', id)
}

function accountFromRow({ id, version, phone, email, email_verified, name, two_factor_enabled, password_id }: AccountRow): Account {
  return {
    id,
    version,
    phone,
    email: email_verified === 1 ? email : null,
    name: name === '' ? null : name,
    hasPassword: password_id !== null,
    hasSecondFactor: two_factor_enabled === 1,
  }
}

/** Memberships that have not ended, oldest first. */
/** What accounts are called, by id; those without a name are left out. */
export async function accountNames(database: Database, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await database.query.selectFrom('account').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.flatMap(({ id, name }) => (name ? [[id, name] as const] : [])))
}

export async function membershipsOf(database: Database, accountId: string): Promise<Membership[]> {
  const rows = await database.query
    .selectFrom('membership')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(membershipFromRow)
}

/** Those who act for a subject, oldest first. */
export async function membersOf(database: Database, subjectId: string): Promise<Membership[]> {
  const rows = database.query.selectFrom('membership').selectAll().where('subject_id', '=', subjectId).where('ended_at', 'is', null)
  return (await rows.orderBy('created_at').orderBy('id').execute()).map(membershipFromRow)
}

export async function findMembership(database: Database, id: string): Promise<Membership | undefined> {
  const row = await database.query.selectFrom('membership').selectAll().where('id', '=', id).executeTakeFirst()
  return row && membershipFromRow(row)
}

export async function hasOperatorAccount(database: Database): Promise<boolean> {
  const rows = database.query.selectFrom('membership').select('id').where('role', '=', 'operator').where('ended_at', 'is', null)
  return (await rows.limit(1).executeTakeFirst()) !== undefined
}

export function insertMembership(database: Database, membership: Membership): Compilable {
  return database.query.insertInto('membership').values({
    id: membership.id,
    version: membership.version,
    account_id: membership.accountId,
    role: membership.role,
    subject_id: membership.subjectId,
    rank: membership.rank,
    created_at: membership.createdAt,
    ended_at: membership.endedAt,
  })
}

export function updateMembership(database: Database, { id, version, subjectId, rank, endedAt }: Membership): Compilable {
  return database.query.updateTable('membership').set({ version, subject_id: subjectId, rank, ended_at: endedAt }).where('id', '=', id)
}

export function membershipFromRow(row: Tables['membership']): Membership {
  return {
    id: row.id,
    version: row.version,
    accountId: row.account_id,
    role: Role.parse(row.role),
    subjectId: row.subject_id,
    rank: Rank.parse(row.rank),
    createdAt: row.created_at,
    endedAt: row.ended_at,
  }
}

/** What the session keeps beside what the library does: for whom it acts, and when the second factor was shown. */
export function updateSession(
  database: Database,
  id: string,
  changes: Partial<Pick<Tables['session'], 'membership_id' | 'second_factor_at'>>,
): Compilable {
  return database.query.updateTable('session').set(changes).where('id', '=', id)
}

/** When the second factor was shown, in the session of that token: the library may have begun a new one by then. */
export function updateSessionOfToken(database: Database, token: string, secondFactorAt: string): Compilable {
  return database.query.updateTable('session').set({ second_factor_at: secondFactorAt }).where('token', '=', token)
}

export function removeSessionOfToken(database: Database, token: string): Compilable {
  return database.query.deleteFrom('session').where('token', '=', token)
}

/** Ids of listings whose confidential part a reader may read at that time. */
export async function disclosedTo(database: Database, readerId: string, at: string): Promise<string[]> {
  const standing = database.query
    .selectFrom('disclosure')
    .select('subject_id')
    .where('reader_id', '=', readerId)
    .where('state', '=', 'standing')
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', at)]))
  return (await standing.execute()).map(({ subject_id }) => subject_id)
}

/** Ids of what an account brought in, which its first entry in the journal tells. */
export async function authoredBy(database: Database, accountId: string): Promise<string[]> {
  const first = database.query
    .selectFrom('journal')
    .select('subject_id')
    .where('account_id', '=', accountId)
    .where('subject_version', '=', 1)
  return (await first.execute()).map(({ subject_id }) => subject_id)
}

/** Statements that remove what has run out by then; of links, what their holders have answered stays. */
export function removeExpired(database: Database, at: string): Compilable[] {
  return [
    ...(['sign_in_code', 'session', 'sign_in_value', 'member_invitation'] as const).map((table) =>
      database.query.deleteFrom(table).where('expires_at', '<', at),
    ),
    database.query.deleteFrom('link').where('expires_at', '<', at).where('answer', 'is', null),
  ]
}

type LinkRow = Tables['link']

export function findLink(database: Database, secretHash: string): Promise<LinkRow | undefined> {
  return database.query.selectFrom('link').selectAll().where('secret_hash', '=', secretHash).executeTakeFirst()
}

export function insertLink(database: Database, row: LinkRow): Compilable {
  return database.query.insertInto('link').values(row)
}

export function removeLinks(database: Database, purpose: string): Compilable {
  return database.query.deleteFrom('link').where('purpose', '=', purpose)
}

/** Whether the link was there to be used: of two who come at once, one is served. */
export async function spendLink(database: Database, secretHash: string, at: string): Promise<boolean> {
  const spent = database.query.updateTable('link').set({ used_at: at }).where('secret_hash', '=', secretHash).where('used_at', 'is', null)
  return (await spent.returning('id').executeTakeFirst()) !== undefined
}

/** A device on which an account is signed in. */
export interface Device {
  id: string
  userAgent: string | null
  createdAt: string
}

/** Newest first. */
export async function devicesOf(database: Database, accountId: string): Promise<Device[]> {
  const rows = await database.query
    .selectFrom('session')
    .select(['id', 'user_agent', 'created_at'])
    .where('account_id', '=', accountId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(({ id, user_agent, created_at }) => ({ id, userAgent: user_agent, createdAt: created_at }))
}

/** Ends the sessions of an account but one. */
export function removeOtherSessions(database: Database, accountId: string, id: string): Compilable {
  return database.query.deleteFrom('session').where('account_id', '=', accountId).where('id', '!=', id)
}

export function removeSecondFactor(database: Database, accountId: string): Compilable {
  return database.query.deleteFrom('second_factor').where('account_id', '=', accountId)
}

/** Ends one session of an account, or all. */
export function removeSessions(database: Database, accountId: string, id: string | null): Compilable {
  const own = database.query.deleteFrom('session').where('account_id', '=', accountId)
  return id === null ? own : own.where('id', '=', id)
}

/** Whether somebody acts for a subject because he said so himself: nobody else has looked whether it is so. */
export async function letHimselfIn({ query }: Database, subjectId: string): Promise<boolean> {
  const row = await query
    .selectFrom('membership')
    .innerJoin('journal', 'journal.subject_id', 'membership.id')
    .select('membership.id')
    .where('membership.subject_id', '=', subjectId)
    .where('journal.subject_version', '=', 1)
    .whereRef('journal.actor_id', '=', 'membership.account_id')
    .executeTakeFirst()
  return row !== undefined
}
