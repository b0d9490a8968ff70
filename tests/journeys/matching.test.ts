import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Demand } from '../../src/demands/demand.ts'
import { Engagement } from '../../src/engagements/engagement.ts'
import { Recommendations } from '../../src/matching/actions/recommend.ts'
import { type Match, Matches } from '../../src/matching/match.ts'
import { SearchResults } from '../../src/matching/search.ts'
import { neutral, weights } from '../../src/matching/weights.ts'
import type { OfferingInput } from '../../src/offerings/actions.ts'
import type { Offering, OfferingDraft } from '../../src/offerings/offering.ts'
import { codeIn } from '../../src/platform/codes/codes.ts'
import { z } from '../../src/platform/schema.ts'
import { casting, fixture, haidian, lead, lizhou, pitMud, vacuumCasting, wanghe, welding, zhudong } from './fixtures.ts'
import { type Answer, type Client, type Market, openMarket, refused } from './market.ts'

const matches = async (reader: Client, path: string) => (await reader.get(path)).as(Matches)
const idsOf = (items: Match[]) => items.map(({ subject }) => subject.id)

/** A market with a demand, results, a lead and people around it; nothing below changes it. */
let market: Market
let enterprise: Client
let institution: Client
let expert: Client
let broker: Client
let demand: Demand
let offering: Offering
beforeAll(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司', region: zhudong })
  institution = await market.institution({ name: '砺州理工大学' })
  broker = await market.broker({ name: '鲁经理' })
  expert = await market.expert({
    name: '沈岳',
    affiliations: [{ institutionId: institution.id, department: null, post: null }],
    field: '焊接变形与残余应力',
    summary: '主持箱形梁反变形工装设计，焊后旁弯控制在2毫米以内。',
    modes: ['commissioned-development', 'advisory'],
    minFeeFen: 4_000_000,
    region: wanghe,
  })
  await market.claim(expert.id)
  demand = await market.publish(enterprise, welding)
  await market.publish(enterprise, casting)
  await market.publish(enterprise, pitMud)
  for (let at = 1; at <= 9; at++)
    await market.offer(institution, { title: `第${at}代焊接工装`, kind: 'result', abstract: `适合${at}米以上的结构件，焊后变形减少。` })
  offering = await market.offer(institution, fixture)
  await market.offer(institution, vacuumCasting)
  await market.offer(market.operator, lead)
  await market.evidence({ expertId: expert.id, kind: 'result', role: 'lead', offeringId: offering.id })
  await market.evidence({
    expertId: expert.id,
    kind: 'paper',
    role: 'author',
    title: '箱形梁焊接旁弯的预测',
    abstract: '用固有应变法预测焊后旁弯，误差小于一成。',
  })
  await market.settle()
})

