import { createHash, createHmac } from 'node:crypto'
import { ConcurrentChange, type Database } from '../database/database.ts'
import type { Tables } from '../database/tables.ts'

/**
 * The seal of an entry holds its digest and the seal before it, so that no entry changes, comes or goes without breaking what follows.
 * Made plainly, whoever writes the database can make the whole chain anew; made with a key that is not in the database, he cannot.
 */
export type Seal = Tables['seal']

/** A way to make seals. */
export interface Sealing {
  /** What its seals name it by; null for the plain one, which needs no key. */
  keyId: string | null
  hash(before: string, digest: string): string
}

/** The ways to make seals that are known here: new ones are made the first way. Keys come newest first, the plain way last. */
export type Sealings = readonly [Sealing, ...Sealing[]]

export const plainly: Sealing = {
  keyId: null,
  hash: (before, digest) =>
    createHash('sha256')
      .update(before + digest)
      .digest('hex'),
}

/** Makes seals with the first of these keys, and knows those of the others. */
export function sealingsWith(keys: readonly string[]): Sealings {
  const [first = plainly, ...others] = [...keys.map(keyed), plainly]
  return [first, ...others]
}

function keyed(key: string): Sealing {
  const mac = (text: string) => createHmac('sha256', key).update(text).digest('hex')
  return { keyId: mac('sunmao audit key').slice(0, 16), hash: (before, digest) => mac(before + digest) }
}

/** The last seal was made with a key that is not given: a plain one after it would be worth nothing. */
export class SealKeyMissing extends Error {
  constructor(keyId: string) {
    super(`The journal is sealed with the key ${keyId}: give it in SUNMAO_AUDIT_KEY, after a new one if it is to be replaced`)
    this.name = 'SealKeyMissing'
  }
}

/** What stands before the first entry. */
export const beginning: Seal = { seq: 0, hash: '', key_id: null }

const rowsAtOnce = 30
const statementsAtOnce = 15

/**
 * Seals the entries that were recorded since the last seal, in order; returns how many. Two sealers at once write one chain: who comes
 * second goes on from what the first has written. Throws `SealKeyMissing`.
 */
export async function sealJournal(database: Database, sealings: Sealings = [plainly]): Promise<number> {
  for (let sealed = 0; ; ) {
    const last = await lastSeal(database)
    refuseUnknownKey(last, sealings)
    const seals = await nextSeals(database, last, sealings[0])
    if (seals.length === 0) return sealed
    try {
      await database.commit(...keepSeals(database, seals))
      sealed += seals.length
    } catch (error) {
      if (!(error instanceof ConcurrentChange)) throw error
    }
  }
}

/** The last seal; the beginning where there is none. */
export async function lastSeal(database: Database): Promise<Seal> {
  const row = await database.query.selectFrom('seal').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return row ?? beginning
}

function refuseUnknownKey({ key_id }: Seal, sealings: Sealings): void {
  if (key_id !== null && !sealings.some(({ keyId }) => keyId === key_id)) throw new SealKeyMissing(key_id)
}

async function nextSeals(database: Database, last: Seal, { keyId, hash }: Sealing): Promise<Seal[]> {
  const entries = await database.query
    .selectFrom('journal')
    .select(['seq', 'digest'])
    .where('seq', '>', last.seq)
    .orderBy('seq')
    .limit(rowsAtOnce * statementsAtOnce)
    .execute()
  const seals: Seal[] = []
  for (const { seq, digest } of entries) seals.push({ seq, hash: hash((seals.at(-1) ?? last).hash, digest), key_id: keyId })
  return seals
}

function keepSeals(database: Database, seals: Seal[]) {
  const parts = Array.from({ length: Math.ceil(seals.length / rowsAtOnce) }, (_, at) => seals.slice(at * rowsAtOnce, (at + 1) * rowsAtOnce))
  return parts.map((part) => database.query.insertInto('seal').values(part))
}
