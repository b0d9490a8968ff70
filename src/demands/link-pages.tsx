import { Hono } from 'hono'
import { doneOrForm, writtenFields } from '../accounts/form.ts'
import { parseInput } from '../platform/input.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Button } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextArea, TextField } from '../platform/web/parts/fields.tsx'
import { Notice, Rows, Section, TextSection, Written } from '../platform/web/parts/text.tsx'
import { type View, viewOf } from '../platform/web/view.ts'
import { type OpenConfirmation, openConfirmation, replyToConfirmation } from './actions/confirmation.ts'
import { type ConfirmationAnswer, ConfirmationReply } from './confirmation.ts'
import type { DemandView } from './demand.ts'
import { demandTitle } from './demand-card.tsx'
import { DemandDetail } from './demand-page.tsx'

const blank: FormState = { values: {}, chosen: {}, messages: {} }

/**
 * Where the link leads that asks an enterprise to confirm a demand. Whoever has its address acts by it, signed in or not: no cookie is
 * asked for, so that no other site could use one.
 */
export function linkPages() {
  return new Hono<Env>()
    .get('/links/:secret', async (c) => confirmationPage(c, blank))
    .post('/links/:secret', async (c) => {
      const fields = await writtenFields(c)
      const done = await doneOrForm(viewOf(c).words, fields, ['by', 'note'], async () => {
        const reply = parseInput(ConfirmationReply, replyIn(fields))
        await replyToConfirmation(c.var.ports, c.req.param('secret'), reply)
        return reply
      })
      return 'form' in done ? confirmationPage(c, done.form) : thanksPage(c, done.done.answer)
    })
}

function replyIn({ answer, by, version, note }: Record<string, string>): object {
  switch (answer) {
    case 'confirmed':
      return { answer, by, version: Number(version) }
    case 'corrected':
      return { answer, note: note?.replaceAll('\r\n', '\n') }
    default:
      return { answer }
  }
}

async function confirmationPage(c: AppContext, form: FormState) {
  const opened = await openConfirmation(c.var.ports, c.req.param('secret')!)
  const status = Object.keys(form.messages).length > 0 ? 422 : 200
  return answerPage(c, <ConfirmationPage view={viewOf(c)} form={form} {...opened} />, status)
}

function ConfirmationPage({ view, form, link, demand, enterprise }: OpenConfirmation & { view: View; form: FormState }) {
  const { units } = view.words
  const words = view.words.access.confirmation.page
  const field = { view, form, isRequired: true }
  return (
    <Page view={view} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">
        <Written text={words.lead(enterprise)} locale={view.locale} />
      </p>
      <Notice>
        <p>{words.until(units.day(view.dayOf(link.expiresAt)))}</p>
      </Notice>
      <ErrorSummary view={view} form={form} labels={{ by: words.by.label, note: words.note.label }} />
      <section>
        <h2>
          <Written text={demandTitle(demand, view)} locale={view.locale} />
        </h2>
        <DemandDetail
          {...{ view, demand, enterprise: null, broker: null }}
          after={<TextSection title={view.words.disclosure.title} text={demand.confidential} locale={view.locale} />}
        />
        <Contacts view={view} demand={demand} />
      </section>
      <div class="narrow answers">
        <Section title={words.confirm}>
          <p>{words.confirmLead}</p>
          <form method="post" novalidate class="stack">
            <input type="hidden" name="version" value={String(demand.version)} />
            <TextField {...field} name="by" {...words.by} />
            <Button isLarge name="answer" value="confirmed">
              {words.confirmSubmit}
            </Button>
          </form>
        </Section>
        <Section title={words.correct}>
          <form method="post" novalidate class="stack">
            <TextArea {...field} name="note" {...words.note} rows={5} />
            <Button tone="plain" isLarge name="answer" value="corrected">
              {words.correctSubmit}
            </Button>
          </form>
        </Section>
        <Section title={words.notTheirs}>
          <p>{words.notTheirsLead}</p>
          <form method="post" class="actions">
            <Button tone="plain" name="answer" value="not-theirs">
              {words.notTheirsSubmit}
            </Button>
          </form>
        </Section>
      </div>
    </Page>
  )
}

function Contacts({ view, demand: { businessContact, technicalContact } }: { view: View; demand: DemandView }) {
  const words = view.words.access.confirmation.page
  const line = (contact: DemandView['businessContact']) =>
    contact && <Written text={[contact.name, contact.phone, contact.email].filter(Boolean).join(' · ')} locale={view.locale} />
  if (businessContact === null && technicalContact === null) return null
  return (
    <Section title={words.contacts}>
      <Rows
        rows={[
          [words.business, line(businessContact)],
          [words.technical, line(technicalContact)],
        ]}
      />
    </Section>
  )
}

function thanksPage(c: AppContext, answer: ConfirmationAnswer) {
  const view = viewOf(c)
  const words = view.words.access.confirmation.page
  return answerPage(
    c,
    <Page view={view} title={words.thanks}>
      <div class="narrow">
        <h1>{words.thanks}</h1>
        <p class="lead">{words.thanksFor[answer]}</p>
      </div>
    </Page>,
  )
}