describe('four directions', () => {
  const directions: [string, () => string, () => Client, () => string][] = [
    ['from a demand to offerings', () => `/api/demands/${demand.id}/matches`, () => enterprise, () => offering.id],
    ['from a demand to experts', () => `/api/demands/${demand.id}/matches?kind=expert`, () => enterprise, () => expert.id],
    ['from an offering to demands', () => `/api/offerings/${offering.id}/matches`, () => institution, () => demand.id],
    ['from an expert to demands', () => `/api/experts/${expert.id}/matches`, () => expert, () => demand.id],
  ]

  it.each(directions)('%s: the best comes first, with a sentence that shows why', async (_, path, reader, expected) => {
    const { items, engine } = await matches(reader(), path())
    const [first] = items
    expect(first!.subject.id).toBe(expected())
    expect(first!.evidence[0]!.sentence).toMatch(/变形|旁弯/)
    expect(first!.evidence[0]!.need).toMatch(/变形|旁弯/)
    expect(engine).toMatchObject({ mode: 'hybrid', embedder: 'hashing-1-256', pending: 0 })
  })

  it.each(directions)('%s: the answer has the documented members and no others', async (_, path, reader) => {
    const { items, ...answer } = JSON.parse((await reader().get(path())).text)
    expect(Object.keys(answer).sort()).toEqual(['elsewhere', 'engine', 'fit', 'fitFrom', 'gap', 'listId', 'next'])
    expect(Object.keys(answer.engine).sort()).toEqual(['embedder', 'mode', 'pending', 'position', 'version'])
    for (const item of items) {
      expect(Object.keys(item).sort()).toEqual([
        'confirmedOn',
        'conflicts',
        'evidence',
        'fit',
        'indicators',
        'reasons',
        'score',
        'sides',
        'subject',
        'willingness',
      ])
      expect(Object.keys(item.subject).sort()).toEqual(['enrolled', 'id', 'kind', 'title'])
      expect(Object.keys(item.sides).sort()).toEqual(['demandSide', 'supplySide'])
      for (const reason of item.reasons)
        expect(Object.keys(reason).sort()).toEqual(['contribution', 'facts', 'key', 'side', 'value', 'weight'])
      for (const pair of item.evidence) expect(Object.keys(pair).sort()).toEqual(['need', 'sentence', 'source'])
    }
  })

  it.each(directions)('%s: numbers are for brokers and the operator, the order is for all', async (_, path, reader) => {
    const seen = await matches(reader(), path())
    for (const { score, sides, reasons } of seen.items) {
      expect({ score, sides }).toEqual({ score: null, sides: { demandSide: null, supplySide: null } })
      for (const { value, weight, contribution } of reasons)
        expect({ value, weight, contribution }).toEqual({ value: null, weight: null, contribution: null })
    }
    for (const insider of [broker, market.operator]) {
      const numbered = await matches(insider, path())
      expect(idsOf(numbered.items)).toEqual(idsOf(seen.items))
      for (const match of numbered.items) expectAddsUp(match)
      const scores = numbered.items.map(({ score }) => score!)
      expect(scores).toEqual([...scores].sort((a, b) => b - a))
      // Without its numbers, a reason is the same for everybody.
      const bare = (items: Match[]) => items.map(({ reasons }) => reasons.map(({ key, side, facts }) => ({ key, side, facts })))
      expect(bare(numbered.items)).toEqual(bare(seen.items))
    }
  })

  it.each(directions)('%s: every match gives the reasons of both sides', async (_, path, reader) => {
    for (const { reasons } of (await matches(reader(), path())).items) {
      const of = (side: string) => reasons.filter((reason) => reason.side === side).map(({ key }) => key)
      expect(of('demandSide')).toEqual(Object.keys(weights.demandSide))
      expect(of('supplySide')).toEqual(Object.keys(weights.supplySide))
    }
  })

  it('says by what facts, and what is not known', async () => {
    const { items } = await matches(enterprise, `/api/demands/${demand.id}/matches`)
    const facts = (match: Match) => Object.fromEntries(match.reasons.map((reason) => [reason.key, reason.facts]))
    expect(facts(items[0]!)).toMatchObject({
      text: { terms: expect.arrayContaining(['焊接变形']) },
      readiness: { wanted: 6, level: 7 },
      budget: { budgetFen: 30_000_000, priceFen: 25_000_000 },
      deadline: { deadlineOn: '2027-06-30', availableFrom: '2026-12-15' },
      modes: { shared: ['commissioned-development'] },
      region: { place: 'county' },
      fee: { unknown: true },
    })
    const [best] = (await matches(enterprise, `/api/demands/${demand.id}/matches?kind=expert`)).items
    // The fee floor itself is the expert's own affair.
    expect(facts(best!)).toMatchObject({ fee: { isReached: true }, region: { place: 'city' }, budget: { unknown: true } })
    expect(JSON.stringify(best)).not.toContain('4000000')
  })

  function expectAddsUp({ score, sides, reasons }: Match): void {
    const sum = (side: string) =>
      reasons.filter((reason) => reason.side === side).reduce((total, { contribution }) => total + contribution!, 0)
    const [wanted, offered] = [sides.demandSide!, sides.supplySide!]
    expect([sum('demandSide'), sum('supplySide')]).toEqual([wanted, offered])
    expect(score).toBeCloseTo((2 * wanted * offered) / (wanted + offered), 12)
    expect(score).toBeGreaterThan(0)
    expect(score).toBeLessThanOrEqual(1)
  }
})

