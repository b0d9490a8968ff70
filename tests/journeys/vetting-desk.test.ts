import { beforeEach, describe, expect, it } from 'vitest'
import { DemandView } from '../../src/demands/demand.ts'
import { defaultFlaggedTerms } from '../../src/market/flagged-terms.ts'
import { OfferingView } from '../../src/offerings/offering.ts'
import type { Locale } from '../../src/platform/i18n/words.ts'
import { openBrowser, origin } from './browser.ts'
import { casting, fixture, pitMud, welding, zhudong } from './fixtures.ts'
import { type Client, faultsOf, type Market, openMarket, refused } from './market.ts'

/** The operator's desk: what waits, the three checks, what is flagged, and the list of flagged terms. */

let market: Market
let enterprise: Client

beforeEach(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司', region: zhudong })
})

const asClient = ({ secret }: Client, locale: Locale = 'zh-CN') => ({
  cookie: `lang=${locale}`,
  origin,
  ...(secret !== null && { authorization: `Bearer ${secret}` }),
})
const own = openBrowser((url, request) => market.app.request(url, request))
const get = (path: string, client = market.operator, locale?: Locale) => own.get(path, asClient(client, locale))
const post = (path: string, form: Record<string, string>, client = market.operator) => own.post(path, form, asClient(client))
const demandNow = async (id: string) => (await market.operator.get(`/api/demands/${id}`)).as(DemandView)

const passed = { 'result-authenticity': 'passed', 'result-secrecy': 'passed', 'result-wording': 'passed' }
const versionIn = (html: string) => /name="version" value="(\d+)"/.exec(html)![1]!
/** Opens a case and answers its form as it is then. */
const decide = async (id: string, form: Record<string, string>, query = '') => {
  const path = `/desk/vetting/${id}${query}`
  return post(path, { version: versionIn((await get(path)).html), ...form })
}

describe('the queue', () => {
  it('shows what has waited longest first, demands and results apart, and goes on to the next after each decision', async () => {
    expect((await get('/desk/vetting')).html).toContain('没有待审核的内容')
    const institution = await market.institution({ name: '砺州理工大学' })
    const first = await market.draft(enterprise, pitMud)
    const second = await market.vetting(enterprise, welding)
    const offering = await market.list(institution, fixture)
    await institution.post(`/api/offerings/${offering.id}/publication-request`)
    await enterprise.post(`/api/demands/${first.id}/publication-request`)
    const { html } = await get('/desk/vetting')
    const order = [second, offering, first].map(({ id }) => html.indexOf(`/desk/vetting/${id}`))
    expect(order).toEqual([...order].sort((a, b) => a - b))
    for (const text of ['全部（3）', '需求（2）', '成果（1）', '众砺重工有限公司', '砺州理工大学']) expect(html).toContain(text)
    const demandsOnly = (await get('/desk/vetting?kind=demand')).html
    expect(demandsOnly).not.toContain(offering.id)
    expect((await decide(second.id, { ...passed, verdict: 'grant' })).location).toBe(`/desk/vetting/${offering.id}?done=${second.id}`)
    expect((await decide(first.id, { ...passed, verdict: 'grant' }, '?kind=demand')).location).toBe(
      `/desk/vetting?kind=demand&done=${first.id}`,
    )
    const last = await decide(offering.id, { ...passed, verdict: 'grant' })
    expect(last.location).toBe(`/desk/vetting?done=${offering.id}`)
    expect((await get(last.location)).html).toContain('已发布《')
    expect((await market.visitor.get(`/api/offerings/${offering.id}`)).as(OfferingView).state).toBe('published')
    expect([(await demandNow(first.id)).state, (await demandNow(second.id)).state]).toEqual(['published', 'published'])
    expect((await get('/desk/vetting', market.operator, 'en')).html).toContain('Nothing is waiting for vetting')
  })

  it('is the operator’s alone', async () => {
    const { id } = await market.vetting(enterprise, welding)
    const broker = await market.broker({ name: '方又青' })
    for (const path of ['/desk/vetting', `/desk/vetting/${id}`, '/desk/flagged-terms']) {
      for (const client of [enterprise, broker]) expect((await get(path, client)).status, path).toBe(403)
      expect((await get(path, market.visitor)).status, path).toBe(401)
    }
    const granting = { version: '2', ...passed, verdict: 'grant' }
    expect((await post(`/desk/vetting/${id}`, granting, enterprise)).status).toBe(403)
    expect((await demandNow(id)).state).toBe('vetting')
    expect((await get('/desk/vetting/dem_aaaaaaaaaaaaaaaaaaaa')).status).toBe(404)
    const auditor = await market.client('auditor', null)
    expect((await get('/desk/flagged-terms', auditor)).html).not.toContain('<textarea')
  })
})

