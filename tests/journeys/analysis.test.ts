import { beforeAll, describe, expect, it } from 'vitest'
import { DemandAnalysis } from '../../src/matching/analysis.ts'
import { Matches } from '../../src/matching/match.ts'
import { codeIn } from '../../src/platform/codes/codes.ts'
import { casting, fixture, vacuumCasting, welding, zhudong } from './fixtures.ts'
import { type Client, type Market, openMarket, refused } from './market.ts'

let market: Market
let enterprise: Client
let broker: Client
beforeAll(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司', region: zhudong })
  broker = await market.broker({ name: '鲁经理' })
  const institution = await market.institution({ name: '砺州理工大学', region: zhudong })
  const classification = [codeIn('gbt4754', '34')]
  for (let at = 0; at < 4; at++) await market.offer(institution, { ...fixture, title: `箱形梁焊接反变形工装${at}`, classification })
  await market.offer(institution, vacuumCasting)
  const expert = await market.expert({ name: '沈岳', field: '箱形梁焊接变形' })
  await market.claim(expert.id)
  await market.settle()
})

const path = '/api/demand-drafts/analysis'
const analysis = async (reader: Client, body: object) => (await reader.post(path, body)).as(DemandAnalysis)

describe('a demand that is being written', () => {
  it('is told what it seems to be about, what it could meet with and who could be asked, and is not kept', async () => {
    const told = await analysis(enterprise, { title: welding.title, problem: welding.problem })
    expect(told.detected.industry).toMatchObject({ code: { scheme: 'gbt4754', code: '34' } })
    expect(told.offerings[0]!.subject.title).toContain('箱形梁焊接反变形工装')
    expect(told.offerings.length).toBeLessThanOrEqual(5)
    expect(told.experts).toEqual({ near: 1, reachable: 1 })
    expect(told.duplicates).toEqual([])
    expect((await enterprise.get(`/api/demands?enterpriseId=${enterprise.id}`)).text).not.toContain(welding.title)
  })

  it('has the figures of its text that could be indicators, but for those that are already', async () => {
    const problem = '目前焊后旁弯8 mm。要求焊后旁弯不超过3 mm，希望单件工时控制在40分钟以内。'
    const { indicators } = await analysis(enterprise, { title: '箱形梁焊接变形', problem })
    expect(indicators).toEqual([
      {
        text: '要求焊后旁弯不超过3 mm',
        need: 'must',
        sentence: '要求焊后旁弯不超过3 mm，希望单件工时控制在40分钟以内。',
        parsed: { name: '焊后旁弯', operator: 'le', target: 3, targetMax: null, unit: 'mm', condition: null },
      },
      expect.objectContaining({ text: '希望单件工时控制在40分钟以内', need: 'want' }),
    ])
    const rest = await analysis(enterprise, { title: '箱形梁焊接变形', problem, indicators: [{ text: '焊后旁弯≤3 mm', need: 'must' }] })
    expect(rest.indicators.map(({ text }) => text)).toEqual(['希望单件工时控制在40分钟以内'])
  })

  it('counts truly how many results a stated term would be compared with', async () => {
    const written = { title: welding.title, problem: welding.problem }
    const { completeness } = await analysis(enterprise, written)
    expect(completeness).toMatchObject({ stated: 0, of: 5, considered: 5 })
    const counts = completeness.wanted.map(({ candidates }) => candidates)
    expect(counts).toEqual(counts.toSorted((a, b) => b - a))
    const stated = { modes: ['licence'], budget: { budgetMaxFen: 30_000_000 }, deadlineOn: '2027-06-30', region: zhudong, readinessFrom: 6 }
    for (const { field, candidates } of completeness.wanted) {
      const value = stated[field]
      const { id } = await market.draft(enterprise, {
        ...written,
        ...(field === 'budget' ? (value as object) : { [field]: value }),
      } as typeof welding)
      const { items } = (await enterprise.get(`/api/demands/${id}/matches?limit=50`)).as(Matches)
      const key = { modes: 'modes', budget: 'budget', deadlineOn: 'deadline', region: 'region', readinessFrom: 'readiness' }[field]
      const known = items.filter(({ reasons }) => reasons.some((each) => each.key === key && each.facts.unknown !== true))
      expect([field, known.length]).toEqual([field, candidates])
    }
  })

  it('is pointed to an open demand of the same enterprise that seems to be the same', async () => {
    const own = await market.enterprise({ name: '北塬机械有限公司' })
    const { id } = await market.draft(own, welding)
    expect((await analysis(own, { title: `${welding.title}，求解`, problem: welding.problem })).duplicates).toEqual([
      { id, title: welding.title },
    ])
    expect((await analysis(enterprise, { title: casting.title, problem: casting.problem })).duplicates).toEqual([])
  })

  it('may be empty, English, full width, or very long', async () => {
    const blank = await analysis(enterprise, {})
    expect([blank.offerings, blank.indicators, blank.experts.near]).toEqual([[], [], 0])
    expect(blank.detected).toEqual({ industry: null, discipline: null, problemKind: null })
    const english = await analysis(enterprise, { problem: 'Weld distortion must be below 3 mm.' })
    expect(english.indicators).toMatchObject([{ parsed: { operator: 'lt', target: 3, unit: 'mm' } }])
    const wide = await analysis(enterprise, { problem: '焊后旁弯不超过３ｍｍ' })
    expect(wide.indicators).toMatchObject([{ parsed: { target: 3, unit: 'mm' } }])
    await analysis(enterprise, { title: '焊', problem: '焊接变形。'.repeat(1600) })
    refused(await enterprise.post(path, { problem: '焊'.repeat(8001) }), 'invalid-input')
    refused(await enterprise.post(path, { colour: 'red' }), 'invalid-input')
  })

  it('is for those who may draft it', async () => {
    refused(await market.visitor.post(path, { title: welding.title }), 'not-signed-in')
    const expert = await market.expert({ name: '何晴' })
    refused(await expert.post(path, { title: welding.title }), 'not-permitted')
    const other = await market.enterprise({ name: '另一家压铸有限公司' })
    refused(await enterprise.post(path, { title: welding.title, enterpriseId: other.id }), 'not-permitted')
    expect((await broker.post(path, { title: welding.title, enterpriseId: enterprise.id })).status).toBe(200)
  })
})