describe('paging', () => {
  it.each([
    ['offerings of a demand', () => `/api/demands/${demand.id}/matches?`, 50],
    ['demands of an offering', () => `/api/offerings/${offering.id}/matches?`, 50],
    ['search', () => '/api/search?kind=offering&q=焊接&', 50],
    ['browsing', () => '/api/search?kind=offering&', 50],
  ])('through the %s gives everything once, in the same order', async (_, path, most) => {
    const idsIn = (answer: Answer) =>
      answer.as(z.object({ items: z.array(z.looseObject({})), next: z.string().nullable() })).items.map((item) => JSON.stringify(item))
    const whole = await market.operator.get(`${path()}limit=${most}`)
    expect(whole.header('link')).toBeNull()
    const all = idsIn(whole)
    expect(all.length).toBeGreaterThan(2)
    const seen: string[] = []
    let next: string | null = `${path()}limit=2`
    while (next !== null) {
      const answer = await market.operator.get(next)
      seen.push(...idsIn(answer))
      next = /<(.+)>; rel="next"/.exec(answer.header('link') ?? '')?.[1] ?? null
    }
    expect(seen).toEqual(all)
    expect(new Set(seen).size).toBe(all.length)
  })

  it('gives the same answer to the same question', async () => {
    const ask = async () => (await broker.get(`/api/demands/${demand.id}/matches`)).text
    expect(await ask()).toBe(await ask())
  })
})

describe('what cannot be', () => {
  let own: Market
  let asking: Client
  let owner: Client
  beforeAll(async () => {
    own = await openMarket()
    asking = await own.enterprise({ name: '众砺重工有限公司' })
    owner = await own.institution({ name: '砺州理工大学' })
  })

  /** Whether an offering that is right in every other way is proposed for the demand. */
  async function isProposed(changes: Partial<OfferingDraft>, offeredBy = owner): Promise<boolean> {
    const { id } = await own.offer(offeredBy, { ...fixture, ...changes })
    const { id: wanted } = await own.draft(asking, welding)
    return idsOf((await matches(asking, `/api/demands/${wanted}/matches?limit=50`)).items).includes(id)
  }

  it('is not proposed: ways to work together that share nothing', async () => {
    expect(await isProposed({ modes: ['training', 'licence'] })).toBe(false)
    expect(await isProposed({ modes: ['service', 'licence'] })).toBe(true)
    expect(await isProposed({ modes: [] })).toBe(true)
  })

  it('is not proposed: a result that may not be used where the plant is', async () => {
    expect(await isProposed({ territory: [haidian] })).toBe(false)
    expect(await isProposed({ territory: [haidian, lizhou] })).toBe(true)
  })

  it('is not proposed: what the enterprise itself offers', async () => {
    expect(await isProposed({}, asking)).toBe(false)
    expect(await isProposed({}, await own.enterprise({ name: '北塬机械有限公司' }))).toBe(true)
  })

  it('is not proposed: what is past its last day, before the night has closed it', async () => {
    const { id } = await own.offer(owner, { ...fixture, expiresOn: '2026-11-23' })
    const open = await own.publish(asking, { ...welding, expiresOn: '2026-11-23' })
    const offers = async () => idsOf((await matches(asking, `/api/demands/${open.id}/matches?limit=50`)).items).includes(id)
    const wants = async () => idsOf((await matches(owner, `/api/offerings/${id}/matches?limit=50`)).items).includes(open.id)
    expect([await offers(), await wants()]).toEqual([true, true])
    own.passDays(2)
    expect([await offers(), await wants()]).toEqual([false, false])
  })

  it.each([
    ['who withholds consent', { consent: false }, false],
    ['whose employer does not consent', { hostConsent: false }, false],
    ['without a free day', { capacity: { daysPerYear: 0, maxParallel: null, freeFrom: null } }, false],
    ['who is hidden', { visibility: 'nda' as const }, false],
    ['who works in other ways only', { modes: ['training' as const] }, false],
    ['of whom nothing of this is known', {}, true],
  ])('is not proposed: an expert %s', async (_, facts, expected) => {
    const { id } = await own.expert({ name: '沈岳', field: '箱形梁焊接变形', ...facts })
    const { id: wanted } = await own.draft(asking, welding)
    expect(idsOf((await matches(own.operator, `/api/demands/${wanted}/matches?kind=expert&limit=50`)).items).includes(id)).toBe(expected)
  })

  it('is not proposed to an expert or an offering: a demand that is not published', async () => {
    const { id } = await own.draft(asking, { ...welding, title: '工字梁焊接变形控制' })
    const result = await own.offer(owner, fixture)
    expect(idsOf((await matches(own.operator, `/api/offerings/${result.id}/matches?limit=50`)).items)).not.toContain(id)
  })
})

