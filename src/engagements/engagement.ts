import { Decline, SupplyId } from '../matching/refusal.ts'
import { day, id, instant, stored, text, z } from '../platform/schema.ts'
import { ReferralDraft } from './referral.ts'

/** 待推荐 → 已联系 → 洽谈中 → 已签约 | 流失. A board is corrected by hand: what was moved too far goes back. */
export const engagementLifecycle = {
  proposed: { contact: 'contacted', talk: 'talking', sign: 'signed', lose: 'lost' },
  contacted: { propose: 'proposed', talk: 'talking', sign: 'signed', lose: 'lost' },
  talking: { propose: 'proposed', contact: 'contacted', sign: 'signed', lose: 'lost' },
  signed: { talk: 'talking' },
  lost: { propose: 'proposed', contact: 'contacted', talk: 'talking' },
} as const
export type EngagementState = keyof typeof engagementLifecycle
export const EngagementStage = z.enum(['proposed', 'contacted', 'talking', 'signed', 'lost'])

/** One move on the board, by whom, and on which day it happened. */
export const Step = z
  .strictObject({
    to: EngagementStage,
    /** The day it happened; before the day it was recorded where it is 补录. */
    on: day,
    at: instant,
    by: z.string(),
    code: Decline.shape.code.nullable(),
    note: text(1, 500).nullable(),
  })
  .openapi('Step')
export type Step = z.infer<typeof Step>

/** A candidate whom the broker knows from elsewhere, with the place where he found him. */
export const Outside = z.strictObject({ name: text(1, 60), institution: text(1, 120).nullable(), source: text(1, 300) }).openapi('Outside')
export type Outside = z.infer<typeof Outside>

/** The case of one pairing: who, by which broker, and how far. 对接 */
export const Engagement = z
  .strictObject({
    id: id('eng'),
    ...stored,
    visibility: z.literal('nda'),
    demandId: id('dem'),
    /** Null for a candidate from outside, and once the person was erased. */
    supplyId: SupplyId.nullable(),
    outside: Outside.nullable(),
    brokerId: id('bro').nullable(),
    state: EngagementStage,
    /** All moves, oldest first; never empty. */
    steps: z.array(Step).max(200),
    /** The interest or invitation by which it came about. */
    causeId: z.string().nullable(),
  })
  .openapi('Engagement')
export type Engagement = z.infer<typeof Engagement>

export const EngagementRequest = z
  .strictObject({ demandId: id('dem'), supplyId: SupplyId.nullable(), outside: Outside.nullable() })
  .openapi('EngagementRequest')
export type EngagementRequest = z.infer<typeof EngagementRequest>

/** A move: to which stage, from which version of the case, and since when where it happened earlier. 流失 needs its reason. */
export const Move = z
  .strictObject({
    to: EngagementStage,
    version: z.number().int().min(1),
    on: day.nullable(),
    code: Decline.shape.code.nullable(),
    note: text(1, 500).nullable(),
    /** Whom the one who was asked named instead, where that is the reason: it becomes a referral. */
    referral: ReferralDraft.nullable().default(null),
  })
  .openapi('Move')
export type Move = z.infer<typeof Move>

/** The stages to which a case may go from one. */
export const nextStages = (state: EngagementState): EngagementState[] => Object.values(engagementLifecycle[state])

/** As many cases as may be moved at once. */
export const togetherAtMost = 100

/** Several cases to one stage, each from the version that was seen; one reason holds for all. */
export const JointMove = z
  .strictObject({
    cases: z
      .array(z.strictObject({ id: id('eng'), version: Move.shape.version }))
      .min(1)
      .max(togetherAtMost),
    ...Move.omit({ version: true, referral: true }).shape,
  })
  .openapi('JointMove')
export type JointMove = z.infer<typeof JointMove>

/** Whether a step was recorded after the day on which it happened. 补录 */
export const isBackfilled = ({ on, at }: Pick<Step, 'on' | 'at'>, dayOf: (at: string) => string): boolean => on < dayOf(at)
