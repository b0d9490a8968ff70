import { beforeAll, describe, expect, it } from 'vitest'
import type { Demand } from '../../src/demands/demand.ts'
import { demands } from '../../src/demands/store.ts'
import { enterprises, institutions } from '../../src/directory/store.ts'
import { Recommendations } from '../../src/matching/actions/recommend.ts'
import { MatchList, ReproducedList } from '../../src/matching/lists/match-list.ts'
import { Matches } from '../../src/matching/match.ts'
import type { Offering } from '../../src/offerings/offering.ts'
import { offerings } from '../../src/offerings/store.ts'
import { retain } from '../../src/persons/actions/retention.ts'
import { idFromOrigin } from '../../src/platform/ids.ts'
import { z } from '../../src/platform/schema.ts'
import { calibrate } from '../../src/quality/actions/calibrate.ts'
import { Judgment, NextPair } from '../../src/quality/judgment.ts'
import { MarketQuality } from '../../src/quality/report.ts'
import { judgments } from '../../src/quality/store.ts'
import { aDemand, anEnterprise, anInstitution, anOffering, keep } from '../nouns.ts'
import { casting, fixture, pitMud, vacuumCasting, welding, zhudong } from './fixtures.ts'
import { type Client, type Market, openMarket, refused } from './market.ts'

let market: Market
let enterprise: Client
let institution: Client
let broker: Client
let demand: Demand
let right: Offering
let wrong: Offering
beforeAll(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司', region: zhudong })
  institution = await market.institution({ name: '砺州理工大学' })
  broker = await market.broker({ name: '鲁经理' })
  demand = await market.publish(enterprise, welding)
  await market.publish(enterprise, pitMud)
  right = await market.offer(institution, fixture)
  wrong = await market.offer(institution, vacuumCasting)
  await market.settle()
})

const matches = async (reader: Client, id = demand.id, query = '') => (await reader.get(`/api/demands/${id}/matches${query}`)).as(Matches)
const listOf = async (id: string | null) => (await market.operator.get(`/api/match-lists/${id}`)).as(ReproducedList)

describe('a list that was shown', () => {
  it('is kept with what it was computed from, and comes out the same from the same data', async () => {
    const shown = await matches(enterprise)
    const { list, again } = await listOf(shown.listId)
    expect(list.items.map(({ id }) => id)).toEqual(shown.items.map(({ subject }) => subject.id))
    expect(list).toMatchObject({ askedId: demand.id, kind: 'offering', readerRole: 'enterprise', place: 1, times: 1, engine: shown.engine })
    expect(list.weights.topic).toEqual({ text: 0.4, meaning: 0.6 })
    expect(again).toEqual({ isSameBasis: true, isSameOrder: true, items: list.items })
  })

  it('is one row however often it is shown, and another by role or page', async () => {
    const first = await matches(enterprise)
    expect((await matches(enterprise)).listId).toBe(first.listId)
    expect((await listOf(first.listId)).list.times).toBeGreaterThan(1)
    expect((await matches(broker)).listId).not.toBe(first.listId)
    const second = await matches(enterprise, demand.id, '?limit=1&cursor=m1')
    expect((await listOf(second.listId)).list).toMatchObject({ place: 2, items: [{ id: first.items[1]!.subject.id }] })
    expect((await matches(enterprise, demand.id, '?cursor=m90')).listId).toBeNull()
  })

  it('stays what it was when the market has moved on, and says that it has', async () => {
    const own = await openMarket()
    const firm = await own.enterprise({ name: '北塬机械有限公司' })
    const { id } = await own.publish(firm, welding)
    const before = await own.offer(await own.institution({ name: '砺州理工大学' }), fixture)
    await own.settle()
    const { listId } = (await firm.get(`/api/demands/${id}/matches`)).as(Matches)
    await own.operator.post(`/api/offerings/${before.id}/withdrawal`)
    const { list, again } = (await own.operator.get(`/api/match-lists/${listId}`)).as(ReproducedList)
    expect(list.items.map((item) => item.id)).toEqual([before.id])
    expect(again).toEqual({ isSameBasis: false, isSameOrder: false, items: [] })
  })

  it('is kept of recommendations, experts and the supply’s side, whose order is not worked out again', async () => {
    const { items, listId } = (await broker.get('/api/recommendations')).as(Recommendations)
    const { list, again } = await listOf(listId)
    expect(list.items.map(({ id, forId }) => [id, forId])).toEqual(items.map(({ for: about, match }) => [match.subject.id, about.id]))
    expect(again).toBeNull()
    const wanted = (await institution.get(`/api/offerings/${right.id}/matches`)).as(Matches)
    expect((await listOf(wanted.listId)).list).toMatchObject({ askedId: right.id, kind: 'demand' })
    const about = (await market.operator.get(`/api/match-lists/about/${right.id}`)).as(z.object({ items: z.array(MatchList) }))
    expect(about.items.map(({ id }) => id)).toEqual([wanted.listId])
  })

  it('goes a year after it was last shown', async () => {
    const own = await openMarket()
    const firm = await own.enterprise({ name: '北塬机械有限公司' })
    const { id } = await own.publish(firm, welding)
    await own.offer(await own.institution({ name: '砺州理工大学' }), fixture)
    await own.settle()
    const { listId } = (await firm.get(`/api/demands/${id}/matches`)).as(Matches)
    own.passDays(360)
    expect(await dueIn(own)).toBe(0)
    own.passDays(10)
    expect(await dueIn(own)).toBe(1)
    refused(await own.operator.get(`/api/match-lists/${listId}`), 'not-found')
  })
})

