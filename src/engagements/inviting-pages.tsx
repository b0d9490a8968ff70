import { Hono } from 'hono'
import { blankForm, doneOrForm, writtenFields } from '../accounts/form.ts'
import { findSettings } from '../market/store.ts'
import { wordsOf } from '../platform/i18n/words.ts'
import { parseInput } from '../platform/input.ts'
import { addressOf } from '../platform/ports.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Button } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextField } from '../platform/web/parts/fields.tsx'
import { CopyText, Notice, Section, Written } from '../platform/web/parts/text.tsx'
import { viewOf } from '../platform/web/view.ts'
import { recordContact } from './actions/contact.ts'
import { leadToInvite } from './actions/inviting.ts'
import { ContactInput } from './contact.ts'
import { ContactList } from './parts/contact-list.tsx'

/** Where authors of the literature come in, by themselves. */
const enrolment = '/account/enrolment'

/** Asking the authors of a lead to join: a text to send, and a note that it was sent. */
export function invitingPages() {
  return new Hono<Env>()
    .get('/offerings/:id/inviting', (c) => invitingPage(c, blankForm))
    .post('/offerings/:id/inviting', async (c) => {
      const { ports, actor } = c.var
      const id = c.req.param('id')
      const fields = await writtenFields(c)
      await leadToInvite(ports, actor, id)
      const { today, words } = viewOf(c)
      const withWhom = fields.withWhom?.trim() ? fields.withWhom : null
      const note = { subjectId: id, channel: 'other', result: 'invited', withWhom, note: null, on: today, next: null }
      const done = await doneOrForm(words, fields, ['withWhom'], async () => recordContact(ports, actor, parseInput(ContactInput, note)))
      return 'form' in done ? invitingPage(c, done.form) : c.redirect(`/offerings/${id}/inviting`, 303)
    })
}

async function invitingPage(c: AppContext, form: FormState) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const { lead, logged, lastOn } = await leadToInvite(ports, actor, c.req.param('id')!)
  const { settings } = await findSettings(ports.database)
  const { inviting: words, contact, case: caseWords } = view.words.engagement
  const link = addressOf(ports, enrolment)
  const source = lead.citation?.source ?? null
  const texts = {
    zh: wordsOf('zh-CN').engagement.inviting.text(lead.title, source, settings.name, link),
    en: wordsOf('en').engagement.inviting.text(lead.title, source, settings.nameEn, link),
  }
  return answerPage(
    c,
    <Page view={view} title={words.title} at="offerings">
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">
          <a href={`/offerings/${lead.id}`}>
            <Written text={lead.title} locale={view.locale} />
          </a>
        </p>
        <p>{words.lead}</p>
        {lastOn !== null && <Notice>{words.lastOn(view.words.units.day(lastOn))}</Notice>}
        <CopyText label={words.copy} text={texts.zh} />
        <CopyText label={words.copyEn} text={texts.en} id="copy-en" />
        <Section title={words.done}>
          <p class="quiet">{words.doneLead}</p>
          <ErrorSummary view={view} form={form} labels={{ withWhom: contact.withWhom.label }} />
          <form method="post" action={`/offerings/${lead.id}/inviting`} class="stack" novalidate>
            <TextField view={view} form={form} name="withWhom" {...contact.withWhom} />
            <Button>{words.done}</Button>
          </form>
        </Section>
        {logged.length > 0 && (
          <Section title={caseWords.contacts}>
            <ContactList view={view} contacts={logged} back={view.path} />
          </Section>
        )}
      </div>
    </Page>,
    Object.keys(form.messages).length > 0 ? 422 : 200,
  )
}
