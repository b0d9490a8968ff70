import { Completer, Evidence, EvidenceDraft } from '../directory/evidence.ts'
import { ImportBatch } from '../imports/batch.ts'
import { z } from '../platform/schema.ts'
import { cursorOf, pageFrom, pageOf, pageQuery } from '../platform/web/cursor.ts'
import { type Api, binary, endpoint, newApi } from '../platform/web/endpoint.ts'
import { receivedFile } from '../platform/web/upload.ts'
import { restoreEvidence } from './actions/restore.ts'
import { previewWorks, takeWorks, undoWorks } from './actions/works.ts'
import {
  amendEvidence,
  type EvidenceInput,
  listCompleters,
  listEvidence,
  readEvidence,
  registerEvidence,
  removeEvidence,
} from './actions.ts'
import { Choice, chosenIn, ReadWork, WorksTaken } from './work.ts'

const tag = 'Evidence'

/** A shape of its own: what holds across fields can only be said of the whole draft, with the expert of the path. */
const body = z.strictObject(EvidenceDraft.shape).omit({ expertId: true }).partial().required({ kind: true })

/** A batch is no affair of its own beside whether it stands. */
const WorksUndone = ImportBatch.pick({ id: true, state: true, rowCount: true }).openapi('WorksUndone')

const file = {
  content: { 'multipart/form-data': { schema: z.object({ file: binary }) }, 'application/octet-stream': { schema: binary } },
  async from(c: Parameters<typeof receivedFile>[0]) {
    const { bytes, fields } = await receivedFile(c, ['text/csv', 'text/plain', 'application/x-bibtex'])
    return { bytes, take: fields.take }
  },
}

export function evidenceApi(): Api {
  const api = newApi()
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/experts/{id}/evidence',
      summary: 'List what an expert did, newest first; nothing if the expert’s name is hidden',
      tag,
      query: z.object(pageQuery),
      returns: [200, pageOf(Evidence)],
      problems: ['not-found', 'bad-cursor'],
    },
    async ({ ports, actor, params, query }) => {
      const { items, next } = await listEvidence(ports, actor, params.id!, pageFrom(query))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/experts/{id}/evidence',
      summary: 'Register what an expert did: a row with a title of its own, or with offeringId an offering that the expert completed',
      tag,
      // Partial members may be left out, never undefined: JSON has no undefined.
      body: body as unknown as z.ZodType<EvidenceInput>,
      returns: [201, Evidence],
      problems: ['not-found'],
      location: ({ id }) => `/api/evidence/${id}`,
    },
    ({ ports, actor, params, body }) => registerEvidence(ports, actor, params.id!, body),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/experts/{id}/evidence/reading',
      summary: 'Say what a file of works (BibTeX, or csv with a header) would bring; nothing is written',
      tag,
      reads: file,
      returns: [200, z.object({ format: z.enum(['bibtex', 'csv']), items: z.array(ReadWork) })],
      problems: ['not-found'],
    },
    async ({ ports, actor, params, body }) => {
      const { format, works } = await previewWorks(ports, actor, params.id!, body.bytes)
      return { format, items: works }
    },
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/experts/{id}/evidence/imports',
      summary: 'Register the works of a file that are new, or with take those of them at these places (1,3,4), in one commit',
      tag,
      query: z.object({ take: Choice.optional() }),
      reads: file,
      returns: [201, WorksTaken],
      problems: ['not-found', 'already-exists', 'changed-meanwhile'],
    },
    ({ ports, actor, params, body }) => takeWorks(ports, actor, params.id!, body.bytes, chosenIn(body.take)),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/evidence-imports/{id}/undoing',
      summary: 'Take back what a file of works brought',
      tag,
      returns: [200, WorksUndone],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    async ({ ports, actor, params }) => {
      const { id, state, rowCount } = await undoWorks(ports, actor, params.id!)
      return { id, state, rowCount }
    },
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/evidence/{id}',
      summary: 'Read a row of evidence',
      tag,
      returns: [200, Evidence],
      problems: ['not-found'],
    },
    ({ ports, actor, params }) => readEvidence(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'patch',
      path: '/api/evidence/{id}',
      summary: 'Amend a row of evidence (JSON Merge Patch)',
      tag,
      ifMatch: true,
      body: z.looseObject({}),
      bodyType: 'application/merge-patch+json',
      returns: [200, Evidence],
      problems: ['not-found'],
    },
    ({ ports, actor, params, version, body }) => amendEvidence(ports, actor, params.id!, version, body),
  )
  endpoint(
    api,
    {
      method: 'delete',
      path: '/api/evidence/{id}',
      summary: 'Remove a row of evidence',
      tag,
      ifMatch: true,
      returns: [200, z.object({ id: Evidence.shape.id })],
      problems: ['not-found'],
    },
    ({ ports, actor, params, version }) => removeEvidence(ports, actor, params.id!, version),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/evidence/{id}/restoring',
      summary: 'Undo the removal of a row',
      tag,
      returns: [200, Evidence],
      problems: ['not-found', 'changed-meanwhile'],
    },
    ({ ports, actor, params }) => restoreEvidence(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/offerings/{id}/completers',
      summary: 'Who completed an offering, in order',
      tag,
      returns: [200, z.object({ items: z.array(Completer) })],
      problems: ['not-found'],
    },
    async ({ ports, actor, params }) => ({ items: await listCompleters(ports, actor, params.id!) }),
  )
  return api
}
