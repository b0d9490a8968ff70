import type { Actor } from '../../accounts/actor.ts'
import { may, permit, type Verb } from '../../accounts/permissions.ts'
import { findSubject } from '../../directory/actions.ts'
import { subjectRows, verificationOf, verifications } from '../../directory/store.ts'
import {
  type Verification,
  type VerificationDecision,
  type VerificationState,
  verificationLifecycle,
  verifiedKinds,
} from '../../directory/verification.ts'
import { checkCreditCode } from '../../platform/codes/credit-code.ts'
import type { Page } from '../../platform/database/listings.ts'
import { kindOfId } from '../../platform/ids.ts'
import { commitNew, step } from '../../platform/journal/change.ts'
import { nextState, pastOf } from '../../platform/lifecycle.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'

/** An organisation asks to be verified as what it calls itself. 401, 403, 404, 409 while it waits for an answer or has one that stands. */
export async function requestVerification(ports: Ports, actor: Actor, subjectId: string, note: string | null): Promise<Verification> {
  const { subject, relations } = await findSubject(ports, actor, verifiedKinds, subjectId)
  permit(actor, 'verification.request', relations)
  const { name, creditCode = null } = subject
  const latest = await verificationOf(ports.database, subjectId)
  const stillStands = latest?.state === 'granted' && latest.name === name && latest.creditCode === creditCode
  if (latest?.state === 'requested' || stillStands) throw new Problem('not-allowed-now', { state: latest!.state })
  const now = ports.now()
  const verification: Verification = {
    id: ports.newId('verification'),
    originId: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
    visibility: 'nda',
    subjectId,
    name,
    creditCode,
    state: 'requested',
    codeCheck: creditCode === null ? null : checkCreditCode(creditCode).ok ? 'sound' : 'doubtful',
    note,
    requestedBy: actor.id,
    decidedAt: null,
    decidedBy: null,
    reason: null,
  }
  const facts = { subjectId, codeCheck: verification.codeCheck }
  return commitNew(ports, verifications, verification, { kind: 'verification.requested', actorId: actor.id, facts })
}

/**
 * The operator's answer; `revoke` takes a yes back. A no, a yes that overrides a doubtful or missing code, and a revocation need a reason
 * (422). 403, 404, 409.
 */
export async function decideVerification(ports: Ports, actor: Actor, id: string, decision: VerificationDecision): Promise<Verification> {
  permit(actor, 'verification.decide')
  const verification = await verifications.find(ports.database, id)
  if (verification === undefined) throw new Problem('not-found', { id })
  const { verdict, reason } = decision
  const state = nextState(verificationLifecycle, verification.state, verdict)
  const isOverride = verdict === 'grant' && verification.codeCheck !== 'sound'
  if (reason === null && (verdict !== 'grant' || isOverride))
    throw new Problem('invalid-input', { errors: [{ pointer: '/reason', code: 'required' }] })
  const changes = { state, reason, decidedAt: ports.now(), decidedBy: actor.id } satisfies Partial<Verification>
  const facts = { subjectId: verification.subjectId, isOverride }
  return step(ports, verifications, verification, changes, { kind: `verification.${pastOf[verdict]}`, actorId: actor.id, facts })
}

/** The organisation takes its request back while nobody has answered. */
export async function withdrawVerification(ports: Ports, actor: Actor, id: string): Promise<Verification> {
  const verification = await findVerification(ports, actor, id, 'verification.request')
  const state = nextState(verificationLifecycle, verification.state, 'withdraw')
  const { subjectId } = verification
  return step(ports, verifications, verification, { state }, { kind: 'verification.withdrawn', actorId: actor.id, facts: { subjectId } })
}

/** The latest word on an organisation; null where nobody asked. 403, 404. */
export async function readVerification(ports: Ports, actor: Actor, subjectId: string): Promise<Verification | null> {
  const { relations } = await findSubject(ports, actor, verifiedKinds, subjectId)
  permit(actor, 'verification.read', relations)
  return (await verificationOf(ports.database, subjectId)) ?? null
}

/** A verification with the name of its organisation as it is now. */
export type ListedVerification = Verification & { subjectName: string }

/** What was asked and decided, newest first, for those who see all of it. */
export async function listVerifications(
  ports: Ports,
  actor: Actor,
  state: VerificationState | null,
  page: Page,
): Promise<{ items: ListedVerification[]; next: Page['after'] }> {
  permit(actor, 'verification.read')
  const { rows, next } = await verifications.newestPage(ports.database, state === null ? {} : { state }, page)
  const items = rows.map(async (verification) => ({ ...verification, subjectName: await nameOf(ports, verification) }))
  return { items: await Promise.all(items), next }
}

async function nameOf({ database }: Pick<Ports, 'database'>, { subjectId, name }: Verification): Promise<string> {
  const kind = verifiedKinds.find((each) => each === kindOfId(subjectId))
  return (kind && (await subjectRows[kind].find(database, subjectId))?.name) ?? name
}

/** 404 for one that the actor may not read, 403 for a verb that is not his. */
async function findVerification(ports: Ports, actor: Actor, id: string, verb: Verb): Promise<Verification> {
  const verification = await verifications.find(ports.database, id)
  if (verification === undefined) throw new Problem('not-found', { id })
  const { relations } = await findSubject(ports, actor, verifiedKinds, verification.subjectId)
  if (!may(actor, 'verification.read', relations)) throw new Problem('not-found', { id })
  permit(actor, verb, relations)
  return verification
}
