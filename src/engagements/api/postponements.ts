import { z } from '../../platform/schema.ts'
import { type Api, endpoint, newApi } from '../../platform/web/endpoint.ts'
import { listPostponements, putOff, takeUp } from '../actions/postponement.ts'
import { PostponedPairing, Postponement } from '../postponement.ts'

const tag = 'Engagements'

/** What somebody looks at on a later day; a person's own notes, of which nobody else is told. */
export function postponementApi(): Api {
  const api = newApi()
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/postponements',
      summary: 'List what you have put off and whose day has not come, the next one first',
      tag,
      returns: [200, z.object({ items: z.array(Postponement) })],
      problems: ['not-permitted'],
    },
    async ({ ports, actor }) => ({ items: await listPostponements(ports, actor) }),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/postponements',
      summary: 'Put a pairing off until a day; again, to another day',
      tag,
      body: Postponement,
      returns: [201, Postponement],
      problems: [],
    },
    ({ ports, actor, body }) => putOff(ports, actor, body),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/postponements/ending',
      summary: 'Take a pairing up again before its day',
      tag,
      body: PostponedPairing,
      returns: [200, PostponedPairing],
      problems: [],
    },
    async ({ ports, actor, body }) => {
      await takeUp(ports, actor, body)
      return body
    },
  )
  return api
}
