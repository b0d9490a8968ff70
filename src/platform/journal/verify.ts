import { sql } from 'kysely'
import type { Database } from '../database/database.ts'
import type { Tables } from '../database/tables.ts'
import type { Blame, Fault } from './fault.ts'
import { type EntryRow, journalHead } from './journal.ts'
import { lastSeal, type Seal, type Sealings } from './seal.ts'
import { chainOf, verifyEntry } from './verify-chain.ts'
import { type CheckedListings, countListings, verifyListings } from './verify-listings.ts'
import { verifyRevision, verifyStrayRevisions } from './verify-revisions.ts'

export interface Verification {
  entries: number
  /** Stretches that were sealed in one way, by the key that their seals name; null for none. Without its key a chain is not checked. */
  sealed: { keyId: string | null; from: number; to: number; isChecked: boolean }[]
  /** Entries after these, which wait for the sealer. */
  unsealed: number
  /** Revisions that the journal binds; that are older than that; that were erased. */
  revisions: { bound: number; unbound: number; erased: number }
  /** Rows of listings. */
  listings: number
  /** The last seal. Who keeps it elsewhere can tell later whether it, or anything before it, has gone. Null where anything is wrong. */
  anchor: Anchor | null
  faults: Fault[]
}

/** A seal that is kept elsewhere. */
export type Anchor = Pick<Seal, 'seq' | 'hash'>

export interface Verifying {
  sealings: Sealings
  anchor: Anchor | null
  listings: CheckedListings
  progress(done: number, total: number): void
}

/**
 * Goes through the whole journal: no number missing, each digest made of its entry's fields, each seal of the one before, each revision
 * as its entry binds it, each listing as its latest revision. Names every row that is not so. Others may write meanwhile.
 */
export async function verifyJournal(database: Database, { sealings, anchor, listings, progress }: Verifying): Promise<Verification> {
  const faults: Fault[] = []
  const blame: Blame = (table, row, fault, reason, names = []) => faults.push({ table, row: String(row), fault, reason, names })
  const last = await lastSeal(database)
  const all = (await journalHead(database)) + (await countListings(database))
  const done = (rows: number) => progress(Math.min(rows, all), all)
  const chain = chainOf(sealings, blame)
  const revisions = { bound: 0, unbound: 0, erased: 0 }
  const sealed: Verification['sealed'] = []
  let [entries, next] = [0, 1]
  for await (const { seq, entry, seal, revision, isErased } of places(database)) {
    if (!Number.isInteger(seq) || seq < next) {
      blame(entry === null ? 'seal' : 'journal', seq, 'extra', 'number')
      continue
    }
    if (seq > next) {
      blame('journal', seq === next + 1 ? next : `${next}–${seq - 1}`, 'missing', 'number')
      chain.skip()
    }
    next = seq + 1
    if (entry === null) blame('journal', seq, 'missing', 'number')
    else {
      verifyEntry(entry, blame)
      const kept = verifyRevision(entry, revision, isErased, blame)
      if (kept !== null) revisions[kept]++
      if (++entries % entriesAtOnce === 0) done(entries)
    }
    // What is sealed meanwhile is for the next time.
    if (seq > last.seq) continue
    chain.follow(seq, entry, seal)
    if (seal !== null) lengthen(sealed, seal, sealings)
  }
  chain.end()
  await verifyStrayRevisions(database, blame)
  const listed = await verifyListings(database, listings, blame, (rows) => done(entries + rows))
  if (anchor !== null) await verifyAnchor(database, anchor, blame)
  done(all)
  return {
    entries,
    sealed,
    unsealed: Math.max(0, next - 1 - last.seq),
    revisions,
    listings: listed,
    anchor: faults.length > 0 || last.seq === 0 ? null : { seq: last.seq, hash: last.hash },
    faults,
  }
}

function lengthen(sealed: Verification['sealed'], { seq, key_id: keyId }: Seal, sealings: Sealings): void {
  const stretch = sealed.at(-1)
  if (stretch?.keyId === keyId) stretch.to = seq
  else sealed.push({ keyId, from: seq, to: seq, isChecked: sealings.some((way) => way.keyId === keyId) })
}

async function verifyAnchor(database: Database, { seq, hash }: Anchor, blame: Blame): Promise<void> {
  const seal = await database.query.selectFrom('seal').select('hash').where('seq', '=', seq).executeTakeFirst()
  if (seal === undefined) blame('seal', seq, 'missing', 'anchor')
  else if (seal.hash !== hash) blame('seal', seq, 'changed', 'anchor')
}

const entriesAtOnce = 500

/** What stands at one number of the journal. */
interface Place {
  seq: number
  entry: EntryRow | null
  seal: Seal | null
  revision: Tables['revision'] | null
  /** Whether the subject's revisions up to this one were erased later. */
  isErased: boolean
}

/** Every number that an entry or a seal has, in order. Each page is one question, which sees one state of the market. */
async function* places(database: Database): AsyncGenerator<Place> {
  const { query } = database
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const numbers = (table: 'journal' | 'seal') => {
      const some = query.selectFrom(table).select('seq').where('seq', '>', after).orderBy('seq').limit(entriesAtOnce)
      return query.selectFrom(some.as('some')).select('seq')
    }
    const erasedLater = sql<number>`case when exists (select 1 from journal as later where later.subject_id = journal.subject_id
      and later.subject_version > journal.subject_version and later.kind like '%.erased') then 1 else 0 end`
    const page = await query
      .selectFrom(numbers('journal').union(numbers('seal')).orderBy('seq').limit(entriesAtOnce).as('place'))
      .leftJoin('journal', 'journal.seq', 'place.seq')
      .leftJoin('seal', 'seal.seq', 'place.seq')
      .leftJoin('revision', (join) =>
        join.onRef('revision.subject_id', '=', 'journal.subject_id').onRef('revision.version', '=', 'journal.subject_version'),
      )
      .select(['place.seq', 'journal.subject_id', 'journal.subject_version', 'journal.kind', 'journal.actor_id', 'journal.at'])
      .select(['journal.facts', 'journal.account_id', 'journal.revision_hash', 'journal.digest', 'seal.hash', 'seal.key_id'])
      .select(['revision.version', 'revision.visibility', 'revision.body', 'revision.salt', erasedLater.as('is_erased')])
      .orderBy('place.seq')
      .execute()
    for (const row of page) {
      // A join gives all columns of a row or none; every column named here but three is never null in its table.
      const { seq, subject_id, version, hash, is_erased } = row
      const whole = row as Place['entry'] & Place['seal'] & Place['revision'] & object
      yield {
        seq,
        entry: subject_id === null ? null : whole,
        seal: hash === null ? null : whole,
        revision: version === null ? null : whole,
        isErased: is_erased === 1,
      }
    }
    if (page.length < entriesAtOnce) return
    after = page.at(-1)!.seq
  }
}
