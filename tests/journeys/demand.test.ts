import { beforeEach, describe, expect, it } from 'vitest'
import { Demand, DemandView } from '../../src/demands/demand.ts'
import { handlers, nightly } from '../../src/jobs.ts'
import { Matches } from '../../src/matching/match.ts'
import { MarketOverview } from '../../src/matching/overview.ts'
import { SearchResults } from '../../src/matching/search.ts'
import { runDueJobs } from '../../src/platform/jobs/jobs.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { casting, fixture, pitMud, welding, zhudong } from './fixtures.ts'
import { type Client, checks, faultsOf, type Market, openMarket, refused } from './market.ts'

const Page = pageOf(DemandView)

let market: Market
let enterprise: Client
beforeEach(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司', region: zhudong })
})

const titles = async (reader: Client, path = '/api/demands') => (await reader.get(path)).as(Page).items.map(({ title }) => title)
const found = async (reader: Client, words: string) =>
  (await reader.get(`/api/search?q=${encodeURIComponent(words)}`)).as(SearchResults).items.map(({ id }) => id)

describe('an enterprise states a problem', () => {
  it('drafts it without naming itself, and gets its address and version', async () => {
    const answer = await enterprise.post('/api/demands', welding)
    const demand = answer.as(Demand)
    expect(answer.status).toBe(201)
    expect(answer.header('location')).toBe(`/api/demands/${demand.id}`)
    expect(answer.header('etag')).toBe('"1"')
    expect(demand).toMatchObject({
      ...welding,
      indicators: expect.anything(),
      state: 'draft',
      version: 1,
      enterpriseId: enterprise.id,
      onBehalfOf: null,
    })
    expect(demand.indicators[0]).toEqual({
      text: '焊后旁弯≤3 mm',
      need: 'must',
      parsed: { name: '焊后旁弯', operator: 'le', target: 3, targetMax: null, unit: 'mm', condition: null },
    })
    const read = await enterprise.get(answer.header('location')!)
    expect(read.header('etag')).toBe('"1"')
    expect(read.as(DemandView)).toMatchObject({ ...welding, indicators: demand.indicators, reading: 'whole' })
  })

  it('sees the matches of its draft, which nobody else knows of', async () => {
    const institution = await market.institution({ name: '砺州理工大学' })
    const offering = await market.offer(institution, fixture)
    const { id } = await market.draft(enterprise, welding)
    const { items } = (await enterprise.get(`/api/demands/${id}/matches`)).as(Matches)
    expect(items.map(({ subject }) => subject.id)).toEqual([offering.id])
    const rival = await market.enterprise({ name: '北塬机械有限公司' })
    for (const other of [market.visitor, rival, institution]) {
      refused(await other.get(`/api/demands/${id}`), 'not-found')
      refused(await other.get(`/api/demands/${id}/matches`), 'not-found')
      expect(await titles(other)).toEqual([])
      expect(await found(other, '焊接变形')).toEqual([])
    }
  })

  it('lists its own in every state, and others see the published ones only', async () => {
    await market.draft(enterprise, welding)
    await market.publish(enterprise, casting)
    const own = `/api/demands?enterpriseId=${enterprise.id}`
    expect(await titles(enterprise, own)).toEqual([casting.title, welding.title])
    expect(await titles(enterprise, `${own}&state=draft`)).toEqual([welding.title])
    expect(await titles(market.visitor, own)).toEqual([casting.title])
    expect(await titles(market.visitor, '/api/demands?state=draft')).toEqual([])
    expect(await titles(market.operator)).toEqual([casting.title, welding.title])
  })

  it('amends it, naming the version that it saw', async () => {
    const { id } = await market.draft(enterprise, welding)
    const answer = await enterprise.patch(`/api/demands/${id}`, 1, { budgetMaxFen: 50_000_000, deadlineOn: null, keywords: ['焊接变形'] })
    expect(answer.header('etag')).toBe('"2"')
    expect(answer.as(Demand)).toMatchObject({
      version: 2,
      budgetMaxFen: 50_000_000,
      deadlineOn: null,
      keywords: ['焊接变形'],
      title: welding.title,
    })
    expect(
      faultsOf(
        await enterprise.patch(`/api/demands/${id}`, 2, { enterpriseId: (await market.enterprise({ name: '北塬机械有限公司' })).id }),
      ),
    ).toEqual({
      '/enterpriseId': 'fixed',
    })
  })
})

