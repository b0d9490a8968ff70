import { ContactPerson } from '../demands/demand.ts'
import { Decline, SupplyId } from '../matching/refusal.ts'
import { id, instant, stored, text, z } from '../platform/schema.ts'
import { ReferralDraft } from './referral.ts'

export const invitationLifecycle = {
  open: { accept: 'accepted', decline: 'declined', refer: 'referred', withdraw: 'withdrawn' },
  accepted: {},
  declined: {},
  referred: {},
  withdrawn: {},
} as const
export type InvitationState = keyof typeof invitationLifecycle

/** A broker asks a person or a transfer office about a demand, by a link that needs no account. 邀请 */
export const Invitation = z
  .strictObject({
    id: id('inv'),
    ...stored,
    visibility: z.literal('nda'),
    demandId: id('dem'),
    supplyId: SupplyId,
    sentBy: z.string(),
    /** What the broker writes above the question. */
    note: text(1, 500).nullable(),
    expiresAt: instant,
    state: z.enum(['open', 'accepted', 'declined', 'referred', 'withdrawn']),
    /** Whether he wants to talk, or a call of half an hour first. */
    how: z.enum(['talk', 'call']).nullable(),
    /** Who answered, as he called himself. */
    answeredBy: ContactPerson.nullable(),
    answeredAt: instant.nullable(),
    decline: Decline.nullable(),
    /** Whom he named instead. */
    referralId: id('ref').nullable(),
  })
  .openapi('Invitation')
export type Invitation = z.infer<typeof Invitation>

export const InvitationRequest = z
  .strictObject({ demandId: id('dem'), supplyId: SupplyId, note: text(1, 500).nullable() })
  .openapi('InvitationRequest')
export type InvitationRequest = z.infer<typeof InvitationRequest>

/** The invitation on the day it is made: its link is never shown again. */
export const MadeInvitation = Invitation.extend({ link: z.string() }).openapi('MadeInvitation')
export type MadeInvitation = z.infer<typeof MadeInvitation>

/** An invitation as those read it who are asked. */
export const ReceivedInvitation = Invitation.omit({ sentBy: true, referralId: true }).openapi('ReceivedInvitation')
export type ReceivedInvitation = z.infer<typeof ReceivedInvitation>

const name = text(1, 60)
/** What whoever is asked answers, by the link or signed in. */
export const InvitationReply = z
  .discriminatedUnion('answer', [
    z.strictObject({ answer: z.enum(['talk', 'call']), name, phone: text(5, 40) }),
    z.strictObject({ answer: z.literal('refer'), name, ...ReferralDraft.shape }),
    z.strictObject({ answer: z.literal('decline'), ...Decline.shape }),
  ])
  .openapi('InvitationReply')
export type InvitationReply = z.infer<typeof InvitationReply>
