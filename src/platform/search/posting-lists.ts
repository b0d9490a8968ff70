import { roomFor } from './room.ts'
import { countAt, type SavedTokens, startAt, tokenTable, width } from './token-table.ts'

/**
 * For each token the list of its postings (slot and term frequency in one number), ordered by slot, in one shared typed
 * array: a list of one costs 4 bytes. A list lives in a block of the least power of two that holds it; blocks that become
 * free are used again. A token is two numbers, of which the second is not 0.
 */
export interface PostingLists {
  /** A token's number, 0 while no list has it. */
  find(first: number, second: number): number
  /** Adds to the frequency of a slot in a token's list. Returns the token's number if the slot was not in it, else 0. */
  add(first: number, second: number, slot: number, frequency: number): number
  /** Takes a slot out of a token's list. A token whose list is empty then loses its number; `ended` is told. */
  remove(token: number, slot: number, ended: (first: number, second: number) => void): void
  /** A token's postings, to be read before the next change: lists move when they grow. */
  postings(token: number): Uint32Array
  save(): SavedPostingLists
}

export interface SavedPostingLists {
  tokens: SavedTokens
  all: Uint32Array
  freeBlocks: number[][]
}

const none = (): SavedPostingLists => ({
  tokens: new Uint32Array(width),
  all: new Uint32Array(0),
  freeBlocks: Array.from({ length: 32 }, () => []),
})

/** A posting is its slot above the frequency's eight bits: room for 16 million slots, and BM25 has long levelled off at 255. */
export const slotIn = (posting: number): number => posting >>> 8
export const frequencyIn = (posting: number): number => posting & mostFrequent
const posting = (slot: number, frequency: number): number => ((slot << 8) | Math.min(mostFrequent, frequency)) >>> 0
const mostFrequent = 0xff

export function postingLists(saved = none()): PostingLists {
  const table = tokenTable(saved.tokens)
  let all = roomFor(saved.all, saved.all.length + 1024)
  let used = saved.all.length
  /** Starts of free blocks, by the exponent of their size. */
  const freeBlocks = saved.freeBlocks

  const takeBlock = (exponent: number): number => {
    const free = freeBlocks[exponent]!.pop()
    if (free !== undefined) return free
    const start = used
    used += 2 ** exponent
    all = roomFor(all, used)
    return start
  }
  /** Moves a list that has just filled, or just left, half of the larger of two blocks. */
  const moved = (start: number, count: number, from: number, to: number): number => {
    const target = takeBlock(to)
    all.copyWithin(target, start, start + count)
    freeBlocks[from]!.push(start)
    return target
  }
  /** Where in a list the slot's posting is, or where it would be put. */
  const place = (start: number, end: number, slot: number): number => {
    let low = start
    let high = end
    while (low < high) {
      const middle = (low + high) >>> 1
      if (slotIn(all[middle]!) < slot) low = middle + 1
      else high = middle
    }
    return low
  }
  const begin = (first: number, second: number, added: number): number => {
    const start = takeBlock(0)
    all[start] = added
    const token = table.insert(first, second)
    table.entries()[token * width + startAt] = start
    table.entries()[token * width + countAt] = 1
    return token
  }
  const insert = (entry: number, offset: number, added: number) => {
    const entries = table.entries()
    const count = entries[entry + countAt]!
    if (isPowerOfTwo(count)) entries[entry + startAt] = moved(entries[entry + startAt]!, count, exponentOf(count), exponentOf(count) + 1)
    const start = entries[entry + startAt]!
    if (offset < count) all.copyWithin(start + offset + 1, start + offset, start + count)
    all[start + offset] = added
    entries[entry + countAt] = count + 1
  }

  return {
    find: table.find,
    add(first, second, slot, frequency) {
      const token = table.find(first, second)
      if (token === 0) return begin(first, second, posting(slot, frequency))
      const entry = token * width
      const start = table.entries()[entry + startAt]!
      const end = start + table.entries()[entry + countAt]!
      // Mostly the slot is the newest, and so the last or beyond the last.
      const last = slotIn(all[end - 1]!)
      const at = last < slot ? end : last === slot ? end - 1 : place(start, end, slot)
      if (at < end && slotIn(all[at]!) === slot) {
        all[at] = posting(slot, frequencyIn(all[at]!) + frequency)
        return 0
      }
      insert(entry, at - start, posting(slot, frequency))
      return token
    },
    remove(token, slot, ended) {
      const entries = table.entries()
      const entry = token * width
      const start = entries[entry + startAt]!
      const end = start + entries[entry + countAt]!
      const at = place(start, end, slot)
      if (at === end || slotIn(all[at]!) !== slot) return
      all.copyWithin(at, at + 1, end)
      const left = end - start - 1
      entries[entry + countAt] = left
      if (left === 0) {
        freeBlocks[0]!.push(start)
        ended(entries[entry]!, entries[entry + 1]!)
        table.delete(token)
      } else if (isPowerOfTwo(left)) entries[entry + startAt] = moved(start, left, exponentOf(left) + 1, exponentOf(left))
    },
    postings(token) {
      const start = table.entries()[token * width + startAt]!
      return all.subarray(start, start + table.entries()[token * width + countAt]!)
    },
    save: () => ({ tokens: table.save(), all: all.subarray(0, used), freeBlocks }),
  }
}

const isPowerOfTwo = (count: number): boolean => (count & (count - 1)) === 0
const exponentOf = (powerOfTwo: number): number => 31 - Math.clz32(powerOfTwo)
