import type { Reason } from './match.ts'
import { budget } from './signals/budget.ts'
import { deadline } from './signals/deadline.ts'
import { fee } from './signals/fee.ts'
import { demandFreshness, freshness } from './signals/freshness.ts'
import { indicators } from './signals/indicators.ts'
import { modes } from './signals/modes.ts'
import { readiness } from './signals/readiness.ts'
import { region } from './signals/region.ts'
import { missing, type Pair, type Signal } from './signals/signal.ts'
import { field, meaning, text } from './signals/topic.ts'
import { type Fusion, neutral, weights as standardWeights, type Weights } from './weights.ts'

const demandSide: Record<keyof Weights['demandSide'], Signal> = { text, meaning, indicators, readiness, budget, deadline, freshness }
const supplySide: Record<keyof Weights['supplySide'], Signal> = { field, modes, fee, region, 'demand-freshness': demandFreshness }

export interface Scored {
  score: number
  demandSide: number
  supplySide: number
  /** In the order of the weights; contributions of a side, added in this order, are exactly the side. */
  reasons: (Reason & { weight: number; contribution: number })[]
}

/** Both sides of a pairing, their reasons and the fused score, all 0…1. */
export function scored(pair: Pair, weights: Weights = standardWeights): Scored {
  const wanted = reasonsOf('demandSide', demandSide, weights.demandSide, pair)
  const offered = reasonsOf('supplySide', supplySide, weights.supplySide, pair)
  const [demand, supply] = [sum(wanted), sum(offered)]
  return { score: fused(demand, supply, weights.fusion), demandSide: demand, supplySide: supply, reasons: [...wanted, ...offered] }
}

/** Both sides as one score, 0…1. */
export function fused(one: number, other: number, fusion: Fusion = standardWeights.fusion): number {
  switch (fusion) {
    case 'harmonic':
      return one + other === 0 ? 0 : (2 * one * other) / (one + other)
    case 'geometric':
      return Math.sqrt(one * other)
    case 'arithmetic':
      return (one + other) / 2
    case 'minimum':
      return Math.min(one, other)
  }
}

function reasonsOf<Key extends string>(
  side: Reason['side'],
  signals: Record<Key, Signal>,
  weights: Record<Key, number>,
  pair: Pair,
): Scored['reasons'] {
  return (Object.keys(weights) as Key[]).map((key) => {
    const reading = signals[key](pair)
    const weight = weights[key]
    return reading === missing
      ? { key, side, value: null, weight, contribution: weight * neutral, facts: { unknown: true } }
      : { key, side, value: reading.value, weight, contribution: weight * reading.value, facts: reading.facts }
  })
}

function sum(reasons: Scored['reasons']): number {
  return reasons.reduce((total, { contribution }) => total + contribution, 0)
}
