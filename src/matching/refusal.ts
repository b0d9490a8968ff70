import { EnterpriseDeclineReason, ExpertDeclineReason } from '../platform/codes/enums.ts'
import type { FieldError } from '../platform/problem.ts'
import { id, stored, text, z } from '../platform/schema.ts'

/** The two sides of a pairing: whose problem it is, and who could solve it. */
export const Side = z.enum(['demand', 'supply'])
export type Side = z.infer<typeof Side>

/** What stands opposite a demand: a person, a result, or a whole institution that asks its people. */
export const SupplyId = z.union([id('exp'), id('off'), id('itn')])

export const refusalLifecycle = { standing: { end: 'ended' }, ended: { decline: 'standing' } } as const

/** Why somebody says no, whether the other side is told the reason, and a note that only the market reads. */
export const Decline = z
  .strictObject({
    code: z.enum([...new Set([...ExpertDeclineReason.options, ...EnterpriseDeclineReason.options])]),
    note: text(1, 500).nullable(),
    isReleased: z.boolean(),
  })
  .openapi('Decline')
export type Decline = z.infer<typeof Decline>

/** One side wants nothing to do with the other: the pairing is proposed to nobody while it stands. 不合适 */
export const Refusal = Decline.extend({
  id: id('rfs'),
  ...stored,
  visibility: z.literal('nda'),
  demandId: id('dem'),
  supplyId: SupplyId,
  side: Side,
  by: z.string(),
  state: z.enum(['standing', 'ended']),
}).openapi('Refusal')
export type Refusal = z.infer<typeof Refusal>

/** The reasons that a side may give; the lists are those of `codes/decline-reasons.json`. */
export const declineReasons = { demand: EnterpriseDeclineReason.options, supply: ExpertDeclineReason.options } as const

/** A reason of the other side's list, and 其他 without a word. */
export function declineFaults(side: Side, { code, note }: Decline): FieldError[] {
  if (!(declineReasons[side] as readonly string[]).includes(code))
    return [{ pointer: '/code', code: 'invalid-value', facts: { values: declineReasons[side].join(', ') } }]
  return code === 'other' && note === null ? [{ pointer: '/note', code: 'required' }] : []
}
