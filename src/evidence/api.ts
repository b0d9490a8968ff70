import { Completer, Evidence, EvidenceDraft } from '../directory/evidence.ts'
import { z } from '../platform/schema.ts'
import { cursorOf, pageFrom, pageOf, pageQuery } from '../platform/web/cursor.ts'
import { type Api, endpoint, newApi } from '../platform/web/endpoint.ts'
import {
  amendEvidence,
  type EvidenceInput,
  listCompleters,
  listEvidence,
  readEvidence,
  registerEvidence,
  removeEvidence,
} from './actions.ts'

const tag = 'Evidence'

/** A shape of its own: what holds across fields can only be said of the whole draft, with the expert of the path. */
const body = z.strictObject(EvidenceDraft.shape).omit({ expertId: true }).partial().required({ kind: true })

export function evidenceApi(): Api {
  const api = newApi()
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/experts/{id}/evidence',
      summary: 'List what an expert did, newest first; nothing of somebody who is shown masked',
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
      summary: 'Register what an expert did: a row with a title of its own, or with offeringId the offering that he completed',
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
      method: 'get',
      path: '/api/offerings/{id}/completers',
      summary: 'Who completed an offering, in their places',
      tag,
      returns: [200, z.object({ items: z.array(Completer) })],
      problems: ['not-found'],
    },
    async ({ ports, actor, params }) => ({ items: await listCompleters(ports, actor, params.id!) }),
  )
  return api
}
