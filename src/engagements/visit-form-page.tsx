import type { DemandView } from '../demands/demand.ts'
import { demandTitle } from '../demands/demand-card.tsx'
import type { SearchItem } from '../matching/search.ts'
import { Page } from '../platform/web/page.tsx'
import { Button } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextArea, TextField } from '../platform/web/parts/fields.tsx'
import { codeNames } from '../platform/web/parts/labels.ts'
import { Once } from '../platform/web/parts/once.tsx'
import { Section, Written } from '../platform/web/parts/text.tsx'
import { type View, withQuery } from '../platform/web/view.ts'
import { type Contact, ContactResult } from './contact.ts'
import { ContactList } from './parts/contact-list.tsx'

interface VisitFormPageProps {
  view: View
  form: FormState
  subjectId: string
  about: { name: string; path: string }
  /** What was logged about the same before. */
  before: readonly Contact[]
}

/** The sheet, in the order in which it is remembered: what was said, what was seen, who was there. */
export function VisitFormPage({ view, form, subjectId, about, before }: VisitFormPageProps) {
  const { visit, engagement, units } = view.words
  const { form: words } = visit
  return (
    <Page view={view} title={visit.new}>
      <div class="narrow">
        <h1>{visit.new}</h1>
        <p class="lead">
          {words.about}
          {units.colon}
          <a href={about.path}>
            <Written text={about.name} locale={view.locale} />
          </a>
        </p>
        <ErrorSummary view={view} form={form} labels={sheetLabels(view)} />
        <form method="post" action="/visits" novalidate class="stack">
          <Once view={view} />
          <input type="hidden" name="subjectId" value={subjectId} />
          <SheetFields view={view} form={form} />
          <Button isLarge>{words.submit}</Button>
        </form>
        {before.length > 0 && (
          <Section title={engagement.case.contacts}>
            <ContactList view={view} contacts={before} back={view.path} />
          </Section>
        )}
      </div>
    </Page>
  )
}

export function sheetLabels({ words }: View) {
  const { form } = words.visit
  const { next, nextOn } = words.engagement.contact
  return {
    needs: form.needs.label,
    seen: form.seen.label,
    met: form.met.label,
    place: form.place.label,
    result: form.result,
    on: form.on.label,
    next: next.label,
    nextOn: nextOn.label,
  }
}

/** In the order in which it is remembered. */
export function SheetFields({ view, form }: { view: View; form: FormState }) {
  const { form: words } = view.words.visit
  const { contact } = view.words.engagement
  const field = { view, form }
  return (
    <>
      <TextArea {...field} name="needs" {...words.needs} rows={4} />
      <TextArea {...field} name="seen" {...words.seen} rows={4} />
      <TextArea {...field} name="met" {...words.met} rows={3} />
      <TextField {...field} name="place" {...words.place} />
      <Results view={view} form={form} />
      <TextField {...field} name="on" {...words.on} type="date" />
      <TextField {...field} name="next" {...contact.next} />
      <TextField {...field} name="nextOn" {...contact.nextOn} type="date" />
    </>
  )
}

function Results({ view, form }: { view: View; form: FormState }) {
  const { visit, engagement } = view.words
  const message = form.messages.result
  return (
    <fieldset class={message ? 'field wrong' : 'field'} id="result">
      <legend>{visit.form.result}</legend>
      {message && <p class="message">{message}</p>}
      <div class="choices">
        {ContactResult.exclude(['no-answer']).options.map((value) => (
          <label class="choice">
            <input type="radio" name="result" value={value} checked={value === (form.values.result || 'reached')} />
            <span>{engagement.contact.results[value]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

interface ChooseVisitedPageProps {
  view: View
  words: string
  found: readonly SearchItem[]
  demands: readonly DemandView[]
}

/** Whom the visit was to. */
export function ChooseVisitedPage({ view, words: q, found, demands }: ChooseVisitedPageProps) {
  const { choose: words } = view.words.visit
  const link = (subject: string, name: string) => (
    <a href={withQuery('/visits/new', { subject })}>
      <Written text={name} locale={view.locale} />
    </a>
  )
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <form method="get" action="/visits/new" class="stack">
          <TextField view={view} form={{ values: { q }, chosen: {}, messages: {} }} name="q" label={words.label} />
          <Button>{words.search}</Button>
        </form>
        {demands.length > 0 && q === '' && (
          <Section title={words.demands}>
            <ul class="lines">
              {demands.map((demand) => (
                <li>{link(demand.id, demandTitle(demand, view))}</li>
              ))}
            </ul>
          </Section>
        )}
        <Section title={found.length === 0 ? words.none : words.results}>
          {found.length === 0 ? (
            <p>
              {words.noneAdvice} <a href="/intake/by-phone">{words.register}</a>
            </p>
          ) : (
            <ul class="lines">
              {found.map(({ id, title, region }) => (
                <li>
                  {link(id, title)}
                  {region && <span class="quiet">{codeNames([region], view)}</span>}
                </li>
              ))}
            </ul>
          )}
        </Section>
      </div>
    </Page>
  )
}