describe('indicators', () => {
  const wanted = { text: '焊后旁弯≤3 mm', need: 'must' as const }
  const about = async (own: Market, results: OfferingInput[], more: object = {}) => {
    const asking = await own.enterprise({ name: '众砺重工有限公司' })
    const { id } = await own.publish(asking, { ...welding, indicators: [wanted], ...more })
    const institution = await own.institution({ name: '砺州理工大学' })
    const ids: string[] = []
    for (const result of results) ids.push((await own.offer(institution, { ...result, isSecrecyReviewed: true })).id)
    await own.settle()
    const path = `/api/demands/${id}/matches`
    return { asking, institution, ids, path, items: (await matches(await own.broker({ name: '鲁经理' }), path)).items }
  }
  const result = (abstract: string, title = '箱形梁焊接变形控制工艺') => ({ title, kind: 'result' as const, abstract })
  let own: Market
  beforeEach(async () => {
    own = await openMarket()
  })

  it('are held against what the result itself says, with its sentence and how that is backed', async () => {
    const { items } = await about(own, [result('在梁厂生产线上应用，12米箱形梁焊后旁弯为0.25 cm。')])
    expect(items[0]!.indicators).toEqual([
      {
        ...wanted,
        verdict: 'met',
        shortfallPct: null,
        contrary: null,
        found: {
          ...{ figure: '0.25 cm', value: 2.5, unit: 'mm', level: 'field' },
          sentence: '在梁厂生产线上应用，12米箱形梁焊后旁弯为0.25 cm。',
          source: { kind: 'offering', id: items[0]!.subject.id, title: '箱形梁焊接变形控制工艺' },
        },
      },
    ])
  })

  it('count what falls short for less than silence, and what was shown for more than what is only said', async () => {
    const text = (said: string) => `用反变形胎具控制箱形梁焊接变形，${said}。`
    const { items } = await about(own, [
      result(text('焊后旁弯为6 mm')),
      result(text('适合各种长度')),
      result(text('现场实测焊后旁弯为2 mm')),
      result(text('焊后旁弯为2 mm')),
    ])
    const said = items.map(({ indicators: [each], reasons }) => [
      each!.verdict,
      each!.found?.level ?? null,
      each!.shortfallPct,
      reasons.find(({ key }) => key === 'indicators')!.value,
    ])
    expect(said.find(([, level]) => level === 'field')).toEqual(['met', 'field', null, 0.95])
    expect(said.find(([verdict]) => verdict === 'short')).toEqual(['short', 'unstated', 100, 0])
    expect(said.find(([verdict]) => verdict === 'unknown')).toEqual(['unknown', null, null, null])
    // Somebody's own word moves nobody up.
    expect(said.find(([verdict, level]) => verdict === 'met' && level === 'unstated')).toEqual(['met', 'unstated', null, 0.5])
    const counts = items.map(({ reasons }) => reasons.find(({ key }) => key === 'indicators')!.contribution)
    expect(counts.toSorted((a, b) => a! - b!)).toEqual([0, 0.5, 0.5, 0.95].map((value) => weights.demandSide.indicators * value))
  })

  it('are open where the text and a stated advantage contradict each other, and both are shown', async () => {
    const advantage = {
      name: '旁弯',
      ours: '2',
      incumbent: '8',
      unit: 'mm',
      condition: null,
      evidence: null,
      evidenceLevel: 'field' as const,
    }
    const { items } = await about(own, [{ ...result('12米箱形梁焊后旁弯为5 mm。'), advantages: [advantage] }])
    expect(items[0]!.indicators[0]).toMatchObject({
      verdict: 'unknown',
      found: { figure: '5 mm', level: 'unstated' },
      // Without evidence it is the owner's word, whatever level was ticked.
      contrary: { figure: '2mm', level: 'unstated' },
    })
  })

  it('say nothing of what the reader may not read', async () => {
    const hidden = { ...result('现场实测12米箱形梁焊后旁弯为2 mm。'), teaser: '控制旁弯的工艺', visibility: 'nda' as const }
    const { items, asking, path } = await about(own, [hidden])
    expect(items[0]!.indicators[0]).toMatchObject({ verdict: 'unknown', found: null })
    expect(items[0]!.reasons.find(({ key }) => key === 'indicators')).toMatchObject({ value: null, facts: { unknown: true } })
    expect((await asking.get(path)).text).not.toContain('2 mm。')
    const [whole] = (await matches(own.operator, path)).items
    expect(whole!.indicators[0]).toMatchObject({ verdict: 'met', found: { figure: '2 mm' } })
  })

  it('of an expert are what his works say', async () => {
    const { path } = await about(own, [])
    const expert = await own.expert({ name: '沈岳', field: '焊接变形', summary: '研究箱形梁旁弯。' })
    await own.claim(expert.id)
    const abstract = '箱形梁试件的焊后旁弯实测为2.4 mm，误差小于一成。'
    await own.evidence({ expertId: expert.id, kind: 'paper', role: 'author', title: '箱形梁焊接旁弯的预测', abstract })
    await own.settle()
    const [match] = (await matches(own.operator, `${path}?kind=expert`)).items
    expect(match!.indicators[0]).toMatchObject({ verdict: 'met', found: { level: 'laboratory', source: { kind: 'evidence' } } })
  })
})

