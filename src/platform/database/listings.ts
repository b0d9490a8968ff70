import { type Compilable, type SelectQueryBuilder, sql } from 'kysely'
import QuickLRU from 'quick-lru'
import type { z } from 'zod'
import { kindOfId } from '../ids.ts'
import { readJson } from '../json.ts'
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

/** Parsed nouns that a process keeps of a table, a few thousand bytes each: to parse a row takes longer than to read it. */
const parsedAtMost = 5_000

/** What a row is known by: an import that was undone and comes again begins with version 1 again, in another batch. */
const versionRow = ['id', 'version', 'batch_id'] as const
const wholeRow = [...versionRow, 'body'] as const
type VersionRow = Pick<ListingRow, (typeof versionRow)[number]>
type WholeRow = Pick<ListingRow, (typeof wholeRow)[number]>

interface Parsed<Noun> extends Omit<VersionRow, 'id'> {
  noun: Noun
}
const isOf = (row: VersionRow, { version, batch_id }: Omit<VersionRow, 'id'>) => row.version === version && row.batch_id === batch_id

/** As many ids as one question may name. */
const idsAtOnce = 90

async function someRows<Row>(ids: string[], read: (some: string[]) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = []
  for (let start = 0; start < ids.length; start += idsAtOnce) rows.push(...(await read(ids.slice(start, start + idsAtOnce))))
  return rows
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

interface Shape<Table extends ListingTable, Noun> {
  title(noun: Noun): string
  visibility?(noun: Noun): string
  /** What SQL needs of a noun beside its body. */
  columns(noun: Noun): OwnColumns<Table>
  /** By what lists are sorted, where that is not the instant itself. */
  createdAt?(noun: Noun): string
  /** Fields that came later, with what rows of before say by not having them. */
  added?: Partial<Noun>
}

/**
 * Reads and statements of one table of listings. Every change raises the version, by which a noun that was read before is known. Rows of an import are seen once their batch is complete, by everybody at once.
 */
export function listings<Table extends ListingTable, Noun extends StoredNoun>(
  table: Table,
  schema: z.ZodType<Noun>,
  shape: Shape<Table, Noun>,
) {
  // Kysely cannot type a table that is a type parameter; every table here has the columns of ListingRow, which is all that is named.
  const from = (database: Database) => database.query.selectFrom(table as 'park') as unknown as SelectQueryBuilder<Tables, 'park', object>
  const visible = (database: Database) =>
    from(database).where(sql<boolean>`(batch_id is null or batch_id in (select id from import_batch where state = 'complete'))`)
  const parsed = new WeakMap<Database['query'], QuickLRU<string, Parsed<Noun>>>()
  const parsedOf = (database: Database) => {
    const known = parsed.get(database.query) ?? new QuickLRU<string, Parsed<Noun>>({ maxSize: parsedAtMost })
    parsed.set(database.query, known)
    return known
  }
  /** Frozen, because all who read this version are given the same. */
  const noun = (database: Database, row: WholeRow): Noun => {
    const known = parsedOf(database).get(row.id)
    if (known !== undefined && isOf(row, known)) return known.noun
    const noun = frozen(schema.parse({ ...shape.added, ...JSON.parse(row.body) }))
    parsedOf(database).set(row.id, { version: row.version, batch_id: row.batch_id, noun })
    return noun
  }
  const sortOf = (value: Noun) => shape.createdAt?.(value) ?? value.createdAt
  const row = (value: Noun) => ({
    id: value.id,
    origin_id: value.originId,
    version: value.version,
    visibility: shape.visibility?.(value) ?? value.visibility ?? 'public',
    title: shape.title(value),
    created_at: sortOf(value),
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
    /** What the row of a noun must be, by its body; null for a body that cannot be read. Its batch is the importer's affair. */
    rowOf(body: string): object | null {
      const read = readJson(body)
      const parsed = schema.safeParse(typeof read === 'object' ? { ...shape.added, ...read } : read)
      return parsed.success ? row(parsed.data) : null
    },
    async find(database: Database, id: string): Promise<Noun | undefined> {
      const found = await visible(database).select(wholeRow).where('id', '=', id).executeTakeFirst()
      return found && noun(database, found)
    },
    /** In the order of the ids; unknown ones are left out. */
    async findMany(database: Database, ids: readonly string[]): Promise<Noun[]> {
      const known = parsedOf(database)
      const found = new Map<string, Noun>()
      const [read, unread] = [ids.filter((id) => known.has(id)), ids.filter((id) => !known.has(id))]
      for (const row of await someRows(read, (some) => visible(database).select(versionRow).where('id', 'in', some).execute())) {
        const before = known.get(row.id)
        if (before !== undefined && isOf(row, before)) found.set(row.id, before.noun)
      }
      unread.push(...read.filter((id) => !found.has(id)))
      for (const row of await someRows(unread, (some) => visible(database).select(wholeRow).where('id', 'in', some).execute())) {
        found.set(row.id, noun(database, row))
      }
      return ids.flatMap((id) => found.get(id) ?? [])
    },
    /** By id, in pages, of all rows that meet the conditions; for walks over the whole table. */
    async page(database: Database, conditions: Conditions, page: { after: string; limit: number }): Promise<Noun[]> {
      const query = where(visible(database).select(wholeRow), conditions).where('id', '>', page.after).orderBy('id').limit(page.limit)
      return (await query.execute()).map((row) => noun(database, row))
    },
    /** The ids alone, in order: for who divides a table into pages without reading it. */
    async ids(database: Database, conditions: Conditions): Promise<string[]> {
      const query = where(visible(database).select('id'), conditions).orderBy('id')
      return (await query.execute()).map(({ id }) => id)
    },
    /** The titles alone. */
    async titles(database: Database, conditions: Conditions): Promise<string[]> {
      return (await where(visible(database).select('title'), conditions).execute()).map(({ title }) => title)
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
      let query = where(visible(database).select(wholeRow), conditions).orderBy('created_at', 'desc').orderBy('id').limit(page.limit)
      if (page.after) {
        const { sort, id } = page.after
        query = query.where((eb) => eb.or([eb('created_at', '<', sort), eb.and([eb('created_at', '=', sort), eb('id', '>', id)])]))
      }
      return (await query.execute()).map((row) => noun(database, row))
    },
    /** One page of `newest`, and the position from which the next one goes on; null after the last. */
    async newestPage(database: Database, conditions: Conditions, page: Page): Promise<{ rows: Noun[]; next: Page['after'] }> {
      const found = await this.newest(database, conditions, { ...page, limit: page.limit + 1 })
      const rows = found.slice(0, page.limit)
      const last = found.length > page.limit ? rows.at(-1) : undefined
      return { rows, next: last ? { sort: sortOf(last), id: last.id } : null }
    },
    async count(database: Database, conditions: Conditions): Promise<number> {
      const query = where(
        visible(database).select(({ fn }) => fn.countAll<number>().as('count')),
        conditions,
      )
      return Number((await query.executeTakeFirstOrThrow()).count)
    },
    async findByOrigin(database: Database, originId: string): Promise<Noun | undefined> {
      const found = await visible(database).select(wholeRow).where('origin_id', '=', originId).executeTakeFirst()
      return found && noun(database, found)
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

function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  for (const each of Object.values(value)) frozen(each)
  return Object.freeze(value)
}

function where<Output>(query: SelectQueryBuilder<Tables, 'park', Output>, conditions: Conditions) {
  return Object.entries(conditions).reduce(
    (narrowed, [column, value]) => narrowed.where(sql.ref(column), typeof value === 'object' ? 'in' : '=', value),
    query,
  )
}

export const listingTables = [
  'enterprise',
  'park',
  'county',
  'institution',
  'expert',
  'broker',
  'provider',
  'verification',
  'claim',
  'merger',
  'disclosure',
  'evidence',
  'demand',
  'offering',
  'refusal',
  'judgment',
  'interest',
  'invitation',
  'referral',
  'delegation',
  'engagement',
  'contact',
  'shortlist',
  'intake',
  'twins',
] as const satisfies ListingTable[]

/** The table of the listing that an id names; undefined for anything else. */
export function listingOf(id: string): ListingTable | undefined {
  const kind = kindOfId(id)
  return listingTables.find((table) => table === kind)
}

/** Ids of all rows that an import brought, whether they are visible yet or not. */
export async function idsOfBatch(database: Database, batchId: string): Promise<string[]> {
  const ids: string[] = []
  for (const table of listingTables) {
    const rows = await database.query.selectFrom(table).select('id').where('batch_id', '=', batchId).orderBy('id').execute()
    ids.push(...rows.map(({ id }) => id))
  }
  return ids
}
