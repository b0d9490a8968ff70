import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { DemandView } from '../../src/demands/demand.ts'
import { Enterprise } from '../../src/directory/enterprise.ts'
import { Contact } from '../../src/engagements/contact.ts'
import { IntakeLine, IntakeView } from '../../src/intake/intake.ts'
import { z } from '../../src/platform/schema.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { openBrowser, origin } from './browser.ts'
import { type Client, type Market, openMarket, refused } from './market.ts'

/** From a park's table to demands that its firms confirm. */

let market: Market
let park: Client
let broker: Client

beforeEach(async () => {
  market = await openMarket()
  park = await market.park({ name: '铸东装备与新材料产业园' })
  broker = await market.broker({ name: '苏怀瑾' })
})

const kept = (name: string) => readFileSync(new URL(`../fixtures/intake/${name}`, import.meta.url))
const handIn = (client: Client, name: string, bytes: Uint8Array = kept(name)) =>
  client.ask('POST', `/api/intakes?name=${encodeURIComponent(name)}`, {
    raw: { body: Uint8Array.from(bytes) },
    headers: { 'content-type': 'application/octet-stream' },
  })
const received = async (client: Client, name: string) => (await handIn(client, name)).as(IntakeView)
const Lines = z.object({ items: z.array(IntakeLine) })
const Decided = z.object({ line: IntakeLine, demandId: z.string().nullable() })
const linesOf = async (client: Client, { id }: { id: string }) => (await client.get(`/api/intakes/${id}/lines`)).as(Lines).items
const at = (lines: readonly IntakeLine[], line: number) => lines.find((each) => each.line === line)!
const draft = async (client: Client, { id }: IntakeLine, body: object = {}) =>
  (await client.post(`/api/intake-lines/${id}/draft`, body)).as(Decided)
const readDemand = async (client: Client, id: string) => (await client.get(`/api/demands/${id}`)).as(DemandView)
const enterprises = async () => (await market.operator.get('/api/enterprises?limit=100')).as(pageOf(Enterprise)).items

const asClient = ({ secret }: Client) => ({ origin, cookie: 'lang=zh-CN', ...(secret !== null && { authorization: `Bearer ${secret}` }) })
const own = openBrowser((url, request) => market.app.request(url, request))
const get = (client: Client, path: string) => own.get(path, asClient(client))
const post = (client: Client, path: string, form: Record<string, string> | [string, string][]) =>
  own.post(path, form as Record<string, string>, asClient(client))
const upload = async (client: Client, names: string[]) => {
  const body = new FormData()
  for (const name of names) body.append('file', new File([Uint8Array.from(kept(name))], name))
  return market.app.request(`${origin}/intake`, { method: 'POST', body, headers: asClient(client), redirect: 'manual' })
}