describe('publication', () => {
  it('is refused until every check has passed, and says which have not', async () => {
    const { id, state } = await market.vetting(enterprise, welding)
    expect(state).toBe('vetting')
    expect(refused(await market.operator.post(`/api/demands/${id}/publication`, { checks: [] }), 'checks-missing')).toMatchObject({
      missing: ['authenticity', 'secrecy', 'wording'],
    })
    const [authenticity, secrecy] = checks
    const failed = { check: 'wording', result: 'failed', reason: '用了“国家级”' }
    const answer = await market.operator.post(`/api/demands/${id}/publication`, { checks: [authenticity, secrecy, failed] })
    expect(refused(answer, 'checks-missing')).toMatchObject({ missing: ['wording'] })
    expect((await enterprise.get(`/api/demands/${id}`)).as(DemandView)).toMatchObject({ state: 'vetting', vetting: [] })
  })

  it('shows the demand to a visitor, in lists, in search and on the market, and its contact persons to nobody else', async () => {
    const { id, publishedAt, vetting } = await market.publish(enterprise, welding)
    expect(publishedAt).not.toBeNull()
    expect(vetting).toHaveLength(3)
    await market.settle()
    const others = [
      market.visitor,
      await market.enterprise({ name: '北塬机械有限公司' }),
      await market.institution({ name: '砺州理工大学' }),
      await market.broker({ name: '鲁经理' }),
    ]
    for (const reader of others) {
      const answers = await Promise.all(
        [`/api/demands/${id}`, '/api/demands', '/api/search?q=焊接变形', '/api/market', `/api/demands/${id}/matches`].map((path) =>
          reader.get(path),
        ),
      )
      const [view, list, search, overview] = answers
      expect(view!.as(DemandView)).toMatchObject({ title: welding.title, problem: welding.problem, reading: 'whole', vetting: null })
      expect(list!.as(Page).items.map((item) => item.id)).toEqual([id])
      expect(search!.as(SearchResults).items.map((item) => item.id)).toEqual([id])
      expect(overview!.as(MarketOverview)).toMatchObject({
        counts: { demand: 1 },
        latest: { demands: [{ id }] },
        mostWanted: [{ industry: '34', demands: 1, offerings: 0 }],
      })
      for (const { text } of answers) expect(text).not.toMatch(/罗采薇|6610233|zhongli\.example|铁工程师|13900006611|enteredBy/)
    }
    expect((await enterprise.get(`/api/demands/${id}`)).as(DemandView).businessContact).toEqual(welding.businessContact)
  })

  it('is granted from vetting only', async () => {
    const { id } = await market.draft(enterprise, welding)
    expect(refused(await market.operator.post(`/api/demands/${id}/publication`, { checks }), 'not-allowed-now')).toMatchObject({
      state: 'draft',
    })
  })

  it('is returned with a reason, which goes when it is asked for again', async () => {
    const { id } = await market.vetting(enterprise, welding)
    const failed = { check: 'secrecy', result: 'failed', reason: '提到了配套军品' }
    const returned = (await market.operator.post(`/api/demands/${id}/return`, { reason: '请删去军品内容', checks: [failed] })).as(Demand)
    expect(returned).toMatchObject({ state: 'draft', returnReason: '请删去军品内容', vetting: [failed] })
    expect((await enterprise.get(`/api/demands/${id}`)).as(DemandView)).toMatchObject({ returnReason: '请删去军品内容', vetting: [failed] })
    expect((await enterprise.post(`/api/demands/${id}/publication-request`)).as(Demand)).toMatchObject({
      state: 'vetting',
      returnReason: null,
    })
    expect(faultsOf(await market.operator.post(`/api/demands/${id}/return`, { reason: '' }))).toEqual({ '/reason': 'too-small' })
  })

  it('gives way to another channel where the demand is not technical', async () => {
    const { id } = await market.vetting(enterprise, { title: '想贷款五百万元扩建厂房' })
    const routing = { to: 'finance', reason: '属于融资需求' }
    expect((await market.operator.post(`/api/demands/${id}/routing`, routing)).as(Demand)).toMatchObject({ state: 'routed', routing })
    expect((await enterprise.get(`/api/demands/${id}`)).as(DemandView).routing).toEqual(routing)
    refused(await market.visitor.get(`/api/demands/${id}`), 'not-found')
    refused(await enterprise.patch(`/api/demands/${id}`, 3, { title: '还是想解决焊接变形' }), 'not-allowed-now')
  })
})

