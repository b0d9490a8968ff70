import type { Actor } from '../../accounts/actor.ts'
import { may, permit } from '../../accounts/permissions.ts'
import { isOpen } from '../../demands/demand.ts'
import type { Expert } from '../../directory/expert.ts'
import { experts } from '../../directory/store.ts'
import { kindOfId } from '../../platform/ids.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { Delegation, InstitutionRequest } from '../delegation.ts'
import type { Interest } from '../interest.ts'
import type { Invitation } from '../invitation.ts'
import { askedOf, peopleOf } from '../store/asked.ts'
import { delegations, interests, invitations } from '../store.ts'
import { findSides, relationsToSides, type Sides } from './sides.ts'

/** What the actor's institution is asked, newest first: what waits for an answer, or what does not any more; 200 at most. 401, 403. */
export async function listRequests(ports: Ports, actor: Actor, isDone: boolean, limit = 200): Promise<InstitutionRequest[]> {
  permit(actor, 'delegation.read', ['organisation'])
  // What is past its days waits for nobody, though nobody has closed it.
  const asked = await Promise.all((isDone ? [false, true] : [true]).map((open) => askedOf(ports.database, actor.id, open)))
  const rows = asked.flatMap((each) => [...each.interests, ...each.invitations]).filter(isAsked)
  const found = (await Promise.all(rows.map((row) => requestOf(ports, actor, row)))).flat()
  return found
    .filter(({ state }) => isDone !== (state === 'open' || state === 'delegated'))
    .toSorted((a, b) => b.askedAt.localeCompare(a.askedAt) || a.id.localeCompare(b.id))
    .slice(0, limit)
}

/** Whom the institution may hand something to: its people who are in the market themselves, by name; 200 at most. */
export async function delegates(ports: Ports, actor: Actor): Promise<Expert[]> {
  permit(actor, 'delegation.make', ['organisation'])
  const rows = await peopleOf(ports.database, actor.id).orderBy('title').orderBy('id').limit(200).execute()
  const people = await experts.findMany(
    ports.database,
    rows.map(({ id }) => id),
  )
  return people.filter(({ claimed }) => claimed)
}

/** One that waits or does not, as the institution reads it. 401, 403, 404. */
export async function readRequest(ports: Ports, actor: Actor, id: string): Promise<InstitutionRequest> {
  permit(actor, 'delegation.read', ['organisation'])
  const row = await requestRow(ports, id)
  const [found] = row === undefined ? [] : await requestOf(ports, actor, row)
  if (found === undefined) throw new Problem('not-found', { id })
  return found
}

type Asked = (Interest & { state: Exclude<Interest['state'], 'waiting'> }) | Invitation

/** What waits for its demand is nothing that anybody was asked yet. */
const isAsked = (row: Interest | Invitation | undefined): row is Asked => row !== undefined && row.state !== 'waiting'

async function requestRow({ database }: Ports, id: string): Promise<Asked | undefined> {
  const row = await (kindOfId(id) === 'interest' ? interests.find(database, id) : invitations.find(database, id))
  return isAsked(row) ? row : undefined
}

async function requestOf(ports: Ports, actor: Actor, row: Asked): Promise<InstitutionRequest[]> {
  const sides = await findSides(ports, row)
  // Where the institution's own people ask, somebody else has to answer.
  if (sides === undefined || ('from' in row && row.from !== 'demand') || !isTheirs(actor, sides)) return []
  const [delegation = null] = await delegations.newest(
    ports.database,
    { request_id: row.id, institution_id: actor.id },
    { after: null, limit: 1 },
  )
  return [viewOf(row, stateOf(ports, row, sides), delegation?.state === 'ended' ? null : delegation)]
}

function viewOf(row: Asked, state: StandingState, delegation: Delegation | null): InstitutionRequest {
  return {
    // It came out of one of the two tables.
    id: row.id,
    kind: 'from' in row ? 'interest' : 'invitation',
    demandId: row.demandId,
    supplyId: row.supplyId,
    note: row.note,
    askedAt: row.createdAt,
    expiresAt: 'expiresAt' in row ? row.expiresAt : null,
    state: state === 'open' && delegation?.state === 'standing' ? 'delegated' : state,
    answeredAt: row.answeredAt,
    delegation,
  }
}

type StandingState = Exclude<InstitutionRequest['state'], 'delegated'>

function stateOf(ports: Ports, row: Asked, { demand }: Sides): StandingState {
  if (row.state !== 'open') return row.state
  return ('expiresAt' in row && row.expiresAt <= ports.now()) || !isOpen(demand, today(ports)) ? 'expired' : 'open'
}

const isTheirs = (actor: Actor, sides: Sides) => relationsToSides(actor, sides).supply.includes('organisation')

/** A request to the actor's institution, with the state that it has whoever it was handed to. 404 for what is none. */
export async function findRequest(ports: Ports, actor: Actor, id: string): Promise<{ id: string; state: StandingState }> {
  const row = await requestRow(ports, id)
  const sides = row && (await findSides(ports, row))
  const isOurs = row !== undefined && !('from' in row && row.from !== 'demand')
  if (!isOurs || sides === undefined || !may(actor, 'delegation.read', relationsToSides(actor, sides).supply))
    throw new Problem('not-found', { id })
  return { id, state: stateOf(ports, row, sides) }
}
