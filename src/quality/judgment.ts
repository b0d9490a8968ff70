import { SupplyId } from '../matching/refusal.ts'
import { id, stored, z } from '../platform/schema.ts'

/** 0 not what is asked for, 1 the same field only, 2 worth a talk, 3 answers it: ask here first. As in the graded benchmark. */
export const Grade = z.number().int().min(0).max(3)

/** How well a supply answers a demand, by somebody who was not told who it is, what others say and where it stood. 匹配评判 */
export const Judgment = z
  .strictObject({
    id: id('jdg'),
    ...stored,
    visibility: z.literal('nda'),
    demandId: id('dem'),
    supplyId: SupplyId,
    grade: Grade,
    /** The broker or operator who judged. */
    by: z.string(),
  })
  .openapi('Judgment')
export type Judgment = z.infer<typeof Judgment>

export const JudgmentRequest = Judgment.pick({ demandId: true, supplyId: true, grade: true }).openapi('JudgmentRequest')
export type JudgmentRequest = z.infer<typeof JudgmentRequest>

/** A pair as a judge sees it: what is asked for and what is offered, without names, places or scores. */
export const BlindPair = z
  .strictObject({
    demand: z.strictObject({ id: id('dem'), title: z.string(), text: z.string(), indicators: z.array(z.string()) }),
    supply: z.strictObject({ id: SupplyId, title: z.string(), text: z.string() }),
  })
  .openapi('BlindPair')
export type BlindPair = z.infer<typeof BlindPair>

export const NextPair = z
  .strictObject({
    /** Null where everything that was shown of late is judged. */
    pair: BlindPair.nullable(),
    /** How many pairs the asker has judged, and how many wait for him. */
    given: z.number().int(),
    waiting: z.number().int(),
  })
  .openapi('NextPair')
export type NextPair = z.infer<typeof NextPair>
