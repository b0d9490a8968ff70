import type { Compilable } from 'kysely'
import type { Actor } from '../../accounts/actor.ts'
import { may, permit, type Relation } from '../../accounts/permissions.ts'
import { demandRelations, isKnownDemand } from '../../demands/actions.ts'
import { demands } from '../../demands/store.ts'
import { findSubject } from '../../directory/actions.ts'
import { knowsOffering } from '../../offerings/actions.ts'
import { offerings } from '../../offerings/store.ts'
import type { Page } from '../../platform/database/listings.ts'
import { kindOfId } from '../../platform/ids.ts'
import { amend, chronicle, commitTogether, nextOf } from '../../platform/journal/change.ts'
import { amended } from '../../platform/merge-patch.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { type FieldError, Problem } from '../../platform/problem.ts'
import { filled } from '../../platform/schema.ts'
import { type Contact, ContactDraft, type ContactInput } from '../contact.ts'
import { contactAt, contacts, dueAbout, dueContacts, engagements, visitsBetween } from '../store.ts'
import { findEngagement } from './engagement.ts'

/** Writes down a call or a visit. What was due about the same by today is done by it. 403, 422 for what the actor may not know of, a day to come, or the sheet of a visit that is none. */
export async function recordContact(ports: Ports, actor: Actor, input: ContactInput): Promise<Contact> {
  permit(actor, 'contact.record')
  const draft = filled<ContactDraft>({ visit: null }, input)
  await subjectOf(ports, actor, draft.subjectId)
  const contact = newContact(ports, actor, draft, null)
  await commitTogether(ports, await recording(ports, actor, contact))
  return contact
}

/** A contact of now. 422 for its faults. */
export function newContact(ports: Ports, actor: Actor, draft: ContactDraft, interview: Contact['interview']): Contact {
  refuseFaults(ports, draft)
  const now = ports.now()
  return {
    ...draft,
    id: ports.newId('contact'),
    originId: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
    visibility: 'nda',
    by: actor.id,
    nextDoneAt: null,
    interview,
  }
}

/** The statements that keep a new contact and end what was due about the same by today; what is to be done later still is. */
export async function recording(ports: Ports, actor: Actor, contact: Contact): Promise<Compilable[]> {
  const { channel, result, subjectId } = contact
  const due = await dueAbout(ports.database, actor.id, subjectId, today(ports))
  const done = due.flatMap(
    (each) => nextOf(ports, contacts, each, { nextDoneAt: contact.createdAt }, { kind: 'contact.amended', actorId: actor.id }).statements,
  )
  const entries = chronicle(ports, contact, { kind: 'contact.recorded', actorId: actor.id, facts: { channel, result } })
  return [...entries, ...contacts.insert(ports.database, contact), ...done]
}

export const mayAmend = (actor: Actor, contact: Contact) => may(actor, 'contact.amend', relationsTo(actor, contact))

/** One contact, for whoever may put it right. 403, 404. */
export async function contactToAmend(ports: Ports, actor: Actor, id: string): Promise<Contact> {
  const contact = await findContact(ports, actor, id)
  permit(actor, 'contact.amend', relationsTo(actor, contact))
  return contact
}

/** What its writer began with; undefined where that was not kept. 403, 404. */
export async function contactBefore(ports: Ports, actor: Actor, id: string, version: number): Promise<Contact | undefined> {
  await contactToAmend(ports, actor, id)
  return contactAt(ports.database, id, version)
}

/** JSON Merge Patch of what was written; not of what it is about. Another next step is due. 403, 404, 412, 422. */
export async function amendContact(ports: Ports, actor: Actor, id: string, version: number, patch: unknown): Promise<Contact> {
  const contact = await contactToAmend(ports, actor, id)
  const draft = amended(ContactDraft, contact, patch)
  if (draft.subjectId !== contact.subjectId) throw new Problem('invalid-input', { errors: [{ pointer: '/subjectId', code: 'fixed' }] })
  refuseFaults(ports, draft)
  const isOther = JSON.stringify(draft.next) !== JSON.stringify(contact.next)
  const changes = { ...draft, ...(isOther && { nextDoneAt: null }) }
  return amend(ports, contacts, contact, version, changes, { kind: 'contact.amended', actorId: actor.id })
}

/** The next step was done, or is due again. 403, 404, 409 where there is none, 412. */
export async function markNextStep(ports: Ports, actor: Actor, id: string, version: number, isDone: boolean): Promise<Contact> {
  const contact = await findContact(ports, actor, id)
  permit(actor, 'contact.amend', relationsTo(actor, contact))
  if (contact.next === null) throw new Problem('not-allowed-now', { reason: 'no-next-step' })
  const changes = { nextDoneAt: isDone ? (contact.nextDoneAt ?? ports.now()) : null }
  return amend(ports, contacts, contact, version, changes, { kind: 'contact.amended', actorId: actor.id })
}

