import { beforeEach, describe, expect, it } from 'vitest'
import { OfferingView } from '../../src/offerings/offering.ts'
import type { Locale } from '../../src/platform/i18n/words.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { openBrowser, origin } from './browser.ts'
import { equipment, machinery } from './fixtures.ts'
import { type Client, type Market, openMarket } from './market.ts'

/** What an institution does on pages with its results: write one, list them, ask for publication, withdraw. */

let market: Market
let institution: Client
beforeEach(async () => {
  market = await openMarket()
  institution = await market.institution({ name: '铸东理工大学' })
})
const own = openBrowser((url, request) => market.app.request(url, request))
const asClient = ({ secret }: Client, locale: Locale = 'zh-CN') => ({
  cookie: `lang=${locale}`,
  origin,
  ...(secret !== null && { authorization: `Bearer ${secret}` }),
})
const get = (client: Client, path: string, locale?: Locale) => own.get(path, asClient(client, locale))
const post = (client: Client, path: string, form: Record<string, string> = {}) => own.post(path, form, asClient(client))
const listed = async () => (await institution.get(`/api/offerings?ownerId=${institution.id}`)).as(pageOf(OfferingView)).items

const form = {
  title: '箱形梁焊接变形预测与反变形工艺',
  problemSolved: '长箱形梁焊后旁弯超差，校正费时。',
  advantageName: '旁弯量',
  advantageOurs: '≤ 3 mm',
  advantageIncumbent: '8 到 12 mm',
  advantageLevel: 'field',
  keywords: '焊接变形，反变形、箱形梁',
  priceFrom: '30',
  priceTo: '50',
  readiness: '7',
}

describe('the form of a result', () => {
  it('makes a draft with all that was written, once, however often it is sent', async () => {
    const page = await get(institution, '/offerings/new')
    const once = /name="once" value="(slt_\w+)"/.exec(page.html)![1]!
    const sent = await Promise.all([
      post(institution, '/offerings/new', { ...form, once }),
      post(institution, '/offerings/new', { ...form, once }),
    ])
    expect(sent.map(({ status }) => status)).toEqual([303, 303])
    const made = await listed()
    expect(made).toHaveLength(1)
    expect(made[0]).toMatchObject({
      ownerId: institution.id,
      state: 'draft',
      keywords: ['焊接变形', '反变形', '箱形梁'],
      price: { kind: 'range', minFen: 30_000_000, maxFen: 50_000_000 },
      readiness: { scale: 'trl', level: 7 },
      advantages: [{ name: '旁弯量', ours: '≤ 3 mm', incumbent: '8 到 12 mm', evidenceLevel: 'field' }],
    })
  })

  it('comes back as it was written, with each message at its field', async () => {
    const wrong = { ...form, title: '', advantageOurs: '', priceFrom: '三十', expiresOn: '2020-01-01' }
    const { status, html } = await post(institution, '/offerings/new', wrong)
    expect(status).toBe(422)
    for (const name of ['title', 'advantageOurs', 'priceFrom', 'expiresOn']) expect(html).toContain(`id="${name}-error"`)
    expect(html).toContain('value="三十"')
    expect(html).toContain(form.problemSolved)
    expect((await post(institution, '/offerings/new', { ...form, priceFrom: '60' })).html).toContain('id="priceTo-error"')
    expect(await listed()).toEqual([])
  })

  it('is there for those who own results alone', async () => {
    for (const path of ['/offerings/new', '/offerings/mine']) {
      expect((await get(market.visitor, path)).status).toBe(401)
      expect((await get(market.operator, path)).status).toBe(403)
    }
    expect((await post(market.visitor, '/offerings/new', form)).status).toBe(401)
    expect((await get(institution, '/offerings/new', 'en')).html).toContain('Publish a result')
  })
})

