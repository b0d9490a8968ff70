import { expect, it } from 'vitest'
import { readIndicatorCases } from '../../src/evaluation/benchmark.ts'
import { measureIndicators } from '../../src/evaluation/indicators.ts'

// Recorded with the change that earned them. B was written without knowledge of the reader, and then read like A.
it.each([
  ['indicators_A', { verdict: 0.98, value: 0.98, parse: 0.98, falseClaims: 0.01 }],
  ['indicators_B', { verdict: 0.95, value: 0.9, parse: 0.98, falseClaims: 0.03 }],
])('judges %s as well as it did', (name, floor) => {
  const report = measureIndicators(readIndicatorCases(`tests/relevance/data/${name}.jsonl`))
  expect(report.verdictAccuracy).toBeGreaterThanOrEqual(floor.verdict)
  expect(report.valueAccuracy).toBeGreaterThanOrEqual(floor.value)
  expect(report.parseAccuracy).toBeGreaterThanOrEqual(floor.parse)
  expect(report.falseClaimRate).toBeLessThanOrEqual(floor.falseClaims)
  // The one mistake that loses a plant manager.
  expect(report.confusion.short.met).toBe(0)
})
