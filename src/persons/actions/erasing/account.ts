import { type Compilable, sql } from 'kysely'
import { record } from '../../../platform/journal/journal.ts'
import { lastVersion, parts } from '../../store.ts'
import type { ErasedPart, Erasing } from './erasing.ts'

/** Tables whose rows belong to one account, and the column that says to which. */
const ofAccount = [
  'credential',
  'session',
  'second_factor',
  'membership',
  'account_use',
  'unfinished_form',
  'postponed',
  'saved_view',
] as const

/** The account with all that hangs on it, what was said for it or for the profiles, and the tokens that act for them. */
export async function eraseAccount(erasing: Erasing): Promise<ErasedPart> {
  const { ports, person } = erasing
  const { database } = ports
  const { accountId, profileIds } = person
  const experts = [...parts(profileIds.filter((id) => id.startsWith('exp_')))]
  const statements: Compilable[] = [
    ...experts.map((some) => database.query.deleteFrom('consent').where('expert_id', 'in', some)),
    ...(await eraseMemberships(erasing)),
    ...(await revokeTokens(erasing)),
  ]
  if (accountId === null) return { ids: [], statements }
  return { ids: [accountId], statements: [...statements, ...(await eraseRows(erasing, accountId))] }
}

async function eraseRows({ ports: { database }, reason, by, at }: Erasing, accountId: string): Promise<Compilable[]> {
  const { query } = database
  const account = await query.selectFrom('account').select(['phone', 'email']).where('id', '=', accountId).executeTakeFirst()
  const subjectVersion = (await lastVersion(database, accountId)) + 1
  if (subjectVersion === 1) return []
  return [
    record(database, { subjectId: accountId, subjectVersion, kind: 'account.erased', actorId: by, at, facts: { reason } }),
    ...ofAccount.map((table) => query.deleteFrom(table).where('account_id', '=', accountId)),
    query.deleteFrom('consent').where('account_id', '=', accountId),
    // That a document was read stays, for whoever it belongs to; by whom in person does not.
    query.updateTable('reading').set({ account_id: null }).where('account_id', '=', accountId),
    query.deleteFrom('sign_in_value').where('value', 'like', `%${accountId}%`),
    ...(account?.phone == null ? [] : [query.deleteFrom('sign_in_code').where('phone', '=', account.phone)]),
    query.deleteFrom('account').where('id', '=', accountId),
  ]
}

/** Who acted for a profile that is gone acts for nobody. */
async function eraseMemberships({ ports: { database }, person, reason, by, at }: Erasing): Promise<Compilable[]> {
  const { accountId, profileIds } = person
  const rows = database.query.selectFrom('membership').select(['id', 'subject_id', 'account_id'])
  const held = await rows.where((eb) => eb.or([eb('account_id', '=', accountId ?? ''), ...inList(profileIds)])).execute()
  const statements = held.map(async ({ id }) => {
    const subjectVersion = (await lastVersion(database, id)) + 1
    return [
      record(database, { subjectId: id, subjectVersion, kind: 'membership.erased', actorId: by, at, facts: { reason } }),
      database.query.deleteFrom('membership').where('id', '=', id),
    ]
  })
  return (await Promise.all(statements)).flat()
}

const inList = (ids: readonly string[]) => [...parts(ids)].map((some) => sql<boolean>`subject_id in (${sql.join(some)})`)

/** Tokens that act for a profile that is gone, and keys that the person made, are worth nothing and are called nothing. */
async function revokeTokens({ ports: { database }, person, by, at }: Erasing): Promise<Compilable[]> {
  const { accountId, profileIds } = person
  const rows = database.query.selectFrom('token').select(['id', 'version', 'revoked_at'])
  const found = await rows.where((eb) => eb.or([eb('account_id', '=', accountId ?? ''), ...inList(profileIds)])).execute()
  return found.flatMap(({ id, version, revoked_at }) => [
    record(database, { subjectId: id, subjectVersion: version + 1, kind: 'token.revoked', actorId: by, at, facts: {} }),
    database.query
      .updateTable('token')
      .set({ version: version + 1, revoked_at: revoked_at ?? at, name: null, account_id: null })
      .where('id', '=', id),
  ])
}

/** Answers that are kept for repeated requests, where they name what is gone or was changed, or repeat a number or an address. */
export async function eraseAnswers({ ports: { database }, person }: Erasing, ids: readonly string[]): Promise<Compilable[]> {
  const columns = database.query.selectFrom('account').select(['phone', 'email'])
  const account = await columns.where('id', '=', person.accountId ?? '').executeTakeFirst()
  const written = [account?.phone?.replace(/^\+86/, ''), account?.email].filter((each) => each != null)
  return [...parts([...ids, ...written], 30)].map((some) =>
    database.query
      .deleteFrom('idempotency')
      .where((eb) =>
        eb.or(some.flatMap((id) => [eb('actor_id', '=', id), eb('body', 'like', `%${id}%`), eb('headers', 'like', `%${id}%`)])),
      ),
  )
}
