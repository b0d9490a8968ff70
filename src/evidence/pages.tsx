import { Hono } from 'hono'
import { blankForm, doneOrForm, postedFields, writtenFields } from '../accounts/form.ts'
import { evidence, experts } from '../directory/store.ts'
import { wordsOf } from '../platform/i18n/words.ts'
import { parseInput } from '../platform/input.ts'
import { entriesAbout } from '../platform/journal/journal.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import { sha256 } from '../platform/secrets.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { cursorOf, pageFrom } from '../platform/web/cursor.ts'
import { answerPage } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { unlessRefused } from '../platform/web/parts/readable.ts'
import { receivedForm } from '../platform/web/upload.ts'
import { viewOf } from '../platform/web/view.ts'
import { restoreEvidence } from './actions/restore.ts'
import { batchFor, keptExpert, previewWorks, takeWorks, undoWorks } from './actions/works.ts'
import { type EvidenceInput, registerEvidence, removeEvidence } from './actions.ts'
import { type Done, EvidencePage, pathOf } from './evidence-page.tsx'
import { keptWorks } from './parts/kept.ts'
import { textOfFile } from './read/source.ts'
import { ReviewPage } from './review-page.tsx'
import { removedRow, standingBatches } from './store.ts'

/** Where what an expert did is entered, imported and taken away. */
export function evidencePages() {
  const at = '/experts/:id/evidence'
  return new Hono<Env>()
    .get(at, (c) => evidencePage(c, { ...blankForm, values: { kind: 'paper' } }))
    .post(at, add)
    .post(`${at}/reading`, read)
    .post(`${at}/imports`, take)
    .post(`${at}/imports/:batchId/undoing`, undo)
    .post(`${at}/:workId/removal`, remove)
    .post(`${at}/:workId/restoring`, restore)
}

const shown = 50
const idOf = (c: AppContext) => c.req.param('id')!

async function evidencePage(c: AppContext, form: FormState) {
  const { ports, actor } = c.var
  const { id, name } = await keptExpert(ports, actor, idOf(c))
  const { works, next } = await keptWorks(c, id, pageFrom({ cursor: c.req.query('cursor'), limit: shown }))
  const [count, batches, done] = await Promise.all([
    evidence.count(ports.database, { expert_id: id }),
    standingBatches(ports.database, id, 5),
    justDone(c),
  ])
  const status = Object.keys(form.messages).length > 0 ? 422 : 200
  return answerPage(
    c,
    <EvidencePage view={viewOf(c)} expert={{ id, name }} {...{ works, count, next: cursorOf(next), batches, done, form }} />,
    status,
  )
}

/** What the address says was just done, as far as it is so and can be taken back. */
async function justDone(c: AppContext): Promise<Done | null> {
  const { ports, actor } = c.var
  const { taken, removed, undone } = c.req.query()
  if (undone !== undefined) return { kind: 'undone' }
  if (removed !== undefined) {
    const row = await removedRow(ports.database, removed)
    return row === undefined || ofWhom(row.body) !== idOf(c) ? null : { kind: 'removed', id: removed }
  }
  if (taken === undefined) return null
  const batch = await unlessRefused(() => batchFor(ports, actor, taken), ['not-found', 'not-permitted'])
  if (batch instanceof Problem || batch.state !== 'complete') return null
  const entries = await entriesAbout(ports.database, batch.id)
  const known = entries.find(({ kind }) => kind === 'import.completed')?.facts.known
  return { kind: 'taken', batchId: batch.id, taken: batch.rowCount, known: Number(known ?? 0) }
}

const ofWhom = (body: unknown) => z.looseObject({ expertId: z.string() }).safeParse(body).data?.expertId

const fields = ['kind', 'role', 'title', 'abstract', 'on', 'source', 'number', 'link'] as const

/** 303 to the list, or the form with what is wrong. */
async function add(c: AppContext) {
  const { ports, actor } = c.var
  await keptExpert(ports, actor, idOf(c))
  const posted = await writtenFields(c)
  const input = Object.fromEntries(fields.map((name) => [name, posted[name]?.trim() ? posted[name].replaceAll('\r\n', '\n') : null]))
  const done = await doneOrForm(viewOf(c).words, { ...posted, title: posted.title ?? '' }, fields, () =>
    // What a form says is parsed where it is registered.
    registerEvidence(ports, actor, idOf(c), { ...input, title: input.title ?? '' } as unknown as EvidenceInput),
  )
  return 'form' in done ? evidencePage(c, done.form) : c.redirect(pathOf({ id: idOf(c) }), 303)
}

