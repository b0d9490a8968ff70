import { linkUsed } from '../../accounts/actions/link.ts'
import type { Actor } from '../../accounts/actor.ts'
import { may, permit, type Relation } from '../../accounts/permissions.ts'
import { latestLink } from '../../accounts/store/link.ts'
import { isOpen } from '../../demands/demand.ts'
import type { Page } from '../../platform/database/listings.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { Invitation, InvitationReply, InvitationState, ReceivedInvitation } from '../invitation.ts'
import { invitationsTo } from '../store/asked.ts'
import { invitations } from '../store.ts'
import { heldBy, heldDelegations } from './delegated.ts'
import { purpose } from './invitation.ts'
import { replying } from './replying.ts'
import { findSides, relationsToSides, type Sides } from './sides.ts'

/** Invitations to the actor himself and about what is his, newest first. 401, 403 for who is never asked. */
export async function receivedInvitations(
  ports: Ports,
  actor: Actor,
  state: InvitationState | null,
  page: Page,
): Promise<{ items: ReceivedInvitation[]; next: Page['after'] }> {
  permit(actor, 'invitation.read-received', ['own', 'organisation'])
  const { rows, next } = await invitationsTo(ports.database, actor.id, state, page)
  return { items: rows.map(asReceived), next }
}

/** Those that wait for the actor's answer, what he was handed last; newest first, 100 at most. */
export async function waitingInvitations(ports: Ports, actor: Actor): Promise<ReceivedInvitation[]> {
  const { items } = await receivedInvitations(ports, actor, 'open', { after: null, limit: 100 })
  const handed = await invitations.findMany(
    ports.database,
    (await heldDelegations(ports, actor)).map(({ requestId }) => requestId).filter((id) => !items.some((each) => each.id === id)),
  )
  const waiting = await Promise.all(
    [...items, ...handed.map(asReceived)].map(async (each) => ((await hindrance(ports, each)) === null ? each : [])),
  )
  return waiting.flat()
}

/** One, as whoever is asked reads it. 404 for everybody else. */
export async function readReceived(ports: Ports, actor: Actor, id: string): Promise<ReceivedInvitation> {
  return asReceived((await findReceived(ports, actor, id)).invitation)
}

/**
 * Answers an invitation where one is signed in: its link is worth nothing from then on, as an answer by the link leaves nothing to say
 * here. 403, 404, 409, 422.
 */
export async function answerInvitation(ports: Ports, actor: Actor, id: string, reply: InvitationReply): Promise<ReceivedInvitation> {
  const { invitation, sides, relations } = await findReceived(ports, actor, id)
  permit(actor, 'invitation.answer', relations)
  const hindered = await hindrance(ports, invitation)
  if (hindered !== null) throw new Problem('not-allowed-now', { state: hindered })
  const link = await latestLink(ports.database, purpose, id)
  const used = link === undefined ? [] : linkUsed(ports, link, actor.id, { answer: reply.answer, note: null })
  return asReceived(await replying(ports, { invitation, sides, by: actor.id, reply }, used))
}

/** Why an invitation takes no answer any more, as a state; null where it does. */
async function hindrance(ports: Ports, invitation: Pick<Invitation, 'demandId' | 'supplyId' | 'state' | 'expiresAt'>) {
  if (invitation.state !== 'open') return invitation.state
  if (invitation.expiresAt <= ports.now()) return 'expired'
  const sides = await findSides(ports, invitation)
  if (sides === undefined) return 'withdrawn'
  if (isOpen(sides.demand, today(ports))) return null
  return sides.demand.state === 'published' ? 'expired' : sides.demand.state
}

async function findReceived(
  ports: Ports,
  actor: Actor,
  id: string,
): Promise<{ invitation: Invitation; sides: Sides; relations: Relation[] }> {
  const invitation = await invitations.find(ports.database, id)
  const sides = invitation && (await findSides(ports, invitation))
  if (invitation === undefined || sides === undefined) throw new Problem('not-found', { id })
  const relations = [...relationsToSides(actor, sides).supply, ...(await heldBy(ports, actor, id))]
  if (!may(actor, 'invitation.read-received', relations)) throw new Problem('not-found', { id })
  return { invitation, sides, relations }
}

function asReceived({ sentBy: _, referralId: __, ...received }: Invitation): ReceivedInvitation {
  return received
}
