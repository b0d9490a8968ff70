/**
 * Many growable lists of (slot, term frequency), ordered by slot, in two shared typed arrays: a list of one costs 6 bytes.
 * A list lives in a block of 2ⁿ entries; blocks and list numbers that become free are used again.
 */
export interface PostingLists {
  /** A new empty list's number. */
  open(): number
  /** Adds to the frequency of a slot; true if the list did not have the slot. */
  add(list: number, slot: number, frequency: number): boolean
  /** Takes a slot out and says how many are left; a list that has none left is closed and its number may be given again. */
  remove(list: number, slot: number): number
  count(list: number): number
  /** Where a list's entries are. The arrays are replaced when they grow: read them, then use them before the next change. */
  entries(list: number): { slots: Uint32Array; frequencies: Uint16Array; start: number; end: number }
}

const mostFrequent = 0xffff

export function postingLists(): PostingLists {
  let slots = new Uint32Array(1024)
  let frequencies = new Uint16Array(1024)
  let used = 0
  let starts = new Uint32Array(256)
  let counts = new Uint32Array(256)
  let exponents = new Uint8Array(256)
  let opened = 0
  const freeLists: number[] = []
  const freeBlocks: number[][] = Array.from({ length: 32 }, () => [])

  const block = (exponent: number): number => {
    const free = freeBlocks[exponent]!.pop()
    if (free !== undefined) return free
    const start = used
    used += 2 ** exponent
    slots = roomFor(slots, used)
    frequencies = roomFor(frequencies, used)
    return start
  }
  const widen = (list: number) => {
    const [old, count, exponent] = [starts[list]!, counts[list]!, exponents[list]!]
    const start = block(exponent + 1)
    slots.copyWithin(start, old, old + count)
    frequencies.copyWithin(start, old, old + count)
    freeBlocks[exponent]!.push(old)
    starts[list] = start
    exponents[list] = exponent + 1
  }
  /** Where the slot is in the shared arrays, or where it would be put. */
  const place = (list: number, slot: number): number => {
    let low = starts[list]!
    let high = low + counts[list]!
    // Mostly the newest slot is the highest.
    if (high > low && slots[high - 1]! < slot) return high
    while (low < high) {
      const middle = (low + high) >>> 1
      if (slots[middle]! < slot) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    open() {
      const list = freeLists.pop() ?? opened++
      starts = roomFor(starts, opened)
      counts = roomFor(counts, opened)
      exponents = roomFor(exponents, opened)
      starts[list] = block(0)
      counts[list] = 0
      exponents[list] = 0
      return list
    },
    add(list, slot, frequency) {
      let at = place(list, slot)
      if (at < starts[list]! + counts[list]! && slots[at] === slot) {
        frequencies[at] = Math.min(mostFrequent, frequencies[at]! + frequency)
        return false
      }
      if (counts[list] === 2 ** exponents[list]!) {
        const offset = at - starts[list]!
        widen(list)
        at = starts[list]! + offset
      }
      const end = starts[list]! + counts[list]!
      if (at < end) {
        slots.copyWithin(at + 1, at, end)
        frequencies.copyWithin(at + 1, at, end)
      }
      slots[at] = slot
      frequencies[at] = Math.min(mostFrequent, frequency)
      counts[list]!++
      return true
    },
    remove(list, slot) {
      const at = place(list, slot)
      const end = starts[list]! + counts[list]!
      slots.copyWithin(at, at + 1, end)
      frequencies.copyWithin(at, at + 1, end)
      const left = --counts[list]!
      if (left === 0) {
        freeBlocks[exponents[list]!]!.push(starts[list]!)
        freeLists.push(list)
      }
      return left
    },
    count: (list) => counts[list]!,
    entries: (list) => ({ slots, frequencies, start: starts[list]!, end: starts[list]! + counts[list]! }),
  }
}

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
