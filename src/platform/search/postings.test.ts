import { describe, expect, it } from 'vitest'
import { postingLists } from './posting-lists.ts'
import { postings } from './postings.ts'
import { ceiling } from './ranking.ts'

const scoresOf = (index: ReturnType<typeof postings>, tokens: string[], documents: number) => {
  const scores = new Float64Array(8)
  index.score(new Set(tokens), documents, 1, scores)
  return [...scores]
}

describe('postings', () => {
  it('scores by BM25 with the weighted frequency and length of all fields', () => {
    const index = postings()
    index.add(1, ['焊', '接'], 2)
    index.add(1, ['焊', '变', '形'], 1)
    index.add(2, ['涂', '层'], 1)
    const idf = Math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    const [tf, length, average] = [2 + 1, 2 * 2 + 3, (7 + 2) / 2]
    const expected = (idf * tf * 2.2) / (tf + 1.2 * (1 - 0.75 + (0.75 * length) / average))
    expect(scoresOf(index, ['焊'], 2)[1]).toBeCloseTo(expected, 12)
    expect(scoresOf(index, ['焊'], 2)[2]).toBe(0)
  })
  it('forgets a document whole, so that the rest scores as if it had never been there', () => {
    const [amended, fresh] = [postings(), postings()]
    amended.add(1, ['焊', '接'], 1)
    amended.add(2, ['焊', '缝', '焊'], 1)
    amended.add(3, ['接', '头'], 1)
    amended.remove(2)
    fresh.add(1, ['焊', '接'], 1)
    fresh.add(3, ['接', '头'], 1)
    const tokens = ['焊', '接', '缝', '头']
    expect(scoresOf(amended, tokens, 2)).toEqual(scoresOf(fresh, tokens, 2))
    expect(amended.bound(new Set(tokens), 2, 1)).toBe(fresh.bound(new Set(tokens), 2, 1))
  })
  it('takes a slot again between others', () => {
    const index = postings()
    for (const slot of [1, 2, 3]) index.add(slot, ['焊'], 1)
    index.remove(2)
    index.add(2, ['焊', '焊'], 1)
    const [, first, second, third] = scoresOf(index, ['焊'], 3)
    expect(first).toBe(third)
    expect(second).toBeGreaterThan(0)
  })
  it('bounds a token nobody has by the highest ceiling', () => {
    const index = postings()
    index.add(1, ['焊'], 1)
    expect(index.bound(new Set(['焊', '镍']), 1, 0.5)).toBe(ceiling(1, 1, 0.5) + ceiling(1, 0, 0.5))
  })
})

describe('posting lists', () => {
  it('stay ordered by slot in whatever order slots come', () => {
    const lists = postingLists()
    const list = lists.open()
    for (const slot of [5, 1, 9, 3, 7, 2]) lists.add(list, slot, slot)
    const { slots, frequencies, start, end } = lists.entries(list)
    expect([...slots.subarray(start, end)]).toEqual([1, 2, 3, 5, 7, 9])
    expect([...frequencies.subarray(start, end)]).toEqual([1, 2, 3, 5, 7, 9])
  })
  it('use the room of closed lists again', () => {
    const lists = postingLists()
    for (let round = 0; round < 5_000; round++) {
      const list = lists.open()
      for (let slot = 1; slot <= 20; slot++) lists.add(list, slot, 1)
      for (let slot = 20; slot >= 1; slot--) lists.remove(list, slot)
    }
    const { slots } = lists.entries(lists.open())
    expect(slots.length).toBe(1024)
  })
  it('hold a frequency at its largest number instead of beginning anew', () => {
    const lists = postingLists()
    const list = lists.open()
    lists.add(list, 1, 65_000)
    lists.add(list, 1, 65_000)
    const { frequencies, start } = lists.entries(list)
    expect(frequencies[start]).toBe(65_535)
  })
})
