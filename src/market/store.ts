import type { Compilable } from 'kysely'
import type { Database } from '../platform/database/database.ts'
import { defaultSettings, MarketSettings } from './settings.ts'

const key = 'market'

/** The market's settings and their version; 0 while nobody has changed the defaults. */
export async function findSettings(database: Database): Promise<{ settings: MarketSettings; version: number }> {
  const row = await database.query.selectFrom('setting').selectAll().where('key', '=', key).executeTakeFirst()
  return row ? { settings: MarketSettings.parse(JSON.parse(row.value)), version: row.version } : { settings: defaultSettings, version: 0 }
}

export function putSettings(database: Database, settings: MarketSettings, version: number, at: string): Compilable {
  const row = { key, version, value: JSON.stringify(settings), updated_at: at }
  return database.query
    .insertInto('setting')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
}
