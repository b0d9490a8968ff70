import type { Compilable } from 'kysely'
import type { Database } from '../platform/database/database.ts'
import { defaultFlaggedTerms, FlaggedTerms } from './flagged-terms.ts'
import { defaultSettings, MarketSettings } from './settings.ts'

/** What settings say by not having it that were made before there was a place for it. */
const addedLater = { conflicts: defaultSettings.conflicts }

/** The market's settings and their version; 0 while nobody has changed the defaults. */
export async function findSettings(database: Database): Promise<{ settings: MarketSettings; version: number }> {
  const { value, version } = await findSetting(database, 'market')
  return { settings: value === null ? defaultSettings : MarketSettings.parse({ ...addedLater, ...(value as object) }), version }
}

export function putSettings(database: Database, settings: MarketSettings, version: number, at: string): Compilable {
  return putSetting(database, 'market', settings, version, at)
}

/** The terms that vetting flags, and their version; 0 while nobody has changed the list. */
export async function findFlaggedTerms(database: Database): Promise<{ terms: FlaggedTerms; version: number }> {
  const { value, version } = await findSetting(database, flaggedTermsId)
  return { terms: value === null ? defaultFlaggedTerms : FlaggedTerms.parse(value), version }
}

export function putFlaggedTerms(database: Database, terms: FlaggedTerms, version: number, at: string): Compilable {
  return putSetting(database, flaggedTermsId, terms, version, at)
}

/** By which the journal and the table of settings know the list. */
export const flaggedTermsId = 'flagged-terms'

/** What is set under a key, and its version; null and 0 while nobody has. */
export async function findSetting(database: Database, key: string): Promise<{ value: unknown; version: number }> {
  const row = await database.query.selectFrom('setting').selectAll().where('key', '=', key).executeTakeFirst()
  return row ? { value: JSON.parse(row.value), version: row.version } : { value: null, version: 0 }
}

export function putSetting(database: Database, key: string, value: object, version: number, at: string): Compilable {
  const row = { key, version, value: JSON.stringify(value), updated_at: at }
  return database.query
    .insertInto('setting')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
}
