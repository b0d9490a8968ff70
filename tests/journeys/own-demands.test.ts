import { beforeEach, describe, expect, it } from 'vitest'
import { DemandView } from '../../src/demands/demand.ts'
import type { Locale } from '../../src/platform/i18n/words.ts'
import { openBrowser, origin } from './browser.ts'
import { casting, pitMud, wanghe, welding, zhudong } from './fixtures.ts'
import { type Client, type Market, openMarket } from './market.ts'

/** What those do on pages who look after a demand: edit, close, list, enter for others. */

let market: Market
let enterprise: Client
let park: Client

beforeEach(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司', region: zhudong })
  park = await market.park({ name: '铸东产业园' })
})

const asClient = ({ secret }: Client, locale: Locale = 'zh-CN') => ({
  cookie: `lang=${locale}`,
  origin,
  ...(secret !== null && { authorization: `Bearer ${secret}` }),
})
const own = openBrowser((url, request) => market.app.request(url, request))
const get = (client: Client, path: string, locale?: Locale) => own.get(path, asClient(client, locale))
const post = (client: Client, path: string, form: Record<string, string> = {}, locale?: Locale) =>
  own.post(path, form, asClient(client, locale))
const read = async (id: string, client = enterprise) => (await client.get(`/api/demands/${id}`)).as(DemandView)

/** What the form of a page would send as it stands. */
function formIn(html: string): Record<string, string> {
  const form = /<form method="post"[^>]*>([\s\S]*?)<\/form>/.exec(html.slice(html.indexOf('<main')))![1]!
  const plain = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
  const fields: Record<string, string> = {}
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
    if (/type="(checkbox|radio)"/.test(tag) && !/ checked/.test(tag)) continue
    fields[of('name')] = plain(of('value'))
  }
  for (const [, name, text] of form.matchAll(/<textarea[^>]* name="([^"]+)"[^>]*>([\s\S]*?)<\/textarea>/g)) fields[name!] = plain(text!)
  for (const [, name, options] of form.matchAll(/<select[^>]* name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g))
    fields[name!] = /value="([^"]*)" selected/.exec(options!)?.[1] ?? ''
  return fields
}

