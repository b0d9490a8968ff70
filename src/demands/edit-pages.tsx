import { Hono } from 'hono'
import { findSettings } from '../market/store.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { unlessRefused } from '../platform/web/parts/readable.ts'
import { Written } from '../platform/web/parts/text.tsx'
import { postedForm } from '../platform/web/posted.ts'
import { viewOf } from '../platform/web/view.ts'
import { type Draft, draftOn } from '../unfinished/parts/written.ts'
import { demandBefore, demandFor, demandToAmend } from './actions/own.ts'
import { PreviewReader, previewDemand } from './actions/preview.ts'
import { amendDemand, solveDemand, withdrawDemand } from './actions.ts'
import { ConflictPage, conflictsOf, settled } from './conflict-page.tsx'
import { demandTitle } from './demand-card.tsx'
import { changesFrom, DemandForm, type FormField, fieldsOf, formFields, formOf, messagesOf, stateOf } from './form.ts'
import { DemandFormPage } from './form-page.tsx'
import { PreviewPage } from './preview-page.tsx'

/** Which version was seen, and (`only`) that one field alone was asked for. */
const Version = z.object({ version: z.coerce.number().int().min(1), only: z.enum(formFields as [FormField, ...FormField[]]).optional() })
type Editing = Awaited<ReturnType<typeof demandToAmend>>

/** What keepers do with a demand: edit it, look at it as others do, withdraw it, say that it is solved. */
export function demandEditPages() {
  const closings = { withdrawal: 'withdraw', solution: 'solve' } as const
  const pages = new Hono<Env>()
  for (const [path, step] of Object.entries(closings)) {
    pages
      .get(`/demands/:id/${path}`, (c) => closingPage(c, step))
      .post(`/demands/:id/${path}`, async (c) => {
        const act = step === 'withdraw' ? withdrawDemand : solveDemand
        const { id } = await act(c.var.ports, c.var.actor, c.req.param('id')!)
        return c.redirect(`/demands/${id}`, 303)
      })
  }
  return pages
    .get('/demands/:id/edit', async (c) => {
      const editing = await demandToAmend(c.var.ports, c.var.actor, c.req.param('id'))
      const draft = await draftOn(c, editPath(editing.demand))
      if (draft.written === null) return answerForm(c, editing, formOf(editing.demand), editing.demand.version, draft)
      // Begun on a version that may be an older one by now: then saving shows both.
      const { fields } = draft.written
      return answerForm(c, editing, parseInput(DemandForm, fields), parseInput(Version, fields).version, draft)
    })
    .post('/demands/:id/edit', saveDemand)
    .get('/demands/:id/preview', async (c) => {
      const as = PreviewReader.safeParse(c.req.query('as')).data ?? 'visitor'
      const preview = await previewDemand(c.var.ports, c.var.actor, c.req.param('id'), as)
      return answerPage(c, <PreviewPage view={viewOf(c)} as={as} preview={preview} />)
    })
}

/** 303 to the demand, the form with what is wrong (422), or both versions where somebody else was faster (412). */
async function saveDemand(c: AppContext) {
  const { ports, actor } = c.var
  const id = c.req.param('id')!
  const posted = await postedForm(c, { all: true })
  const { version, only } = parseInput(Version, posted)
  const editing = await demandToAmend(ports, actor, id)
  const { demand } = editing
  const written = parseInput(DemandForm, posted)
  const whole = only === undefined ? written : { ...formOf(demand), [only]: written[only] }
  const form = settled(whole, formOf(demand), posted)
  if (demand.version !== version) return conflict(c, editing, form, version)
  const { words, today } = viewOf(c)
  const left = fieldsOf(editing.unread)
  const saved = await unlessRefused(
    async () => amendDemand(ports, actor, id, version, changesFrom(form, demand, left, today)),
    ['invalid-input', 'telling-words', 'version-differs'],
  )
  if (!(saved instanceof Problem)) return c.redirect(`/demands/${id}${only === undefined ? '' : '#next'}`, 303)
  if (saved.kind === 'version-differs') return conflict(c, await demandToAmend(ports, actor, id), form, version)
  return answerForm(c, editing, form, version, { path: editPath(demand), written: null }, messagesOf(saved.facts.errors ?? [], words))
}

async function conflict(c: AppContext, { demand, unread }: Editing, mine: DemandForm, version: number) {
  const { ports, actor } = c.var
  const before = await demandBefore(ports, actor, demand.id, version)
  const found = conflictsOf({ mine, theirs: formOf(demand), before: before === undefined ? null : formOf(before), left: fieldsOf(unread) })
  return answerPage(c, <ConflictPage view={viewOf(c)} demand={demand} mine={mine} conflicts={found} />, 412)
}

const editPath = ({ id }: { id: string }) => `/demands/${id}/edit`

async function answerForm(
  c: AppContext,
  editing: Editing,
  form: DemandForm,
  version: number,
  draft: Draft,
  messages: Record<string, string> = {},
) {
  const { settings } = await findSettings(c.var.ports.database)
  const left: FormField[] = fieldsOf(editing.unread)
  const view = viewOf(c)
  const { id } = editing.demand
  return answerPage(
    c,
    <DemandFormPage
      {...{ view, left, draft }}
      form={stateOf(form, messages)}
      regionCode={settings.regionCode}
      editing={{ id, version, title: demandTitle(editing.demand, view) }}
      enterprise={null}
    />,
    Object.keys(messages).length > 0 ? 422 : 200,
  )
}

/** Asks once more before what cannot be taken back. */
async function closingPage(c: AppContext, step: 'withdraw' | 'solve') {
  const view = viewOf(c)
  const { ownDemand: words } = view.words
  const demand = await demandFor(c.var.ports, c.var.actor, c.req.param('id')!, step)
  const [title, lead, go] =
    step === 'withdraw' ? [words.withdrawTitle, words.withdrawLead, words.withdrawDo] : [words.solveTitle, words.solveLead, words.solveDo]
  return answerPage(
    c,
    <Page view={view} title={title}>
      <div class="narrow">
        <h1>{title}</h1>
        <p class="lead">
          <Written text={demandTitle(demand, view)} locale={view.locale} />
        </p>
        <p>{lead}</p>
        <form method="post" action={`/demands/${demand.id}/${step === 'withdraw' ? 'withdrawal' : 'solution'}`}>
          <Actions>
            <Button>{go}</Button>
            <ButtonLink tone="plain" href={`/demands/${demand.id}`}>
              {words.leave}
            </ButtonLink>
          </Actions>
        </form>
      </div>
    </Page>,
  )
}
