import { day, id, instant, text, z } from '../platform/schema.ts'

/** The enterprise's yes as somebody records it who heard it or saw it: whose it was, and on which day; today where that is left out. */
export const RecordedConfirmation = z.strictObject({ how: z.enum(['phone', 'signature']), by: text(1, 60), on: day.optional() })
export type RecordedConfirmation = z.infer<typeof RecordedConfirmation>

/** What an enterprise can answer to a demand that somebody entered for it. */
export const ConfirmationAnswer = z.enum(['confirmed', 'corrected', 'not-theirs'])
export type ConfirmationAnswer = z.infer<typeof ConfirmationAnswer>

/** That an enterprise was asked, by a link, whether a demand is as it wants it; and what it said. */
export const ConfirmationRequest = z
  .strictObject({
    id: z.string(),
    demandId: id('dem'),
    state: z.enum(['open', 'expired', 'answered']),
    answer: ConfirmationAnswer.nullable(),
    /** What is wrong, in the words of whoever had the link. */
    note: text(1, 1000).nullable(),
    answeredAt: instant.nullable(),
    expiresAt: instant,
    createdAt: instant,
  })
  .openapi('ConfirmationRequest')
export type ConfirmationRequest = z.infer<typeof ConfirmationRequest>

/** The request on the day it is made: its link is never shown again. */
export const MadeConfirmationRequest = ConfirmationRequest.extend({ link: z.string() }).openapi('MadeConfirmationRequest')
export type MadeConfirmationRequest = z.infer<typeof MadeConfirmationRequest>

/** What the holder of a link sends: a yes to the version that he saw, a note of what is wrong, or that it is not his. */
export const ConfirmationReply = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('confirmed'), by: text(1, 60), version: z.number().int() }),
  z.strictObject({ answer: z.literal('corrected'), note: text(1, 1000) }),
  z.strictObject({ answer: z.literal('not-theirs') }),
])
export type ConfirmationReply = z.infer<typeof ConfirmationReply>
