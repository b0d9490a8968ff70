import { createMiddleware } from 'hono/factory'
import type { Env } from './context.ts'

/** Addresses that hold a secret. */
const secret = /^\/(links|invitations|set-up|password-reset|email-verification|account\/phone\/to)\//
/** Of these the address itself is the whole power: not even our own pages are told where somebody came from. */
const withoutReferrer = /^\/links\//

/** What such a page is answered with, over whatever else is said: nobody keeps it, lists it, or learns its address from where it leads. */
export const secretPages = createMiddleware<Env>(async (c, next) => {
  await next()
  if (!secret.test(c.req.path)) return
  c.header('cache-control', 'no-store')
  c.header('x-robots-tag', 'noindex, nofollow')
  if (withoutReferrer.test(c.req.path)) c.header('referrer-policy', 'no-referrer')
})
