import { createHash } from 'node:crypto'
import type { Database } from '../database/database.ts'
import type { Tables } from '../database/tables.ts'
import { digestOfRow } from './journal.ts'

/** The seal of an entry holds its digest and the seal before it, so that no entry changes, comes or goes without breaking what follows. */
type Seal = Tables['seal']
type EntryRow = Tables['journal']

/** What stands before the first entry. */
const beginning: Seal = { seq: 0, hash: '' }

const rowsAtOnce = 45
const statementsAtOnce = 10
const readAtOnce = 500

/**
 * Seals the entries that were recorded since the last seal, in order; returns how many. Two sealers at once write one chain: a seal
 * follows from the journal alone, so both make the same ones, and the first that is kept stays.
 */
export async function sealJournal(database: Database): Promise<number> {
  let last = await lastSeal(database)
  for (let sealed = 0; ; ) {
    const entries = await rowsAfter(database, last.seq, rowsAtOnce * statementsAtOnce)
    if (entries.length === 0) return sealed
    const seals: Seal[] = []
    for (const { seq, digest } of entries) {
      last = { seq, hash: hashOf(last.hash, digest) }
      seals.push(last)
    }
    await database.commit(...keepSeals(database, seals))
    sealed += entries.length
  }
}

export interface Verification {
  /** Entries whose seal is right, from the first on. */
  sealed: number
  /** Entries after these that are sound and wait for the sealer. */
  unsealed: number
  /** The last right seal. */
  hash: string
  /** The first number at which an entry or its seal is not what it was; null where all is well. */
  brokenAt: number | null
}

/** Goes through the whole journal: no number missing, each digest made of its entry's fields, each seal of the one before. */
export async function verifyJournal(database: Database): Promise<Verification> {
  let { seq, hash } = beginning
  let sealed = 0
  for (;;) {
    // Seals first: whatever is sealed by then is among the entries that are read after.
    const seals = await sealsAfter(database, seq, readAtOnce)
    const entries = await rowsAfter(database, seq, readAtOnce)
    const count = Math.max(seals.length, entries.length)
    if (count === 0) return { sealed, unsealed: seq - sealed, hash, brokenAt: null }
    for (let at = 0; at < count; at++) {
      const [entry, seal] = [entries[at], seals[at]]
      const isWhole = isSound(entry, seq + 1) && (seal === undefined || isSealOf(seal, hash, entry))
      if (!isWhole) return { sealed, unsealed: seq - sealed, hash, brokenAt: seq + 1 }
      seq++
      if (seal !== undefined) [sealed, hash] = [seq, seal.hash]
    }
  }
}

function isSound(entry: EntryRow | undefined, seq: number): entry is EntryRow {
  return entry?.seq === seq && entry.digest === digestOfRow(entry)
}

function isSealOf({ seq, hash }: Seal, before: string, entry: EntryRow): boolean {
  return seq === entry.seq && hash === hashOf(before, entry.digest)
}

function hashOf(before: string, digest: string): string {
  return createHash('sha256')
    .update(before + digest)
    .digest('hex')
}

async function lastSeal(database: Database): Promise<Seal> {
  const row = await database.query.selectFrom('seal').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return row ?? beginning
}

/** Entries as they stand in the table. */
function rowsAfter(database: Database, seq: number, limit: number): Promise<EntryRow[]> {
  return database.query.selectFrom('journal').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit).execute()
}

function sealsAfter(database: Database, seq: number, limit: number): Promise<Seal[]> {
  return database.query.selectFrom('seal').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit).execute()
}

function keepSeals(database: Database, seals: Seal[]) {
  const parts = Array.from({ length: Math.ceil(seals.length / rowsAtOnce) }, (_, at) => seals.slice(at * rowsAtOnce, (at + 1) * rowsAtOnce))
  return parts.map((part) =>
    database.query
      .insertInto('seal')
      .values(part)
      .onConflict((conflict) => conflict.column('seq').doNothing()),
  )
}
