import { countAt, startAt, tokenTable } from './token-table.ts'

/**
 * For each token the list of its postings (slot and term frequency in one number), ordered by slot, in one shared typed
 * array: a list of one costs 4 bytes. A list lives in a block of the least power of two that holds it; blocks that become
 * free are used again. A token is two numbers, of which the second is not 0.
 */
export interface PostingLists {
  /** Adds to the frequency of a slot in a token's list. */
  add(first: number, second: number, slot: number, frequency: number): void
  /** Takes a slot out of a token's list, if it is there, and says how many are left. */
  remove(first: number, second: number, slot: number): number
  /** A token's postings, to be read before the next change: lists move when they grow. */
  postings(first: number, second: number): Uint32Array
}

/** A posting is its slot above the frequency's eight bits: room for 16 million slots, and BM25 has long levelled off at 255. */
export const slotIn = (posting: number): number => posting >>> 8
export const frequencyIn = (posting: number): number => posting & mostFrequent
const posting = (slot: number, frequency: number): number => ((slot << 8) | Math.min(mostFrequent, frequency)) >>> 0
const mostFrequent = 0xff

export function postingLists(): PostingLists {
  const table = tokenTable()
  let all = new Uint32Array(1024)
  let used = 0
  /** Starts of free blocks, by the exponent of their size. */
  const freeBlocks: number[][] = Array.from({ length: 32 }, () => [])

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
  const begin = (first: number, second: number, added: number) => {
    const start = takeBlock(0)
    all[start] = added
    const at = table.insert(first, second)
    table.entries()[at + startAt] = start
    table.entries()[at + countAt] = 1
  }
  const insert = (token: number, offset: number, added: number) => {
    const entries = table.entries()
    const count = entries[token + countAt]!
    if (isPowerOfTwo(count)) entries[token + startAt] = moved(entries[token + startAt]!, count, exponentOf(count), exponentOf(count) + 1)
    const start = entries[token + startAt]!
    if (offset < count) all.copyWithin(start + offset + 1, start + offset, start + count)
    all[start + offset] = added
    entries[token + countAt] = count + 1
  }

  return {
    add(first, second, slot, frequency) {
      const token = table.find(first, second)
      if (token < 0) return begin(first, second, posting(slot, frequency))
      const start = table.entries()[token + startAt]!
      const end = start + table.entries()[token + countAt]!
      // Mostly the slot is the newest, and so the last or beyond the last.
      const last = slotIn(all[end - 1]!)
      const at = last < slot ? end : last === slot ? end - 1 : place(start, end, slot)
      if (at < end && slotIn(all[at]!) === slot) all[at] = posting(slot, frequencyIn(all[at]!) + frequency)
      else insert(token, at - start, posting(slot, frequency))
    },
    remove(first, second, slot) {
      const token = table.find(first, second)
      if (token < 0) return 0
      const entries = table.entries()
      const start = entries[token + startAt]!
      const end = start + entries[token + countAt]!
      const at = place(start, end, slot)
      if (at === end || slotIn(all[at]!) !== slot) return end - start
      all.copyWithin(at, at + 1, end)
      const left = end - start - 1
      entries[token + countAt] = left
      if (left === 0) {
        freeBlocks[0]!.push(start)
        table.delete(token)
      } else if (isPowerOfTwo(left)) entries[token + startAt] = moved(start, left, exponentOf(left) + 1, exponentOf(left))
      return left
    },
    postings(first, second) {
      const token = table.find(first, second)
      if (token < 0) return all.subarray(0, 0)
      const start = table.entries()[token + startAt]!
      return all.subarray(start, start + table.entries()[token + countAt]!)
    },
  }
}

const isPowerOfTwo = (count: number): boolean => (count & (count - 1)) === 0
const exponentOf = (powerOfTwo: number): number => 31 - Math.clz32(powerOfTwo)

/** The array itself, or a copy with room for at least `length` entries: half as much again, so that a large one does not double. */
export function roomFor<Numbers extends Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array>(
  array: Numbers,
  length: number,
): Numbers {
  if (length <= array.length) return array
  // The constructor of a typed array makes its own kind.
  const larger = new (array.constructor as new (length: number) => Numbers)(Math.max(length, Math.ceil(array.length * 1.5)))
  larger.set(array)
  return larger
}
