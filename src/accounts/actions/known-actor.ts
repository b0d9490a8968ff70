import { counties, experts, isVerified, subjectRows } from '../../directory/store.ts'
import type { Verifiable } from '../../directory/verification.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Ports } from '../../platform/ports.ts'
import { type Actor, actingAs, actsForSubject, type Role } from '../actor.ts'
import { ranks } from '../permissions.ts'
import { authoredBy, disclosedTo, letHimselfIn } from '../store.ts'

/** Whoever acts for a subject, or for the market as a whole, with all that the permissions ask about him. */
export async function knownActor(
  { database, now }: Pick<Ports, 'database' | 'now'>,
  role: Role,
  id: string,
  { accountId = null, rank = 'owner', ...key }: Partial<Pick<Actor, 'accountId' | 'rank' | 'scopes' | 'key'>> = {},
): Promise<Actor> {
  const agreed = await disclosedTo(database, id, now())
  return actingAs(role, id, {
    ...key,
    accountId,
    agreed,
    rank,
    isVerified: await stands(database, role, id),
    regionCode: role === 'county' ? ((await counties.find(database, id))?.region.code ?? null) : null,
    authored: accountId !== null && ranks[rank].write === 'own' ? await authoredBy(database, accountId) : [],
  })
}

/**
 * A person is known by the claim of his profile, which somebody granted; who let himself in is known once he is verified. A broker is known
 * by the operator who registered him; an organisation was verified or not.
 */
async function stands(database: Database, role: Role, id: string): Promise<boolean> {
  if (!actsForSubject(role) || role === 'broker') return true
  if (role === 'expert') {
    const expert = await experts.find(database, id)
    if (!expert?.claimed) return false
    return expert.enrolled === 'verified' || !(await letHimselfIn(database, id))
  }
  const subject = await subjectRows[role].find(database, id)
  return subject !== undefined && isVerified(database, subject)
}

/** Whether an organisation is here by the word of its members alone: somebody let himself in for it, and nobody has verified it. */
export async function isByOwnWord({ database }: Pick<Ports, 'database'>, organisation: Verifiable): Promise<boolean> {
  return (await letHimselfIn(database, organisation.id)) && !(await isVerified(database, organisation))
}
