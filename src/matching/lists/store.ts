import type { Compilable } from 'kysely'
import type { Database } from '../../platform/database/database.ts'
import type { Tables } from '../../platform/database/tables.ts'
import { MatchList } from './match-list.ts'

/** The row of a list; where it is there already, that it was shown once more. */
export function insertList(database: Database, list: MatchList): Compilable {
  return database.query
    .insertInto('match_list')
    .values({
      id: list.id,
      asked_id: list.askedId,
      is_whole: Number(list.isWhole),
      kind: list.kind,
      reader_role: list.readerRole,
      engine: JSON.stringify(list.engine),
      weights: JSON.stringify(list.weights),
      on_day: list.onDay,
      place: list.place,
      items: JSON.stringify(list.items),
      times: list.times,
      first_at: list.firstAt,
      last_at: list.lastAt,
    })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((eb) => ({ times: eb('match_list.times', '+', eb.ref('excluded.times')), last_at: eb.ref('excluded.last_at') })),
    )
}

export async function findList(database: Database, id: string): Promise<MatchList | undefined> {
  const row = await database.query.selectFrom('match_list').selectAll().where('id', '=', id).executeTakeFirst()
  return row && fromRow(row)
}

/** Of one listing, the last shown first. */
export async function listsOf(database: Database, askedId: string, limit: number): Promise<MatchList[]> {
  const rows = database.query.selectFrom('match_list').selectAll().where('asked_id', '=', askedId)
  return (await rows.orderBy('last_at', 'desc').orderBy('id').limit(limit).execute()).map(fromRow)
}

/** What was shown last to anybody. */
export async function recentLists(database: Database, kinds: MatchList['kind'][], limit: number): Promise<MatchList[]> {
  const rows = database.query.selectFrom('match_list').selectAll().where('kind', 'in', kinds)
  return (await rows.orderBy('last_at', 'desc').orderBy('id').limit(limit).execute()).map(fromRow)
}

function fromRow(row: Tables['match_list']): MatchList {
  return MatchList.parse({
    id: row.id,
    askedId: row.asked_id,
    isWhole: row.is_whole === 1,
    kind: row.kind,
    readerRole: row.reader_role,
    engine: JSON.parse(row.engine),
    weights: JSON.parse(row.weights),
    onDay: row.on_day,
    place: Number(row.place),
    items: JSON.parse(row.items),
    times: Number(row.times),
    firstAt: row.first_at,
    lastAt: row.last_at,
  })
}
