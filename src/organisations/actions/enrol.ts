import { type Membership, ranksOf } from '../../accounts/account.ts'
import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { insertMembership, membershipsOf } from '../../accounts/store.ts'
import { enterprisesLike } from '../../directory/actions/enterprises.ts'
import { unclaimedAt } from '../../directory/actions/people.ts'
import { enterpriseActions, expertActions } from '../../directory/actions.ts'
import type { Enterprise } from '../../directory/enterprise.ts'
import type { Expert } from '../../directory/expert.ts'
import { verifications } from '../../directory/store.ts'
import type { Proof } from '../../directory/verification.ts'
import { normaliseCreditCode } from '../../platform/codes/credit-code.ts'
import { chronicle } from '../../platform/journal/change.ts'
import { record } from '../../platform/journal/journal.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { currentTexts, ProfilePurpose } from '../../privacy/consent.ts'
import { answered } from '../../privacy/store.ts'
import type { EnrolmentRequest } from '../enrolment.ts'
import { verificationFor } from './verification.ts'

/**
 * Registers a firm, or a person as an expert, and lets the account act for it, in one commit; the operator has verified nothing yet. 401;
 * 409 where the account acts in this role already, or where what is enrolled is there (`subjectIds`: then it is to be claimed); 422.
 */
export async function enrol(ports: Ports, actor: Actor, request: EnrolmentRequest): Promise<Membership> {
  permit(actor, 'enrolment.make')
  // Of whom `permit` lets pass, all have an account.
  const accountId = actor.accountId!
  const refuseMember = async () => {
    if ((await membershipsOf(ports.database, accountId)).some(({ role }) => role === request.as))
      throw new Problem('already-exists', { reason: 'member' })
  }
  await refuseMember()
  return request.as === 'enterprise' ? enrolEnterprise(ports, actor, accountId, request) : enrolExpert(ports, actor, accountId, request)
}

type Of<As extends EnrolmentRequest['as']> = Extract<EnrolmentRequest, { as: As }>

async function enrolEnterprise(ports: Ports, actor: Actor, accountId: string, request: Of<'enterprise'>): Promise<Membership> {
  const { as: _, proof = null, ...draft } = request
  const creditCode = draft.creditCode === null ? null : normaliseCreditCode(draft.creditCode)
  const known = await enterprisesLike(ports, actor, { name: draft.name, creditCode })
  if (known.length > 0) throw new Problem('already-exists', { reason: 'listed', subjectIds: known.map(({ id }) => id) })
  let membership: Membership | undefined
  await enterpriseActions.add(ports, actor, { ...draft, creditCode }, {}, async (enterprise) => {
    membership = membershipFor(ports, accountId, 'enterprise', enterprise.id)
    return [...admitting(ports, accountId, membership), ...asking(ports, enterprise, proof)]
  })
  return membership!
}

async function enrolExpert(ports: Ports, actor: Actor, accountId: string, request: Of<'expert'>): Promise<Membership> {
  const { name, institutionId, field, agreesTo, isNew, proof = null } = request
  if (!agreesTo.includes('profile')) throw new Problem('invalid-input', { errors: [{ pointer: '/agreesTo', code: 'consent-required' }] })
  const unclaimed = isNew || institutionId === null ? [] : await unclaimedAt(ports, actor, { name, institutionId })
  if (unclaimed.length > 0) throw new Problem('already-exists', { reason: 'listed', subjectIds: unclaimed.map(({ id }) => id) })
  const affiliations = institutionId === null ? [] : [{ institutionId, department: null, post: null }]
  const draft = { name, field, affiliations, source: 'self-registered', consent: agreesTo.includes('proposal') } as const
  const fresh = { claimed: true, confirmedAt: ports.now(), enrolled: 'unverified' } as const
  let membership: Membership | undefined
  await expertActions.add(ports, actor, draft, fresh, async (expert) => {
    const { id } = expert
    membership = membershipFor(ports, accountId, 'expert', id)
    const answers = ProfilePurpose.options.map((purpose) =>
      answered(ports, {
        ...{ accountId, expertId: id, purpose, how: 'self', by: accountId },
        isGiven: agreesTo.includes(purpose),
        textVersion: currentTexts[purpose],
      }),
    )
    return [...admitting(ports, accountId, membership), ...asking(ports, expert, proof), ...(await Promise.all(answers)).flat()]
  })
  return membership!
}

function membershipFor(ports: Ports, accountId: string, role: 'enterprise' | 'expert', subjectId: string): Membership {
  const at = ports.now()
  return { id: ports.newId('membership'), version: 1, accountId, role, subjectId, rank: ranksOf(role)[0], createdAt: at, endedAt: null }
}

/** Who enters and shows what proves it asks with the same to be verified. */
function asking(ports: Ports, subject: Enterprise | Expert, proof: Proof | null) {
  if (proof === null) return []
  const verification = verificationFor(ports, { ...subject, by: subject.id }, proof)
  const facts = { subjectId: subject.id, codeCheck: verification.codeCheck }
  const change = { kind: 'verification.requested', actorId: subject.id, facts } as const
  return [...verifications.insert(ports.database, verification), ...chronicle(ports, verification, change)]
}

function admitting({ database }: Ports, actorId: string, membership: Membership) {
  const { id, accountId, role, subjectId, rank, createdAt: at } = membership
  const entry = { subjectId: id, subjectVersion: 1, kind: 'membership.admitted', actorId, at } as const
  return [record(database, { ...entry, facts: { accountId, role, subjectId, rank } }), insertMembership(database, membership)]
}
