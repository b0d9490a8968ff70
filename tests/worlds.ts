import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite, types } from '@electric-sql/pglite'
import { PGliteDialect } from 'kysely'
import pg from 'pg'
import { getPlatformProxy } from 'wrangler'
import { openD1 } from '../src/platform/database/d1.ts'
import type { Database } from '../src/platform/database/database.ts'
import { migrate } from '../src/platform/database/migrate.ts'
import { openPostgres, postgresDatabase, safeInteger } from '../src/platform/database/postgres.ts'
import { openSqlite } from '../src/platform/database/sqlite.ts'
import { hashingEmbedder } from '../src/platform/embedding/hashing.ts'
import type { ErasedList, ErasedPerson } from '../src/platform/erasures/erased-list.ts'
import type { BlobStore } from '../src/platform/files/blob-store.ts'
import { diskBlobs } from '../src/platform/files/disk.ts'
import { memoryBlobs } from '../src/platform/files/memory.ts'
import { type R2, r2Blobs } from '../src/platform/files/r2.ts'
import { type Kind, prefixes } from '../src/platform/ids.ts'
import { defaultLimits } from '../src/platform/limits/limits.ts'
import type { Message, Messenger } from '../src/platform/messages/messenger.ts'
import type { Ports } from '../src/platform/ports.ts'
import { oramaIndex } from '../src/platform/search/orama-index.ts'
import { pdfStamper } from '../src/platform/stamping/pdf.ts'
import type { Stamper } from '../src/platform/stamping/stamper.ts'
import { threadedStamper } from '../src/platform/stamping/threaded.ts'
import { realD1 } from './real-d1.ts'

/** A fresh database, until it is closed. */
export interface World {
  database: Database
  /** The same database as another process would open it. It is closed with the world. */
  again(): Database
  close(): Promise<void>
}

/** Every database that the contracts hold on, empty. `databases` are these with their tables. */
export const emptyDatabases = {
  /** One file, as on a single machine. */
  sqlite: async () => {
    const folder = temporary('sqlite')
    const file = join(folder, 'market.db')
    return world(
      openSqlite(file),
      () => openSqlite(file),
      () => rmSync(folder, { recursive: true }),
    )
  },
  d1: () => openedD1(null),
  pglite: async () => openedPglite(),
  postgres: async () => {
    const url = await freshPostgres()
    return world(openPostgres(url), () => openPostgres(url))
  },
} satisfies Record<string, () => Promise<World>>

/** Every database that the contracts hold on, migrated and without rows. */
export const databases: Record<string, () => Promise<World>> = {
  sqlite: () => withTables(emptyDatabases.sqlite()),
  d1: async () => {
    const folder = temporary('d1')
    for (const [path, bytes] of await migratedD1()) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    }
    const opened = await openedD1(folder)
    return { ...opened, close: () => opened.close().then(() => rmSync(folder, { recursive: true })) }
  },
  pglite: async () => openedPglite(await migratedPglite()),
  postgres: () => withTables(emptyDatabases.postgres()),
}

/** Those that a market is installed on: what people do over HTTP is told on each of them. PGlite is none, and has the contracts alone. */
export const installations = Object.keys(databases).filter((name) => name !== 'pglite')

/** What a world cannot show, with the reason. Nothing else is left out anywhere. */
export const deviations: Record<string, { concurrency?: string }> = {
  pglite: {
    concurrency: "PGlite has one connection, and Kysely's dialect loses the first of two transactions that are open on it at once",
  },
}

/** The largest file that tests may attach: small, so that a larger one is soon made. */
export const largestFile = 2_000_000

/** Every place where files may lie, empty. */
export const blobStores: Record<string, () => Promise<{ files: BlobStore; close(): Promise<unknown> }>> = {
  memory: async () => ({ files: memoryBlobs({ largest: largestFile }), close: async () => {} }),
  disk: async () => {
    const folder = temporary('files')
    return { files: diskBlobs(folder, { largest: largestFile }), close: async () => rmSync(folder, { recursive: true }) }
  },
  r2: async () => {
    const configPath = fileURLToPath(new URL('../wrangler.toml', import.meta.url))
    const proxy = await getPlatformProxy<{ FILES: R2 }>({ configPath, persist: false })
    return { files: r2Blobs(proxy.env.FILES, { largest: largestFile }), close: () => proxy.dispose() }
  },
}

/** Every way in which documents are stamped. */
export const stampers: Record<string, () => Stamper & { close(): Promise<void> }> = {
  'where it is called': () => ({ ...pdfStamper(), close: async () => {} }),
  'a thread': () => threadedStamper(),
}

/** Everything in the memory of this process: for tests whose question is not the database. */
export async function memoryDatabase(): Promise<Database> {
  const database = openSqlite(':memory:')
  await migrate(database)
  return database
}

