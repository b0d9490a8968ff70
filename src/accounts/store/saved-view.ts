import type { Compilable } from 'kysely'
import type { Database } from '../../platform/database/database.ts'
import type { Tables } from '../../platform/database/tables.ts'
import { SavedView } from '../saved-view.ts'

/** What an account keeps, by name; also what was removed and can be taken back. */
export async function savedViewsOf(database: Database, accountId: string): Promise<SavedView[]> {
  const rows = database.query.selectFrom('saved_view').selectAll().where('account_id', '=', accountId)
  return (await rows.orderBy('name').orderBy('id').execute()).map(fromRow)
}

export function insertSavedView(database: Database, view: SavedView): Compilable {
  return database.query.insertInto('saved_view').values(toRow(view))
}

export function updateSavedView(database: Database, view: SavedView): Compilable {
  return database.query.updateTable('saved_view').set(toRow(view)).where('id', '=', view.id)
}

/** What was removed before goes for good. */
export function forgetRemovedViews(database: Database, accountId: string): Compilable {
  return database.query.deleteFrom('saved_view').where('account_id', '=', accountId).where('removed_at', 'is not', null)
}

function fromRow(row: Tables['saved_view']): SavedView {
  const { account_id: accountId, created_at: createdAt, removed_at: removedAt, ...same } = row
  return SavedView.parse({ ...same, accountId, createdAt, removedAt })
}

const toRow = ({ accountId, createdAt, removedAt, ...same }: SavedView): Tables['saved_view'] => ({
  ...same,
  account_id: accountId,
  created_at: createdAt,
  removed_at: removedAt,
})
