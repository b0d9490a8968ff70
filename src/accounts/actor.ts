import { z } from '../platform/schema.ts'

/** Who may hold a token. A visitor has none. */
export const Role = z.enum(['enterprise', 'expert', 'institution', 'park', 'broker', 'operator'])
export type Role = z.infer<typeof Role>

/** Who acts: a visitor, or somebody whose token names a role and, but for the operator, the subject he or she acts for. */
export type Actor = { role: 'visitor'; id: 'visitor' } | { role: 'operator'; id: string } | { role: Exclude<Role, 'operator'>; id: string }

export const visitor: Actor = { role: 'visitor', id: 'visitor' }

/** The kind of subject that each role acts for; the operator's actor id is the token's own. */
export const subjectKinds = {
  enterprise: 'enterprise',
  expert: 'expert',
  institution: 'institution',
  park: 'park',
  broker: 'broker',
} as const satisfies Record<Exclude<Role, 'operator'>, string>

/** What the market does by itself, such as closing what has passed its last day. */
export const marketItself: Actor = { role: 'operator', id: 'market' }
