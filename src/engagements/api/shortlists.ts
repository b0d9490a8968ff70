import { id, z } from '../../platform/schema.ts'
import { cursorOf, pageFrom, pageOf, pageQuery } from '../../platform/web/cursor.ts'
import { type Api, endpoint, newApi } from '../../platform/web/endpoint.ts'
import { linkShortlist, listShortlists, makeShortlist, readShortlist, recordSending } from '../actions/shortlist.ts'
import { MadeShortlistLink, SendingRequest, Shortlist, ShortlistRequest } from '../shortlist.ts'

const tag = 'Shortlists'

/** Three to five candidates for one demand, and to whom they went. */
export function shortlistApi(): Api {
  const api = newApi()
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/shortlists',
      summary: 'Make a list of candidates for one demand, as its enterprise may see them',
      tag,
      body: ShortlistRequest,
      returns: [201, Shortlist],
      problems: ['not-found', 'not-allowed-now'],
    },
    ({ ports, actor, body }) => makeShortlist(ports, actor, body),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/shortlists',
      summary: 'List shortlists of a demand, or all that you made, newest first',
      tag,
      query: z.object({ ...pageQuery, demandId: id('dem').optional() }),
      returns: [200, pageOf(Shortlist)],
      problems: ['not-permitted', 'not-found', 'bad-cursor'],
    },
    async ({ ports, actor, query }) => {
      const { items, next } = await listShortlists(ports, actor, query.demandId ?? null, pageFrom(query))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/shortlists/{id}',
      summary: 'Read a shortlist',
      tag,
      returns: [200, Shortlist],
      problems: ['not-found'],
    },
    ({ ports, actor, params }) => readShortlist(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/shortlists/{id}/sendings',
      summary: 'Note to whom a shortlist went, and by which way',
      tag,
      body: SendingRequest,
      returns: [200, Shortlist],
      problems: ['not-found', 'changed-meanwhile'],
    },
    ({ ports, actor, params, body }) => recordSending(ports, actor, params.id!, body),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/shortlists/{id}/link',
      summary: 'Make a one-time link by which the enterprise reads and answers; it is shown this once',
      tag,
      returns: [201, MadeShortlistLink],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params }) => linkShortlist(ports, actor, params.id!),
  )
  return api
}
