import { beforeEach, describe, expect, it } from 'vitest'
import type { DemandInput } from '../../src/demands/actions.ts'
import type { ExpertView } from '../../src/directory/expert.ts'
import { LeftOutSubject } from '../../src/matching/exclusions/told.ts'
import { Matches } from '../../src/matching/match.ts'
import { fixture, welding, zhudong } from './fixtures.ts'
import { type Client, checks, type Market, openMarket } from './market.ts'

let market: Market
let enterprise: Client
let institution: Client
let broker: Client
beforeEach(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司', region: zhudong })
  institution = await market.institution({ name: '砺州理工大学' })
  broker = await market.broker({ name: '鲁经理', organisation: '砺州理工大学' })
})

const post = async (changes: Partial<DemandInput> = {}) => {
  const { id } = await market.publish(enterprise, { ...welding, ...changes })
  await market.operator.post(`/api/demands/${id}/assignment`, { brokerId: broker.id })
  return id
}
const expertWith = async (facts: object = {}, name = '沈岳') => {
  const expert = await market.expert({ name, field: '箱形梁焊接变形', ...facts })
  await market.claim(expert.id)
  return expert
}
const rule = async (kinds: object) => {
  const { version } = JSON.parse((await market.operator.get('/api/market/settings')).text) as { version: number }
  expect((await market.operator.patch('/api/market/settings', version, { conflicts: { kinds } })).status).toBe(200)
}
/** The conflicts beside an expert or a result in a demand's list; undefined where it does not stand there. */
const beside = async (reader: Client, demandId: string, supplyId: string, kind = 'expert') => {
  const { items } = (await reader.get(`/api/demands/${demandId}/matches?kind=${kind}`)).as(Matches)
  return items.find(({ subject }) => subject.id === supplyId)?.conflicts
}
const told = async (reader: Client, demandId: string, supplyId: string) =>
  (await reader.get(`/api/demands/${demandId}/exclusions/${supplyId}`)).as(LeftOutSubject).exclusions

describe('a tie that an expert has declared', () => {
  it('is said beside him to both sides and the broker, in whatever form the name was written, and to nobody else', async () => {
    const id = await post()
    const expert = await expertWith({ conflicts: [{ kind: 'equity', name: '众砺 重工有限责任公司' }] })
    await market.settle()
    const declared = [{ kind: 'equity', isDeclared: true, on: null }]
    for (const reader of [enterprise, broker, market.operator]) expect(await beside(reader, id, expert.id)).toEqual(declared)
    expect(await beside(await market.broker({ name: '罗经理' }), id, expert.id)).toEqual([])
    const { items } = (await expert.get(`/api/experts/${expert.id}/matches`)).as(Matches)
    expect(items.map(({ conflicts }) => conflicts)).toEqual([declared])
    const page = (await enterprise.get(`/demands/${id}/matches?kind=expert`)).text
    expect(page).toContain('持有需求方的股份（本人申报）')
  })

  it('keeps him out where the market says so: told to those who carry the demand and to him, one word to the enterprise', async () => {
    const id = await post()
    const expert = await expertWith({ conflicts: [{ kind: 'equity', name: '众砺重工有限公司' }] })
    await market.settle()
    await rule({ equity: 'block' })
    expect(await beside(enterprise, id, expert.id)).toBeUndefined()
    const whole = [{ condition: 'conflict-of-interest', facts: { kind: 'equity', isDeclared: true, on: null }, change: null }]
    for (const reader of [broker, market.operator, expert]) expect(await told(reader, id, expert.id)).toEqual(whole)
    expect(await told(enterprise, id, expert.id)).toEqual([{ condition: 'unavailable', facts: {}, change: null }])
    expect((await broker.get(`/demands/${id}/exclusions/${expert.id}`)).text).toContain('按本市场规则不推荐')
  })

  it('tells him nothing of a demand whose enterprise he may not know', async () => {
    const { id } = await market.draft(enterprise, { ...welding, isAnonymous: true })
    await enterprise.post(`/api/demands/${id}/publication-request`)
    await market.operator.post(`/api/demands/${id}/publication`, { checks })
    const expert = await expertWith({ conflicts: [{ kind: 'equity', name: '众砺重工有限公司' }] })
    await market.settle()
    await rule({ equity: 'block' })
    expect(await told(expert, id, expert.id)).toEqual([])
    expect(await beside(enterprise, id, expert.id)).toBeUndefined()
  })

  it('is read by himself, his institution, brokers and the operator alone', async () => {
    const facts = { conflicts: [{ kind: 'other', name: '众砺重工有限公司' }], mutedTopics: ['铸造'] }
    const expert = await expertWith({ ...facts, affiliations: [{ institutionId: institution.id, department: null, post: null }] })
    const read = async (reader: Client) => JSON.parse((await reader.get(`/api/experts/${expert.id}`)).text) as ExpertView
    for (const reader of [expert, institution, broker, market.operator]) expect(await read(reader)).toMatchObject(facts)
    for (const reader of [enterprise, market.visitor]) expect(await read(reader)).toMatchObject({ conflicts: [], mutedTopics: [] })
  })
})

