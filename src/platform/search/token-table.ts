import { roomFor } from './room.ts'

/**
 * Numbers for tokens, and for each token where its postings are. A token is two numbers, of which the second is not 0. Open
 * addressing over the numbers given, whose four neighbouring words say the rest: to index a text is to look up hundreds of
 * tokens, and what takes the time is waiting for memory.
 */
export interface TokenTable {
  /** Four words a token, from its number × `width` on: first, second, start, count. The array is replaced when it grows. */
  entries(): Uint32Array
  /** The token's number, from 1 on, or 0. */
  find(first: number, second: number): number
  /** Gives a token that is not there a number (one of a deleted token, if there is one), with start and count 0. */
  insert(first: number, second: number): number
  delete(token: number): void
  save(): SavedTokens
}

/** `entries` of all numbers that were ever given; those of deleted tokens have second 0. */
export type SavedTokens = Uint32Array

const secondAt = 1
export const startAt = 2
export const countAt = 3
export const width = 4

export function tokenTable(saved: SavedTokens = new Uint32Array(width)): TokenTable {
  let entries = roomFor(saved, saved.length + width)
  /** Numbers that were ever given, and 0. */
  let given = saved.length / width
  /** Numbers of deleted tokens. */
  const free: number[] = []
  for (let token = 1; token < given; token++) if (entries[token * width + secondAt] === 0) free.push(token)
  /** By hash: a token's number, or 0. At most three quarters full, so that a search ends soon. */
  let places = placed(Math.max(256, 2 ** Math.ceil(Math.log2(given * 2))))

  function placed(length: number): Uint32Array {
    const made = new Uint32Array(length)
    for (let token = 1; token < given; token++) {
      if (entries[token * width + secondAt] === 0) continue
      let at = homeOf(token, length)
      while (made[at] !== 0) at = (at + 1) & (length - 1)
      made[at] = token
    }
    return made
  }
  function homeOf(token: number, length: number): number {
    return home(entries[token * width]!, entries[token * width + secondAt]!, length)
  }
  /** Where the token's number is, or the empty place where it would be put. */
  const placeOf = (first: number, second: number): number => {
    const mask = places.length - 1
    for (let at = home(first, second, places.length); ; at = (at + 1) & mask) {
      const entry = places[at]! * width
      if (entry === 0 || (entries[entry + secondAt] === second && entries[entry] === first)) return at
    }
  }

  return {
    entries: () => entries,
    find: (first, second) => places[placeOf(first, second)]!,
    insert(first, second) {
      const token = free.pop() ?? given++
      entries = roomFor(entries, given * width)
      entries.set([first, second, 0, 0], token * width)
      if ((given - free.length) * 4 > places.length * 3) places = placed(places.length * 2)
      else places[placeOf(first, second)] = token
      return token
    },
    delete(token) {
      const mask = places.length - 1
      let hole = placeOf(entries[token * width]!, entries[token * width + secondAt]!)
      // What was put further on because of the deleted token moves up, or a search would end at the hole.
      for (let next = (hole + 1) & mask; places[next] !== 0; next = (next + 1) & mask) {
        const wanted = homeOf(places[next]!, places.length)
        if (((next - wanted) & mask) < ((next - hole) & mask)) continue
        places[hole] = places[next]!
        hole = next
      }
      places[hole] = 0
      entries.fill(0, token * width, (token + 1) * width)
      free.push(token)
    },
    save: () => entries.subarray(0, given * width),
  }
}

/** Spreads tokens over the places, of which there is a power of two: neighbouring code points must not be neighbours here. */
function home(first: number, second: number, length: number): number {
  const mixed = Math.imul(Math.imul(first, 0x9e3779b1) + second, 0x85ebca6b)
  return (mixed ^ (mixed >>> 15)) & (length - 1)
}
