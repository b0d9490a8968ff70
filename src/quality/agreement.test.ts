import { expect, it } from 'vitest'
import { agreementOf } from './agreement.ts'

const times = (count: number, ...pairs: number[][]) => Array.from({ length: count }, () => pairs).flat()

it('is 1 where both always say the same, and 0 where they agree as often as chance does', () => {
  expect(agreementOf(times(5, [0, 0], [3, 3])).kappa).toBe(1)
  expect(agreementOf(times(5, [0, 0], [0, 3], [3, 0], [3, 3])).kappa).toBeCloseTo(0, 12)
})

it('counts a distance by its square', () => {
  // Half of them differ by one; by hand: seen 0.5, shares ¼ each of 0…3 and expected 2.5.
  const judged = times(5, [0, 0], [1, 1], [2, 2], [3, 3], [0, 1], [1, 0], [2, 3], [3, 2])
  expect(agreementOf(judged)).toEqual({ pairs: 40, kappa: 1 - 0.5 / 2.5 })
})

it('says nothing of few pairs, of one judge, or where there is only one grade', () => {
  expect(agreementOf(times(9, [0, 3]))).toEqual({ pairs: 9, kappa: null })
  expect(agreementOf(times(50, [2]))).toEqual({ pairs: 0, kappa: null })
  expect(agreementOf(times(10, [2, 2]))).toEqual({ pairs: 10, kappa: null })
})
