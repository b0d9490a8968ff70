import type { Compilable } from 'kysely'
import { type Membership, maskedPhone, ranksOf } from '../../accounts/account.ts'
import type { Actor } from '../../accounts/actor.ts'
import { may, permit } from '../../accounts/permissions.ts'
import { findAccount, insertMembership, membershipsOf } from '../../accounts/store.ts'
import { expertView, findSubject } from '../../directory/actions.ts'
import type { Expert } from '../../directory/expert.ts'
import { experts, subjectRows } from '../../directory/store.ts'
import type { Page } from '../../platform/database/listings.ts'
import { kindOfId } from '../../platform/ids.ts'
import { commitNew, nextOf, step } from '../../platform/journal/change.ts'
import { record } from '../../platform/journal/journal.ts'
import { nextState, pastOf } from '../../platform/lifecycle.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { currentTexts, ProfilePurpose } from '../../privacy/consent.ts'
import { answered } from '../../privacy/store.ts'
import { type Claim, type ClaimDecision, type ClaimRequest, type ClaimState, claimedKinds, claimLifecycle } from '../claim.ts'
import { claims } from '../store.ts'

/**
 * Says that a profile is one's own, or one's organisation's. 401 without an account, 404, 409 where it is so already or waits, 422 for an
 * expert who does not want the profile to be shown as his.
 */
export async function requestClaim(ports: Ports, actor: Actor, { subjectId, note, agreesTo = [] }: ClaimRequest): Promise<Claim> {
  permit(actor, 'claim.request')
  const { kind } = await findSubject(ports, actor, claimedKinds, subjectId)
  // Of whom `permit` lets pass, all have an account.
  const accountId = actor.accountId!
  const isMember = (await membershipsOf(ports.database, accountId)).some((each) => each.role === kind && each.subjectId === subjectId)
  if (isMember) throw new Problem('already-exists')
  const waiting = { subject_id: subjectId, account_id: accountId, state: 'requested' }
  if ((await claims.newest(ports.database, waiting, { after: null, limit: 1 })).length > 0)
    throw new Problem('not-allowed-now', { state: 'requested' })
  if (kind === 'expert' && !agreesTo.includes('profile'))
    throw new Problem('invalid-input', { errors: [{ pointer: '/agreesTo', code: 'consent-required' }] })
  const agreed = [...new Set(agreesTo)].map((purpose) => ({ purpose, textVersion: currentTexts[purpose] }))
  const now = ports.now()
  const claim: Claim = {
    id: ports.newId('claim'),
    originId: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
    visibility: 'nda',
    subjectId,
    accountId,
    state: 'requested',
    note,
    agreed: kind === 'expert' ? agreed : null,
    decidedAt: null,
    decidedBy: null,
    reason: null,
  }
  return commitNew(ports, claims, claim, { kind: 'claim.requested', actorId: actor.id, facts: { subjectId } })
}

/**
 * Those who answer for the profile, or the operator, decide. A yes makes the account a member of the highest rank, and an expert's profile
 * his own, in one commit. A no needs a reason (422). 403, 404, 409.
 */
export async function decideClaim(ports: Ports, actor: Actor, id: string, { verdict, reason }: ClaimDecision): Promise<Claim> {
  const claim = await claims.find(ports.database, id)
  if (claim === undefined) throw new Problem('not-found', { id })
  const { kind, relations } = await findSubject(ports, actor, claimedKinds, claim.subjectId)
  if (!may(actor, 'claim.read', relations)) throw new Problem('not-found', { id })
  permit(actor, 'claim.decide', relations)
  const state = nextState(claimLifecycle, claim.state, verdict)
  if (verdict === 'refuse' && reason === null) throw new Problem('invalid-input', { errors: [{ pointer: '/reason', code: 'required' }] })
  const changes = { state, reason, decidedAt: ports.now(), decidedBy: actor.id } satisfies Partial<Claim>
  const change = { kind: `claim.${pastOf[verdict]}`, actorId: actor.id, facts: { subjectId: claim.subjectId } } as const
  return step(ports, claims, claim, changes, change, verdict === 'grant' ? await granting(ports, actor, claim, kind) : [])
}

