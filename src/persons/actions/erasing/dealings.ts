import type { Compilable } from 'kysely'
import type { ContactPerson } from '../../../demands/demand.ts'
import type { Contact } from '../../../engagements/contact.ts'
import type { Delegation } from '../../../engagements/delegation.ts'
import type { Engagement } from '../../../engagements/engagement.ts'
import type { Interest } from '../../../engagements/interest.ts'
import type { Invitation } from '../../../engagements/invitation.ts'
import type { Shortlist } from '../../../engagements/shortlist.ts'
import { contacts, delegations, engagements, interests, invitations, referrals, shortlists } from '../../../engagements/store.ts'
import type { Database } from '../../../platform/database/database.ts'
import type { StoredNoun } from '../../../platform/database/listings.ts'
import { kindOfId } from '../../../platform/ids.ts'
import { eraseRevisions, recordRevision } from '../../../platform/journal/journal.ts'
import type { z } from '../../../platform/schema.ts'
import { everNaming, lastVersion } from '../../store.ts'
import { nobody } from './demands.ts'
import type { ErasedPart, Erasing } from './erasing.ts'
import type { NamedIn } from './known.ts'
import { gone } from './listings.ts'

type Person = z.infer<typeof ContactPerson>

/** With the ids of those that go whole. */
export interface ErasedDealings extends ErasedPart {
  going: readonly string[]
}

/**
 * What passed between the person and others: questions asked of him and his answers go; cases and notes of others stay without him, and
 * without words that name him.
 */
export async function eraseDealings(erasing: Erasing, isNamedIn: NamedIn): Promise<ErasedDealings> {
  const going = await goingWhole(erasing, isNamedIn)
  const part: ErasedDealings = { going, ids: [...going], statements: (await Promise.all(going.map((id) => gone(erasing, id)))).flat() }
  const isGoing = new Set(going)
  for await (const { rows, noun, changes } of changed(erasing, isNamedIn)) {
    if (isGoing.has(noun.id)) continue
    part.ids.push(noun.id)
    part.statements.push(...(await rewritten(erasing, rows, noun, changes)))
  }
  return part
}

async function goingWhole({ ports: { database }, person: { profileIds } }: Erasing, isNamedIn: NamedIn): Promise<string[]> {
  const asked = await Promise.all(
    (['refusal', 'judgment', 'interest', 'invitation'] as const).map((table) => everNaming(database, table, ['supplyId'], profileIds)),
  )
  const named = await everNaming(database, 'referral', ['fromId', 'supplyId'], profileIds)
  const about = await everNaming(database, 'contact', ['subjectId'], profileIds)
  const meant: string[] = []
  for await (const { id, name, note } of referrals.each(database, {})) if (isNamedIn(`${name}\n${note ?? ''}`)) meant.push(id)
  const requests = await everNaming(database, 'delegation', ['requestId'], asked.flat())
  const delegated = await everNaming(database, 'delegation', ['to'], profileIds)
  return [...new Set([...asked.flat(), ...named, ...about, ...meant, ...requests, ...delegated])]
}

interface Changed {
  rows: Writable
  noun: StoredNoun
  changes: object
}
interface Writable {
  update(database: Database, noun: never): Compilable[]
}

async function* changed({ ports: { database }, person: { profileIds }, marks }: Erasing, isNamedIn: NamedIn): AsyncGenerator<Changed> {
  const isHis = (person: Person | null) => person !== null && (marks.has(person) || isNamedIn(person.name))
  const isOne = (id: string | null): boolean => id !== null && profileIds.includes(id)
  for await (const noun of engagements.each(database, {})) {
    const isOutside = noun.outside !== null && isNamedIn(Object.values(noun.outside).join('\n'))
    const isNoted = noun.steps.some(({ note }) => note !== null && isNamedIn(note))
    if (isOne(noun.supplyId) || isOne(noun.brokerId) || isOutside || isNoted) {
      const changes: Partial<Engagement> = {
        supplyId: isOne(noun.supplyId) ? null : noun.supplyId,
        brokerId: isOne(noun.brokerId) ? null : noun.brokerId,
        outside: isOutside ? null : noun.outside,
        steps: noun.steps.map((step) => (step.note !== null && isNamedIn(step.note) ? { ...step, note: null } : step)),
      }
      yield { rows: engagements, noun, changes }
    }
  }
  for await (const noun of interests.each(database, {})) {
    const changes = interestWithout(noun, isHis, isNamedIn)
    if (changes !== null) yield { rows: interests, noun, changes }
  }
  for await (const noun of invitations.each(database, {})) {
    const changes = invitationWithout(noun, isHis, isNamedIn)
    if (changes !== null) yield { rows: invitations, noun, changes }
  }
  for await (const noun of delegations.each(database, {})) {
    const changes = delegationWithout(noun, isNamedIn)
    if (changes !== null) yield { rows: delegations, noun, changes }
  }
  for await (const noun of shortlists.each(database, {})) {
    const changes = shortlistWithout(noun, isHis, isOne, isNamedIn)
    if (changes !== null) yield { rows: shortlists, noun, changes }
  }
  for await (const noun of contacts.each(database, {})) {
    const changes = contactWithout(noun, isHis, isNamedIn)
    if (changes !== null) yield { rows: contacts, noun, changes }
  }
}

