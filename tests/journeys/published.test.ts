import { beforeAll, describe, expect, it } from 'vitest'
import { fixture, lead, welding, zhudong } from './fixtures.ts'
import { type Client, type Market, openMarket } from './market.ts'

/** What the page of a listing tells search engines and messengers: what a visitor sees, whoever looks. */

let market: Market
let owner: Client
let institution: Client
beforeAll(async () => {
  market = await openMarket()
  owner = await market.enterprise({ name: '众砺重工有限公司', region: zhudong })
  institution = await market.institution({ name: '砺州理工大学', region: zhudong })
})

const headOf = async (path: string, reader: Client = market.visitor, locale = 'zh-CN') => {
  const { text } = await reader.get(path, { accept: 'text/html', 'accept-language': locale })
  const [head = ''] = text.split('</head>')
  const block = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(head)?.[1]
  return { text, head, thing: block === undefined ? null : JSON.parse(block) }
}

describe('the page of a listing', () => {
  it('says in the words of schema.org what it asks or offers, and by whom', async () => {
    const demand = await market.publish(owner, welding)
    const offering = await market.offer(institution, { ...fixture, price: { kind: 'range', minFen: 10_000_000, maxFen: 20_000_000 } })
    expect((await headOf(`/demands/${demand.id}`)).thing).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Demand',
      name: welding.title,
      description: welding.problem,
      url: `http://market.example/demands/${demand.id}`,
      availabilityEnds: welding.deadlineOn,
      priceSpecification: { minPrice: 100_000, maxPrice: 300_000, priceCurrency: 'CNY' },
      '@reverse': { seeks: { '@type': 'Organization', name: '众砺重工有限公司' } },
    })
    expect((await headOf(`/offerings/${offering.id}`)).thing).toMatchObject({
      '@type': 'Offer',
      itemOffered: { '@type': 'Product', name: fixture.title },
      offeredBy: { name: '砺州理工大学', url: `http://market.example/institutions/${institution.id}` },
      priceSpecification: { minPrice: 100_000, maxPrice: 200_000 },
    })
    const found = await market.offer(market.operator, lead)
    const { thing } = await headOf(`/offerings/${found.id}`)
    expect(thing).toMatchObject({ '@type': 'CreativeWork', name: lead.title })
    expect(thing).not.toHaveProperty('offeredBy')
    expect((await headOf(`/institutions/${institution.id}`)).thing).toMatchObject({ '@type': 'Organization', name: '砺州理工大学' })
    expect((await headOf(`/enterprises/${owner.id}`)).thing).toMatchObject({ '@type': 'Organization', name: '众砺重工有限公司' })
  })

  it('has one address, a description and a title, in either language', async () => {
    const { id } = await market.publish(owner, { ...welding, problem: `${'焊后旁弯超过八毫米，'.repeat(40)}拒收` })
    for (const locale of ['zh-CN', 'en']) {
      const { head, text } = await headOf(`/demands/${id}?back=1`, market.visitor, locale)
      expect(head).toContain(`<link rel="canonical" href="http://market.example/demands/${id}"/>`)
      expect(head).toContain(`<meta property="og:title" content="${welding.title}"/>`)
      expect(/<meta name="description" content="([^"]*)"/.exec(head)?.[1]).toHaveLength(160)
      expect(text).toContain(locale === 'en' ? 'QR code of this page’s address' : '本页网址的二维码')
      expect(text).toContain(`<span class="secret">http://market.example/demands/${id}</span>`)
    }
  })

  it('lets nothing that somebody wrote end the script', async () => {
    const title = '</script><script>alert(1)</script><!-- 变形 & 校正'
    const { id } = await market.publish(owner, { ...welding, title })
    const { head, thing } = await headOf(`/demands/${id}`)
    expect(thing.name).toBe(title)
    expect(head).not.toContain('<script>alert')
    expect(head.match(/<script[^>]*>/g)).toEqual(['<script src="/htmx.min.js" defer="">', '<script type="application/ld+json">'])
  })

  it('tells of what is hidden a visitor’s part alone, to its owner and the operator as well', async () => {
    const { id } = await market.publish(owner, {
      ...welding,
      title: '密封件寿命不足',
      problem: '密封件三个月即失效',
      teaser: '耐磨密封材料',
      visibility: 'nda',
      keywords: [],
      indicators: [],
    })
    for (const reader of [market.visitor, owner, market.operator]) {
      const { head, thing } = await headOf(`/demands/${id}`, reader)
      const said = head.split('<meta name="htmx-config"')[1]
      expect(thing.name).toBe('耐磨密封材料')
      for (const secret of ['密封件', '众砺重工', 'seeks', '罗采薇']) expect(said, `${reader.role}: ${secret}`).not.toContain(secret)
    }
  })

  it('tells nothing of what is not published, or of a person who shows no name', async () => {
    const { id } = await market.draft(owner, welding)
    const { head, thing, text } = await headOf(`/demands/${id}`, owner)
    expect([thing, head.includes('canonical'), text.includes('本页网址的二维码')]).toEqual([null, false, false])
    const masked = await market.expert({ name: '闻一舟', field: '表面工程' })
    expect((await headOf(`/experts/${masked.id}`, market.operator)).thing).toBeNull()
    const claimed = await market.expert({
      name: '沈岳',
      field: '表面工程',
      affiliations: [{ institutionId: institution.id, department: null, post: '教授' }],
    })
    await market.claim(claimed.id)
    expect((await headOf(`/experts/${claimed.id}`)).thing).toMatchObject({
      '@type': 'Person',
      name: '沈岳',
      knowsAbout: '表面工程',
      affiliation: [{ '@type': 'Organization', name: '砺州理工大学' }],
    })
  })

  it('says none of it where nobody has said what the address of the market is', async () => {
    const nowhere = await openMarket({ address: null })
    const writer = await nowhere.enterprise({ name: '众砺重工有限公司' })
    const { id } = await nowhere.publish(writer, welding)
    const { text } = await nowhere.visitor.get(`/demands/${id}`, { accept: 'text/html' })
    expect(text).toContain(welding.title)
    expect(text).not.toMatch(/canonical|ld\+json/)
  })
})