/** What was recorded about something, newest first: all of it for whoever carries it, else one's own. 403, 422. */
export async function listContacts(
  ports: Ports,
  actor: Actor,
  subjectId: string | null,
  page: Page,
): Promise<{ items: Contact[]; next: Page['after'] }> {
  permit(actor, 'contact.read', ['own'])
  const relations = subjectId === null ? [] : await subjectOf(ports, actor, subjectId)
  const conditions = {
    ...(subjectId !== null && { subject_id: subjectId }),
    ...(!may(actor, 'contact.read', relations) && { recorded_by: actor.id }),
  }
  const { rows, next } = await contacts.newestPage(ports.database, conditions, page)
  return { items: rows, next }
}

/** The actor's own next steps that are due by a day, longest due first; 200 at most. 403. */
export async function listDue(ports: Ports, actor: Actor, until: string): Promise<Contact[]> {
  permit(actor, 'contact.read', ['own'])
  return dueContacts(ports.database, actor.id, until)
}

/** One contact, for whoever wrote it, carries what it is about, or runs the market. 404 for anybody else. */
export async function readContact(ports: Ports, actor: Actor, id: string): Promise<Contact> {
  return findContact(ports, actor, id)
}

/** Visits with their sheets, the latest first: one's own; of everybody for the operator. 403. */
export async function listVisits(
  ports: Ports,
  actor: Actor,
  days: { from: string | null; until: string | null },
  page: Page,
): Promise<{ items: Contact[]; next: Page['after'] }> {
  permit(actor, 'contact.read', ['own'])
  return visitsBetween(ports.database, { ...days, by: may(actor, 'contact.read') ? null : actor.id }, page)
}

async function findContact(ports: Ports, actor: Actor, id: string): Promise<Contact> {
  const contact = await contacts.find(ports.database, id)
  if (contact === undefined || !may(actor, 'contact.read', await relationsToContact(ports, actor, contact)))
    throw new Problem('not-found', { id })
  return contact
}

const relationsTo = (actor: Actor, { by }: Contact): Relation[] => (by === actor.id ? ['own'] : [])

/** How the actor stands to a contact: he wrote it; he carries the demand that it is about; it is about his own enterprise. */
export async function relationsToContact({ database }: Ports, actor: Actor, contact: Contact): Promise<Relation[]> {
  const { subjectId } = contact
  const about = kindOfId(subjectId) === 'engagement' ? ((await engagements.find(database, subjectId))?.demandId ?? null) : subjectId
  const demand = about !== null && kindOfId(about) === 'demand' ? await demands.find(database, about) : undefined
  const enterpriseId = demand?.enterpriseId ?? about
  return [
    ...relationsTo(actor, contact),
    ...(demand?.brokerId === actor.id ? (['assigned'] as const) : []),
    ...(actor.role === 'enterprise' && enterpriseId === actor.id ? (['organisation'] as const) : []),
  ]
}

/** How the actor stands to what a contact is about; 422 for what he may not know of. */
async function subjectOf(ports: Ports, actor: Actor, id: string): Promise<Relation[]> {
  try {
    switch (kindOfId(id)) {
      case 'demand': {
        const demand = await demands.find(ports.database, id)
        if (demand === undefined || !isKnownDemand(actor, demand)) throw new Problem('not-found')
        return demandRelations(actor, demand)
      }
      case 'offering': {
        const offering = await offerings.find(ports.database, id)
        // A result has an owner who is asked by its own way.
        if (offering === undefined || offering.kind !== 'lead' || !knowsOffering(actor, offering)) throw new Problem('not-found')
        return []
      }
      case 'engagement':
        return (await findEngagement(ports, actor, id)).relations
      default:
        return (await findSubject(ports, actor, ['expert', 'enterprise', 'institution'], id)).relations.filter((each) => each === 'own')
    }
  } catch (error) {
    if (!(error instanceof Problem && error.kind === 'not-found')) throw error
    throw new Problem('invalid-input', { errors: [{ pointer: '/subjectId', code: 'unknown-reference' }] }, { cause: error })
  }
}

function refuseFaults(ports: Ports, { channel, on, next, visit }: ContactDraft): void {
  const day = today(ports)
  const errors: FieldError[] = []
  if (on > day) errors.push({ pointer: '/on', code: 'day-to-come', facts: { today: day } })
  if (next !== null && next.on < on) errors.push({ pointer: '/next/on', code: 'past-day', facts: { today: on } })
  if (visit !== null && channel !== 'visit') errors.push({ pointer: '/visit', code: 'not-a-visit' })
  if (errors.length > 0) throw new Problem('invalid-input', { errors })
}