describe('an end', () => {
  it('comes by withdrawal, and nobody finds it any more', async () => {
    const { id } = await market.publish(enterprise, welding)
    expect(await found(market.visitor, '焊接变形')).toEqual([id])
    expect((await enterprise.post(`/api/demands/${id}/withdrawal`)).as(Demand).state).toBe('withdrawn')
    refused(await market.visitor.get(`/api/demands/${id}`), 'not-found')
    expect(await found(market.visitor, '焊接变形')).toEqual([])
    expect(await titles(market.visitor)).toEqual([])
    expect(refused(await enterprise.post(`/api/demands/${id}/withdrawal`), 'not-allowed-now')).toMatchObject({ state: 'withdrawn' })
  })

  it('comes by a solution, which everybody may still read but nobody finds', async () => {
    const { id } = await market.publish(enterprise, welding)
    expect((await enterprise.post(`/api/demands/${id}/solution`)).as(Demand).state).toBe('solved')
    expect((await market.visitor.get(`/api/demands/${id}`)).as(DemandView).state).toBe('solved')
    expect(await found(market.visitor, '焊接变形')).toEqual([])
    refused(await market.visitor.get(`/api/demands/${id}/matches`), 'not-allowed-now')
    expect((await enterprise.get(`/api/demands/${id}/matches`)).as(Matches).items).toEqual([])
    refused(await enterprise.patch(`/api/demands/${id}`, 4, { title: '箱形梁焊接变形' }), 'not-allowed-now')
  })

  it('comes at night to what has passed its last day, and to nothing else', async () => {
    const soon = await market.publish(enterprise, { ...welding, expiresOn: '2026-11-24' })
    const open = await market.publish(enterprise, pitMud)
    const night = async () => {
      await nightly(market.ports)
      await runDueJobs(market.ports, handlers)
      return Promise.all([soon, open].map(async ({ id }) => (await market.operator.get(`/api/demands/${id}`)).as(DemandView).state))
    }
    market.passDays(2)
    expect(await night()).toEqual(['published', 'published'])
    market.passDays(1)
    expect(await night()).toEqual(['expired', 'published'])
    expect(await titles(market.visitor)).toEqual([pitMud.title])
    expect(await titles(market.visitor, '/api/demands?state=expired')).toEqual([])
    expect(await found(market.visitor, '焊接变形')).toEqual([])
  })
})

