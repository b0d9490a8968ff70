import { createHash } from 'node:crypto'
import { type Compilable, sql } from 'kysely'
import type { Database } from '../database/database.ts'
import type { Tables } from '../database/tables.ts'

/**
 * What happened to one subject: audit trail, outbox of the index and the notifiers, optimistic lock and timeline in one.
 * `facts` holds codes, names of changed fields and public values only: never personal data or confidential text.
 */
export interface Entry {
  subjectId: string
  /** The version that this change makes; one writer gets it, a second one loses its whole commit. */
  subjectVersion: number
  kind: `${string}.${string}`
  actorId: string
  at: string
  facts: Record<string, unknown>
}
export interface RecordedEntry extends Entry {
  seq: number
  digest: string
}

/** The next free number. Gapless and in commit order, because `commit` lets one writer in at a time. */
const nextSeq = sql<number>`(select coalesce(max(seq), 0) + 1 from journal)`

/** The statement that records an entry; one a row, since every row of a multi-row insert would get the same number. */
export function record(database: Database, entry: Entry): Compilable {
  return database.query.insertInto('journal').values({
    seq: nextSeq,
    subject_id: entry.subjectId,
    subject_version: entry.subjectVersion,
    kind: entry.kind,
    actor_id: entry.actorId,
    at: entry.at,
    facts: JSON.stringify(entry.facts),
    digest: digestOf(entry),
  })
}

/** The statement that keeps the whole noun as it is after a change: history, undo, before and after. */
export function revise(database: Database, noun: { id: string; version: number; visibility?: string }): Compilable {
  return database.query.insertInto('revision').values({
    subject_id: noun.id,
    version: noun.version,
    visibility: noun.visibility ?? 'nda',
    body: JSON.stringify(noun),
  })
}

/** Entries after a number, oldest first. */
export async function entriesAfter(database: Database, seq: number, limit: number): Promise<RecordedEntry[]> {
  const rows = await database.query.selectFrom('journal').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit).execute()
  return rows.map(fromRow)
}

/** Everything that happened to one subject, oldest first. */
export async function entriesAbout(database: Database, subjectId: string, limit = 200): Promise<RecordedEntry[]> {
  const rows = await database.query
    .selectFrom('journal')
    .selectAll()
    .where('subject_id', '=', subjectId)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(fromRow)
}

/** The last number given out; 0 for an empty journal. */
export async function journalHead(database: Database): Promise<number> {
  const { head } = await database.query
    .selectFrom('journal')
    .select(({ fn }) => fn.coalesce(fn.max('seq'), sql<number>`0`).as('head'))
    .executeTakeFirstOrThrow()
  return head
}

/** sha256 of the entry as canonical JSON (fixed member order, no number: that is given by the database). */
export function digestOf({ subjectId, subjectVersion, kind, actorId, at, facts }: Entry): string {
  return createHash('sha256')
    .update(JSON.stringify([subjectId, subjectVersion, kind, actorId, at, facts]))
    .digest('hex')
}

/** The same of a row as it stands there, even if its facts can no longer be read. */
export function digestOfRow({ subject_id, subject_version, kind, actor_id, at, facts }: Tables['journal']): string {
  const members = JSON.stringify([subject_id, subject_version, kind, actor_id, at]).slice(0, -1)
  return createHash('sha256').update(`${members},${facts}]`).digest('hex')
}

function fromRow(row: Tables['journal']): RecordedEntry {
  return {
    seq: row.seq,
    subjectId: row.subject_id,
    subjectVersion: row.subject_version,
    // Only `record` writes the column, and it takes this form.
    kind: row.kind as Entry['kind'],
    actorId: row.actor_id,
    at: row.at,
    facts: JSON.parse(row.facts),
    digest: row.digest,
  }
}
