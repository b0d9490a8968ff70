import { Problem } from '../platform/problem.ts'
import { id, text, z } from '../platform/schema.ts'
import { cursorOf, pageFrom, pageOf, pageQuery } from '../platform/web/cursor.ts'
import { type Api, endpoint, newApi } from '../platform/web/endpoint.ts'
import { askForConfirmation, confirmationAsked } from './actions/confirmation.ts'
import { acceptProposal, proposeWording, refuseProposal } from './actions/proposal.ts'
import {
  amendDemand,
  assignDemand,
  confirmDemand,
  type DemandInput,
  draftDemand,
  listDemands,
  publishDemand,
  readTellingWords,
  requestDemandPublication,
  returnDemand,
  routeDemand,
  showDemand,
  solveDemand,
  withdrawDemand,
} from './actions.ts'
import { ConfirmationRequest, MadeConfirmationRequest, RecordedConfirmation } from './confirmation.ts'
import { Demand, DemandDraft, DemandView, Routing, Wording } from './demand.ts'
import { tellingKinds } from './telling.ts'
import { CheckResult } from './vetting.ts'

const tag = 'Demands'
const Checks = z.array(CheckResult).max(10)
const TellingWords = z
  .object({
    items: z.array(
      z.object({
        pointer: z.string(),
        kind: z.enum(tellingKinds),
        words: z.string(),
      }),
    ),
  })
  .openapi('TellingWords')

export function demandApi(): Api {
  const api = newApi()
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/demands',
      summary: 'List demands, newest first',
      tag,
      query: z.object({
        ...pageQuery,
        state: Demand.shape.state.optional(),
        enterpriseId: id('ent').optional(),
        brokerId: id('bro').optional(),
      }),
      returns: [200, pageOf(DemandView)],
      problems: ['bad-cursor'],
    },
    async ({ ports, actor, query: { cursor, limit, ...filter } }) => {
      const { items, next } = await listDemands(ports, actor, filter, pageFrom({ cursor, limit }))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/demands',
      summary: 'Draft a demand; an enterprise may leave enterpriseId out',
      tag,
      // Partial members may be left out, never undefined: JSON has no undefined.
      body: DemandDraft.partial().required({ title: true }) as unknown as z.ZodType<DemandInput>,
      returns: [201, Demand],
      problems: [],
      location: (demand) => `/api/demands/${demand.id}`,
    },
    ({ ports, actor, body }) => draftDemand(ports, actor, body),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/demands/{id}',
      summary: 'Read a demand; one that was merged names the demand that goes on as `mergedIntoId`, in its 404 too',
      tag,
      returns: [200, DemandView],
      problems: ['not-found'],
    },
    ({ ports, actor, params }) => showDemand(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/demands/{id}/telling-words',
      summary: 'List the words by which outsiders might tell whose demand it is',
      tag,
      returns: [200, TellingWords],
      problems: ['not-permitted', 'not-found'],
    },
    async ({ ports, actor, params }) => ({ items: await readTellingWords(ports, actor, params.id!) }),
  )
  endpoint(
    api,
    {
      method: 'patch',
      path: '/api/demands/{id}',
      summary: 'Amend a demand (JSON Merge Patch)',
      tag,
      ifMatch: true,
      body: z.looseObject({}),
      bodyType: 'application/merge-patch+json',
      returns: [200, Demand],
      problems: ['telling-words', 'not-found', 'not-allowed-now'],
    },
    ({ ports, actor, params, version, body }) => amendDemand(ports, actor, params.id!, version, body),
  )
  const step = { method: 'post', tag, returns: [200, Demand], problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'] } as const
  endpoint(api, { ...step, path: '/api/demands/{id}/publication-request', summary: 'Ask for publication' }, ({ ports, actor, params }) =>
    requestDemandPublication(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      ...step,
      path: '/api/demands/{id}/publication',
      summary: 'Grant publication after the three checks',
      body: z.strictObject({ checks: Checks }),
      problems: [...step.problems, 'checks-missing', 'telling-words'],
    },
    ({ ports, actor, params, body }) => publishDemand(ports, actor, params.id!, body.checks),
  )
  endpoint(
    api,
    {
      ...step,
      path: '/api/demands/{id}/return',
      summary: 'Return it to its owner',
      body: z.strictObject({ reason: text(1, 500), checks: Checks.optional() }),
    },
    ({ ports, actor, params, body }) => returnDemand(ports, actor, params.id!, body.reason, body.checks ?? []),
  )
  endpoint(
    api,
    { ...step, path: '/api/demands/{id}/routing', summary: 'Send a demand that is not technical to where it belongs', body: Routing },
    ({ ports, actor, params, body }) => routeDemand(ports, actor, params.id!, body),
  )
  endpoint(api, { ...step, path: '/api/demands/{id}/withdrawal', summary: 'Withdraw it' }, ({ ports, actor, params }) =>
    withdrawDemand(ports, actor, params.id!),
  )
  endpoint(api, { ...step, path: '/api/demands/{id}/solution', summary: 'Mark it as solved' }, ({ ports, actor, params }) =>
    solveDemand(ports, actor, params.id!),
  )
  endpoint(
    api,
    { ...step, path: '/api/demands/{id}/confirmation', summary: "Record the enterprise's yes", body: RecordedConfirmation },
    ({ ports, actor, params, body }) => confirmDemand(ports, actor, params.id!, body),
  )
  endpoint(
    api,
    {
      ...step,
      path: '/api/demands/{id}/proposal',
      summary: 'Propose other words to its owner',
      body: z.strictObject({ changes: Wording, note: text(1, 500).nullable() }),
    },
    ({ ports, actor, params, body }) => proposeWording(ports, actor, params.id!, body),
  )
  endpoint(
    api,
    {
      ...step,
      path: '/api/demands/{id}/proposal/acceptance',
      summary: 'Take the proposed words as its own',
      body: z.strictObject({ version: z.number().int().min(1) }),
      problems: [...step.problems, 'telling-words'],
    },
    ({ ports, actor, params, body }) => acceptProposal(ports, actor, params.id!, body.version),
  )
  endpoint(
    api,
    {
      ...step,
      path: '/api/demands/{id}/proposal/refusal',
      summary: 'Keep its own words, and say why',
      body: z.strictObject({ reason: text(1, 500) }),
    },
    ({ ports, actor, params, body }) => refuseProposal(ports, actor, params.id!, body.reason),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/demands/{id}/confirmation-link',
      summary: 'When the enterprise was last asked by a link, and what it answered',
      tag,
      returns: [200, ConfirmationRequest],
      problems: ['not-found', 'not-permitted'],
    },
    async ({ ports, actor, params }) => {
      const asked = await confirmationAsked(ports, actor, params.id!)
      if (asked === null) throw new Problem('not-found')
      return asked
    },
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/demands/{id}/confirmation-link',
      summary: 'Make a link by which the enterprise confirms what was entered for it; it is shown this once',
      tag,
      returns: [201, MadeConfirmationRequest],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params }) => askForConfirmation(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      ...step,
      path: '/api/demands/{id}/assignment',
      summary: 'Assign a broker, or take it as one',
      body: z.strictObject({ brokerId: id('bro') }),
    },
    ({ ports, actor, params, body }) => assignDemand(ports, actor, params.id!, body.brokerId),
  )
  return api
}
