import { beforeEach, describe, expect, it } from 'vitest'
import { handlers, nightly } from '../../src/jobs.ts'
import { Matches } from '../../src/matching/match.ts'
import { SearchResults } from '../../src/matching/search.ts'
import { Offering, OfferingView } from '../../src/offerings/offering.ts'
import { runDueJobs } from '../../src/platform/jobs/jobs.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { fixture, lead, vacuumCasting, welding } from './fixtures.ts'
import { type Client, checks, faultsOf, type Market, openMarket, refused } from './market.ts'

const Page = pageOf(OfferingView)

let market: Market
let institution: Client
beforeEach(async () => {
  market = await openMarket()
  institution = await market.institution({ name: '砺州理工大学' })
})

const titles = async (reader: Client, path = '/api/offerings') => (await reader.get(path)).as(Page).items.map(({ title }) => title)
const found = async (reader: Client, words: string) =>
  (await reader.get(`/api/search?kind=offering&q=${encodeURIComponent(words)}`)).as(SearchResults).items.map(({ id }) => id)

describe('a result', () => {
  it('is drafted by its institution, which need not name itself', async () => {
    const answer = await institution.post('/api/offerings', fixture)
    const offering = answer.as(Offering)
    expect(answer.status).toBe(201)
    expect(answer.header('location')).toBe(`/api/offerings/${offering.id}`)
    expect(answer.header('etag')).toBe('"1"')
    expect(offering).toMatchObject({ ...fixture, ownerId: institution.id, state: 'draft', version: 1 })
    expect((await institution.get(answer.header('location')!)).as(OfferingView)).toMatchObject({ ...fixture, reading: 'whole' })
    for (const other of [market.visitor, await market.institution({ name: '河西科技学院' }), await market.broker({ name: '鲁经理' })]) {
      refused(await other.get(answer.header('location')!), 'not-found')
      refused(await other.get(`${answer.header('location')}/matches`), 'not-found')
      expect(await titles(other)).toEqual([])
    }
  })

  it('may be listed by an enterprise too, but by nobody for somebody else', async () => {
    const enterprise = await market.enterprise({ name: '众砺重工有限公司' })
    expect((await market.list(enterprise, vacuumCasting)).ownerId).toBe(enterprise.id)
    expect((await market.operator.post('/api/offerings', { ...vacuumCasting, ownerId: institution.id })).as(Offering).ownerId).toBe(
      institution.id,
    )
    refused(await enterprise.post('/api/offerings', { ...vacuumCasting, ownerId: institution.id }), 'not-permitted')
    for (const ownerId of [`itn_${'a'.repeat(20)}`, `ent_${'a'.repeat(20)}`]) {
      expect(faultsOf(await market.operator.post('/api/offerings', { ...vacuumCasting, ownerId }))).toEqual({
        '/ownerId': 'unknown-reference',
      })
    }
    expect(faultsOf(await market.operator.post('/api/offerings', vacuumCasting))).toEqual({ '/ownerId': 'required' })
  })

  it('is published once every check has passed', async () => {
    const { id } = await market.list(institution, fixture)
    expect((await institution.post(`/api/offerings/${id}/publication-request`)).as(Offering).state).toBe('vetting')
    expect(
      refused(await market.operator.post(`/api/offerings/${id}/publication`, { checks: checks.slice(1) }), 'checks-missing'),
    ).toMatchObject({
      missing: ['authenticity'],
    })
    const published = (await market.operator.post(`/api/offerings/${id}/publication`, { checks })).as(Offering)
    expect(published).toMatchObject({ state: 'published', vetting: checks, publishedAt: expect.any(String) })
    expect((await market.visitor.get(`/api/offerings/${id}`)).as(OfferingView)).toMatchObject({
      ...fixture,
      reading: 'whole',
      vetting: null,
    })
    expect(await titles(market.visitor)).toEqual([fixture.title])
    expect(await found(market.visitor, '反变形')).toEqual([id])
    refused(await market.operator.post(`/api/offerings/${id}/publication`, { checks }), 'not-allowed-now')
  })

  it('is returned with a reason, amended and asked for again', async () => {
    const { id } = await market.list(institution, fixture)
    await institution.post(`/api/offerings/${id}/publication-request`)
    const returned = await market.operator.post(`/api/offerings/${id}/return`, { reason: '请注明检测依据' })
    expect(returned.as(Offering)).toMatchObject({ state: 'draft', returnReason: '请注明检测依据' })
    const amended = await institution.patch(`/api/offerings/${id}`, 3, {
      price: { kind: 'negotiable', amountFen: null },
      readiness: { level: 8 },
    })
    expect(amended.header('etag')).toBe('"4"')
    expect(amended.as(Offering)).toMatchObject({
      price: { kind: 'negotiable' },
      readiness: { scale: 'trl', level: 8 },
      title: fixture.title,
    })
    expect((await institution.post(`/api/offerings/${id}/publication-request`)).as(Offering)).toMatchObject({
      state: 'vetting',
      returnReason: null,
    })
  })

  it('keeps its owner and its kind', async () => {
    const { id } = await market.list(institution, fixture)
    const other = await market.institution({ name: '河西科技学院' })
    expect(faultsOf(await institution.patch(`/api/offerings/${id}`, 1, { ownerId: other.id }))).toEqual({ '/ownerId': 'fixed' })
    expect(faultsOf(await institution.patch(`/api/offerings/${id}`, 1, { kind: 'lead' }))).toEqual({ '/kind': 'fixed' })
  })

  it('is refused with a price turned upside down or a last day that is gone', async () => {
    const price = { kind: 'range', minFen: 30_000_000, maxFen: 20_000_000 }
    expect(faultsOf(await institution.post('/api/offerings', { ...fixture, price, expiresOn: '2026-11-21' }))).toEqual({
      '/price/maxFen': 'below-minimum',
      '/expiresOn': 'past-day',
    })
  })

  it('is withdrawn, and nobody finds it any more', async () => {
    const { id } = await market.offer(institution, fixture)
    expect((await institution.post(`/api/offerings/${id}/withdrawal`)).as(Offering).state).toBe('withdrawn')
    refused(await market.visitor.get(`/api/offerings/${id}`), 'not-found')
    expect(await found(market.visitor, '反变形')).toEqual([])
    refused(await institution.patch(`/api/offerings/${id}`, 4, { title: '反变形工装' }), 'not-allowed-now')
    expect(await titles(institution, `/api/offerings?ownerId=${institution.id}&state=withdrawn`)).toEqual([fixture.title])
    expect(await titles(market.visitor, `/api/offerings?ownerId=${institution.id}&state=withdrawn`)).toEqual([])
  })

  it('ends at night after its last day', async () => {
    const { id } = await market.offer(institution, { ...fixture, expiresOn: '2026-11-23' })
    market.passDays(2)
    await nightly(market.ports)
    await runDueJobs(market.ports, handlers)
    expect((await market.visitor.get(`/api/offerings/${id}`)).as(OfferingView).state).toBe('expired')
    expect(await titles(market.visitor)).toEqual([])
    expect(await found(market.visitor, '反变形')).toEqual([])
  })
})

