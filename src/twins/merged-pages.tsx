import { Hono } from 'hono'
import { whereItWent } from '../demands/actions/kept.ts'
import type { Env } from '../platform/web/context.ts'

/** What is looked at of a demand that was merged itself; see `demandPage` for its own address. */
const itsOwn = ['', '/records', '/merging']

/** Every other address of a demand that was merged leads to the same of the one that goes on, as far as the reader may be told. */
export function mergedPages() {
  const pages = new Hono<Env>()
  for (const kind of ['demands', 'pairings'] as const)
    pages.get(`/${kind}/:id{dem_[0-9a-z]+}/*`, async (c, next) => {
      const { id } = c.req.param()
      const [path, query = ''] = [c.req.path, new URL(c.req.url).search]
      const rest = path.slice(`/${kind}/${id}`.length)
      const keptId = itsOwn.includes(rest) || c.req.query('past') !== undefined ? null : await whereItWent(c.var.ports, c.var.actor, id)
      return keptId === null ? next() : c.redirect(`/${kind}/${keptId}${rest}${query}`, 302)
    })
  return pages
}
