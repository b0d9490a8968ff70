import { instant, text, z } from '../platform/schema.ts'
import { Rank } from './account.ts'
import { Role } from './actor.ts'
import { type Scope, scopes } from './permissions.ts'

/** A bearer token: names a role, and the subject it acts for. The secret itself is shown once and kept only as a hash. */
export interface Token {
  id: string
  version: number
  role: Role
  /** Null for an operator only. */
  subjectId: string | null
  expiresAt: string
  revokedAt: string | null
  createdAt: string
  /** What its owner calls it. */
  name: string | null
  /** Who made it, and without whose membership it is worth nothing; null for one that the command line gave. */
  accountId: string | null
  /** The token by which it was made; it is worth nothing without it. */
  madeWith: string | null
  /** Null for all that the role may. */
  rank: Rank | null
  scopes: readonly Scope[] | null
  /** Null for what the market lets everybody do. */
  requestsPerMinute: number | null
  /** The last day on which somebody came with it. */
  lastUsedOn: string | null
}

/** What a key can be made for. The list is never empty: every verb has a scope. */
export const KeyScope = z.enum(scopes as [Scope, ...Scope[]])

export const longestKeyDays = 365

/** What a member says when he makes a key. */
export const KeyDraft = z
  .strictObject({
    name: text(1, 60),
    days: z.number().int().min(1).max(longestKeyDays),
    /** Null for everything that its maker may do. */
    scopes: z.array(KeyScope).min(1).max(scopes.length).nullable(),
    /** Null for its maker's own; never more than that. */
    rank: Rank.nullable(),
    requestsPerMinute: z.number().int().min(1).max(6_000).nullable(),
  })
  .openapi('KeyDraft')
export type KeyDraft = z.infer<typeof KeyDraft>

/** A key as its organisation sees it. */
export const Key = z
  .strictObject({
    id: z.string(),
    version: z.number().int().min(1),
    name: text(1, 60).nullable(),
    role: Role,
    subjectId: z.string().nullable(),
    rank: Rank.nullable(),
    scopes: z.array(KeyScope).nullable(),
    requestsPerMinute: z.number().int().nullable(),
    expiresAt: instant,
    revokedAt: instant.nullable(),
    lastUsedOn: z.string().nullable(),
    createdAt: instant,
  })
  .openapi('Key')
export type Key = z.infer<typeof Key>

/** A key on the day it is made: its secret is never shown again. */
export const MadeKey = Key.extend({ secret: z.string() }).openapi('MadeKey')
export type MadeKey = z.infer<typeof MadeKey>

export function keyOf({ accountId: _, madeWith: __, scopes, ...token }: Token): Key {
  return { ...token, scopes: scopes && [...scopes] }
}