/** Shows what a file or a pasted text would bring; one that cannot be read comes back with the reason. */
async function read(c: AppContext) {
  const { ports, actor } = c.var
  await keptExpert(ports, actor, idOf(c))
  const { texts, file } = await receivedForm(c)
  const written = texts.get('text')?.at(-1) ?? ''
  const text = await unlessRefused(async () => ({ of: file === null ? written : textOfFile(file.bytes) }), refusals)
  const pasted = file === null ? written : ''
  if (text instanceof Problem) return evidencePage(c, refusedForm(c, text, pasted, file === null))
  if (text.of.trim() === '') {
    const none = new Problem('invalid-input', { errors: [{ pointer: '/file', code: 'required' }] })
    return evidencePage(c, refusedForm(c, none, pasted, false))
  }
  const answer = await unlessRefused(() => reviewPage(c, plain(text.of), null, null), refusals)
  return answer instanceof Problem ? evidencePage(c, refusedForm(c, answer, pasted, file === null)) : answer
}

const refusals = ['invalid-input', 'too-large', 'unsupported-media-type'] as const

/** A browser sends line ends of its own. */
const plain = (text: string) => text.replaceAll(/\r\n?/g, '\n')
const markOf = (text: string) => sha256(new TextEncoder().encode(text))

function refusedForm(c: AppContext, problem: Problem, text: string, isPasted: boolean): FormState {
  return { values: { kind: 'paper', text }, chosen: {}, messages: { [isPasted ? 'text' : 'file']: reasonOf(c, problem) } }
}

function reasonOf(c: AppContext, { kind, facts }: Problem): string {
  const words = wordsOf(c.var.locale)
  const [error] = facts.errors ?? []
  if (error !== undefined) return words.fault(error.code, error.facts ?? {})
  if (kind === 'unsupported-media-type') return words.fault('no-works-found', {})
  const { detail } = words.problem[kind]
  return typeof detail === 'function' ? detail(facts) : detail
}

async function reviewPage(c: AppContext, text: string, chosen: number[] | null, message: string | null) {
  const { ports, actor } = c.var
  const id = idOf(c)
  const { works } = await previewWorks(ports, actor, id, text)
  const { name } = (await experts.find(ports.database, id))!
  const page = { view: viewOf(c), expert: { id, name }, works, chosen, text, mark: await markOf(text), message }
  return answerPage(c, <ReviewPage {...page} />, message === null ? 200 : 422)
}

/** 303 to what was taken in; or what was read, with what was chosen and why nothing was taken. */
async function take(c: AppContext) {
  const { ports, actor } = c.var
  await keptExpert(ports, actor, idOf(c))
  const { texts } = await receivedForm(c)
  const text = plain(texts.get('text')?.at(-1) ?? '')
  const chosen = parseInput(z.array(z.coerce.number().int().min(1)).max(1_000), texts.get('take') ?? [])
  const words = wordsOf(c.var.locale)
  if (texts.get('mark')?.at(-1) !== (await markOf(text))) {
    const changed = await unlessRefused(() => reviewPage(c, text, null, words.fault('text-changed', {})), refusals)
    return changed instanceof Problem ? evidencePage(c, refusedForm(c, changed, text, true)) : changed
  }
  const taken = await unlessRefused(
    () => takeWorks(ports, actor, idOf(c), text, chosen),
    [...refusals, 'already-exists', 'changed-meanwhile'],
  )
  if (!(taken instanceof Problem)) return c.redirect(`${pathOf({ id: idOf(c) })}?taken=${taken.id}`, 303)
  // Pressed twice, it leads where it led the first time.
  if (taken.kind === 'already-exists') return c.redirect(`${pathOf({ id: idOf(c) })}?taken=${taken.facts.batchId}`, 303)
  return reviewPage(c, text, chosen, reasonOf(c, taken))
}

async function undo(c: AppContext) {
  const { ports, actor } = c.var
  const batchId = c.req.param('batchId')!
  const batch = await batchFor(ports, actor, batchId)
  // Undone twice is undone.
  if (batch.state === 'complete') await undoWorks(ports, actor, batchId)
  return c.redirect(`${pathOf({ id: idOf(c) })}?undone=yes`, 303)
}

async function remove(c: AppContext) {
  const { ports, actor } = c.var
  await keptExpert(ports, actor, idOf(c))
  const { version } = parseInput(z.looseObject({ version: z.coerce.number().int() }), await postedFields(c))
  const id = c.req.param('workId')!
  const gone = await unlessRefused(() => removeEvidence(ports, actor, id, version), ['not-found'])
  if (gone instanceof Problem && (await removedRow(ports.database, id)) === undefined) throw gone
  return c.redirect(`${pathOf({ id: idOf(c) })}?removed=${id}`, 303)
}

async function restore(c: AppContext) {
  const { ports, actor } = c.var
  await keptExpert(ports, actor, idOf(c))
  const id = c.req.param('workId')!
  // What stands again already is where it should be.
  if ((await evidence.find(ports.database, id)) === undefined) await restoreEvidence(ports, actor, id)
  return c.redirect(pathOf({ id: idOf(c) }), 303)
}