describe('a decision', () => {
  it('records each check with its result, reason, name and date', async () => {
    const { id } = await market.vetting(enterprise, welding)
    await decide(id, {
      'result-authenticity': 'passed',
      'reason-authenticity': '已电话核实',
      'result-wording': 'failed',
      'reason-wording': '“唯一”没有依据',
      verdict: 'return',
      reason: '请删去绝对化用语',
    })
    expect(await demandNow(id)).toMatchObject({ state: 'draft', returnReason: '请删去绝对化用语' })
    await enterprise.post(`/api/demands/${id}/publication-request`)
    const { html } = await get(`/desk/vetting/${id}`)
    for (const text of ['审核记录', '已电话核实', '“唯一”没有依据', '通过', '不通过', market.operator.id]) expect(html).toContain(text)
  })

  it('publishes once all three have passed, and says which has not; what was written stays', async () => {
    const { id } = await market.vetting(enterprise, welding)
    const form = { 'result-authenticity': 'passed', 'result-secrecy': 'failed', 'reason-secrecy': '图纸有密级', 'reason-wording': '未看完' }
    const { status, html } = await decide(id, { ...form, verdict: 'grant' })
    expect(status).toBe(422)
    expect(html).toContain('href="#result-secrecy"')
    expect(html).toContain('href="#result-wording"')
    expect(html).not.toContain('href="#result-authenticity"')
    expect(html).toMatch(/name="result-authenticity" value="passed" checked/)
    expect(html).toContain('value="图纸有密级"')
    const mute = await decide(id, { 'result-secrecy': 'failed', verdict: 'grant' })
    expect([mute.status, mute.html]).toEqual([422, expect.stringContaining('id="reason-secrecy-error"')])
    expect((await demandNow(id)).state).toBe('vetting')
  })

  it('returns with a reason, and sends what is not technical elsewhere', async () => {
    const [first, second] = [await market.vetting(enterprise, welding), await market.vetting(enterprise, casting)]
    for (const verdict of ['return', 'route']) {
      const { status, html } = await decide(first.id, { verdict, to: 'finance' })
      expect([status, html]).toEqual([422, expect.stringContaining('id="reason-error"')])
    }
    expect((await decide(first.id, { verdict: 'route', reason: '要的是贷款' })).html).toContain('id="to-error"')
    expect((await decide(first.id, { verdict: 'route', reason: '要的是贷款', to: 'finance' })).location).toBe(
      `/desk/vetting/${second.id}?done=${first.id}`,
    )
    expect(await demandNow(first.id)).toMatchObject({ state: 'routed', routing: { to: 'finance', reason: '要的是贷款' } })
    expect((await get(`/desk/vetting/${first.id}`)).html).toContain('当前状态为“已转办”')
    await decide(second.id, { verdict: 'return', reason: '请补充现状' })
    expect((await enterprise.get(`/api/demands/${second.id}`)).as(DemandView).returnReason).toBe('请补充现状')
  })

  it('holds for the version that was read, and for no later one', async () => {
    const demand = await market.vetting(enterprise, welding)
    await enterprise.patch(`/api/demands/${demand.id}`, demand.version, { problem: '箱形梁为军品配套。' })
    const { status, html } = await post(`/desk/vetting/${demand.id}`, { version: String(demand.version), ...passed, verdict: 'grant' })
    expect([status, html]).toEqual([422, expect.stringContaining('这项内容刚刚被修改')])
    expect(html).toContain('军品')
    expect((await demandNow(demand.id)).state).toBe('vetting')
  })
})