/** The people whom a question or its answer names. */
export function contactsOfDealing(noun: Interest | Invitation): Person[] {
  const named = 'askerContact' in noun ? [noun.askerContact, noun.answererContact] : [noun.answeredBy]
  return named.filter((each) => each !== null)
}

type Meant = (person: Person | null) => boolean
const unless = (isNamedIn: NamedIn, text: string | null) => (text !== null && isNamedIn(text) ? null : text)

/** Null where nothing of it is meant. */
export function interestWithout(noun: Interest, isMeant: Meant, isNamedIn: NamedIn): Partial<Interest> | null {
  const { note, askerContact, answererContact } = noun
  if (!isMeant(askerContact) && !isMeant(answererContact) && !(note !== null && isNamedIn(note))) return null
  return {
    note: unless(isNamedIn, note),
    askerContact: isMeant(askerContact) ? null : askerContact,
    answererContact: isMeant(answererContact) ? null : answererContact,
  }
}

export function invitationWithout(noun: Invitation, isMeant: Meant, isNamedIn: NamedIn): Partial<Invitation> | null {
  const { note, answeredBy } = noun
  if (!isMeant(answeredBy) && !(note !== null && isNamedIn(note))) return null
  return { note: unless(isNamedIn, note), answeredBy: isMeant(answeredBy) ? null : answeredBy }
}

function delegationWithout({ note, former }: Delegation, isNamedIn: NamedIn): Partial<Delegation> | null {
  const without = { note: unless(isNamedIn, note), former: former && { ...former, note: unless(isNamedIn, former.note) } }
  return JSON.stringify(without) === JSON.stringify({ note, former }) ? null : without
}

function shortlistWithout(
  { items, note, sent, answeredBy }: Shortlist,
  isHis: Meant,
  isOne: (id: string) => boolean,
  isNamedIn: NamedIn,
): Partial<Shortlist> | null {
  const kept = items.filter(({ supplyId }) => !isOne(supplyId))
  const changes: Partial<Shortlist> = {
    items: kept.map((item) => ({ ...item, comment: unless(isNamedIn, item.comment) })),
    note: unless(isNamedIn, note),
    sent: sent.map((each) => (isNamedIn(each.to) ? { ...each, to: nobody } : each)),
    answeredBy: isHis(answeredBy) ? null : answeredBy,
  }
  const before = { items, note, sent, answeredBy }
  return JSON.stringify(changes) === JSON.stringify(before) ? null : changes
}

export function contactWithout(noun: Contact, isMeant: Meant, isNamedIn: NamedIn): Partial<Contact> | null {
  const { withWhom, note, next, visit, interview } = noun
  const without = {
    withWhom: unless(isNamedIn, withWhom),
    note: unless(isNamedIn, note),
    next: next !== null && isNamedIn(next.what) ? null : next,
    visit: visit && {
      ...withoutTexts(visit, isNamedIn),
      met: visit.met.filter((each) => !isMeant({ ...each, email: null }) && !isNamedIn(each.role ?? '')),
    },
    interview: interview && withoutTexts(interview, isNamedIn),
  }
  return JSON.stringify(without) === JSON.stringify({ withWhom, note, next, visit, interview }) ? null : without
}

/** The same without the texts, and the lines, that name somebody. */
function withoutTexts<Noun extends object>(noun: Noun, isNamedIn: NamedIn): Noun {
  const kept = (value: unknown): unknown => {
    if (typeof value === 'string') return unless(isNamedIn, value)
    return Array.isArray(value) ? value.filter((each) => typeof each !== 'string' || !isNamedIn(each)) : value
  }
  // Every text of these nouns may be null, and no other member is changed in kind.
  return Object.fromEntries(Object.entries(noun).map(([name, value]) => [name, kept(value)])) as Noun
}

/** People met who are meant: of a sheet that names them by their number. */
export const metBy = ({ visit }: Contact, isMeant: Meant): Person[] =>
  (visit?.met ?? []).map(({ name, phone }) => ({ name, phone, email: null })).filter(isMeant)

/** The statements by which a dealing goes on without somebody: no version of before is kept. */
export async function rewritten(
  { ports, reason, by, at }: Pick<Erasing, 'ports' | 'reason' | 'by' | 'at'>,
  rows: Writable,
  noun: StoredNoun,
  changes: object,
): Promise<Compilable[]> {
  const { database } = ports
  const version = (await lastVersion(database, noun.id)) + 1
  const next = { ...noun, ...changes, version, updatedAt: at }
  // Of the kinds that are gathered here.
  const kind = `${kindOfId(noun.id)!}.person.erased` as const
  const entry = { subjectId: noun.id, subjectVersion: version, kind, actorId: by, at, facts: { reason } }
  // The noun and its rows belong together, which the compiler does not see of a kind that varies.
  return [...recordRevision(ports, entry, next), ...rows.update(database, next as never), eraseRevisions(database, noun.id, version)]
}
