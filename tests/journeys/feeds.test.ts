import { beforeAll, describe, expect, it } from 'vitest'
import { demands } from '../../src/demands/store.ts'
import { codeIn } from '../../src/platform/codes/codes.ts'
import { casting, fixture, welding } from './fixtures.ts'
import { type Client, type Market, openMarket } from './market.ts'

/** What programs are told of the market: feeds, sitemap, robots.txt. Whoever asks, they say what a visitor may see. */

const county = codeIn('region', '990121')
let market: Market
let owner: Client
let named: string
let hidden: string
let underNda: string
let draft: string
let offering: string
beforeAll(async () => {
  market = await openMarket()
  owner = await market.enterprise({ name: '众砺重工有限公司', region: county })
  const institution = await market.institution({ name: '砺州理工大学' })
  draft = (await market.draft(owner, casting)).id
  named = (await market.publish(owner, { ...welding, title: '箱形梁 <焊接> & 变形\u0007控制' })).id
  hidden = (
    await market.publish(owner, {
      ...welding,
      title: '窖池泥活性衰退',
      problem: '窖泥板结，出酒率下降',
      isAnonymous: true,
      region: county,
      keywords: [],
      indicators: [],
    })
  ).id
  underNda = (
    await market.publish(owner, {
      ...casting,
      title: '密封件寿命不足',
      problem: '密封件三个月即失效',
      teaser: '耐磨密封材料',
      visibility: 'nda',
      region: county,
      keywords: [],
      indicators: [],
    })
  ).id
  offering = (await market.offer(institution, { ...fixture, title: '柔性焊接夹具' })).id
})

const feeds = ['/feeds/demands.rss', '/feeds/demands.atom', '/feeds/offerings.rss', '/feeds/offerings.atom']
const demandFeeds = feeds.slice(0, 2)
const readers = async (): Promise<[string, Client][]> => [
  ['a visitor', market.visitor],
  ['its owner', owner],
  ['the operator', market.operator],
]

describe('the feeds', () => {
  it.each(feeds)('%s names its listings, and its type', async (path) => {
    const answer = await market.visitor.get(path)
    expect([answer.status, answer.header('content-type')]).toEqual([
      200,
      path.endsWith('rss') ? 'application/rss+xml; charset=utf-8' : 'application/atom+xml; charset=utf-8',
    ])
    expect(answer.text).toContain(
      path.includes('demands') ? `http://market.example/demands/${named}` : `http://market.example/offerings/${offering}`,
    )
    expect(answer.text).not.toContain(draft)
    expect(answer.text).not.toContain('\u0007')
  })

  it.each(demandFeeds)(
    '%s tells even the owner and the operator of a hidden demand no more than its teaser, its wide place and the ten days',
    async (path) => {
      for (const [name, reader] of await readers()) {
        const { text } = await reader.get(path)
        expect(text, name).toContain(underNda)
        expect(text, name).toContain('耐磨密封材料')
        for (const secret of ['密封件寿命不足', '密封件三个月即失效', '众砺重工', county.code, '罗采薇'])
          expect(text, `${name}: ${secret}`).not.toContain(secret)
        for (const id of [hidden, underNda]) {
          const entry = entryOf(text, id)
          expect(entry, name).not.toContain('清埠')
          expect(entry, name).toMatch(
            path.endsWith('rss') ? /<pubDate>\w+, (01|11|21) \w+ \d{4} 00:00:00 GMT</ : /<published>2026-\d\d-(01|11|21)T00:00:00.000Z</,
          )
          if (path.endsWith('atom')) expect(entry, name).toMatch(/<updated>2026-\d\d-(01|11|21)T00:00:00.000Z</)
        }
      }
    },
  )

  it('speak the language that they are asked in', async () => {
    expect((await market.visitor.get('/feeds/demands.rss?lang=en')).text).toContain('Technical problems that enterprises want solved.')
    expect((await market.visitor.get('/feeds/demands.rss?lang=zh-CN')).text).toContain('企业正在找人解决的技术难题。')
  })

  it('say that what they list is invented, where it is', async () => {
    const own = await openMarket()
    const writer = await own.enterprise({ name: '众砺重工有限公司' })
    const published = await own.publish(writer, welding)
    const said = async () => (await own.visitor.get('/feeds/demands.atom?lang=zh-CN')).text.includes('演示数据')
    expect(await said()).toBe(false)
    await own.ports.database.commit(...demands.update(own.ports.database, { ...published, originId: 'demo/dem-e-01', version: 9 }))
    expect(await said()).toBe(true)
  })

  it('are named on the pages that list the same', async () => {
    for (const [page, kinds] of [
      ['/demands', ['demands']],
      ['/offerings', ['offerings']],
      ['/', ['demands', 'offerings']],
    ] as const) {
      const { text } = await market.visitor.get(page, { accept: 'text/html', 'accept-language': 'zh-CN' })
      const linked = [...text.matchAll(/<link rel="alternate"[^>]*href="([^"]+)"/g)].map(([, href]) => href)
      expect(linked).toEqual(kinds.flatMap((kind) => [`/feeds/${kind}.rss?lang=zh-CN`, `/feeds/${kind}.atom?lang=zh-CN`]))
    }
    expect((await market.visitor.get('/experts', { accept: 'text/html' })).text).not.toContain('rel="alternate"')
  })

  it('name nothing where nobody has said what the address of the market is', async () => {
    const nowhere = await openMarket({ address: null })
    expect((await nowhere.visitor.get('/feeds/demands.rss')).status).toBe(503)
    expect((await nowhere.visitor.get('/robots.txt')).text).not.toContain('Sitemap')
  })
})

