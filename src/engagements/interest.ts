import { ContactPerson } from '../demands/demand.ts'
import { Decline, Side, SupplyId } from '../matching/refusal.ts'
import { id, instant, stored, text, z } from '../platform/schema.ts'
import { ReferralDraft } from './referral.ts'

/** One side asks, the other owes the answer. 合作意向 */
export const interestLifecycle = {
  /** Asked about a demand that is not published yet; goes out with it. */
  waiting: { send: 'open', withdraw: 'withdrawn' },
  open: { accept: 'accepted', decline: 'declined', withdraw: 'withdrawn' },
  accepted: {},
  declined: {},
  withdrawn: {},
} as const
export type InterestState = keyof typeof interestLifecycle

/** That one side of a pairing wants to know more of the other. */
export const Interest = z
  .strictObject({
    id: id('int'),
    ...stored,
    visibility: z.literal('nda'),
    demandId: id('dem'),
    supplyId: SupplyId,
    /** Who asks. */
    from: Side,
    askedBy: z.string(),
    note: text(1, 1000).nullable(),
    /** How the asker is reached; told to the other side once it says yes. */
    askerContact: ContactPerson.nullable(),
    state: z.enum(['waiting', 'open', 'accepted', 'declined', 'withdrawn']),
    answeredBy: z.string().nullable(),
    answeredAt: instant.nullable(),
    answererContact: ContactPerson.nullable(),
    decline: Decline.nullable(),
    /** Of a yes: whether to meet, or a call of half an hour first. */
    how: z.enum(['talk', 'call']).nullable(),
    /** Whom the side that was asked named instead. */
    referralId: id('ref').nullable(),
  })
  .openapi('Interest')
export type Interest = z.infer<typeof Interest>

export const InterestRequest = z
  .strictObject({
    demandId: id('dem'),
    supplyId: z.union([id('exp'), id('off')]),
    note: text(1, 1000).nullable(),
    contact: ContactPerson.nullable(),
  })
  .openapi('InterestRequest')
export type InterestRequest = z.infer<typeof InterestRequest>

export const InterestAnswer = z
  .discriminatedUnion('answer', [
    z.strictObject({ answer: z.enum(['accepted', 'call']), contact: ContactPerson.nullable() }),
    z.strictObject({ answer: z.literal('referred'), ...ReferralDraft.shape }),
    z.strictObject({ answer: z.literal('declined'), ...Decline.shape }),
  ])
  .openapi('InterestAnswer')
export type InterestAnswer = z.infer<typeof InterestAnswer>

/**
 * An interest as one of those may read it whom it concerns. The other side's contact is null until both want it. Of a no the asker reads
 * that it is one, and why where that was released; note and unreleased reason are null to him.
 */
export const InterestView = Interest.omit({ askedBy: true, answeredBy: true, decline: true, referralId: true })
  .extend({
    /** Whose turn it is: null once it is answered; `broker` where nobody answers for the other side yet. */
    owes: z.enum(['demand', 'supply', 'broker']).nullable(),
    decline: z.strictObject({ code: Decline.shape.code.nullable(), note: z.string().nullable() }).nullable(),
  })
  .openapi('InterestView')
export type InterestView = z.infer<typeof InterestView>
