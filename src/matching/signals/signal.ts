import type { Demand } from '../../demands/demand.ts'
import type { Code } from '../../platform/codes/codes.ts'
import type { IndicatorVerdict, Reason } from '../match.ts'

/** How near demand and supply are in subject, each 0…1 over the candidates of one question. */
export interface Topic {
  /** BM25 ÷ the best of the candidates. */
  text: number
  /** Cosine scaled to the span of the candidates; null where no vectors are. */
  meaning: number | null
  /** Both together by their weights; text alone where no vectors are. */
  near: number
}

/** What an offering and an expert have in common as a supply; null is unknown. */
export interface Supply {
  modes: readonly string[]
  region: Code | null
  territory: readonly Code[]
  readinessLevel: number | null
  /** Whether somebody comes to where the problem is; null for unknown, and where nobody has to. */
  travels: boolean | null
  /** The least it costs; null for unknown or negotiable. */
  leastPriceFen: number | null
  /** The least an expert works for; null for unknown. */
  leastFeeFen: number | null
  /** From when. */
  availableFrom: string | null
  /** When the facts were last confirmed. */
  confirmedAt: string | null
}

export interface Pair {
  demand: Demand
  supply: Supply
  topic: Topic
  /** What the supply's figures say of the demand's indicators; none where it was not looked at so closely. */
  verdicts: readonly IndicatorVerdict[]
  /** The market's day. */
  today: string
}

export const missing = 'missing'
export type Reading = { value: number; facts: Reason['facts'] } | typeof missing

/** One signal, one pure function of the two sides to 0…1, or missing: absent knowledge is not zero. */
export type Signal = (pair: Pair) => Reading

export function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value))
}
