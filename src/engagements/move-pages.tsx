import { Hono } from 'hono'
import { doneOrForm, postedFields, writtenFields } from '../accounts/form.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { instant, z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import { unlessRefused } from '../platform/web/parts/readable.ts'
import { postedForm } from '../platform/web/posted.ts'
import { ownPath, viewOf, withQuery } from '../platform/web/view.ts'
import { readEngagement } from './actions/engagement.ts'
import { moveEngagement, undoMove } from './actions/move.ts'
import { moveTogether, sortedCases, undoTogether } from './actions/move-together.ts'
import { casePage } from './case-page.tsx'
import { ConflictPage } from './conflict-page.tsx'
import { EngagementStage, JointMove, Move } from './engagement.ts'
import { hindranceText, lastMoveText } from './parts/last-move.ts'
import { caseNames } from './parts/subject.ts'
import { ReferralDraft } from './referral.ts'
import { TogetherPage } from './together-page.tsx'

/** The forms by which cases move on the board, one or several, and go back. */
export function movePages() {
  return new Hono<Env>()
    .post('/engagements/:id/moves', move)
    .post('/engagements/:id/undoing', undo)
    .post('/board/moves', moveAll)
    .post('/board/undoings', async (c) => {
      const { at, back } = parseInput(z.looseObject({ at: instant, back: z.string() }), await postedFields(c, 2_000))
      const { left } = await undoTogether(c.var.ports, c.var.actor, at)
      return c.redirect(withQuery(ownPath(back), { ...nothingSaid, undone: left.length > 0 ? at : null }), 303)
    })
}

const Named = z.strictObject({ referred: ReferralDraft.shape.referred, institution: ReferralDraft.shape.institution })
const written = (value: string | undefined) => (value?.trim() ? value : null)
/** What a board says of the form that led to it is said once. */
const nothingSaid = { moved: null, undone: null, all: null, removed: null }
const stale = ['changed-meanwhile', 'not-allowed-now'] as const

async function move(c: AppContext) {
  const fields = await writtenFields(c)
  const id = c.req.param('id')!
  const { to, version, on, code, note } = fields
  const done = await unlessRefused(
    () =>
      doneOrForm(viewOf(c).words, fields, ['to', 'code', 'note', 'on', 'referred', 'institution'], async () => {
        const move = { to, version: Number(version), on: written(on), code: written(code), note: written(note) }
        return moveEngagement(c.var.ports, c.var.actor, id, parseInput(Move, { ...move, referral: await namedIn(c, id, fields) }))
      }),
    stale,
  )
  if (done instanceof Problem) return conflictPage(c, id, fields)
  if ('form' in done) return casePage(c, done.form)
  return c.redirect(afterMove(fields.back, done.done.steps.at(-1)!.at), 303)
}

/** Whom he named, of whom it is said that he named another; somebody from outside the market is nobody to ask. 422 without a name. */
async function namedIn(c: AppContext, id: string, { to, code, referred, institution }: Record<string, string>) {
  if (to !== 'lost' || code !== 'referred') return null
  const { supplyId } = await readEngagement(c.var.ports, c.var.actor, id)
  if (supplyId === null) return null
  return { ...parseInput(Named, { referred: written(referred) ?? undefined, institution: written(institution) }), note: null }
}

async function undo(c: AppContext) {
  const fields = await postedFields(c, 2_000)
  const { version, back } = parseInput(z.looseObject({ version: z.coerce.number().int(), back: z.string() }), fields)
  const id = c.req.param('id')!
  const done = await unlessRefused(() => undoMove(c.var.ports, c.var.actor, id, version), stale)
  if (done instanceof Problem) return conflictPage(c, id, { ...fields, to: '' })
  return c.redirect(withQuery(ownPath(back), nothingSaid), 303)
}

/** The board says what was done by the instant at which it was; a case shows it itself. */
function afterMove(back: string | undefined, at: string): string {
  const path = ownPath(back ?? '/board')
  return path.startsWith('/board') ? withQuery(path, { ...nothingSaid, moved: at }) : path
}

/** Somebody else was faster: who, and what to do now. */
async function conflictPage(c: AppContext, id: string, fields: Record<string, string>) {
  const engagement = await readEngagement(c.var.ports, c.var.actor, id)
  const card = { engagement, ...(await caseNames(c, engagement)) }
  const wanted = EngagementStage.safeParse(fields.to).data ?? null
  const said = await lastMoveText(c, engagement)
  return answerPage(c, <ConflictPage view={viewOf(c)} card={card} said={said} wanted={wanted} fields={fields} />, 409)
}

async function moveAll(c: AppContext) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const { case: posted = [], ...rest } = await postedForm(c, { all: true })
  const fields = parseInput(z.record(z.string(), z.string()), rest)
  const { to, code, note, back = '/board' } = fields
  const cases = [posted].flat().map((each) => {
    const [id, version] = String(each).split(':')
    return { id, version: Number(version) }
  })
  const asked = { cases, to, on: null, code: written(code), note: written(note) }
  const done = await unlessRefused(
    () => doneOrForm(view.words, fields, ['code', 'note'], () => moveTogether(ports, actor, parseInput(JointMove, asked))),
    [...stale, 'not-found'],
  )
  if (!(done instanceof Problem) && 'done' in done) return c.redirect(afterMove(back, done.done.at), 303)
  // Which of them may go is asked anew: who was slower at the commit itself was told no names.
  const known = JointMove.shape.cases.safeParse(cases).data ?? []
  const stage = parseInput(EngagementStage, to)
  const { free, hindered } = await sortedCases(ports, actor, { cases: known, to: stage })
  const cards = await Promise.all(free.map(async (engagement) => ({ engagement, ...(await caseNames(c, engagement)) })))
  const reasons = await Promise.all(hindered.map((each) => hindranceText(c, each)))
  const form = done instanceof Problem ? { values: fields, chosen: {}, messages: {} } : done.form
  const status = done instanceof Problem ? 409 : 422
  return answerPage(c, <TogetherPage {...{ view, form, cards, reasons, back: ownPath(back) }} to={stage} />, status)
}
