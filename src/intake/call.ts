import { ContactPerson } from '../demands/demand.ts'
import { Code } from '../platform/codes/codes.ts'
import { day, text, z } from '../platform/schema.ts'

/** A need that a firm tells on the phone: whose, who called, what is missing. */
export const Call = z.strictObject({
  enterprise: text(2, 120),
  creditCode: text(18, 18).nullable(),
  region: Code.nullable(),
  caller: ContactPerson.shape.name,
  phone: text(5, 40),
  on: day,
  title: text(4, 120),
  problem: text(2, 8000).nullable(),
  /** Whether it was read out to the caller, who agreed. */
  isConfirmed: z.boolean(),
})
export type Call = z.infer<typeof Call>
