import { type Compilable, sql } from 'kysely'
import type { Database } from '../../platform/database/database.ts'
import { ErasedPerson } from '../../platform/erasures/erased-list.ts'
import { parts } from '../store.ts'

/** Ids of the erasures that this database knows of. */
export async function erasureIds(database: Database): Promise<Set<string>> {
  return new Set((await database.query.selectFrom('erasure').select('id').execute()).map(({ id }) => id))
}

/** Erasures that this database knows of, oldest first. */
export async function listErasures(database: Database): Promise<ErasedPerson[]> {
  const rows = await database.query.selectFrom('erasure').selectAll().orderBy('at').orderBy('id').execute()
  const subjects = await database.query.selectFrom('erased_subject').selectAll().orderBy('subject_id').execute()
  const ids = Map.groupBy(subjects, ({ erasure_id }) => erasure_id)
  return rows.map(({ id, reason, at, key_id, marks }) =>
    ErasedPerson.parse({
      id,
      reason,
      at,
      ids: (ids.get(id) ?? []).map(({ subject_id }) => subject_id),
      keyId: key_id,
      marks: JSON.parse(marks),
    }),
  )
}

/** The statements that keep an erasure. A subject belongs to the first that names it. */
export function insertErasure(database: Database, { id, reason, at, ids, keyId, marks }: ErasedPerson): Compilable[] {
  const row = { id, reason, at, key_id: keyId, marks: JSON.stringify(marks) }
  return [
    database.query
      .insertInto('erasure')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing()),
    ...[...parts(ids, 40)].map((some) =>
      database.query
        .insertInto('erased_subject')
        .values(some.map((subject_id) => ({ subject_id, erasure_id: id })))
        .onConflict((conflict) => conflict.column('subject_id').doNothing()),
    ),
  ]
}

/** Ids of what was erased and is there again: a backup that was restored, or a hand that put it back. */
export async function erasedThatReturned(database: Database): Promise<string[]> {
  const tables = ['account', 'expert', 'broker', 'evidence', 'claim', 'merger', 'attachment'] as const
  const found: string[] = []
  for (const table of tables) {
    const rows = await sql<{ id: string }>`select id from ${sql.table(table)} where id in (select subject_id from erased_subject)`.execute(
      database.query,
    )
    found.push(...rows.rows.map(({ id }) => id))
  }
  return found
}
