import type { Actor } from '../../accounts/actor.ts'
import type { Relation } from '../../accounts/permissions.ts'
import { institutions } from '../../directory/store.ts'
import type { Ports } from '../../platform/ports.ts'
import type { Delegation } from '../delegation.ts'
import { delegations } from '../store.ts'

/** An expert has it until it is taken back from him; once it was answered he may go on reading it. */
const held = ['standing', 'answered']

/** How the actor stands to a request beside what he is to its sides. */
export async function heldBy({ database }: Pick<Ports, 'database'>, { role, id }: Actor, requestId: string): Promise<Relation[]> {
  if (role !== 'expert') return []
  return (await delegations.count(database, { request_id: requestId, expert_id: id, state: held })) > 0 ? ['delegated'] : []
}

/** What the actor was handed and has not been taken back, newest first, 100 at most. */
export async function heldDelegations({ database }: Pick<Ports, 'database'>, { role, id }: Actor): Promise<Delegation[]> {
  return role === 'expert' ? delegations.newest(database, { expert_id: id, state: held }, { after: null, limit: 100 }) : []
}

/** What waits for his answer in somebody else's place, with the name of the institution that asks him to. */
export async function handedTo(ports: Pick<Ports, 'database'>, actor: Actor): Promise<{ institution: string; delegation: Delegation }[]> {
  const standing = (await heldDelegations(ports, actor)).filter(({ state }) => state === 'standing')
  const ids = [...new Set(standing.map(({ institutionId }) => institutionId))]
  const names = new Map((await institutions.findMany(ports.database, ids)).map(({ id, name }) => [id, name]))
  return standing.map((delegation) => ({ delegation, institution: names.get(delegation.institutionId) ?? '' }))
}