describe('without a model', () => {
  it('matches and searches on text alone, and says so', async () => {
    const own = await openMarket({ embedder: null })
    const asking = await own.enterprise({ name: '众砺重工有限公司' })
    const result = await own.offer(await own.institution({ name: '砺州理工大学' }), fixture)
    const { id } = await own.publish(asking, welding)
    const engine = { embedder: null, mode: 'text', pending: 0 }
    const answer = await matches(await own.broker({ name: '鲁经理' }), `/api/demands/${id}/matches`)
    expect(answer.engine).toMatchObject(engine)
    expect(idsOf(answer.items)).toEqual([result.id])
    expect(answer.items[0]!.reasons.find(({ key }) => key === 'meaning')).toMatchObject({
      value: null,
      contribution: weights.demandSide.meaning * neutral,
      facts: { unknown: true },
    })
    expect((await own.visitor.get('/api/search?q=焊接变形')).as(SearchResults)).toMatchObject({ engine, items: [{ id }] })
    expect((await asking.get('/api/recommendations')).as(Recommendations)).toMatchObject({ engine, items: [{ for: { id } }] })
    expect(JSON.parse((await own.visitor.get('/readyz')).text)).toMatchObject({ ready: true, degraded: ['embedding'] })
  })

  it('or before it has read the texts, matches on text and says how many wait', async () => {
    const own = await openMarket()
    const asking = await own.enterprise({ name: '众砺重工有限公司' })
    const result = await own.offer(await own.institution({ name: '砺州理工大学' }), fixture)
    const { id } = await own.draft(asking, welding)
    const before = await matches(asking, `/api/demands/${id}/matches`)
    expect(before.engine).toMatchObject({ mode: 'text', embedder: 'hashing-1-256' })
    expect(before.engine.pending).toBeGreaterThan(0)
    await own.settle()
    const after = await matches(asking, `/api/demands/${id}/matches`)
    expect(after.engine).toMatchObject({ mode: 'hybrid', pending: 0, position: before.engine.position })
    expect(idsOf(after.items)).toEqual([result.id])
  })
})

