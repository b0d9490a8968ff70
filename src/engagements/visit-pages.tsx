import { Hono } from 'hono'
import { blankForm, writtenFields } from '../accounts/form.ts'
import { may, permit } from '../accounts/permissions.ts'
import { shownOn } from '../attachments/actions/read.ts'
import { uploadAttachment } from '../attachments/actions/upload.ts'
import { mostAttachments } from '../attachments/attachment.ts'
import { listDemands, readDemand } from '../demands/actions.ts'
import { brokerActions } from '../directory/actions.ts'
import { searchListings } from '../matching/search.ts'
import { kindOfId } from '../platform/ids.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { day } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { cursorOf, pageFrom } from '../platform/web/cursor.ts'
import { answerPage } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { readable, unlessRefused } from '../platform/web/parts/readable.ts'
import { receivedFiles } from '../platform/web/upload.ts'
import { viewOf } from '../platform/web/view.ts'
import { listContacts, listVisits, mayAmend, readContact, recordContact } from './actions/contact.ts'
import { type Contact, ContactInput } from './contact.ts'
import { subjectName } from './parts/subject.ts'
import { messagesBy, sheetFieldOf, visitFields, visitIn } from './parts/visit-fields.ts'
import { ChooseVisitedPage, VisitFormPage } from './visit-form-page.tsx'
import { VisitPage, VisitPhotosPage } from './visit-page.tsx'
import { VisitsPage } from './visits-page.tsx'

const listedOwn = 20

/** Visits: the sheet that is written on the way home, its photos, and one's own visits by day. */
export function visitPages() {
  return new Hono<Env>()
    .get('/visits', visitsPage)
    .get('/visits/new', (c) =>
      newPage(c, { ...blankForm, values: { on: viewOf(c).today, result: 'reached' } }, c.req.query('subject') ?? ''),
    )
    .post('/visits', postVisit)
    .get('/visits/:id', (c) => visitPage(c, blankForm))
    .post('/visits/:id/attachments', postPhotos)
}

/** 303 to the sheet, where photos are added, or the form as it was written (422). */
async function postVisit(c: AppContext) {
  const { ports, actor } = c.var
  const view = viewOf(c)
  const fields = await writtenFields(c)
  const recorded = await unlessRefused(
    async () => recordContact(ports, actor, parseInput(ContactInput, visitIn(fields, view.today))),
    ['invalid-input'],
  )
  if (!(recorded instanceof Problem)) return c.redirect(`/visits/${recorded.id}`, 303)
  const values = Object.fromEntries(visitFields.map((name) => [name, fields[name] ?? '']))
  const messages = messagesBy(recorded.facts.errors ?? [], view.words, sheetFieldOf)
  return newPage(c, { values, chosen: {}, messages }, fields.subjectId ?? '')
}

async function newPage(c: AppContext, form: FormState, subjectId: string) {
  const { ports, actor } = c.var
  permit(actor, 'contact.record')
  if (kindOfId(subjectId) === undefined) return choosePage(c)
  const about = await subjectName(c, subjectId)
  const { items } = await listContacts(ports, actor, subjectId, { after: null, limit: 5 })
  return answerPage(
    c,
    <VisitFormPage view={viewOf(c)} form={form} subjectId={subjectId} about={about} before={items} />,
    Object.keys(form.messages).length > 0 ? 422 : 200,
  )
}

/** Whom the visit was to: an enterprise by its name, or a demand in one's care. */
async function choosePage(c: AppContext) {
  const { ports, actor } = c.var
  const q = (c.req.query('q') ?? '').trim().slice(0, 100)
  const [found, own] = await Promise.all([
    searchListings(ports, actor, { words: q, kind: 'enterprise', filters: {}, cursor: null, limit: listedOwn }),
    actor.role === 'broker' ? listDemands(ports, actor, { brokerId: actor.id }, { after: null, limit: listedOwn }) : { items: [] },
  ])
  return answerPage(c, <ChooseVisitedPage view={viewOf(c)} words={q} found={found.items} demands={own.items} />)
}

