import { CheckResult } from '../demands/vetting.ts'
import { id, text, z } from '../platform/schema.ts'
import { cursorOf, pageFrom, pageOf, pageQuery } from '../platform/web/cursor.ts'
import { type Api, endpoint, newApi } from '../platform/web/endpoint.ts'
import {
  amendOffering,
  draftOffering,
  listOfferings,
  type OfferingInput,
  publishOffering,
  requestOfferingPublication,
  returnOffering,
  showOffering,
  withdrawOffering,
} from './actions.ts'
import { Offering, OfferingDraft, OfferingView } from './offering.ts'

const tag = 'Offerings'
const Checks = z.array(CheckResult).max(10)

export function offeringApi(): Api {
  const api = newApi()
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/offerings',
      summary: 'List offerings, newest first',
      tag,
      query: z.object({
        ...pageQuery,
        state: Offering.shape.state.optional(),
        kind: Offering.shape.kind.optional(),
        ownerId: z.union([id('itn'), id('ent')]).optional(),
      }),
      returns: [200, pageOf(OfferingView)],
      problems: ['bad-cursor'],
    },
    async ({ ports, actor, query: { cursor, limit, ...filter } }) => {
      const { items, next } = await listOfferings(ports, actor, filter, pageFrom({ cursor, limit }))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/offerings',
      summary: 'Draft an offering; an institution or enterprise may leave ownerId out',
      tag,
      // Partial members may be left out, never undefined: JSON has no undefined.
      body: OfferingDraft.partial().required({ title: true, kind: true }) as unknown as z.ZodType<OfferingInput>,
      returns: [201, Offering],
      problems: [],
      location: (offering) => `/api/offerings/${offering.id}`,
    },
    ({ ports, actor, body }) => draftOffering(ports, actor, body),
  )
  endpoint(
    api,
    { method: 'get', path: '/api/offerings/{id}', summary: 'Read an offering', tag, returns: [200, OfferingView], problems: ['not-found'] },
    ({ ports, actor, params }) => showOffering(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'patch',
      path: '/api/offerings/{id}',
      summary: 'Amend an offering (JSON Merge Patch)',
      tag,
      ifMatch: true,
      body: z.looseObject({}),
      bodyType: 'application/merge-patch+json',
      returns: [200, Offering],
      problems: ['not-found', 'not-allowed-now'],
    },
    ({ ports, actor, params, version, body }) => amendOffering(ports, actor, params.id!, version, body),
  )
  const step = { method: 'post', tag, returns: [200, Offering], problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'] } as const
  endpoint(
    api,
    { ...step, path: '/api/offerings/{id}/publication-request', summary: 'Ask for publication (at once for a trusted institution)' },
    ({ ports, actor, params }) => requestOfferingPublication(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      ...step,
      path: '/api/offerings/{id}/publication',
      summary: 'Grant publication after the three checks',
      body: z.strictObject({ checks: Checks }),
      problems: [...step.problems, 'checks-missing'],
    },
    ({ ports, actor, params, body }) => publishOffering(ports, actor, params.id!, body.checks),
  )
  endpoint(
    api,
    {
      ...step,
      path: '/api/offerings/{id}/return',
      summary: 'Return it to its owner',
      body: z.strictObject({ reason: text(1, 500), checks: Checks.optional() }),
    },
    ({ ports, actor, params, body }) => returnOffering(ports, actor, params.id!, body.reason, body.checks ?? []),
  )
  endpoint(api, { ...step, path: '/api/offerings/{id}/withdrawal', summary: 'Withdraw it' }, ({ ports, actor, params }) =>
    withdrawOffering(ports, actor, params.id!),
  )
  return api
}
