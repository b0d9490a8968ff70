import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type DotArray, dotArray, lane, plainDotArray } from './dot.ts'
import { dotSource } from './dot-bytes.ts'

const numbers = (length: number, turn: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * 12.9898 + turn) / Math.sqrt(length))

/** Both vectors in one array, with others around them. */
function product(open: () => DotArray, a: Float32Array, b: Float32Array): number {
  const array = open()
  array.room(4 * lane).fill(7)
  array.room(3 * lane + 2 * a.length).set(a, lane)
  array.room(0).set(b, 2 * lane + a.length)
  return array.dot(lane, 2 * lane + a.length, a.length)
}

/** What dot.wat says, in single precision throughout: sixteen sums, then their sums. */
function reference(a: Float32Array, b: Float32Array): number {
  const sums = new Float32Array(lane)
  for (const [i, x] of a.entries()) sums[i % lane] = sums[i % lane]! + Math.fround(x * b[i]!)
  const [s, t, u, v] = [0, 4, 8, 12].map((from) => sums.subarray(from, from + 4))
  const lanes = s!.map((x, i) => Math.fround(x + t![i]!) + Math.fround(u![i]! + v![i]!))
  return Math.fround(Math.fround(lanes[0]! + lanes[1]!) + Math.fround(lanes[2]! + lanes[3]!))
}

describe('dot products', () => {
  it('by SIMD are bit for bit what dot.wat says', () => {
    for (const length of [16, 32, 48, 256, 512, 1024]) {
      for (let turn = 1; turn <= 20; turn++) {
        const [a, b] = [numbers(length, turn), numbers(length, turn / 3)]
        expect(product(dotArray, a, b)).toBe(reference(a, b))
      }
    }
  })
  it('without WebAssembly differ by rounding only', () => {
    for (const length of [16, 48, 512]) {
      const [a, b] = [numbers(length, 1), numbers(length, 1.2)]
      expect(product(plainDotArray, a, b)).toBeCloseTo(product(dotArray, a, b), 6)
    }
  })
  it('keep what is there when the array grows', () => {
    for (const open of [dotArray, plainDotArray]) {
      const array = open()
      array.room(lane).fill(0.5)
      array.room(5_000_000)
      expect(array.dot(0, 0, lane)).toBe(4)
    }
  })
  it('run the bytes of the dot.wat that stands beside them', () => {
    const source = readFileSync(new URL('dot.wat', import.meta.url))
    expect(createHash('sha256').update(source).digest('hex')).toBe(dotSource)
  })
})
