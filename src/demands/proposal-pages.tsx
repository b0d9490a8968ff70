import { Hono } from 'hono'
import { postedFields, writtenFields } from '../accounts/form.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { text, z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { unlessRefused } from '../platform/web/parts/readable.ts'
import { viewOf } from '../platform/web/view.ts'
import { demandFor } from './actions/own.ts'
import { acceptProposal, proposeWording, refuseProposal } from './actions/proposal.ts'
import { type DemandView, isOpenProposal, wordedFields } from './demand.ts'
import { formOf, messagesOf, wordingFrom } from './form.ts'
import { AnswerPage, ProposePage } from './proposal-page.tsx'

const Version = z.object({ version: z.coerce.number().int().min(1) })
const Reason = z.object({ reason: text(1, 500) })
const blank: FormState = { values: {}, chosen: {}, messages: {} }

/** Other words for a demand: proposed by whoever looks after it, answered by its owner. */
export function proposalPages() {
  return new Hono<Env>()
    .get('/demands/:id/proposal', async (c) => {
      const demand = await demandFor(c.var.ports, c.var.actor, c.req.param('id'), 'propose')
      return answerPage(c, <ProposePage view={viewOf(c)} demand={demand} form={{ ...blank, values: wordsIn(demand) }} />)
    })
    .post('/demands/:id/proposal', propose)
    .get('/demands/:id/proposal/answer', (c) => answerForm(c, blank))
    .post('/demands/:id/proposal/acceptance', accept)
    .post('/demands/:id/proposal/refusal', refuse)
}

/** What the form begins with: the words as they are, or as they were last proposed and not answered. */
function wordsIn(demand: DemandView): Record<string, string> {
  const open = isOpenProposal(demand.proposal) ? demand.proposal : null
  const indicators = open?.changes.indicators?.map((each) => ({ ...each, parsed: null }))
  const form = formOf({ ...demand, ...open?.changes, indicators: indicators ?? demand.indicators })
  return { ...Object.fromEntries(wordedFields.map((field) => [field, form[field]])), note: open?.note ?? '' }
}

/** 303 to the demand, or the form as it was written (422). */
async function propose(c: AppContext) {
  const { ports, actor } = c.var
  const id = c.req.param('id')!
  const demand = await demandFor(ports, actor, id, 'propose')
  const values = await writtenFields(c)
  const done = await unlessRefused(async () => proposeWording(ports, actor, id, wordingFrom(values, demand)), ['invalid-input'])
  if (!(done instanceof Problem)) return c.redirect(`/demands/${id}`, 303)
  const view = viewOf(c)
  const errors = (done.facts.errors ?? []).map((error) => ({ ...error, pointer: error.pointer.replace(/^\/changes(?=\/)/, '') }))
  const [ofNote, ofWords] = [errors.find(({ pointer }) => pointer === '/note'), errors.filter(({ pointer }) => pointer !== '/note')]
  const messages = {
    ...messagesOf(ofWords, view.words),
    ...(ofNote && { note: view.words.fault(ofNote.code, ofNote.facts ?? {}) }),
  }
  return answerPage(c, <ProposePage view={view} demand={demand} form={{ values, chosen: {}, messages }} />, 422)
}

async function answerForm(c: AppContext, form: FormState, isChanged = false) {
  const demand = await demandFor(c.var.ports, c.var.actor, c.req.param('id')!, 'answer')
  const isRefused = isChanged || Object.keys(form.messages).length > 0
  return answerPage(c, <AnswerPage view={viewOf(c)} demand={demand} form={form} isChanged={isChanged} />, isRefused ? 422 : 200)
}

/** 303 to the demand as it reads now, or what was proposed once more where it has changed since. */
async function accept(c: AppContext) {
  const { ports, actor } = c.var
  const id = c.req.param('id')!
  const { version } = parseInput(Version, await postedFields(c))
  const done = await unlessRefused(async () => acceptProposal(ports, actor, id, version), ['changed-meanwhile'])
  return done instanceof Problem ? answerForm(c, blank, true) : c.redirect(`/demands/${id}`, 303)
}

async function refuse(c: AppContext) {
  const { ports, actor } = c.var
  const id = c.req.param('id')!
  const values = await writtenFields(c)
  const done = await unlessRefused(async () => refuseProposal(ports, actor, id, parseInput(Reason, values).reason), ['invalid-input'])
  if (!(done instanceof Problem)) return c.redirect(`/demands/${id}`, 303)
  const [error] = done.facts.errors ?? []
  const code = (values.reason ?? '').trim() === '' ? 'required' : (error?.code ?? '')
  return answerForm(c, { values, chosen: {}, messages: { reason: viewOf(c).words.fault(code, error?.facts ?? {}) } })
}