describe('a table that a park hands in', () => {
  it('is read into lines, of which each becomes the demand of its firm', async () => {
    const intake = await received(park, 'park-summary.xlsx')
    expect(intake).toMatchObject({ name: 'park-summary.xlsx', format: 'xlsx', channel: 'park', lines: { open: 40, drafted: 0 } })
    const lines = await linesOf(park, intake)
    const { demandId, line } = await draft(park, at(lines, 7))
    expect(line).toMatchObject({ state: 'drafted', demandId })
    const demand = await readDemand(park, demandId!)
    expect(demand).toMatchObject({
      title: '箱形梁焊后旁弯控制',
      state: 'draft',
      channel: 'park',
      budgetMaxFen: 80_000_000,
      deadlineOn: '2027-03-31',
      confirmation: null,
    })
    const enterprise = (await park.get(`/api/enterprises/${demand.enterpriseId}`)).as(Enterprise)
    expect(enterprise).toMatchObject({ name: '砺州固缘钢结构有限公司', parkId: park.id })
    // The contact person is the firm's and the operator's to read.
    expect((await readDemand(market.operator, demandId!)).businessContact).toEqual({ name: '冯志远', phone: '19900000102', email: null })
    expect((await park.get(`/api/intakes/${intake.id}`)).as(IntakeView).lines).toMatchObject({ open: 39, drafted: 1 })
  })

  it('has one firm for all of its lines, however that is written', async () => {
    await market.enterprise({ name: '砺州恒砺机械有限责任公司' })
    const lines = await linesOf(park, await received(park, 'park-summary.xlsx'))
    const before = (await enterprises()).length
    const first = await draft(park, at(lines, 5))
    const second = await draft(park, at(lines, 6))
    const [a, b] = await Promise.all([first, second].map(({ demandId }) => readDemand(park, demandId!)))
    expect(a!.enterpriseId).toBe(b!.enterpriseId)
    expect(await enterprises()).toHaveLength(before)
  })

  it('sends a need that is not technical to where it belongs', async () => {
    const lines = await linesOf(park, await received(park, 'park-summary.xlsx'))
    const loan = at(lines, 19)
    expect(loan.content?.route?.to).toBe('finance')
    const routing = { to: 'finance', reason: '转金融服务中心' }
    const { demandId } = (await park.post(`/api/intake-lines/${loan.id}/routing`, routing)).as(Decided)
    expect(await readDemand(park, demandId!)).toMatchObject({ state: 'routed', routing })
    const { line: back } = (await park.post(`/api/intake-lines/${loan.id}/reopening`)).as(Decided)
    expect(back).toMatchObject({ state: 'open', demandId: null, reason: null })
    expect(await readDemand(park, demandId!)).toMatchObject({ state: 'withdrawn' })
    refused(await park.post(`/api/intake-lines/${loan.id}/reopening`), 'not-allowed-now')
  })

  it('takes back what was drafted or left out, and nothing that went further', async () => {
    const lines = await linesOf(park, await received(park, 'park-summary.xlsx'))
    const { line, demandId } = await draft(park, at(lines, 8))
    refused(await park.post(`/api/intake-lines/${line.id}/draft`, {}), 'not-allowed-now')
    const { line: open } = (await park.post(`/api/intake-lines/${line.id}/reopening`)).as(Decided)
    expect(open).toMatchObject({ state: 'open', demandId: null, decidedAt: null })
    expect(await readDemand(park, demandId!)).toMatchObject({ state: 'withdrawn' })
    const again = await draft(park, open)
    await park.post(`/api/demands/${again.demandId}/publication-request`)
    refused(await park.post(`/api/intake-lines/${line.id}/reopening`), 'not-allowed-now')
    const left = (await park.post(`/api/intake-lines/${at(lines, 9).id}/leaving`, { reason: '已解决' })).as(Decided).line
    expect(left).toMatchObject({ state: 'left', reason: '已解决' })
    expect((await park.post(`/api/intake-lines/${left.id}/reopening`)).as(Decided).line).toMatchObject({ state: 'open', reason: null })
  })

  it('is read anew when somebody says what a column is; what was decided stays', async () => {
    const intake = await received(park, 'several-in-one-cell.xlsx')
    const lines = await linesOf(park, intake)
    await draft(park, at(lines, 4))
    const { version } = (await park.get(`/api/intakes/${intake.id}`)).as(IntakeView)
    const path = `/api/intakes/${intake.id}/columns`
    refused(await park.put(path, version, { corrections: [{ grid: 0, at: 40, field: 'note' }] }), 'invalid-input')
    refused(await park.put(path, version - 1, { corrections: [] }), 'version-differs')
    const read = (await park.put(path, version, { corrections: [{ grid: 0, at: 2, field: 'note' }] })).as(IntakeView)
    expect(read.tables[0]!.columns[2]).toMatchObject({ label: '资金预算', field: 'note', certainty: 1 })
    const anew = await linesOf(park, read)
    expect(at(anew, 4).state).toBe('drafted')
    expect(at(anew, 3).content).toMatchObject({ budgetMaxFen: null })
    expect(at(anew, 3).content!.notes).toContain('资金预算：20万元左右')
  })

  it('is another hand’s business: only the bureau sees it too', async () => {
    const intake = await received(park, 'park-summary.xlsx')
    const [line] = await linesOf(park, intake)
    refused(await broker.get(`/api/intakes/${intake.id}`), 'not-found')
    refused(await broker.post(`/api/intake-lines/${line!.id}/draft`, {}), 'not-found')
    expect((await broker.get('/api/intakes')).as(pageOf(IntakeView)).items).toEqual([])
    expect((await market.operator.get('/api/intakes')).as(pageOf(IntakeView)).items).toHaveLength(1)
    refused(await (await market.enterprise({ name: '众砺重工有限公司' })).get('/api/intakes'), 'not-permitted')
  })

  it('is received once, and taken back while nothing came of it', async () => {
    const intake = await received(park, 'county-gbk.csv')
    refused(await handIn(park, 'county-gbk.csv'), 'already-exists')
    // Another's hands do not know of it.
    expect((await handIn(broker, 'county-gbk.csv')).status).toBe(201)
    const [line] = await linesOf(park, intake)
    await draft(park, line!)
    const { version } = (await park.get(`/api/intakes/${intake.id}`)).as(IntakeView)
    refused(await park.delete(`/api/intakes/${intake.id}`, version), 'not-allowed-now')
    const other = await received(park, 'semicolons.csv')
    expect((await park.delete(`/api/intakes/${other.id}`, other.version)).status).toBe(200)
    refused(await park.get(`/api/intakes/${other.id}`), 'not-found')
    expect((await handIn(park, 'semicolons.csv')).status).toBe(201)
  })

  it('is refused where it holds no needs, or is nothing to read', async () => {
    const text = (words: string) => new TextEncoder().encode(words)
    refused(await handIn(park, 'a.csv', text('甲,乙\n1,2\n')), 'invalid-input')
    refused(await handIn(park, 'a.csv', text('')), 'invalid-input')
    refused(await handIn(park, 'a.pdf', text('%PDF-1.7\n%%EOF')), 'unsupported-media-type')
    refused(await handIn(park, 'a.xlsx', Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3])), 'invalid-input')
  })
})

