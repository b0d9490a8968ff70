import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { type Membership, maskedEmail, maskedPhone, type Session } from '../account.ts'
import { type Actor, type Role, subjectIdOf } from '../actor.ts'
import type { Who } from '../who.ts'
import { named } from './membership.ts'

/** Who asks. 401 for a visitor. A session's own choice counts, whoever `actor` was before it was made. */
export async function whoIs(ports: Pick<Ports, 'database'>, actor: Actor | null, session: Session | null): Promise<Who> {
  if (session !== null) return personOf(ports, session)
  if (actor === null || actor.role === 'visitor' || actor.role === 'link') throw new Problem('not-signed-in')
  const { role, rank, key, scopes } = actor
  return {
    // What is left is a role.
    role: role satisfies Role,
    subjectId: subjectIdOf(actor),
    rank,
    account: null,
    membership: null,
    memberships: [],
    key: key && { ...key, scopes: scopes && [...scopes] },
  }
}

async function personOf(ports: Pick<Ports, 'database'>, { account, memberships, membership }: Session): Promise<Who> {
  const shown = new Map(
    (await named(ports, memberships)).map(({ id, role, subjectId, name, rank }) => [id, { id, role, subjectId, name, rank }]),
  )
  const { id, name, phone, email, hasSecondFactor } = account
  return {
    ...rolesOf(membership),
    account: { id, name, phone: phone && maskedPhone(phone), email: email && maskedEmail(email), hasSecondFactor },
    membership: (membership && shown.get(membership.id)) ?? null,
    memberships: [...shown.values()],
    key: null,
  }
}

function rolesOf(membership: Membership | null): Pick<Who, 'role' | 'subjectId' | 'rank'> {
  if (membership === null) return { role: null, subjectId: null, rank: null }
  const { role, subjectId, rank } = membership
  return { role, subjectId, rank }
}
