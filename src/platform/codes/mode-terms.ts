import { z } from '@hono/zod-openapi'
import modes from './data/mode.json' with { type: 'json' }
import { ContractType, Mode } from './enums.ts'

/** What a mode of cooperation usually means: our defaults for matching, not rules of law. */
export const ModeTerms = z.object({
  pays: z.array(z.enum(['enterprise', 'enterprise-by-result', 'enterprise-with-voucher', 'both', 'city', 'shares', 'sender', 'fund'])),
  contracts: z.array(z.enum([...ContractType.options, 'agreement', 'order', 'appointment', 'purchase'])),
  /** Whether the employer of the expert must consent; `part-time`: only where the expert works beside the post. */
  hostConsent: z.enum(['yes', 'no', 'part-time']),
  equity: z.enum(['no', 'possible', 'often', 'yes']),
})
export type ModeTerms = z.infer<typeof ModeTerms>

const terms = new Map(modes.codes.map((row) => [Mode.parse(row.code), ModeTerms.parse(row)]))

export function termsOf(mode: Mode): ModeTerms {
  return terms.get(mode)!
}