describe('the form of a demand that is there', () => {
  it('is filled with all that its writer may read, and changes only what he touched', async () => {
    const demand = await market.draft(enterprise, {
      ...welding,
      modes: ['service'],
      confidential: '在用焊丝牌号',
      currentState: '人工火焰校正',
    })
    const before = await read(demand.id)
    const { status, html } = await get(enterprise, `/demands/${demand.id}/edit`)
    expect(status).toBe(200)
    const form = formIn(html)
    expect(form).toMatchObject({
      version: '1',
      title: welding.title,
      budget: '30',
      indicators: '焊后旁弯≤3 mm\n校正工时明显减少',
      confidential: '在用焊丝牌号',
      businessName: '罗采薇',
      technicalPhone: '13900006611',
      region: '990103',
    })
    const saved = await post(enterprise, `/demands/${demand.id}/edit`, {
      ...form,
      problem: `${form.problem}请给出工装方案。`,
      businessPhone: '',
    })
    expect([saved.status, saved.location]).toEqual([303, `/demands/${demand.id}`])
    const after = await read(demand.id)
    expect(after).toMatchObject({
      problem: `${welding.problem}请给出工装方案。`,
      businessContact: { ...welding.businessContact, phone: null },
      version: 2,
    })
    const { problem: _, businessContact: __, version: ___, updatedAt: ____, ...rest } = before
    expect(after, 'nothing else has changed').toMatchObject(rest)
    expect(after.indicators.map(({ need }) => need)).toEqual(['must', 'want'])
    expect((await get(enterprise, `/demands/${demand.id}/edit`, 'en')).html).toContain('Edit the demand')
  })

  it('comes back with everything written and leads to the field that is wrong', async () => {
    const demand = await market.draft(enterprise, welding)
    const form = formIn((await get(enterprise, `/demands/${demand.id}/edit`)).html)
    const { status, html } = await post(enterprise, `/demands/${demand.id}/edit`, {
      ...form,
      budget: '三十',
      tried: '试过反变形',
      technicalName: '',
    })
    expect(status).toBe(422)
    expect(html).toContain('href="#budget"')
    expect(html).toMatch(/id="technicalName-error"[^>]*>\s*必填/)
    expect(html).toContain('value="三十"')
    expect(formIn(html)).toMatchObject({ tried: '试过反变形', version: '1', indicators: form.indicators })
    expect((await read(demand.id)).version).toBe(1)
  })

  it('leaves to those who entered it what they may not read: contact persons stay as the enterprise gave them', async () => {
    const demand = await market.draft(park, { ...welding, enterpriseId: enterprise.id })
    const { html } = await get(park, `/demands/${demand.id}/edit`)
    expect(html).not.toContain('罗采薇')
    expect(html).not.toContain('name="businessName"')
    const form = formIn(html)
    expect((await post(park, `/demands/${demand.id}/edit`, { ...form, title: '箱形梁焊后旁弯控制', businessName: '冒名' })).status).toBe(
      303,
    )
    expect(await read(demand.id)).toMatchObject({ title: '箱形梁焊后旁弯控制', businessContact: welding.businessContact })
  })

  it('shows both versions of a demand that somebody else changed meanwhile, and saves what is chosen', async () => {
    const demand = await market.draft(enterprise, { ...welding, tried: '火焰校正' })
    const form = formIn((await get(enterprise, `/demands/${demand.id}/edit`)).html)
    await enterprise.patch(`/api/demands/${demand.id}`, 1, { deadlineOn: '2027-03-31', tried: '火焰校正，费时' })
    await market.operator.patch(`/api/demands/${demand.id}`, 2, { modes: ['service'] })
    const mine = { ...form, problem: '箱形梁焊后旁弯过大。', tried: '火焰校正与机械校正' }
    const { status, html } = await post(enterprise, `/demands/${demand.id}/edit`, mine)
    expect(status).toBe(412)
    for (const text of ['别人刚刚也改了', '火焰校正，费时', '火焰校正与机械校正', '2027-03-31', welding.problem, mine.problem])
      expect(html).toContain(text)
    const settled = formIn(html)
    // Where only the other one changed something, his version is chosen at first.
    expect(settled).toMatchObject({ version: '3', 'pick-deadlineOn': 'theirs', 'pick-problem': 'mine', 'pick-tried': 'mine' })
    const saved = await post(enterprise, `/demands/${demand.id}/edit`, { ...settled, 'pick-tried': 'theirs' })
    expect(saved.status).toBe(303)
    expect(await read(demand.id)).toMatchObject({
      problem: mine.problem,
      tried: '火焰校正，费时',
      deadlineOn: '2027-03-31',
      modes: ['service'],
      version: 4,
    })
    const again = await post(enterprise, `/demands/${demand.id}/edit`, { ...settled, 'pick-tried': 'theirs' }, 'en')
    expect([again.status, again.html]).toEqual([412, expect.stringContaining('Somebody else has just changed this demand')])
  })

  it('is refused to others, and once the demand is closed', async () => {
    const demand = await market.publish(enterprise, welding)
    const stranger = await market.enterprise({ name: '北塬机械有限公司' })
    for (const path of ['edit', 'withdrawal', 'solution']) {
      expect((await get(stranger, `/demands/${demand.id}/${path}`)).status, path).toBe(403)
      expect((await post(stranger, `/demands/${demand.id}/${path}`, { version: '3', title: '别人的需求' })).status, path).toBe(403)
      expect((await get(market.visitor, `/demands/${demand.id}/${path}`)).status, path).toBe(401)
    }
    const draft = await market.draft(enterprise, casting)
    expect((await get(stranger, `/demands/${draft.id}/edit`)).status).toBe(404)
    await enterprise.post(`/api/demands/${draft.id}/withdrawal`)
    expect((await get(enterprise, `/demands/${draft.id}/edit`)).status).toBe(409)
    expect((await get(stranger, `/demands/${demand.id}`)).html).not.toContain(`/demands/${demand.id}/edit`)
  })
})