describe('the same need through two doors', () => {
  it('is found and merged with what was taken from the one', async () => {
    const lines = await linesOf(broker, await received(broker, 'park-summary.xlsx'))
    const [form] = await linesOf(broker, await received(broker, 'form-1-plain.docx'))
    const { demandId } = await draft(broker, at(lines, 7))
    const page = await get(broker, `/intake/lines/${form!.id}`)
    expect(page.html).toContain(`with=${demandId}`)
    const { version } = await readDemand(broker, demandId!)
    const merging = { demandId, version, take: ['title', 'tried', 'indicators'] }
    expect((await broker.post(`/api/intake-lines/${form!.id}/merging`, merging)).as(Decided).line).toMatchObject({
      state: 'merged',
      demandId,
    })
    expect(await readDemand(broker, demandId!)).toMatchObject({
      title: '箱形梁焊接后旁弯变形控制',
      tried: '试过对称施焊和增加工装，旁弯仍有6mm',
      indicators: [{ text: '旁弯≤3mm' }, { text: '火焰校正工时降低50%' }],
      budgetMaxFen: 80_000_000,
    })
  })

  it('is merged with no other firm’s, and not on what has changed', async () => {
    const lines = await linesOf(broker, await received(broker, 'park-summary.xlsx'))
    const [form] = await linesOf(broker, await received(broker, 'form-1-plain.docx'))
    const other = await draft(broker, at(lines, 8))
    const path = `/api/intake-lines/${form!.id}/merging`
    refused(await broker.post(path, { demandId: other.demandId, version: 1, take: [] }), 'not-allowed-now')
    const { demandId } = await draft(broker, at(lines, 7))
    await broker.patch(`/api/demands/${demandId}`, 1, { currentState: '火焰校正' })
    refused(await broker.post(path, { demandId, version: 1, take: ['title'] }), 'version-differs')
    expect((await broker.get(`/api/demands/${demandId}`)).as(DemandView).title).toBe('箱形梁焊后旁弯控制')
  })

  it('is told of to nobody who may not read the other one', async () => {
    const others = await linesOf(park, await received(park, 'park-summary.xlsx'))
    const { demandId } = await draft(park, at(others, 7))
    const [form] = await linesOf(broker, await received(broker, 'form-1-plain.docx'))
    expect((await get(broker, `/intake/lines/${form!.id}`)).html).not.toContain('可能重复')
    refused(await broker.post(`/api/intake-lines/${form!.id}/merging`, { demandId, version: 1, take: [] }), 'not-found')
  })
})

