import type { Account } from '../../accounts/account.ts'
import { named } from '../../accounts/actions/membership.ts'
import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { devicesOf, findAccount, membershipsOf } from '../../accounts/store.ts'
import { contacts, interests, invitations, shortlists } from '../../engagements/store.ts'
import { contentsOf, intakes } from '../../intake/store.ts'
import type { Database } from '../../platform/database/database.ts'
import { listingOf } from '../../platform/database/listings.ts'
import { record } from '../../platform/journal/journal.ts'
import type { Ports } from '../../platform/ports.ts'
import { consentsOf } from '../../privacy/store.ts'
import type { Person, PersonData } from '../person.ts'
import { heldBeside, invitationsFor } from '../store/held.ts'
import { entriesOfPerson, everNaming, rawRow, revisionsOf, revisionsWithContacts } from '../store.ts'
import { contactsOfDealing, metBy } from './erasing/dealings.ts'
import { contactsIn } from './erasing/demands.ts'
import { findPerson } from './find-person.ts'
import { marksOf } from './marks.ts'

/** What is held about somebody without an account, given out by the operator: that it was, is recorded. 403, 404. */
export async function exportPerson(ports: Ports, actor: Actor, id: string): Promise<PersonData> {
  permit(actor, 'person.export')
  const person = await findPerson(ports, id)
  const data = await dataOf(ports, person)
  const entry = {
    subjectId: ports.newId('hand-out'),
    subjectVersion: 1,
    kind: 'person.exported',
    actorId: actor.id,
    at: ports.now(),
  } as const
  await ports.database.commit(record(ports.database, { ...entry, facts: { of: id } }))
  return data
}

/** Everything that is held about the person behind an account. */
export async function exportOwn(ports: Ports, accountId: string): Promise<PersonData> {
  return dataOf(ports, await findPerson(ports, accountId))
}

async function dataOf(ports: Ports, person: Person): Promise<PersonData> {
  const { database } = ports
  const { accountId, profileIds } = person
  const account = accountId === null ? undefined : await findAccount(database, { id: accountId })
  const named = [...profileIds, ...(accountId === null ? [] : [accountId])]
  const works = await everNaming(database, 'evidence', ['expertId'], profileIds)
  const claims = accountId === null ? [] : await everNaming(database, 'claim', ['accountId'], [accountId])
  const disclosures = accountId === null ? [] : await everNaming(database, 'disclosure', ['accountId'], [accountId])
  const beside =
    accountId === null
      ? { postponed: [], unfinished: [], readings: [], keys: [], links: [], views: [] }
      : await heldBeside(database, accountId)
  const mergers = await everNaming(database, 'merger', ['fromId', 'intoId'], profileIds)
  const verified = await everNaming(database, 'verification', ['subjectId'], profileIds)
  const dealings = await dealingsAbout(database, profileIds)
  const ids = [...profileIds, ...works, ...claims, ...verified, ...mergers, ...disclosures, ...dealings]
  return {
    format: 'sunmao-person',
    formatVersion: 1,
    madeAt: ports.now(),
    accountId,
    profileIds: [...profileIds],
    account: account === undefined ? null : { ...account, ...(await timesOf(database, account.id)) },
    memberships: accountId === null ? [] : await memberships(ports, accountId),
    consents: await allConsents(database, person),
    devices: accountId === null ? [] : (await devicesOf(database, accountId)).map((device) => ({ ...device })),
    listings: await listingsOf(database, ids),
    contacts: account === undefined ? [] : await contactsOf(ports, account),
    ...beside,
    invitations: account === undefined ? [] : await invitationsFor(database, account),
    journal: await entriesOfPerson(database, [...named, ...ids], accountId),
  }
}

/** What passed between others and one of these profiles. */
async function dealingsAbout(database: Database, profileIds: readonly string[]): Promise<string[]> {
  const members = {
    refusal: ['supplyId'],
    judgment: ['supplyId'],
    interest: ['supplyId'],
    invitation: ['supplyId'],
    referral: ['fromId', 'supplyId'],
    delegation: ['to'],
    engagement: ['supplyId'],
    contact: ['subjectId'],
  } as const
  // The keys of an object literal are those of its type.
  const tables = Object.keys(members) as (keyof typeof members)[]
  const listed: string[] = []
  for await (const { id, items } of shortlists.each(database, {}))
    if (items.some(({ supplyId }) => profileIds.includes(supplyId))) listed.push(id)
  return [...(await Promise.all(tables.map((table) => everNaming(database, table, members[table], profileIds)))).flat(), ...listed]
}

async function timesOf(database: Database, id: string): Promise<{ createdAt: string; lastUsedAt: string | null }> {
  const row = await database.query
    .selectFrom('account')
    .leftJoin('account_use', 'account_use.account_id', 'account.id')
    .select(['account.created_at', 'account_use.last_at'])
    .where('account.id', '=', id)
    .executeTakeFirstOrThrow()
  return { createdAt: row.created_at, lastUsedAt: row.last_at }
}

async function memberships(ports: Ports, accountId: string): Promise<Record<string, unknown>[]> {
  const memberships = await named(ports, await membershipsOf(ports.database, accountId))
  return memberships.map((membership) => ({ ...membership }))
}

async function allConsents(database: Database, { accountId, profileIds }: Person): Promise<Record<string, unknown>[]> {
  const own = accountId === null ? [] : await consentsOf(database, { accountId })
  const ofProfiles = await Promise.all(profileIds.map((expertId) => consentsOf(database, { expertId })))
  return [...new Map([...own, ...ofProfiles.flat()].map((consent) => [consent.id, consent])).values()]
}

async function listingsOf(database: Database, ids: readonly string[]): Promise<PersonData['listings']> {
  const versions = Map.groupBy(await revisionsOf(database, ids), ({ id }) => id)
  const rows = ids.map(async (id) => {
    const table = listingOf(id)
    const now = table && (await rawRow(database, table, id))
    return { id, now: now?.body ?? null, versions: (versions.get(id) ?? []).map(({ version, body }) => ({ version, body })) }
  })
  return Promise.all(rows)
}

async function contactsOf(ports: Ports, { phone, email }: Account): Promise<PersonData['contacts']> {
  const marks = marksOf(ports.secret, { phone, email })
  const found = new Map<string, PersonData['contacts'][number]>()
  for await (const page of revisionsWithContacts(ports.database))
    for (const { id, body } of page)
      for (const contact of contactsIn(body))
        if (marks.has(contact)) found.set(`${id} ${JSON.stringify(contact)}`, { demandId: id, contact })
  const dealings = [interests.each(ports.database, {}), invitations.each(ports.database, {})]
  for (const rows of dealings)
    for await (const noun of rows)
      for (const contact of contactsOfDealing(noun))
        if (marks.has(contact)) found.set(`${noun.id} ${JSON.stringify(contact)}`, { demandId: noun.demandId, contact })
  for await (const noun of contacts.each(ports.database, {}))
    for (const contact of metBy(noun, (each) => each !== null && marks.has(each)))
      found.set(`${noun.id} ${JSON.stringify(contact)}`, { demandId: noun.subjectId, contact })
  for await (const intake of intakes.each(ports.database, {}))
    for (const { demandId, content } of (await contentsOf(ports.database, intake.id)).lines)
      if (content.contact !== null && marks.has(content.contact))
        found.set(`${intake.id} ${JSON.stringify(content.contact)}`, { demandId: demandId ?? intake.id, contact: content.contact })
  return [...found.values()]
}
