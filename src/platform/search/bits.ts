/** A set of slots, one bit each. Sets may differ in length: what is beyond the end is not in the set. */
export type Bits = Uint32Array

export const bitsFor = (slots: number): Bits => new Uint32Array((slots >>> 5) + 1)

export const has = (bits: Bits, slot: number): boolean => ((bits[slot >>> 5] ?? 0) & (1 << (slot & 31))) !== 0

/** Puts a slot into the set; the slot must lie within its length. */
export function include(bits: Bits, slot: number): void {
  bits[slot >>> 5]! |= 1 << (slot & 31)
}

export function exclude(bits: Bits, slot: number): void {
  bits[slot >>> 5]! &= ~(1 << (slot & 31))
}

/** Adds to `bits` what `others` has; `bits` must be long enough. */
export function unite(bits: Bits, others: Bits): void {
  for (let i = 0; i < others.length && i < bits.length; i++) bits[i]! |= others[i]!
}

/** Keeps in `bits` only what `others` has too. */
export function intersect(bits: Bits, others: Bits): void {
  for (let i = 0; i < bits.length; i++) bits[i]! &= others[i] ?? 0
}

/** Takes out of `bits` what `others` has. */
export function subtract(bits: Bits, others: Bits): void {
  for (let i = 0; i < bits.length && i < others.length; i++) bits[i]! &= ~others[i]!
}

/** How many slots both sets have. */
export function countShared(a: Bits, b: Bits): number {
  let count = 0
  for (let i = 0; i < a.length && i < b.length; i++) {
    const both = a[i]! & b[i]!
    // Facets have many rare values, whose words are mostly empty.
    if (both !== 0) count += ones(both)
  }
  return count
}

/** The slots of the set, in rising order. */
export function slotsIn(bits: Bits): Uint32Array {
  const slots = new Uint32Array(countShared(bits, bits))
  let count = 0
  for (let i = 0; i < bits.length; i++) {
    for (let word = bits[i]!; word !== 0; word &= word - 1) slots[count++] = i * 32 + 31 - Math.clz32(word & -word)
  }
  return slots
}

/** Number of set bits of a 32-bit word, counted in parallel (Warren, Hacker's Delight, 5-1). */
function ones(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555)
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
