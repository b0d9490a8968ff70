/**
 * Many growable lists of postings (slot and term frequency in one number), ordered by slot, in one shared typed array: a
 * list of one costs 4 bytes. A list lives in a block of the least power of two that holds it; blocks and list numbers that
 * become free are used again.
 */
export interface PostingLists {
  /** A new empty list's number. */
  open(): number
  /** Adds to the frequency of a slot. */
  add(list: number, slot: number, frequency: number): void
  /** Takes a slot out and says how many are left; a list that has none left is closed and its number may be given again. */
  remove(list: number, slot: number): number
  count(list: number): number
  /** A list's postings, to be read before the next change: lists move when they grow. */
  postings(list: number): Uint32Array
}

/** A posting is its slot above the frequency's eight bits: room for 16 million slots, and BM25 has long levelled off at 255. */
export const slotIn = (posting: number): number => posting >>> 8
export const frequencyIn = (posting: number): number => posting & mostFrequent
const posting = (slot: number, frequency: number): number => ((slot << 8) | Math.min(mostFrequent, frequency)) >>> 0
const mostFrequent = 0xff

export function postingLists(): PostingLists {
  let all = new Uint32Array(1024)
  let used = 0
  let starts = new Uint32Array(256)
  let counts = new Uint32Array(256)
  let opened = 0
  const freeLists: number[] = []
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
  const move = (list: number, from: number, to: number) => {
    const old = starts[list]!
    starts[list] = takeBlock(to)
    all.copyWithin(starts[list]!, old, old + counts[list]!)
    freeBlocks[from]!.push(old)
  }
  /** Where the slot's posting is, or where it would be put. */
  const place = (list: number, slot: number): number => {
    let low = starts[list]!
    let high = low + counts[list]!
    while (low < high) {
      const middle = (low + high) >>> 1
      if (slotIn(all[middle]!) < slot) low = middle + 1
      else high = middle
    }
    return low
  }
  const insert = (list: number, at: number, added: number) => {
    const offset = at - starts[list]!
    const count = counts[list]!
    if (count > 0 && isPowerOfTwo(count)) move(list, exponentOf(count), exponentOf(count) + 1)
    const start = starts[list]!
    if (offset < count) all.copyWithin(start + offset + 1, start + offset, start + count)
    all[start + offset] = added
    counts[list] = count + 1
  }

  return {
    open() {
      const list = freeLists.pop() ?? opened++
      starts = roomFor(starts, opened)
      counts = roomFor(counts, opened)
      starts[list] = takeBlock(0)
      counts[list] = 0
      return list
    },
    add(list, slot, frequency) {
      const end = starts[list]! + counts[list]!
      // Mostly the slot is the newest, and so the last or beyond the last.
      const last = counts[list] === 0 ? -1 : slotIn(all[end - 1]!)
      const at = last < slot ? end : last === slot ? end - 1 : place(list, slot)
      if (at < end && slotIn(all[at]!) === slot) all[at] = posting(slot, frequencyIn(all[at]!) + frequency)
      else insert(list, at, posting(slot, frequency))
    },
    remove(list, slot) {
      const at = place(list, slot)
      const end = starts[list]! + counts[list]!
      if (at === end || slotIn(all[at]!) !== slot) return counts[list]!
      all.copyWithin(at, at + 1, end)
      const left = --counts[list]!
      if (left === 0) {
        freeBlocks[0]!.push(starts[list]!)
        freeLists.push(list)
      } else if (isPowerOfTwo(left)) move(list, exponentOf(left) + 1, exponentOf(left))
      return left
    },
    count: (list) => counts[list]!,
    postings: (list) => all.subarray(starts[list]!, starts[list]! + counts[list]!),
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
