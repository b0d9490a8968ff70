import type { Database } from '../platform/database/database.ts'
import { listings } from '../platform/database/listings.ts'
import { Broker } from './broker.ts'
import { County } from './county.ts'
import { commonMonth, Enterprise } from './enterprise.ts'
import { type Evidence, StoredEvidence } from './evidence.ts'
import { type Expert, StoredExpert } from './expert.ts'
import { Institution } from './institution.ts'
import { Park } from './park.ts'
import { Provider } from './provider.ts'
import { StoredVerification, type Verifiable, type Verification } from './verification.ts'

export const enterprises = listings('enterprise', Enterprise, {
  title: ({ name }) => name,
  // The order of a list would tell who has just come.
  createdAt: ({ createdAt }) => commonMonth(createdAt),
  columns: ({ region, parkId }) => ({ region_code: region?.code ?? null, park_id: parkId }),
})

export const parks = listings('park', Park, {
  title: ({ name }) => name,
  columns: ({ region }) => ({ region_code: region?.code ?? null }),
})

export const institutions = listings('institution', Institution, {
  title: ({ name }) => name,
  columns: ({ region, parentId }) => ({ region_code: region?.code ?? null, parent_id: parentId }),
})

export const experts = listings('expert', StoredExpert, {
  title: ({ name }) => name,
  // Somebody who withholds consent is in no list.
  visibility: ({ consent, visibility }) => (consent === false ? 'nda' : visibility),
  columns: ({ region, claimed }) => ({ region_code: region?.code ?? null, is_claimed: claimed ? 1 : 0 }),
})

export const brokers = listings('broker', Broker, {
  title: ({ name }) => name,
  columns: ({ region }) => ({ region_code: region?.code ?? null }),
})

export const providers = listings('provider', Provider, {
  title: ({ name }) => name,
  columns: ({ region }) => ({ region_code: region?.code ?? null }),
})

export const counties = listings('county', County, {
  title: ({ name }) => name,
  columns: ({ region }) => ({ region_code: region.code }),
})

/** The rows of whom somebody can act for, by kind. */
export const subjectRows = {
  enterprise: enterprises,
  park: parks,
  county: counties,
  institution: institutions,
  expert: experts,
  broker: brokers,
  provider: providers,
}

export const evidence = listings('evidence', StoredEvidence, {
  // A row that stands for an offering has no title of its own.
  title: ({ title }) => title ?? '',
  columns: ({ expertId, offeringId, position }) => ({ expert_id: expertId, offering_id: offeringId, position }),
})

/** Rows of one expert or of one offering's completers, by position. */
export function evidenceOf(database: Database, subject: { expertId: string } | { offeringId: string }): Promise<Evidence[]> {
  return 'expertId' in subject ? evidenceOfExperts(database, [subject.expertId]) : completersOf(database, [subject.offeringId])
}

/** The rows of several experts, by position. */
export function evidenceOfExperts(database: Database, expertIds: readonly string[]): Promise<Evidence[]> {
  return referringTo(database, 'expert_id', expertIds)
}

/** The completers of several offerings, by position: evidence rows that stand for the offering. */
export function completersOf(database: Database, offeringIds: readonly string[]): Promise<Evidence[]> {
  return referringTo(database, 'offering_id', offeringIds)
}

async function referringTo(database: Database, column: 'expert_id' | 'offering_id', ids: readonly string[]): Promise<Evidence[]> {
  const rows: Evidence[] = []
  for (let start = 0; start < ids.length; start += 90) {
    rows.push(...(await Array.fromAsync(evidence.each(database, { [column]: ids.slice(start, start + 90) }))))
  }
  return rows.sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
}

export const verifications = listings('verification', StoredVerification, {
  title: () => '',
  columns: ({ subjectId, state, institutionIds }) => ({ subject_id: subjectId, state, institution_id: institutionIds[0] ?? null }),
})

/** The latest word on a subject, or nothing. */
export async function verificationOf(database: Database, subjectId: string): Promise<Verification | undefined> {
  const [latest] = await verifications.newest(database, { subject_id: subjectId }, { after: null, limit: 1 })
  return latest
}

/** Whether a subject stands verified as what it calls itself now: granted and not revoked since, whatever was asked for later. */
export async function isVerified(database: Database, { id, name, creditCode = null }: Verifiable): Promise<boolean> {
  const granted = await verifications.newest(database, { subject_id: id, state: 'granted' }, { after: null, limit: 1 })
  return granted.some((verification) => verification.name === name && verification.creditCode === creditCode)
}

/** An expert's profile as it was at a version; undefined where that is not kept. */
export async function expertAt(database: Database, id: string, version: number): Promise<Expert | undefined> {
  const row = await database.query
    .selectFrom('revision')
    .select('body')
    .where('subject_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return row && StoredExpert.safeParse(JSON.parse(row.body)).data
}
