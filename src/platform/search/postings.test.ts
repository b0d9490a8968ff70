import { describe, expect, it } from 'vitest'
import { frequencyIn, postingLists, slotIn } from './posting-lists.ts'
import { postings } from './postings.ts'
import { ceiling } from './ranking.ts'

const scoresOf = (index: ReturnType<typeof postings>, question: string, documents: number) => {
  const scores = new Float64Array(8)
  const bound = index.score(question, documents, scores)
  return { bound, scores: [...scores] }
}

describe('postings', () => {
  it('score by BM25 with the weighted frequency and length of all fields', () => {
    const index = postings()
    index.put(1, [
      { text: '焊，接', weight: 2 },
      { text: '焊，变，形', weight: 1 },
    ])
    index.put(2, [{ text: '涂，层', weight: 1 }])
    const idf = Math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    const [tf, length, average] = [2 + 1, 2 * 2 + 3, (7 + 2) / 2]
    const expected = (idf * tf * 2.2) / (tf + 1.2 * (1 - 0.75 + (0.75 * length) / average))
    const { scores } = scoresOf(index, '焊', 2)
    expect(scores[1]).toBeCloseTo(expected, 12)
    expect(scores[2]).toBe(0)
  })
  it('add up characters, half of pairs, and words', () => {
    const index = postings()
    index.put(1, [{ text: '𬭳焊 TC4', weight: 1 }])
    index.put(2, [{ text: '涂层', weight: 1 }])
    const { scores } = scoresOf(index, '𬭳焊tc4', 2)
    const each = (weight: number, average: number, length: number) =>
      (ceiling(2, 1, weight) * 1) / (1 + 1.2 * (1 - 0.75 + (0.75 * length) / average))
    expect(scores[1]).toBeCloseTo(2 * each(1, 2, 2) + each(0.5, 1, 1) + each(1, 0.5, 1), 12)
  })
  it('forget a document whole, so that the rest scores as if it had never been there', () => {
    const [amended, fresh] = [postings(), postings()]
    amended.put(1, [{ text: '焊接', weight: 1 }])
    amended.put(2, [
      { text: '焊缝焊 TC4 TC4', weight: 1 },
      { text: '焊缝', weight: 2 },
    ])
    amended.put(3, [{ text: '接头', weight: 1 }])
    amended.remove(2)
    fresh.put(1, [{ text: '焊接', weight: 1 }])
    fresh.put(3, [{ text: '接头', weight: 1 }])
    expect(scoresOf(amended, '焊接缝头tc4', 2)).toEqual(scoresOf(fresh, '焊接缝头tc4', 2))
  })
  it('take a slot again between others', () => {
    const index = postings()
    for (const slot of [1, 2, 3]) index.put(slot, [{ text: '焊', weight: 1 }])
    index.remove(2)
    index.put(2, [{ text: '焊焊', weight: 1 }])
    const [, first, second, third] = scoresOf(index, '焊', 3).scores
    expect(first).toBe(third)
    expect(second).toBeGreaterThan(0)
  })
  it('bound a token nobody has by the highest ceiling', () => {
    const index = postings()
    index.put(1, [{ text: '焊', weight: 1 }])
    expect(scoresOf(index, '焊，镍', 1).bound).toBe(ceiling(1, 1, 1) + ceiling(1, 0, 1))
  })
})

describe('posting lists', () => {
  const token = [0, 0x710a] as const
  const postingsOf = (lists: ReturnType<typeof postingLists>) => lists.postings(lists.find(...token))
  const take = (lists: ReturnType<typeof postingLists>, slot: number) => lists.remove(lists.find(...token), slot, () => {})

  it('stay ordered by slot in whatever order slots come and go', () => {
    const lists = postingLists()
    for (const slot of [5, 1, 9, 3, 7, 2]) lists.add(...token, slot, slot)
    expect([...postingsOf(lists)].map(slotIn)).toEqual([1, 2, 3, 5, 7, 9])
    expect([...postingsOf(lists)].map(frequencyIn)).toEqual([1, 2, 3, 5, 7, 9])
    for (const slot of [5, 4, 9]) take(lists, slot)
    expect([...postingsOf(lists)].map(slotIn)).toEqual([1, 2, 3, 7])
  })
  it('say of which token a slot is new, and which token has ended', () => {
    const lists = postingLists()
    const number = lists.add(...token, 3, 1)
    expect(number).toBe(lists.find(...token))
    expect([lists.add(...token, 3, 1), lists.add(...token, 4, 1)]).toEqual([0, number])
    const ended: number[][] = []
    for (const slot of [3, 5, 4]) lists.remove(number, slot, (...which) => ended.push(which))
    expect(ended).toEqual([[...token]])
    expect(lists.find(...token)).toBe(0)
  })
  it('use the room of emptied lists again', () => {
    const lists = postingLists()
    for (let round = 1; round <= 5_000; round++) {
      for (let slot = 1; slot <= 20; slot++) lists.add(0, round, slot, 1)
      for (let slot = 20; slot >= 1; slot--) lists.remove(lists.find(0, round), slot, () => {})
    }
    expect(postingsOf(lists)).toHaveLength(0)
    expect(postingsOf(lists).buffer.byteLength).toBe(4 * 1024)
  })
  it('hold a frequency at its largest number instead of beginning anew, and the highest slots', () => {
    const lists = postingLists()
    for (const slot of [1, 2 ** 24 - 1]) for (let time = 0; time < 2; time++) lists.add(...token, slot, 200)
    expect([...postingsOf(lists)].map(frequencyIn)).toEqual([255, 255])
    expect([...postingsOf(lists)].map(slotIn)).toEqual([1, 2 ** 24 - 1])
  })
})
