import { beforeEach, describe, expect, it } from 'vitest'
import { Demand, DemandView } from '../../src/demands/demand.ts'
import type { Locale } from '../../src/platform/i18n/words.ts'
import { openBrowser, origin } from './browser.ts'
import { casting, welding, zhudong } from './fixtures.ts'
import { type Client, checks, faultsOf, type Market, openMarket, refused } from './market.ts'

/** Other words for a demand: proposed, shown as differences, and taken or refused by its owner, over the API and on pages. */

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
const get = (client: Client, path: string, locale?: Locale) => own.get(path, asClient(client, locale))
const post = (client: Client, path: string, form: Record<string, string>) => own.post(path, form, asClient(client))
const read = async (id: string, client = enterprise) => (await client.get(`/api/demands/${id}`)).as(DemandView)
const propose = (id: string, changes: object, client = market.operator, note: string | null = '写成可以检验的指标') =>
  client.post(`/api/demands/${id}/proposal`, { changes, note })

const better = { title: '12米箱形梁焊后旁弯控制', problem: '箱形梁长12米，焊后旁弯超过8毫米，目标不大于3毫米。' }

describe('a proposal of other words', () => {
  it('changes nothing until the owner accepts it, and is then his own amendment', async () => {
    const demand = await market.vetting(enterprise, welding)
    const proposed = (await propose(demand.id, { ...better, indicators: [{ text: '焊后旁弯≤2 mm', need: 'must' }] })).as(Demand)
    expect(proposed).toMatchObject({ title: welding.title, state: 'vetting', proposal: { by: market.operator.id, answer: null } })
    const before = await read(demand.id)
    expect(before).toMatchObject({
      title: welding.title,
      problem: welding.problem,
      proposal: { changes: better, note: '写成可以检验的指标' },
    })
    const path = `/api/demands/${demand.id}/proposal/acceptance`
    refused(await enterprise.post(path, { version: before.version - 1 }), 'changed-meanwhile')
    const accepted = (await enterprise.post(path, { version: before.version })).as(Demand)
    expect(accepted).toMatchObject({ ...better, proposal: { answer: { verdict: 'accepted', by: enterprise.id } } })
    expect(accepted.indicators).toMatchObject([{ text: '焊后旁弯≤2 mm', parsed: { operator: 'le', target: 2 } }])
    refused(await enterprise.post(path, { version: accepted.version }), 'not-allowed-now')
    const timeline = await market.ports.database.query
      .selectFrom('journal')
      .selectAll()
      .where('subject_id', '=', demand.id)
      .orderBy('seq')
      .execute()
    expect(timeline.slice(-2).map(({ kind, actor_id }) => [kind, actor_id])).toEqual([
      ['demand.wording-proposed', market.operator.id],
      ['demand.proposal-accepted', enterprise.id],
    ])
    expect(timeline.map(({ facts }) => facts).join()).not.toContain('可以检验')
  })

  it('is refused with a reason, which whoever proposed it reads', async () => {
    const demand = await market.vetting(enterprise, welding)
    const broker = await market.broker({ name: '方又青' })
    refused(await propose(demand.id, better, broker), 'not-found')
    await market.operator.post(`/api/demands/${demand.id}/assignment`, { brokerId: broker.id })
    await propose(demand.id, better, broker)
    const refusal = { reason: '长度不能写，会认出是我们' }
    expect(faultsOf(await enterprise.post(`/api/demands/${demand.id}/proposal/refusal`, { reason: ' ' }))).toEqual({
      '/reason': 'too-small',
    })
    const kept = (await enterprise.post(`/api/demands/${demand.id}/proposal/refusal`, refusal)).as(Demand)
    expect(kept).toMatchObject({ title: welding.title, proposal: { answer: { verdict: 'refused', ...refusal } } })
    expect((await get(broker, `/demands/${demand.id}`)).html).toContain(refusal.reason)
    refused(await enterprise.post(`/api/demands/${demand.id}/proposal/refusal`, refusal), 'not-allowed-now')
  })

  it('is added to what still waits, differs in something, and is for what is not closed', async () => {
    const demand = await market.vetting(enterprise, welding)
    expect(faultsOf(await propose(demand.id, { title: welding.title }))).toEqual({ '/changes': 'nothing-changed' })
    expect(faultsOf(await propose(demand.id, { title: '短' }))).toEqual({ '/changes/title': 'too-small' })
    expect(faultsOf(await propose(demand.id, { budgetMaxFen: 1 }))).toEqual({ '/changes/budgetMaxFen': 'unknown-field' })
    await propose(demand.id, { title: better.title, problem: welding.problem })
    expect((await read(demand.id)).proposal?.changes).toEqual({ title: better.title })
    await propose(demand.id, { problem: better.problem })
    expect((await read(demand.id)).proposal?.changes).toEqual(better)
    // What is to stay as it stands is named so.
    await propose(demand.id, { title: welding.title })
    expect((await read(demand.id)).proposal?.changes).toEqual({ problem: better.problem })
    await enterprise.post(`/api/demands/${demand.id}/withdrawal`)
    refused(await propose(demand.id, better), 'not-allowed-now')
  })

  it('is nobody else’s business', async () => {
    const demand = await market.publish(enterprise, welding)
    await propose(demand.id, better)
    const stranger = await market.enterprise({ name: '北塬机械有限公司' })
    for (const client of [stranger, market.visitor]) expect((await read(demand.id, client)).proposal).toBeNull()
    for (const end of ['acceptance', 'refusal']) {
      const body = end === 'refusal' ? { reason: '不要' } : { version: 4 }
      refused(await stranger.post(`/api/demands/${demand.id}/proposal/${end}`, body), 'not-permitted')
      refused(await market.operator.post(`/api/demands/${demand.id}/proposal/${end}`, body), 'not-permitted')
      refused(await market.visitor.post(`/api/demands/${demand.id}/proposal/${end}`, body), 'not-signed-in')
    }
    refused(await propose(demand.id, better, enterprise), 'not-permitted')
    for (const path of ['proposal', 'proposal/answer']) expect((await get(stranger, `/demands/${demand.id}/${path}`)).status).toBe(403)
  })

  it('may not tell who an anonymous enterprise is once it is published', async () => {
    const demand = await market.draft(enterprise, { ...welding, isAnonymous: true })
    await enterprise.post(`/api/demands/${demand.id}/publication-request`)
    const reasons = checks.map((check) => ({ ...check, reason: '已逐词核对' }))
    ;(await market.operator.post(`/api/demands/${demand.id}/publication`, { checks: reasons })).as(Demand)
    await propose(demand.id, { problem: '众砺重工的箱形梁焊后旁弯过大。' })
    const { version } = await read(demand.id)
    refused(await enterprise.post(`/api/demands/${demand.id}/proposal/acceptance`, { version }), 'telling-words')
    expect((await read(demand.id)).problem).toBe(welding.problem)
  })
})