describe('on its pages', () => {
  it('a table comes in, is decided on together, and its firms are sent their links', async () => {
    const answer = await upload(park, ['park-summary.xlsx'])
    expect(answer.status).toBe(303)
    const path = answer.headers.get('location')!
    const { html } = await get(park, path)
    expect(html.match(/name="line"/g)).toHaveLength(40)
    // Doubtful ones are not chosen unseen: two that are the same, and two that are not technical.
    expect(html.match(/name="line" value="inl_\w+" checked/g)).toHaveLength(36)
    const chosen = [...html.matchAll(/name="line" value="(inl_\w+)" checked/g)].map(([, id]): [string, string] => ['line', id!])
    const decided = await post(park, `${path}/decisions`, [...chosen, ['verdict', 'draft']])
    expect(decided.status).toBe(303)
    const after = await get(park, path)
    expect(after.html.match(/name="line"/g)).toHaveLength(4)
    const links = await post(park, `${path}/confirmation-links`, {})
    expect(links.html.match(/\/links\/[\w-]+/g)?.length).toBe(36)
    expect(links.html).toContain('发给砺州恒砺机械有限公司的文字')
    const again = (await upload(park, ['park-summary.xlsx'])).headers.get('location')!
    expect(again).toBe(`${path}?again=yes`)
    expect((await get(park, again)).html).toContain('这份文件以前收过')
    const none = await post(park, `${path}/decisions`, { verdict: 'draft' })
    expect(none.status).toBe(422)
  })

  it('several files come at once; one that cannot be read is named, the others stay', async () => {
    expect((await upload(broker, ['form-1-plain.docx', 'form-2-nested.docx'])).headers.get('location')).toBe('/intake')
    const body = new FormData()
    body.append('file', new File([Uint8Array.from(kept('form-3-boxed.docx'))], 'form-3-boxed.docx'))
    body.append('file', new File(['nothing,here\n1,2\n'], 'nothing.csv'))
    const refusal = await market.app.request(`${origin}/intake`, { method: 'POST', body, headers: asClient(broker) })
    expect(refusal.status).toBe(422)
    const html = await refusal.text()
    expect(html).toContain('nothing.csv')
    expect(html).toContain('form-3-boxed.docx')
    const empty = await market.app.request(`${origin}/intake`, { method: 'POST', body: new FormData(), headers: asClient(broker) })
    expect(empty.status).toBe(422)
  })

  it('a line without its firm asks for it, and keeps what was written', async () => {
    const intake = await received(park, 'tabs-utf16.csv')
    const [, , line] = await linesOf(park, intake)
    const refusal = await post(park, `/intake/lines/${line!.id}`, { enterprise: '望河云针服饰有限公司', title: '布', verdict: 'draft' })
    expect(refusal.status).toBe(422)
    expect(refusal.html).toContain('id="title-error"')
    expect(refusal.html).toContain('value="望河云针服饰有限公司"')
    const done = await post(park, `/intake/lines/${line!.id}`, {
      enterprise: '望河云针服饰有限公司',
      title: '裁片布料疵点识别',
      verdict: 'draft',
    })
    expect(done).toMatchObject({ status: 303, location: `/intake/${intake.id}` })
  })

  it('two lines are compared and merged into one demand', async () => {
    const lines = await linesOf(park, await received(park, 'park-summary.xlsx'))
    const path = `/intake/lines/${at(lines, 39).id}/merging`
    const page = await get(park, `${path}?with=${at(lines, 13).id}`)
    expect(page.html).toContain('压电传感器高温漂移补偿')
    expect(page.html).toContain('name="take-budgetMaxFen"')
    const merged = await post(park, path, { with: at(lines, 13).id, version: '0', 'take-title': 'fresh', 'take-budgetMaxFen': 'fresh' })
    expect(merged.status).toBe(303)
    const demand = await readDemand(park, merged.location.replace('/demands/', ''))
    expect(demand).toMatchObject({ title: '压电加速度传感器高温漂移补偿技术', budgetMinFen: null, budgetMaxFen: 20_000_000 })
    expect((await linesOf(park, { id: at(lines, 13).intakeId })).filter(({ demandId }) => demandId === demand.id)).toHaveLength(2)
  })
})

describe('a call', () => {
  const form = {
    enterprise: '砺州众砺重工有限公司',
    caller: '罗采薇',
    phone: '13900001122',
    on: '2026-11-02',
    title: '箱形梁焊后旁弯控制',
    problem: '焊完旁弯八毫米，靠火焰校正',
  }

  it('becomes the draft of its firm, with who called and that he agreed', async () => {
    expect((await get(broker, '/intake/by-phone')).status).toBe(200)
    const done = await post(broker, '/intake/by-phone', { ...form, isConfirmed: 'yes' })
    expect(done.status).toBe(303)
    const id = done.location.replace('/demands/', '')
    expect(await readDemand(market.operator, id)).toMatchObject({
      state: 'draft',
      channel: 'broker',
      businessContact: { name: '罗采薇', phone: '13900001122' },
      confirmation: { how: 'phone', by: '罗采薇', at: '2026-11-02T12:00:00.000Z' },
    })
    const contacts = (await broker.get(`/api/contacts?subjectId=${id}`)).as(pageOf(Contact)).items
    expect(contacts).toMatchObject([{ channel: 'phone', withWhom: '罗采薇', on: '2026-11-02' }])
    // The firm is one, however it is written the next time.
    const again = await post(park, '/intake/by-phone', { ...form, enterprise: '砺州众砺重工有限责任公司', title: '油管爆破压力离散' })
    const [a, b] = await Promise.all([id, again.location.replace('/demands/', '')].map((each) => readDemand(market.operator, each)))
    expect(a!.enterpriseId).toBe(b!.enterpriseId)
    expect(b!).toMatchObject({ channel: 'park', confirmation: null })
  })

  it('is refused with what is missing, and keeps the rest', async () => {
    const refusal = await post(broker, '/intake/by-phone', { ...form, caller: '', on: '2036-01-01', creditCode: '9199' })
    expect(refusal.status).toBe(422)
    for (const name of ['caller', 'creditCode']) expect(refusal.html).toContain(`id="${name}-error"`)
    expect(refusal.html).toContain('焊完旁弯八毫米')
    expect((await post(broker, '/intake/by-phone', { ...form, on: '2036-01-01' })).html).toContain('id="on-error"')
    expect((await get(await market.enterprise({ name: '镜元光学有限公司' }), '/intake/by-phone')).status).toBe(403)
  })
})