/** One that lies in a file, with its tables. */
export async function fileDatabase(file: string): Promise<Database> {
  const database = openSqlite(file)
  await migrate(database)
  return database
}

/** A search index of its own, which has followed nothing yet. */
export const emptyIndex = oramaIndex

/** Ports whose clock goes on by a second at every look and whose ids are the same in every run. */
export function testPorts(database: Database, changes: Partial<Ports> = {}): Ports {
  return {
    database,
    search: oramaIndex(),
    embedder: hashingEmbedder(),
    messenger: letterBox().messenger,
    erased: erasedInMemory(),
    files: memoryBlobs({ largest: largestFile }),
    stamper: pdfStamper(),
    secret: 'what-the-cookies-of-the-tests-are-sealed-with',
    now: countingClock(),
    newId: countingIds(),
    timeZone: 'Asia/Shanghai',
    limits: defaultLimits,
    address: 'http://market.example',
    ...changes,
  }
}

/** Keeps what is sent where a test can read it. */
export function letterBox(): { messenger: Messenger; sent: Message[] } {
  const sent: Message[] = []
  return {
    sent,
    messenger: {
      reaches: 'people',
      async send(message) {
        sent.push(message)
      },
      async forget(isToGo) {
        // It keeps no time with them; the outbox does, see src/platform/messages/messages.test.ts.
        const kept = sent.filter(({ to }) => !isToGo({ to, at: '' }))
        return sent.splice(0, sent.length, ...kept).length - kept.length
      },
    },
  }
}

/** Outlives the database of a test, and nothing else. */
export function erasedInMemory(): ErasedList {
  const persons = new Map<string, ErasedPerson>()
  return {
    read: async () => [...persons.values()],
    async add(fresh) {
      for (const person of fresh) persons.set(person.id, person)
    },
  }
}

/** From nine o'clock on 22 November 2026 in Shanghai. */
export function countingClock(from = '2026-11-22T01:00:00.000Z'): Ports['now'] {
  let at = Date.parse(from) - 1000
  return () => {
    at += 1000
    return new Date(at).toISOString()
  }
}

/** Ids in no order that means anything, as random ones are; another series gives others. */
export function countingIds(series = ''): Ports['newId'] {
  let count = 0
  return (kind: Kind) => {
    const bytes = createHash('sha256').update(`${series}:${++count}`).digest().subarray(0, 20)
    return `${prefixes[kind]}_${Array.from(bytes, (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte & 31]).join('')}`
  }
}

function world(database: Database, open: () => Database, clean?: () => unknown): World {
  const opened = [database]
  return {
    database,
    again() {
      const another = open()
      opened.push(another)
      return another
    },
    async close() {
      for (const each of opened) await each.close()
      await clean?.()
    },
  }
}

const temporary = (what: string) => mkdtempSync(join(tmpdir(), `sunmao-${what}-`))

async function openedD1(folder: string | null): Promise<World> {
  const { d1, close } = await realD1(folder)
  const open = () => openD1(d1)
  return world(open(), open, close)
}

function openedPglite(written?: File | Blob): World {
  const pglite = new PGlite({ parsers: { [types.INT8]: safeInteger }, ...(written && { loadDataDir: written }) })
  const database = postgresDatabase(new PGliteDialect({ pglite }))
  return world(database, () => ({ ...database, close: async () => {} }))
}

async function withTables(opening: Promise<World>): Promise<World> {
  const opened = await opening
  await migrate(opened.database)
  return opened
}

/** Two of them take seconds until they have their tables. That is done once a process; what is written then is copied for each world. */
const migratedD1 = once(async () => {
  const folder = temporary('d1')
  const { close } = await withTables(openedD1(folder))
  await close()
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile())
  const written = files.map((path) => [path, readFileSync(join(folder, path))] as const)
  rmSync(folder, { recursive: true })
  return written
})
const migratedPglite = once(async () => {
  const pglite = new PGlite()
  await migrate(postgresDatabase(new PGliteDialect({ pglite })))
  return pglite.dumpDataDir('none').finally(() => pglite.close())
})

function once<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** A database of its own on the server of this test run; see `global-setup.ts`. */
async function freshPostgres(): Promise<string> {
  const answer = await fetch(process.env.SUNMAO_TEST_POSTGRES!)
  const server = await answer.text()
  if (!answer.ok) throw new Error(server)
  const client = new pg.Client({ connectionString: `${server}postgres` })
  await client.connect()
  const name = `sunmao_${crypto.randomUUID().replaceAll('-', '')}`
  await client.query(`create database ${name}`)
  await client.end()
  return `${server}${name}`
}