describe('a broker', () => {
  let broker: Client
  beforeEach(async () => {
    broker = await market.broker({ name: '鲁经理', organisation: '砺州技术转移中心' })
  })
  const assign = (by: Client, id: string, brokerId: string) => by.post(`/api/demands/${id}/assignment`, { brokerId })

  it('is assigned by the operator, who may also hand over to another', async () => {
    const { id } = await market.vetting(enterprise, welding)
    const answer = await assign(market.operator, id, broker.id)
    expect(answer.as(Demand).brokerId).toBe(broker.id)
    expect(answer.header('etag')).toBe('"3"')
    const other = await market.broker({ name: '白经理' })
    expect((await assign(market.operator, id, other.id)).as(Demand).brokerId).toBe(other.id)
    const nobody = `bro_${'a'.repeat(20)}`
    expect(faultsOf(await assign(market.operator, id, nobody))).toEqual({ '/brokerId': 'unknown-reference' })
  })

  it('takes a demand that nobody has, reads it whole, and solves it', async () => {
    const { id } = await market.publish(enterprise, { ...welding, isAnonymous: true, visibility: 'nda', teaser: '大型结构件加工精度问题' })
    expect((await broker.get(`/api/demands/${id}`)).as(DemandView)).toMatchObject({
      reading: 'teaser',
      enterpriseId: null,
      title: '大型结构件加工精度问题',
    })
    expect((await assign(broker, id, broker.id)).as(Demand).brokerId).toBe(broker.id)
    expect((await broker.get(`/api/demands/${id}`)).as(DemandView)).toMatchObject({
      reading: 'whole',
      enterpriseId: enterprise.id,
      title: welding.title,
    })
    expect(await titles(broker, `/api/demands?brokerId=${broker.id}`)).toEqual([welding.title])
    expect((await broker.post(`/api/demands/${id}/solution`)).as(Demand).state).toBe('solved')
  })

  it('sees no contact person in any answer about a demand that he holds', async () => {
    const { id } = await market.publish(enterprise, welding)
    const answers = [
      await assign(broker, id, broker.id),
      await broker.get(`/api/demands/${id}`),
      await broker.patch(`/api/demands/${id}`, 4, { keywords: ['旁弯'] }),
    ]
    answers.push(await broker.post(`/api/demands/${id}/solution`))
    for (const { status, text } of answers) {
      expect(status).toBe(200)
      expect(text).not.toMatch(/罗采薇|铁工程师|13900006611/)
    }
    expect((await enterprise.get(`/api/demands/${id}`)).as(DemandView)).toMatchObject({
      businessContact: welding.businessContact,
      keywords: ['旁弯'],
    })
  })

  it('cannot take what another has, nor give to another', async () => {
    const { id } = await market.publish(enterprise, welding)
    const other = await market.broker({ name: '白经理' })
    refused(await assign(broker, id, other.id), 'not-permitted')
    await assign(other, id, other.id)
    expect(refused(await assign(broker, id, broker.id), 'not-allowed-now')).toMatchObject({ reason: 'already-assigned' })
  })

  it('cannot take anything where the market does not allow it', async () => {
    const { id } = await market.publish(enterprise, welding)
    expect((await market.operator.patch('/api/market/settings', 0, { brokersMayTake: false })).header('etag')).toBe('"1"')
    refused(await assign(broker, id, broker.id), 'not-permitted')
    expect((await assign(market.operator, id, broker.id)).status).toBe(200)
  })
})

describe('on behalf of an enterprise', () => {
  it.each(['park', 'broker'] as const)('a %s enters what the enterprise then confirms', async (role) => {
    const author = await market[role]({ name: role === 'park' ? '铸东产业园' : '鲁经理' })
    expect(faultsOf(await author.post('/api/demands', casting))).toEqual({ '/enterpriseId': 'required' })
    const demand = await market.draft(author, { ...casting, enterpriseId: enterprise.id, channel: role })
    expect(demand).toMatchObject({
      enterpriseId: enterprise.id,
      onBehalfOf: enterprise.id,
      confirmation: null,
      confirmedAt: null,
      channel: role,
    })

    const stranger = await market.park({ name: '河口产业园' })
    refused(await stranger.post(`/api/demands/${demand.id}/confirmation`, { how: 'phone', by: '罗采薇' }), 'not-found')
    const confirmed = (await enterprise.post(`/api/demands/${demand.id}/confirmation`, { how: 'phone', by: '罗采薇' })).as(Demand)
    expect(confirmed.confirmation).toMatchObject({ how: 'phone', by: '罗采薇' })
    expect(confirmed.confirmedAt).toBe(confirmed.confirmation!.at)

    expect((await author.patch(`/api/demands/${demand.id}`, 2, { keywords: ['真空压铸'] })).as(Demand).version).toBe(3)
    expect((await author.post(`/api/demands/${demand.id}/publication-request`)).as(Demand).state).toBe('vetting')
    const published = (await market.operator.post(`/api/demands/${demand.id}/publication`, { checks })).as(Demand)
    const outside = (await market.visitor.get(`/api/demands/${published.id}`)).as(DemandView)
    expect(outside).toMatchObject({ onBehalfOf: null, confirmation: null })
  })

  it('nobody enters for an enterprise that is not in the directory', async () => {
    const park = await market.park({ name: '铸东产业园' })
    expect(faultsOf(await park.post('/api/demands', { ...casting, enterpriseId: `ent_${'a'.repeat(20)}` }))).toEqual({
      '/enterpriseId': 'unknown-reference',
    })
  })
})

