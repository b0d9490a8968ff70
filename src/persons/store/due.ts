import { sql } from 'kysely'
import type { Database } from '../../platform/database/database.ts'
import type { RawRow } from '../store.ts'

/** Claims that have had their answer, or were taken back, before then. */
export async function decidedClaims(database: Database, before: string, limit: number): Promise<string[]> {
  const rows = database.query.selectFrom('claim').select('id').where('state', '<>', 'requested').where('updated_at', '<', before)
  return (await rows.orderBy('updated_at').orderBy('id').limit(limit).execute()).map(({ id }) => id)
}

/** Disclosures that were ended, or ended by themselves, before then. */
export async function endedDisclosures(database: Database, before: string, limit: number): Promise<string[]> {
  const rows = database.query
    .selectFrom('disclosure')
    .select('id')
    .where((eb) => eb.or([eb.and([eb('state', '=', 'ended'), eb('updated_at', '<', before)]), eb('until', '<', before)]))
  return (await rows.orderBy('id').limit(limit).execute()).map(({ id }) => id)
}

/** A demand, and whether one of its earlier versions had a contact person. */
export interface ClosedDemand extends RawRow {
  hadContacts: boolean
}

/** Demands that came to an end before then, and in any version may name a contact person, or who confirmed them; in pages. */
export async function* closedDemands(database: Database, before: string): AsyncGenerator<ClosedDemand[]> {
  const hadContacts = sql<boolean>`exists (select 1 from revision where revision.subject_id = demand.id
    and revision.version < demand.version and revision.body like '%Contact":{%')`
  for (let after = ''; ; ) {
    const rows = await database.query
      .selectFrom('demand')
      .select(['id', 'body', 'updated_at', sql<number>`case when ${hadContacts} then 1 else 0 end`.as('had_contacts')])
      .where('state', 'in', ['solved', 'expired', 'withdrawn', 'routed', 'merged'])
      .where('updated_at', '<', before)
      .where((eb) => eb.or([eb('body', 'like', '%Contact":{%'), eb('body', 'like', '%"confirmation":{%'), hadContacts]))
      .where('id', '>', after)
      .orderBy('id')
      .limit(200)
      .execute()
    yield rows.map(({ id, body, updated_at, had_contacts }) => ({
      id,
      body: JSON.parse(body),
      updatedAt: updated_at,
      hadContacts: Number(had_contacts) === 1,
    }))
    if (rows.length < 200) return
    after = rows.at(-1)!.id
  }
}

/** What passed about demands that came to an end before then, and still names people, by kind. */
export async function closedDealings(
  { query }: Database,
  before: string,
  limit: number,
): Promise<{
  interests: string[]
  invitations: string[]
  referrals: string[]
  delegations: string[]
  contacts: string[]
  shortlists: string[]
}> {
  const closed = query
    .selectFrom('demand')
    .select('id')
    .where('state', 'in', ['solved', 'expired', 'withdrawn', 'routed', 'merged'])
    .where('updated_at', '<', before)
  const cases = query.selectFrom('engagement').select('id').where('demand_id', 'in', closed)
  const isOpen = ['draft', 'vetting', 'published']
  const openFor = query.selectFrom('demand').select('enterprise_id').where('state', 'in', isOpen)
  const photographed = query.selectFrom('attachment').select('subject_id')
  const about = <Table extends 'interest' | 'invitation' | 'referral' | 'shortlist'>(table: Table) =>
    query
      .selectFrom(table as 'interest')
      .select('id')
      .where('demand_id', 'in', closed)
      .orderBy('id')
      .limit(limit)
  const requests = (table: 'interest' | 'invitation') =>
    query
      .selectFrom(table as 'interest')
      .select('id')
      .where('demand_id', 'in', closed)
  const [interests, invitations, referrals, delegations, shortlists, contacts] = await Promise.all([
    about('interest').where('body', 'like', '%Contact":{%').execute(),
    about('invitation').where('body', 'like', '%"answeredBy":{%').execute(),
    about('referral').execute(),
    query
      .selectFrom('delegation')
      .select('id')
      .where((eb) => eb.or([eb('request_id', 'in', requests('interest')), eb('request_id', 'in', requests('invitation'))]))
      .orderBy('id')
      .limit(limit)
      .execute(),
    about('shortlist').where('body', 'like', '%"answeredBy":{%').execute(),
    query
      .selectFrom('contact')
      .select('id')
      .where((eb) =>
        eb.or([
          eb('subject_id', 'in', closed),
          eb('subject_id', 'in', cases),
          // A lead has no demand that ends.
          eb.and([eb('subject_id', 'in', query.selectFrom('offering').select('id')), eb('updated_at', '<', before)]),
          // A visit to somebody for whom no demand is open goes by its own age.
          eb.and([
            eb('visited_on', 'is not', null),
            eb('subject_id', 'not in', query.selectFrom('demand').select('id')),
            eb('subject_id', 'not in', query.selectFrom('engagement').select('id')),
            eb('updated_at', '<', before),
            eb('subject_id', 'not in', openFor),
          ]),
        ]),
      )
      .where((eb) =>
        eb.or([
          ...['withWhom":"', 'met":[{', 'decider":"'].map((named) => eb('body', 'like', `%"${named}%`)),
          eb('id', 'in', photographed),
        ]),
      )
      .orderBy('id')
      .limit(limit)
      .execute(),
  ])
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)
  return {
    interests: ids(interests),
    invitations: ids(invitations),
    referrals: ids(referrals),
    delegations: ids(delegations),
    contacts: ids(contacts),
    shortlists: ids(shortlists),
  }
}

/** Demands and offerings that were withdrawn before then and that nobody outside ever saw. */
export async function neverPublished(database: Database, before: string, limit: number): Promise<string[]> {
  const of = (table: 'demand' | 'offering') =>
    database.query
      .selectFrom(table)
      .select('id')
      .where('state', '=', 'withdrawn')
      .where('published_at', 'is', null)
      .where('updated_at', '<', before)
  const found = await Promise.all((['demand', 'offering'] as const).map((table) => of(table).orderBy('id').limit(limit).execute()))
  return found.flat().map(({ id }) => id)
}

/** Experts from the public web whose profile nobody took over or touched since, nor registered what they did. */
export async function unclaimedFromTheWeb(database: Database, before: string, limit: number): Promise<string[]> {
  const rows = await database.query
    .selectFrom('expert')
    .select('id')
    .where('is_claimed', '=', 0)
    .where('updated_at', '<', before)
    .where('body', 'like', '%"source":"public-web"%')
    .where(sql<boolean>`not exists (select 1 from evidence where evidence.expert_id = expert.id and evidence.updated_at >= ${before})`)
    .where(sql<boolean>`not exists (select 1 from claim where claim.subject_id = expert.id and claim.updated_at >= ${before})`)
    .orderBy('updated_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** One-time links that were answered before then. */
export async function answeredLinks(database: Database, before: string, limit: number): Promise<string[]> {
  const rows = database.query.selectFrom('link').select('id').where('answer', 'is not', null).where('used_at', '<', before)
  return (await rows.orderBy('used_at').orderBy('id').limit(limit).execute()).map(({ id }) => id)
}
