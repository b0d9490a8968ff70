import { z } from '../platform/schema.ts'
import { Rank } from './account.ts'
import { Role } from './actor.ts'
import { KeyScope } from './token.ts'

/** For whom somebody may act. */
export const OwnMembership = z
  .strictObject({ id: z.string(), role: Role, subjectId: z.string().nullable(), name: z.string().nullable(), rank: Rank })
  .openapi('OwnMembership')

/** Who asks, as the market knows him. */
export const Who = z
  .strictObject({
    /** Null while he acts for nobody. */
    role: Role.nullable(),
    subjectId: z.string().nullable(),
    rank: Rank.nullable(),
    /** The person; null for a program. */
    account: z
      .strictObject({
        id: z.string(),
        name: z.string().nullable(),
        /** With its middle left out. */
        phone: z.string().nullable(),
        email: z.string().nullable(),
        hasSecondFactor: z.boolean(),
      })
      .nullable(),
    /** For whom he acts, and all for whom he may; for a program none. */
    membership: OwnMembership.nullable(),
    memberships: z.array(OwnMembership),
    /** The key by which a program came. */
    key: z
      .strictObject({ id: z.string(), scopes: z.array(KeyScope).nullable(), requestsPerMinute: z.number().int().nullable() })
      .nullable(),
  })
  .openapi('Who')
export type Who = z.infer<typeof Who>
