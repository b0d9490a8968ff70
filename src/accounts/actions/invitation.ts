import type { Compilable } from 'kysely'
import type { Locale } from '../../platform/i18n/words.ts'
import { record } from '../../platform/journal/journal.ts'
import { addressOf, type Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { randomSecret, sha256 } from '../../platform/secrets.ts'
import type { Account, Membership, Session } from '../account.ts'
import { findSubject, refuseOtherRanks } from '../actions.ts'
import { type Actor, type Role, subjectIdOf } from '../actor.ts'
import type { Invitation, InvitationDraft, MadeInvitation, StoredInvitation } from '../member.ts'
import { permit, ranks } from '../permissions.ts'
import { findInvitation, insertInvitation, invitationsTo, removeInvitation } from '../store/invitation.ts'
import { findAccount, membershipsOf, updateSession } from '../store.ts'
import { admitMember } from './membership.ts'

export const invitationDays = 7
/** Open at once to one organisation: nobody has more people to let in on a day, and each may be a message to a stranger. */
const openAtMost = 50

/** Invites somebody to act for the organisation: a link, good for a week and for one answer, sent where a number or an address is given. */
export async function invite(ports: Ports, actor: Actor, draft: InvitationDraft, locale: Locale): Promise<MadeInvitation> {
  permit(actor, 'member.invite', ['organisation'])
  const { database } = ports
  // The table lets nobody invite but those who have a role.
  const [role, subjectId] = [actor.role as Role, subjectIdOf(actor)]
  refuseOtherRanks(role, draft.rank)
  const organisation = await findSubject(ports, role, subjectId)
  const at = ports.now()
  const [secret, others] = [randomSecret('sml'), await invitationsTo(database, role, subjectId)]
  // Whoever is invited again has lost the link: the new one takes its place.
  const before = others.filter(({ phone, email }) => (phone ?? email) !== null && phone === draft.phone && email === draft.email)
  if (others.length - before.length >= openAtMost) throw new Problem('too-many-requests', { open: openAtMost })
  const invitation: StoredInvitation = {
    ...draft,
    id: ports.newId('member-invitation'),
    version: 1,
    role,
    subjectId,
    invitedBy: actor.id,
    accountId: actor.accountId,
    expiresAt: new Date(Date.parse(at) + invitationDays * 86_400_000).toISOString(),
    createdAt: at,
  }
  const facts = { role, subjectId, rank: draft.rank, isSent: (draft.phone ?? draft.email) !== null }
  await database.commit(
    ...before.flatMap((each) => ended(ports, each, actor.id, 'replaced')),
    record(database, { subjectId: invitation.id, subjectVersion: 1, kind: 'invitation.made', actorId: actor.id, at, facts }),
    insertInvitation(database, invitation, await sha256(secret)),
  )
  const link = addressOf(ports, `/invitations/${secret}`)
  const message = {
    kind: 'invitation',
    locale,
    facts: { organisation: organisation ?? '', role, rank: draft.rank, days: invitationDays, link },
  } as const
  return { ...view(invitation), link, isSent: await isSent(ports, [draft.phone, draft.email], message) }
}

/** Invitations of the organisation that are still open. */
export async function listInvitations(ports: Ports, actor: Actor): Promise<Invitation[]> {
  permit(actor, 'member.read', ['organisation'])
  const [all, now] = [await invitationsTo(ports.database, actor.role, subjectIdOf(actor)), ports.now()]
  return all.filter(({ expiresAt }) => expiresAt > now).map(view)
}

/** Takes an invitation back: its link leads nowhere. 404 for that of another organisation. */
export async function revokeInvitation(ports: Ports, actor: Actor, id: string): Promise<Invitation> {
  const invitation = await findInvitation(ports.database, { id })
  if (invitation === undefined || invitation.role !== actor.role || invitation.subjectId !== subjectIdOf(actor))
    throw new Problem('not-found', { id })
  permit(actor, 'member.invite', ['organisation'])
  await ports.database.commit(...ended(ports, invitation, actor.id, 'revoked'))
  return view(invitation)
}

/** An invitation as whoever holds its link sees it. */
export interface OpenInvitation {
  invitation: StoredInvitation
  /** Null for the bureau. */
  organisation: string | null
  /** Who made it, where a person did. */
  inviter: Account | null
}

/** 410 for a link that was used or taken back, has run out, or was made by somebody who may not invite any more. */
export async function openInvitation(ports: Ports, secret: string): Promise<OpenInvitation> {
  const { database } = ports
  const invitation = await findInvitation(database, { secret_hash: await sha256(secret) })
  if (invitation === undefined || invitation.expiresAt <= ports.now() || !(await stands(ports, invitation))) throw new Problem('link-gone')
  const { role, subjectId, accountId } = invitation
  const inviter = accountId === null ? undefined : await findAccount(database, { id: accountId })
  return { invitation, organisation: await findSubject(ports, role, subjectId), inviter: inviter ?? null }
}

/** Whether the account is the one that was invited. */
export function isFor({ phone, email }: StoredInvitation, account: Account): boolean {
  if (phone === null && email === null) return true
  return (phone !== null && phone === account.phone) || (email !== null && email === account.email)
}

/** Makes the session's account a member, for whom it acts from now on. 403 for another account than the one that was invited. */
export async function acceptInvitation(ports: Ports, { id: sessionId, account }: Session, secret: string): Promise<Membership> {
  const { invitation } = await openInvitation(ports, secret)
  if (!isFor(invitation, account)) throw new Problem('not-permitted', { reason: 'other-recipient' })
  const { role, subjectId, rank } = invitation
  const alongside = ended(ports, invitation, account.id, 'accepted')
  const membership = await admitMember(ports, account.id, { accountId: account.id, role, subjectId, rank }, alongside)
  await ports.database.commit(updateSession(ports.database, sessionId, { membership_id: membership.id }))
  return membership
}

/** Says no; whoever holds the link may, whether he has an account or not. */
export async function declineInvitation(ports: Ports, account: Account | null, secret: string): Promise<void> {
  const { invitation } = await openInvitation(ports, secret)
  await ports.database.commit(...ended(ports, invitation, account?.id ?? invitation.id, 'declined'))
}

/** Of two answers at the same moment the journal takes one. */
function ended(ports: Ports, { id, version }: StoredInvitation, actorId: string, outcome: string): Compilable[] {
  const { database } = ports
  const kind = `invitation.${outcome}` as const
  const entry = { subjectId: id, subjectVersion: version + 1, kind, actorId, at: ports.now(), facts: {} }
  return [record(database, entry), removeInvitation(database, id)]
}

async function stands({ database }: Ports, { role, subjectId, accountId }: StoredInvitation): Promise<boolean> {
  if (accountId === null) return true
  const memberships = await membershipsOf(database, accountId)
  return memberships.some((each) => each.role === role && each.subjectId === subjectId && ranks[each.rank].manage === 'any')
}

/** The link is shown to copy besides: a message that cannot be sent loses nothing. */
async function isSent(
  { messenger }: Ports,
  [phone, email]: (string | null)[],
  message: Omit<Parameters<Ports['messenger']['send']>[0], 'to'>,
): Promise<boolean> {
  const to = phone ?? email ?? null
  if (to === null) return false
  try {
    await messenger.send({ to, ...message })
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

function view({ id, version, rank, phone, email, expiresAt, createdAt }: StoredInvitation): Invitation {
  return { id, version, rank, phone, email, expiresAt, createdAt }
}