async function dueIn(own: Market): Promise<number> {
  const rules = await retain(own.ports, { dryRun: false })
  return rules.find(({ rule }) => rule === 'shown-lists')!.count
}

describe('judging blind', () => {
  const next = async (judge: Client) => (await judge.get('/api/judgments/next')).as(NextPair)
  const give = (judge: Client, supplyId: string, grade: number, demandId = demand.id) =>
    judge.post('/api/judgments', { demandId, supplyId, grade })

  it('shows what is asked for and what is offered, and not whose it is', async () => {
    await matches(enterprise)
    const { pair, given, waiting } = await next(market.operator)
    expect([given, waiting > 0]).toEqual([0, true])
    expect([right.id, wrong.id]).toContain(pair!.supply.id)
    expect(JSON.stringify(pair)).not.toMatch(/众砺|砺州理工|score|place/)
  })

  it('asks a second judge for what one has judged, and nobody twice', async () => {
    const first = (await next(broker)).pair!
    expect((await give(broker, first.supply.id, 2, first.demand.id)).status).toBe(201)
    const second = await next(market.operator)
    expect([second.pair!.demand.id, second.pair!.supply.id]).toEqual([first.demand.id, first.supply.id])
    expect((await next(broker)).pair).not.toEqual(first)
    await give(market.operator, first.supply.id, 1, first.demand.id)
    const third = await market.broker({ name: '罗经理' })
    const { pair } = await next(third)
    expect(pair).not.toEqual(first)
  })

  it('is changed by saying it again, and knows the range, the pair and the judge', async () => {
    const { id, grade } = (await give(broker, right.id, 2)).as(Judgment)
    const changed = (await give(broker, right.id, 3)).as(Judgment)
    expect([grade, changed.id, changed.grade, changed.version]).toEqual([2, id, 3, expect.any(Number)])
    refused(await give(broker, right.id, 4), 'invalid-input')
    refused(await give(broker, `off_${'a'.repeat(20)}`, 1), 'invalid-input')
    refused(await give(enterprise, right.id, 3), 'not-permitted')
    refused(await enterprise.get('/api/judgments'), 'not-permitted')
    const hidden = await market.publish(enterprise, { ...casting, visibility: 'nda' })
    refused(await give(broker, right.id, 1, hidden.id), 'not-permitted')
  })

  it('works on pages: judge, see what was noted, change it', async () => {
    const own = await market.broker({ name: '贺经理' })
    const page = (await own.get('/judgments')).text
    const of = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page)![1]!
    const ids = { demandId: of('demandId'), supplyId: of('supplyId') }
    expect(page).toContain('2 值得一谈')
    const body = new URLSearchParams({ ...ids, grade: '1' }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }
    const sent = await own.ask('POST', '/judgments', { raw: { body }, headers })
    expect(sent.status).toBe(303)
    const after = (await own.get(sent.header('location')!)).text
    expect(after).toContain('上一对已记为“1 同一领域”')
    expect((await own.get(`/judgments/${ids.demandId}/${ids.supplyId}`)).text).toContain('您原来的判断是“1 同一领域”')
    refused(await enterprise.get('/judgments'), 'not-permitted')
  })
})

