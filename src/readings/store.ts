import type { Compilable } from 'kysely'
import type { Database } from '../platform/database/database.ts'
import type { Page } from '../platform/database/listings.ts'
import type { Tables } from '../platform/database/tables.ts'
import { Reading } from './reading.ts'

export function insertReading(database: Database, reading: Reading): Compilable {
  const { id, object, at, code } = reading
  return database.query.insertInto('reading').values({
    ...{ id, object, at, code },
    subject_id: reading.subjectId,
    reader_id: reading.readerId,
    reader_role: reading.readerRole,
    account_id: reading.accountId,
  })
}

/** Newest first, one more than asked for where there are more. */
export async function newestReadings(database: Database, subjectId: string, { after, limit }: Page): Promise<Reading[]> {
  let query = database.query.selectFrom('reading').selectAll().where('subject_id', '=', subjectId)
  if (after !== null) {
    const { sort, id } = after
    query = query.where((eb) => eb.or([eb('at', '<', sort), eb.and([eb('at', '=', sort), eb('id', '>', id)])]))
  }
  return (
    await query
      .orderBy('at', 'desc')
      .orderBy('id')
      .limit(limit + 1)
      .execute()
  ).map(fromRow)
}

/** How often each of these was read; those that nobody read are left out. At most as many as one page lists. */
export async function countReadings(database: Database, subjectIds: readonly string[]): Promise<Map<string, number>> {
  if (subjectIds.length === 0) return new Map()
  const rows = await database.query
    .selectFrom('reading')
    .select(['subject_id', ({ fn }) => fn.countAll<number>().as('count')])
    .where('subject_id', 'in', subjectIds)
    .groupBy('subject_id')
    .execute()
  return new Map(rows.map(({ subject_id, count }) => [subject_id, Number(count)]))
}

export async function findReadingByCode(database: Database, code: string): Promise<Reading | undefined> {
  const row = await database.query.selectFrom('reading').selectAll().where('code', '=', code).executeTakeFirst()
  return row && fromRow(row)
}

function fromRow({ subject_id, reader_id, reader_role, account_id, ...row }: Tables['reading']): Reading {
  return Reading.parse({ ...row, subjectId: subject_id, readerId: reader_id, readerRole: reader_role, accountId: account_id })
}