describe('the words of a demand', () => {
  it('are written by its owner alone: operator and broker amend the rest, and propose', async () => {
    const demand = await market.vetting(enterprise, welding)
    const patch = (body: object) => market.operator.patch(`/api/demands/${demand.id}`, demand.version, body)
    for (const words of [{ title: better.title }, { problem: null }, { indicators: [] }]) {
      expect(refused(await patch(words), 'not-allowed-now').detail).toContain('请提出改写建议')
    }
    expect((await patch({ deadlineOn: '2027-03-31' })).as(Demand).deadlineOn).toBe('2027-03-31')
    const form = await get(market.operator, `/demands/${demand.id}/edit`)
    expect(form.html).not.toContain('name="problem"')
    expect(form.html).toContain(`/demands/${demand.id}/proposal`)
    const saved = await post(market.operator, `/demands/${demand.id}/edit`, {
      version: String(demand.version + 1),
      budget: '40',
      title: '改题',
    })
    expect(saved.status).toBe(303)
    expect(await read(demand.id)).toMatchObject({ title: welding.title, budgetMaxFen: 40_000_000 })
  })

  it('are amended by the operator where nobody could be asked: what he entered himself, until it is confirmed', async () => {
    const demand = await market.draft(market.operator, { ...casting, enterpriseId: enterprise.id })
    const patch = async (title: string) =>
      market.operator.patch(`/api/demands/${demand.id}`, (await read(demand.id, market.operator)).version, { title })
    expect((await patch('压铸件气孔率控制')).status).toBe(200)
    await enterprise.post(`/api/demands/${demand.id}/confirmation`, { how: 'phone', by: '罗采薇' })
    refused(await patch('薄壁压铸件气孔率控制'), 'not-allowed-now')
  })
})

