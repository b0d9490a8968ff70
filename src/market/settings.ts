import { codesOf } from '../platform/codes/codes.ts'
import { text, z } from '../platform/schema.ts'

/** What follows from a tie between the two sides of a pairing, or of the broker to both: it is not proposed, or it is said beside it. */
const ConflictRule = z.enum(['block', 'disclose'])
export const ConflictRules = z
  .strictObject({
    kinds: z.strictObject({
      'same-unit': ConflictRule,
      equity: ConflictRule,
      'joint-work': ConflictRule,
      other: ConflictRule,
      'broker-both-sides': ConflictRule,
    }),
    /** Joint work that lies further back is none. */
    jointWorkYears: z.number().int().min(0).max(20),
  })
  .openapi('ConflictRules')
export type ConflictRules = z.infer<typeof ConflictRules>

/** What the operator decides about the market. */
export const MarketSettings = z
  .strictObject({
    name: text(2, 60),
    nameEn: text(2, 80),
    /** Region code of the market's own city. */
    regionCode: text(6, 6).refine((code) => codesOf('region').some((row) => row.code === code), {
      error: 'unknown-code',
      params: { code: 'unknown-code' },
    }),
    /** Whether institutions with standing trust publish without the operator's vetting. */
    trustedPublishAtOnce: z.boolean(),
    /** Whether a broker may take a demand that nobody has been assigned to. */
    brokersMayTake: z.boolean(),
    conflicts: ConflictRules,
  })
  .openapi('MarketSettings')
export type MarketSettings = z.infer<typeof MarketSettings>

export const defaultSettings: MarketSettings = {
  name: '科技大市场',
  nameEn: 'Technology Market',
  regionCode: '990100',
  trustedPublishAtOnce: true,
  brokersMayTake: true,
  conflicts: {
    kinds: { 'same-unit': 'block', equity: 'disclose', 'joint-work': 'disclose', other: 'disclose', 'broker-both-sides': 'disclose' },
    jointWorkYears: 3,
  },
}
