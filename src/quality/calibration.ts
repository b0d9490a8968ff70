import { type Calibration, confidenceOf } from '../matching/confidence.ts'

export interface Answerable {
  strength: number | null
  isAnswerable: boolean
}

/** The logistic curve of greatest likelihood (Newton's method; a trace of ridge keeps it finite where the two kinds do not overlap). */
export function fitted(known: readonly Answerable[]): Calibration {
  const ridge = 1e-3
  let [intercept, slope] = [0, 0]
  for (let step = 0; step < 100; step++) {
    let [g0, g1, h00, h01, h11] = [0, ridge * slope, 1e-9, 0, ridge]
    for (const { strength, isAnswerable } of known) {
      const x = strength ?? 0
      const p = 1 / (1 + Math.exp(-(intercept + slope * x)))
      const error = p - Number(isAnswerable)
      const weight = p * (1 - p)
      g0 += error
      g1 += error * x
      h00 += weight
      h01 += weight * x
      h11 += weight * x * x
    }
    const determinant = h00 * h11 - h01 * h01
    const [d0, d1] = [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant]
    intercept -= d0
    slope -= d1
    if (Math.abs(d0) + Math.abs(d1) < 1e-9) break
  }
  return { intercept, slope }
}

/** Each one's confidence by the curve that the other folds give; every fold has its share of both kinds. */
export function crossFitted(known: readonly Answerable[], folds: number): number[] {
  const places = { true: 0, false: 0 }
  const foldOf = known.map(({ isAnswerable }) => places[`${isAnswerable}`]++ % folds)
  const curves = Array.from({ length: folds }, (_, fold) => fitted(known.filter((_, at) => foldOf[at] !== fold)))
  return known.map(({ strength }, at) => confidenceOf(strength, curves[foldOf[at]!]!))
}

/**
 * Expected calibration error over bins of equal mass: how far confidence and outcome lie apart, on average. Where a bin ends among equal
 * confidences, each of them counts with the outcome that they have on average: their order says nothing.
 */
export function calibrationError(confidences: readonly number[], outcomes: readonly boolean[], bins = 5): number {
  const order = confidences.map((_, at) => at).sort((a, b) => confidences[a]! - confidences[b]!)
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const alike = Map.groupBy(order, (at) => confidences[at]!)
  const outcomeOf = new Map([...alike].map(([confidence, own]) => [confidence, mean(own.map((at) => Number(outcomes[at])))]))
  return Array.from({ length: bins }, (_, bin) => {
    const own = order.slice(Math.round((bin * order.length) / bins), Math.round(((bin + 1) * order.length) / bins))
    if (own.length === 0) return 0
    const gap = mean(own.map((at) => confidences[at]!)) - mean(own.map((at) => outcomeOf.get(confidences[at]!)!))
    return (own.length / order.length) * Math.abs(gap)
  }).reduce((sum, share) => sum + share, 0)
}

/** Mean squared difference of confidence and outcome (Brier). */
export function brierScore(confidences: readonly number[], outcomes: readonly boolean[]): number {
  return confidences.reduce((sum, value, at) => sum + (value - Number(outcomes[at])) ** 2, 0) / confidences.length
}
