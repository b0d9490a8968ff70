import { Hono } from 'hono'
import { blankForm, writtenFields } from '../accounts/form.ts'
import { fenFrom } from '../demands/form.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { unlessRefused } from '../platform/web/parts/readable.ts'
import { viewOf } from '../platform/web/view.ts'
import { diagnoseDemand, standingForDiagnosis } from './actions/diagnosis.ts'
import { DiagnosisDraft } from './contact.ts'
import { DiagnosisPage, diagnosisFields } from './diagnosis-page.tsx'
import { lines, messagesBy, nextIn, written } from './parts/visit-fields.ts'

/** The questions that a broker asks about a raw demand, and what becomes of the answers. */
export function diagnosisPages() {
  return new Hono<Env>()
    .get('/demands/:id/diagnosis', (c) => diagnosisPage(c, { ...blankForm, values: { on: viewOf(c).today, channel: 'phone' } }))
    .post('/demands/:id/diagnosis', async (c) => {
      const { ports, actor } = c.var
      const id = c.req.param('id')
      const view = viewOf(c)
      const fields = await writtenFields(c)
      const kept = await unlessRefused(
        async () => diagnoseDemand(ports, actor, id, parseInput(DiagnosisDraft, interviewIn(fields, view.today))),
        ['invalid-input', 'telling-words'],
      )
      if (!(kept instanceof Problem)) return c.redirect(`/demands/${id}`, 303)
      const values = Object.fromEntries(diagnosisFields.map((name) => [name, fields[name] ?? '']))
      return diagnosisPage(c, { values, chosen: {}, messages: messagesBy(kept.facts.errors ?? [], view.words, fieldOf) })
    })
}

async function diagnosisPage(c: AppContext, form: FormState) {
  const standing = await standingForDiagnosis(c.var.ports, c.var.actor, c.req.param('id')!)
  return answerPage(
    c,
    <DiagnosisPage view={viewOf(c)} standing={standing} form={form} />,
    Object.keys(form.messages).length > 0 ? 422 : 200,
  )
}

/** What was written, for the door to parse. */
function interviewIn(fields: Record<string, string>, today: string): object {
  const { channel, withWhom, on, next, nextOn } = fields
  const texts = ['happens', 'since', 'loss', 'tried', 'measured', 'conditions', 'neededOn', 'decider', 'expertVisit'] as const
  const [least, most] = [fenFrom(fields.budgetMin ?? ''), fenFrom(fields.budgetMax ?? '')]
  const errors = Object.entries({ budgetMinFen: least, budgetMaxFen: most })
    .filter(([, fen]) => fen === undefined)
    .map(([name]) => ({ pointer: `/answers/${name}`, code: 'not-an-amount' }))
  if (errors.length > 0) throw new Problem('invalid-input', { errors })
  return {
    channel,
    withWhom: written(withWhom),
    on: written(on) ?? today,
    next: nextIn(next, nextOn),
    answers: {
      ...Object.fromEntries(texts.map((name) => [name, written(fields[name])])),
      wanted: lines(fields.wanted),
      fixed: lines(fields.fixed),
      budgetMinFen: least,
      budgetMaxFen: most,
    },
  }
}

/** Where faults of the interview, and of the demand that it goes into, belong. */
const fieldOf = [
  ['/answers/budgetMinFen', 'budgetMin'],
  ['/answers/budgetMaxFen', 'budgetMax'],
  ...['happens', 'since', 'loss', 'tried', 'wanted', 'measured', 'conditions', 'fixed', 'neededOn', 'decider', 'expertVisit'].map(
    (name) => [`/answers/${name}`, name] as const,
  ),
  ['/answers', 'happens'],
  ['/problem', 'happens'],
  ['/tried', 'tried'],
  ['/indicators', 'wanted'],
  ['/currentState', 'measured'],
  ['/constraints', 'fixed'],
  ['/budgetMinFen', 'budgetMin'],
  ['/budgetMaxFen', 'budgetMax'],
  ['/deadlineOn', 'neededOn'],
  ['/withWhom', 'withWhom'],
  ['/on', 'on'],
  ['/next/on', 'nextOn'],
  ['/next', 'next'],
] as const
