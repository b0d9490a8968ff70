import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Attachment } from '../../src/attachments/attachment.ts'
import { DemandView } from '../../src/demands/demand.ts'
import { Enterprise } from '../../src/directory/enterprise.ts'
import { Matches } from '../../src/matching/match.ts'
import { codeIn } from '../../src/platform/codes/codes.ts'
import { fixture, welding } from './fixtures.ts'
import { type Client, checks, type Market, openMarket, refused } from './market.ts'

/** What would tell an outsider whose demand it is, beside its words: see `npm run acceptance -- accounts.2`. */

const Page = z.object({ items: z.array(DemandView), next: z.string().nullable() })
const county = codeIn('region', '990121')
const hidden = { ...welding, region: county, isAnonymous: true }

let market: Market
let owner: Client
let outsider: Client
beforeAll(async () => {
  market = await openMarket()
  owner = await market.enterprise({ name: '众砺重工有限公司', region: county })
  outsider = await market.enterprise({ name: '北塬机械有限公司' })
})
const seen = async (id: string, reader = outsider) => (await reader.get(`/api/demands/${id}`)).as(DemandView)

describe('of a demand whose enterprise is hidden', () => {
  it('outsiders are told neither the broker, nor by which way it came, nor the days on which somebody was at work on it', async () => {
    const own = await openMarket()
    const writer = await own.enterprise({ name: '众砺重工有限公司' })
    const stranger = await own.enterprise({ name: '北塬机械有限公司' })
    const broker = await own.broker({ name: '鲁经理' })
    const named = await own.publish(writer, welding)
    const { id } = await own.publish(writer, {
      ...hidden,
      title: '大件变形',
      problem: '大件变形',
      channel: 'park',
      keywords: [],
      indicators: [],
    })
    for (const each of [id, named.id]) await own.operator.post(`/api/demands/${each}/assignment`, { brokerId: broker.id })
    own.passDays(20)
    const { version } = (await own.operator.get(`/api/demands/${id}`)).as(DemandView)
    await writer.patch(`/api/demands/${id}`, version, { budgetMaxFen: 40_000_000 })
    const told = (await stranger.get(`/api/demands/${id}`)).as(DemandView)
    const period = '2026-11-21T00:00:00.000Z'
    expect(told).toMatchObject({
      brokerId: null,
      channel: null,
      createdAt: period,
      updatedAt: period,
      publishedAt: period,
      confirmedAt: period,
    })
    const listed = async (reader: Client) =>
      (await reader.get(`/api/demands?brokerId=${broker.id}`)).as(Page).items.map((demand) => demand.id)
    expect(await listed(stranger)).toEqual([named.id])
    expect((await listed(broker)).sort()).toEqual([id, named.id].sort())
    expect((await own.operator.get(`/api/demands/${id}`)).as(DemandView)).toMatchObject({ brokerId: broker.id, channel: 'park' })
    for (const [locale, time] of [
      ['zh-CN', '2026年11月下旬'],
      ['en', 'late November 2026'],
    ] as const)
      expect((await own.visitor.get(`/demands/${id}`, { 'accept-language': locale })).text).toContain(time)
  })

  it('what its enterprise offers itself is proposed like anything else: to be left out would tell', async () => {
    const own = await openMarket()
    const writer = await own.enterprise({ name: '众砺重工有限公司' })
    const offering = await own.offer(writer, fixture)
    const { id } = await own.publish(writer, {
      ...hidden,
      title: '大件焊后弯曲',
      keywords: [],
      indicators: [],
      problem: '焊后弯曲，火焰校正费时',
    })
    const proposed = async (reader: Client) =>
      (await reader.get(`/api/demands/${id}/matches`)).as(Matches).items.map(({ subject }) => subject.id)
    expect(await proposed(own.visitor)).toContain(offering.id)
    expect(await proposed(writer)).not.toContain(offering.id)
  })

  it('its documents are called by their number, and came when it came', async () => {
    const { id } = await market.publish(owner, { ...hidden, title: '大件焊后弯曲', keywords: [], indicators: [], problem: '大件弯曲' })
    const upload = (
      await owner.ask('POST', `/api/demands/${id}/attachments?name=${encodeURIComponent('众砺重工图纸.csv')}&group=teaser`, {
        raw: { body: '序号,值\n1,2\n' },
        headers: { 'content-type': 'application/octet-stream' },
      })
    ).as(Attachment)
    const { items } = (await outsider.get(`/api/demands/${id}/attachments`)).as(z.object({ items: z.array(Attachment) }))
    expect(items).toMatchObject([{ name: '1.csv', createdAt: (await seen(id)).createdAt, uploadedBy: null }])
    const copy = await outsider.get(`/api/attachments/${upload.id}/content`)
    expect(decodeURIComponent(copy.header('content-disposition')!)).not.toContain('众砺')
    expect((await owner.get(`/api/attachments/${upload.id}`)).as(Attachment).name).toBe('众砺重工图纸.csv')
  })
})

describe('a text by which its enterprise would stand out', () => {
  it('is not published before the words are changed, or a reason is given', async () => {
    const own = await openMarket()
    const names = ['望河阀门', '铸东泵业', '柳堤弹簧', '禾丰食品', '砚溪纺织', '北塬涂料', '南坪电机']
    for (const name of names) await own.enterprise({ name: `${name}有限公司`, summary: `主营${name.slice(2)}的生产与销售` })
    const writer = await own.enterprise({ name: '众砺重工有限公司', summary: '专做冷轧工作辊的磨削与修复，兼营热轧辊' })
    const { id } = await own.vetting(writer, { title: '工作辊磨削后有振纹', teaser: '冷轧工作辊磨削后有振纹', isAnonymous: true })
    const { errors } = refused(await own.operator.post(`/api/demands/${id}/publication`, { checks }), 'telling-words')
    expect(errors!.map(({ message }) => message).join()).toContain('在这家企业公开的资料里也有')
    expect((await writer.get(`/api/demands/${id}/telling-words`)).text).toContain('"kind":"profile"')
    const { version } = (await writer.get(`/api/demands/${id}`)).as(DemandView)
    await writer.patch(`/api/demands/${id}`, version, { title: '圆柱形大件加工后有振纹', teaser: '圆柱形大件加工后有振纹' })
    expect((await own.operator.post(`/api/demands/${id}/publication`, { checks })).status).toBe(200)
    const other = await own.vetting(writer, { title: '工作辊磨削后有振纹', teaser: '冷轧工作辊磨削后有振纹', isAnonymous: true })
    const reasoned = checks.map((each) => ({ ...each, reason: '企业同意公开' }))
    expect((await own.operator.post(`/api/demands/${other.id}/publication`, { checks: reasoned })).status).toBe(200)
    expect((await own.visitor.get(`/api/demands/${other.id}`)).as(DemandView)).toMatchObject({ region: null, classification: [] })
  })
})

describe('an enterprise', () => {
  it('shows outsiders the month alone in which it was registered, and comes in lists by it', async () => {
    const month = '2026-11-01T00:00:00.000Z'
    expect((await outsider.get(`/api/enterprises/${owner.id}`)).as(Enterprise)).toMatchObject({ createdAt: month, updatedAt: month })
    expect((await owner.get(`/api/enterprises/${owner.id}`)).as(Enterprise).createdAt).not.toBe(month)
    const { next } = JSON.parse((await outsider.get('/api/enterprises?limit=1')).text) as { next: string }
    expect(atob(next)).toContain(month)
  })
})
