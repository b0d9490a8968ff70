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

/**
 * Takes no form from another site. Under /api what counts is a token or a session, which `identify` looks at; and a token is no browser's,
 * which would send none by itself.
 */
export const ownForms = createMiddleware<Env>(async (c, next) => {
  const isForm = !isReading(c.req.method) && !c.req.path.startsWith('/api/') && c.req.header('authorization') === undefined
  if (isForm && !isFromOurselves(c)) throw new Problem('not-permitted')
  await next()
})