describe('an institution with standing trust', () => {
  const request = async (owner: Client, id: string) => (await owner.post(`/api/offerings/${id}/publication-request`)).as(Offering)

  it('publishes at once what it has reviewed for secrecy', async () => {
    const trusted = await market.trusted({ name: '砺州工业技术研究院' })
    const { id } = await market.list(trusted, fixture)
    expect(await request(trusted, id)).toMatchObject({ state: 'published', vetting: [], publishedAt: expect.any(String) })
    expect(await titles(market.visitor)).toEqual([fixture.title])
  })

  it('waits for vetting with what it has not reviewed', async () => {
    const trusted = await market.trusted({ name: '砺州工业技术研究院' })
    const { id } = await market.list(trusted, { ...fixture, isSecrecyReviewed: false })
    expect((await request(trusted, id)).state).toBe('vetting')
    expect(await titles(market.visitor)).toEqual([])
  })

  it('waits for vetting where the market does not allow it, and once its trust is gone', async () => {
    const trusted = await market.trusted({ name: '砺州工业技术研究院' })
    await market.operator.patch('/api/market/settings', 0, { trustedPublishAtOnce: false })
    expect((await request(trusted, (await market.list(trusted, fixture)).id)).state).toBe('vetting')
    await market.operator.patch('/api/market/settings', 1, { trustedPublishAtOnce: true })
    await market.operator.put(`/api/institutions/${trusted.id}/standing-trust`, 2, { hasStandingTrust: false })
    expect((await request(trusted, (await market.list(trusted, vacuumCasting)).id)).state).toBe('vetting')
  })
})

