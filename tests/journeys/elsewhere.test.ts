import { beforeAll, describe, expect, it } from 'vitest'
import type { Demand } from '../../src/demands/demand.ts'
import { LeftOutSubject } from '../../src/matching/exclusions/told.ts'
import { ReproducedList } from '../../src/matching/lists/match-list.ts'
import { Matches } from '../../src/matching/match.ts'
import type { Offering } from '../../src/offerings/offering.ts'
import { codeIn } from '../../src/platform/codes/codes.ts'
import { type Client, type Market, openMarket } from './market.ts'

const needs = '箱形梁焊后变形大，尺寸偏差超差，一致性和质量稳定性达不到要求，精度不够。'
let market: Market
let enterprise: Client
let demand: Demand
let distant: Offering
let otherKind: Offering
beforeAll(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司' })
  const lab = await market.institution({ name: '砺州理工大学' })
  demand = await market.publish(enterprise, { title: '箱形梁焊后变形控制', problem: needs, classification: [codeIn('gbt4754', '34')] })
  const near = { kind: 'result' as const, classification: [codeIn('gbt4754', '34')] }
  for (let nth = 1; nth <= 12; nth++)
    await market.offer(lab, { ...near, title: `箱形梁焊后变形控制第${nth}法`, abstract: `${needs}第${nth}种办法解决。` })
  const far = { kind: 'result' as const, classification: [codeIn('gbt4754', '14')] }
  distant = await market.offer(lab, {
    ...far,
    title: '糕点烘烤变形与尺寸偏差',
    abstract: '糕点尺寸偏差、变形、一致性和质量稳定性达不到要求，精度提高。',
  })
  otherKind = await market.offer(lab, {
    ...far,
    title: '糕点废水废气处理',
    abstract: '废水、废气、固废、异味、噪声和排放的处理与回收利用，箱形梁焊后。',
  })
  // Of the same kind, and of no field that is known.
  await market.offer(lab, {
    ...far,
    classification: [],
    title: '面团变形与尺寸偏差',
    abstract: '面团尺寸偏差、变形、一致性和质量稳定性达不到要求。',
  })
  await market.settle()
})

const first = async (reader: Client, query = '') => (await reader.get(`/api/demands/${demand.id}/matches${query}`)).as(Matches)

describe('换个思路', () => {
  it('is a result from another field that is good at the same kind of problem, and stands in no page of the list', async () => {
    const { elsewhere, next, listId } = await first(enterprise, '?limit=10')
    expect(elsewhere.map(({ match, kind }) => [match.subject.id, kind])).toEqual([[distant.id, 'precision']])
    expect(elsewhere[0]!.fields).toEqual([codeIn('gbt4754', '14')])
    expect(elsewhere[0]!.match.evidence[0]!.sentence).toContain('变形')
    const rest = await first(enterprise, `?limit=50&cursor=${next}`)
    expect(rest.elsewhere).toEqual([])
    const listed = rest.items.map(({ subject }) => subject.id)
    expect(listed).toContain(otherKind.id)
    expect(listed).not.toContain(distant.id)
    for (const id of [listId, rest.listId])
      expect((await market.operator.get(`/api/match-lists/${id}`)).as(ReproducedList).again).toMatchObject({
        isSameBasis: true,
        isSameOrder: true,
      })
  })

  it('is where whoever asks for it is told that it is', async () => {
    const asked = async (id: string) => (await market.operator.get(`/api/demands/${demand.id}/exclusions/${id}`)).as(LeftOutSubject)
    expect(await asked(distant.id)).toMatchObject({ standing: 'elsewhere', place: null, exclusions: [] })
    expect(await asked(otherKind.id)).toMatchObject({ standing: 'listed' })
  })

  it('is a box of its own on the page, in both languages', async () => {
    const page = (await enterprise.get(`/demands/${demand.id}/matches`)).text
    const box = page.slice(page.indexOf('换个思路'))
    expect(box).toContain('糕点烘烤变形与尺寸偏差')
    expect(box).toContain('精度与质量')
    expect((await enterprise.get(`/demands/${demand.id}/matches`, { 'accept-language': 'en' })).text).toContain('Think differently')
  })

  it('is not there where nothing qualifies: too few near ones, or no model', async () => {
    const own = await openMarket()
    const firm = await own.enterprise({ name: '众砺重工有限公司' })
    const { id } = await own.publish(firm, { title: demand.title, problem: needs })
    await own.offer(await own.institution({ name: '砺州理工大学' }), { kind: 'result', title: distant.title, abstract: distant.abstract })
    await own.settle()
    expect((await firm.get(`/api/demands/${id}/matches`)).as(Matches).elsewhere).toEqual([])
    expect((await firm.get(`/demands/${id}/matches`)).text).not.toContain('换个思路')
  })
})
