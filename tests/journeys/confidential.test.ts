import { beforeAll, describe, expect, it } from 'vitest'
import type { Demand } from '../../src/demands/demand.ts'
import { type Match, Matches } from '../../src/matching/match.ts'
import { SearchResults } from '../../src/matching/search.ts'
import type { Offering, OfferingDraft } from '../../src/offerings/offering.ts'
import { fixture, welding } from './fixtures.ts'
import { type Answer, type Client, type Market, openMarket, refused } from './market.ts'

const matches = async (reader: Client, path: string) => (await reader.get(path)).as(Matches)
const idsOf = (items: Match[]) => items.map(({ subject }) => subject.id)

describe('text under NDA', () => {
  /** Words that stand nowhere else; in titles and teasers none of them stands. */
  const planted = ['螭吻', '貔貅', 'QX9071', '饕餮', '狻猊', 'ZL2019', '77770000']
  const secretOffering: Partial<OfferingDraft> = {
    visibility: 'nda',
    problemSolved: '螭吻合金箱形梁焊接变形。',
    abstract: '貔貅胎具配合QX9071焊丝控制焊接变形，旁弯小于1毫米。',
    keywords: ['饕餮'],
    advantages: [{ name: '狻猊指标', ours: '1', incumbent: null, unit: null, condition: null, evidence: null, evidenceLevel: 'unstated' }],
    ip: [{ kind: 'invention-patent', number: 'ZL2019', status: 'granted' }],
    price: { kind: 'fixed', amountFen: 77_770_000 },
  }
  const secretDemand = {
    ...welding,
    title: '螭吻合金箱形梁焊接变形',
    problem: '貔貅产线焊后旁弯超差。',
    currentState: 'QX9071焊丝',
    tried: '饕餮胎具',
    ownConditions: '狻猊实验室',
    indicators: [{ text: '螭吻≤3 mm', need: 'must' as const }],
    constraints: ['不得更换QX9071'],
    keywords: ['貔貅'],
    ipExpectation: '饕餮归甲方',
    budgetMaxFen: 77_770_000,
    visibility: 'nda' as const,
    teaser: '大型梁类结构件焊后弯曲',
  }
  const outsiders: Record<string, () => Promise<Client>> = {
    visitor: async () => own.visitor,
    enterprise: () => own.enterprise({ name: '北塬机械有限公司' }),
    institution: () => own.institution({ name: '河西科技学院' }),
    expert: () => own.expert({ name: '闻一舟', field: '焊接变形' }),
    park: () => own.park({ name: '铸东产业园' }),
    broker: () => own.broker({ name: '白经理' }),
  }
  let own: Market
  let asking: Client
  let owner: Client
  let open: Demand
  let hiddenDemand: Demand
  let hiddenOffering: Offering
  let author: Client
  beforeAll(async () => {
    own = await openMarket()
    asking = await own.enterprise({ name: '众砺重工有限公司' })
    owner = await own.institution({ name: '砺州理工大学' })
    open = await own.publish(asking, welding)
    hiddenDemand = await own.publish(asking, secretDemand)
    hiddenOffering = await own.offer(owner, { ...fixture, ...secretOffering })
    author = await own.expert({ name: '沈岳', field: '焊接变形' })
    await own.claim(author.id)
    await own.evidence({ expertId: author.id, kind: 'result', offeringId: hiddenOffering.id })
    await own.settle()
  })

  it.each(Object.keys(outsiders))('stands in no answer to the %s', async (who) => {
    const reader = await outsiders[who]!()
    if (who === 'enterprise') await own.publish(reader, { ...welding, title: '行车主梁焊接变形' })
    if (who === 'institution') await own.offer(reader, { ...fixture, title: '梁类结构焊接变形校正' })
    await own.settle()
    const kinds = ['demand', 'offering', 'expert', 'institution', 'enterprise']
    const searches = [...planted, '焊接变形', ''].flatMap((words) =>
      kinds.map((kind) => `/api/search?kind=${kind}&q=${encodeURIComponent(words)}`),
    )
    const paths = [
      ...searches,
      '/api/market',
      '/api/demands?limit=100',
      '/api/offerings?limit=100',
      `/api/demands?enterpriseId=${asking.id}`,
      `/api/offerings?ownerId=${owner.id}`,
      `/api/demands/${hiddenDemand.id}`,
      `/api/demands/${hiddenDemand.id}/matches`,
      `/api/demands/${hiddenDemand.id}/matches?kind=expert`,
      `/api/demands/${open.id}/matches`,
      `/api/demands/${open.id}/matches?kind=expert`,
      `/api/offerings/${hiddenOffering.id}`,
      `/api/offerings/${hiddenOffering.id}/matches`,
      `/api/offerings/${hiddenOffering.id}/completers`,
      `/api/experts/${author.id}/evidence`,
      `/api/experts/${reader.id}/matches`,
      '/api/recommendations?limit=50',
    ]
    for (const path of paths) expectClean(await reader.get(path), path)
    const writes = [
      await reader.patch(`/api/demands/${hiddenDemand.id}`, 4, { title: '箱形梁' }),
      await reader.post(`/api/demands/${hiddenDemand.id}/withdrawal`),
      await reader.patch(`/api/offerings/${hiddenOffering.id}`, 3, { title: '胎具' }),
      await reader.post(`/api/offerings/${hiddenOffering.id}/withdrawal`),
    ]
    for (const answer of writes) {
      refused(answer, who === 'visitor' ? 'not-signed-in' : 'not-permitted')
      expectClean(answer, 'a write')
    }
  })

  it.each(Object.keys(outsiders))('is not even found by the %s', async (who) => {
    const reader = await outsiders[who]!()
    for (const words of planted) {
      const { counts, facets } = (await reader.get(`/api/search?kind=offering&q=${encodeURIComponent(words)}`)).as(SearchResults)
      expect({ words, counts, facets: Object.values(facets).filter((values) => Object.keys(values).length > 0) }).toEqual({
        words,
        counts: { demand: 0, offering: 0, expert: 0, institution: 0, enterprise: 0 },
        facets: [],
      })
    }
  })

  it('is quoted to outsiders by its teaser', async () => {
    const reader = await outsiders.enterprise!()
    const { items } = await matches(reader, `/api/demands/${open.id}/matches`)
    const match = items.find(({ subject }) => subject.id === hiddenOffering.id)!
    expect(match.evidence.map(({ sentence }) => sentence)).toEqual([fixture.teaser])
    expect(match.reasons.find(({ key }) => key === 'budget')!.facts).toEqual({ unknown: true })
    const expertMatch = (await matches(reader, `/api/demands/${open.id}/matches?kind=expert`)).items.find(
      ({ subject }) => subject.title === '沈岳',
    )!
    expect(expertMatch.evidence.map(({ sentence }) => sentence)).toContain(fixture.teaser)
  })

  it('is quoted in full to its owner and to the operator', async () => {
    for (const reader of [asking, own.operator]) {
      const { items } = await matches(reader, `/api/demands/${hiddenDemand.id}/matches`)
      expect(items[0]!.evidence[0]!.need).toMatch(/螭吻|貔貅/)
    }
    const { items } = await matches(own.operator, `/api/demands/${open.id}/matches`)
    const match = items.find(({ subject }) => subject.id === hiddenOffering.id)!
    expect(match.evidence[0]!.sentence).toMatch(/螭吻|貔貅/)
    expect(match.reasons.find(({ key }) => key === 'budget')!.facts).toMatchObject({ priceFen: 77_770_000 })
    expect((await own.operator.get('/api/search?kind=offering&q=貔貅')).as(SearchResults).counts).toMatchObject({ offering: 1, demand: 1 })
  })

  it('lets nobody who may not read it ask for its matches', async () => {
    const path = `/api/demands/${hiddenDemand.id}/matches`
    refused(await own.visitor.get(path), 'not-signed-in')
    for (const who of ['enterprise', 'institution', 'expert', 'park', 'broker'])
      refused(await (await outsiders[who]!()).get(path), 'not-permitted')
    const result = await own.offer(owner, { ...fixture, title: '梁类结构反变形' })
    expect(idsOf((await matches(owner, `/api/offerings/${result.id}/matches?limit=50`)).items)).not.toContain(hiddenDemand.id)
  })

  function expectClean({ text }: Answer, path: string): void {
    for (const words of planted) expect(text.includes(words), `${path} names ${words}: ${text.slice(0, 300)}`).toBe(false)
  }
})

describe('an anonymous demand', () => {
  it('does not tell its place by the reasons of its matches', async () => {
    const own = await openMarket()
    const asking = await own.enterprise({ name: '众砺重工有限公司' })
    const owner = await own.institution({ name: '砺州理工大学' })
    const result = await own.offer(owner, fixture)
    const { id } = await own.publish(asking, { ...welding, isAnonymous: true })
    const place = (items: Match[]) => items[0]!.reasons.find(({ key }) => key === 'region')!.facts
    expect(place((await matches(asking, `/api/demands/${id}/matches`)).items)).toEqual({ place: 'county' })
    expect(place((await matches(own.visitor, `/api/demands/${id}/matches`)).items)).toEqual({ unknown: true })
    expect(place((await matches(owner, `/api/offerings/${result.id}/matches`)).items)).toEqual({ unknown: true })
  })
})
