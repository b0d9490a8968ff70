import type { Actor } from '../../accounts/actor.ts'
import { may, permit, type Relation } from '../../accounts/permissions.ts'
import { letHimselfIn } from '../../accounts/store.ts'
import { type DirectoryKind, findSubject, type Subject } from '../../directory/actions.ts'
import type { Expert } from '../../directory/expert.ts'
import { experts, verificationOf, verifications } from '../../directory/store.ts'
import {
  type Proof,
  type Verification,
  type VerificationDecision,
  verifiableKinds,
  verificationLifecycle,
} from '../../directory/verification.ts'
import { checkCreditCode } from '../../platform/codes/credit-code.ts'
import { kindOfId } from '../../platform/ids.ts'
import { commitNew, nextOf, step } from '../../platform/journal/change.ts'
import { nextState, pastOf } from '../../platform/lifecycle.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'

/** What is permitted by which verb: of an organisation, and of a person. */
const verbsOf = {
  organisation: { request: 'verification.request', read: 'verification.read', decide: 'verification.decide' },
  expert: { request: 'expert.ask-verification', read: 'expert.read-verification', decide: 'expert.verify' },
} as const
const verbsFor = (kind: DirectoryKind) => verbsOf[kind === 'expert' ? 'expert' : 'organisation']

type Kinds = readonly (typeof verifiableKinds)[number][]

/**
 * An organisation asks to be verified as what it calls itself, or somebody who entered the market himself as who he says. 401, 403, 404,
 * 409 while it waits for an answer, has one that stands, or needs none.
 */
export async function requestVerification(
  ports: Ports,
  actor: Actor,
  subjectId: string,
  proof: Proof,
  kinds: Kinds = verifiableKinds,
): Promise<Verification> {
  const { kind, subject, relations } = await findSubject(ports, actor, kinds, subjectId)
  permit(actor, verbsFor(kind).request, relations)
  const latest = await verificationOf(ports.database, subjectId)
  if (latest?.state === 'requested') throw new Problem('not-allowed-now', { state: latest.state })
  if (await stands(ports, kind, subject, latest)) throw new Problem('not-allowed-now', { state: 'granted' })
  const verification = verificationFor(ports, { ...subject, by: actor.id }, proof)
  const facts = { subjectId, codeCheck: verification.codeCheck }
  return commitNew(ports, verifications, verification, { kind: 'verification.requested', actorId: actor.id, facts })
}

/** What is asked about a subject as it calls itself now. */
export function verificationFor(
  ports: Pick<Ports, 'now' | 'newId'>,
  asked: { id: string; name: string; creditCode?: string | null; affiliations?: Expert['affiliations']; by: string },
  { note, email = null, link = null }: Proof,
): Verification {
  const { id: subjectId, name, creditCode = null, by } = asked
  const now = ports.now()
  return {
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
    email,
    link,
    institutionIds: employersOf(asked),
    requestedBy: by,
    decidedAt: null,
    decidedBy: null,
    reason: null,
  }
}

const employersOf = ({ affiliations = [] }: { affiliations?: Expert['affiliations'] }) => [
  ...new Set(affiliations.map(({ institutionId }) => institutionId)),
]

/** Whether there is nothing to ask: it is verified as what it says now, or (a person) others have let him in. */
async function stands({ database }: Ports, kind: DirectoryKind, subject: Subject, latest: Verification | undefined): Promise<boolean> {
  if (kind === 'expert') {
    const expert = await experts.find(database, subject.id)
    return expert?.enrolled === 'verified' || (expert?.enrolled === null && !(await letHimselfIn(database, subject.id)))
  }
  return latest?.state === 'granted' && latest.name === subject.name && latest.creditCode === (subject.creditCode ?? null)
}

/**
 * The operator's answer, or of his own people the institution's; `revoke` takes a yes back. A no, a yes to a doubtful or missing code or to
 * a person, and a revocation need a reason (422). 403, 404, 409, also where the person says otherwise of himself since.
 */
