import { ContactPerson } from '../demands/demand.ts'
import { Enrolled } from '../directory/expert.ts'
import { IndicatorVerdict, MatchEvidence } from '../matching/match.ts'
import { Decline, SupplyId } from '../matching/refusal.ts'
import { id, instant, stored, text, z } from '../platform/schema.ts'

/** More than five nobody reads. */
export const shortlistAtMost = 5

/** A candidate as he stood on the list on the day it was made: what the enterprise may call him, and sentence beside sentence. */
export const ShortlistItem = z
  .strictObject({
    supplyId: SupplyId,
    title: z.string().max(300),
    /** Whether anybody had verified him, of one who entered the market himself; not kept of before. */
    enrolled: Enrolled.nullable().optional(),
    evidence: z.array(MatchEvidence).max(12),
    /** The demand's indicators against his figures; not kept of before. */
    indicators: z.array(IndicatorVerdict).max(40).optional(),
    /** Why the broker proposes him. */
    comment: text(1, 500).nullable(),
  })
  .openapi('ShortlistItem')

/** That the list went to somebody, and by which way. */
export const Sending = z
  .strictObject({ to: text(1, 60), how: z.enum(['link', 'wechat', 'word', 'paper', 'phone']), at: instant, by: z.string() })
  .openapi('Sending')
export type Sending = z.infer<typeof Sending>

/** What the enterprise says of one candidate. */
export const ShortlistAnswer = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('more'), supplyId: SupplyId }),
  z.strictObject({ answer: z.literal('later'), supplyId: SupplyId }),
  z.strictObject({ answer: z.literal('declined'), supplyId: SupplyId, ...Decline.shape }),
])
export type ShortlistAnswer = z.infer<typeof ShortlistAnswer>

/** Three to five candidates for one demand, as they went to its enterprise. 推荐名单 */
export const Shortlist = z
  .strictObject({
    id: id('sho'),
    ...stored,
    visibility: z.literal('nda'),
    demandId: id('dem'),
    madeBy: z.string(),
    /** A word from the broker at the top. */
    note: text(1, 1000).nullable(),
    items: z.array(ShortlistItem).max(shortlistAtMost),
    sent: z.array(Sending).max(100),
    /** Who answered by the link, and when; what he said are interests and refusals. */
    answeredBy: ContactPerson.nullable(),
    answeredAt: instant.nullable(),
  })
  .openapi('Shortlist')
export type Shortlist = z.infer<typeof Shortlist>

export const ShortlistRequest = z
  .strictObject({
    demandId: id('dem'),
    note: text(1, 1000).nullable(),
    items: z.array(z.strictObject({ supplyId: SupplyId, comment: text(1, 500).nullable() })).max(shortlistAtMost),
  })
  .openapi('ShortlistRequest')
export type ShortlistRequest = z.infer<typeof ShortlistRequest>

export const SendingRequest = Sending.pick({ to: true, how: true }).openapi('SendingRequest')
export type SendingRequest = z.infer<typeof SendingRequest>

/** The link by which the enterprise reads and answers; shown once. */
export const MadeShortlistLink = z.strictObject({ link: z.string(), expiresAt: instant }).openapi('MadeShortlistLink')
export type MadeShortlistLink = z.infer<typeof MadeShortlistLink>

/** What the holder of the link sends. */
export const ShortlistReply = z.strictObject({
  name: text(1, 60),
  phone: text(5, 40),
  answers: z.array(ShortlistAnswer).max(shortlistAtMost),
})
export type ShortlistReply = z.infer<typeof ShortlistReply>
