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

/** An e-mail address, in the one form by which it is kept and found. */
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .refine((address) => z.email().safeParse(address).success, { error: 'not-an-email', params: { code: 'not-an-email' } })

/** What stands for an address where somebody may look over a shoulder. */
export const maskedEmail = (email: string) => email.replace(/^(.)[^@]*/, '$1***')

/** What stands for a number where somebody may look over a shoulder. */
export const maskedPhone = (phone: string) => phone.replace(/^\+86(\d{3})\d{4}(\d{4})$/, '$1****$2')

/** What a member may do for his organisation (see `ranks`); the last three are those of an institution. */
export const Rank = z.enum(['owner', 'editor', 'viewer', 'transfer-office', 'lab-head', 'expert'])
export type Rank = z.infer<typeof Rank>

/** The ranks that a role's members can have, the highest first; whoever acts for himself is his own owner. */
export function ranksOf(role: Role): readonly [Rank, ...Rank[]] {
  if (role === 'institution') return ['transfer-office', 'lab-head', 'expert', 'viewer']
  return role === 'expert' || role === 'broker' ? ['owner'] : ['owner', 'editor', 'viewer']
}

/** Whether members of the role can have the rank. */
export const isRankOf = (role: Role, rank: Rank): boolean => ranksOf(role).includes(rank)

/** The rank that reaches less far; one that the role does not have is that of who gives tokens at the command line, and reaches furthest. */
export function lowerRank(role: Role, a: Rank, b: Rank): Rank {
  const order = ranksOf(role)
  return order.indexOf(a) > order.indexOf(b) ? a : b
}

/** That an account acts for a subject: for an organisation it belongs to, for the expert or broker it is, or for the market's operator. */
export interface Membership {
  id: string
  version: number
  accountId: string
  role: Role
  /** Null for those who act for the market as a whole, see `subjectKinds`. */
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
  /** Null while none has shown to be his. */
  email: string | null
  /** Null where nobody has told it. */
  name: string | null
  hasPassword: boolean
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
  /** So does his agreement to how personal data is handled, where he has not given it to today's text. */
  needsAgreement: boolean
  /** When he last showed here who he is; null where it is not known. */
  signedInAt: string | null
}