const entryOf = (text: string, id: string) => text.split(/<item>|<entry>/).find((entry) => entry.includes(id)) ?? ''

describe('the sitemap', () => {
  const locations = (text: string) => [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, location]) => location!)

  it('leads to all that a visitor may see, and to nothing else', async () => {
    const masked = await market.expert({ name: '闻一舟' })
    const claimed = await market.expert({ name: '沈岳' })
    await market.claim(claimed.id)
    const { id: secret } = await market.expert({ name: '铁如山', visibility: 'nda' })
    for (const [name, reader] of await readers()) {
      const index = await reader.get('/sitemap.xml')
      expect(index.header('content-type')).toBe('application/xml; charset=utf-8')
      const pages = await Promise.all(locations(index.text).map((location) => reader.get(new URL(location).pathname)))
      const found = pages.flatMap(({ text }) => locations(text))
      for (const path of [`/demands/${named}`, `/demands/${hidden}`, `/offerings/${offering}`, `/experts/${claimed.id}`])
        expect(found, name).toContain(`http://market.example${path}`)
      for (const id of [draft, masked.id, secret]) expect(found.join(' '), name).not.toContain(id)
    }
  })

  it('every address of it answers a visitor with a page', async () => {
    for (const page of locations((await market.visitor.get('/sitemap.xml')).text))
      for (const location of locations((await market.visitor.get(new URL(page).pathname)).text))
        expect([location, (await market.visitor.get(new URL(location).pathname, { accept: 'text/html' })).status]).toEqual([location, 200])
  })

  it('404 for a page of it that there is not', async () => {
    for (const path of ['/sitemaps/brokers.xml', '/sitemaps/demands', '/sitemaps/demands.xml?after=%00'])
      expect((await market.visitor.get(path)).status, path).toBe(404)
  })

  it('goes on after the id that a page names', async () => {
    const all = locations((await market.visitor.get('/sitemaps/demands.xml')).text)
    const first = all[0]!.split('/').at(-1)
    expect(locations((await market.visitor.get(`/sitemaps/demands.xml?after=${first}`)).text)).toEqual(all.slice(1))
  })
})

it('robots.txt leads to the sitemap, and away from what is somebody’s own', async () => {
  const { text } = await market.visitor.get('/robots.txt')
  expect(text).toContain('Sitemap: http://market.example/sitemap.xml')
  for (const path of ['/account', '/links/', '/api/', '/search']) expect(text).toContain(`Disallow: ${path}\n`)
})
