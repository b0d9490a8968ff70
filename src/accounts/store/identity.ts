import type { Compilable } from 'kysely'
import type { Database } from '../../platform/database/database.ts'
import type { Identity } from '../../platform/identity/provider.ts'

/** Who somebody is at another party, of which each is known by its issuer; none of its tokens are kept. */
const providerOf = ({ issuer }: Pick<Identity, 'issuer'>) => `oidc ${issuer}`

/** The account that an identity is linked to. */
export async function findIdentity(database: Database, identity: Identity): Promise<string | undefined> {
  const row = await database.query
    .selectFrom('credential')
    .select('account_id')
    .where('provider_id', '=', providerOf(identity))
    .where('provider_account_id', '=', identity.subject)
    .executeTakeFirst()
  return row?.account_id
}

/** Whether an account is linked to any identity elsewhere. */
export async function hasIdentity(database: Database, accountId: string): Promise<boolean> {
  const row = database.query
    .selectFrom('credential')
    .select('id')
    .where('account_id', '=', accountId)
    .where('provider_id', '!=', 'credential')
  return (await row.limit(1).executeTakeFirst()) !== undefined
}

export function insertIdentity(
  database: Database,
  { id, accountId, identity, at }: { id: string; accountId: string; identity: Identity; at: string },
): Compilable {
  return database.query.insertInto('credential').values({
    id,
    account_id: accountId,
    provider_id: providerOf(identity),
    provider_account_id: identity.subject,
    password: null,
    access_token: null,
    refresh_token: null,
    id_token: null,
    access_token_expires_at: null,
    refresh_token_expires_at: null,
    scope: null,
    created_at: at,
    updated_at: at,
  })
}
