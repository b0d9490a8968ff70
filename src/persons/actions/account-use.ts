import { sql } from 'kysely'
import type { Database } from '../../platform/database/database.ts'
import { parts } from '../store.ts'

/** An account, and when it was last used as far as is known. */
export interface AccountUse {
  id: string
  phone: string | null
  lastAt: string
  /** When its owner was asked whether it is still wanted, and has not come since. */
  askedAt: string | null
}

/**
 * Notes when each account was last used, from its sessions, which are prolonged by every day of use; to be run before those that have run
 * out are deleted, at least as often as they last.
 */
export async function noteUse(database: Database): Promise<void> {
  const { query } = database
  const rows = await query
    .selectFrom('session')
    .leftJoin('account_use', 'account_use.account_id', 'session.account_id')
    .select(['session.account_id', 'account_use.last_at', 'account_use.asked_at'])
    .select(({ fn }) => fn.max('session.updated_at').as('used_at'))
    .groupBy(['session.account_id', 'account_use.last_at', 'account_use.asked_at'])
    .execute()
  const fresh = rows.filter(({ used_at, last_at }) => last_at === null || used_at > last_at)
  for (const some of parts(fresh)) {
    const statements = some.map(({ account_id, used_at, asked_at }) => {
      const row = { account_id, last_at: used_at, asked_at: asked_at !== null && asked_at > used_at ? asked_at : null }
      return query
        .insertInto('account_use')
        .values(row)
        .onConflict((conflict) => conflict.column('account_id').doUpdateSet(row))
    })
    await database.commit(...statements)
  }
}

/** Accounts that nobody has used since, those that wait longest first. One that was never used counts from when it was made. */
export async function unusedAccounts(database: Database, before: string, limit: number): Promise<AccountUse[]> {
  const lastAt = sql<string>`coalesce(account_use.last_at, account.created_at)`
  const rows = await database.query
    .selectFrom('account')
    .leftJoin('account_use', 'account_use.account_id', 'account.id')
    .select(['account.id', 'account.phone', 'account_use.asked_at', lastAt.as('last_at')])
    .where(lastAt, '<', before)
    .orderBy(lastAt)
    .orderBy('account.id')
    .limit(limit)
    .execute()
  return rows.map(({ id, phone, asked_at, last_at }) => ({ id, phone, lastAt: last_at, askedAt: asked_at }))
}

/** That its owner was asked; counts until he comes. */
export function askedAbout(database: Database, { id, lastAt }: AccountUse, at: string) {
  const row = { account_id: id, last_at: lastAt, asked_at: at }
  return database.query
    .insertInto('account_use')
    .values(row)
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(row))
}