describe('a lead from the literature', () => {
  it('is listed by the operator and found by everybody', async () => {
    const { id, ownerId } = await market.offer(market.operator, lead)
    expect(ownerId).toBeNull()
    expect((await market.visitor.get(`/api/offerings/${id}`)).as(OfferingView)).toMatchObject(lead)
    expect(await titles(market.visitor, '/api/offerings?kind=lead')).toEqual([lead.title])
    expect(await titles(market.visitor, '/api/offerings?kind=result')).toEqual([])
    const form = (await market.visitor.get('/api/search?kind=offering&form=lead')).as(SearchResults)
    expect(form.items.map((item) => item.id)).toEqual([id])
    expect(form.facets.form).toEqual({ lead: 1 })
  })

  it('can have no owner, no terms and no rights, and must say where it was published', async () => {
    const terms = { price: fixture.price, pricing: 'agreement', ip: fixture.ip, citation: null }
    expect(faultsOf(await market.operator.post('/api/offerings', { ...lead, ownerId: institution.id, ...terms }))).toEqual({
      '/ownerId': 'not-for-leads',
      '/price': 'not-for-leads',
      '/pricing': 'not-for-leads',
      '/ip': 'not-for-leads',
      '/citation': 'required',
    })
    const { id } = await market.list(market.operator, lead)
    expect(faultsOf(await market.operator.patch(`/api/offerings/${id}`, 1, { price: { kind: 'negotiable' } }))).toEqual({
      '/price': 'not-for-leads',
    })
  })

  it('is nothing that an institution could list', async () => {
    refused(await institution.post('/api/offerings', lead), 'not-permitted')
    expect(faultsOf(await institution.post('/api/offerings', { ...lead, ownerId: institution.id }))).toEqual({
      '/ownerId': 'not-for-leads',
    })
  })
})

describe('completers', () => {
  it('are found as experts through the result that they completed', async () => {
    const enterprise = await market.enterprise({ name: '众砺重工有限公司' })
    const [first, second, other] = [
      await market.expert({ name: '沈岳', field: '结构强度' }),
      await market.expert({ name: '闻一舟', field: '工装设计' }),
      await market.expert({ name: '苗青禾', field: '小麦育种' }),
    ]
    for (const { id } of [first, second, other]) await market.claim(id)
    const offering = await market.offer(institution, fixture)
    for (const { id } of [first, second]) await market.evidence({ expertId: id, kind: 'result', role: 'member', offeringId: offering.id })
    await market.evidence({ expertId: other.id, kind: 'paper', title: '弱筋小麦新品种选育' })
    const demand = await market.publish(enterprise, welding)
    const { items } = (await enterprise.get(`/api/demands/${demand.id}/matches?kind=expert`)).as(Matches)
    expect(
      items
        .slice(0, 2)
        .map(({ subject }) => subject.title)
        .sort(),
    ).toEqual(['沈岳', '闻一舟'])
    expect(items[0]!.evidence[0]!.source).toEqual({ kind: 'offering', id: offering.id, title: fixture.title })

    await institution.post(`/api/offerings/${offering.id}/withdrawal`)
    const later = (await enterprise.get(`/api/demands/${demand.id}/matches?kind=expert`)).as(Matches)
    expect(JSON.stringify(later)).not.toContain(offering.id)
  })
})

describe('visibility', () => {
  const hidden = { problemSolved: null, abstract: null, keywords: [], advantages: [], ip: [], price: null, reading: 'teaser' }

  it.each([
    ['registered', [true, true]],
    ['nda', [true, false]],
  ] as const)('%s shows outsiders the title and the teaser only', async (visibility, [owner, signedIn]) => {
    const { id } = await market.offer(institution, { ...fixture, visibility })
    const enterprise = await market.enterprise({ name: '众砺重工有限公司' })
    const readers: [Client, boolean][] = [
      [market.operator, true],
      [institution, owner],
      [enterprise, signedIn],
      [market.visitor, false],
    ]
    for (const [reader, readsDetail] of readers) {
      const expected = {
        title: fixture.title,
        teaser: fixture.teaser,
        ...(readsDetail ? { abstract: fixture.abstract, price: fixture.price, reading: 'whole' } : hidden),
      }
      expect((await reader.get(`/api/offerings/${id}`)).as(OfferingView), reader.role).toMatchObject(expected)
      expect((await reader.get('/api/offerings')).as(Page).items[0], reader.role).toMatchObject(expected)
    }
  })
})
