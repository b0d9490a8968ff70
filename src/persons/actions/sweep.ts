import { sql } from 'kysely'
import { catchUp, keepSnapshot } from '../../matching/catch-up.ts'
import type { Database } from '../../platform/database/database.ts'
import { enqueue } from '../../platform/jobs/jobs.ts'
import type { Ports } from '../../platform/ports.ts'

const minute = 60_000

/** After an erasure: takes what was deleted out of the database's log, and out of the index and its snapshot. Again in a minute where somebody reads. */
export async function sweep(ports: Ports): Promise<void> {
  const { database, now } = ports
  if (!(await database.scrub('quickly'))) {
    const runAt = new Date(Date.parse(now()) + minute).toISOString()
    await database.commit(enqueue(ports, { kind: 'persons.sweep', payload: {}, runAt }))
  }
  await catchUp(ports)
  await keepSnapshot(ports)
}

const key = 'scrubbed'

/**
 * Writes the database's file anew if anything was erased since that was last done: run at night and when a server stops, because others
 * wait meanwhile. False where it is still to be done.
 */
export async function sweepWholly({ database, now }: Pick<Ports, 'database' | 'now'>): Promise<boolean> {
  const last = await lastErased(database)
  const done = await database.query.selectFrom('setting').select('version').where('key', '=', key).executeTakeFirst()
  if (last <= (done?.version ?? 0)) return true
  if (!(await database.scrub('wholly'))) return false
  const row = { key, version: last, value: '{}', updated_at: now() }
  await database.commit(
    database.query
      .insertInto('setting')
      .values(row)
      .onConflict((conflict) => conflict.column('key').doUpdateSet(row)),
  )
  return true
}

/** The number of the last entry that says that something was erased; 0 for none. */
async function lastErased(database: Database): Promise<number> {
  const { seq } = await database.query
    .selectFrom('journal')
    .select(({ fn }) => fn.coalesce(fn.max('seq'), sql<number>`0`).as('seq'))
    .where('kind', 'like', '%.erased')
    .executeTakeFirstOrThrow()
  return Number(seq)
}
