import { type Compilable, sql } from 'kysely'
import type { Database } from '../platform/database/database.ts'
import type { ImportKind, Tables } from '../platform/database/tables.ts'
import { ImportBatch } from './batch.ts'

/** Ids that fit into one statement: D1 takes at most 100 parameters. */
export const idsAtOnce = 90

export async function findBatch(database: Database, id: string): Promise<ImportBatch | undefined> {
  const row = await database.query.selectFrom('import_batch').selectAll().where('id', '=', id).executeTakeFirst()
  return row && fromRow(row)
}

/** Every import of this file as this kind, oldest first: all but the last one undone. */
export async function batchesOfFile(database: Database, kind: string, fileSha256: string): Promise<ImportBatch[]> {
  const query = database.query.selectFrom('import_batch').selectAll().where('file_sha256', '=', fileSha256).where('kind', '=', kind)
  return (await query.orderBy('created_at').orderBy('id').execute()).map(fromRow)
}

/** The import of this file that stands: being written, complete or being undone. */
export async function findByFile(database: Database, kind: string, fileSha256: string): Promise<ImportBatch | undefined> {
  return (await batchesOfFile(database, kind, fileSha256)).find(({ state }) => state !== 'undone')
}

/** Newest first. */
export async function listBatches(database: Database, limit: number): Promise<ImportBatch[]> {
  const rows = await database.query
    .selectFrom('import_batch')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(fromRow)
}

export function insertBatch(database: Database, batch: ImportBatch): Compilable {
  return database.query.insertInto('import_batch').values(toRow(batch))
}

export function updateBatch(database: Database, batch: ImportBatch): Compilable {
  return database.query.updateTable('import_batch').set(toRow(batch)).where('id', '=', batch.id)
}

/** A row of a listing's table as an import sees it, whether others see it yet or not. */
export interface HeldRow {
  id: string
  originId: string | null
  batchId: string | null
}

/** Rows that have one of these ids or origin ids, visible or not. */
export async function heldRows(
  database: Database,
  table: ImportKind,
  nouns: readonly { id: string; originId: string | null }[],
): Promise<HeldRow[]> {
  const found: HeldRow[] = []
  const look = async (column: 'id' | 'origin_id', values: string[]) => {
    // PostgreSQL takes no empty list.
    if (values.length === 0) return
    const rows = await database.query.selectFrom(table).select(['id', 'origin_id', 'batch_id']).where(column, 'in', values).execute()
    found.push(...rows.map((row) => ({ id: row.id, originId: row.origin_id, batchId: row.batch_id })))
  }
  for (const part of parts(nouns, idsAtOnce)) {
    await look(
      'id',
      part.map(({ id }) => id),
    )
    await look(
      'origin_id',
      part.flatMap(({ originId }) => originId ?? []),
    )
  }
  return found
}

/** The last version that the journal knows of each subject, removed ones included: what comes next goes on from there. */
export async function lastVersions(database: Database, ids: readonly string[]): Promise<Map<string, number>> {
  const versions = new Map<string, number>()
  for (const part of parts(ids, idsAtOnce)) {
    const query = database.query.selectFrom('journal').select(({ fn }) => ['subject_id', fn.max<number>('subject_version').as('version')])
    for (const row of await query.where('subject_id', 'in', part).groupBy('subject_id').execute())
      versions.set(row.subject_id, Number(row.version))
  }
  return versions
}

/** Ids of a batch's rows in a table whose present version is not the imported one. */
export async function changedSince(database: Database, table: ImportKind, batchId: string): Promise<string[]> {
  const imported = sql<boolean>`exists (select 1 from journal where subject_id = ${sql.ref(`${table}.id`)}
    and subject_version = ${sql.ref(`${table}.version`)} and journal.kind = ${`${table}.imported`})`
  const rows = await database.query
    .selectFrom(table)
    .select('id')
    .where('batch_id', '=', batchId)
    .where(({ not }) => not(imported))
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Columns that hold the id of a row in another table. */
const references = [
  { table: 'enterprise', column: 'park_id', of: 'park' },
  { table: 'institution', column: 'parent_id', of: 'institution' },
  { table: 'evidence', column: 'expert_id', of: 'expert' },
  { table: 'evidence', column: 'offering_id', of: 'offering' },
  { table: 'demand', column: 'enterprise_id', of: 'enterprise' },
  { table: 'demand', column: 'broker_id', of: 'broker' },
  { table: 'offering', column: 'owner_id', of: 'enterprise' },
  { table: 'offering', column: 'owner_id', of: 'institution' },
] as const satisfies { table: ImportKind; column: string; of: ImportKind }[]

/** Ids of rows outside a batch that refer to one of its rows. */
export async function referringTo(database: Database, batchId: string): Promise<string[]> {
  const ids: string[] = []
  for (const { table, column, of } of references) {
    const inside = sql<boolean>`${sql.ref(column)} in (select id from ${sql.table(of)} where batch_id = ${batchId})`
    const outside = sql<boolean>`(batch_id is null or batch_id <> ${batchId})`
    const rows = await database.query
      .selectFrom(table as ImportKind)
      .select('id')
      .where(inside)
      .where(outside)
      .orderBy('id')
      .execute()
    ids.push(...rows.map(({ id }) => id))
  }
  return ids
}

export function* parts<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}

function toRow(batch: ImportBatch): Tables['import_batch'] {
  const { id, version, kind, state, fileSha256, name, rowCount, actorId, createdAt, updatedAt } = batch
  return {
    id,
    version,
    kind,
    state,
    name,
    file_sha256: fileSha256,
    row_count: rowCount,
    actor_id: actorId,
    created_at: createdAt,
    updated_at: updatedAt,
  }
}

function fromRow(row: Tables['import_batch']): ImportBatch {
  return ImportBatch.parse({
    id: row.id,
    version: row.version,
    kind: row.kind,
    state: row.state,
    fileSha256: row.file_sha256,
    name: row.name,
    rowCount: row.row_count,
    actorId: row.actor_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  })
}