describe('a demand of one sentence', () => {
  it('is asked for what helps most next, one thing at a time, until all is said or put off', async () => {
    const { location } = await post(enterprise, '/demands/new', { title: '箱形梁焊完总是弯' })
    const { id } = await read(location.split('/').at(-1)!)
    const asked = async (query = '') => {
      const { html } = await get(enterprise, `/demands/${id}${query}`)
      const [, field] = /name="only" value="(\w+)"/.exec(html) ?? []
      return field
    }
    expect(await asked()).toBe('problem')
    const answer = (only: string, value: string, version: number) =>
      post(enterprise, `/demands/${id}/edit`, { version: String(version), only, [only]: value })
    expect(await answer('problem', welding.problem, 1)).toMatchObject({ status: 303, location: `/demands/${id}#next` })
    expect(await asked()).toBe('indicators')
    expect(await asked('?skip=indicators&skip=currentState')).toBe('chain')
    expect((await answer('budget', '三十', 2)).html).toContain('id="budget-error"')
    await answer('budget', '30', 2)
    expect(await read(id)).toMatchObject({ title: '箱形梁焊完总是弯', problem: welding.problem, budgetMaxFen: 30_000_000, version: 3 })
    expect((await answer('budget', '40', 2)).status).toBe(412)
  })

  it('is asked of those who write it alone, and not once it is in vetting', async () => {
    const { id } = await market.draft(enterprise, { title: '箱形梁焊完总是弯' })
    expect((await get(market.operator, `/demands/${id}`)).html).not.toContain('name="only"')
    await enterprise.post(`/api/demands/${id}/publication-request`)
    expect((await get(enterprise, `/demands/${id}`)).html).not.toContain('name="only"')
  })
})

describe('the end of a demand', () => {
  it('is asked for once more before it is withdrawn or marked as solved', async () => {
    const [first, second] = [await market.publish(enterprise, welding), await market.publish(enterprise, casting)]
    const { html } = await get(enterprise, `/demands/${first.id}`)
    for (const path of ['edit', 'preview', 'solution', 'withdrawal']) expect(html).toContain(`href="/demands/${first.id}/${path}"`)
    const asked = await get(enterprise, `/demands/${first.id}/withdrawal`)
    expect([asked.status, asked.html]).toEqual([200, expect.stringContaining('确认撤回')])
    expect((await read(first.id)).state).toBe('published')
    expect((await post(enterprise, `/demands/${first.id}/withdrawal`)).status).toBe(303)
    expect((await get(enterprise, `/demands/${second.id}/solution`, 'en')).html).toContain('Has this demand been solved?')
    expect((await post(enterprise, `/demands/${second.id}/solution`)).status).toBe(303)
    expect([(await read(first.id)).state, (await read(second.id)).state]).toEqual(['withdrawn', 'solved'])
    const closed = (await get(enterprise, `/demands/${first.id}`)).html
    for (const path of ['edit', 'solution', 'withdrawal']) expect(closed).not.toContain(`href="/demands/${first.id}/${path}"`)
    const draft = await market.draft(enterprise, pitMud)
    expect((await get(enterprise, `/demands/${draft.id}`)).html).not.toContain(`href="/demands/${draft.id}/solution"`)
    expect((await get(enterprise, `/demands/${draft.id}/solution`)).status).toBe(409)
  })
})

