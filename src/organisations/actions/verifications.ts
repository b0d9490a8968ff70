import type { Actor } from '../../accounts/actor.ts'
import { may, permit } from '../../accounts/permissions.ts'
import { expertsCalled } from '../../directory/store/names.ts'
import { experts, institutions, subjectRows, verifications } from '../../directory/store.ts'
import { type Verification, type VerificationState, verifiedKinds } from '../../directory/verification.ts'
import type { Page } from '../../platform/database/listings.ts'
import { kindOfId } from '../../platform/ids.ts'
import type { Ports } from '../../platform/ports.ts'
import { isOutdated } from './verification.ts'

/** A verification as those see it who answer it. */
export type ListedVerification = Verification & {
  /** The name of an organisation as it is now; of a person as he asked. */
  subjectName: string
  /** Where a person says that he works. */
  institutions: string[]
  /** Whether a person says otherwise of himself since: then there is nothing to say yes to. */
  isOutdated: boolean
  /** Other profiles of his name; for the operator alone. */
  namesakeIds: string[]
}

/** What was asked and decided, newest first: all for those who see all of it, else what an institution is asked about its own people. 403. */
export async function listVerifications(
  ports: Ports,
  actor: Actor,
  state: VerificationState | null,
  page: Page,
): Promise<{ items: ListedVerification[]; next: Page['after'] }> {
  const isAll = may(actor, 'verification.read')
  if (!isAll) permit(actor, 'expert.verify', ['organisation'])
  const conditions = { ...(state !== null && { state }), ...(!isAll && { institution_id: actor.id }) }
  const { rows, next } = await verifications.newestPage(ports.database, conditions, page)
  return { items: await Promise.all(rows.map((verification) => listed(ports, actor, verification))), next }
}

async function listed({ database }: Ports, actor: Actor, verification: Verification): Promise<ListedVerification> {
  const { subjectId, name } = verification
  if (kindOfId(subjectId) !== 'expert') {
    const kind = verifiedKinds.find((each) => each === kindOfId(subjectId))
    const subjectName = (kind && (await subjectRows[kind].find(database, subjectId))?.name) ?? name
    return { ...verification, subjectName, institutions: [], isOutdated: false, namesakeIds: [] }
  }
  const expert = await experts.find(database, subjectId)
  const namesakes = may(actor, 'expert.read-whole') ? await expertsCalled(database, [name]) : []
  return {
    ...verification,
    subjectName: name,
    institutions: await employersAsked({ database }, verification),
    isOutdated: expert === undefined || isOutdated(verification, expert),
    namesakeIds: namesakes.filter((each) => each !== subjectId),
  }
}

/** The names of where a person said that he works when he asked. */
export async function employersAsked({ database }: Pick<Ports, 'database'>, { institutionIds }: Verification): Promise<string[]> {
  return (await institutions.findMany(database, institutionIds)).map(({ name }) => name)
}
