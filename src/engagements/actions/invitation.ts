import { drawLink, linkUsed, readLink } from '../../accounts/actions/link.ts'
import type { Actor } from '../../accounts/actor.ts'
import { holderOf, type Link } from '../../accounts/link.ts'
import { may, permit } from '../../accounts/permissions.ts'
import { removeUnusedLinks } from '../../accounts/store/link.ts'
import { demandRelations, demandView, findFor } from '../../demands/actions.ts'
import type { DemandView } from '../../demands/demand.ts'
import { demands } from '../../demands/store.ts'
import type { Page } from '../../platform/database/listings.ts'
import { chronicle, commitTogether, step } from '../../platform/journal/change.ts'
import { nextState } from '../../platform/lifecycle.ts'
import { addressOf, type Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import {
  type Invitation,
  type InvitationReply,
  type InvitationRequest,
  type InvitationState,
  invitationLifecycle,
  type MadeInvitation,
} from '../invitation.ts'
import { invitations } from '../store.ts'
import { replying } from './replying.ts'
import { findSides, knownSides, refuseImpossible, type Sides } from './sides.ts'

export const purpose = 'answer-invitation'

/** Asks a person or a transfer office by a link that is shown once. 403, 404, 409 where the demand is closed or the pairing not to be had, 422. */
export async function sendInvitation(ports: Ports, actor: Actor, { demandId, supplyId, note }: InvitationRequest): Promise<MadeInvitation> {
  await findFor(ports, actor, demandId, 'invitation.send')
  const sides = await knownSides(ports, actor, { demandId, supplyId })
  await refuseImpossible(ports, sides, 'demand')
  const id = ports.newId('invitation')
  const { link, secret, statements } = await drawLink(ports, { purpose, objectId: id, actorId: actor.id })
  const now = ports.now()
  const invitation: Invitation = {
    id,
    originId: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
    visibility: 'nda',
    demandId,
    supplyId,
    sentBy: actor.id,
    note,
    expiresAt: link.expiresAt,
    state: 'open',
    how: null,
    answeredBy: null,
    answeredAt: null,
    decline: null,
    referralId: null,
  }
  const entries = chronicle(ports, invitation, { kind: 'invitation.sent', actorId: actor.id, facts: { demandId } })
  await commitTogether(ports, [...entries, ...invitations.insert(ports.database, invitation), ...statements])
  return { ...invitation, link: addressOf(ports, `/links/asked/${secret}`) }
}

/** The link is worth nothing any more. 403, 404, 409 once it was answered. */
export async function withdrawInvitation(ports: Ports, actor: Actor, id: string): Promise<Invitation> {
  const invitation = await findInvitation(ports, actor, id)
  const demand = await demands.find(ports.database, invitation.demandId)
  permit(actor, 'invitation.withdraw', demand === undefined ? [] : demandRelations(actor, demand))
  const state = nextState(invitationLifecycle, invitation.state, 'withdraw')
  const change = { kind: 'invitation.withdrawn', actorId: actor.id, facts: { demandId: invitation.demandId } } as const
  return step(ports, invitations, invitation, { state }, change, [removeUnusedLinks(ports.database, purpose, id)])
}

/** Invitations newest first: about a demand, or all that the actor has sent. 403, 404. */
export async function listInvitations(
  ports: Ports,
  actor: Actor,
  { demandId, state }: { demandId: string | null; state: InvitationState | null },
  page: Page,
): Promise<{ items: Invitation[]; next: Page['after'] }> {
  const scope: Record<string, string> =
    demandId !== null
      ? { demand_id: (await findFor(ports, actor, demandId, 'invitation.read')).id }
      : may(actor, 'invitation.read')
        ? {}
        : { sent_by: permitted(actor) }
  const { rows, next } = await invitations.newestPage(ports.database, { ...scope, ...(state !== null && { state }) }, page)
  return { items: rows, next }
}

function permitted(actor: Actor): string {
  permit(actor, 'invitation.read', ['assigned'])
  return actor.id
}

async function findInvitation(ports: Ports, actor: Actor, id: string): Promise<Invitation> {
  const invitation = await invitations.find(ports.database, id)
  const demand = invitation && (await demands.find(ports.database, invitation.demandId))
  if (invitation === undefined || demand === undefined || !may(actor, 'invitation.read', demandRelations(actor, demand)))
    throw new Problem('not-found', { id })
  return invitation
}

/** What the holder of a link is asked: the demand as everybody may read it. */
export interface OpenInvitation {
  invitation: Invitation
  demand: DemandView
  /** Who is asked, and who asks. */
  sides: Sides
}

/** Looking changes nothing, because mail scanners look. 410 for a link that is worth nothing. */
export async function openInvitation(ports: Ports, secret: string): Promise<OpenInvitation> {
  const { holder, invitation, sides } = await found(ports, secret)
  return { invitation, sides, demand: demandView(holder, sides.demand) }
}

/** Takes the one answer that a link is good for, in one commit with what comes of it. 410, 422. */
export async function replyToInvitation(ports: Ports, secret: string, reply: InvitationReply): Promise<Invitation> {
  const { link, holder, invitation, sides } = await found(ports, secret)
  permit(holder, 'invitation.answer', ['linked'])
  const used = linkUsed(ports, link, holder.id, { answer: reply.answer, note: null })
  return replying(ports, { invitation, sides, by: holder.id, reply }, used)
}

async function found(ports: Ports, secret: string): Promise<OpenInvitation & { link: Link; holder: Actor }> {
  const link = await readLink(ports, purpose, secret)
  const holder = holderOf({ ...link, purpose })
  const invitation = await invitations.find(ports.database, link.objectId)
  const sides = invitation && (await findSides(ports, invitation))
  if (invitation === undefined || sides === undefined || sides.demand.state !== 'published') throw new Problem('link-gone')
  return { link, holder, invitation, sides, demand: demandView(holder, sides.demand) }
}
