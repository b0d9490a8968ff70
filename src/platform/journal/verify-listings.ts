import { sql } from 'kysely'
import type { Database } from '../database/database.ts'
import { listingTables } from '../database/listings.ts'
import type { ListingRow, ListingTable } from '../database/tables.ts'
import { prefixes } from '../ids.ts'
import { readJson } from '../json.ts'
import type { Blame } from './fault.ts'
import { type EntryRow, keepsNoun } from './journal.ts'

/** Of every kind of listing: what its row must be, by the noun's body as JSON; null for a body that cannot be read. */
export type CheckedListings = Record<ListingTable, { rowOf(body: string): object | null }>

/** A row, with the subject's last entry and its revision, and the facts of the entry by which it was last imported or restored. */
interface Checked extends ListingRow {
  entry_kind: string | null
  entry_revision_hash: string | null
  revision_body: string | null
  import_facts: string | null
}

const rowsAtOnce = 200

export async function countListings(database: Database): Promise<number> {
  const counts = listingTables.map((table) => sql`(select count(*) from ${sql.table(table)})`)
  const { rows } = await sql<{ count: number }>`select ${sql.join(counts, sql` + `)} as count`.execute(database.query)
  return rows[0]!.count
}

/**
 * Each row is as its subject's latest revision, in every column; none is missing, and none is there without the journal. Returns how
 * many there are.
 */
export async function verifyListings(
  database: Database,
  listings: CheckedListings,
  blame: Blame,
  progress: (rows: number) => void,
): Promise<number> {
  let rows = 0
  for (const table of listingTables) {
    for await (const page of pagesOf(database, table)) {
      for (const row of page) verifyRow(table, row, listings[table].rowOf, blame)
      rows += page.length
      progress(rows)
    }
    for (const id of await missing(database, table)) blame(table, id, 'missing', 'not-there')
  }
  return rows
}

function verifyRow(table: ListingTable, row: Checked, rowOf: CheckedListings[ListingTable]['rowOf'], blame: Blame): void {
  if (row.entry_kind === null) blame(table, row.id, 'extra', 'no-entry')
  else if (!keepsNoun({ subject_id: row.id, kind: row.entry_kind, revision_hash: row.entry_revision_hash }))
    blame(table, row.id, 'extra', 'removed')
  else {
    const columns = columnsThatDiffer(row, rowOf)
    if (columns.length > 0) blame(table, row.id, 'changed', 'columns', columns)
  }
}

function columnsThatDiffer(row: Checked, rowOf: CheckedListings[ListingTable]['rowOf']): string[] {
  // Where its revision is gone, that is said of the revision.
  if (row.revision_body === null) return []
  const expected = rowOf(row.revision_body)
  if (expected === null) return ['body']
  const whole = { ...expected, body: row.revision_body, batch_id: batchIn(row.import_facts) }
  return Object.entries(whole).flatMap(([column, value]) => (row[column as keyof Checked] === value ? [] : [column]))
}

/** The import that brought a row is in no noun, but in the entry that says so; a row that was restored stands for itself. */
function batchIn(facts: string | null): unknown {
  return facts === null ? null : (readJson(facts) as { batchId?: unknown } | null | undefined)?.batchId
}

/** Each page is one question, which sees one state of the market. */
async function* pagesOf(database: Database, table: ListingTable): AsyncGenerator<Checked[]> {
  for (let after = ''; ; ) {
    const { rows } = await sql<Checked>`
      select listing.*, entry.kind as entry_kind, entry.revision_hash as entry_revision_hash, revision.body as revision_body, (
        select facts from journal where subject_id = listing.id and kind in (${`${table}.imported`}, ${`${table}.restored`}) order by subject_version desc limit 1
      ) as import_facts
      from ${sql.table(table)} as listing
      left join journal as entry on entry.subject_id = listing.id
        and entry.subject_version = (select max(subject_version) from journal where subject_id = listing.id)
      left join revision on revision.subject_id = entry.subject_id and revision.version = entry.subject_version
      where listing.id > ${after} order by listing.id limit ${rowsAtOnce}`.execute(database.query)
    yield rows
    if (rows.length < rowsAtOnce) return
    after = rows.at(-1)!.id
  }
}

/** Ids of which the journal says that they stand, and the table has none. */
async function missing(database: Database, table: ListingTable): Promise<string[]> {
  const { rows } = await sql<Pick<EntryRow, 'subject_id' | 'kind' | 'revision_hash'>>`
    select subject_id, kind, revision_hash from journal
    where substr(subject_id, 1, 4) = ${`${prefixes[table]}_`}
      and subject_version = (select max(subject_version) from journal as other where other.subject_id = journal.subject_id)
      and not exists (select 1 from ${sql.table(table)} as listing where listing.id = journal.subject_id)
    order by subject_id`.execute(database.query)
  return rows.filter(keepsNoun).map(({ subject_id }) => subject_id)
}