describe('recommendations', () => {
  const recommended = async (reader: Client, query = '') => (await reader.get(`/api/recommendations${query}`)).as(Recommendations)

  it('give an enterprise the best offerings for its demands', async () => {
    const { items, engine } = await recommended(enterprise)
    expect(engine.mode).toBe('hybrid')
    expect(items.length).toBeGreaterThan(3)
    expect(new Set(items.map((item) => item.for.kind))).toEqual(new Set(['demand']))
    expect(items.find((item) => item.for.id === demand.id)).toMatchObject({
      for: { title: welding.title },
      match: { subject: { id: offering.id }, score: null },
    })
  })

  it('give an institution demands for its results, and an expert demands for himself', async () => {
    const forInstitution = (await recommended(institution, '?limit=50')).items
    expect(new Set(forInstitution.map(({ match }) => match.subject.kind))).toEqual(new Set(['demand']))
    expect(forInstitution.find((item) => item.for.id === offering.id)).toMatchObject({
      for: { kind: 'offering', title: fixture.title },
      match: { subject: { id: demand.id } },
    })
    const [first] = (await recommended(expert)).items
    expect(first).toMatchObject({ for: { kind: 'expert', id: expert.id }, match: { subject: { id: demand.id }, score: null } })
  })

  it('give an institution the best of all its results first, the oldest among them', async () => {
    const own = await openMarket()
    const asking = await own.enterprise({ name: '众砺重工有限公司', region: zhudong })
    const owner = await own.institution({ name: '砺州理工大学' })
    const oldest = await own.offer(owner, fixture)
    const others = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        own.offer(owner, { title: `第${at + 1}号焊接工装`, kind: 'result', abstract: '结构件焊接工装。' }),
      ),
    )
    await own.publish(asking, welding)
    await own.publish(asking, { ...welding, title: '工字梁焊接后扭曲', problem: '工字梁焊后扭曲。', readinessFrom: 9 })
    await own.settle()
    const { items } = await recommended(owner, '?limit=50')
    expect(items[0]!.for.id).toBe(oldest.id)
    expect(new Set(items.map((item) => item.for.id))).toEqual(new Set([oldest, ...others].map(({ id }) => id)))
    const scores = new Map<string, number>()
    for (const { id } of [oldest, ...others])
      for (const { subject, score } of (await matches(own.operator, `/api/offerings/${id}/matches`)).items)
        scores.set(`${id} ${subject.id}`, score!)
    const ordered = items.map(({ for: { id }, match }) => scores.get(`${id} ${match.subject.id}`)!)
    expect(ordered).toEqual([...ordered].sort((a, b) => b - a))
    expect(new Set(ordered).size).toBeGreaterThan(2)
    for (const { match } of items) expect(match.score).toBeNull()
    expect(await recommended(owner, '?limit=3')).toMatchObject({ items: items.slice(0, 3) })
  })

  it('give a broker pairings with their numbers, best first', async () => {
    const { items } = await recommended(broker)
    expect(items[0]).toMatchObject({ for: { kind: 'demand' }, match: { subject: { kind: 'offering' } } })
    const scores = items.map(({ match }) => match.score!)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
  })

  it('are as many as asked for', async () => {
    expect((await recommended(broker, '?limit=2')).items).toHaveLength(2)
  })

  it('are not for a visitor, a park or the operator', async () => {
    refused(await market.visitor.get('/api/recommendations'), 'not-signed-in')
    refused(await (await market.park({ name: '铸东产业园' })).get('/api/recommendations'), 'not-permitted')
    refused(await market.operator.get('/api/recommendations'), 'not-permitted')
  })
})