describe('a result of one’s own', () => {
  it('goes from the list to vetting and is withdrawn, by its owner alone', async () => {
    expect((await get(institution, '/offerings/mine')).html).toContain('还没有成果')
    const path = (await post(institution, '/offerings/new', form)).location!
    expect((await get(institution, '/offerings/mine')).html).toContain(`href="${path}"`)
    const other = await market.institution({ name: '汪河研究院' })
    for (const step of ['publication-request', 'withdrawal']) expect((await post(other, `${path}/${step}`)).status).toBe(404)
    expect((await get(institution, path)).html).toContain(`action="${path}/publication-request"`)
    expect((await post(institution, `${path}/publication-request`)).location).toBe(path)
    const waiting = (await get(institution, path)).html
    expect(waiting).toContain('审核中')
    expect(waiting).not.toContain('publication-request')
    expect((await get(institution, `${path}/withdrawal`)).html).toContain('撤回这项成果？')
    expect((await post(institution, `${path}/withdrawal`)).status).toBe(303)
    expect((await get(institution, `${path}/withdrawal`)).status).toBe(409)
    expect((await get(institution, path)).html).not.toContain(`${path}/withdrawal`)
  })

  it('is edited, and keeps what the form does not show', async () => {
    const path = (await post(institution, '/offerings/new', form)).location!
    const id = path.split('/').at(-1)!
    const whole = {
      advantages: [
        { name: '旁弯量', ours: '3', incumbent: null, unit: 'mm', condition: '12米', evidence: '检测记录', evidenceLevel: 'field' },
      ],
    }
    await institution.patch(`/api/offerings/${id}`, 1, { ...whole, classification: [machinery, equipment] })
    const shown = (await get(institution, `${path}/edit`)).html
    for (const value of [form.title, '旁弯量', '焊接变形、反变形、箱形梁']) expect(shown).toContain(`value="${value}"`)
    expect((await get(institution, path)).html).toContain(`href="${path}/edit"`)
    const now = { ...form, version: '2', advantageOurs: '2', advantageIncumbent: '', chain: '', title: '箱形梁反变形工艺' }
    expect((await post(institution, `${path}/edit`, now)).location).toBe(path)
    const saved = (await institution.get(`/api/offerings/${id}`)).as(OfferingView)
    expect(saved).toMatchObject({ title: '箱形梁反变形工艺', version: 3, classification: [machinery] })
    expect(saved.advantages).toEqual([{ ...whole.advantages[0], ours: '2' }])
    const wrong = await post(institution, `${path}/edit`, { ...now, version: '3', title: '' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('id="title-error"')
  })

  it('shows both versions to whoever saves later, and takes his when he saves again', async () => {
    const path = (await post(institution, '/offerings/new', form)).location!
    await post(institution, `${path}/edit`, { ...form, version: '1', problemSolved: '先保存的写法。' })
    const late = await post(institution, `${path}/edit`, { ...form, version: '1', problemSolved: '后保存的写法。' })
    expect(late.status).toBe(412)
    for (const text of ['先保存的写法。', '后保存的写法。', 'name="version" value="2"']) expect(late.html).toContain(text)
    expect((await post(institution, `${path}/edit`, { ...form, version: '2', problemSolved: '后保存的写法。' })).status).toBe(303)
    expect((await listed())[0]!.problemSolved).toBe('后保存的写法。')
  })

  it('is edited by its owner alone, and not once it is withdrawn', async () => {
    const path = (await post(institution, '/offerings/new', form)).location!
    const other = await market.institution({ name: '汪河研究院' })
    expect((await get(other, `${path}/edit`)).status).toBe(404)
    expect((await post(other, `${path}/edit`, { ...form, version: '1' })).status).toBe(404)
    expect((await get(market.visitor, `${path}/edit`)).status).toBe(404)
    await post(institution, `${path}/withdrawal`)
    expect((await get(institution, `${path}/edit`)).status).toBe(409)
    expect((await get(institution, path)).html).not.toContain(`${path}/edit`)
  })
})
