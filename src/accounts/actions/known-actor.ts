import { counties, experts, isVerified } from '../../directory/store.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Ports } from '../../platform/ports.ts'
import { type Actor, actingAs, type Role } from '../actor.ts'
import { ranks } from '../permissions.ts'
import { authoredBy } from '../store.ts'

/** Whoever acts for a subject, or for the market as a whole, with all that the permissions ask about him. */
export async function knownActor(
  { database }: Pick<Ports, 'database'>,
  role: Role,
  id: string,
  { accountId = null, rank = 'owner', ...key }: Partial<Pick<Actor, 'accountId' | 'rank' | 'scopes' | 'key'>> = {},
): Promise<Actor> {
  return actingAs(role, id, {
    ...key,
    accountId,
    rank,
    isVerified: await stands(database, role, id),
    regionCode: role === 'county' ? ((await counties.find(database, id))?.region.code ?? null) : null,
    authored: accountId !== null && ranks[rank].write === 'own' ? await authoredBy(database, accountId) : [],
  })
}

/** A person is known by the claim of his profile, a broker by the operator who registered him; an organisation was verified or not. */
async function stands(database: Database, role: Role, id: string): Promise<boolean> {
  switch (role) {
    case 'operator':
    case 'auditor':
    case 'service':
    case 'broker':
      return true
    case 'expert':
      return (await experts.find(database, id))?.claimed ?? false
    default:
      return isVerified(database, id)
  }
}
