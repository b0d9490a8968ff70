import { z } from '../../platform/schema.ts'
import { cursorOf, pageFrom, pageOf, pageQuery } from '../../platform/web/cursor.ts'
import { type Api, endpoint, newApi } from '../../platform/web/endpoint.ts'
import { delegateRequests, endDelegation, listDelegations, readDelegation, undoDelegations } from '../actions/delegation.ts'
import { listRequests } from '../actions/requests.ts'
import { Delegation, DelegationRequest, DelegationUndoing, InstitutionRequest } from '../delegation.ts'

const tag = 'Delegations'

/** What a whole institution is asked, and which of its people answers it. */
export function delegationApi(): Api {
  const api = newApi()
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/requests',
      summary: 'List what your institution, its results and its people are asked, newest first',
      tag,
      query: z.object({ done: z.enum(['yes', 'no']).optional(), limit: pageQuery.limit }),
      returns: [200, z.object({ items: z.array(InstitutionRequest) })],
      problems: ['not-permitted'],
    },
    async ({ ports, actor, query }) => ({ items: await listRequests(ports, actor, query.done === 'yes', pageFrom(query).limit) }),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/delegations',
      summary: 'Hand requests to one of your people: all of them, or none',
      tag,
      body: DelegationRequest,
      returns: [201, z.object({ items: z.array(Delegation) })],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    async ({ ports, actor, body }) => ({ items: await delegateRequests(ports, actor, body) }),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/delegations',
      summary: 'List what your institution has handed on, or what you were handed, newest first',
      tag,
      query: z.object({ ...pageQuery, state: Delegation.shape.state.optional() }),
      returns: [200, pageOf(Delegation)],
      problems: ['not-permitted', 'bad-cursor'],
    },
    async ({ ports, actor, query }) => {
      const { items, next } = await listDelegations(ports, actor, query.state ?? null, pageFrom(query))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/delegations/{id}',
      summary: 'Read a delegation as the institution, or as whom it was handed to',
      tag,
      returns: [200, Delegation],
      problems: ['not-found'],
    },
    ({ ports, actor, params }) => readDelegation(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/delegations/{id}/ending',
      summary: 'Take a request back from whom it was handed to',
      tag,
      returns: [200, Delegation],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params }) => endDelegation(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/delegations/undoings',
      summary: 'Let delegations go back by one change, from the versions that you saw',
      tag,
      body: DelegationUndoing,
      returns: [200, z.object({ items: z.array(Delegation) })],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    async ({ ports, actor, body }) => ({ items: await undoDelegations(ports, actor, body) }),
  )
  return api
}
