import type { ImportBatch } from '../imports/batch.ts'
import { findBatch } from '../imports/store.ts'
import type { Database } from '../platform/database/database.ts'
import { readJson } from '../platform/json.ts'

/** Who entered a row, when, and by which entry of the journal. */
export interface Entered {
  kind: string
  actorId: string
  at: string
}

/** How a batch of works is called among the imports: with whose works it brought. */
export const batchKind = (expertId: string) => `works/${expertId}`

/** Whose works a batch brought; null for an import of another kind. */
export function expertOfBatch({ kind }: ImportBatch): string | null {
  return /^works\/(exp_[a-z2-7]{20})$/.exec(kind)?.[1] ?? null
}

/** The first entries about these rows, by row. */
export async function enteredBy(database: Database, ids: readonly string[]): Promise<Map<string, Entered>> {
  const found = new Map<string, Entered>()
  for (let start = 0; start < ids.length; start += 90) {
    const rows = await database.query
      .selectFrom('journal')
      .select(['subject_id', 'kind', 'actor_id', 'at'])
      .where('subject_id', 'in', ids.slice(start, start + 90))
      .where('subject_version', '=', 1)
      .execute()
    for (const { subject_id, kind, actor_id, at } of rows) found.set(subject_id, { kind, actorId: actor_id, at })
  }
  return found
}

/** Batches of an expert's works that stand, newest first. */
export async function standingBatches(database: Database, expertId: string, limit: number): Promise<ImportBatch[]> {
  const rows = await database.query
    .selectFrom('import_batch')
    .select('id')
    .where('kind', '=', batchKind(expertId))
    .where('state', '=', 'complete')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  const batches = await Promise.all(rows.map(({ id }) => findBatch(database, id)))
  return batches.filter((batch) => batch !== undefined)
}

/** The last version of a row that was removed, and the version of its removal; undefined for one that stands, or of which nothing is kept. */
export async function removedRow(database: Database, id: string): Promise<{ body: unknown; version: number } | undefined> {
  const last = await database.query
    .selectFrom('journal')
    .select(['kind', 'subject_version'])
    .where('subject_id', '=', id)
    .orderBy('subject_version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last?.kind !== 'evidence.removed') return undefined
  const version = Number(last.subject_version)
  const kept = await database.query
    .selectFrom('revision')
    .select('body')
    .where('subject_id', '=', id)
    .where('version', '=', version - 1)
    .executeTakeFirst()
  return kept && { body: readJson(kept.body), version }
}
