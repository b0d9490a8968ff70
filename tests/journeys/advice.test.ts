import { beforeEach, describe, expect, it } from 'vitest'
import type { DemandInput } from '../../src/demands/actions.ts'
import { Advice } from '../../src/matching/advice/tip.ts'
import { Matches } from '../../src/matching/match.ts'
import type { OfferingInput } from '../../src/offerings/actions.ts'
import { z } from '../../src/platform/schema.ts'
import { fixture, welding, zhudong } from './fixtures.ts'
import { type Client, type Market, openMarket, refused } from './market.ts'

const Versioned = z.looseObject({ version: z.number() })

let market: Market
let enterprise: Client
let institution: Client
beforeEach(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司', region: zhudong })
  institution = await market.institution({ name: '砺州理工大学' })
})

const post = async (changes: Partial<DemandInput> = {}) => (await market.publish(enterprise, { ...welding, ...changes })).id
const offer = (changes: Partial<OfferingInput>) => market.offer(institution, { ...fixture, ...changes })
const advice = async (reader: Client, path: string) => (await reader.get(path)).as(Advice).items
const places = async (demandId: string) =>
  (await enterprise.get(`/api/demands/${demandId}/matches?limit=50`)).as(Matches).items.map(({ subject }) => subject.id)
/** One of two results that are alike in everything that is not said, and ties go to the other. */
const twoAlike = async (changes: Partial<OfferingInput> = {}) => {
  const made = [await offer(changes), await offer(changes)]
  await market.settle()
  return made
}

describe('what an owner could change', () => {
  const advantage = {
    name: '焊后旁弯',
    ours: '1.5',
    incumbent: null,
    unit: 'mm',
    condition: null,
    evidence: null,
    evidenceLevel: 'unstated' as const,
  }

  it.each([
    ['terms', { modes: ['licence' as const] }, { modes: [] }, 'modes', { modes: ['licence'] }],
    ['a price', { budgetMaxFen: 30_000_000 }, { price: null }, 'price', { price: { kind: 'fixed', amountFen: 30_000_000 } }],
    ['a start', { deadlineOn: '2027-06-30' }, { availableFrom: null }, 'availableFrom', { availableFrom: '2026-11-23' }],
    [
      'evidence of what is stated',
      { indicators: [{ text: '焊后旁弯≤3 mm', need: 'must' as const }] },
      { advantages: [advantage], isSecrecyReviewed: true },
      'evidence',
      { advantages: [{ ...advantage, evidence: '12 根梁的检测记录', evidenceLevel: 'laboratory' }] },
    ],
  ])('%s: and followed, it has the place that was named', async (_, asked, said, field, change) => {
    const id = await post(asked)
    await twoAlike(said)
    const [, second] = await places(id)
    const tips = await advice(institution, `/api/demands/${id}/advice/${second}`)
    const tip = tips.find((each) => each.field === field)!
    expect(tip).toMatchObject({ side: 'supply', place: { before: 2, after: 1 }, subject: { id: second } })
    const { version } = (await institution.get(`/api/offerings/${second}`)).as(Versioned)
    expect((await institution.patch(`/api/offerings/${second}`, version, change)).status).toBe(200)
    await market.settle()
    expect((await places(id))[0]).toBe(second)
  })

  it('is no better figure: what is short stays short, and an advantage with its evidence asks for nothing', async () => {
    const id = await post({ indicators: [{ text: '焊后旁弯≤1 mm', need: 'must' }] })
    await twoAlike({ advantages: [{ ...advantage, evidence: '检测记录', evidenceLevel: 'laboratory' }], isSecrecyReviewed: true })
    const [, second] = await places(id)
    const tips = await advice(institution, `/api/demands/${id}/advice/${second}`)
    expect(tips.map(({ field }) => field)).not.toContain('evidence')
  })

  it('is told to its own side and to those who carry the demand, to nobody else', async () => {
    const id = await post()
    const [result] = await twoAlike()
    const path = `/api/demands/${id}/advice/${result!.id}`
    expect((await market.operator.get(path)).status).toBe(200)
    for (const other of [enterprise, await market.broker({ name: '周经理' }), await market.institution({ name: '岭江大学' })])
      refused(await other.get(path), 'not-permitted')
    refused(await market.visitor.get(path), 'not-signed-in')
  })
})

describe('what an expert could change', () => {
  it('lifts what holds him off, all at once', async () => {
    const id = await post({ modes: ['licence'] })
    const expert = await market.expert({
      name: '沈岳',
      field: '箱形梁焊接变形',
      modes: ['training'],
      capacity: { daysPerYear: 0, maxParallel: 0, freeFrom: null },
    })
    await market.claim(expert.id)
    await market.settle()
    const [tip, ...others] = await advice(expert, `/api/demands/${id}/advice/${expert.id}`)
    expect(others).toEqual([])
    expect(tip).toMatchObject({ field: 'exclusions', to: ['modes', 'daysPerYear', 'maxParallel'], place: { before: null, after: 1 } })
    const page = (await expert.get(`/demands/${id}/exclusions/${expert.id}`, { accept: 'text/html' })).text
    expect(page).toContain('会排到第 1 位')
  })
})

describe('what the demand could change', () => {
  it('names whom another way of working brings, and it does', async () => {
    const id = await post({ modes: ['licence'] })
    const advisory = await offer({ modes: ['advisory'] })
    await market.settle()
    const [tip] = await advice(enterprise, `/api/demands/${id}/advice`)
    expect(tip).toMatchObject({
      side: 'demand',
      field: 'modes',
      to: ['advisory'],
      subject: { id: advisory.id },
      place: { before: null, after: 1 },
    })
    const { version } = (await enterprise.get(`/api/demands/${id}`)).as(Versioned)
    expect((await enterprise.patch(`/api/demands/${id}`, version, { modes: ['licence', 'advisory'] })).status).toBe(200)
    await market.settle()
    expect((await places(id))[0]).toBe(advisory.id)
    const page = (await enterprise.get(`/demands/${id}/advice`, { accept: 'text/html' })).text
    expect(page).toContain('没有可以建议的')
  })

  it('is for its own side', async () => {
    const id = await post()
    for (const other of [institution, await market.enterprise({ name: '北塬机械有限公司' })])
      refused(await other.get(`/api/demands/${id}/advice`), 'not-permitted')
    refused(await market.visitor.get(`/api/demands/${id}/advice`), 'not-signed-in')
  })
})
