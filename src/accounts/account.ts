import { z } from '../platform/schema.ts'
import type { Role } from './actor.ts'

/** A mobile number of mainland China as people write it, kept as `+8613800138000`. */
export const Phone = z
  .string()
  .max(40)
  .transform((written) => written.normalize('NFKC').replaceAll(/[\s\-()]/g, ''))
  .transform((dense) => dense.replace(/^(\+|00)?86(?=1\d{10}$)/, ''))
  .refine((number) => /^1[3-9]\d{9}$/.test(number), { error: 'not-a-phone', params: { code: 'not-a-phone' } })
  .transform((number) => `+86${number}`)

/** What stands for a number where somebody may look over a shoulder. */
export const maskedPhone = (phone: string) => phone.replace(/^\+86(\d{3})\d{4}(\d{4})$/, '$1****$2')

/** What an account may do for the subject of a membership: all, all but its members, or look. */
export const Rank = z.enum(['owner', 'editor', 'viewer'])
export type Rank = z.infer<typeof Rank>

/** That an account acts for a subject: for an organisation it belongs to, for the expert or broker it is, or for the market's operator. */
export interface Membership {
  id: string
  version: number
  accountId: string
  role: Role
  /** Null for the operator only. */
  subjectId: string | null
  rank: Rank
  createdAt: string
  endedAt: string | null
}

/** A person who can sign in. */
export interface Account {
  id: string
  version: number
  phone: string | null
  /** Null while none was given. */
  email: string | null
  hasSecondFactor: boolean
}

/** Somebody who is signed in on one device, and for whom he acts there. */
export interface Session {
  id: string
  account: Account
  /** All that he may act for. */
  memberships: Membership[]
  /** The one he acts for here; null where there is none, or where he has yet to choose. */
  membership: Membership | null
  /** The second factor stands between him and everything else. */
  needsSecondFactor: boolean
}
