/**
 * A map from tokens to where their postings are. A token is two numbers, of which the second is not 0. Open addressing in
 * one typed array, four neighbouring numbers a token: to index a text is to look up hundreds of tokens, and what takes the
 * time is waiting for memory.
 */
export interface TokenTable {
  /** The four numbers of each place: first, second, start, count. The array is replaced when it grows. */
  entries(): Uint32Array
  /** Where the token's numbers are in `entries`, or -1. */
  find(first: number, second: number): number
  /** Makes room for a token that is not there, with start and count 0, and gives its place. Other places change. */
  insert(first: number, second: number): number
  /** Takes out the token at a place. Other places change. */
  delete(at: number): void
}

export const secondAt = 1
export const startAt = 2
export const countAt = 3
const width = 4

export function tokenTable(): TokenTable {
  let entries = new Uint32Array(256 * width)
  let count = 0

  /** Where the token is, or the empty place where it would be put. */
  const placeOf = (first: number, second: number): number => {
    let at = home(first, second, entries.length)
    while (entries[at + secondAt] !== 0 && (entries[at + secondAt] !== second || entries[at] !== first)) at = after(at, entries.length)
    return at
  }
  const grow = () => {
    const old = entries
    entries = new Uint32Array(old.length * 2)
    for (let at = 0; at < old.length; at += width) {
      if (old[at + secondAt] !== 0) copy(old, at, entries, placeOf(old[at]!, old[at + secondAt]!))
    }
  }

  return {
    entries: () => entries,
    find(first, second) {
      const at = placeOf(first, second)
      return entries[at + secondAt] === 0 ? -1 : at
    },
    insert(first, second) {
      // At most three quarters full, so that a search ends soon.
      if (++count * width > entries.length * 0.75) grow()
      const at = placeOf(first, second)
      entries[at] = first
      entries[at + secondAt] = second
      entries[at + startAt] = 0
      entries[at + countAt] = 0
      return at
    },
    delete(at) {
      count--
      let hole = at
      // What was put further on because of the deleted token moves up, or a search would end at the hole.
      for (let next = after(hole, entries.length); entries[next + secondAt] !== 0; next = after(next, entries.length)) {
        const wanted = home(entries[next]!, entries[next + secondAt]!, entries.length)
        if (distance(wanted, next, entries.length) < distance(hole, next, entries.length)) continue
        copy(entries, next, entries, hole)
        hole = next
      }
      entries[hole + secondAt] = 0
    },
  }
}

/** Spreads tokens over the places, of which there is a power of two: neighbouring code points must not be neighbours here. */
function home(first: number, second: number, length: number): number {
  const mixed = Math.imul(Math.imul(first, 0x9e3779b1) + second, 0x85ebca6b)
  return ((mixed ^ (mixed >>> 15)) * width) & (length - 1)
}

const after = (at: number, length: number): number => (at + width) & (length - 1)
const distance = (from: number, to: number, length: number): number => (to - from) & (length - 1)

function copy(from: Uint32Array, source: number, to: Uint32Array, target: number): void {
  for (let i = 0; i < width; i++) to[target + i] = from[source + i]!
}
