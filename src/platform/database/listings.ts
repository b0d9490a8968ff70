import { type Compilable, type SelectQueryBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Database } from './database.ts'
import type { ListingRow, ListingTable, Tables } from './tables.ts'

/** What every stored noun has; see `stored` in `schema.ts`. */
export interface StoredNoun {
  id: string
  originId: string | null
  version: number
  createdAt: string
  updatedAt: string
  visibility?: string
  classification?: { scheme: string; edition: string; code: string }[]
}

/** The columns of a table beside those of every listing. */
type OwnColumns<Table extends ListingTable> = Omit<Tables[Table], keyof ListingRow>

/** Column → value it must have; a list means any of them. */
export type Conditions = Record<string, string | number | readonly string[]>

export interface Page {
  /** Rows after this position; null from the start. */
  after: { sort: string; id: string } | null
  /** 1 to 100. */
  limit: number
}

/**
 * Reads and statements of one table of listings. Rows of an import are seen once their batch is complete, by everybody at once.
 * `columns` says what SQL needs of a noun beside its body.
 */
export function listings<Table extends ListingTable, Noun extends StoredNoun>(
  table: Table,
  schema: z.ZodType<Noun>,
  shape: { title(noun: Noun): string; visibility?(noun: Noun): string; columns(noun: Noun): OwnColumns<Table> },
) {
  // Kysely cannot type a table that is a type parameter; every table here has the columns of ListingRow, which is all that is named.
  const from = (database: Database) => database.query.selectFrom(table as 'park') as unknown as SelectQueryBuilder<Tables, 'park', object>
  const visible = (database: Database) =>
    from(database).where(sql<boolean>`(batch_id is null or batch_id in (select id from import_batch where state = 'complete'))`)
  const noun = ({ body }: { body: string }): Noun => schema.parse(JSON.parse(body))
  const row = (value: Noun) => ({
    id: value.id,
    origin_id: value.originId,
    version: value.version,
    visibility: shape.visibility?.(value) ?? value.visibility ?? 'public',
    title: shape.title(value),
    created_at: value.createdAt,
    updated_at: value.updatedAt,
    body: JSON.stringify(value),
    ...shape.columns(value),
  })
  const codes = (database: Database, value: Noun): Compilable[] => {
    // The same code may be given twice; the noun keeps it as written, and the table knows it once.
    const rows = new Map(
      value.classification?.map(({ scheme, edition, code }) => [
        `${scheme} ${edition} ${code}`,
        { subject_id: value.id, scheme, edition, code },
      ]),
    )
    return rows.size === 0 ? [] : [database.query.insertInto('classification').values([...rows.values()])]
  }
  const withoutCodes = (database: Database, id: string) => database.query.deleteFrom('classification').where('subject_id', '=', id)

  return {
    table,
    async find(database: Database, id: string): Promise<Noun | undefined> {
      const found = await visible(database).select('body').where('id', '=', id).executeTakeFirst()
      return found && noun(found)
    },
    /** In the order of the ids; unknown ones are left out. */
    async findMany(database: Database, ids: readonly string[]): Promise<Noun[]> {
      const found = new Map<string, Noun>()
      for (let start = 0; start < ids.length; start += 90) {
        const rows = await visible(database)
          .select(['id', 'body'])
          .where('id', 'in', ids.slice(start, start + 90))
          .execute()
        for (const each of rows) found.set(each.id, noun(each))
      }
      return ids.flatMap((id) => found.get(id) ?? [])
    },
    /** By id, in pages, of all rows that meet the conditions; for walks over the whole table. */
    async page(database: Database, conditions: Conditions, page: { after: string; limit: number }): Promise<Noun[]> {
      const query = where(visible(database).select('body'), conditions).where('id', '>', page.after).orderBy('id').limit(page.limit)
      return (await query.execute()).map(noun)
    },
    /** Every row that meets the conditions, read in pages by id; rows written meanwhile may or may not be among them. */
    async *each(database: Database, conditions: Conditions): AsyncGenerator<Noun> {
      for (let after = ''; ; ) {
        const page = await this.page(database, conditions, { after, limit: 100 })
        yield* page
        if (page.length < 100) return
        after = page.at(-1)!.id
      }
    },
    /** Newest first (created, then id), in keyset pages. */
    async newest(database: Database, conditions: Conditions, page: Page): Promise<Noun[]> {
      let query = where(visible(database).select('body'), conditions).orderBy('created_at', 'desc').orderBy('id').limit(page.limit)
      if (page.after) {
        const { sort, id } = page.after
        query = query.where((eb) => eb.or([eb('created_at', '<', sort), eb.and([eb('created_at', '=', sort), eb('id', '>', id)])]))
      }
      return (await query.execute()).map(noun)
    },
    /** One page of `newest`, and the position from which the next one goes on; null after the last. */
    async newestPage(database: Database, conditions: Conditions, page: Page): Promise<{ rows: Noun[]; next: Page['after'] }> {
      const found = await this.newest(database, conditions, { ...page, limit: page.limit + 1 })
      const rows = found.slice(0, page.limit)
      const last = found.length > page.limit ? rows.at(-1) : undefined
      return { rows, next: last ? { sort: last.createdAt, id: last.id } : null }
    },
    async count(database: Database, conditions: Conditions): Promise<number> {
      const query = where(
        visible(database).select(({ fn }) => fn.countAll<number>().as('count')),
        conditions,
      )
      return Number((await query.executeTakeFirstOrThrow()).count)
    },
    async findByOrigin(database: Database, originId: string): Promise<Noun | undefined> {
      const found = await visible(database).select('body').where('origin_id', '=', originId).executeTakeFirst()
      return found && noun(found)
    },
    insert(database: Database, value: Noun, batchId: string | null = null): Compilable[] {
      return [
        // The row has exactly the table's columns: ListingRow's and its own.
        database.query.insertInto(table as 'park').values({ ...row(value), batch_id: batchId } as unknown as Tables['park']),
        ...codes(database, value),
      ]
    },
    update(database: Database, value: Noun): Compilable[] {
      return [
        database.query
          .updateTable(table as 'park')
          .set(row(value) as unknown as Tables['park'])
          .where('id', '=', value.id),
        withoutCodes(database, value.id),
        ...codes(database, value),
      ]
    },
    remove(database: Database, id: string): Compilable[] {
      return [database.query.deleteFrom(table as 'park').where('id', '=', id), withoutCodes(database, id)]
    },
  }
}

function where<Output>(query: SelectQueryBuilder<Tables, 'park', Output>, conditions: Conditions) {
  return Object.entries(conditions).reduce(
    (narrowed, [column, value]) => narrowed.where(sql.ref(column), typeof value === 'object' ? 'in' : '=', value),
    query,
  )
}

const listingTables: readonly ListingTable[] = ['enterprise', 'park', 'institution', 'expert', 'broker', 'evidence', 'demand', 'offering']

/** Ids of all rows that an import brought, whether they are visible yet or not. */
export async function idsOfBatch(database: Database, batchId: string): Promise<string[]> {
  const ids: string[] = []
  for (const table of listingTables) {
    const rows = await database.query.selectFrom(table).select('id').where('batch_id', '=', batchId).orderBy('id').execute()
    ids.push(...rows.map(({ id }) => id))
  }
  return ids
}
