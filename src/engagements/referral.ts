import { SupplyId } from '../matching/refusal.ts'
import { id, stored, text, z } from '../platform/schema.ts'

export const referralLifecycle = { open: { take: 'taken', drop: 'dropped' }, taken: {}, dropped: {} } as const
export type ReferralState = keyof typeof referralLifecycle

/** Whom somebody names. */
export const ReferralDraft = z.strictObject({ referred: text(1, 60), institution: text(1, 120).nullable(), note: text(1, 500).nullable() })
export type ReferralDraft = z.infer<typeof ReferralDraft>

/** 不是我方向，找某老师: somebody who was asked names another. 专家荐才 */
export const Referral = z
  .strictObject({
    id: id('ref'),
    ...stored,
    visibility: z.literal('nda'),
    demandId: id('dem'),
    /** What was answered: an invitation, or an interest. */
    invitationId: id('inv').nullable(),
    interestId: id('int').nullable(),
    /** Who sent the invitation, or else carried the demand, and follows this up; null where nobody carried it. */
    sentBy: z.string().nullable(),
    /** Who was asked. */
    fromId: SupplyId,
    name: text(1, 60),
    institution: text(1, 120).nullable(),
    note: text(1, 500).nullable(),
    state: z.enum(['open', 'taken', 'dropped']),
    /** The expert or institution that was asked instead; null while open, and where it was dropped. */
    supplyId: SupplyId.nullable(),
    closedBy: z.string().nullable(),
  })
  .openapi('Referral')
export type Referral = z.infer<typeof Referral>

/** Followed up by asking somebody of the directory, or not at all. */
export const ReferralClosing = z.strictObject({ supplyId: SupplyId.nullable() }).openapi('ReferralClosing')
export type ReferralClosing = z.infer<typeof ReferralClosing>
