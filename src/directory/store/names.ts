import type { Database } from '../../platform/database/database.ts'

/** As many names as one question may hold. */
const namesAtOnce = 90

/** The enterprises that are called one of these, exactly as written: id → name. */
export const enterprisesCalled = (database: Database, names: readonly string[]) => called(database, 'enterprise', names)

/** The same of institutions. */
export const institutionsCalled = (database: Database, names: readonly string[]) => called(database, 'institution', names)

async function called({ query }: Database, table: 'enterprise' | 'institution', names: readonly string[]): Promise<Map<string, string>> {
  const asked = [...new Set(names)]
  const found = new Map<string, string>()
  for (let start = 0; start < asked.length; start += namesAtOnce) {
    const rows = await query
      // Both have these columns, of which the compiler is sure for one table at a time.
      .selectFrom(table as 'enterprise')
      .select(['id', 'title'])
      .where('title', 'in', asked.slice(start, start + namesAtOnce))
      .where((eb) =>
        eb.or([
          eb('batch_id', 'is', null),
          eb('batch_id', 'in', eb.selectFrom('import_batch').select('id').where('state', '=', 'complete')),
        ]),
      )
      .orderBy('id')
      .execute()
    for (const { id, title } of rows) found.set(id, title)
  }
  return found
}

/** The enterprises with this code. */
export async function enterprisesWithCode({ query }: Database, creditCode: string): Promise<string[]> {
  const rows = await query
    .selectFrom('enterprise')
    .select('id')
    // A code is letters and figures: nothing in it means anything to `like`.
    .where('body', 'like', `%"creditCode":"${creditCode.replaceAll(/[^0-9A-Z]/gi, '')}"%`)
    .where((eb) =>
      eb.or([eb('batch_id', 'is', null), eb('batch_id', 'in', eb.selectFrom('import_batch').select('id').where('state', '=', 'complete'))]),
    )
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** The profile that stands for one since they were merged; the same id where it was merged into none. */
export async function keptFor(database: Database, id: string): Promise<string> {
  const query = database.query.selectFrom('merger').select('into_id').where('from_id', '=', id).where('state', '=', 'done')
  const merged = await query.executeTakeFirst()
  return merged === undefined ? id : keptFor(database, merged.into_id)
}

/** The people who are called one of these, exactly as written. */
export async function expertsCalled({ query }: Database, names: readonly string[]): Promise<string[]> {
  const rows = await query
    .selectFrom('expert')
    .select('id')
    .where('title', 'in', names.slice(0, namesAtOnce))
    .where((eb) =>
      eb.or([eb('batch_id', 'is', null), eb('batch_id', 'in', eb.selectFrom('import_batch').select('id').where('state', '=', 'complete'))]),
    )
    .orderBy('id')
    .limit(mostNamesakes)
    .execute()
  return rows.map(({ id }) => id)
}
const mostNamesakes = 50
