import type { Compilable } from 'kysely'
import { demands } from '../../../demands/store.ts'
import { brokers, evidence, experts, verifications } from '../../../directory/store.ts'
import { disclosures } from '../../../disclosures/store.ts'
import { contacts, delegations, interests, invitations, referrals } from '../../../engagements/store.ts'
import { refusals } from '../../../matching/store.ts'
import { offerings } from '../../../offerings/store.ts'
import { claims, mergers } from '../../../organisations/store.ts'
import type { Database } from '../../../platform/database/database.ts'
import { kindOfId } from '../../../platform/ids.ts'
import { eraseRevisions, record } from '../../../platform/journal/journal.ts'
import { judgments } from '../../../quality/store.ts'
import { everNaming, lastVersion } from '../../store.ts'
import type { ErasedPart, Erasing } from './erasing.ts'

/** Listings that go whole. */
const goingRows: Record<string, { remove(database: Database, id: string): Compilable[] }> = {
  expert: experts,
  broker: brokers,
  evidence,
  claim: claims,
  verification: verifications,
  merger: mergers,
  demand: demands,
  offering: offerings,
  disclosure: disclosures,
  refusal: refusals,
  judgment: judgments,
  interest: interests,
  invitation: invitations,
  referral: referrals,
  delegation: delegations,
  contact: contacts,
}

/**
 * The profiles that are the person, what he did, his claims and those on his profiles, their verifications, and what was said when they
 * were merged: rows and every version, also of what was taken away before.
 */
export async function eraseListings(erasing: Erasing): Promise<ErasedPart> {
  const { database } = erasing.ports
  const { accountId, profileIds, otherIds } = erasing.person
  const named = [...profileIds, ...(accountId === null ? [] : [accountId])]
  const ids = [
    ...profileIds,
    ...otherIds.filter((id) => !id.startsWith('att_')),
    ...(await everNaming(database, 'evidence', ['expertId'], profileIds)),
    ...(await everNaming(database, 'claim', ['accountId', 'subjectId'], named)),
    ...(await everNaming(database, 'verification', ['subjectId'], profileIds)),
    ...(await everNaming(database, 'merger', ['fromId', 'intoId'], profileIds)),
  ]
  const all = [...new Set(ids)]
  const statements = await Promise.all(all.map((id) => gone(erasing, id)))
  return { ids: all, statements: statements.flat() }
}

/** The statements by which a listing goes with all its versions; none for one of which nothing is known. */
export async function gone(
  { ports: { database }, reason, by, at }: Pick<Erasing, 'ports' | 'reason' | 'by' | 'at'>,
  id: string,
): Promise<Compilable[]> {
  // Only ids of these kinds are gathered.
  const kind = kindOfId(id)!
  const subjectVersion = (await lastVersion(database, id)) + 1
  if (subjectVersion === 1) return []
  return [
    record(database, { subjectId: id, subjectVersion, kind: `${kind}.erased`, actorId: by, at, facts: { reason } }),
    ...goingRows[kind]!.remove(database, id),
    eraseRevisions(database, id, subjectVersion),
  ]
}