describe('one’s own demands', () => {
  it('stand in one list whatever their state, with what each wants next and who read it', async () => {
    expect((await get(enterprise, '/demands/mine')).html).toContain('还没有需求')
    const draft = await market.draft(enterprise, pitMud)
    const closed = await market.draft(enterprise, casting)
    await enterprise.post(`/api/demands/${closed.id}/withdrawal`)
    const complete = await market.publish(enterprise, { ...welding, currentState: '人工校正', expiresOn: '2027-12-31' })
    const { status, html } = await get(enterprise, '/demands/mine')
    expect(status).toBe(200)
    const order = [complete, closed, draft].map(({ id }) => html.indexOf(`href="/demands/${id}"`))
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(order.every((at) => at > 0)).toBe(true)
    expect(html).toContain(`<a href="/demands/${draft.id}/edit#indicators">补充“技术指标”</a>`)
    for (const text of ['草稿', '征集中', '已撤回', '2027年12月31日', '内容齐全', '还没有人看过']) expect(html).toContain(text)
    const reader = await market.enterprise({ name: '北塬机械有限公司' })
    expect((await get(reader, '/demands/mine')).html).not.toContain(complete.id)
    expect((await get(market.visitor, '/demands/mine')).status).toBe(401)
    expect((await get(enterprise, '/demands/mine', 'en')).html).toContain('My demands')
  })

  it('go on where a page of them ends, each with its enterprise', async () => {
    for (let count = 0; count < 21; count++) await market.draft(park, { ...casting, enterpriseId: enterprise.id })
    const first = await get(park, '/demands/mine')
    expect(first.html).toContain('众砺重工有限公司')
    const [, next = ''] = /href="(\/demands\/mine[^"]*cursor=[^"]+)"/.exec(first.html) ?? []
    const second = await get(park, next.replaceAll('&amp;', '&'))
    expect(second.status).toBe(200)
    const ids = [first, second].map(({ html }) => html.match(/<h2>\s*<a href="\/demands\/dem_\w+"/g)?.length)
    expect(ids).toEqual([20, 1])
    expect((await get(park, '/demands/mine?of=entered&cursor=bm9uZQ')).status).toBe(400)
  })

  it('are, for a park or a broker, those that it entered or that it looks after', async () => {
    const broker = await market.broker({ name: '方又青' })
    const entered = await market.draft(broker, { ...casting, enterpriseId: enterprise.id })
    const assigned = await market.publish(enterprise, welding)
    await market.operator.post(`/api/demands/${assigned.id}/assignment`, { brokerId: broker.id })
    const byPark = await market.draft(park, { ...pitMud, enterpriseId: enterprise.id })
    const lists = await Promise.all([get(broker, '/demands/mine'), get(broker, '/demands/mine?of=entered'), get(park, '/demands/mine')])
    const shown = lists.map(({ html }) =>
      [assigned, entered, byPark].filter(({ id }) => html.includes(`href="/demands/${id}"`)).map(({ id }) => id),
    )
    expect(shown).toEqual([[assigned.id], [entered.id], [byPark.id]])
    const institution = await market.institution({ name: '砺州理工大学' })
    expect((await get(institution, '/demands/mine')).html).toContain('您现在的身份没有自己的需求')
    expect((await get(park, `/demands/mine?cursor=${Buffer.from('["x","dem_x"]').toString('base64url')}`)).status).toBe(400)
  })
})

describe('a demand that is entered for an enterprise', () => {
  it('begins with the choice of the enterprise by name', async () => {
    await market.enterprise({ name: '望河压铸有限公司', region: wanghe })
    await market.settle()
    const asked = await get(park, `/demands/new?title=${encodeURIComponent(casting.title)}&q=${encodeURIComponent('众砺')}`)
    expect(asked.status).toBe(200)
    const [, href] = /href="(\/demands\/new\?enterpriseId=[^"]+)"/.exec(asked.html)!
    expect(href).toContain(enterprise.id)
    const { html } = await get(park, href!.replaceAll('&amp;', '&'))
    expect(html).toContain('为“众砺重工有限公司”代填')
    const form = formIn(html)
    expect(form).toMatchObject({ enterpriseId: enterprise.id, title: casting.title })
    const wrong = await post(park, '/demands/new', { ...form, title: '' })
    expect([wrong.status, formIn(wrong.html).enterpriseId]).toEqual([422, enterprise.id])
    const { location } = await post(park, '/demands/new', { ...form, confidential: '合金牌号', businessName: '罗采薇' })
    const demand = (await enterprise.get(`/api${location}`)).as(DemandView)
    expect(demand).toMatchObject({ onBehalfOf: enterprise.id, channel: 'park', confidential: '合金牌号' })
    expect(demand.businessContact).toEqual({ name: '罗采薇', phone: null, email: null })
    expect((await get(park, `/demands/new?q=${encodeURIComponent('查无此厂')}`, 'en')).html).toContain('For which enterprise?')
    expect((await post(park, '/demands/new', { title: casting.title, enterpriseId: 'ent_nobody' })).status).toBe(422)
    expect((await post(enterprise, '/demands/new', { title: casting.title, enterpriseId: park.id })).status).toBe(403)
  })
})

