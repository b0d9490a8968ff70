import { ContactPerson } from '../../demands/demand.ts'
import { contactIn, type FoundContact } from '../values/contact.ts'
import { doubt, type LineDraft, note } from './draft.ts'
import type { Entry } from './entry.ts'

type Member = 'name' | 'phone' | 'email'
const memberOf: Record<string, Member> = { contact: 'name', phone: 'phone', email: 'email' }
const { name, phone, email } = ContactPerson.shape
const schemas = { name, phone, email }

/** Whom to call: a name, a number and an address, in columns of their own or in one. */
export function readPerson(draft: LineDraft, entries: readonly Entry[]): void {
  const person: Record<Member, string | null> = { name: null, phone: null, email: null }
  // A number in the column of numbers counts before one that stands beside a name.
  const found = entries.map((entry) => ({ entry, own: memberOf[entry.field ?? '']!, said: saidIn(entry) }))
  for (const isOwn of [true, false])
    for (const { own, said } of found)
      for (const member of ['name', 'phone', 'email'] as const)
        if ((member === own) === isOwn && person[member] === null && said[member] !== null) person[member] = said[member]
  for (const { entry, own, said } of found) {
    const isTaken = (['name', 'phone', 'email'] as const).every((member) => said[member] === null || said[member] === person[member])
    const isNothing = said.name === null && said.phone === null && said.email === null
    if (!isTaken || isNothing || said.rest !== '') note(draft, entry)
    if (own === 'phone' && said.phone === null && /\d/.test(entry.text)) doubt(draft, 'phone-unread')
  }
  if (Object.values(person).some((value) => value !== null)) draft.content.contact = person
}

/** In a column of numbers, what has digits and is no number is no name either: 内线8012. */
function saidIn({ field, text }: Entry): FoundContact {
  const said = saidBy(contactIn(text))
  return field === 'phone' && said.phone === null && /\d/.test(said.name ?? '') ? { ...said, name: null } : said
}

/** What fits no person, such as a name as long as a sentence, is none. */
function saidBy(found: FoundContact): FoundContact {
  const valid = (member: Member) => (schemas[member].safeParse(found[member]).success ? found[member] : null)
  const said = { name: valid('name'), phone: valid('phone'), email: valid('email') }
  const lost = (['name', 'phone', 'email'] as const).filter((member) => found[member] !== null && said[member] === null)
  return { ...said, rest: [found.rest, ...lost.map((member) => found[member]!)].filter((text) => text !== '').join('、') }
}
