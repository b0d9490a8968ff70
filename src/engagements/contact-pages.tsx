import { Hono } from 'hono'
import { blankForm, doneOrForm, postedFields, writtenFields } from '../accounts/form.ts'
import { permit } from '../accounts/permissions.ts'
import { parseInput } from '../platform/input.ts'
import { z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { ErrorSummary, type FormState } from '../platform/web/parts/fields.tsx'
import { Section, Written } from '../platform/web/parts/text.tsx'
import { ownPath, viewOf } from '../platform/web/view.ts'
import { listContacts, markNextStep, recordContact } from './actions/contact.ts'
import { ContactInput } from './contact.ts'
import { ContactForm, contactLabels } from './parts/contact-form.tsx'
import { ContactList } from './parts/contact-list.tsx'
import { subjectName } from './parts/subject.ts'

/** Logging a call or a visit about anything, and what was logged before. */
export function contactPages() {
  return new Hono<Env>()
    .get('/contacts/new', (c) =>
      logPage(c, blankForm, { subjectId: c.req.query('about') ?? '', back: ownPath(c.req.query('back') ?? '/today') }),
    )
    .post('/contacts', async (c) => {
      const fields = await writtenFields(c)
      const back = ownPath(fields.back ?? '/today')
      const kept = ['channel', 'withWhom', 'note', 'on', 'next', 'nextOn']
      const done = await doneOrForm(viewOf(c).words, fields, kept, async () =>
        recordContact(c.var.ports, c.var.actor, parseInput(ContactInput, draftIn(fields, viewOf(c).today))),
      )
      return 'form' in done ? logPage(c, named(done.form), { subjectId: fields.subjectId ?? '', back }) : c.redirect(back, 303)
    })
    .post('/contacts/next-step', async (c) => {
      const fields = parseInput(
        z.looseObject({ id: z.string(), version: z.coerce.number().int(), back: z.string() }),
        await postedFields(c),
      )
      await markNextStep(c.var.ports, c.var.actor, fields.id, fields.version, true)
      return c.redirect(ownPath(fields.back), 303)
    })
}

const written = (value: string | undefined) => (value?.trim() ? value.replaceAll('\r\n', '\n') : null)

function draftIn(fields: Record<string, string>, today: string): object {
  const { subjectId, channel, result, on, next, nextOn } = fields
  return {
    subjectId,
    channel,
    result,
    withWhom: written(fields.withWhom),
    note: written(fields.note),
    on: written(on) ?? today,
    next: written(next) === null && written(nextOn) === null ? null : { what: next, on: nextOn },
  }
}

const named = ({ messages, ...form }: FormState): FormState => {
  const names: Record<string, string> = { 'next/what': 'next', 'next/on': 'nextOn' }
  return { ...form, messages: Object.fromEntries(Object.entries(messages).map(([name, message]) => [names[name] ?? name, message])) }
}

async function logPage(c: AppContext, form: FormState, { subjectId, back }: { subjectId: string; back: string }) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  permit(actor, 'contact.record')
  const about = await subjectName(c, subjectId)
  const { items } = await listContacts(ports, actor, subjectId, { after: null, limit: 20 })
  const { contact: words, case: caseWords } = view.words.engagement
  return answerPage(
    c,
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">
          {words.about}
          {view.words.units.colon}
          <a href={about.path}>
            <Written text={about.name} locale={view.locale} />
          </a>
        </p>
        <ErrorSummary view={view} form={form} labels={contactLabels(view)} />
        <ContactForm view={view} form={form} subjectId={subjectId} back={back} />
        <Section title={caseWords.contacts}>
          <ContactList view={view} contacts={items} back={view.path} />
        </Section>
      </div>
    </Page>,
    Object.keys(form.messages).length > 0 ? 422 : 200,
  )
}
