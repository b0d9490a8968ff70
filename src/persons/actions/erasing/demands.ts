import type { Compilable } from 'kysely'
import type { ContactPerson, Demand } from '../../../demands/demand.ts'
import { demands } from '../../../demands/store.ts'
import { eraseRevisions, record, recordRevision } from '../../../platform/journal/journal.ts'
import type { z } from '../../../platform/schema.ts'
import { demandsOfBrokers, lastVersion, rawRow, revisionsWithContacts } from '../../store.ts'
import type { ErasedPart, Erasing } from './erasing.ts'

type Contact = z.infer<typeof ContactPerson>
const contactFields = ['businessContact', 'technicalContact'] as const

/** What stands where somebody's name stood that may not be empty. */
export const nobody = '—'

/**
 * Demands in which the person is, or once was, a contact person, and those whose broker he is: they go on without him. Their earlier
 * versions go whole, since each is bound as it was.
 */
export async function eraseFromDemands(erasing: Erasing): Promise<ErasedPart & { called: string[] }> {
  const { database } = erasing.ports
  const names = new Map<string, Set<string>>()
  for await (const page of revisionsWithContacts(database))
    for (const { id, body } of page)
      for (const contact of contactsIn(body)) if (erasing.marks.has(contact)) names.set(id, (names.get(id) ?? new Set()).add(contact.name))
  for (const id of await demandsOfBrokers(database, erasing.person.profileIds)) names.set(id, names.get(id) ?? new Set())
  const part = { ids: [] as string[], statements: [] as Compilable[], called: [...names.values()].flatMap((each) => [...each]) }
  for (const [id, called] of names) {
    const statements = await withoutPerson(erasing, id, called)
    if (statements === null) continue
    part.ids.push(id)
    part.statements.push(...statements)
  }
  return part
}

/** The contact persons in a demand as JSON says it. */
export function contactsIn(body: Record<string, unknown>): Contact[] {
  // A demand's body, in whatever version it was written.
  return contactFields.flatMap((name) => (body[name] as Contact | null | undefined) ?? [])
}

/** Null where it was written since, and is not meant. */
async function withoutPerson({ ports, person, marks, before, reason, by, at }: Erasing, id: string, called: ReadonlySet<string>) {
  const { database } = ports
  const row = await rawRow(database, 'demand', id)
  if (row !== undefined && before !== null && row.updatedAt >= before) return null
  const subjectVersion = (await lastVersion(database, id)) + 1
  const entry = { subjectId: id, subjectVersion, kind: 'demand.contact.erased', actorId: by, at, facts: { reason } } as const
  if (row === undefined) return [record(database, entry), eraseRevisions(database, id, subjectVersion)]
  // A stored body is a demand.
  const demand = row.body as Demand
  const { brokerId } = demand
  const next: Demand = {
    ...demand,
    ...contactsWithout(demand, (contact) => marks.has(contact), called),
    brokerId: brokerId !== null && person.profileIds.includes(brokerId) ? null : brokerId,
    version: subjectVersion,
    updatedAt: at,
  }
  return [...recordRevision(ports, entry, next), ...demands.update(database, next), eraseRevisions(database, id, subjectVersion)]
}

type Contacts = Pick<Demand, 'businessContact' | 'technicalContact' | 'confirmation'>

/** The people whom a demand names, without those who are to go: by their contact details, or by the name of who confirmed it (null for anybody). */
export function contactsWithout(
  { businessContact, technicalContact, confirmation }: Contacts,
  isToGo: (contact: Contact) => boolean,
  names: ReadonlySet<string> | null,
): Contacts {
  const kept = (contact: Contact | null) => (contact === null || isToGo(contact) ? null : contact)
  const isNamed = confirmation !== null && (names === null || names.has(confirmation.by))
  return {
    businessContact: kept(businessContact),
    technicalContact: kept(technicalContact),
    confirmation: isNamed ? { ...confirmation, by: nobody } : confirmation,
  }
}

/** Whether it names anybody at all. */
export const namesPeople = ({ businessContact, technicalContact, confirmation }: Contacts): boolean =>
  businessContact !== null || technicalContact !== null || (confirmation !== null && confirmation.by !== nobody)
