import { Hono } from 'hono'
import { visitor } from '../../accounts/actor.ts'
import { demandView } from '../../demands/actions.ts'
import { demands } from '../../demands/store.ts'
import { enterpriseActions, expertActions, institutionActions } from '../../directory/actions.ts'
import { enterprises, experts, institutions } from '../../directory/store.ts'
import { listPaths } from '../../matching/list-paths.ts'
import { SearchKind } from '../../matching/search.ts'
import { offeringView } from '../../offerings/actions.ts'
import { offerings } from '../../offerings/store.ts'
import type { Database } from '../../platform/database/database.ts'
import { addressOf } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { AppContext, Env } from '../../platform/web/context.ts'
import { escaped } from '../../platform/web/xml.ts'

/** Addresses on one page of the sitemap; the protocol allows 50,000, but every row of a page is read whole to see who may see it. */
export const addressesAPage = 1_000

/** What search engines ask for: where they may go, and what there is. Both say what a visitor may see, whoever asks. */
export function crawlerPages() {
  return new Hono<Env>().get('/robots.txt', robots).get('/sitemap.xml', sitemapIndex).get('/sitemaps/:name', sitemapPage)
}

/** Forms, what is somebody's own, and searches, of which there is no end. */
const closed = [
  '/account',
  '/api/',
  '/desk',
  '/display',
  '/invitations/',
  '/language',
  '/links/',
  '/search',
  '/set-up',
  '/sign-in',
  '/*?*q=',
]

function robots(c: AppContext) {
  const { address } = c.var.ports
  const lines = ['User-agent: *', ...closed.map((path) => `Disallow: ${path}`)]
  if (address !== null) lines.push('', `Sitemap: ${address}/sitemap.xml`)
  return c.text(`${lines.join('\n')}\n`)
}

interface Mapped {
  id: string
  updatedAt: string
}
interface Source {
  ids(database: Database): Promise<string[]>
  /** The next rows after an id, as a visitor sees them. */
  page(database: Database, page: { after: string; limit: number }): Promise<(Mapped | null)[]>
}

const isPublished = { state: 'published' }
const isPublic = { visibility: 'public' }

const sources: Record<SearchKind, Source> = {
  demand: {
    ids: (database) => demands.ids(database, isPublished),
    page: async (database, page) => (await demands.page(database, isPublished, page)).map((demand) => demandView(visitor, demand)),
  },
  offering: {
    ids: (database) => offerings.ids(database, isPublished),
    page: async (database, page) => (await offerings.page(database, isPublished, page)).map((offering) => offeringView(visitor, offering)),
  },
  // A profile that shows no name is nobody's page to be found by.
  expert: {
    ids: (database) => experts.ids(database, isPublic),
    page: async (database, page) =>
      (await experts.page(database, isPublic, page)).map((expert) => {
        const view = expertActions.view(visitor, expert)
        return view === undefined || view.isMasked ? null : view
      }),
  },
  institution: {
    ids: (database) => institutions.ids(database, isPublic),
    page: async (database, page) =>
      (await institutions.page(database, isPublic, page)).map((each) => institutionActions.view(visitor, each) ?? null),
  },
  enterprise: {
    ids: (database) => enterprises.ids(database, isPublic),
    page: async (database, page) =>
      (await enterprises.page(database, isPublic, page)).map((each) => enterpriseActions.view(visitor, each) ?? null),
  },
}

/** Names each page by the id after which it begins: what is added or goes meanwhile moves nothing from one page to another. */
async function sitemapIndex(c: AppContext) {
  const { ports } = c.var
  const pages: string[] = []
  for (const kind of SearchKind.options) {
    const ids = await sources[kind].ids(ports.database)
    for (let at = 0; at < ids.length; at += addressesAPage)
      pages.push(`/sitemaps${listPaths[kind]}.xml${at === 0 ? '' : `?after=${ids[at - 1]}`}`)
  }
  const listed = pages.map((path) => `<sitemap><loc>${escaped(addressOf(ports, path))}</loc></sitemap>`)
  return answerXml(c, 'sitemapindex', listed)
}

async function sitemapPage(c: AppContext) {
  const { ports } = c.var
  const kind = SearchKind.options.find((each) => `${listPaths[each]}.xml` === `/${c.req.param('name')}`)
  const after = c.req.query('after') ?? ''
  if (kind === undefined || !/^(\w{1,80})?$/.test(after)) throw new Problem('not-found')
  const rows = await sources[kind].page(ports.database, { after, limit: addressesAPage })
  const listed = rows.flatMap((row) =>
    row === null
      ? []
      : `<url><loc>${escaped(addressOf(ports, `${listPaths[kind]}/${row.id}`))}</loc><lastmod>${row.updatedAt.slice(0, 10)}</lastmod></url>`,
  )
  return answerXml(c, 'urlset', listed)
}

function answerXml(c: AppContext, root: 'sitemapindex' | 'urlset', children: readonly string[]) {
  const written = `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${children.join('\n')}\n</${root}>\n`
  return c.body(written, 200, { 'content-type': 'application/xml; charset=utf-8' })
}