export async function decideVerification(ports: Ports, actor: Actor, id: string, decision: VerificationDecision): Promise<Verification> {
  const { verification, kind, relations } = await findVerification(ports, actor, id, 'verification.decide')
  permit(actor, verbsFor(kind).decide, relations)
  const { verdict, reason } = decision
  const state = nextState(verificationLifecycle, verification.state, verdict)
  const isOverride = verdict === 'grant' && verification.codeCheck !== 'sound'
  if (reason === null && (verdict !== 'grant' || isOverride))
    throw new Problem('invalid-input', { errors: [{ pointer: '/reason', code: 'required' }] })
  const changes = { state, reason, decidedAt: ports.now(), decidedBy: actor.id } satisfies Partial<Verification>
  const facts = { subjectId: verification.subjectId, isOverride: isOverride && kind !== 'expert' }
  const beside = kind === 'expert' && verdict !== 'refuse' ? await known(ports, actor, verification, verdict) : []
  return step(ports, verifications, verification, changes, { kind: `verification.${pastOf[verdict]}`, actorId: actor.id, facts }, beside)
}

/** The person's profile with the answer; 409 for a yes to what he says no more. */
async function known(ports: Ports, actor: Actor, verification: Verification, verdict: 'grant' | 'revoke') {
  const expert = await experts.find(ports.database, verification.subjectId)
  if (expert === undefined) throw new Problem('not-found', { id: verification.subjectId })
  if (verdict === 'grant' && isOutdated(verification, expert))
    throw new Problem('not-allowed-now', { state: verification.state, reason: 'said-otherwise' })
  const [enrolled, kind] = verdict === 'grant' ? (['verified', 'expert.verified'] as const) : (['unverified', 'expert.doubted'] as const)
  const change = { kind, actorId: actor.id, facts: { verificationId: verification.id } } as const
  return nextOf(ports, experts, expert, { enrolled }, change).statements
}

/** Whether a person calls himself, or his work, otherwise than when he asked. */
export function isOutdated({ name, institutionIds }: Verification, expert: Pick<Expert, 'name' | 'affiliations'>): boolean {
  return name !== expert.name || institutionIds.toSorted().join() !== employersOf(expert).toSorted().join()
}

/** Whoever asked takes the request back while nobody has answered. */
export async function withdrawVerification(ports: Ports, actor: Actor, id: string): Promise<Verification> {
  const { verification, kind, relations } = await findVerification(ports, actor, id)
  permit(actor, verbsFor(kind).request, relations)
  const state = nextState(verificationLifecycle, verification.state, 'withdraw')
  const { subjectId } = verification
  return step(ports, verifications, verification, { state }, { kind: 'verification.withdrawn', actorId: actor.id, facts: { subjectId } })
}

/** The latest word on a subject; null where nobody asked. 403, 404. */
export async function readVerification(
  ports: Ports,
  actor: Actor,
  subjectId: string,
  kinds: Kinds = verifiableKinds,
): Promise<Verification | null> {
  const { kind, relations } = await findSubject(ports, actor, kinds, subjectId)
  permit(actor, verbsFor(kind).read, relations)
  return (await verificationOf(ports.database, subjectId)) ?? null
}

/** Whether somebody acts by his own word alone, and may ask to be verified. 404. */
export async function mayAsk(ports: Ports, actor: Actor, subjectId: string): Promise<boolean> {
  const { kind, subject, relations } = await findSubject(ports, actor, verifiableKinds, subjectId)
  if (!may(actor, verbsFor(kind).request, relations)) return false
  return kind !== 'expert' || !(await stands(ports, kind, subject, undefined))
}

/** 404 for one that the actor may not read; 401 and 403 before that for whoever may not do it to any organisation's. */
async function findVerification(
  ports: Ports,
  actor: Actor,
  id: string,
  verb?: 'verification.decide',
): Promise<{ verification: Verification; kind: DirectoryKind; relations: Relation[] }> {
  const verification = await verifications.find(ports.database, id)
  const isPerson = verification !== undefined && kindOfId(verification.subjectId) === 'expert'
  if (verb !== undefined && !isPerson) permit(actor, verb)
  if (verification === undefined) throw new Problem('not-found', { id })
  const { kind, relations } = await findSubject(ports, actor, verifiableKinds, verification.subjectId)
  if (!may(actor, verbsFor(kind).read, relations)) throw new Problem('not-found', { id })
  return { verification, kind, relations }
}
