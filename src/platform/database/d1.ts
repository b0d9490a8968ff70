import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  Kysely,
  SqliteAdapter,
  SqliteQueryCompiler,
  sql,
  type TableMetadata,
} from 'kysely'
import { ConcurrentChange, type Database, takenInSqlite } from './database.ts'
import type { Tables } from './tables.ts'

/** The part of D1 that is used; keeps Cloudflare's types out of shared code. */
export interface D1 {
  prepare(sql: string): D1Statement
  batch(statements: D1Statement[]): Promise<unknown>
}
interface D1Statement {
  bind(...values: unknown[]): D1Statement
  all<Row>(): Promise<{ results: Row[]; meta: { changes?: number } }>
}

export function openD1(d1: D1): Database {
  const bound = (query: CompiledQuery) => d1.prepare(query.sql).bind(...query.parameters)
  const connection: DatabaseConnection = {
    async executeQuery<Row>(query: CompiledQuery) {
      const { results, meta } = await bound(query).all<Row>()
      return { rows: results, numAffectedRows: BigInt(meta.changes ?? 0) }
    },
    streamQuery() {
      throw new Error('D1 cannot stream rows')
    },
  }
  const noTransactions = async () => {
    throw new Error('D1 has no interactive transactions: use commit()')
  }
  const query = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => ({
        init: async () => {},
        destroy: async () => {},
        acquireConnection: async () => connection,
        releaseConnection: async () => {},
        beginTransaction: noTransactions,
        commitTransaction: noTransactions,
        rollbackTransaction: noTransactions,
      }),
      createIntrospector: (database) => introspector(database),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
  return {
    query,
    dialect: 'sqlite',
    accountId: null,
    async commit(...statements) {
      try {
        await d1.batch(statements.map((statement) => bound(statement.compile())))
      } catch (error) {
        throw takenInSqlite.test(String(error)) ? new ConcurrentChange(error) : error
      }
    },
    scrub: async () => true,
    close: async () => {},
  }
}

/** As Kysely's for SQLite, in one query that leaves out D1's own `_cf_` tables, whose columns may not be read. */
function introspector(query: Kysely<unknown>): DatabaseIntrospector {
  return {
    getSchemas: async () => [],
    async getTables({ withInternalKyselyTables } = { withInternalKyselyTables: false }) {
      const { rows } = await sql<{ table: string; kind: string; name: string; type: string; notnull: number; dflt_value: unknown }>`
        select m.name as "table", m.type as kind, p.name, p.type, p."notnull", p.dflt_value
        from sqlite_master m join pragma_table_info(m.name) p
        where m.type in ('table', 'view') and m.name not like 'sqlite_%' and m.name not like '_cf_%'
        order by m.name, p.cid`.execute(query)
      const tables = new Map<string, TableMetadata & { columns: TableMetadata['columns'][number][] }>()
      for (const row of rows) {
        if (!withInternalKyselyTables && row.table.startsWith('kysely_migration')) continue
        const table = tables.get(row.table) ?? { name: row.table, isView: row.kind === 'view', isForeign: false, columns: [] }
        tables.set(row.table, table)
        table.columns.push({
          name: row.name,
          dataType: row.type,
          isNullable: row.notnull === 0,
          isAutoIncrementing: false,
          hasDefaultValue: row.dflt_value !== null,
        })
      }
      return [...tables.values()]
    },
  }
}