describe('a tie that the market itself can see', () => {
  it('is that somebody acts for both sides: they are not brought together', async () => {
    const id = await post()
    const expert = await expertWith()
    await market.settle()
    expect(await beside(broker, id, expert.id)).toEqual([])
    await market.member('13900138201', 'expert', expert.id)
    await market.member('13900138201', 'enterprise', enterprise.id)
    expect(await beside(broker, id, expert.id)).toBeUndefined()
    expect(await told(broker, id, expert.id)).toMatchObject([
      { condition: 'conflict-of-interest', facts: { kind: 'same-unit', isDeclared: false } },
    ])
  })

  it.each([
    ['2025-06', [{ kind: 'joint-work', isDeclared: false, on: '2025-06' }]],
    ['2019', []],
    [null, [{ kind: 'joint-work', isDeclared: false, on: null }]],
  ])('is that he completed a result of the enterprise’s, dated %s, within three years', async (on, expected) => {
    const id = await post()
    const expert = await expertWith()
    const own = await market.offer(enterprise, { ...fixture, title: '众砺的反变形工装' })
    await market.evidence({ expertId: expert.id, kind: 'result', role: 'inventor', offeringId: own.id, on })
    await market.settle()
    expect(await beside(broker, id, expert.id)).toEqual(expected)
  })

  it('is that the broker works where the supply does', async () => {
    const id = await post()
    const expert = await expertWith({ affiliations: [{ institutionId: institution.id, department: null, post: null }] })
    const result = await market.offer(institution, fixture)
    await market.settle()
    const both = [{ kind: 'broker-both-sides', isDeclared: false, on: null }]
    expect(await beside(enterprise, id, expert.id)).toEqual(both)
    expect(await beside(broker, id, result.id, 'offering')).toEqual(both)
    await rule({ 'broker-both-sides': 'block' })
    expect(await beside(broker, id, result.id, 'offering')).toBeUndefined()
  })
})

it('a topic that he has muted keeps demands from him until he hears of it again', async () => {
  const id = await post()
  const expert = await expertWith({ mutedTopics: ['压铸', '焊 接'] })
  await market.settle()
  expect(await beside(enterprise, id, expert.id)).toBeUndefined()
  expect(await told(expert, id, expert.id)).toEqual([
    { condition: 'topic-muted', facts: { topic: '焊 接' }, change: { side: 'supply', field: 'mutedTopics', to: ['压铸'] } },
  ])
  expect(await told(enterprise, id, expert.id)).toEqual([{ condition: 'unavailable', facts: {}, change: null }])
  await expert.patch(`/api/experts/${expert.id}`, 2, { mutedTopics: ['压铸'] })
  await market.settle()
  expect(await beside(enterprise, id, expert.id)).toEqual([])
})
