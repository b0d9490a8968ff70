import { sql } from 'kysely'
import type { Database } from '../platform/database/database.ts'
import type { ListingTable, Tables } from '../platform/database/tables.ts'
import { prefixes } from '../platform/ids.ts'

/** As many values as one statement may name. */
const atOnce = 90

export function* parts<Item>(items: readonly Item[], size = atOnce): Generator<Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}

/** A row of a listing as JSON says it, whether its import is complete or not. */
export interface RawRow {
  id: string
  body: Record<string, unknown>
  updatedAt: string
}

export async function rawRow(database: Database, table: ListingTable, id: string): Promise<RawRow | undefined> {
  const row = await database.query.selectFrom(table).select(['id', 'body', 'updated_at']).where('id', '=', id).executeTakeFirst()
  return row && { id: row.id, body: JSON.parse(row.body), updatedAt: row.updated_at }
}

/** Every revision of some subjects, as JSON says it. */
export async function revisionsOf(
  database: Database,
  ids: readonly string[],
): Promise<{ id: string; version: number; body: Record<string, unknown> }[]> {
  const rows: Pick<Tables['revision'], 'subject_id' | 'version' | 'body'>[] = []
  for (const some of parts(ids)) {
    const query = database.query.selectFrom('revision').select(['subject_id', 'version', 'body']).where('subject_id', 'in', some)
    rows.push(...(await query.orderBy('subject_id').orderBy('version').execute()))
  }
  return rows.map(({ subject_id, version, body }) => ({ id: subject_id, version, body: JSON.parse(body) }))
}

/**
 * Ids of what once named one of these in one of the members, in any version that is kept: also of what is no longer there, or names
 * somebody else by now.
 */
export async function everNaming(
  database: Database,
  table: ListingTable,
  members: readonly string[],
  ids: readonly string[],
): Promise<string[]> {
  const found = new Set<string>()
  for (const id of ids) {
    const rows = await revisionsIn(database, table).select(['subject_id', 'body']).where('body', 'like', `%"${id}"%`).execute()
    for (const { subject_id, body } of rows) {
      const noun: Record<string, unknown> = JSON.parse(body)
      if (members.some((member) => noun[member] === id)) found.add(subject_id)
    }
  }
  return [...found]
}

/** Demands that one of these brokers carries. */
export async function demandsOfBrokers(database: Database, brokerIds: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const some of parts(brokerIds))
    found.push(...(await database.query.selectFrom('demand').select('id').where('broker_id', 'in', some).execute()).map(({ id }) => id))
  return found
}

/** Every revision of a demand that has a contact person, in pages. */
export async function* revisionsWithContacts(database: Database): AsyncGenerator<{ id: string; body: Record<string, unknown> }[]> {
  for (let after: { id: string; version: number } = { id: '', version: 0 }; ; ) {
    const { id, version } = after
    const rows = await revisionsIn(database, 'demand')
      .select(['subject_id', 'version', 'body'])
      .where('body', 'like', '%Contact":{%')
      .where(sql<boolean>`(subject_id > ${id} or (subject_id = ${id} and version > ${version}))`)
      .orderBy('subject_id')
      .orderBy('version')
      .limit(200)
      .execute()
    yield rows.map(({ subject_id, body }) => ({ id: subject_id, body: JSON.parse(body) }))
    const last = rows.at(-1)
    if (last === undefined || rows.length < 200) return
    after = { id: last.subject_id, version: last.version }
  }
}

function revisionsIn(database: Database, table: ListingTable) {
  return database.query.selectFrom('revision').where(sql<boolean>`substr(subject_id, 1, 4) = ${`${prefixes[table]}_`}`)
}

/** The last version that the journal knows of a subject; 0 for one of which it tells nothing. */
export async function lastVersion(database: Database, id: string): Promise<number> {
  const row = await database.query
    .selectFrom('journal')
    .select(({ fn }) => fn.max('subject_version').as('version'))
    .where('subject_id', '=', id)
    .executeTakeFirst()
  return Number(row?.version ?? 0)
}

/** Entries of the journal about some subjects, or written in the sessions of an account. */
export async function entriesOfPerson(
  database: Database,
  ids: readonly string[],
  accountId: string | null,
): Promise<Record<string, unknown>[]> {
  const columns = ['seq', 'subject_id', 'subject_version', 'kind', 'actor_id', 'at', 'facts'] as const
  const entries = new Map<number, Record<string, unknown>>()
  const keep = (rows: Pick<Tables['journal'], (typeof columns)[number]>[]) => {
    for (const { seq, subject_id, subject_version, kind, actor_id, at, facts } of rows)
      entries.set(seq, {
        seq,
        subjectId: subject_id,
        subjectVersion: subject_version,
        kind,
        actorId: actor_id,
        at,
        facts: JSON.parse(facts),
      })
  }
  const journal = () => database.query.selectFrom('journal').select(columns)
  for (const some of parts(ids)) keep(await journal().where('subject_id', 'in', some).execute())
  if (accountId !== null) keep(await journal().where('account_id', '=', accountId).execute())
  return [...entries].toSorted(([a], [b]) => a - b).map(([, entry]) => entry)
}
