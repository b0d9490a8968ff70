import { mediaTypes } from '../platform/files/inspect/media-type.ts'
import { z } from '../platform/schema.ts'
import { cursorOf, pageFrom, pageOf, pageQuery } from '../platform/web/cursor.ts'
import { type Api, binary, endpoint, newApi } from '../platform/web/endpoint.ts'
import { traceCode } from '../readings/actions.ts'
import { Code, ReadingView, Trace } from '../readings/reading.ts'
import { type Delivery, downloadAttachment, listAttachments, readAttachment } from './actions/read.ts'
import { listReadings } from './actions/readings.ts'
import { removeAttachment } from './actions/remove.ts'
import { uploadAttachment } from './actions/upload.ts'
import { answerDelivery } from './answer.ts'
import { Attachment, FieldGroup, type SubjectKind, subjectKinds } from './attachment.ts'
import { uploadFrom } from './upload.ts'

const tag = 'Attachments'
const form = z.object({ file: binary, group: FieldGroup })

export function attachmentApi(): Api {
  const api = newApi()
  for (const kind of Object.keys(subjectKinds) as SubjectKind[]) subjectEndpoints(api, kind)
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/attachments/{id}',
      summary: 'What is known of a document',
      tag,
      returns: [200, Attachment],
      problems: ['not-found'],
    },
    ({ ports, actor, params }) => readAttachment(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/attachments/{id}/content',
      summary: 'Download a document; a confidential one comes as a PDF with a watermark for its reader',
      tag,
      // What is answered are the bytes of it.
      returns: [200, binary as unknown as z.ZodType<Delivery>],
      answers: { types: mediaTypes, with: answerDelivery },
      problems: ['not-found', 'file-lost'],
    },
    ({ ports, actor, params }) => downloadAttachment(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'delete',
      path: '/api/attachments/{id}',
      summary: 'Remove a document',
      tag,
      ifMatch: true,
      returns: [200, z.object({ id: Attachment.shape.id, subjectId: z.string() })],
      problems: ['not-found'],
    },
    ({ ports, actor, params, version }) => removeAttachment(ports, actor, params.id!, version),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/readings',
      summary: 'Find whose copy a download code belongs to, for operators and auditors',
      tag,
      query: z.object({ code: Code }),
      returns: [200, Trace],
      problems: ['not-permitted', 'not-found'],
    },
    ({ ports, actor, query }) => traceCode(ports, actor, query.code),
  )
  return api
}

function subjectEndpoints(api: Api, kind: SubjectKind): void {
  const path = `/api/${subjectKinds[kind]}/{id}`
  endpoint(
    api,
    {
      method: 'get',
      path: `${path}/attachments`,
      summary: `List the documents of this ${kind} that the caller may read`,
      tag,
      returns: [200, z.object({ items: z.array(Attachment) })],
      problems: ['not-found'],
    },
    async ({ ports, actor, params }) => ({ items: await listAttachments(ports, actor, kind, params.id!) }),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: `${path}/attachments`,
      summary: `Attach a document to this ${kind}: a form, or the file alone with its name in Content-Disposition or in the query`,
      tag,
      query: z.object({ name: z.string().optional(), group: z.string().optional() }),
      reads: {
        content: { 'multipart/form-data': { schema: form }, 'application/octet-stream': { schema: binary } },
        from: uploadFrom,
      },
      returns: [201, Attachment],
      problems: ['not-found', 'not-allowed-now'],
      location: ({ id }) => `/api/attachments/${id}`,
    },
    ({ ports, actor, params, body }) => uploadAttachment(ports, actor, { kind, id: params.id! }, body),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: `${path}/readings`,
      summary: `Who read what of this ${kind} that is not for everybody, newest first, for its owner`,
      tag,
      query: z.object(pageQuery),
      returns: [200, pageOf(ReadingView)],
      problems: ['not-permitted', 'not-found', 'bad-cursor'],
    },
    async ({ ports, actor, params, query }) => {
      const { items, next } = await listReadings(ports, actor, { kind, id: params.id! }, pageFrom(query))
      return { items, next: cursorOf(next) }
    },
  )
}
