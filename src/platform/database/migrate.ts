import { type Compilable, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Database } from './database.ts'
import core from './migrations/0001_core.sql'
import seal from './migrations/0002_seal.sql'
import accounts from './migrations/0003_accounts.sql'
import audit from './migrations/0004_audit.sql'
import defence from './migrations/0005_defence.sql'
import attachment from './migrations/0006_attachment.sql'
import organisations from './migrations/0007_organisations.sql'
import keys from './migrations/0008_keys.sql'
import persons from './migrations/0009_persons.sql'
import disclosure from './migrations/0010_disclosure.sql'
import order from './migrations/0016_order.sql'
import engagements from './migrations/0018_engagements.sql'
import entered from './migrations/0019_entered.sql'
import intake from './migrations/0020_intake.sql'
import unfinished from './migrations/0021_unfinished.sql'
import visits from './migrations/0022_visits.sql'
import postponed from './migrations/0023_postponed.sql'
import savedViews from './migrations/0024_saved_views.sql'
import twins from './migrations/0025_twins.sql'
import delegation from './migrations/0026_delegation.sql'
import vouching from './migrations/0028_vouching.sql'
import matchLists from './migrations/0029_match_lists.sql'

/** Every migration, oldest first; a released one is never edited. Statements are separated by `-- next`. */
const migrations: Record<string, string> = {
  '0001_core': core,
  '0002_seal': seal,
  '0003_accounts': accounts,
  '0004_audit': audit,
  '0005_defence': defence,
  '0006_attachment': attachment,
  '0007_organisations': organisations,
  '0008_keys': keys,
  '0009_persons': persons,
  '0010_disclosure': disclosure,
  '0016_order': order,
  '0018_engagements': engagements,
  '0019_entered': entered,
  '0020_intake': intake,
  '0021_unfinished': unfinished,
  '0022_visits': visits,
  '0023_postponed': postponed,
  '0024_saved_views': savedViews,
  '0025_twins': twins,
  '0026_delegation': delegation,
  '0028_vouching': vouching,
  '0029_match_lists': matchLists,
}

/** The database was made by a newer version of this program: reading on could lose what it knows. */
export class DatabaseIsNewer extends Error {
  constructor(unknown: string[]) {
    super(
      `The database has migrations that this version does not know (${unknown.join(', ')}): use the version of Sunmao that made it, or a newer one`,
    )
    this.name = 'DatabaseIsNewer'
  }
}

/** Brings an empty or older database up to date; returns the names of the migrations that ran. Refuses a newer one. */
export async function migrate(database: Database): Promise<string[]> {
  const executed = await executedMigrations(database)
  const unknown = executed.filter((name) => !(name in migrations))
  if (unknown.length > 0) throw new DatabaseIsNewer(unknown)
  if (executed.length === Object.keys(migrations).length) return []
  const migrator = new Migrator({
    db: database.query,
    provider: {
      getMigrations: async () => Object.fromEntries(Object.entries(migrations).map(([name, text]) => [name, asMigration(database, text)])),
    },
  })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
  return results.map(({ migrationName }) => migrationName)
}

/** Whether every migration has run and no unknown one. */
export async function isMigrated(database: Database): Promise<boolean> {
  const executed = await executedMigrations(database)
  return executed.length === Object.keys(migrations).length && executed.every((name) => name in migrations)
}

async function executedMigrations(database: Database): Promise<string[]> {
  const tables = await database.query.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(database.query)
  return rows.map(({ name }) => name)
}

function asMigration(database: Database, text: string): Migration {
  const statements = text.split(/^-- next$/m).map((statement) => statement.trim())
  return {
    async up(transaction) {
      // Kysely gives PostgreSQL a transaction, but SQLite and D1 none: there the batch of `commit` is what makes it whole.
      if (database.dialect === 'sqlite') await database.commit(...statements.map((statement) => raw(database.query, statement)))
      else for (const statement of statements) await sql.raw(statement).execute(transaction)
    },
  }
}

function raw(query: Database['query'], statement: string): Compilable {
  return { compile: () => sql.raw(statement).compile(query) }
}
