import { type Compilable, sql } from 'kysely'
import type { Database } from '../database/database.ts'
import { fromBytes, toBytes } from './vector-bytes.ts'

/** Stored vectors by text hash; unknown hashes are left out. */
export async function findVectors(database: Database, model: string, textHashes: readonly string[]): Promise<Map<string, Float32Array>> {
  const found = new Map<string, Float32Array>()
  for (let start = 0; start < textHashes.length; start += 90) {
    const rows = await database.query
      .selectFrom('vector')
      .select(['text_hash', 'data'])
      .where('model', '=', model)
      .where('text_hash', 'in', textHashes.slice(start, start + 90))
      .execute()
    for (const { text_hash, data } of rows) found.set(text_hash, fromBytes(data))
  }
  return found
}

/** Keeps vectors; the same text may be embedded twice at once, and both are right. */
export function keepVectors(
  database: Database,
  model: string,
  vectors: readonly { textHash: string; vector: Float32Array }[],
): Compilable[] {
  return vectors.map(({ textHash, vector }) =>
    database.query
      .insertInto('vector')
      .values({ text_hash: textHash, model, data: toBytes(vector) })
      .onConflict((conflict) => conflict.columns(['text_hash', 'model']).doNothing()),
  )
}

/** Hashes of the texts that have a vector, in order, after one of them. */
export async function textHashesAfter(database: Database, after: string, limit: number): Promise<string[]> {
  const query = database.query.selectFrom('vector').select('text_hash').distinct()
  const rows = await query.where('text_hash', '>', after).orderBy('text_hash').limit(limit).execute()
  return rows.map(({ text_hash }) => text_hash)
}

/** Deletes the vectors of these texts, of every model; none of them once the journal has gone on from `position`. */
export function removeVectors(database: Database, textHashes: readonly string[], position: number): Compilable {
  return database.query
    .deleteFrom('vector')
    .where('text_hash', 'in', textHashes)
    .where(sql<number>`(select coalesce(max(seq), 0) from journal)`, '=', position)
}
