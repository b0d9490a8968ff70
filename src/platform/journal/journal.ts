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

/** An entry as it was written. Whose hand it was, if somebody was signed in, the database knows: see `inSessionOf`. */
interface SignedEntry extends Entry {
  accountId: string | null
}
export interface RecordedEntry extends SignedEntry {
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
    account_id: database.accountId,
    digest: digestOf({ ...entry, accountId: database.accountId }),
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

/**
 * sha256 of the entry as canonical JSON (fixed member order, no number: that is given by the database). The account stands last, and
 * only where there is one.
 */
export function digestOf({ subjectId, subjectVersion, kind, actorId, at, facts, accountId }: SignedEntry): string {
  return hashOf([subjectId, subjectVersion, kind, actorId, at], JSON.stringify(facts), accountId)
}

/** The same of a row as it stands there, even if its facts can no longer be read. */
export function digestOfRow({ subject_id, subject_version, kind, actor_id, at, facts, account_id }: Tables['journal']): string {
  return hashOf([subject_id, subject_version, kind, actor_id, at], facts, account_id)
}

function hashOf(members: unknown[], facts: string, accountId: string | null): string {
  const account = accountId === null ? '' : `,${JSON.stringify(accountId)}`
  return createHash('sha256')
    .update(`${JSON.stringify(members).slice(0, -1)},${facts}${account}]`)
    .digest('hex')
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
    accountId: row.account_id,
    digest: row.digest,
  }
}