describe('the pages of a proposal', () => {
  it('take other words from the operator, show their differences to the owner, and let him accept them', async () => {
    const demand = await market.vetting(enterprise, welding)
    const form = await get(market.operator, `/demands/${demand.id}/proposal`)
    expect(form.html).toContain(welding.problem)
    const written = {
      title: welding.title,
      problem: `${welding.problem}请给出工装。`,
      indicators: '焊后旁弯≤3 mm\n校正工时减半',
      note: '请核对',
    }
    const wrong = await post(market.operator, `/demands/${demand.id}/proposal`, { ...written, title: '' })
    expect([wrong.status, wrong.html]).toEqual([422, expect.stringContaining('id="title-error"')])
    expect(wrong.html).toContain('校正工时减半')
    expect((await post(market.operator, `/demands/${demand.id}/proposal`, written)).location).toBe(`/demands/${demand.id}`)
    expect((await get(market.operator, '/desk/vetting')).html).toContain('等企业答复改写建议')
    expect((await get(enterprise, '/demands/mine')).html).toContain('有改写建议，等您答复')
    expect((await get(enterprise, `/demands/${demand.id}`)).html).toContain(`/demands/${demand.id}/proposal/answer`)
    const answer = await get(enterprise, `/demands/${demand.id}/proposal/answer`)
    expect(answer.html).toMatch(/<ins><span class="unseen">添上：<\/span>请给出工装。<\/ins>/)
    expect(answer.html).toMatch(/<del>[^<]*<span class="unseen">删去：<\/span>明显减少<\/del>/)
    expect(answer.html).not.toContain('<h2>一句话')
    const version = /name="version" value="(\d+)"/.exec(answer.html)![1]!
    const accepting = `/demands/${demand.id}/proposal/acceptance`
    const stale = await post(enterprise, accepting, { version: '1' })
    expect([stale.status, stale.html]).toEqual([422, expect.stringContaining('刚刚有变动')])
    expect((await post(enterprise, accepting, { version })).location).toBe(`/demands/${demand.id}`)
    const after = await read(demand.id)
    expect(after).toMatchObject({ title: welding.title, problem: written.problem })
    expect(after.indicators.map(({ text, need }) => [text, need])).toEqual([
      ['焊后旁弯≤3 mm', 'must'],
      ['校正工时减半', 'must'],
    ])
    expect((await get(market.operator, `/desk/vetting/${demand.id}`)).html).toContain('被企业接受')
    expect((await get(enterprise, `/demands/${demand.id}/proposal/answer`)).status).toBe(409)
  })

  it('let him keep his own words, with a reason', async () => {
    const demand = await market.vetting(enterprise, welding)
    await propose(demand.id, better)
    const path = `/demands/${demand.id}/proposal/refusal`
    const mute = await post(enterprise, path, { reason: '' })
    expect([mute.status, mute.html]).toEqual([422, expect.stringContaining('id="reason-error"')])
    expect((await post(enterprise, path, { reason: '数字不对' })).status).toBe(303)
    expect(await read(demand.id)).toMatchObject({ title: welding.title, proposal: { answer: { reason: '数字不对' } } })
    expect((await get(market.operator, `/demands/${demand.id}`, 'en')).html).toContain('The enterprise declined the rewording')
  })
})
