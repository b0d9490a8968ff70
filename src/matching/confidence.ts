import { day, z } from '../platform/schema.ts'
import type { Engine, Fit } from './match.ts'

/**
 * How strongly a text answers a question: its BM25 ÷ the most that any text could have, plus the cosine (BM25 alone without a model). Unlike the
 * score it does not depend on the other candidates: it may be low for all of them.
 */
export function strengthOf({ bm25, cosine }: { bm25: number; cosine: number | null }, bound: number): number {
  return (bound === 0 ? 0 : bm25 / bound) + (cosine ?? 0)
}

export interface Calibration {
  intercept: number
  slope: number
}

/**
 * From strength to the probability that the market can answer: a logistic curve over the best strengths of 136 demands that public results
 * answer and 50 that they do not. `sunmao eval nomatch` prints what is fitted there, and its error on demands that took no part.
 */
export const calibrations: Record<Engine['mode'], Calibration> = {
  hybrid: { intercept: -5.04, slope: 17.229 },
  text: { intercept: -0.701, slope: 19.262 },
}

/** 0…1; 0 where there is no candidate at all. */
export function confidenceOf(strength: number | null, { intercept, slope }: Calibration): number {
  return strength === null ? 0 : 1 / (1 + Math.exp(-(intercept + slope * strength)))
}

/** A curve over this market's own judged pairs; see `quality/`. */
export const OwnCalibration = z.strictObject({
  mode: z.enum(['hybrid', 'text']),
  /** The model whose cosines it is over; null: text alone. */
  embedder: z.string().nullable(),
  intercept: z.number(),
  slope: z.number(),
  /** How many pairs it was fitted on. */
  pairs: z.number().int(),
  fittedOn: day,
})
export type OwnCalibration = z.infer<typeof OwnCalibration>

/** The curve in force, and whose pairs it stands on. */
export interface InForce {
  curve: Calibration
  from: 'demonstration' | 'own'
}

/** By which the journal and the table of settings know a market's own curve. */
export const calibrationId = 'calibration'

/** From which confidence on a word is said. The words stand on the curve above until a market has enough judged pairs of its own. */
export const fitFrom = { worthwhile: 0.8, related: 0.5 }

export function fitOf(strength: number | null, { curve }: InForce): Fit {
  const confidence = confidenceOf(strength, curve)
  return confidence >= fitFrom.worthwhile ? 'worthwhile' : confidence >= fitFrom.related ? 'related' : 'none'
}