describe('flagged terms', () => {
  it('are marked in place, and so are words that tell who an anonymous enterprise is', async () => {
    const texts = { problem: '军 品箱形梁，国内第一；众砺重工自用。', isAnonymous: true }
    const { id } = await market.vetting(enterprise, { ...welding, ...texts })
    const { html } = await get(`/desk/vetting/${id}`)
    expect(html).toMatch(/<mark class="military"[^>]*>军 品</)
    expect(html).toMatch(/<mark class="advertising"[^>]*>第一</)
    expect(html).toMatch(/<mark class="telling"[^>]*>众砺重工</)
    expect(html).toMatch(/标出 \d 处/)
    const refusal = await decide(id, { ...passed, verdict: 'grant' })
    expect([refusal.status, refusal.html]).toEqual([422, expect.stringContaining('id="reason-wording-error"')])
    expect((await get(`/desk/vetting/${id}`, market.operator, 'en')).html).toContain('May reveal the enterprise')
  })

  it('come from a list that the operator edits, with its history', async () => {
    const { id } = await market.vetting(enterprise, welding)
    expect((await get('/desk/flagged-terms')).html).toContain('还没有修改过')
    const form = { version: '0', secrecy: '涉密\r\n\r\n 箱形梁 ', military: '', export: '', advertising: '最佳\n最佳' }
    expect((await post('/desk/flagged-terms', form)).location).toBe('/desk/flagged-terms')
    const list = await market.operator.get('/api/market/flagged-terms')
    expect(JSON.parse(list.text)).toMatchObject({ secrecy: ['涉密', '箱形梁'], military: [], advertising: ['最佳'], version: 1 })
    expect((await get(`/desk/vetting/${id}`)).html).toMatch(/<mark class="secrecy"[^>]*>箱形梁</)
    const { html } = await get('/desk/flagged-terms')
    expect(html).toContain(market.operator.id)
    expect(html).toMatch(/<td>箱形梁<\/td>/)
    const stale = await post('/desk/flagged-terms', { ...form, secrecy: '定密' })
    expect([stale.status, stale.html]).toEqual([412, expect.stringContaining('别人刚刚改了词表')])
    expect(stale.html).toContain('定密')
    expect(versionIn(stale.html)).toBe('1')
    const short = await post('/desk/flagged-terms', { ...form, version: '1', military: '军' })
    expect([short.status, short.html]).toEqual([422, expect.stringContaining('id="military-error"')])
  })

  it('are read and written over the API by the operator alone', async () => {
    const path = '/api/market/flagged-terms'
    expect((await market.operator.get(path)).text).toContain(defaultFlaggedTerms.military[0])
    refused(await enterprise.get(path), 'not-permitted')
    refused(await market.visitor.get(path), 'not-signed-in')
    refused(await enterprise.put(path, 0, defaultFlaggedTerms), 'not-permitted')
    refused(await market.operator.put(path, 7, defaultFlaggedTerms), 'version-differs')
    expect(faultsOf(await market.operator.put(path, 0, { ...defaultFlaggedTerms, military: ['军'] }))).toEqual({
      '/military/0': 'too-small',
    })
    const answer = await market.operator.put(path, 0, { ...defaultFlaggedTerms, military: ['军品'] })
    expect([answer.status, answer.header('etag')]).toEqual([200, '"1"'])
  })
})
