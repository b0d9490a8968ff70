import { sql } from 'kysely'
import type { Demand } from '../../demands/demand.ts'
import { plainName } from '../../directory/names.ts'
import { brokers, enterprises, evidence } from '../../directory/store.ts'
import { findSettings } from '../../market/store.ts'
import type { Database } from '../../platform/database/database.ts'
import { kindOfId } from '../../platform/ids.ts'
import type { Ties } from '../conflict.ts'

/** What ties demands to people and institutions, by demand. Of an enterprise whom the reader may not know nothing is looked up. */
export async function tiesOf(
  database: Database,
  asked: readonly Pick<Demand, 'id' | 'enterpriseId' | 'brokerId'>[],
): Promise<(demandId: string) => Ties> {
  const { settings } = await findSettings(database)
  const known = asked.filter(({ enterpriseId }) => kindOfId(enterpriseId) === 'enterprise')
  const firmIds = unique(known.map(({ enterpriseId }) => enterpriseId))
  const brokerIds = unique(known.flatMap(({ brokerId }) => brokerId ?? []))
  const firms = new Map((await enterprises.findMany(database, firmIds)).map((firm) => [firm.id, firm]))
  const shared = await sharedWith(database, [...firmIds, ...brokerIds])
  const belonging = await institutionsOfBrokers(database, brokerIds)
  const joint = await jointWorks(database, firmIds)
  const nobody: ReadonlySet<string> = new Set()
  const found = new Map(
    known.map(({ id, enterpriseId, brokerId }): [string, Ties] => {
      const name = firms.get(enterpriseId)?.name
      return [
        id,
        {
          rules: settings.conflicts,
          names: new Set(name === undefined ? [] : [plainName(name)]),
          people: shared.get(enterpriseId) ?? nobody,
          brokered: brokerId === null ? nobody : new Set([...(shared.get(brokerId) ?? []), ...(belonging.get(brokerId) ?? [])]),
          joint: joint.get(enterpriseId) ?? new Map(),
        },
      ]
    }),
  )
  const none: Ties = { rules: settings.conflicts, names: nobody, people: nobody, brokered: nobody, joint: new Map() }
  return (demandId) => found.get(demandId) ?? none
}

const unique = (ids: readonly string[]) => [...new Set(ids)]
/** As many ids as one question may name. */
const idsAtOnce = 90

async function inParts<Row>(ids: readonly string[], read: (some: string[]) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = []
  for (let start = 0; start < ids.length; start += idsAtOnce) rows.push(...(await read(ids.slice(start, start + idsAtOnce))))
  return rows
}

/** Whom else the people act for who act for one of these. */
async function sharedWith({ query }: Database, ids: readonly string[]): Promise<Map<string, Set<string>>> {
  const rows = await inParts(ids, (some) =>
    query
      .selectFrom('membership as one')
      .innerJoin('membership as other', 'other.account_id', 'one.account_id')
      .select(['one.subject_id as of', 'other.subject_id as with'])
      .where('one.subject_id', 'in', some)
      .where('one.ended_at', 'is', null)
      .where('other.ended_at', 'is', null)
      .where(sql<boolean>`other.subject_id is not null and other.subject_id <> one.subject_id`)
      .execute(),
  )
  return gathered(rows.map((row) => [row.of!, row.with!]))
}

/** Institutions that are called as the organisation for which a broker works. */
async function institutionsOfBrokers(database: Database, ids: readonly string[]): Promise<Map<string, Set<string>>> {
  const people = (await brokers.findMany(database, [...ids])).filter(({ organisation }) => organisation !== null)
  const names = unique(people.map(({ organisation }) => organisation!))
  const rows = await inParts(names, (some) =>
    database.query.selectFrom('institution').select(['id', 'title']).where('title', 'in', some).execute(),
  )
  return gathered(
    people.flatMap(({ id, organisation }) => rows.filter(({ title }) => title === organisation).map((row) => [id, row.id] as const)),
  )
}

/** Who completed results that one of these enterprises owns, and when last. */
async function jointWorks(database: Database, ids: readonly string[]): Promise<Map<string, Map<string, string | null>>> {
  const rows = await inParts(ids, (some) =>
    database.query
      .selectFrom('evidence')
      .innerJoin('offering', 'offering.id', 'evidence.offering_id')
      .select(['evidence.id as id', 'offering.owner_id as owner'])
      .where('offering.owner_id', 'in', some)
      .execute(),
  )
  const works = new Map(
    (
      await evidence.findMany(
        database,
        rows.map(({ id }) => id),
      )
    ).map((work) => [work.id, work]),
  )
  const found = new Map<string, Map<string, string | null>>()
  for (const { id, owner } of rows) {
    const work = works.get(id)
    if (work === undefined) continue
    const own = found.get(owner!) ?? new Map<string, string | null>()
    const before = own.get(work.expertId)
    // What is not dated may be of today.
    own.set(work.expertId, work.on === null || before === null ? null : before === undefined || before < work.on ? work.on : before)
    found.set(owner!, own)
  }
  return found
}

function gathered(pairs: readonly (readonly [string, string])[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const [one, other] of pairs) found.set(one, (found.get(one) ?? new Set()).add(other))
  return found
}
