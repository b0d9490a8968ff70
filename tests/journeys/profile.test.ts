import { beforeEach, describe, expect, it } from 'vitest'
import { Expert } from '../../src/directory/expert.ts'
import type { Browser } from './browser.ts'
import type { Client } from './market.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

/** An expert's own profile: written by himself or by who may for him, confirmed by himself alone. */

let market: SignInMarket
let own: Browser
let expert: Client
let institution: Client
let path: string
beforeEach(async () => {
  market = await openSignInMarket('sqlite')
  own = market.browser()
  institution = await market.institution({ name: '砺州理工大学' })
  const affiliations = [{ institutionId: institution.id, department: '机械学院', post: null }]
  expert = await market.expert({ name: '沈岳', affiliations, methods: ['反变形设计'], modes: ['joint-development'], minFeeFen: 5_000_000 })
  await market.claim(expert.id)
  await market.admit('13900007201', 'expert', expert.id)
  await market.signIn(own, '13900007201')
  path = `/experts/${expert.id}/edit`
})

const stored = async () => (await market.operator.get(`/api/experts/${expert.id}`)).as(Expert.loose())
/** The form as a browser would send it back. */
function written(html: string): Record<string, string> {
  const [form] = /<form method="post" action="[^"]*\/edit".*?<\/form>/s.exec(html)!
  const plain = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  const inputs = [...form.matchAll(/<input ([^>]*)>/g)].flatMap(([, attributes = '']) => {
    const of = (name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1]
    const isLeft = /type="(checkbox|radio)"/.test(attributes) && !/ checked/.test(attributes)
    return isLeft || of('name') === undefined ? [] : [[of('name')!, plain(of('value') ?? '')]]
  })
  const areas = [...form.matchAll(/<textarea [^>]*name="(\w+)"[^>]*>([^<]*)<\/textarea>/g)].map(([, name, text]) => [name!, plain(text!)])
  const selects = [...form.matchAll(/<select [^>]*name="(\w+)"[^>]*>(.*?)<\/select>/gs)].map(([, name, options]) => [
    name!,
    /<option value="([^"]*)" selected/.exec(options!)?.[1] ?? '',
  ])
  return Object.fromEntries([...inputs, ...areas, ...selects])
}
const change = async (changes: Record<string, string>) => own.post(path, { ...written((await own.get(path)).html), ...changes })