/** One visit; for whom nothing of it but its photos is told, these. */
async function visitPage(c: AppContext, form: FormState) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const id = c.req.param('id')!
  const status = Object.keys(form.messages).length > 0 ? 422 : 200
  const contact = await unlessRefused(() => readContact(ports, actor, id), ['not-found'])
  if (contact instanceof Problem) {
    const shown = await shownOn(ports, actor, 'contact', id)
    const on = shown.items[0] && view.dayOf(shown.items[0].createdAt)
    return answerPage(c, <VisitPhotosPage view={view} shown={shown} on={on ?? null} />)
  }
  if (contact.visit === null) throw new Problem('not-found', { id })
  // Who carries a case reads what was written; photos are for fewer.
  const photos = await unlessRefused(() => shownOn(ports, actor, 'contact', id), ['not-found'])
  const [broker] = (await readable([contact.by], (each) => brokerActions.read(ports, actor, each))).values()
  return answerPage(
    c,
    <VisitPage
      {...{ view, contact, visit: contact.visit, form }}
      about={await aboutOf(c, contact)}
      enterpriseId={await enterpriseOf(c, contact)}
      photos={photos instanceof Problem ? null : photos}
      by={broker?.name ?? null}
      mayAmend={mayAmend(actor, contact)}
    />,
    status,
  )
}

/** Several photos one after another; what is not taken is said, and the others stay. */
async function postPhotos(c: AppContext) {
  const { ports, actor } = c.var
  const { words } = viewOf(c)
  const id = c.req.param('id')!
  const files = await unlessRefused(() => receivedFiles(c, mostAttachments), ['invalid-input'])
  const errorOf = ({ facts: { errors } }: Problem) => errors?.[0] ?? { pointer: '/file', code: 'required' }
  const told = (problem: Problem) => {
    if (problem.kind === 'not-allowed-now') return words.visit.photos.full
    const { code, facts } = errorOf(problem)
    return words.fault(code, facts ?? {})
  }
  if (files instanceof Problem) return visitPage(c, { ...blankForm, messages: { file: told(files) } })
  const refused: string[] = []
  for (const { name, bytes } of files) {
    const photo = { name: name ?? '', group: 'detail', bytes } as const
    const added = await unlessRefused(
      () => uploadAttachment(ports, actor, { kind: 'contact', id }, photo),
      ['invalid-input', 'not-allowed-now'],
    )
    if (added instanceof Problem) refused.push(words.visit.photos.refused(photo.name, told(added)))
  }
  if (refused.length > 0) return visitPage(c, { ...blankForm, messages: { file: refused.join(' ') } })
  return c.redirect(`/visits/${id}#photos`, 303)
}

async function aboutOf(c: AppContext, { subjectId }: Contact): Promise<{ name: string; path: string } | null> {
  const about = await unlessRefused(() => subjectName(c, subjectId), ['not-found'])
  return about instanceof Problem ? null : about
}

/** For whom a need that was heard becomes a demand; null where that is nobody, or the reader enters none. */
async function enterpriseOf(c: AppContext, { subjectId }: Contact): Promise<string | null> {
  const { ports, actor } = c.var
  if (!may(actor, 'demand.draft', ['organisation', 'own'])) return null
  if (kindOfId(subjectId) === 'enterprise') return subjectId
  if (kindOfId(subjectId) !== 'demand') return ''
  const demand = await unlessRefused(() => readDemand(ports, actor, subjectId), ['not-found'])
  return demand instanceof Problem ? '' : (demand.enterpriseId ?? '')
}

/** One's own visits, between two days where they are given. */
async function visitsPage(c: AppContext) {
  const { ports, actor } = c.var
  const dayIn = (name: string) => day.safeParse(c.req.query(name)).data ?? null
  const days = { from: dayIn('from'), until: dayIn('until') }
  const { items, next } = await listVisits(ports, actor, days, pageFrom({ cursor: c.req.query('cursor'), limit: listedOwn }))
  const visits = await Promise.all(items.map(async (contact) => ({ contact, about: await aboutOf(c, contact) })))
  return answerPage(c, <VisitsPage view={viewOf(c)} days={days} visits={visits} next={cursorOf(next)} />)
}
