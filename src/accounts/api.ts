import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import { type Api, endpoint, newApi, type Request } from '../platform/web/endpoint.ts'
import { Rank } from './account.ts'
import { endAllDevices } from './actions/device.ts'
import { invite, listInvitations, revokeInvitation } from './actions/invitation.ts'
import { keysFor, makeKey, revokeKey } from './actions/key.ts'
import { amendMember, endMember, listMembers } from './actions/member.ts'
import { actFor } from './actions/membership.ts'
import { whoIs } from './actions/who.ts'
import { Invitation, InvitationDraft, MadeInvitation, Member } from './member.ts'
import { Key, KeyDraft, MadeKey } from './token.ts'
import { Who } from './who.ts'

/** A list that is never long enough for pages. */
const all = <Item extends z.ZodType>(item: Item) => z.strictObject({ items: z.array(item) })

export function accountApi(): Api {
  const api = newApi()
  own(api)
  members(api)
  keys(api)
  return api
}

function own(api: Api): void {
  const tag = 'Account'
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/account',
      summary: 'Who is asking, and for whom they act',
      tag,
      returns: [200, Who],
      problems: [],
    },
    ({ ports, actor, session }) => whoIs(ports, actor, session),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/account/membership',
      summary: 'Choose for whom this session acts',
      tag,
      body: z.strictObject({ id: z.string().max(40) }),
      returns: [200, Who],
      problems: ['not-found'],
    },
    async (request) => {
      const { ports } = request
      const session = signedIn(request)
      const membership = await actFor(ports, session, request.body.id)
      return whoIs(ports, null, { ...session, membership })
    },
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/sign-out-everywhere',
      summary: 'End every session of the account, including this one',
      tag,
      returns: [200, z.object({ isSignedOut: z.literal(true) })],
      problems: ['changed-meanwhile'],
    },
    async (request) => {
      await endAllDevices(request.ports, signedIn(request))
      return { isSignedOut: true as const }
    },
  )
}

function members(api: Api): void {
  const tag = 'Members'
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/members/invitations',
      summary: 'List invitations that nobody has answered yet',
      tag,
      returns: [200, all(Invitation)],
      problems: ['not-permitted'],
    },
    async ({ ports, actor }) => ({ items: await listInvitations(ports, actor) }),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/members/invitations',
      summary: 'Invite somebody; the link is shown only once',
      tag,
      body: InvitationDraft,
      returns: [201, MadeInvitation],
      problems: ['changed-meanwhile', 'too-many-requests'],
    },
    ({ ports, actor, body, locale }) => invite(ports, actor, body, locale),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/members/invitations/{id}/revocation',
      summary: 'Withdraw an invitation',
      tag,
      returns: [200, Invitation],
      problems: ['not-found', 'changed-meanwhile'],
    },
    ({ ports, actor, params }) => revokeInvitation(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/members',
      summary: 'List the members of the organisation that the caller acts for',
      tag,
      returns: [200, all(Member)],
      problems: ['not-permitted'],
    },
    async ({ ports, actor }) => ({ items: await listMembers(ports, actor) }),
  )
  endpoint(
    api,
    {
      method: 'patch',
      path: '/api/members/{id}',
      summary: 'Give a member another rank (JSON Merge Patch)',
      tag,
      ifMatch: true,
      body: z.strictObject({ rank: Rank }),
      bodyType: 'application/merge-patch+json',
      returns: [200, Member],
      problems: ['not-found', 'not-allowed-now'],
    },
    ({ ports, actor, params, version, body }) => amendMember(ports, actor, params.id!, version, body.rank),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/members/{id}/end',
      summary: 'End a membership',
      tag,
      returns: [200, Member],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params }) => endMember(ports, actor, params.id!),
  )
}

function keys(api: Api): void {
  const tag = 'Keys'
  endpoint(
    api,
    { method: 'get', path: '/api/keys', summary: 'List keys, newest first', tag, returns: [200, all(Key)], problems: ['not-permitted'] },
    async ({ ports, actor }) => ({ items: await keysFor(ports, actor) }),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/keys',
      summary: 'Create a key; its secret is shown only once',
      tag,
      body: KeyDraft,
      returns: [201, MadeKey],
      problems: [],
    },
    ({ ports, actor, body }) => makeKey(ports, actor, body),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/keys/{id}/revocation',
      summary: 'Revoke a key for good',
      tag,
      returns: [200, Key],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params }) => revokeKey(ports, actor, params.id!),
  )
}

/** A program has no account, and no session to end or to turn. */
function signedIn({ actor, session }: Pick<Request<unknown, unknown>, 'actor' | 'session'>) {
  if (session !== null) return session
  throw actor.role === 'visitor' ? new Problem('not-signed-in') : new Problem('not-permitted', { role: actor.role })
}
