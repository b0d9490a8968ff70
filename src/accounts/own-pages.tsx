import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import { ownPath, viewOf } from '../platform/web/view.ts'
import type { Session } from './account.ts'
import { AccountPage } from './account-page.tsx'
import { actFor, named } from './actions/membership.ts'
import { postedFields } from './form.ts'

/** What is one's own: for whom one acts. Whoever is not signed in is asked to, and comes back. */
export function ownPages() {
  return new Hono<Env>()
    .get('/account', (c) =>
      signedIn(c, async (session) => {
        const memberships = await named(c.var.ports, session.memberships)
        return answerPage(
          c,
          <AccountPage {...{ view: viewOf(c), session, memberships, back: ownPath(c.req.query('back') ?? '/account') }} />,
        )
      }),
    )
    .post('/account/membership', csrf(), (c) =>
      signedIn(c, async (session) => {
        const { id = '', back = '/account' } = await postedFields(c)
        await actFor(c.var.ports, session, id)
        return c.redirect(ownPath(back), 303)
      }),
    )
}

function signedIn(c: AppContext, answer: (session: Session) => Promise<Response>): Promise<Response> | Response {
  if (c.var.session !== null) return answer(c.var.session)
  const back = c.req.method === 'GET' ? viewOf(c).path : '/account'
  return c.redirect(`/sign-in?${new URLSearchParams({ back })}`, 303)
}
