import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { byteDotArray, byteLane, type DotArray, dotArray, lane, plainDotArray } from './dot.ts'
import { dotSource } from './dot-bytes.ts'

const numbers = (length: number, turn: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * 12.9898 + turn) / Math.sqrt(length))

/** Each vector's dot product with the query, in an array where other numbers stand too. */
function products(open: () => DotArray, query: Float32Array, vectors: Float32Array[]): number[] {
  const array = open()
  const starts = Uint32Array.from(vectors, (_, i) => (i + 2) * (query.length + lane))
  array.room((vectors.length + 3) * (query.length + lane)).fill(7)
  array.room(0).set(query)
  for (const [i, vector] of vectors.entries()) array.room(0).set(vector, starts[i]!)
  return [...array.dots(starts, query.length)]
}

/** What dot.wat says, in single precision throughout. */
function reference(a: Float32Array, b: Float32Array): number {
  const sums = new Float32Array(4)
  for (const [i, x] of a.entries()) sums[i % 4] = sums[i % 4]! + Math.fround(x * b[i]!)
  return Math.fround(Math.fround(sums[0]! + sums[1]!) + Math.fround(sums[2]! + sums[3]!))
}

describe('dot products', () => {
  it('by SIMD are bit for bit what dot.wat says, however many there are', () => {
    for (const length of [4, 8, 60, 256, 512, 1024]) {
      const query = numbers(length, 0)
      for (let count = 0; count <= 9; count++) {
        const vectors = Array.from({ length: count }, (_, i) => numbers(length, count + i / 3))
        expect(products(dotArray, query, vectors)).toEqual(vectors.map((vector) => reference(query, vector)))
      }
    }
  })
  it('without WebAssembly differ by rounding only', () => {
    for (const length of [4, 60, 512]) {
      const [query, vectors] = [numbers(length, 0), [1, 2, 3, 4, 5].map((turn) => numbers(length, turn))]
      const [bySimd, plain] = [dotArray, plainDotArray].map((open) => products(open, query, vectors))
      for (const [i, product] of plain!.entries()) expect(product).toBeCloseTo(bySimd![i]!, 6)
    }
  })
  it('of bytes are exact, up to the largest', () => {
    for (const length of [16, 64, 512]) {
      const array = byteDotArray()!
      const query = Array.from({ length }, (_, i) => ((i * 37) % 255) - 127)
      const vectors = [
        query,
        query.map((x) => -x),
        query.map(() => -128),
        query.map((_, i) => ((i * 91) % 255) - 127),
        query.map(() => 127),
      ]
      const at = (i: number) => (i + 2) * length + byteLane
      const numbers = array.room(at(vectors.length)).fill(7)
      for (const [i, number] of query.entries()) numbers.set([number, number >> 8], 2 * i)
      for (const [i, vector] of vectors.entries()) numbers.set(vector, at(i))
      const starts = Uint32Array.from(vectors, (_, i) => at(i))
      const expected = vectors.map((vector) => vector.reduce((sum, y, i) => sum + y * query[i]!, 0))
      expect([...array.dots(starts, length)]).toEqual(expected)
    }
  })
  it('keep what is there when the array grows', () => {
    for (const open of [dotArray, plainDotArray]) {
      const array = open()
      array.room(2 * lane).fill(0.5)
      array.room(5_000_000)
      expect([...array.dots(Uint32Array.of(lane, 0, 4_000_000), lane)]).toEqual([1, 1, 0])
    }
  })
  it('run the bytes of the dot.wat that stands beside them', () => {
    const source = readFileSync(new URL('dot.wat', import.meta.url))
    expect(createHash('sha256').update(source).digest('hex')).toBe(dotSource)
  })
})