describe('an expert’s profile', () => {
  it('is written by himself, who confirms it by that', async () => {
    const before = await stored()
    expect((await own.get('/')).html).toContain(`href="${path}"`)
    const saved = await change({
      title: '教授',
      titleLevel: 'senior',
      post0: '副院长',
      field: '焊接变形控制',
      methods: '反变形设计\r\n焊接顺序优化\r\n',
      minFee: '12.5 万元',
      daysPerYear: '３０',
      maxParallel: '2',
      freeFrom: '2027-03-01',
      travelRadiusKm: '300',
      hostConsent: 'yes',
    })
    expect([saved.status, saved.location]).toEqual([303, `/experts/${expert.id}`])
    const after = await stored()
    expect(after).toMatchObject({
      title: '教授',
      titleLevel: 'senior',
      affiliations: [{ institutionId: institution.id, department: '机械学院', post: '副院长' }],
      field: '焊接变形控制',
      methods: ['反变形设计', '焊接顺序优化'],
      modes: ['joint-development'],
      minFeeFen: 12_500_000,
      capacity: { daysPerYear: 30, maxParallel: 2, freeFrom: '2027-03-01' },
      travelRadiusKm: 300,
      hostConsent: true,
    })
    expect(after.confirmedAt! > before.confirmedAt!).toBe(true)
  })

  it('is confirmed by saving it as it is, and nothing else changes', async () => {
    const before = await stored()
    expect((await change({})).status).toBe(303)
    const { confirmedAt, version, updatedAt, ...rest } = await stored()
    expect(rest).toEqual({ ...before, confirmedAt: undefined, version: undefined, updatedAt: undefined })
    expect(confirmedAt! > before.confirmedAt!).toBe(true)
    expect([version, updatedAt > before.updatedAt]).toEqual([before.version + 1, true])
  })

  it('is written by his institution too, which confirms nothing', async () => {
    const before = await stored()
    const office = market.browser()
    await market.admit('13900007202', 'institution', institution.id)
    await market.signIn(office, '13900007202')
    const form = await office.get(path)
    expect(form.html).toContain('编辑专家资料')
    expect((await office.post(path, { ...written(form.html), title: '教授' })).status).toBe(303)
    expect(await stored()).toMatchObject({ title: '教授', confirmedAt: before.confirmedAt })
  })

  it('finds no institution that is shown to nobody, and keeps the one he works at', async () => {
    await market.institution({ name: '未公开的研究院', visibility: 'nda' })
    const refused = await change({ institution1: '未公开的研究院', daysPerYear: '很多' })
    expect(refused.status).toBe(422)
    for (const word of ['名录里没有这个机构', '请填写整数']) expect(refused.html).toContain(word)
    await market.operator.patch(`/api/institutions/${institution.id}`, 1, { visibility: 'nda' })
    expect((await change({ title: '教授' })).status).toBe(303)
    expect((await stored()).affiliations).toMatchObject([{ institutionId: institution.id }])
  })

  it('comes back as it was written, with what is wrong at its field', async () => {
    const refused = await change({
      name: '',
      institution1: '不存在的大学',
      department1: '材料系',
      daysPerYear: '很多',
      minFee: '面议',
      summary: '二十年做箱形梁',
    })
    expect(refused.status).toBe(422)
    for (const field of ['institution1', 'daysPerYear', 'minFee']) expect(refused.html).toContain(`href="#${field}"`)
    expect(written(refused.html)).toMatchObject({
      institution1: '不存在的大学',
      department1: '材料系',
      daysPerYear: '很多',
      summary: '二十年做箱形梁',
    })
    const nameless = await change({ name: '', daysPerYear: '400' })
    expect(nameless.html).toContain('href="#name"')
    expect(nameless.html).toContain('href="#daysPerYear"')
    expect((await stored()).name).toBe('沈岳')
  })

  it('shows both versions to whoever was slower, and keeps what he wrote', async () => {
    const mine = written((await own.get(path)).html)
    const { version } = await stored()
    expect((await market.operator.patch(`/api/experts/${expert.id}`, version, { title: '研究员', field: '结构' })).status).toBe(200)
    const conflict = await own.post(path, { ...mine, title: '教授', summary: '二十年做箱形梁' })
    expect(conflict.status).toBe(412)
    for (const text of ['研究员', '教授', '结构']) expect(conflict.html).toContain(text)
    // What he did not touch is theirs.
    expect(written(conflict.html)).toMatchObject({ 'pick-title': 'mine', 'pick-field': 'theirs', summary: '二十年做箱形梁' })
    expect((await own.post(path, written(conflict.html))).status).toBe(303)
    expect(await stored()).toMatchObject({ title: '教授', field: '结构', summary: '二十年做箱形梁' })
  })

  it('says who sees it, and leads to where he decides that', async () => {
    const { html } = await own.get(path)
    expect(html).toContain('谁看得到')
    expect(html).toContain('href="/account/data"')
  })

  it('is nobody else’s to write', async () => {
    const stranger = market.browser()
    expect((await stranger.get(path)).status).toBe(401)
    const other = await market.expert({ name: '闻一舟' })
    await market.admit('13900007203', 'expert', other.id)
    await market.signIn(stranger, '13900007203')
    expect((await stranger.get(path)).status).toBe(403)
    expect((await stranger.post(path, { version: '1', name: '闻一舟' })).status).toBe(403)
    expect((await stranger.get(`/experts/${expert.id}`)).html).not.toContain(path)
    expect((await own.get(`/experts/${expert.id}`)).html).toContain(path)
  })
})
