import { Hono } from 'hono'
import { blankForm } from '../accounts/form.ts'
import { permit } from '../accounts/permissions.ts'
import { findSettings } from '../market/store.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { cursorOf, pageFrom } from '../platform/web/cursor.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { unlessRefused } from '../platform/web/parts/readable.ts'
import { Written } from '../platform/web/parts/text.tsx'
import { postedForm } from '../platform/web/posted.ts'
import { viewOf } from '../platform/web/view.ts'
import { listUnfinished } from '../unfinished/actions.ts'
import { type Draft, draftOn, refusedDraft } from '../unfinished/parts/written.ts'
import {
  amendOffering,
  draftOffering,
  listOfferings,
  offeringForStep,
  offeringToAmend,
  requestOfferingPublication,
  withdrawOffering,
} from './actions.ts'
import { changesFrom, differing, draftFrom, formOf, messagesOf, OfferingForm, stateOf } from './form.ts'
import { OfferingFormPage } from './form-page.tsx'
import { MinePage } from './mine-page.tsx'
import type { Offering } from './offering.ts'

const listed = 20

/** What an organisation does with its results: write one, list them, ask for publication, withdraw. */
export function ownOfferingPages() {
  return new Hono<Env>()
    .get('/offerings/new', async (c) => {
      const draft = await draftOn(c, viewOf(c).path)
      const { written } = draft
      return answerForm(c, written === null ? blankForm : stateOf(parseInput(OfferingForm, written.fields)), draft)
    })
    .post('/offerings/new', postOffering)
    .get('/offerings/:id/edit', async (c) => {
      const offering = await offeringToAmend(c.var.ports, c.var.actor, c.req.param('id'))
      const draft = await draftOn(c, editPath(offering))
      if (draft.written === null) return answerEdit(c, offering, { form: formOf(offering), version: offering.version, draft })
      // Begun on a version that may be an older one by now: then saving shows what it says now.
      const { fields } = draft.written
      return answerEdit(c, offering, { form: parseInput(OfferingForm, fields), version: parseInput(Version, fields).version, draft })
    })
    .post('/offerings/:id/edit', saveOffering)
    .get('/offerings/mine', minePage)
    .post('/offerings/:id/publication-request', async (c) => {
      const { id } = await requestOfferingPublication(c.var.ports, c.var.actor, c.req.param('id'))
      return c.redirect(`/offerings/${id}`, 303)
    })
    .get('/offerings/:id/withdrawal', withdrawalPage)
    .post('/offerings/:id/withdrawal', async (c) => {
      const { id } = await withdrawOffering(c.var.ports, c.var.actor, c.req.param('id'))
      return c.redirect(`/offerings/${id}`, 303)
    })
}

/** 303 to the draft, or the form as it was written with what is wrong (422). */
async function postOffering(c: AppContext) {
  const { words, today } = viewOf(c)
  const posted = await postedForm(c, { all: true })
  const form = parseInput(OfferingForm, posted)
  permitOwner(c)
  const drafted = await unlessRefused(async () => draftOffering(c.var.ports, c.var.actor, draftFrom(form, today)), ['invalid-input'])
  if (!(drafted instanceof Problem)) return c.redirect(`/offerings/${drafted.id}`, 303)
  const messages = messagesOf(drafted.facts.errors ?? [], words)
  return answerForm(c, stateOf(form, messages), refusedDraft(posted.unfinished, '/offerings/new'))
}

const Version = z.object({ version: z.coerce.number().int().min(1) })
const editPath = ({ id }: { id: string }) => `/offerings/${id}/edit`

