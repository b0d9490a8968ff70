import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bitsFor, include } from './bits.ts'
import { coarseVectors } from './coarse.ts'
import { unit, vectorStore } from './vectors.ts'

/** Numbers that look random and are the same in every run. */
const noise = (i: number, turn: number) => Math.sin(i * 12.9898 + turn * 78.233) * Math.cos(i * 3.7 + turn)
const vectorOf = (length: number, turn: number) => Float32Array.from({ length }, (_, i) => noise(i, turn))
const product = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, x, i) => sum + x * b[i]!, 0)

describe('coarse vectors', () => {
  it('leave out none of the nearest, whatever the numbers', () => {
    const number = fc.double({ min: -1, max: 1, noNaN: true })
    const some = (length: number) =>
      fc.array(number, { minLength: length, maxLength: length }).map((values) => unit(Float32Array.from(values)))
    const world = fc
      .integer({ min: 1, max: 40 })
      .chain((length) => fc.tuple(some(length), fc.array(some(length), { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 8 })))
    fc.assert(
      fc.property(world, ([query, vectors, limit]) => {
        const coarse = coarseVectors(query.length)!
        for (const [row, vector] of vectors.entries()) coarse.put(row, vector)
        const rows = Uint32Array.from(vectors, (_, row) => row)
        const kept = [...coarse.narrow(query, rows, limit)]
        const nearest = [...rows].sort((a, b) => product(query, vectors[b]!) - product(query, vectors[a]!)).slice(0, limit)
        expect(kept).toEqual(expect.arrayContaining(nearest))
      }),
    )
  })
  it('leave out most of many', () => {
    const coarse = coarseVectors(512)!
    for (let row = 0; row < 5_000; row++) coarse.put(row, unit(vectorOf(512, row)))
    const kept = coarse.narrow(
      unit(vectorOf(512, 0.5)),
      Uint32Array.from({ length: 5_000 }, (_, row) => row),
      50,
    )
    expect(kept.length).toBeLessThan(1_000)
  })
  it('lead a scan of many vectors to what looking at each gives', () => {
    const store = vectorStore()
    const among = bitsFor(4_001)
    const rows = new Uint32Array(4_001)
    const vectors = Array.from({ length: 4_000 }, (_, n) => unit(vectorOf(100, n)))
    for (const [n, vector] of vectors.entries()) {
      store.put(`${n}`, Float32Array.from(vector))
      rows[n + 1] = store.hold(`${n}`)
      if (n % 7 !== 0) include(among, n + 1)
    }
    for (const turn of [0.3, 11.7, 500.2]) {
      const query = unit(vectorOf(100, turn))
      const found = store.scan(query, rows, among, 40, (a, b) => a - b)
      const expected = vectors
        .map((vector, n) => [n + 1, product(query, vector)] as const)
        .filter((_, n) => n % 7 !== 0)
        .sort((a, b) => b[1] - a[1])
      expect(found.map(([slot]) => slot)).toEqual(expected.slice(0, 40).map(([slot]) => slot))
    }
  })
})
