import type { Compilable } from 'kysely'
import type { Actor } from '../../accounts/actor.ts'
import { may, permit } from '../../accounts/permissions.ts'
import { experts } from '../../directory/store.ts'
import type { Page } from '../../platform/database/listings.ts'
import { idFromOrigin } from '../../platform/ids.ts'
import { chronicle, commitTogether, nextOf, step } from '../../platform/journal/change.ts'
import { nextState } from '../../platform/lifecycle.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { type Delegation, type DelegationRequest, type DelegationUndoing, delegationLifecycle } from '../delegation.ts'
import { delegations } from '../store.ts'
import { findRequest } from './requests.ts'

/** Hands requests to one of the institution's people, also such as somebody else has; all or none. 401, 403, 404, 409, 422. */
export async function delegateRequests(
  ports: Ports,
  actor: Actor,
  { requestIds, ...assignment }: DelegationRequest,
): Promise<Delegation[]> {
  const found = await Promise.all([...new Set(requestIds)].map((id) => findRequest(ports, actor, id)))
  permit(actor, 'delegation.make', ['organisation'])
  await refuseWrong(ports, actor, assignment)
  const written = await Promise.all(found.map((request) => delegating(ports, actor, request, assignment)))
  await commitTogether(
    ports,
    written.flatMap(({ statements }) => statements),
  )
  return written.map(({ next }) => next)
}

type Assignment = Omit<DelegationRequest, 'requestIds'>

/** To one of its people who can be met in the market, and until a day that is not over. */
async function refuseWrong(ports: Ports, actor: Actor, { to, until }: Assignment): Promise<void> {
  const expert = await experts.find(ports.database, to)
  const isOwn = expert?.claimed && expert.affiliations.some(({ institutionId }) => institutionId === actor.id)
  const errors = [
    ...(isOwn ? [] : [{ pointer: '/to', code: 'unknown-reference' }]),
    ...(until !== null && until < today(ports) ? [{ pointer: '/until', code: 'past-day', facts: { today: today(ports) } }] : []),
  ]
  if (errors.length > 0) throw new Problem('invalid-input', { errors })
}

async function delegating(ports: Ports, actor: Actor, { id: requestId, state }: { id: string; state: string }, assignment: Assignment) {
  if (state !== 'open') throw new Problem('not-allowed-now', { state })
  // One row a request: of two who hand it on at the same moment, the journal lets one.
  const id = await idFromOrigin('delegation', `${actor.id} ${requestId}`)
  const before = await delegations.find(ports.database, id)
  const change = { kind: 'delegation.made', actorId: actor.id, facts: { requestId, to: assignment.to } } as const
  const now = ports.now()
  if (before !== undefined) {
    const next = nextState(delegationLifecycle, before.state, 'delegate')
    return nextOf(ports, delegations, before, { ...assignment, since: now, by: actor.id, former: standingOf(before), state: next }, change)
  }
  const next: Delegation = {
    id,
    originId: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
    visibility: 'nda',
    institutionId: actor.id,
    // It was found by it.
    requestId,
    by: actor.id,
    ...assignment,
    since: now,
    former: null,
    state: 'standing',
  }
  return { next, statements: [...chronicle(ports, next, change), ...delegations.insert(ports.database, next)] }
}

const standingOf = ({ state, to, note, until, since }: Delegation): Delegation['former'] =>
  state === 'standing' ? { to, note, until, since } : null

/** Takes a request back from whom it was handed to. 403, 404, 409. */
export async function endDelegation(ports: Ports, actor: Actor, id: string): Promise<Delegation> {
  const delegation = await findDelegation(ports, actor, id)
  permit(actor, 'delegation.end', relationsTo(actor, delegation))
  const state = nextState(delegationLifecycle, delegation.state, 'end')
  const change = { kind: 'delegation.ended', actorId: actor.id, facts: { requestId: delegation.requestId } } as const
  return step(ports, delegations, delegation, { state, former: standingOf(delegation) }, change)
}

/** Lets several go back by one change: to whom each was with before, or to nobody. 403, 404, 409 where one went on since. */
export async function undoDelegations(ports: Ports, actor: Actor, { delegations: seen }: DelegationUndoing): Promise<Delegation[]> {
  const written = await Promise.all(
    seen.map(async ({ id, version }) => {
      const before = await findDelegation(ports, actor, id)
      permit(actor, 'delegation.make', relationsTo(actor, before))
      if (before.version !== version) throw new Problem('changed-meanwhile', { state: before.state })
      const { former, requestId } = before
      nextState(delegationLifecycle, before.state, former === null ? 'end' : 'delegate')
      const changes: Partial<Delegation> =
        former === null ? { state: 'ended', former: standingOf(before) } : { ...former, state: 'standing', former: standingOf(before) }
      return nextOf(ports, delegations, before, changes, { kind: 'delegation.undone', actorId: actor.id, facts: { requestId } })
    }),
  )
  await commitTogether(
    ports,
    written.flatMap(({ statements }) => statements),
  )
  return written.map(({ next }) => next)
}

/** Delegations newest first: of an institution's requests, or to the expert who asks. 401, 403. */
export async function listDelegations(
  ports: Ports,
  actor: Actor,
  state: Delegation['state'] | null,
  page: Page,
): Promise<{ items: Delegation[]; next: Page['after'] }> {
  permit(actor, 'delegation.read', ['own', 'organisation'])
  const scope: Record<string, string> = actor.role === 'expert' ? { expert_id: actor.id } : { institution_id: actor.id }
  const { rows, next } = await delegations.newestPage(ports.database, { ...scope, ...(state !== null && { state }) }, page)
  return { items: rows.map((each) => delegationView(actor, each)), next }
}

/** One, as whoever hands on or was handed may read it. 404 otherwise. */
export async function readDelegation(ports: Ports, actor: Actor, id: string): Promise<Delegation> {
  return delegationView(actor, await findDelegation(ports, actor, id))
}

/** Whoever has it now is not told who had it before. */
const delegationView = (actor: Actor, delegation: Delegation): Delegation =>
  actor.role === 'expert' ? { ...delegation, former: null } : delegation

async function findDelegation(ports: Ports, actor: Actor, id: string): Promise<Delegation> {
  const delegation = await delegations.find(ports.database, id)
  if (delegation === undefined || !may(actor, 'delegation.read', relationsTo(actor, delegation))) throw new Problem('not-found', { id })
  return delegation
}

const relationsTo = (actor: Actor, { institutionId, to, state }: Delegation) =>
  actor.id === institutionId ? (['organisation'] as const) : actor.id === to && state !== 'ended' ? (['own'] as const) : []

/** The statements by which it is over that somebody had a request: it was answered. */
export async function delegationAnswered(ports: Ports, requestId: string, by: string): Promise<Compilable[]> {
  const standing = await delegations.newest(ports.database, { request_id: requestId, state: 'standing' }, { after: null, limit: 10 })
  const change = { kind: 'delegation.answered', actorId: by, facts: { requestId } } as const
  return standing.flatMap((each) => nextOf(ports, delegations, each, { state: 'answered' }, change).statements)
}
