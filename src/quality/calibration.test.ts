import { describe, expect, it } from 'vitest'
import { confidenceOf } from '../matching/confidence.ts'
import { brierScore, calibrationError, crossFitted, fitted } from './calibration.ts'

/** A thousand strengths of which as many are answerable as the curve says. */
const true_ = { intercept: -3, slope: 8 }
const known = Array.from({ length: 1000 }, (_, at) => {
  const strength = (at % 100) / 100
  return { strength, isAnswerable: confidenceOf(strength, true_) > Math.floor(at / 100) / 10 + 0.05 }
})

describe('calibration', () => {
  it('finds the curve by which outcomes were made', () => {
    const { intercept, slope } = fitted(known)
    expect(intercept).toBeCloseTo(true_.intercept, 0)
    expect(slope).toBeCloseTo(true_.slope, 0)
  })

  it('is near the truth for those that took no part, and no candidate at all is no confidence', () => {
    const confidences = crossFitted(known, 5)
    const outcomes = known.map(({ isAnswerable }) => isAnswerable)
    expect(calibrationError(confidences, outcomes)).toBeLessThan(0.05)
    const base = outcomes.filter(Boolean).length / outcomes.length
    expect(brierScore(confidences, outcomes)).toBeLessThan(base * (1 - base) - 0.04)
    expect(confidenceOf(null, true_)).toBe(0)
  })

  it('stays finite where the two kinds do not overlap', () => {
    const { slope } = fitted([0.1, 0.2, 0.8, 0.9].map((strength) => ({ strength, isAnswerable: strength > 0.5 })))
    expect(Number.isFinite(slope)).toBe(true)
    expect(slope).toBeGreaterThan(0)
  })

  it('counts how far confidence and outcome lie apart', () => {
    expect(calibrationError([0.9, 0.9, 0.9, 0.9, 0.9], [false, false, false, false, false])).toBeCloseTo(0.9)
    expect(brierScore([1, 0], [true, false])).toBe(0)
    expect(brierScore([0, 1], [true, false])).toBe(1)
  })
})
