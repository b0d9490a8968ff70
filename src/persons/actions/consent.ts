import type { Session } from '../../accounts/account.ts'
import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { experts } from '../../directory/store.ts'
import { step } from '../../platform/journal/change.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { Consent, ConsentHow, ProfilePurpose } from '../../privacy/consent.ts'
import { answered, consentsOf, latestConsent } from '../../privacy/store.ts'

/** What somebody says to one of the purposes of an expert's profile. */
export interface ProfileAnswer {
  purpose: ProfilePurpose
  expertId: string
  isGiven: boolean
}

/** Agrees to how personal data is handled, for one's own account. */
export async function agree(ports: Ports, { account }: Pick<Session, 'account'>): Promise<Consent> {
  const { id } = account
  const answer = { accountId: id, expertId: null, purpose: 'account', isGiven: true, how: 'self', by: id } as const
  const statements = await answered(ports, answer)
  if (statements.length > 0) await ports.database.commit(...statements)
  // There is one since `answered`, which leaves none out where there was nothing.
  return (await latestConsent(ports.database, { accountId: id }, 'account'))!
}

/** The person's own answer, which takes effect in the same commit. 404 for a profile that is not his, 409. */
export async function answerForOneself(ports: Ports, { account, memberships }: Session, answer: ProfileAnswer): Promise<Consent> {
  const isHis = memberships.some(({ role, subjectId }) => role === 'expert' && subjectId === answer.expertId)
  if (!isHis) throw new Problem('not-found', { id: answer.expertId })
  return answerFor(ports, answer, { by: answer.expertId, accountId: account.id, how: 'self' })
}

/** What an expert said on paper or by phone, recorded by the operator. 403, 404, 409. */
export async function recordAnswer(
  ports: Ports,
  actor: Actor,
  answer: ProfileAnswer,
  how: Extract<ConsentHow, 'on-paper' | 'by-phone'>,
): Promise<Consent> {
  permit(actor, 'person.record-consent')
  return answerFor(ports, answer, { by: actor.id, accountId: null, how })
}

/** Whoever no longer wants to be proposed vanishes from matches, whoever no longer wants to be shown from sight, with the very commit. */
async function answerFor(
  ports: Ports,
  { purpose, expertId, isGiven }: ProfileAnswer,
  who: { by: string; accountId: string | null; how: ConsentHow },
): Promise<Consent> {
  const expert = await experts.find(ports.database, expertId)
  if (expert === undefined) throw new Problem('not-found', { id: expertId })
  const changes = purpose === 'proposal' ? { consent: isGiven } : isGiven ? {} : { visibility: 'nda' as const }
  const statements = await answered(ports, { ...who, expertId, purpose, isGiven })
  const change = { kind: 'expert.amended', actorId: who.by } as const
  const isChanged = Object.entries(changes).some(([name, value]) => expert[name as keyof typeof changes] !== value)
  if (isChanged) await step(ports, experts, expert, changes, change, statements)
  else if (statements.length > 0) await ports.database.commit(...statements)
  const latest = await latestConsent(ports.database, { expertId }, purpose)
  // There is one since `answered`, which leaves none out where there was nothing.
  return latest!
}

/** All that a person has said: for his account, and for the expert's profiles that are his. */
export async function ownConsents(ports: Pick<Ports, 'database'>, { account, memberships }: Session): Promise<Consent[]> {
  const ofAccount = (await consentsOf(ports.database, { accountId: account.id })).filter(({ expertId }) => expertId === null)
  const profiles = memberships.flatMap(({ role, subjectId }) => (role === 'expert' && subjectId !== null ? [subjectId] : []))
  const ofProfiles = await Promise.all(profiles.map((expertId) => consentsOf(ports.database, { expertId })))
  return [...ofAccount, ...ofProfiles.flat()]
}
