import type { Database } from '../../platform/database/database.ts'

/** What stands in an account's name beside listings: rows as they are, without what only the market needs. */
export async function heldBeside(database: Database, accountId: string) {
  const { query } = database
  const readings = query
    .selectFrom('reading')
    .select(['subject_id as subjectId', 'object', 'at', 'code'])
    .where('account_id', '=', accountId)
  const keys = query
    .selectFrom('token')
    .select(['id', 'name', 'role', 'subject_id as subjectId', 'created_at as createdAt', 'last_used_on as lastUsedOn'])
    .select(['expires_at as expiresAt', 'revoked_at as revokedAt'])
    .where('account_id', '=', accountId)
  const links = query
    .selectFrom('link')
    .select(['id', 'purpose', 'contact', 'created_at as createdAt', 'used_at as usedAt'])
    .where('object_id', '=', accountId)
  const unfinished = query.selectFrom('unfinished_form').select(['path', 'fields', 'at']).where('account_id', '=', accountId)
  const postponed = query
    .selectFrom('postponed')
    .select(['demand_id as demandId', 'supply_id as supplyId', 'until'])
    .where('account_id', '=', accountId)
  const views = query
    .selectFrom('saved_view')
    .select(['id', 'list', 'name', 'query', 'created_at as createdAt', 'removed_at as removedAt'])
    .where('account_id', '=', accountId)
  return {
    postponed: await postponed.orderBy('until').orderBy('demand_id').execute(),
    unfinished: await unfinished.orderBy('at').orderBy('path').execute(),
    readings: await readings.orderBy('at').orderBy('id').execute(),
    keys: await keys.orderBy('created_at').orderBy('id').execute(),
    views: await views.orderBy('created_at').orderBy('id').execute(),
    links: await links.orderBy('created_at').orderBy('id').execute(),
  }
}

/** Invitations that went to a number or an address. */
export async function invitationsFor(database: Database, { phone, email }: { phone: string | null; email: string | null }) {
  const columns = ['id', 'role', 'subject_id as subjectId', 'rank', 'phone', 'email', 'created_at as createdAt'] as const
  const rows = database.query.selectFrom('member_invitation').select(columns)
  return rows.where((eb) => eb.or([eb('phone', '=', phone ?? ''), eb('email', '=', email ?? '')])).execute()
}