describe('the market’s own quality', () => {
  it('comes from judges and from what both sides did, beside simpler ways', async () => {
    const own = await openMarket()
    const firm = await own.enterprise({ name: '众砺重工有限公司', region: zhudong })
    const lab = await own.institution({ name: '砺州理工大学' })
    const judge = await own.broker({ name: '鲁经理' })
    const asked = await own.publish(firm, welding)
    const open = await own.publish(firm, pitMud)
    const good = await own.offer(lab, fixture)
    const poor = await own.offer(lab, vacuumCasting)
    const third = await own.offer(lab, { title: '稻壳灰制备白炭黑', kind: 'result', abstract: '由稻壳灰提取二氧化硅。' })
    await own.settle()
    const empty = (await own.operator.get('/api/market/quality')).as(MarketQuality)
    expect(empty).toMatchObject({
      pairs: { blind: 0, dealings: 0 },
      efficiency: { demands: 2 },
      offerings: { n: { answerable: 0 }, ece: null },
    })
    expect(empty.offerings.figures.ours!.mrr10).toBeNull()
    const give = (demandId: string, supplyId: string, grade: number) => judge.post('/api/judgments', { demandId, supplyId, grade })
    await give(asked.id, good.id, 3)
    await give(asked.id, poor.id, 0)
    for (const { id } of [good, poor, third]) await give(open.id, id, 0)
    // What the enterprise says of the direction counts where no judge has spoken.
    await firm.post('/api/refusals', { demandId: asked.id, supplyId: third.id, code: 'field', note: null, isReleased: false })
    await firm.post('/api/refusals', { demandId: asked.id, supplyId: poor.id, code: 'price', note: null, isReleased: false })
    const { pairs, offerings, experts } = (await own.operator.get('/api/market/quality')).as(MarketQuality)
    expect(pairs).toEqual({ blind: 5, dealings: 1 })
    expect(offerings.n).toEqual({ answerable: 1, judged: 1, unanswerable: 1 })
    expect(offerings.figures.ours!.mrr10).toEqual({ value: 1, low: 1, high: 1 })
    expect(offerings.figures.newest!.mrr10!.value).toBeCloseTo(1 / 3)
    expect(offerings.differences.newest!.mrr10!.value).toBeCloseTo(2 / 3)
    expect(offerings.figures.ours!.noMatchAuc!.value).toBe(1)
    expect(offerings.worst).toEqual([{ demandId: asked.id, gradedNdcg10: 1 }])
    expect(experts.n.answerable).toBe(0)
    refused(await judge.get('/api/market/quality'), 'not-permitted')
  })
})

describe('the words of confidence', () => {
  it('come from the market’s own pairs once there are two hundred of them, with enough of both kinds', async () => {
    const own = await openMarket()
    const { ports } = own
    const firm = await keep(ports, enterprises, anEnterprise(ports))
    const lab = await keep(ports, institutions, anInstitution(ports))
    const subjects = ['焊接变形', '铸件缩松', '白炭黑', '热障涂层', '液压密封', '盾构泥浆', '锂电隔膜', '酒糟饲料', '风机叶片', '冷链保鲜']
    const published = { state: 'published', publishedAt: ports.now(), visibility: 'public' } as const
    const asked: Demand[] = []
    const offered: Offering[] = []
    for (const subject of subjects) {
      asked.push(
        await keep(ports, demands, aDemand(ports, firm.id, { ...published, title: `解决${subject}问题`, problem: `${subject}反复出现。` })),
      )
      for (const nth of [1, 2])
        offered.push(
          await keep(
            ports,
            offerings,
            anOffering(ports, lab.id, { ...published, title: `${subject}的第${nth}种办法`, abstract: `治${subject}。` }),
          ),
        )
    }
    await own.settle()
    const judge = async (count: number) => {
      for (const demand of asked)
        for (const offering of offered.slice(0, count)) {
          const isRight = offering.title.startsWith(demand.title.slice(2, -2))
          const id = await idFromOrigin('judgment', `${demand.id} ${offering.id}`)
          if ((await judgments.find(ports.database, id)) !== undefined) continue
          const grade = isRight ? 3 : 0
          const stored = { id, originId: null, version: 1, createdAt: ports.now(), updatedAt: ports.now(), visibility: 'nda' } as const
          await keep(ports, judgments, { ...stored, demandId: demand.id, supplyId: offering.id, grade, by: 'tok_judge' })
        }
    }
    const shown = async () => (await own.operator.get(`/api/demands/${asked[0]!.id}/matches`)).as(Matches)
    await judge(19)
    expect(await calibrate(ports)).toBeNull()
    expect((await shown()).fitFrom).toBe('demonstration')
    await judge(20)
    const curve = (await calibrate(ports))!
    expect(curve).toMatchObject({ pairs: 200, mode: 'hybrid' })
    expect(curve.slope).toBeGreaterThan(0)
    const { fitFrom, items } = await shown()
    expect(fitFrom).toBe('own')
    expect(items.slice(0, 2).map(({ fit }) => fit)).toEqual(['worthwhile', 'worthwhile'])
    expect(items.at(-1)!.fit).toBe('none')
    expect((await own.operator.get('/api/market/quality')).as(MarketQuality).thresholdsFrom).toBe('own')
    // The same pairs give the same curve, and nothing is written.
    own.passDays(1)
    expect(await calibrate(ports)).toEqual(curve)
  }, 60_000)
})
