import type { Database } from '../platform/database/database.ts'

const asked = ['demand.publication-requested', 'offering.publication-requested']
/** As many ids as one question names. */
const askedAtOnce = 90

/** When publication was last asked for, by listing. */
export async function requestedAt(database: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (let start = 0; start < ids.length; start += askedAtOnce) {
    const rows = await database.query
      .selectFrom('journal')
      .select(['subject_id', ({ fn }) => fn.max('at').as('at')])
      .where('subject_id', 'in', ids.slice(start, start + askedAtOnce))
      .where('kind', 'in', asked)
      .groupBy('subject_id')
      .execute()
    for (const { subject_id, at } of rows) found.set(subject_id, at)
  }
  return found
}
