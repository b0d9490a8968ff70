import { createHash } from 'node:crypto'
import { type Compilable, sql } from 'kysely'
import type { Database } from '../database/database.ts'
import { listingOf } from '../database/listings.ts'
import type { Tables } from '../database/tables.ts'
import type { Ports } from '../ports.ts'

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
  /** Of the revision that was kept with it; null for none. */
  revisionHash: string | null
  digest: string
}
export type EntryRow = Tables['journal']

/** A noun as a revision keeps it. */
interface Revised {
  id: string
  version: number
  visibility?: string
}

/** The next free number. Gapless and in commit order, because `commit` lets one writer in at a time. */
const nextSeq = sql<number>`(select coalesce(max(seq), 0) + 1 from journal)`

/** The statement that records an entry; one a row, since every row of a multi-row insert would get the same number. */
export function record(database: Database, entry: Entry): Compilable {
  return recordBinding(database, entry, null)
}

/**
 * The statements that record an entry and keep the whole noun as it is after it: history, undo, before and after. The entry comes
 * first, so that the slower of two racers meets the journal's lock and no other constraint.
 */
export function recordRevision({ database, newId }: Pick<Ports, 'database' | 'newId'>, entry: Entry, noun: Revised): Compilable[] {
  const [salt, body] = [newId('salt'), JSON.stringify(noun)]
  return [
    recordBinding(database, entry, revisionHashOf(salt, body)),
    database.query
      .insertInto('revision')
      .values({ subject_id: noun.id, version: noun.version, visibility: revisionVisibility(noun), body, salt }),
  ]
}

/** Who may read a revision: whom the noun names, else only who reads everything. */
export function revisionVisibility(noun: unknown): string {
  // A noun has it or has not; what was changed by hand may be anything.
  return (noun as { visibility?: string } | null | undefined)?.visibility ?? 'nda'
}

/**
 * The statement that erases what a subject was before a version. It goes into the commit of that version, whose entry is of a kind
 * `….erased`: the journal still verifies, and tells nothing of what is gone.
 */
export function eraseRevisions(database: Database, subjectId: string, version: number): Compilable {
  return database.query.deleteFrom('revision').where('subject_id', '=', subjectId).where('version', '<', version)
}

/** Whether the noun stands after an entry, in its table and as a revision. Entries of old bind none, but a listing had one with each. */
export function keepsNoun({ kind, subject_id, revision_hash }: Pick<EntryRow, 'kind' | 'subject_id' | 'revision_hash'>): boolean {
  return revision_hash !== null || (listingOf(subject_id) !== undefined && !/\.(removed|erased)$/.test(kind))
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

/** The row of an entry, but for its number, which the database gives. */
function recordBinding(database: Database, entry: Entry, revisionHash: string | null): Compilable {
  const row = {
    subject_id: entry.subjectId,
    subject_version: entry.subjectVersion,
    kind: entry.kind,
    actor_id: entry.actorId,
    at: entry.at,
    facts: JSON.stringify(entry.facts),
    account_id: database.accountId,
    revision_hash: revisionHash,
  }
  return database.query.insertInto('journal').values({ seq: nextSeq, ...row, digest: digestOf(row) })
}

/**
 * sha256 of the entry as canonical JSON: a list of its members in fixed order, the last two only where there is an account and a
 * revision; without the number, which the database gives. The facts stand there as they are written, even if they can no longer be read.
 */
export function digestOf({
  subject_id,
  subject_version,
  kind,
  actor_id,
  at,
  facts,
  account_id,
  revision_hash,
}: Omit<EntryRow, 'seq' | 'digest'>): string {
  const members = [JSON.stringify([subject_id, subject_version, kind, actor_id, at]).slice(1, -1), facts]
  if (account_id !== null) members.push(JSON.stringify(account_id))
  // Named, so that no value can stand for the other.
  if (revision_hash !== null) members.push(JSON.stringify(`revision:${revision_hash}`))
  return sha256(`[${members.join(',')}]`)
}

/** Neither a salt nor a body as JSON has a line end, so that no other pair of them gives the same text. */
export function revisionHashOf(salt: string, body: string): string {
  return sha256(`${salt}\n${body}`)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function fromRow(row: EntryRow): RecordedEntry {
  return {
    seq: row.seq,
    subjectId: row.subject_id,
    subjectVersion: row.subject_version,
    // Only `recordBinding` writes the column, and it takes this form.
    kind: row.kind as Entry['kind'],
    actorId: row.actor_id,
    at: row.at,
    facts: JSON.parse(row.facts),
    accountId: row.account_id,
    revisionHash: row.revision_hash,
    digest: row.digest,
  }
}