describe('whole institutions', () => {
  it('are ranked by what they own and by whom they employ, with sentences of what the reader may read', async () => {
    const own = await openMarket()
    const asking = await own.enterprise({ name: '众砺重工有限公司', region: zhudong })
    const owner = await own.institution({ name: '砺州理工大学' })
    const employer = await own.institution({ name: '岭江大学' })
    const far = await own.institution({ name: '砺州农业研究院' })
    await own.offer(owner, fixture)
    await own.offer(far, { title: '蚕桑病害绿色防治', kind: 'result', abstract: '用生物制剂防治桑树病害。' })
    const person = await own.expert({
      name: '沈岳',
      field: '焊接变形',
      affiliations: [{ institutionId: employer.id, department: null, post: null }],
    })
    await own.claim(person.id)
    const abstract = '用固有应变法预测箱形梁焊后旁弯。'
    await own.evidence({ expertId: person.id, kind: 'paper', role: 'author', title: '焊接旁弯的预测', abstract })
    await own.settle()
    const { id } = await own.publish(asking, welding)
    const path = `/api/demands/${id}/matches?kind=institution`
    const { items, fit } = await matches(asking, path)
    expect(idsOf(items).slice(0, 2).sort()).toEqual([owner.id, employer.id].sort())
    expect(idsOf(items).at(-1)).toBe(far.id)
    expect(fit).not.toBeNull()
    const of = (institution: Client) => items.find(({ subject }) => subject.id === institution.id)!
    expect(of(owner)).toMatchObject({ score: null, subject: { kind: 'institution', title: '砺州理工大学' } })
    expect(of(employer).evidence[0]!.sentence).toContain('固有应变法')
    // Twice the same.
    expect(await matches(asking, path)).toEqual(await matches(asking, path))
    expect((await asking.get(`/demands/${id}/matches?kind=institution`, { accept: 'text/html' })).text).toContain('匹配的机构')
    refused(await own.visitor.get(`/api/demands/${(await own.draft(asking, welding)).id}/matches?kind=institution`), 'not-found')
  })

  it('quote nothing of people who keep their works, count nothing of who is not proposed, and leave out who said no', async () => {
    const own = await openMarket()
    const asking = await own.enterprise({ name: '众砺重工有限公司', region: zhudong })
    const employer = await own.institution({ name: '岭江大学' })
    const affiliations = [{ institutionId: employer.id, department: null, post: null }]
    const kept = { name: 'public', works: 'nda', contact: 'broker' } as const
    const person = await own.expert({ name: '沈岳', field: '焊接变形', affiliations, shown: kept })
    await own.claim(person.id)
    await own.evidence({
      expertId: person.id,
      kind: 'paper',
      role: 'author',
      title: '焊接旁弯的预测',
      abstract: '箱形梁焊后旁弯的固有应变法。',
    })
    const other = await own.institution({ name: '北塬学院' })
    const withheld = await own.expert({
      name: '何晴',
      field: '箱形梁焊接变形',
      affiliations: [{ institutionId: other.id, department: null, post: null }],
      hostConsent: false,
    })
    await own.settle()
    const { id } = await own.publish(asking, welding)
    const path = `/api/demands/${id}/matches?kind=institution`
    const { items } = await matches(asking, path)
    expect(idsOf(items)).toEqual([employer.id])
    expect(JSON.stringify(items)).not.toContain('固有应变')
    expect(JSON.stringify(await matches(own.operator, path))).toContain('固有应变')
    expect(withheld.id).toBeTruthy()
    await asking.post('/api/refusals', { demandId: id, supplyId: employer.id, code: 'other', note: '已另找', isReleased: false })
    expect(idsOf((await matches(asking, path)).items)).toEqual([])
  })
})

