import { describe, expect, it } from 'vitest'
import { random } from '../platform/random.ts'
import { bootstrapped } from './bootstrap.ts'

const mean = (groups: readonly (readonly number[])[]) => groups[0]!.reduce((sum, value) => sum + value, 0) / groups[0]!.length

describe('the bootstrap', () => {
  it('gives the interval that the normal law gives for a mean', () => {
    const { next } = random(1)
    const values = Array.from({ length: 400 }, next)
    const { value, low, high } = bootstrapped([values], mean, 7)
    const error = Math.sqrt(1 / 12 / 400)
    expect(value).toBe(mean([values]))
    expect(low).toBeCloseTo(value - 1.96 * error, 2)
    expect(high).toBeCloseTo(value + 1.96 * error, 2)
  })

  it('says the same of the same seed, and of what does not differ that it does not', () => {
    const pairs = Array.from({ length: 50 }, (_, at) => ({ one: at, other: at }))
    const difference = (groups: readonly (readonly { one: number; other: number }[])[]) =>
      mean([groups[0]!.map(({ one, other }) => one - other)])
    expect(bootstrapped([pairs], difference, 3)).toEqual({ value: 0, low: 0, high: 0 })
    const better = pairs.map(({ one }, at) => ({ one: one + 1 + (at % 3), other: one }))
    const told = bootstrapped([better], difference, 3)
    expect(told.low).toBeGreaterThan(1)
    expect(bootstrapped([better], difference, 3)).toEqual(told)
  })

  it('keeps the size of each group', () => {
    const sizes = (groups: readonly (readonly number[])[]) => {
      expect(groups.map((each) => each.length)).toEqual([3, 1])
      return 0
    }
    bootstrapped([[1, 2, 3], [4]], sizes, 1, 20)
  })
})
