import type { Demand } from '../../demands/demand.ts'
import type { Expert } from '../../directory/expert.ts'
import type { Offering } from '../../offerings/offering.ts'
import { z } from '../../platform/schema.ts'
import type { Ties } from '../conflict.ts'
import { Reason } from '../match.ts'

/** A hard condition that no score can make good. */
export const Condition = z.enum([
  'demand-closed',
  'supply-closed',
  'own-organisation',
  'mode-impossible',
  'region-impossible',
  'consent-withheld',
  'host-consent-withheld',
  'hidden',
  'no-capacity',
  'fully-booked',
  'refused-by-demand',
  'refused-by-supply',
  'conflict-of-interest',
  'topic-muted',
])
export type Condition = z.infer<typeof Condition>

/** What would lift a condition at the least, and whose it is to change; `modes`: any one of them is enough. */
export const Change = z
  .strictObject({
    side: z.enum(['demand', 'supply', 'either']),
    field: z.string(),
    to: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
  })
  .openapi('ExclusionChange')
export type Change = z.infer<typeof Change>

/** Why a pairing is not proposed. */
export const Exclusion = z
  .strictObject({
    condition: Condition,
    /** Codes and values that bind. */
    facts: Reason.shape.facts,
    /** Null where nothing that either side can change would lift it. */
    change: Change.nullable(),
  })
  .openapi('Exclusion')
export type Exclusion = z.infer<typeof Exclusion>

export interface Facing {
  today: string
  /** The demand's own enterprise may ask before it is published. */
  demandMayBeDraft: boolean
}

/** What stands opposite the demand. */
export type Opposite = { kind: 'offering'; noun: Offering } | { kind: 'expert'; noun: Expert }

/** What of a pairing no listing says: it stands in other rows. */
export interface Standing {
  /** Either side's refusal, while it stands. */
  refusal: { side: 'demand' | 'supply'; code: string; isReleased: boolean } | null
  /** How many cases of an expert's run at this time. */
  running: number
  /** How far a case of this very pairing is; null where there is none. */
  stage: string | null
  /** What is known of the demand's side beyond its own rows; null where nothing was looked up. */
  ties: Ties | null
}

export const nothingKnown: Standing = { refusal: null, running: 0, stage: null, ties: null }

/** One hard condition: whether it binds, by what, and what would lift it. */
export type HardCondition = (pairing: { demand: Demand; supply: Opposite; standing: Standing } & Facing) => Exclusion | null
