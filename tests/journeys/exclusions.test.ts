import { beforeEach, describe, expect, it } from 'vitest'
import type { DemandInput } from '../../src/demands/actions.ts'
import { Engagement } from '../../src/engagements/engagement.ts'
import { Exclusions, LeftOutSubject } from '../../src/matching/exclusions/told.ts'
import { Refusal } from '../../src/matching/refusal.ts'
import { fixture, haidian, welding, zhudong } from './fixtures.ts'
import { type Client, type Market, openMarket, refused } from './market.ts'

let market: Market
let enterprise: Client
let institution: Client
let broker: Client
beforeEach(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司', region: zhudong })
  institution = await market.institution({ name: '砺州理工大学' })
  broker = await market.broker({ name: '鲁经理' })
})

const post = async (changes: Partial<DemandInput> = {}) => {
  const { id } = await market.publish(enterprise, { ...welding, ...changes })
  await market.operator.post(`/api/demands/${id}/assignment`, { brokerId: broker.id })
  return id
}
const expertWith = async (facts: object, name = '沈岳') => {
  const expert = await market.expert({ name, field: '箱形梁焊接变形', ...facts })
  await market.claim(expert.id)
  return expert
}
const told = async (reader: Client, demandId: string, supplyId: string) =>
  (await reader.get(`/api/demands/${demandId}/exclusions/${supplyId}`)).as(LeftOutSubject)
const conditions = ({ exclusions }: LeftOutSubject) => exclusions.map(({ condition }) => condition)

