import { z } from '../platform/schema.ts'
import type { Rank } from './account.ts'
import type { Scope } from './permissions.ts'

/** As whom an account or a token may act. */
export const Role = z.enum([
  'enterprise',
  'expert',
  'institution',
  'broker',
  'provider',
  'park',
  'county',
  'operator',
  'auditor',
  'service',
])
export type Role = z.infer<typeof Role>

/** All kinds of actor: whoever is not signed in is a visitor, or the holder of a one-time link. */
export type ActorKind = Role | 'visitor' | 'link'
export const actorKinds = ['visitor', 'link', ...Role.options] as const satisfies readonly ActorKind[]

/** What a one-time link is for; it stands for one object and nothing else. */
export interface LinkPower {
  purpose: 'confirm-demand' | 'answer-invitation' | 'answer-shortlist'
  objectId: string
}

/** Who acts, with all that the permissions ask about him. Made once a request. */
export interface Actor {
  role: ActorKind
  /** The subject he acts for; for those who act for none (see `subjectKinds`) the account or the token; `visitor`; the link. */
  id: string
  /** The person, where somebody is signed in or made the token. */
  accountId: string | null
  /** What the organisation lets him do; one who acts for himself, or by a token of the operator's making, is an owner. */
  rank: Rank
  /** Whether the operator has verified that his organisation is what it says. */
  isVerified: boolean
  /** Its county's region code, for a county only. */
  regionCode: string | null
  /** Ids of what he himself brought in; known only of those whose rank lets them change nothing else. */
  authored: readonly string[]
  /** Ids of listings whose confidential part he may read: under their NDA, or (operator) with a reason that was recorded. */
  agreed: readonly string[]
  /** Only for the holder of a link. */
  link: LinkPower | null
  /** What a key was made for; null for everything. */
  scopes: readonly Scope[] | null
  /** The key he came with, and how often a minute it may be used where that was said; null for a session and for nobody. */
  key: { id: string; requestsPerMinute: number | null } | null
}

/** An actor by role and id, about whom nothing else is known. */
export function actingAs<Kind extends ActorKind>(role: Kind, id: string, known: Partial<Actor> = {}): Actor & { role: Kind } {
  return {
    accountId: null,
    rank: 'owner',
    isVerified: false,
    regionCode: null,
    authored: [],
    agreed: [],
    link: null,
    scopes: null,
    key: null,
    ...known,
    role,
    id,
  }
}

export const visitor: Actor = actingAs('visitor', 'visitor')

/** What the market does by itself, such as closing what has passed its last day. */
export const marketItself: Actor = actingAs('service', 'market')

/** Whoever runs the program beside the database: he could read and write all of it anyway. */
export const commandLine: Actor = actingAs('operator', 'command-line')

/** The kind of subject that each role acts for; the others act for the market as a whole, and their actor id is the account or the token. */
export const subjectKinds = {
  enterprise: 'enterprise',
  expert: 'expert',
  institution: 'institution',
  broker: 'broker',
  provider: 'provider',
  park: 'park',
  county: 'county',
} as const satisfies Partial<Record<Role, string>>
export type SubjectRole = keyof typeof subjectKinds

/** Whether a role acts for a subject of its own. */
export const actsForSubject = (role: ActorKind): role is SubjectRole => role in subjectKinds

/** The subject he acts for; null for those who act for none. */
export const subjectIdOf = ({ role, id }: Actor): string | null => (actsForSubject(role) ? id : null)

/** Whether he reads what only those read who are known: neither a visitor nor the holder of a link. */
export const isSignedIn = ({ role }: Actor): boolean => role !== 'visitor' && role !== 'link'
