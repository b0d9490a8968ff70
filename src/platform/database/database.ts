import type { Compilable, Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/**
 * What every supported database offers: typed reads, and one atomic write.
 * D1 has no interactive transaction, so a write is a list of statements, never a callback.
 */
export interface Database {
  readonly query: Kysely<Tables>
  /**
   * All statements or none. Throws `ConcurrentChange` when another writer took the same version of a subject or sealed the same
   * entries, a `Problem` when the storage is full or read-only, and the driver's own error for anything else (a bug).
   */
  commit(...statements: Compilable[]): Promise<void>
  /**
   * Takes what was deleted out of its files: quickly out of the log, or `wholly`, which writes the file anew and keeps others waiting.
   * False where somebody else's reading does not let it. A database that is no file of ours does nothing: what its server keeps is for
   * those who run it (docs/operating.md).
   */
  scrub(how: 'quickly' | 'wholly'): Promise<boolean>
  /** Which family of SQL it speaks; only migrations ask. */
  readonly dialect: 'sqlite' | 'postgres'
  /** The account in whose session is written, which the journal keeps beside the actor; null for tokens, commands and the market itself. */
  readonly accountId: string | null
  close(): Promise<void>
}

/** The same database, written to in the session of an account. */
export function inSessionOf(database: Database, accountId: string): Database {
  return { ...database, accountId }
}

/** Someone else changed the subject, or sealed the journal, between our read and our write. */
export class ConcurrentChange extends Error {
  constructor(cause: unknown) {
    super('Another writer was faster', { cause })
    this.name = 'ConcurrentChange'
  }
}

/** What SQLite and D1 say then. */
export const takenInSqlite = /UNIQUE constraint failed: (journal\.subject_id|seal\.seq)/
