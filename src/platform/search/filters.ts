import { type Bits, bitsFor, countShared, exclude, has, include, intersect, subtract, unite } from './bits.ts'
import { roomFor } from './room.ts'
import type { Filters } from './search-index.ts'

/** For every filter name and value the documents that have it, as bitmaps built at write time. */
export interface FilterBitmaps {
  add(slot: number, name: string, value: string): void
  remove(slot: number, name: string, value: string): void
  /** Of `among`, the documents that share a value with every name of `filters` and none with any name of `without`. */
  passing(among: Bits, filters: Filters, without: Filters): Bits
  /**
   * How many of `matched` have each value of a name and pass all filters but that name's own; values nobody has are left
   * out. What `without` forbids stays forbidden, of the counted name too.
   */
  facet(matched: Bits, name: string, filters: Filters, without: Filters): Map<string, number>
  save(): SavedFilters
}

/** Name → value → the documents that have it. */
export type SavedFilters = Map<string, Map<string, { bits: Bits; count: number }>>

export function filterBitmaps(saved: SavedFilters = new Map()): FilterBitmaps {
  const names: SavedFilters = new Map()
  for (const [name, values] of saved) {
    names.set(name, new Map([...values].map(([value, { bits, count }]) => [value, { bits: bits.slice(), count }])))
  }

  const sharing = (name: string, values: string[], length: number): Bits => {
    const found = new Uint32Array(length)
    for (const value of values) {
      const bitmap = names.get(name)?.get(value)
      if (bitmap !== undefined) unite(found, bitmap.bits)
    }
    return found
  }
  const passing = (among: Bits, filters: Filters, without: Filters): Bits => {
    const passed = among.slice()
    for (const [name, values] of Object.entries(filters)) intersect(passed, sharing(name, values, passed.length))
    for (const [name, values] of Object.entries(without)) subtract(passed, sharing(name, values, passed.length))
    return passed
  }

  return {
    passing,
    add(slot, name, value) {
      const values = names.get(name) ?? new Map<string, { bits: Bits; count: number }>()
      names.set(name, values)
      const bitmap = values.get(value) ?? { bits: bitsFor(slot), count: 0 }
      values.set(value, bitmap)
      bitmap.bits = roomFor(bitmap.bits, (slot >>> 5) + 1)
      if (!has(bitmap.bits, slot)) bitmap.count++
      include(bitmap.bits, slot)
    },
    remove(slot, name, value) {
      const values = names.get(name)
      const bitmap = values?.get(value)
      if (values === undefined || bitmap === undefined || !has(bitmap.bits, slot)) return
      exclude(bitmap.bits, slot)
      if (--bitmap.count === 0) values.delete(value)
    },
    facet(matched, name, filters, without) {
      const { [name]: _, ...others } = filters
      const passed = passing(matched, others, without)
      const counts = new Map<string, number>()
      for (const [value, { bits }] of names.get(name) ?? []) {
        const count = countShared(passed, bits)
        if (count > 0) counts.set(value, count)
      }
      return counts
    },
    save: () => names,
  }
}
