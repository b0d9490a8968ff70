import { readJson } from '../json.ts'
import type { Blame } from './fault.ts'
import { digestOf, type EntryRow } from './journal.ts'
import { beginning, type Seal, type Sealing, type Sealings } from './seal.ts'

/** An entry with a seal that was made for something else, or a seal alone. */
interface Misfit {
  seq: number
  entry: EntryRow | null
  seal: Seal
  /** The seal before it. */
  before: string
}

/** Beyond this it is no longer asked which entry of a thoroughly shuffled journal belongs where. */
const misfitsAtMost = 1_000

/**
 * Follows entries and their seals from the first on. After a seal that does not follow from what is before it, either it or its entry
 * is not what it was: which, shows by what the next seal follows from, so that one changed row is one fault.
 */
export function chainOf(sealings: Sealings, blame: Blame) {
  const knowsKeys = sealings.length > 1
  /** What the seal before may be: as it stands there, then as it should be. Empty where nobody can tell. */
  let before = [beginning.hash]
  /** The newest way to seal so far; nothing after it is sealed an older way. */
  let newest = sealings.length - 1
  let unsettled: Misfit[] = []
  const misfits: Misfit[] = []

  const settle = (table: 'journal' | 'seal') => {
    if (table === 'journal') misfits.push(...unsettled)
    else for (const { seq } of unsettled) blame('seal', seq, 'changed', 'chain')
    unsettled = []
  }

  const isNamed = ({ keyId }: Sealing, { key_id }: Seal) => keyId === key_id

  /** The way in which a seal was made of its entry and what is before it, and of which of these; the way that it names comes first. */
  function madeOf(entry: EntryRow, seal: Seal): { way: Sealing; origin: number } | null {
    const digests = [entry.digest, digestOf(entry)]
    for (const way of sealings.toSorted((a, b) => Number(isNamed(b, seal)) - Number(isNamed(a, seal)))) {
      const origin = before.findIndex((hash) => digests.some((digest) => way.hash(hash, digest) === seal.hash))
      if (origin >= 0) return { way, origin }
    }
    return null
  }

  function followSealed(seq: number, entry: EntryRow, seal: Seal): void {
    const made = madeOf(entry, seal)
    const isUnknown = !sealings.some((way) => isNamed(way, seal))
    if (made !== null) {
      settle(made.origin === 0 ? 'journal' : 'seal')
      if (!isNamed(made.way, seal)) blame('seal', seq, 'changed', 'key')
      else if (sealings.indexOf(made.way) > newest) blame('seal', seq, 'changed', 'older-key')
      else newest = sealings.indexOf(made.way)
      before = [seal.hash]
    } else if (before.length === 0 || (isUnknown && !knowsKeys)) {
      // Nothing to hold it against: it is believed.
      settle('journal')
      if (isUnknown) newest = -1
      before = [seal.hash]
    } else {
      if (isUnknown) blame('seal', seq, 'changed', 'unknown-key')
      else unsettled.push({ seq, entry, seal, before: before[0]! })
      before = [seal.hash, sealed(entry)]
    }
  }

  /** The seal that an entry should have here. */
  const sealed = ({ digest }: EntryRow) => sealings[Math.max(newest, 0)]!.hash(before.at(-1)!, digest)

  return {
    /** The next place; `seal` may be missing only where it should be there. */
    follow(seq: number, entry: EntryRow | null, seal: Seal | null): void {
      if (entry !== null && seal !== null) followSealed(seq, entry, seal)
      else if (seal !== null) {
        settle('journal')
        if (before.length > 0) misfits.push({ seq, entry, seal, before: before[0]! })
        before = [seal.hash]
      } else {
        settle('journal')
        blame('seal', seq, 'missing', 'no-seal')
        before = entry === null || before.length === 0 ? [] : [sealed(entry)]
      }
    },
    /** A place that has neither: what comes after it cannot be held against anything. */
    skip(): void {
      settle('journal')
      before = []
    },
    /** After the last place. */
    end(): void {
      settle('journal')
      for (const { seq, entry } of misfits) {
        // An entry that does not fit its own digest was named already.
        if (entry === null || entry.digest !== digestOf(entry)) continue
        const home = misfits.length > misfitsAtMost ? undefined : misfits.find((place) => place.seq !== seq && fits(entry, place))
        if (home) blame('journal', seq, 'moved', 'place', [String(home.seq)])
        else blame('journal', seq, 'changed', 'seal')
      }
    },
  }

  function fits({ digest }: EntryRow, { before, seal }: Misfit): boolean {
    return sealings.some(({ hash }) => hash(before, digest) === seal.hash)
  }
}

/** What an entry shows by itself. */
export function verifyEntry(entry: EntryRow, blame: Blame): void {
  if (entry.digest !== digestOf(entry)) blame('journal', entry.seq, 'changed', 'digest')
  // Only as readable facts do the members of the canonical form end where they seem to.
  else if (readJson(entry.facts) === undefined) blame('journal', entry.seq, 'changed', 'facts')
}