describe('what an outsider may read', () => {
  it('is the teaser of what is for the signed in, with no place and no codes that few fit', async () => {
    const teaser = '大型钢结构件在焊接之后弯曲，靠人工校正费时费力，希望得到能够在产线上稳定使用的成套办法。'.repeat(3)
    const { id } = await market.publish(enterprise, { ...welding, visibility: 'registered', teaser })
    const outside = (await market.visitor.get(`/api/demands/${id}`)).as(DemandView)
    expect(outside).toMatchObject({
      reading: 'teaser',
      title: teaser,
      problem: null,
      indicators: [],
      keywords: [],
      budgetMaxFen: null,
      enterpriseId: null,
      region: null,
      classification: [],
    })
    expect(outside).toMatchObject({ modes: welding.modes, deadlineOn: welding.deadlineOn })
    const expert = await market.expert({ name: '沈岳' })
    expect((await expert.get(`/api/demands/${id}`)).as(DemandView)).toMatchObject({
      reading: 'whole',
      problem: welding.problem,
      enterpriseId: enterprise.id,
    })
  })

  it('is not who stands behind an anonymous demand, in no list and by no filter', async () => {
    const { id } = await market.publish(enterprise, { ...welding, isAnonymous: true })
    await market.publish(enterprise, casting)
    const { region, enterpriseId } = (await market.visitor.get(`/api/demands/${id}`)).as(DemandView)
    expect({ region, enterpriseId }).toEqual({ region: null, enterpriseId: null })
    const other = await market.enterprise({ name: '北塬机械有限公司' })
    for (const reader of [market.visitor, other]) {
      const first = (await reader.get(`/api/demands?enterpriseId=${enterprise.id}&limit=1`)).as(Page)
      expect(first.items.map(({ title }) => title)).toEqual([casting.title])
      // The cursor is a place in the list, so it must not be the place of what is hidden.
      expect(first.next).toBeNull()
      const near = (await reader.get('/api/search?kind=demand&region=990103')).as(SearchResults)
      expect(near.items).toEqual([])
      expect(near.facets.region).not.toHaveProperty('990103')
      expect((await reader.get('/api/search?kind=demand&region=990100')).as(SearchResults).items.map((item) => item.id)).not.toContain(id)
      expect((await reader.get('/api/search?kind=demand')).as(SearchResults).items.map((item) => item.id)).toContain(id)
    }
  })

  it('pages through a long list once, newest first', async () => {
    for (let at = 1; at <= 7; at++) await market.publish(enterprise, { title: `第${at}号铸件缩孔` })
    const seen: string[] = []
    let path: string | null = '/api/demands?limit=3'
    while (path !== null) {
      const answer = await market.visitor.get(path)
      const page = answer.as(Page)
      seen.push(...page.items.map(({ title }) => title))
      path = /<(.+)>; rel="next"/.exec(answer.header('link') ?? '')?.[1] ?? null
      expect(path === null).toBe(page.next === null)
    }
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1].map((at) => `第${at}号铸件缩孔`))
  })
})