describe('nobody fits', () => {
  it('is said with why, and with what there is instead', async () => {
    const own = await openMarket()
    const asking = await own.enterprise({ name: '众砺重工有限公司', region: zhudong })
    const owner = await own.institution({ name: '砺州农业研究院' })
    const classification = [codeIn('gbt4754', '01')]
    await own.offer(owner, { title: '蚕桑病害绿色防治', kind: 'result', abstract: '用生物制剂防治桑树病害。', classification })
    await own.offer(own.operator, lead)
    await own.settle()
    const { id } = await own.publish(asking, {
      title: '液压油管接头渗油的密封结构',
      problem: '接头在高压下渗油。',
      indicators: [{ text: '爆破压力≥140 MPa', need: 'must' }],
    })
    const { fit, gap } = await matches(asking, `/api/demands/${id}/matches`)
    expect(fit).toBe('none')
    expect(gap).toMatchObject({
      nearestFields: [{ code: { code: '01' }, count: 1 }],
      unansweredIndicators: ['爆破压力≥140 MPa'],
      leads: 1,
      institutions: [{ id: owner.id, name: '砺州农业研究院' }],
    })
    expect(gap!.missingTerms).toContain('液压')
    const page = (await asking.get(`/demands/${id}`, { accept: 'text/html', 'accept-language': 'zh-CN' })).text
    expect(page).toContain('它们都没有提到')
    expect(page).toContain(`/institutions/${owner.id}`)
    // Where something fits there is no gap, nor on later pages or for other questions.
    const good = await own.publish(asking, { title: '蚕桑病害绿色防治', problem: '用生物制剂防治桑树病害。' })
    const fitting = await matches(asking, `/api/demands/${good.id}/matches`)
    expect([fitting.fit, fitting.gap]).toEqual(['worthwhile', null])
    expect((await matches(asking, `/api/demands/${id}/matches?kind=expert`)).gap).toBeNull()
  })

  it('is said in an empty market too', async () => {
    const own = await openMarket()
    const asking = await own.enterprise({ name: '众砺重工有限公司', region: zhudong })
    const { id } = await own.publish(asking, welding)
    const { items, fit, gap } = await matches(asking, `/api/demands/${id}/matches`)
    expect([items, fit]).toEqual([[], 'none'])
    expect(gap).toMatchObject({ nearestFields: [], leads: 0, institutions: [] })
  })
})

describe('whether the supply would take it', () => {
  it('is told in words to the demand’s side and who carries it, to nobody else', async () => {
    const own = await openMarket()
    const asking = await own.enterprise({ name: '众砺重工有限公司', region: zhudong })
    const carrying = await own.broker({ name: '鲁经理' })
    const { id } = await own.publish(asking, welding)
    await own.operator.post(`/api/demands/${id}/assignment`, { brokerId: carrying.id })
    const unclaimed = await own.expert({ name: '沈岳', field: '箱形梁焊接变形' })
    const claimed = await own.expert({ name: '何晴', field: '箱形梁焊接变形控制' })
    await own.claim(claimed.id)
    await own.settle()
    const told = async (reader: Client) =>
      Object.fromEntries(
        (await matches(reader, `/api/demands/${id}/matches?kind=expert`)).items.map((each) => [each.subject.id, each.willingness]),
      )
    expect(await told(asking)).toEqual({ [unclaimed.id]: 'inferred', [claimed.id]: 'not-contacted' })
    const body = { demandId: id, supplyId: claimed.id, outside: null }
    const opened = (await carrying.post('/api/engagements', body)).as(Engagement)
    const move = { version: opened.version, on: null, code: null, note: null }
    const contacted = (await carrying.post(`/api/engagements/${opened.id}/moves`, { ...move, to: 'contacted' })).as(Engagement)
    expect((await told(carrying))[claimed.id]).toBe('asked')
    await carrying.post(`/api/engagements/${opened.id}/moves`, { ...move, version: contacted.version, to: 'talking' })
    expect((await told(asking))[claimed.id]).toBe('willing')
    const others = [claimed, await own.enterprise({ name: '北塬机械有限公司' }), await own.broker({ name: '周经理' })]
    for (const other of others) expect(new Set(Object.values(await told(other)))).toEqual(new Set([null]))
    const { items } = await matches(asking, `/api/demands/${id}/matches?kind=expert`)
    expect(items.find(({ subject }) => subject.id === claimed.id)!.confirmedOn).toMatch(/^2026-11-2/)
    expect(items.find(({ subject }) => subject.id === unclaimed.id)!.confirmedOn).toBeNull()
    expect((await asking.get(`/demands/${id}`, { accept: 'text/html', 'accept-language': 'zh-CN' })).text).toContain('已确认愿意接洽')
  })
})
