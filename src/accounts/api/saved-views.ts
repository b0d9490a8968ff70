import { Problem } from '../../platform/problem.ts'
import { z } from '../../platform/schema.ts'
import { type Api, endpoint, newApi } from '../../platform/web/endpoint.ts'
import type { Session } from '../account.ts'
import { listViews, removeView, renameView, restoreView, saveView } from '../actions/saved-view.ts'
import { OwnView, type SavedView, SavedViewDraft, ViewName } from '../saved-view.ts'

const tag = 'Accounts'

/** Filters of lists that somebody keeps for himself under a name. */
export function savedViewApi(): Api {
  const api = newApi()
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/account/views',
      summary: 'List the views that you keep for a list (with the session cookie)',
      tag,
      query: z.object({ list: SavedViewDraft.shape.list }),
      returns: [200, z.object({ items: z.array(OwnView) })],
      problems: [],
    },
    async ({ ports, session, query }) => ({ items: (await listViews(ports, signedIn(session), query.list)).map(own) }),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/account/views',
      summary: 'Keep the filters of a list under a name (with the session cookie)',
      tag,
      body: SavedViewDraft,
      returns: [201, OwnView],
      problems: ['not-allowed-now'],
    },
    async ({ ports, session, body }) => own(await saveView(ports, signedIn(session), body)),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/account/views/{id}/name',
      summary: 'Give a view another name (with the session cookie)',
      tag,
      body: ViewName,
      returns: [200, OwnView],
      problems: ['not-found', 'changed-meanwhile'],
    },
    async ({ ports, session, params, body }) => own(await renameView(ports, signedIn(session), params.id!, body.name)),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/account/views/{id}/removal',
      summary: 'Take a view away; until the next one goes it can be taken back (with the session cookie)',
      tag,
      returns: [200, OwnView],
      problems: ['not-found', 'changed-meanwhile'],
    },
    async ({ ports, session, params }) => own(await removeView(ports, signedIn(session), params.id!)),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/account/views/{id}/restoration',
      summary: 'Bring back the view that you removed last (with the session cookie)',
      tag,
      returns: [200, OwnView],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    async ({ ports, session, params }) => own(await restoreView(ports, signedIn(session), params.id!)),
  )
  return api
}

const own = ({ accountId: _, ...view }: SavedView) => view

/** Views are a person's: a token keeps none. */
function signedIn(session: Session | null): Session {
  if (session === null) throw new Problem('not-signed-in')
  return session
}
