import type { Compilable } from 'kysely'
import type { Actor } from '../../accounts/actor.ts'
import { type Decline, declineFaults, type Refusal, refusalLifecycle, type Side } from '../../matching/refusal.ts'
import { refusals } from '../../matching/store.ts'
import { idFromOrigin } from '../../platform/ids.ts'
import { chronicle, commitTogether, nextOf, step } from '../../platform/journal/change.ts'
import { nextState } from '../../platform/lifecycle.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { losing } from './engagement.ts'
import { findSides, knownSides, permittedSide, type Sides, sideOf } from './sides.ts'

export type RefusalRequest = Pick<Refusal, 'demandId' | 'supplyId'> & Decline

/** Says that the other side does not fit: the pairing is proposed no more until it is taken back. 401, 403, 409, 422. */
export async function recordRefusal(ports: Ports, actor: Actor, { demandId, supplyId, ...decline }: RefusalRequest): Promise<Refusal> {
  const sides = await knownSides(ports, actor, { demandId, supplyId })
  const side = permittedSide(actor, 'refusal.record', sides)
  const { refusal, statements } = await refusing(ports, { sides, side, by: actor.id, decline })
  await commitTogether(ports, statements)
  return refusal
}

/** Takes a refusal back. 403, 404, 409. */
export async function endRefusal(ports: Ports, actor: Actor, id: string): Promise<Refusal> {
  const refusal = await refusals.find(ports.database, id)
  const sides = refusal && (await findSides(ports, refusal))
  if (refusal === undefined || sides === undefined || !(await readsRefusal(ports, actor, refusal))) throw new Problem('not-found', { id })
  if (permittedSide(actor, 'refusal.end', sides) !== refusal.side)
    throw new Problem('not-permitted', { verb: 'refusal.end', role: actor.role })
  const state = nextState(refusalLifecycle, refusal.state, 'end')
  return step(ports, refusals, refusal, { state }, { kind: 'refusal.ended', actorId: actor.id })
}

/** What a side has refused, newest first: for whoever speaks for it, the assigned broker and the operator. 404, 403. */
export async function listRefusals(ports: Ports, actor: Actor, demandId: string): Promise<Refusal[]> {
  const rows = await refusals.newest(ports.database, { demand_id: demandId, state: 'standing' }, { after: null, limit: 100 })
  const shown = await Promise.all(rows.map(async (row) => ((await readsRefusal(ports, actor, row)) ? row : [])))
  return shown.flat()
}

/** The full reason is for whoever refused, the assigned broker and the operator. */
async function readsRefusal(ports: Ports, actor: Actor, refusal: Refusal): Promise<boolean> {
  const sides = await findSides(ports, refusal)
  if (sides === undefined) return false
  const side = sideOf(actor, 'refusal.read', sides)
  return side === refusal.side || (side !== null && (actor.role === 'broker' || actor.role === 'operator'))
}

export interface Refusing {
  sides: Sides
  side: Side
  by: string
  decline: Decline
}

/** A refusal, and the statements that write it and close what was going on between the two. 409 where it stands already, 422. */
export async function refusing(
  ports: Ports,
  { sides, side, by, decline }: Refusing,
): Promise<{ refusal: Refusal; statements: Compilable[] }> {
  const errors = declineFaults(side, decline)
  if (errors.length > 0) throw new Problem('invalid-input', { errors })
  const { demand, supply } = sides
  // One row a pairing and side: of two who refuse at the same moment, the journal lets one.
  const id = await idFromOrigin('refusal', `${side} ${demand.id} ${supply.noun.id}`)
  const before = await refusals.find(ports.database, id)
  const facts = { demandId: demand.id, side, code: decline.code }
  const lost = await losing(ports, { demandId: demand.id, supplyId: supply.noun.id, by, code: decline.code })
  if (before !== undefined) {
    const state = nextState(refusalLifecycle, before.state, 'decline')
    const { next, statements } = nextOf(
      ports,
      refusals,
      before,
      { ...decline, by, state },
      { kind: 'refusal.recorded', actorId: by, facts },
    )
    return { refusal: next, statements: [...statements, ...lost] }
  }
  const now = ports.now()
  const refusal: Refusal = {
    ...decline,
    id,
    originId: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
    visibility: 'nda',
    demandId: demand.id,
    supplyId: supply.noun.id,
    side,
    by,
    state: 'standing',
  }
  const entries = chronicle(ports, refusal, { kind: 'refusal.recorded', actorId: by, facts })
  return { refusal, statements: [...entries, ...refusals.insert(ports.database, refusal), ...lost] }
}
