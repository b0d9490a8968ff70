import { Hono } from 'hono'
import { blankForm, doneOrForm, postedFields, writtenFields } from '../accounts/form.ts'
import { permit } from '../accounts/permissions.ts'
import { Routing } from '../demands/demand.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { cursorOf, pageFrom } from '../platform/web/cursor.ts'
import { answerPage } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { unlessRefused } from '../platform/web/parts/readable.ts'
import { postedForm } from '../platform/web/posted.ts'
import { receivedFiles } from '../platform/web/upload.ts'
import { ownPath, viewOf } from '../platform/web/view.ts'
import { draftLine, leaveLine, mayReopen, reopenLine, routeLine } from './actions/decide.ts'
import { duplicatesOf } from './actions/duplicates.ts'
import { readLine } from './actions/find.ts'
import { correctColumns, listIntakes, listLines, readIntake, receiveIntake } from './actions/receive.ts'
import { IntakeField } from './fields.ts'
import { LineDraft, type LineState, LineStates } from './intake.ts'
import { IntakesPage, type Refused } from './intakes-page.tsx'
import { LinePage } from './line-page.tsx'
import { linksPage } from './links-page.tsx'
import { mergePage, postMerge } from './merge-page.tsx'
import { ReviewPage } from './review-page.tsx'

const filesAtOnce = 20
const shownLines = 50
/** What a page of lines sends at most. */
const decidedAtOnce = 100

/** Where tables and forms come in, and each need in them is decided on. */
export function intakePages() {
  return new Hono<Env>()
    .get('/intake', (c) => intakesPage(c, blankForm, []))
    .post('/intake', receive)
    .get('/intake/:id', (c) => reviewPage(c, { refused: new Map(), message: null }))
    .post('/intake/:id/columns', correct)
    .post('/intake/:id/decisions', decideChosen)
    .post('/intake/:id/confirmation-links', linksPage)
    .get('/intake/lines/:id', (c) => linePage(c, blankForm))
    .post('/intake/lines/:id', decideLine)
    .get('/intake/lines/:id/merging', mergePage)
    .post('/intake/lines/:id/merging', postMerge)
}

async function intakesPage(c: AppContext, form: FormState, refused: readonly Refused[]) {
  const { ports, actor } = c.var
  const { items, next } = await listIntakes(ports, actor, pageFrom({ cursor: c.req.query('cursor'), limit: 20 }))
  const status = refused.length > 0 || Object.keys(form.messages).length > 0 ? 422 : 200
  return answerPage(c, <IntakesPage view={viewOf(c)} form={form} items={items} next={cursorOf(next)} refused={refused} />, status)
}

/** 303 to the one file that came, or to the list of several; what could not be read is named (422), the others stay. */
async function receive(c: AppContext) {
  const { ports, actor } = c.var
  permit(actor, 'intake.receive')
  const { words } = viewOf(c)
  const files = await unlessRefused(async () => ({ all: await receivedFiles(c, filesAtOnce) }), ['invalid-input'])
  if (files instanceof Problem) {
    const messages = Object.fromEntries((files.facts.errors ?? []).map(({ code, facts }) => ['file', words.fault(code, facts ?? {})]))
    return intakesPage(c, { values: {}, chosen: {}, messages }, [])
  }
  const refused: Refused[] = []
  const came: string[] = []
  let isKnown = false
  for (const { name, bytes } of files.all) {
    const received = await unlessRefused(
      () => receiveIntake(ports, actor, { name: name ?? '', bytes }),
      ['invalid-input', 'too-large', 'unsupported-media-type', 'already-exists'],
    )
    if (!(received instanceof Problem)) came.push(received.id)
    // The same file again leads to what was read of it.
    else if (received.kind === 'already-exists') {
      came.push(String(received.facts.intakeId))
      isKnown = true
    } else refused.push({ name: name ?? '', problem: received })
  }
  if (refused.length > 0) return intakesPage(c, blankForm, refused)
  return c.redirect(came.length === 1 ? `/intake/${came[0]}${isKnown ? '?again=yes' : ''}` : '/intake', 303)
}

const states = { open: ['open'], done: LineStates.filter((state) => state !== 'open'), all: LineStates } satisfies Record<
  string,
  LineState[]
>
export type LineTab = keyof typeof states

interface Answer {
  /** Why a line was not decided, by line. */
  refused: Map<string, string>
  message: string | null
}

