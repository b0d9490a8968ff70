import { ContactPerson } from '../demands/demand.ts'
import { Code } from '../platform/codes/codes.ts'
import { day, text, z } from '../platform/schema.ts'

/** A mobile number has eleven digits; a line in an office has seven or eight with or without its area, and perhaps an extension. */
function isNumber(written: string): boolean {
  const dense = written
    .normalize('NFKC')
    .replaceAll(/[\s()-]/g, '')
    .replace(/^(\+|00)86/, '')
  return (
    /^1[3-9]\d{9}$/.test(dense) ||
    /^(?!1[3-9])(?:0\d{2,3})?\d{7,8}(?:(?:转|分机|ext\.?|,|#)?\d{1,6})?$/i.test(dense) ||
    /^(?:400|800)\d{7}$/.test(dense) ||
    /^\+\d{8,15}$/.test(dense)
  )
}

/** A need that a firm tells on the phone: whose, who called, what is missing. */
export const Call = z.strictObject({
  enterprise: text(2, 120),
  creditCode: text(18, 18).nullable(),
  region: Code.nullable(),
  caller: ContactPerson.shape.name,
  phone: text(5, 40).refine(isNumber, { error: 'not-a-call-number', params: { code: 'not-a-call-number' } }),
  on: day,
  title: text(4, 120),
  problem: text(2, 8000).nullable(),
  /** Whether it was read out to the caller, who agreed. */
  isConfirmed: z.boolean(),
})
export type Call = z.infer<typeof Call>
