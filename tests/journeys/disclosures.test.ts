import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Demand, DemandView } from '../../src/demands/demand.ts'
import { Disclosure, terms } from '../../src/disclosures/disclosure.ts'
import { SearchResults } from '../../src/matching/search.ts'
import { OfferingView } from '../../src/offerings/offering.ts'
import { codeIn } from '../../src/platform/codes/codes.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { fixture, welding } from './fixtures.ts'
import { type Client, checks, type Market, openMarket, refused } from './market.ts'

const List = z.object({ items: z.array(Disclosure.extend({ readerName: z.string().nullable() })), next: z.string().nullable() })
const secret = '狻猊工装图号见附件'

let market: Market
beforeAll(async () => {
  market = await openMarket()
})

const verified = async (client: Client) => {
  await market.verify(client.id)
  return client
}
const accept = (client: Client, subjectId: string) => client.post('/api/disclosures', { subjectId, textVersion: terms.version })
const demandSeen = async (client: Client, id: string) => (await client.get(`/api/demands/${id}`)).as(DemandView)

describe('what is confidential', () => {
  it('is read by the enterprise, and by verified readers once they accept the terms; the owner sees who', async () => {
    const owner = await market.enterprise({ name: '众砺重工有限公司' })
    const { id } = await market.publish(owner, { ...welding, visibility: 'nda', confidential: secret, teaser: '大型结构件焊后弯曲' })
    expect((await demandSeen(owner, id)).confidential).toBe(secret)
    const reader = await market.institution({ name: '砺州理工大学' })
    refused(await accept(reader, id), 'not-permitted')
    await verified(reader)
    expect(await demandSeen(reader, id)).toMatchObject({ confidential: null, hasConfidential: true, reading: 'teaser' })
    expect((await accept(reader, id)).as(Disclosure)).toMatchObject({ readerId: reader.id, textVersion: terms.version, kind: 'nda' })
    expect(await demandSeen(reader, id)).toMatchObject({ confidential: secret, reading: 'whole', problem: welding.problem })
    expect((await owner.get(`/api/disclosures?subjectId=${id}`)).as(List).items).toMatchObject([
      { readerName: '砺州理工大学', state: 'standing' },
    ])
    refused(await reader.get(`/api/disclosures?subjectId=${id}`), 'not-permitted')
    expect((await owner.get(`/api/demands/${id}/readings`)).text).toContain('"object":"confidential"')
    expect((await reader.get('/api/disclosures')).as(List).items).toHaveLength(1)
    refused(await accept(reader, id), 'not-allowed-now')
  })

  it('is shut again when the owner ends it, or the reader loses his verification', async () => {
    const owner = await market.institution({ name: '砺州理工大学' })
    const { id } = await market.offer(owner, { ...fixture, visibility: 'nda', confidential: secret })
    const seen = async (client: Client) => (await client.get(`/api/offerings/${id}`)).as(OfferingView).confidential
    const reader = await verified(await market.enterprise({ name: '众砺重工有限公司' }))
    const { id: disclosure } = (await accept(reader, id)).as(Disclosure)
    expect(await seen(reader)).toBe(secret)
    await reader.patch(`/api/enterprises/${reader.id}`, 1, { name: '另一家有限公司' })
    expect(await seen(reader)).toBeNull()
    await reader.patch(`/api/enterprises/${reader.id}`, 2, { name: '众砺重工有限公司' })
    expect(await seen(reader)).toBe(secret)
    const stranger = await market.enterprise({ name: '北塬机械有限公司' })
    refused(await stranger.post(`/api/disclosures/${disclosure}/ending`), 'not-found')
    expect((await owner.post(`/api/disclosures/${disclosure}/ending`)).as(Disclosure)).toMatchObject({ state: 'ended', endedBy: owner.id })
    expect(await seen(reader)).toBeNull()
    refused(await owner.post(`/api/disclosures/${disclosure}/ending`), 'not-allowed-now')
  })

  it('is opened by the operator for a reason alone, for some hours, and leaves a trace', async () => {
    const owner = await market.enterprise({ name: '众砺重工有限公司' })
    const { id } = await market.publish(owner, { ...welding, confidential: secret })
    expect(await demandSeen(market.operator, id)).toMatchObject({ confidential: null, hasConfidential: true })
    refused(await market.operator.post('/api/openings', { subjectId: id, reason: '' }), 'invalid-input')
    const opened = (await market.operator.post('/api/openings', { subjectId: id, reason: '接到涉密举报，核对' })).as(Disclosure)
    expect((await demandSeen(market.operator, id)).confidential).toBe(secret)
    expect((await owner.get(`/api/disclosures?subjectId=${id}`)).as(List).items).toMatchObject([
      { kind: 'opening', reason: '接到涉密举报，核对', readerId: market.operator.id },
    ])
    expect(await entriesAbout(market.ports.database, opened.id)).toMatchObject([{ kind: 'disclosure.opened', facts: { subjectId: id } }])
    market.passDays(1)
    expect((await demandSeen(market.operator, id)).confidential).toBeNull()
  })

  it('needs the terms that are in force', async () => {
    const { id } = await market.publish(await market.enterprise({ name: '众砺重工有限公司' }), { ...welding, confidential: secret })
    const reader = await market.broker({ name: '鲁经理' })
    refused(await reader.post('/api/disclosures', { subjectId: id, textVersion: '2020-01' }), 'invalid-input')
    expect(
      (await market.visitor.get('/api/nda')).as(z.object({ version: z.string(), zh: z.array(z.string()), en: z.array(z.string()) })).zh
        .length,
    ).toBe(terms.en.length)
  })

  it('is in no search, match or list, and no answer to a write of somebody who may not read it', async () => {
    const own = await openMarket()
    const owner = await own.enterprise({ name: '众砺重工有限公司' })
    const { id } = await own.publish(owner, { ...welding, confidential: secret })
    await own.offer(await own.institution({ name: '砺州理工大学' }), { ...fixture, confidential: secret })
    await own.settle()
    for (const reader of [own.visitor, own.operator, await own.expert({ name: '沈岳' })]) {
      const paths = [
        `/api/search?q=${encodeURIComponent('狻猊')}&kind=demand`,
        '/api/demands',
        '/api/offerings',
        `/api/demands/${id}`,
        `/api/demands/${id}/matches`,
      ]
      for (const path of paths) expect((await reader.get(path)).text, path).not.toContain('狻猊')
      expect((await reader.get(paths[0]!)).as(SearchResults).counts).toMatchObject({ demand: 0, offering: 0 })
    }
    const { version } = (await own.operator.get(`/api/demands/${id}`)).as(DemandView)
    expect((await own.operator.patch(`/api/demands/${id}`, version, { keywords: ['旁弯'] })).text).not.toContain('狻猊')
  })
})

