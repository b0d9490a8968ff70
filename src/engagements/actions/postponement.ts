import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { daysToChoose, type Postponement } from '../postponement.ts'
import { deletePostponed, keepPostponed, listPostponed } from '../store.ts'
import { knownSides } from './sides.ts'

/** The person, in the role in which he looks. 401, 403 for who has no inbox. */
function ownerOf(actor: Actor) {
  permit(actor, 'interest.answer', ['own', 'organisation'])
  if (actor.accountId === null) throw new Problem('not-signed-in')
  return { accountId: actor.accountId, actorId: actor.id }
}

/** Puts a pairing off until a day; it may be put off again. 401, 403, 422 for a day that is not to come. */
export async function putOff(ports: Ports, actor: Actor, postponement: Postponement): Promise<Postponement> {
  const owner = ownerOf(actor)
  await knownSides(ports, actor, postponement)
  const { from, to } = daysToChoose(today(ports))
  if (postponement.until < from || postponement.until > to)
    throw new Problem('invalid-input', { errors: [{ pointer: '/until', code: 'past-day', facts: { today: today(ports) } }] })
  await ports.database.commit(keepPostponed(ports.database, owner, postponement))
  return postponement
}

/** Takes it up again before its day. */
export async function takeUp(ports: Ports, actor: Actor, ids: Pick<Postponement, 'demandId' | 'supplyId'>): Promise<void> {
  await ports.database.commit(deletePostponed(ports.database, ownerOf(actor), ids))
}

/** What the person has put off, in the role in which he looks, the next one first. 401, 403 for who has no inbox. */
export async function listPostponements(ports: Ports, actor: Actor): Promise<Postponement[]> {
  return listPostponed(ports.database, ownerOf(actor), today(ports))
}

/** What the actor has put off and whose day has not come, the next one first. */
export async function putOffBy(ports: Ports, actor: Actor): Promise<Postponement[]> {
  if (actor.accountId === null) return []
  return listPostponed(ports.database, { accountId: actor.accountId, actorId: actor.id }, today(ports))
}