describe('why something is not proposed', () => {
  it.each([
    ['withholds his employer’s consent', { hostConsent: false }, 'host-consent-withheld', { field: 'hostConsent', to: true }],
    ['has no day', { capacity: { daysPerYear: 0, maxParallel: null, freeFrom: null } }, 'no-capacity', { field: 'daysPerYear', to: 1 }],
  ])('is told whole to those who carry it, in one word to the enterprise: an expert who %s', async (_, facts, condition, change) => {
    const id = await post()
    const expert = await expertWith(facts)
    await market.settle()
    for (const reader of [broker, market.operator]) {
      const { items } = (await reader.get(`/api/demands/${id}/exclusions?kind=expert`)).as(Exclusions)
      expect(items.map(({ subject }) => subject.id)).toEqual([expert.id])
      expect(items[0]!.exclusions).toMatchObject([{ condition, change: { side: 'supply', ...change } }])
    }
    const { items } = (await enterprise.get(`/api/demands/${id}/exclusions?kind=expert`)).as(Exclusions)
    expect(items.map(({ exclusions }) => exclusions)).toEqual([[{ condition: 'unavailable', facts: {}, change: null }]])
    // He himself is told what it is.
    expect(await told(expert, id, expert.id)).toMatchObject({ standing: 'excluded', exclusions: [{ condition }] })
  })

  it('is not told at all of somebody whom the reader may not know of', async () => {
    const id = await post()
    const withheld = await expertWith({ consent: false })
    const hidden = await expertWith({ visibility: 'nda' }, '何晴')
    await market.settle()
    const { items } = (await enterprise.get(`/api/demands/${id}/exclusions?kind=expert`)).as(Exclusions)
    expect(items).toEqual([])
    for (const expert of [withheld, hidden]) refused(await enterprise.get(`/api/demands/${id}/exclusions/${expert.id}`), 'not-found')
    expect(conditions(await told(broker, id, withheld.id))).toEqual(['consent-withheld'])
    expect(conditions(await told(market.operator, id, hidden.id))).toEqual(['hidden'])
  })

  it('names the terms that do not meet to both sides, and what would lift them', async () => {
    const id = await post({ modes: ['licence'] })
    const far = await market.offer(institution, { ...fixture, territory: [haidian], modes: ['advisory'] })
    await market.settle()
    const item = await told(enterprise, id, far.id)
    expect(item.exclusions).toEqual([
      {
        condition: 'mode-impossible',
        facts: { wanted: ['licence'], offered: ['advisory'] },
        change: { side: 'demand', field: 'modes', to: ['advisory'] },
      },
      {
        condition: 'region-impossible',
        facts: { region: zhudong.code },
        change: { side: 'supply', field: 'territory', to: [zhudong.code] },
      },
    ])
    expect(conditions(await told(institution, id, far.id))).toEqual(['mode-impossible', 'region-impossible'])
  })

  it('keeps an expert’s modes from who sees only his field', async () => {
    const id = await post({ modes: ['licence'] })
    const unclaimed = await market.expert({ name: '沈岳', field: '箱形梁焊接变形', modes: ['training'] })
    await market.settle()
    const { exclusions } = await told(enterprise, id, unclaimed.id)
    expect(exclusions).toEqual([{ condition: 'mode-impossible', facts: { wanted: ['licence'] }, change: null }])
  })

  it('tells of a refusal to the other side with its reason only where that was released', async () => {
    const id = await post()
    const expert = await expertWith({})
    const other = await expertWith({}, '何晴')
    await market.settle()
    const decline = { demandId: id, code: 'time', note: '年底前排满了' }
    ;(await expert.post('/api/refusals', { ...decline, supplyId: expert.id, isReleased: true })).as(Refusal)
    ;(await other.post('/api/refusals', { ...decline, supplyId: other.id, isReleased: false })).as(Refusal)
    expect((await told(enterprise, id, expert.id)).exclusions).toMatchObject([{ condition: 'refused-by-supply', facts: { code: 'time' } }])
    expect(conditions(await told(enterprise, id, other.id))).toEqual(['unavailable'])
    expect(conditions(await told(broker, id, other.id))).toEqual(['refused-by-supply'])
    expect(conditions(await told(other, id, other.id))).toEqual(['refused-by-supply'])
    // The note is nobody's.
    expect((await broker.get(`/api/demands/${id}/exclusions/${other.id}`)).text).not.toContain('年底前')
  })

  it('holds off an expert who is in talks about as many as he takes on, but for the demand of the talks', async () => {
    const id = await post()
    const another = await post({ title: '工字梁焊接变形控制' })
    const expert = await expertWith({ capacity: { daysPerYear: 20, maxParallel: 1, freeFrom: null } })
    await market.settle()
    expect((await told(broker, id, expert.id)).standing).toBe('listed')
    const opened = (await broker.post('/api/engagements', { demandId: another, supplyId: expert.id, outside: null })).as(Engagement)
    const move = { to: 'talking', version: opened.version, on: null, code: null, note: null }
    ;(await broker.post(`/api/engagements/${opened.id}/moves`, move)).as(Engagement)
    expect((await told(broker, id, expert.id)).exclusions).toMatchObject([
      { condition: 'fully-booked', facts: { running: 1, atMost: 1 }, change: { field: 'maxParallel', to: 2 } },
    ])
    expect((await told(broker, another, expert.id)).standing).toBe('listed')
  })

  it('says where something stands that is not excluded', async () => {
    const id = await post()
    const result = await market.offer(institution, fixture)
    const expert = await expertWith({ field: '蚕桑病害防治' })
    await market.settle()
    expect(await told(enterprise, id, result.id)).toMatchObject({ standing: 'listed', place: 1, exclusions: [] })
    expect(await told(institution, id, result.id)).toMatchObject({ standing: 'listed', place: 1 })
    expect((await told(enterprise, id, expert.id)).standing).not.toBe('excluded')
  })

  it('is refused to everybody else', async () => {
    const id = await post()
    const result = await market.offer(institution, fixture)
    const expert = await expertWith({ hostConsent: false })
    await market.settle()
    const strangers = [await market.enterprise({ name: '北塬机械有限公司' }), await market.broker({ name: '周经理' })]
    for (const reader of strangers) {
      refused(await reader.get(`/api/demands/${id}/exclusions`), 'not-permitted')
      for (const each of [result.id, expert.id]) refused(await reader.get(`/api/demands/${id}/exclusions/${each}`), 'not-permitted')
    }
    refused(await expert.get(`/api/demands/${id}/exclusions/${result.id}`), 'not-permitted')
    refused(await expert.get(`/api/demands/${id}/exclusions`), 'not-permitted')
    refused(await enterprise.get(`/api/demands/${id}/exclusions/${enterprise.id}`), 'not-found')
    refused(await enterprise.get(`/api/demands/${id}/exclusions?cursor=x`), 'bad-cursor')
  })

  it('stands on a page, in both languages', async () => {
    const id = await post({ modes: ['licence'] })
    await market.offer(institution, { ...fixture, modes: ['advisory'] })
    await expertWith({ hostConsent: false })
    await market.settle()
    const page = async (reader: Client, path: string, language: string) =>
      (await reader.get(path, { accept: 'text/html', 'accept-language': language })).text
    expect(await page(enterprise, `/demands/${id}/exclusions`, 'zh-CN')).toContain('合作方式对不上')
    expect(await page(enterprise, `/demands/${id}/exclusions`, 'en')).toContain('No common mode')
    expect(await page(enterprise, `/demands/${id}/exclusions?kind=expert`, 'zh-CN')).toContain('暂不可约')
    expect(await page(broker, `/demands/${id}/exclusions?kind=expert`, 'zh-CN')).toContain('所在单位不同意兼职')
    expect(await page(enterprise, `/demands/${id}`, 'zh-CN')).toContain(`/demands/${id}/exclusions?kind=expert`)
  })
})
