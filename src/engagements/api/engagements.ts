import { Decline, Refusal, SupplyId } from '../../matching/refusal.ts'
import { id, instant, z } from '../../platform/schema.ts'
import { cursorOf, pageFrom, pageOf, pageQuery } from '../../platform/web/cursor.ts'
import { type Api, endpoint, newApi } from '../../platform/web/endpoint.ts'
import { listEngagements, proposeEngagement, readEngagement } from '../actions/engagement.ts'
import { answerInterest, expressInterest, listInterests, readInterest, withdrawInterest } from '../actions/interest.ts'
import { moveEngagement, undoMove } from '../actions/move.ts'
import { moveTogether, undoTogether } from '../actions/move-together.ts'
import { endRefusal, listRefusals, recordRefusal } from '../actions/refusal.ts'
import { Engagement, EngagementRequest, EngagementStage, JointMove, Move } from '../engagement.ts'
import { InterestAnswer, InterestRequest, InterestView } from '../interest.ts'

const tag = 'Engagements'
const demandId = id('dem').optional()
const RefusalRequest = z.strictObject({ demandId: id('dem'), supplyId: SupplyId, ...Decline.shape }).openapi('RefusalRequest')

/** Who wants to talk to whom, who said no, and how far it went. */
export function engagementApi(): Api {
  const api = newApi()
  interestEndpoints(api)
  refusalEndpoints(api)
  caseEndpoints(api)
  return api
}

function interestEndpoints(api: Api): void {
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/interests',
      summary: 'Say that one side of a pairing wants to know more of the other',
      tag,
      body: InterestRequest,
      returns: [201, InterestView],
      problems: ['not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, body }) => expressInterest(ports, actor, body),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/interests',
      summary: 'List interests that concern you, newest first',
      tag,
      query: z.object({ ...pageQuery, demandId, supplyId: SupplyId.optional(), state: InterestView.shape.state.optional() }),
      returns: [200, pageOf(InterestView)],
      problems: ['bad-cursor'],
    },
    async ({ ports, actor, query }) => {
      const asked = { demandId: query.demandId ?? null, supplyId: query.supplyId ?? null, state: query.state ?? null }
      const { items, next } = await listInterests(ports, actor, asked, pageFrom(query))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/interests/{id}',
      summary: 'Read an interest; contact details once both sides want it',
      tag,
      returns: [200, InterestView],
      problems: ['not-found'],
    },
    ({ ports, actor, params }) => readInterest(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/interests/{id}/answer',
      summary: 'Answer as the side that was asked',
      tag,
      body: InterestAnswer,
      returns: [200, InterestView],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params, body }) => answerInterest(ports, actor, params.id!, body),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/interests/{id}/withdrawal',
      summary: 'Take an unanswered interest back',
      tag,
      returns: [200, InterestView],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params }) => withdrawInterest(ports, actor, params.id!),
  )
}

function refusalEndpoints(api: Api): void {
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/refusals',
      summary: 'Say that the other side of a pairing does not fit; it is not proposed any more',
      tag,
      body: RefusalRequest,
      returns: [201, Refusal],
      problems: ['not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, body }) => recordRefusal(ports, actor, body),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/refusals',
      summary: 'List what was refused of a demand, with the reasons, as far as they are for you',
      tag,
      query: z.object({ demandId: id('dem') }),
      returns: [200, z.object({ items: z.array(Refusal) })],
      problems: [],
    },
    async ({ ports, actor, query }) => ({ items: await listRefusals(ports, actor, query.demandId) }),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/refusals/{id}/ending',
      summary: 'Take a refusal back',
      tag,
      returns: [200, Refusal],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params }) => endRefusal(ports, actor, params.id!),
  )
}

function caseEndpoints(api: Api): void {
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/engagements',
      summary: 'Put a candidate on the board, of the market or from outside',
      tag,
      body: EngagementRequest,
      returns: [201, Engagement],
      problems: ['not-found', 'not-allowed-now', 'already-exists', 'changed-meanwhile'],
    },
    ({ ports, actor, body }) => proposeEngagement(ports, actor, body),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/engagements',
      summary: 'List cases of a demand, or those that you carry or take part in, newest first',
      tag,
      query: z.object({ ...pageQuery, demandId, state: EngagementStage.optional() }),
      returns: [200, pageOf(Engagement)],
      problems: ['not-permitted', 'not-found', 'bad-cursor'],
    },
    async ({ ports, actor, query }) => {
      const asked = { demandId: query.demandId ?? null, state: query.state ?? null }
      const { items, next } = await listEngagements(ports, actor, asked, pageFrom(query))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/engagements/{id}',
      summary: 'Read a case',
      tag,
      returns: [200, Engagement],
      problems: ['not-found'],
    },
    ({ ports, actor, params }) => readEngagement(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/engagements/{id}/moves',
      summary: 'Move a case on the board',
      tag,
      body: Move,
      returns: [200, Engagement],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params, body }) => moveEngagement(ports, actor, params.id!, body),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/engagements/{id}/undoing',
      summary: 'Take the last move back',
      tag,
      body: Move.pick({ version: true }).openapi('Undoing'),
      returns: [200, Engagement],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params, body }) => undoMove(ports, actor, params.id!, body.version),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/engagements/moves',
      summary: 'Move several cases to one stage: all of them, or (with what hinders which) none',
      tag,
      body: JointMove,
      returns: [200, z.object({ items: z.array(Engagement), at: instant })],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, body }) => moveTogether(ports, actor, body),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/engagements/undoings',
      summary: 'Take back together what you moved together, by its instant; what went on since is left, and named',
      tag,
      body: z.strictObject({ at: instant }).openapi('JointUndoing'),
      returns: [200, z.object({ items: z.array(Engagement), left: z.array(id('eng')) })],
      problems: ['not-found', 'changed-meanwhile'],
    },
    ({ ports, actor, body }) => undoTogether(ports, actor, body.at),
  )
}
