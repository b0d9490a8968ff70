import { id, z } from '../../platform/schema.ts'
import { cursorOf, pageFrom, pageOf, pageQuery } from '../../platform/web/cursor.ts'
import { type Api, endpoint, newApi } from '../../platform/web/endpoint.ts'
import { listInvitations, sendInvitation, withdrawInvitation } from '../actions/invitation.ts'
import { answerInvitation, readReceived, receivedInvitations } from '../actions/received.ts'
import { closeReferral, listReferrals } from '../actions/referral.ts'
import { Invitation, InvitationReply, InvitationRequest, MadeInvitation, ReceivedInvitation } from '../invitation.ts'
import { Referral, ReferralClosing } from '../referral.ts'

const tag = 'Engagements'
const demandId = id('dem').optional()

/** Who was asked by whom, what he answers, and whom he names instead. */
export function invitationApi(): Api {
  const api = newApi()
  invitationEndpoints(api)
  receivedEndpoints(api)
  referralEndpoints(api)
  return api
}

function invitationEndpoints(api: Api): void {
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/invitations',
      summary: 'Ask an expert or a transfer office by a one-time link, which is shown this once',
      tag,
      body: InvitationRequest,
      returns: [201, MadeInvitation],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, body }) => sendInvitation(ports, actor, body),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/invitations',
      summary: 'List invitations about a demand, or all that you sent, newest first',
      tag,
      query: z.object({ ...pageQuery, demandId, state: Invitation.shape.state.optional() }),
      returns: [200, pageOf(Invitation)],
      problems: ['not-permitted', 'not-found', 'bad-cursor'],
    },
    async ({ ports, actor, query }) => {
      const asked = { demandId: query.demandId ?? null, state: query.state ?? null }
      const { items, next } = await listInvitations(ports, actor, asked, pageFrom(query))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/invitations/{id}/withdrawal',
      summary: 'Make the link of an invitation worthless',
      tag,
      returns: [200, Invitation],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params }) => withdrawInvitation(ports, actor, params.id!),
  )
}

function receivedEndpoints(api: Api): void {
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/invitations/received',
      summary: 'List invitations to you and about what is yours, newest first',
      tag,
      query: z.object({ ...pageQuery, state: Invitation.shape.state.optional() }),
      returns: [200, pageOf(ReceivedInvitation)],
      problems: ['not-permitted', 'bad-cursor'],
    },
    async ({ ports, actor, query }) => {
      const { items, next } = await receivedInvitations(ports, actor, query.state ?? null, pageFrom(query))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/invitations/received/{id}',
      summary: 'Read an invitation as whoever is asked',
      tag,
      returns: [200, ReceivedInvitation],
      problems: ['not-found'],
    },
    ({ ports, actor, params }) => readReceived(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/invitations/{id}/answer',
      summary: 'Answer an invitation as whoever is asked; its link is worth nothing from then on',
      tag,
      body: InvitationReply,
      returns: [200, ReceivedInvitation],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params, body }) => answerInvitation(ports, actor, params.id!, body),
  )
}

function referralEndpoints(api: Api): void {
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/referrals',
      summary: 'List whom others have named instead of themselves, newest first',
      tag,
      query: z.object({ ...pageQuery, demandId, state: Referral.shape.state.optional() }),
      returns: [200, pageOf(Referral)],
      problems: ['not-permitted', 'not-found', 'bad-cursor'],
    },
    async ({ ports, actor, query }) => {
      const asked = { demandId: query.demandId ?? null, state: query.state ?? null }
      const { items, next } = await listReferrals(ports, actor, asked, pageFrom(query))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/referrals/{id}/closing',
      summary: 'End a referral: by whom was asked instead, or by nobody',
      tag,
      body: ReferralClosing,
      returns: [200, Referral],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params, body }) => closeReferral(ports, actor, params.id!, body),
  )
}
