import { z } from '../platform/schema.ts'
import { cursorOf, pageFrom, pageOf, pageQuery } from '../platform/web/cursor.ts'
import { type Api, binary, endpoint, newApi } from '../platform/web/endpoint.ts'
import { receivedFile } from '../platform/web/upload.ts'
import { draftLine, leaveLine, mergeLine, reopenLine, routeLine } from './actions/decide.ts'
import { correctColumns, discardIntake, listIntakes, listLines, type Received, readIntake, receiveIntake } from './actions/receive.ts'
import { ColumnCorrections, IntakeLine, IntakeView, LineDraft, LineLeaving, LineMerging, LineRouting, linesAtMost } from './intake.ts'

const tag = 'Intakes'
const accepted = ['text/csv']

async function fileFrom(c: Parameters<typeof receivedFile>[0]): Promise<Received> {
  const { name, bytes } = await receivedFile(c, accepted)
  return { name: name ?? '', bytes }
}

export function intakeApi(): Api {
  const api = newApi()
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/intakes',
      summary:
        'Hand in a table or a form as it arrived (xlsx, csv, docx): a form, or the file alone with its name in Content-Disposition or in the query',
      tag,
      query: z.object({ name: z.string().optional() }),
      reads: {
        content: { 'multipart/form-data': { schema: z.object({ file: binary }) }, 'application/octet-stream': { schema: binary } },
        from: fileFrom,
      },
      returns: [201, IntakeView],
      problems: ['already-exists'],
      location: ({ id }) => `/api/intakes/${id}`,
    },
    ({ ports, actor, body }) => receiveIntake(ports, actor, body),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/intakes',
      summary: 'List what was handed in, newest first',
      tag,
      query: z.object(pageQuery),
      returns: [200, pageOf(IntakeView)],
      problems: ['not-permitted', 'bad-cursor'],
    },
    async ({ ports, actor, query }) => {
      const { items, next } = await listIntakes(ports, actor, pageFrom(query))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/intakes/{id}',
      summary: 'Read how a file was understood',
      tag,
      returns: [200, IntakeView],
      problems: ['not-found'],
    },
    ({ ports, actor, params }) => readIntake(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/intakes/{id}/lines',
      summary: 'The needs of a file, in their order',
      tag,
      returns: [200, z.object({ items: z.array(IntakeLine) })],
      problems: ['not-found'],
    },
    async ({ ports, actor, params }) => ({ items: await listLines(ports, actor, params.id!, { limit: 2 * linesAtMost }) }),
  )
  endpoint(
    api,
    {
      method: 'put',
      path: '/api/intakes/{id}/columns',
      summary: 'Say what columns are, and have the file read again; decided lines stay',
      tag,
      ifMatch: true,
      body: ColumnCorrections,
      returns: [200, IntakeView],
      problems: ['not-found', 'not-allowed-now'],
    },
    ({ ports, actor, params, version, body }) => correctColumns(ports, actor, params.id!, version, body.corrections),
  )
  endpoint(
    api,
    {
      method: 'delete',
      path: '/api/intakes/{id}',
      summary: 'Take a file back of which nothing became a demand',
      tag,
      ifMatch: true,
      returns: [200, IntakeView.pick({ id: true })],
      problems: ['not-found', 'not-allowed-now'],
    },
    ({ ports, actor, params, version }) => discardIntake(ports, actor, params.id!, version),
  )
  const decision = {
    method: 'post',
    tag,
    returns: [200, z.object({ line: IntakeLine, demandId: z.string().nullable() })],
    problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
  } as const
  const path = '/api/intake-lines/{id}'
  endpoint(
    api,
    {
      ...decision,
      path: `${path}/draft`,
      summary: 'Make a demand of it for its enterprise, which is registered if it is new',
      body: LineDraft,
    },
    ({ ports, actor, params, body }) => draftLine(ports, actor, params.id!, body),
  )
  endpoint(
    api,
    {
      ...decision,
      path: `${path}/merging`,
      summary: 'Add it to a demand that says the same, which takes over what is named',
      body: LineMerging,
      problems: [...decision.problems, 'version-differs', 'telling-words'],
    },
    ({ ports, actor, params, body }) => mergeLine(ports, actor, params.id!, body),
  )
  endpoint(
    api,
    { ...decision, path: `${path}/routing`, summary: 'Send a need that is not technical to where it belongs', body: LineRouting },
    ({ ports, actor, params, body }) => routeLine(ports, actor, params.id!, body),
  )
  endpoint(api, { ...decision, path: `${path}/leaving`, summary: 'Leave it out', body: LineLeaving }, ({ ports, actor, params, body }) =>
    leaveLine(ports, actor, params.id!, body.reason),
  )
  endpoint(api, { ...decision, path: `${path}/reopening`, summary: 'Take a decision back' }, ({ ports, actor, params }) =>
    reopenLine(ports, actor, params.id!),
  )
  return api
}
