import type { Compilable } from 'kysely'
import { subjectRows } from '../../directory/store.ts'
import { record } from '../../platform/journal/journal.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { Membership, Rank, Session } from '../account.ts'
import { findSubject, refuseOtherRanks } from '../actions.ts'
import { actsForSubject, type Role } from '../actor.ts'
import { findMembership, insertMembership, membershipsOf, updateMembership, updateSession } from '../store.ts'

/** Lets an account act for a subject. 422 for a subject or a rank that does not fit the role, 409 where it does so already. */
export async function admitMember(
  ports: Ports,
  actorId: string,
  wanted: { accountId: string; role: Role; subjectId: string | null; rank: Rank },
  alongside: Compilable[] = [],
): Promise<Membership> {
  const { database } = ports
  const { accountId, role, subjectId, rank } = wanted
  await findSubject(ports, role, subjectId)
  refuseOtherRanks(role, rank)
  const isMember = async () => (await membershipsOf(database, accountId)).some((each) => each.role === role && each.subjectId === subjectId)
  if (await isMember()) throw new Problem('already-exists', { reason: 'member' })
  const at = ports.now()
  const membership: Membership = { id: ports.newId('membership'), version: 1, ...wanted, createdAt: at, endedAt: null }
  const facts = { accountId, role, subjectId, rank }
  const entry = { subjectId: membership.id, subjectVersion: 1, kind: 'membership.admitted', actorId, at, facts } as const
  try {
    await database.commit(record(database, entry), insertMembership(database, membership), ...alongside)
  } catch (error) {
    // Twice at the same moment: an index lets one in.
    if (await isMember()) throw new Problem('already-exists', { reason: 'member' }, { cause: error })
    throw error
  }
  return membership
}

/** From now on the account does not act for the subject, in no session. */
export async function endMembership(ports: Ports, actorId: string, id: string): Promise<Membership> {
  const { database } = ports
  const membership = await findMembership(database, id)
  if (membership === undefined) throw new Problem('not-found', { id })
  if (membership.endedAt !== null) throw new Problem('not-allowed-now', { state: 'ended' })
  const at = ports.now()
  const ended = { ...membership, version: membership.version + 1, endedAt: at }
  const entry = { subjectId: id, subjectVersion: ended.version, kind: 'membership.ended', actorId, at, facts: {} } as const
  await database.commit(updateMembership(database, ended), record(database, entry))
  return ended
}

/** Chooses whom this session acts for; it stays so until it ends or chooses again. */
export async function actFor(ports: Pick<Ports, 'database'>, session: Session, membershipId: string): Promise<Membership> {
  const membership = session.memberships.find(({ id }) => id === membershipId)
  if (membership === undefined) throw new Problem('not-found')
  await ports.database.commit(updateSession(ports.database, session.id, { membership_id: membershipId }))
  return membership
}

/** A membership with the name of its subject; null for the operator, who has none. */
export interface NamedMembership extends Membership {
  name: string | null
}

/** The name of whom a session acts for; null while there is nobody, for those who act for no subject, and once it is erased. */
export async function actingFor({ database }: Pick<Ports, 'database'>, { membership }: Session): Promise<string | null> {
  if (membership === null || membership.subjectId === null || !actsForSubject(membership.role)) return null
  return (await subjectRows[membership.role].find(database, membership.subjectId))?.name ?? null
}

export async function named(ports: Pick<Ports, 'database'>, memberships: readonly Membership[]): Promise<NamedMembership[]> {
  return Promise.all(
    memberships.map(async (membership) => ({ ...membership, name: await findSubject(ports, membership.role, membership.subjectId) })),
  )
}
