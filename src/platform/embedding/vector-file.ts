import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Database } from '../database/database.ts'
import { fromBytes, toBytes } from './vector-bytes.ts'
import { keepVectors } from './vector-rows.ts'

/** A file of vectors of one model: rows of 32 bytes text hash and `dimensions` half floats, little-endian, by hash. */

/** Puts a file's vectors into the database; returns how many, 0 where there is no file. */
export async function keepVectorFile(database: Database, file: string | URL, model: string, dimensions: number): Promise<number> {
  if (!existsSync(file)) return 0
  const rowBytes = 32 + dimensions * 2
  const bytes = readFileSync(file)
  const vectors = Array.from({ length: Math.floor(bytes.length / rowBytes) }, (_, row) => {
    const at = row * rowBytes
    return { textHash: bytes.toString('hex', at, at + 32), vector: fromBytes(bytes.subarray(at + 32, at + rowBytes)) }
  })
  for (let start = 0; start < vectors.length; start += 500)
    await database.commit(...keepVectors(database, model, vectors.slice(start, start + 500)))
  return vectors.length
}

/** Writes all vectors of a model that the database has; returns how many. */
export async function writeVectorFile(database: Database, file: string | URL, model: string, dimensions: number): Promise<number> {
  const rowBytes = 32 + dimensions * 2
  const rows = await database.query
    .selectFrom('vector')
    .select(['text_hash', 'data'])
    .where('model', '=', model)
    .orderBy('text_hash')
    .execute()
  const bytes = Buffer.alloc(rows.length * rowBytes)
  for (const [row, { text_hash, data }] of rows.entries()) {
    bytes.write(text_hash, row * rowBytes, 'hex')
    bytes.set(toBytes(fromBytes(data)), row * rowBytes + 32)
  }
  writeFileSync(file, bytes)
  return rows.length
}
