import type { Compilable } from 'kysely'
import type { Database } from '../platform/database/database.ts'
import type { UnfinishedForm } from './unfinished.ts'

/** Whose form it is: an account, in the role in which it acts. */
export interface Writer {
  accountId: string
  actorId: string
}

const of = ({ query }: Database, { accountId, actorId }: Writer) =>
  query.selectFrom('unfinished_form').where('account_id', '=', accountId).where('actor_id', '=', actorId)

export async function findForm(database: Database, writer: Writer, path: string): Promise<UnfinishedForm | undefined> {
  const row = await of(database, writer).where('path', '=', path).select(['path', 'fields', 'at']).executeTakeFirst()
  return row && { ...row, fields: JSON.parse(row.fields) }
}

/** Newest first. */
export async function listForms(database: Database, writer: Writer): Promise<{ path: string; at: string }[]> {
  return of(database, writer).select(['path', 'at']).orderBy('at', 'desc').orderBy('path').execute()
}

/** In place of what was kept of it before. */
export function keepForm({ query }: Database, { accountId, actorId }: Writer, { path, fields, at }: UnfinishedForm): Compilable {
  const written = { fields: JSON.stringify(fields), at }
  return query
    .insertInto('unfinished_form')
    .values({ account_id: accountId, actor_id: actorId, path, ...written })
    .onConflict((conflict) => conflict.columns(['account_id', 'actor_id', 'path']).doUpdateSet(written))
}

export function deleteForms({ query }: Database, { accountId, actorId }: Writer, paths: readonly string[]): Compilable {
  return query
    .deleteFrom('unfinished_form')
    .where('account_id', '=', accountId)
    .where('actor_id', '=', actorId)
    .where('path', 'in', [...paths])
}
