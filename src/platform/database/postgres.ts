import { type Dialect, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { log } from '../log.ts'
import { ConcurrentChange, type Database } from './database.ts'
import type { Tables } from './tables.ts'

/** One writer at a time, so that journal numbers appear in the order they commit. */
const journalLock = sql`select pg_advisory_xact_lock(4301)`

export function openPostgres(connectionString: string, connections = 10): Database {
  const types = new pg.TypeOverrides()
  types.setTypeParser(pg.types.builtins.INT8, safeInteger)
  const pool = new pg.Pool({ connectionString, max: connections, types })
  // The server has ended a connection that nobody used, as when it is restarted: the next question opens another one.
  pool.on('error', (error) => log('warn', 'a connection to PostgreSQL was lost', { error: error.message }))
  return postgresDatabase(new PostgresDialect({ pool }))
}

/** Over any dialect that speaks PostgreSQL: a pool, or PGlite in tests. */
export function postgresDatabase(dialect: Dialect): Database {
  const query = new Kysely<Tables>({ dialect })
  return {
    query,
    dialect: 'postgres',
    accountId: null,
    async commit(...statements) {
      try {
        await query.transaction().execute(async (transaction) => {
          await journalLock.execute(transaction)
          for (const statement of statements) await transaction.executeQuery(statement.compile())
        })
      } catch (error) {
        throw isTaken(error) ? new ConcurrentChange(error) : error
      }
    },
    scrub: async () => true,
    close: () => query.destroy(),
  }
}

/** int8 as number: money, counts and journal numbers stay far below 2^53; beyond, a wrong number would be worse than an error. */
export function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a number`)
  return value
}

function isTaken(error: unknown): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string }
  return code === '23505' && ['journal_subject_id_subject_version_key', 'seal_pkey'].includes(constraint ?? '')
}
