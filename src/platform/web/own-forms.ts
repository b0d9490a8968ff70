import { createMiddleware } from 'hono/factory'
import { Problem } from '../problem.ts'
import type { AppContext, Env } from './context.ts'

export const isReading = (method: string) => ['GET', 'HEAD', 'OPTIONS'].includes(method)

/**
 * Whether a browser says that what is posted comes from a page of ours: a page of another site cannot change what it says. Hosts are
 * compared, not schemes: a proxy may speak https for us.
 */
export function isFromOurselves(c: AppContext): boolean {
  if (c.req.header('sec-fetch-site') === 'same-origin') return true
  const origin = URL.parse(c.req.header('origin') ?? '')
  return origin !== null && origin.host === new URL(c.req.url).host
}

/** Where a token, a session that `identify` looks at, or the secret in the address is what counts. */
const bySecret = /^\/(api|links)\//

/**
 * Takes no form from another site. A token is no browser's, which would send none by itself; the page of a one-time link
 * tells nobody where it is, so that its form cannot say where it comes from.
 */
export const ownForms = createMiddleware<Env>(async (c, next) => {
  const isForm = !isReading(c.req.method) && !bySecret.test(c.req.path) && c.req.header('authorization') === undefined
  if (isForm && !isFromOurselves(c)) throw new Problem('not-permitted')
  await next()
})
