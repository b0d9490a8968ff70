import type { Compilable } from 'kysely'
import type { StoredAttachment } from '../attachments/attachment.ts'
import type { Database } from '../platform/database/database.ts'
import { listings } from '../platform/database/listings.ts'
import { Twins } from './twins.ts'

export const twins = listings('twins', Twins, {
  title: () => '',
  columns: ({ firstId, secondId, state }) => ({ first_id: firstId, second_id: secondId, state }),
})

/** As many ids as one question names. */
const idsAtOnce = 90

/** As many as are looked at of one demand. */
const decidedAtMost = 200

/** What was decided of a demand and others, in one state. */
export async function twinsOf({ query }: Database, demandId: string, state: Twins['state']): Promise<{ id: string; otherId: string }[]> {
  const rows = await query
    .selectFrom('twins')
    .select(['id', 'first_id', 'second_id'])
    .where((eb) => eb.or([eb('first_id', '=', demandId), eb('second_id', '=', demandId)]))
    .where('state', '=', state)
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .limit(decidedAtMost)
    .execute()
  return rows.map(({ id, first_id, second_id }) => ({ id, otherId: first_id === demandId ? second_id : first_id }))
}

/** Pairs of these demands with any other that are not the same. */
export async function distinctPairs({ query }: Database, demandIds: readonly string[]): Promise<Set<string>> {
  const pairs = new Set<string>()
  // Each id is named twice.
  for (let start = 0; start < demandIds.length; start += idsAtOnce / 2) {
    const some = demandIds.slice(start, start + idsAtOnce / 2)
    const rows = await query
      .selectFrom('twins')
      .select(['first_id', 'second_id'])
      .where('state', '=', 'distinct')
      .where((eb) => eb.or([eb('first_id', 'in', some), eb('second_id', 'in', some)]))
      .execute()
    for (const { first_id, second_id } of rows) pairs.add(pairOf(first_id, second_id))
  }
  return pairs
}

/** What a pair is known by. */
export const pairOf = (a: string, b: string) => (a < b ? `${a} ${b}` : `${b} ${a}`)

/** Whether anything happened to one of these since a decision, by the journal. */
export async function happenedSince(
  { query }: Database,
  { id, version }: Pick<Twins, 'id' | 'version'>,
  ids: readonly string[],
): Promise<boolean> {
  const decided = query.selectFrom('journal').select('seq').where('subject_id', '=', id).where('subject_version', '=', version)
  for (let start = 0; start < ids.length; start += idsAtOnce) {
    const since = query
      .selectFrom('journal')
      .select('seq')
      .where('subject_id', 'in', ids.slice(start, start + idsAtOnce))
      .where('seq', '>', decided)
    if ((await since.limit(1).executeTakeFirst()) !== undefined) return true
  }
  return false
}

/** The body of a noun as it was at a version; undefined where that was erased. */
export async function revisionOf({ query }: Database, id: string, version: number): Promise<unknown> {
  const row = await query
    .selectFrom('revision')
    .select('body')
    .where('subject_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return row && JSON.parse(row.body)
}

export function updateAttachmentSubject({ query }: Database, { id, subjectId, place, version }: StoredAttachment): Compilable {
  return query.updateTable('attachment').set({ subject_id: subjectId, place, version }).where('id', '=', id)
}