/** Takes one's own request back. */
export async function withdrawClaim(ports: Ports, actor: Actor, id: string): Promise<Claim> {
  permit(actor, 'claim.request')
  const claim = await claims.find(ports.database, id)
  if (claim === undefined || claim.accountId !== actor.accountId) throw new Problem('not-found', { id })
  const state = nextState(claimLifecycle, claim.state, 'withdraw')
  const facts = { subjectId: claim.subjectId }
  return step(ports, claims, claim, { state }, { kind: 'claim.withdrawn', actorId: actor.id, facts })
}

/** A claim with the name of what is claimed, and as much of the claimant's number as tells him from others. */
export type ListedClaim = Claim & { subjectName: string; phone: string | null }

/** Claims newest first: all for the operator, of their own profiles for those who answer for them, else one's own. */
export async function listClaims(
  ports: Ports,
  actor: Actor,
  { state, subjectId }: { state: ClaimState | null; subjectId: string | null },
  page: Page,
): Promise<{ items: ListedClaim[]; next: Page['after'] }> {
  const conditions = { ...(state !== null && { state }), ...(subjectId !== null && { subject_id: subjectId }) }
  const { rows, next } = await claims.newestPage(ports.database, { ...conditions, ...(await scope(ports, actor, subjectId)) }, page)
  return { items: await Promise.all(rows.map((claim) => listed(ports, actor, claim))), next }
}

async function listed(ports: Ports, actor: Actor, claim: Claim): Promise<ListedClaim> {
  const account = await findAccount(ports.database, { id: claim.accountId })
  return { ...claim, subjectName: await nameOf(ports, actor, claim), phone: account?.phone ? maskedPhone(account.phone) : null }
}

async function scope(ports: Ports, actor: Actor, subjectId: string | null): Promise<Record<string, string>> {
  if (may(actor, 'claim.read')) return {}
  if (subjectId !== null) {
    const { relations } = await findSubject(ports, actor, claimedKinds, subjectId)
    if (may(actor, 'claim.read', relations)) return {}
  }
  permit(actor, 'claim.request')
  return { account_id: actor.accountId! }
}

/** As far as the actor may know it: whoever says that he is an expert is not told yet who that is. */
async function nameOf({ database }: Pick<Ports, 'database'>, actor: Actor, { subjectId }: Claim): Promise<string> {
  const kind = claimedKinds.find((each) => each === kindOfId(subjectId))
  const subject = kind && (await subjectRows[kind].find(database, subjectId))
  const shown = kind === 'expert' && subject ? expertView(actor, subject as Expert) : subject
  return shown?.name ?? subjectId
}

/** What a yes does beside changing the claim. What the person has agreed to counts from now on. */
async function granting(ports: Ports, actor: Actor, claim: Claim, role: (typeof claimedKinds)[number]) {
  const { accountId, subjectId } = claim
  const at = ports.now()
  const membership: Membership = {
    id: ports.newId('membership'),
    version: 1,
    accountId,
    role,
    subjectId,
    rank: ranksOf(role)[0],
    createdAt: at,
    endedAt: null,
  }
  const facts = { accountId, role, subjectId, rank: membership.rank }
  const entry = { subjectId: membership.id, subjectVersion: 1, kind: 'membership.admitted', actorId: actor.id, at, facts } as const
  const expert = role === 'expert' ? await experts.find(ports.database, subjectId) : undefined
  const claimed = { claimed: true, confirmedAt: at, ...(claim.agreed !== null && { consent: isAgreed(claim, 'proposal') }) }
  return [
    insertMembership(ports.database, membership),
    record(ports.database, entry),
    ...(expert === undefined || expert.claimed
      ? []
      : [
          ...nextOf(ports, experts, expert, claimed, { kind: 'expert.claimed', actorId: actor.id }).statements,
          ...(await ownAnswers(ports, claim)),
        ]),
  ]
}

const isAgreed = ({ agreed }: Claim, purpose: ProfilePurpose) => agreed?.some((each) => each.purpose === purpose) ?? false

/** What the claimant said himself when he asked. */
async function ownAnswers(ports: Ports, claim: Claim): Promise<Compilable[]> {
  const { accountId, subjectId: expertId, agreed } = claim
  if (agreed === null) return []
  const answers = ProfilePurpose.options.map((purpose) => {
    const textVersion = agreed.find((each) => each.purpose === purpose)?.textVersion ?? currentTexts[purpose]
    return answered(ports, { accountId, expertId, purpose, isGiven: isAgreed(claim, purpose), how: 'self', by: accountId, textVersion })
  })
  return (await Promise.all(answers)).flat()
}
