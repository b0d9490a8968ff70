import type { Database } from '../database/database.ts'
import { type Limit, weights } from './limits.ts'

/**
 * What was spent of a quota is one instant: when it will all have come back. A row is worth nothing after it. What follows are single
 * statements that say what they found, which a commit could not; several servers share the rows.
 */

/** Spends one unit, of all that come at once too; gives when the quota is clear, and whether it was too much. */
export async function spendOne(
  database: Database,
  key: string,
  limit: Limit,
  nowMs: number,
): Promise<{ clearAtMs: number; isRefused: boolean }> {
  const { unitMs, wholeMs } = weights(limit)
  const spent = await database.query
    .insertInto('quota')
    .values({ key, clear_at_ms: nowMs + unitMs })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet(({ eb }) => ({
          clear_at_ms: eb(eb.case().when('quota.clear_at_ms', '<', nowMs).then(nowMs).else(eb.ref('quota.clear_at_ms')).end(), '+', unitMs),
        }))
        .where('quota.clear_at_ms', '<=', nowMs + wholeMs - unitMs),
    )
    .returning('clear_at_ms')
    .executeTakeFirst()
  if (spent !== undefined) return { clearAtMs: spent.clear_at_ms, isRefused: false }
  const row = await database.query.selectFrom('quota').select('clear_at_ms').where('key', '=', key).executeTakeFirst()
  return { clearAtMs: row?.clear_at_ms ?? nowMs, isRefused: true }
}

/** Few enough for the parameters that D1 takes in a statement. */
export const rowsAtMost = 30

/** Adds what a server has let through by itself; gives when each quota is clear, with what the others have let through. */
export async function spendMany(
  database: Database,
  rows: readonly { key: string; spentMs: number }[],
  nowMs: number,
): Promise<Map<string, number>> {
  const found = await database.query
    .insertInto('quota')
    // In one order on every server, so that no two wait for each other.
    .values(rows.map(({ key, spentMs }) => ({ key, clear_at_ms: nowMs + spentMs })).toSorted((a, b) => (a.key < b.key ? -1 : 1)))
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet(({ eb, ref }) => ({
        clear_at_ms: eb(
          ref('excluded.clear_at_ms'),
          '+',
          eb
            .case()
            .when('quota.clear_at_ms', '<', nowMs)
            .then(0)
            .else(eb('quota.clear_at_ms', '-', nowMs))
            .end(),
        ),
      })),
    )
    .returning(['key', 'clear_at_ms'])
    .execute()
  return new Map(found.map(({ key, clear_at_ms }) => [key, clear_at_ms]))
}

/** Gives one unit back. */
export async function giveBack(database: Database, key: string, limit: Limit): Promise<void> {
  await database.query
    .updateTable('quota')
    .set(({ eb }) => ({ clear_at_ms: eb('clear_at_ms', '-', weights(limit).unitMs) }))
    .where('key', '=', key)
    .execute()
}

/** Gives everything back. */
export async function forgive(database: Database, key: string): Promise<void> {
  await database.query.deleteFrom('quota').where('key', '=', key).execute()
}

/** Removes what is worth nothing any more, and with it the last trace of an address. */
export async function removeClear(database: Database, nowMs: number): Promise<void> {
  await database.query.deleteFrom('quota').where('clear_at_ms', '<=', nowMs).execute()
}
