import { Button } from '../../platform/web/parts/buttons.tsx'
import { Paragraphs, Written } from '../../platform/web/parts/text.tsx'
import type { View } from '../../platform/web/view.ts'
import type { Contact } from '../contact.ts'

/** What was logged, newest first. */
export function ContactList({ view, contacts, back }: { view: View; contacts: readonly Contact[]; back: string }) {
  const { contact: words, case: caseWords } = view.words.engagement
  if (contacts.length === 0) return <p class="quiet">{caseWords.noContacts}</p>
  return (
    <ul class="timeline">
      {contacts.map((contact) => (
        <li>
          <p>
            <strong>{view.words.units.day(contact.on)}</strong>{' '}
            {[words.channels[contact.channel], words.results[contact.result]].join(' · ')}
            {contact.withWhom !== null && (
              <>
                {' · '}
                <Written text={contact.withWhom} locale={view.locale} />
              </>
            )}
          </p>
          {contact.note !== null && <Paragraphs text={contact.note} locale={view.locale} />}
          {contact.interview !== null && <p class="quiet">{view.words.visit.interviewInLog}</p>}
          {contact.visit !== null && (
            <p>
              <a href={`/visits/${contact.id}`}>{view.words.visit.inLog}</a>
            </p>
          )}
          <NextStep view={view} contact={contact} back={back} />
        </li>
      ))}
    </ul>
  )
}

/** What is to be done, with the button that ends it. */
export function NextStep({ view, contact, back }: { view: View; contact: Contact; back: string }) {
  const { contact: words, today } = view.words.engagement
  const { next, nextDoneAt, id, version } = contact
  if (next === null) return null
  if (nextDoneAt !== null) return <p class="quiet">{words.nextDone(next.what)}</p>
  return (
    <form method="post" action="/contacts/next-step" class="actions">
      <span>{words.nextStep(view.words.units.day(next.on), next.what)}</span>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="version" value={String(version)} />
      <input type="hidden" name="back" value={back} />
      {contact.by === view.actor.id && <Button tone="plain">{today.done}</Button>}
    </form>
  )
}
