import type { Database } from './database/database.ts'
import { dayOf } from './days.ts'
import type { Embedder } from './embedding/embedder.ts'
import type { ErasedList } from './erasures/erased-list.ts'
import type { BlobStore } from './files/blob-store.ts'
import type { Kind } from './ids.ts'
import type { Limits } from './limits/limits.ts'
import type { Messenger } from './messages/messenger.ts'
import { Problem } from './problem.ts'
import type { SearchIndex } from './search/search-index.ts'
import type { Stamper } from './stamping/stamper.ts'

/** Everything the application needs from the outside world; `main-*.ts` and `tests/worlds.ts` make one each. */
export interface Ports {
  database: Database
  search: SearchIndex
  /** Null where no model runs: the market then works on text alone and says so. */
  embedder: Embedder | null
  messenger: Messenger
  /** Who was erased, kept where a restored backup does not reach. */
  erased: ErasedList
  files: BlobStore
  stamper: Stamper
  /** What cookies and codes are sealed with, at least 32 characters; null where none is set, and nobody can sign in by account. */
  readonly secret: string | null
  /** The instant, ISO-8601 UTC with milliseconds. */
  now(): string
  newId(kind: Kind): string
  /** The market's time zone: calendar days are days there. */
  readonly timeZone: string
  /** How much of what anybody may ask for. */
  readonly limits: Limits
  /** Where people reach the market, without a slash at its end; null where nobody has said: then no link can be sent to anybody. */
  readonly address: string | null
}

/** The whole address of a path of ours, to be sent to somebody: never what a request says of itself, which anybody can make up. */
export function addressOf({ address }: Pick<Ports, 'address'>, path: string): string {
  if (address === null) throw new Problem('not-ready', { missing: ['address'] })
  return address + path
}

/** Today's calendar day where the market is. */
export function today(ports: Pick<Ports, 'now' | 'timeZone'>): string {
  return dayOf(ports.now(), ports.timeZone)
}
