import BetterSqlite3 from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import QuickLRU from 'quick-lru'
import { Problem } from '../problem.ts'
import { ConcurrentChange, type Database, takenInSqlite } from './database.ts'
import type { Tables } from './tables.ts'

/** One file, one writer; WAL so that readers and the command line run beside it, FULL because a commit is a promise. */
export function openSqlite(file: string): Database {
  const connection = new BetterSqlite3(file)
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('busy_timeout = 5000')
  connection.pragma('foreign_keys = ON')
  // What is deleted is overwritten with zeros. Copies that it leaves where rows moved from page to page go when all is written anew.
  connection.pragma('secure_delete = ON')
  // At most 64 MB of pages: reading the rows of a match takes half the time.
  connection.pragma('cache_size = -65536')
  const prepare = remembered((sql) => connection.prepare(sql))
  const query = new Kysely<Tables>({ dialect: new SqliteDialect({ database: { prepare, close: () => connection.close() } }) })
  return {
    query,
    dialect: 'sqlite',
    accountId: null,
    async commit(...statements) {
      const run = connection.transaction(() => {
        for (const statement of statements) {
          const { sql, parameters } = statement.compile()
          prepare(sql).run(...parameters)
        }
      })
      try {
        run.immediate()
      } catch (error) {
        throw commitError(error)
      }
    },
    async scrub(how) {
      try {
        if (how === 'wholly') connection.exec('vacuum')
        // Former states of pages lie in the log until it is taken into the file and cut off.
        const [outcome] = connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
        return outcome?.busy !== 1
      } catch (error) {
        if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return false
        throw commitError(error)
      }
    },
    close: () => query.destroy(),
  }
}

/** Statements by their text: to prepare one costs as much as to run it. */
function remembered<Statement>(prepare: (sql: string) => Statement): (sql: string) => Statement {
  const known = new QuickLRU<string, Statement>({ maxSize: 200 })
  return (sql) => {
    const statement = known.get(sql) ?? prepare(sql)
    known.set(sql, statement)
    return statement
  }
}

function commitError(error: unknown): unknown {
  const { code = '', message } = error as { code?: string; message: string }
  if (takenInSqlite.test(message)) return new ConcurrentChange(error)
  if (code === 'SQLITE_FULL') return new Problem('storage-full', {}, { cause: error })
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_IOERR')) return new Problem('storage-read-only', {}, { cause: error })
  return error
}
