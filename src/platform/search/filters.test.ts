import { describe, expect, it } from 'vitest'
import { bitsFor, include, slotsIn } from './bits.ts'
import { filterBitmaps } from './filters.ts'

const listings: Record<string, string[]>[] = [
  { field: ['新材料', '航空'], state: ['open'] },
  { field: ['新材料'], state: ['open'] },
  { field: ['新材料'], state: ['closed'] },
  { field: ['电子'], state: ['open'] },
  { state: ['open'] },
]

function world() {
  const bitmaps = filterBitmaps()
  const everything = bitsFor(100)
  listings.forEach((filters, i) => {
    // Slots on both sides of a word's border.
    const slot = 30 + i
    include(everything, slot)
    for (const [name, values] of Object.entries(filters)) for (const value of values) bitmaps.add(slot, name, value)
  })
  const passing = (filters: Record<string, string[]>, without = {}) => {
    return [...slotsIn(bitmaps.passing(everything, filters, without))].map((slot) => slot - 30)
  }
  return { bitmaps, everything, passing }
}

describe('filters', () => {
  it('want one shared value of every name', () => {
    const { passing } = world()
    expect(passing({ field: ['航空', '电子'] })).toEqual([0, 3])
    expect(passing({ field: ['新材料'], state: ['open'] })).toEqual([0, 1])
    expect(passing({})).toEqual([0, 1, 2, 3, 4])
  })
  it('pass nothing for an empty list, an unknown value or an unknown name', () => {
    const { passing } = world()
    for (const [name, values] of [
      ['field', []],
      ['field', ['渔业']],
      ['planet', ['火星']],
    ] as const)
      expect(passing({ [name]: [...values] })).toEqual([])
  })
  it('take out what shares a forbidden value', () => {
    const { passing } = world()
    expect(passing({}, { field: ['新材料'], planet: ['火星'] })).toEqual([3, 4])
  })
  it('count a name under all filters but its own', () => {
    const { bitmaps, everything } = world()
    const filters = { field: ['电子'], state: ['open'] }
    expect(bitmaps.facet(everything, 'field', filters, {})).toEqual(
      new Map([
        ['新材料', 2],
        ['航空', 1],
        ['电子', 1],
      ]),
    )
    expect(bitmaps.facet(everything, 'state', filters, {})).toEqual(new Map([['open', 1]]))
    expect(bitmaps.facet(everything, 'state', {}, { state: ['closed'] })).toEqual(new Map([['open', 4]]))
  })
  it('forget a document, and a value with its last document', () => {
    const { bitmaps, everything, passing } = world()
    bitmaps.remove(33, 'field', '电子')
    bitmaps.remove(33, 'field', '电子')
    expect(passing({ field: ['电子'] })).toEqual([])
    expect([...bitmaps.facet(everything, 'field', {}, {}).keys()]).toEqual(['新材料', '航空'])
  })
})
