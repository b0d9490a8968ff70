import type { Compilable } from 'kysely'
import { step } from '../../platform/journal/change.ts'
import { nextState, pastOf } from '../../platform/lifecycle.ts'
import type { Ports } from '../../platform/ports.ts'
import { type Invitation, type InvitationReply, invitationLifecycle } from '../invitation.ts'
import { invitations } from '../store.ts'
import { delegationAnswered } from './delegation.ts'
import { beginning } from './engagement.ts'
import { referring } from './referral.ts'
import { refusing } from './refusal.ts'
import type { Sides } from './sides.ts'

interface Replying {
  invitation: Invitation
  sides: Sides
  by: string
  reply: InvitationReply
}

/** Takes the answer to an invitation, in one commit with what comes of it and what it uses up. 409, 422. */
export async function replying(ports: Ports, { invitation, sides, by, reply }: Replying, used: Compilable[]): Promise<Invitation> {
  const over = [...used, ...(await delegationAnswered(ports, invitation.id, by))]
  const { demandId, supplyId } = invitation
  const verb = reply.answer === 'decline' ? 'decline' : reply.answer === 'refer' ? 'refer' : 'accept'
  const state = nextState(invitationLifecycle, invitation.state, verb)
  const said = { state, answeredAt: ports.now() }
  const change = { kind: `invitation.${pastOf[verb]}`, actorId: by, facts: { demandId, answer: reply.answer } } as const
  if (reply.answer === 'decline') {
    const { answer: _, ...decline } = reply
    const { statements } = await refusing(ports, { sides, side: 'supply', by, decline })
    return step(ports, invitations, invitation, { ...said, decline }, change, [...statements, ...over])
  }
  const answeredBy = { name: reply.name, phone: 'phone' in reply ? reply.phone : null, email: null }
  if (reply.answer === 'refer') {
    const { referral, statements } = referring(
      ports,
      { demandId, fromId: supplyId, sentBy: invitation.sentBy, invitationId: invitation.id },
      by,
      reply,
    )
    const decline = { code: 'referred' as const, note: null, isReleased: false }
    const refused = await refusing(ports, { sides, side: 'supply', by, decline })
    const changes = { ...said, answeredBy, decline, referralId: referral.id }
    return step(ports, invitations, invitation, changes, change, [...statements, ...refused.statements, ...over])
  }
  const { brokerId } = sides.demand
  const begun = await beginning(ports, { demandId, supplyId, brokerId, by, causeId: invitation.id })
  return step(ports, invitations, invitation, { ...said, answeredBy, how: reply.answer }, change, [...begun, ...over])
}