describe('an anonymous demand', () => {
  const county = codeIn('region', '990121')
  const hidden = { ...welding, region: county, isAnonymous: true }

  it('tells outsiders a place and codes that five enterprises fit, and ten days instead of instants', async () => {
    const own = await openMarket()
    const owner = await own.enterprise({ name: '众砺重工有限公司', region: county, classification: welding.classification ?? [] })
    const { id } = await own.publish(owner, hidden)
    const seen = async () => (await own.visitor.get(`/api/demands/${id}`)).as(DemandView)
    expect(await seen()).toMatchObject({ enterpriseId: null, region: null, classification: [] })
    expect((await seen()).publishedAt).toMatch(/-[012]1T00:00:00.000Z$/)
    expect((await seen()).createdAt).toMatch(/-[012]1T00:00:00.000Z$/)
    for (const at of [1, 2, 3, 4, 5])
      await own.enterprise({ name: `第${at}重工厂`, region: county, classification: welding.classification ?? [] })
    const { version } = (await own.operator.get(`/api/demands/${id}`)).as(DemandView)
    await own.operator.patch(`/api/demands/${id}`, version, { keywords: ['旁弯'] })
    expect((await seen()).region).toEqual(county)
    expect((await own.operator.get(`/api/demands/${id}`)).as(DemandView)).toMatchObject({ enterpriseId: owner.id, region: county })
  })

  it('is not published with the name of its enterprise, and with other telling words for a reason alone', async () => {
    const owner = await market.enterprise({ name: '众砺重工有限公司', products: ['桥式起重机'] })
    const publish = async (draft: object, reason: string | null = null) => {
      const { id } = await market.vetting(owner, { ...hidden, ...draft })
      const given = checks.map((each) => (each.check === 'wording' ? { ...each, reason } : each))
      return { id, answer: await market.operator.post(`/api/demands/${id}/publication`, { checks: given }) }
    }
    const named = await publish({ teaser: '众砺重工求助焊接变形' })
    expect(refused(named.answer, 'telling-words').errors).toMatchObject([{ pointer: '/teaser', code: 'telling' }])
    refused((await publish({ teaser: '众砺重工求助焊接变形' }, '企业同意')).answer, 'telling-words')
    const product = await publish({ teaser: '桥式起重机主梁焊接变形' })
    refused(product.answer, 'telling-words')
    const words = (await owner.get(`/api/demands/${product.id}/telling-words`)).text
    expect(words).toContain('桥式起重机')
    expect((await publish({ teaser: '桥式起重机主梁焊接变形' }, '行业内十余家都做')).answer.as(Demand).state).toBe('published')
    const clean = await publish({ teaser: '大型结构件焊后弯曲' })
    const { version } = clean.answer.as(Demand)
    refused(await owner.patch(`/api/demands/${clean.id}`, version, { teaser: '众砺重工求助' }), 'telling-words')
  })

  it('comes in lists by ten days alone, so that its place tells nothing of its day', async () => {
    const own = await openMarket()
    const owner = await own.enterprise({ name: '众砺重工有限公司' })
    await own.publish(owner, hidden)
    const answer = await own.visitor.get('/api/demands?limit=1')
    await own.publish(owner, hidden)
    const { next } = JSON.parse((await own.visitor.get('/api/demands?limit=1')).text) as { next: string }
    expect(atob(next)).toMatch(/-[012]1T00:00:00.000Z/)
    expect(answer.status).toBe(200)
  })
})