describe('a preview', () => {
  it('shows what a visitor, a signed-in reader and one who accepted the terms would read', async () => {
    const texts = { teaser: '大型结构件焊后弯曲', confidential: '在用焊丝牌号', visibility: 'nda' } as const
    const demand = await market.draft(enterprise, { ...welding, ...texts })
    const seen = async (as: string) => (await get(enterprise, `/demands/${demand.id}/preview?as=${as}`)).html
    const [visitor, registered, agreed] = await Promise.all([seen('visitor'), seen('registered'), seen('agreed')])
    for (const html of [visitor, registered]) {
      expect(html).toContain(texts.teaser)
      expect(html).toContain('对这些读者只显示概述')
      for (const text of [welding.problem, texts.confidential, '罗采薇']) expect(html).not.toContain(text)
    }
    for (const text of [welding.problem, texts.confidential]) expect(agreed).toContain(text)
    expect(agreed).not.toContain('罗采薇')
    const detail = await market.draft(enterprise, { ...casting, visibility: 'registered', teaser: '压铸件气孔' })
    expect((await get(enterprise, `/demands/${detail.id}/preview?as=registered`)).html).toContain(casting.problem)
    expect((await get(enterprise, `/demands/${detail.id}/preview`)).html).not.toContain(casting.problem)
  })

  it('points at the words that would tell whose demand it is, and says how much of its place is shown', async () => {
    const demand = await market.draft(enterprise, { ...welding, problem: '众砺重工的箱形梁焊后旁弯。', isAnonymous: true })
    const { html } = await get(enterprise, `/demands/${demand.id}/preview`)
    expect(html).toContain('<mark>众砺重工</mark>')
    expect(html).toContain('不显示（符合条件的企业太少')
    expect((await get(enterprise, `/demands/${demand.id}/preview?as=visitor`, 'en')).html).toContain('Name of the enterprise')
  })

  it('is for keepers only', async () => {
    const [draft, published] = [await market.draft(enterprise, casting), await market.publish(enterprise, welding)]
    const stranger = await market.enterprise({ name: '北塬机械有限公司' })
    expect((await get(stranger, `/demands/${draft.id}/preview`)).status).toBe(404)
    expect((await get(stranger, `/demands/${published.id}/preview`)).status).toBe(403)
    expect((await get(market.visitor, `/demands/${published.id}/preview`)).status).toBe(401)
    expect((await get(market.operator, `/demands/${published.id}/preview`)).status).toBe(200)
  })
})

describe('a yes on the phone', () => {
  const entered = async () => (await market.draft(park, { ...casting, enterpriseId: enterprise.id })).id

  it('is recorded with who gave it and when, by whoever entered the demand', async () => {
    const id = await entered()
    expect((await get(park, `/demands/${id}`)).html).toContain(`action="/demands/${id}/confirmation"`)
    const done = await post(park, `/demands/${id}/confirmation`, { by: '罗采薇', on: '2026-11-02' })
    expect(done).toMatchObject({ status: 303, location: `/demands/${id}` })
    expect((await read(id, park)).confirmation).toEqual({ how: 'phone', by: '罗采薇', at: '2026-11-02T12:00:00.000Z' })
    expect((await get(park, `/demands/${id}`)).html).toContain('罗采薇已于2026年11月2日在电话里确认')
    expect((await get(park, `/demands/${id}`)).html).not.toContain('/confirmation-link')
  })

  it('asks for who and when, and keeps what was written', async () => {
    const id = await entered()
    const refusal = await post(park, `/demands/${id}/confirmation`, { by: '', on: '2036-01-01' })
    expect(refusal.status).toBe(422)
    expect(refusal.html).toContain('id="by-error"')
    const early = await post(park, `/demands/${id}/confirmation`, { by: '罗采薇', on: '2036-01-01' })
    expect(early.html).toContain('id="on-error"')
    expect(early.html).toContain('value="罗采薇"')
  })

  it('is nobody else’s to record, and never by a link', async () => {
    const id = await entered()
    const broker = await market.broker({ name: '苏怀瑾' })
    expect((await broker.post(`/api/demands/${id}/confirmation`, { how: 'phone', by: '罗采薇' })).status).toBe(404)
    expect((await park.post(`/api/demands/${id}/confirmation`, { how: 'link', by: '罗采薇' })).status).toBe(422)
  })
})
