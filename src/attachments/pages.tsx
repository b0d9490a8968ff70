import { Hono } from 'hono'
import { readDemand } from '../demands/actions.ts'
import { demandTitle } from '../demands/demand-card.tsx'
import { findSubject } from '../directory/actions.ts'
import { readOffering } from '../offerings/actions.ts'
import { Problem } from '../platform/problem.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { cursorOf, pageFrom } from '../platform/web/cursor.ts'
import { answerPage } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { unlessRefused } from '../platform/web/parts/readable.ts'
import { viewOf } from '../platform/web/view.ts'
import { downloadAttachment, readAttachment, shownOn } from './actions/read.ts'
import { listReadings } from './actions/readings.ts'
import { removeAttachment } from './actions/remove.ts'
import { isListing, kindOfSubject } from './actions/subject.ts'
import { uploadAttachment } from './actions/upload.ts'
import { answerDelivery } from './answer.ts'
import { type SubjectKind, subjectKinds } from './attachment.ts'
import { AttachmentsPage } from './attachments-page.tsx'
import { uploadFrom } from './upload.ts'

/** Documents: their own page below that of what they are attached to, the way in and out, and the downloads. */
export function attachmentPages() {
  const pages = new Hono<Env>()
  for (const kind of Object.keys(subjectKinds).filter((each) => each !== 'contact') as PageKind[]) {
    pages
      .get(`/${subjectKinds[kind]}/:id/attachments`, (c) => attachmentsPage(c, kind))
      .post(`/${subjectKinds[kind]}/:id/attachments`, (c) => postAttachment(c, kind))
  }
  return pages
    .get('/attachments/:id', async (c) => answerDelivery(c, await downloadAttachment(c.var.ports, c.var.actor, c.req.param('id'))))
    .post('/attachments/:id/removal', async (c) => {
      const { ports, actor } = c.var
      const { version } = await readAttachment(ports, actor, c.req.param('id'))
      const { subjectId } = await removeAttachment(ports, actor, c.req.param('id'), version)
      return c.redirect(listOn(kindOfSubject(subjectId), subjectId), 303)
    })
}

/** Photos of a visit stand on its sheet. */
type PageKind = Exclude<SubjectKind, 'contact'>

/** 303 to where the documents are listed, or the form with what is wrong (422). */
async function postAttachment(c: AppContext, kind: PageKind) {
  const { ports, actor } = c.var
  const id = c.req.param('id')!
  const added = await unlessRefused(async () => uploadAttachment(ports, actor, { kind, id }, await uploadFrom(c)), ['invalid-input'])
  if (!(added instanceof Problem)) return c.redirect(listOn(kind, id), 303)
  const { words } = viewOf(c)
  const messages = Object.fromEntries(
    (added.facts.errors ?? []).map(({ pointer, code, facts }) => [pointer === '/group' ? 'group' : 'file', words.fault(code, facts ?? {})]),
  )
  return attachmentsPage(c, kind, { values: {}, chosen: {}, messages })
}

async function attachmentsPage(c: AppContext, kind: PageKind, form: FormState = { values: {}, chosen: {}, messages: {} }) {
  const { ports, actor } = c.var
  const id = c.req.param('id')!
  const shown = await shownOn(ports, actor, kind, id)
  const page = pageFrom({ cursor: c.req.query('cursor'), limit: 20 })
  const readings = shown.mayListReadings ? await listReadings(ports, actor, { kind, id }, page) : null
  return answerPage(
    c,
    <AttachmentsPage
      view={viewOf(c)}
      title={await titleOf(c, kind, id)}
      path={pathOf(kind, id)}
      shown={shown}
      readings={readings && { items: readings.items, next: cursorOf(readings.next) }}
      form={form}
    />,
    Object.keys(form.messages).length > 0 ? 422 : 200,
  )
}

const pathOf = (kind: PageKind, id: string) => `/${subjectKinds[kind]}/${id}`

/** Listings show their documents themselves. */
function listOn(kind: SubjectKind, id: string): string {
  if (kind === 'contact') return `/visits/${id}#photos`
  return isListing(kind) ? `${pathOf(kind, id)}#attachments` : `${pathOf(kind, id)}/attachments`
}

async function titleOf(c: AppContext, kind: PageKind, id: string): Promise<string> {
  const { ports, actor } = c.var
  if (kind === 'demand') return demandTitle(await readDemand(ports, actor, id), viewOf(c))
  if (kind === 'offering') return (await readOffering(ports, actor, id)).title
  return (await findSubject(ports, actor, [kind], id)).subject.name
}