async function reviewPage(c: AppContext, { refused, message }: Answer) {
  const { ports, actor } = c.var
  const id = c.req.param('id')!
  const view = viewOf(c)
  const intake = await readIntake(ports, actor, id)
  const wanted = z.enum(['open', 'done', 'all']).safeParse(c.req.query('show')).data
  const tab: LineTab = wanted ?? (intake.lines.open > 0 ? 'open' : 'all')
  const after = z.coerce
    .number()
    .int()
    .min(0)
    .catch(0)
    .parse(c.req.query('after') ?? 0)
  const found = await listLines(ports, actor, id, { states: states[tab], after, limit: shownLines + 1 })
  const lines = found.slice(0, shownLines)
  const duplicates = await duplicatesOf(
    ports,
    actor,
    lines.filter(({ state }) => state === 'open'),
  )
  const names = new Map<string, string>()
  for (const { line } of [...duplicates.values()].flat().flatMap((each) => (each.kind === 'line' ? [each] : [])))
    if (!names.has(line.intakeId)) names.set(line.intakeId, (await readIntake(ports, actor, line.intakeId)).name)
  const next = found.length > shownLines ? lines.at(-1)!.position : null
  const isAgain = c.req.query('again') !== undefined
  const page = { view, intake, tab, lines, duplicates, names, next, refused, message, isAgain }
  return answerPage(c, <ReviewPage {...page} />, refused.size > 0 || message !== null ? 422 : 200)
}

/** 303 to what was read anew. */
async function correct(c: AppContext) {
  const { ports, actor } = c.var
  const id = c.req.param('id')!
  const { version, ...fields } = await postedFields(c)
  const corrections = Object.entries(fields).flatMap(([name, value]) => {
    const [, grid, at] = /^column-(\d{1,4})-(\d{1,3})$/.exec(name) ?? []
    return grid === undefined ? [] : [{ grid: Number(grid), at: Number(at), field: IntakeField.safeParse(value).data ?? null }]
  })
  await correctColumns(ports, actor, id, parseInput(z.coerce.number().int(), version), corrections)
  return c.redirect(`/intake/${id}#lines`, 303)
}

/** Decides on the lines that were chosen, one after another; what cannot be decided says why, below it. */
async function decideChosen(c: AppContext) {
  const { ports, actor } = c.var
  const id = c.req.param('id')!
  const posted = await postedForm(c, { all: true })
  const chosen = parseInput(z.array(z.string()).max(decidedAtOnce), [posted.line ?? []].flat())
  const { words } = viewOf(c)
  if (chosen.length === 0) return reviewPage(c, { refused: new Map(), message: words.intake.chosenNone })
  await readIntake(ports, actor, id)
  const refused = new Map<string, string>()
  for (const line of chosen) {
    const act = () => (posted.verdict === 'leave' ? leaveLine(ports, actor, line, null) : draftLine(ports, actor, line, {}))
    const done = await unlessRefused(act, ['invalid-input', 'not-allowed-now', 'changed-meanwhile'])
    if (done instanceof Problem) refused.set(line, reasonOf(done, c))
  }
  if (refused.size > 0) return reviewPage(c, { refused, message: null })
  return c.redirect(`/intake/${id}`, 303)
}

function reasonOf(problem: Problem, c: AppContext): string {
  const { words } = viewOf(c)
  const [error] = problem.facts.errors ?? []
  if (error !== undefined) {
    const member = error.pointer.split('/')[1] ?? ''
    const labels: Record<string, string> = { ...words.intake.fields, enterpriseId: words.intake.fields.enterprise }
    return `${labels[member] ?? member}${words.units.colon}${words.fault(error.code, error.facts ?? {})}`
  }
  const { detail } = words.problem[problem.kind]
  return typeof detail === 'function' ? detail(problem.facts) : detail
}

async function linePage(c: AppContext, form: FormState) {
  const { ports, actor } = c.var
  const opened = await readLine(ports, actor, c.req.param('id')!)
  const duplicates = opened.line.state === 'open' ? await duplicatesOf(ports, actor, [opened.line]) : new Map()
  const status = Object.keys(form.messages).length > 0 ? 422 : 200
  const shown = { ...opened, duplicates: duplicates.get(opened.line.id) ?? [], mayReopen: await mayReopen(ports, actor, opened.line) }
  return answerPage(c, <LinePage view={viewOf(c)} {...shown} form={form} />, status)
}

/** 303 back to the file, or the line with what is wrong. */
async function decideLine(c: AppContext) {
  const { ports, actor } = c.var
  const id = c.req.param('id')!
  const fields = await writtenFields(c)
  const { line, intake } = await readLine(ports, actor, id)
  const written = (name: string) => (fields[name]?.trim() ? fields[name].trim() : null)
  // What is left as it was read is not written otherwise.
  const unless = (name: 'enterprise' | 'title', read: string | null | undefined) =>
    fields[name] !== undefined && fields[name].trim() !== (read ?? '') ? { [name]: fields[name] } : {}
  const done = await doneOrForm(viewOf(c).words, fields, ['enterprise', 'title', 'to', 'reason', 'leaveReason'], async () => {
    const draft = () =>
      parseInput(LineDraft, { ...unless('enterprise', line.content?.enterprise), ...unless('title', line.content?.title) })
    switch (fields.verdict) {
      case 'route':
        return routeLine(ports, actor, id, parseInput(Routing, { to: fields.to, reason: fields.reason ?? '' }), draft())
      case 'leave':
        return leaveLine(ports, actor, id, written('leaveReason'))
      case 'reopen':
        return reopenLine(ports, actor, id)
      default:
        return draftLine(ports, actor, id, draft())
    }
  })
  return 'form' in done ? linePage(c, done.form) : c.redirect(ownPath(fields.back ?? `/intake/${intake.id}`), 303)
}