/** 303 to the offering, the form with what is wrong (422), or with what it says now where somebody else was faster (412). */
async function saveOffering(c: AppContext) {
  const { ports, actor } = c.var
  const posted = await postedForm(c, { all: true })
  const form = parseInput(OfferingForm, posted)
  const { version } = parseInput(Version, posted)
  const offering = await offeringToAmend(ports, actor, c.req.param('id')!)
  const draft = refusedDraft(posted.unfinished, editPath(offering))
  if (offering.version !== version) return answerEdit(c, offering, { form, version: offering.version, draft, isLate: true })
  const { words, today } = viewOf(c)
  const saved = await unlessRefused(
    async () => amendOffering(ports, actor, offering.id, version, changesFrom(form, offering, today)),
    ['invalid-input', 'version-differs'],
  )
  if (!(saved instanceof Problem)) return c.redirect(`/offerings/${offering.id}`, 303)
  if (saved.kind === 'invalid-input')
    return answerEdit(c, offering, { form, version, draft, messages: messagesOf(saved.facts.errors ?? [], words) })
  const current = await offeringToAmend(ports, actor, offering.id)
  return answerEdit(c, current, { form, version: current.version, draft, isLate: true })
}

interface Answer {
  form: OfferingForm
  version: number
  draft: Draft
  messages?: Record<string, string>
  isLate?: boolean
}

async function answerEdit(c: AppContext, offering: Offering, { form, version, draft, messages = {}, isLate = false }: Answer) {
  const { settings } = await findSettings(c.var.ports.database)
  const now = isLate ? differing(form, formOf(offering)) : []
  return answerPage(
    c,
    <OfferingFormPage
      view={viewOf(c)}
      form={stateOf(form, messages)}
      regionCode={settings.regionCode}
      draft={draft}
      editing={{ id: offering.id, version, now, current: stateOf(formOf(offering)) }}
    />,
    isLate ? 412 : Object.keys(messages).length > 0 ? 422 : 200,
  )
}

async function answerForm(c: AppContext, form: FormState, draft: Draft) {
  permitOwner(c)
  const { settings } = await findSettings(c.var.ports.database)
  return answerPage(
    c,
    <OfferingFormPage view={viewOf(c)} form={form} regionCode={settings.regionCode} draft={draft} />,
    Object.keys(form.messages).length > 0 ? 422 : 200,
  )
}

/** The results of the reader's own organisation. 401, 403. */
async function minePage(c: AppContext) {
  const { ports, actor } = c.var
  permitOwner(c)
  const page = pageFrom({ cursor: c.req.query('cursor'), limit: listed })
  const { items, next } = await listOfferings(ports, actor, { ownerId: actor.id }, page)
  const forms = (await listUnfinished(ports, actor)).filter(({ path }) => path.startsWith('/offerings/'))
  return answerPage(c, <MinePage view={viewOf(c)} items={items} forms={forms} next={cursorOf(next)} />)
}

/** Asks once more before what cannot be taken back. */
async function withdrawalPage(c: AppContext) {
  const view = viewOf(c)
  const { offeringForm: words, ownDemand } = view.words
  const offering = await offeringForStep(c.var.ports, c.var.actor, c.req.param('id')!, 'withdraw')
  const path = `/offerings/${offering.id}`
  return answerPage(
    c,
    <Page view={view} title={words.withdrawTitle}>
      <div class="narrow">
        <h1>{words.withdrawTitle}</h1>
        <p class="lead">
          <Written text={offering.title} locale={view.locale} />
        </p>
        <p>{ownDemand.withdrawLead}</p>
        <form method="post" action={`${path}/withdrawal`}>
          <Actions>
            <Button>{ownDemand.withdrawDo}</Button>
            <ButtonLink tone="plain" href={path}>
              {ownDemand.leave}
            </ButtonLink>
          </Actions>
        </form>
      </div>
    </Page>,
  )
}

/** The pages are for those who own what they write; an operator, who writes for others, has none of his own. 401, 403. */
function permitOwner({ var: { actor } }: AppContext): void {
  permit(actor, 'offering.draft', ['organisation', 'own'])
  if (actor.role === 'operator') throw new Problem('not-permitted')
}
