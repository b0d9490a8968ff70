import { Hono } from 'hono'
import { listOwnDemands } from '../demands/actions/own.ts'
import { demandTitle } from '../demands/demand-card.tsx'
import { expertActions } from '../directory/actions.ts'
import { expertName } from '../directory/cards.tsx'
import { showOffering } from '../offerings/actions.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import { viewOf } from '../platform/web/view.ts'
import { AskingPage } from './asking-page.tsx'
import { pairingPath } from './parts/pairing.ts'

/** Demands of one's own that are offered to choose from. */
const offered = 50

/**
 * 我想了解: from what a market shows to the question about it, for one of one's own demands. Whoever is not signed in, or for no enterprise yet,
 * comes back here once he is.
 */
export function askingPages() {
  return new Hono<Env>()
    .get('/offerings/:id/interest', (c) =>
      asking(c, async (id) => ({ path: `/offerings/${id}`, name: (await showOffering(c.var.ports, c.var.actor, id)).title })),
    )
    .get('/experts/:id/interest', (c) =>
      asking(c, async (id) => ({
        path: `/experts/${id}`,
        name: expertName(await expertActions.read(c.var.ports, c.var.actor, id), viewOf(c)),
      })),
    )
}

async function asking(c: AppContext, read: (id: string) => Promise<{ path: string; name: string }>) {
  const { ports, actor, session } = c.var
  const view = viewOf(c)
  const id = c.req.param('id')!
  const supply = await read(id)
  const back = `${supply.path}/interest`
  if (session === null) return c.redirect(`/sign-in?${new URLSearchParams({ back })}`, 303)
  if (actor.role !== 'enterprise') return c.redirect(`/account/enrolment?${new URLSearchParams({ as: 'enterprise', back })}`, 303)
  const { items } = await listOwnDemands(ports, actor, 'enterprise', { after: null, limit: offered })
  const own = items
    .filter(({ demand: { state } }) => state === 'published' || state === 'vetting' || state === 'draft')
    .map(({ demand }) => ({ path: pairingPath(demand.id, id), title: demandTitle(demand, view), state: demand.state }))
  const anew = `/demands/new?${new URLSearchParams({ about: id })}`
  return own.length === 0 ? c.redirect(anew, 303) : answerPage(c, <AskingPage {...{ view, supply, own, anew }} />)
}
