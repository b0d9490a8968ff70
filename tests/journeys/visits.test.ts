import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Attachment } from '../../src/attachments/attachment.ts'
import { Demand, DemandView } from '../../src/demands/demand.ts'
import { Contact } from '../../src/engagements/contact.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { aPdf, aPng } from '../documents.ts'
import { openBrowser, origin } from './browser.ts'
import { welding } from './fixtures.ts'
import { type Client, faultsOf, type Market, openMarket, refused } from './market.ts'

/** A broker goes to a plant, brings home what he saw and heard, and talks a raw demand through. */

let market: Market
let enterprise: Client
let broker: Client
beforeEach(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司' })
  broker = await market.broker({ name: '苏怀瑾' })
})

const sheet = {
  place: '二号厂房焊接车间',
  met: [{ name: '罗采薇', role: '工艺主管', phone: '13900001122' }],
  seen: '箱形梁手工焊，六台气保焊机，校直占三成工时。',
  needs: ['焊后旁弯降到两毫米以内', '找一家能做超声检测的单位'],
}
const visitTo = (subjectId: string, on = '2026-11-12') => ({
  ...{ subjectId, channel: 'visit', result: 'interested', withWhom: null, note: null, on },
  next: { what: '寄焊缝照片', on: '2026-11-20' },
  visit: sheet,
})
const visit = async (by: Client, subjectId: string, on?: string) => (await by.post('/api/contacts', visitTo(subjectId, on))).as(Contact)
const photo = (by: Client, id: string, name = '焊缝.png', bytes: Uint8Array = aPng()) =>
  by.ask('POST', `/api/contacts/${id}/attachments?name=${encodeURIComponent(name)}&group=detail`, { raw: { body: Uint8Array.from(bytes) } })
const listed = pageOf(Contact)

const here = openBrowser((url, request) => market.app.request(url, request))
const asClient = ({ secret }: Client) => ({ cookie: 'lang=zh-CN', origin, ...(secret !== null && { authorization: `Bearer ${secret}` }) })
const page = (client: Client, path: string) => here.get(path, asClient(client))
const send = (client: Client, path: string, form: Record<string, string>) => here.post(path, form, asClient(client))
const plain = (html: string) => html.replaceAll(/<[^>]+>/g, '')

describe('the sheet of a visit', () => {
  it('is a contact with more in it, and is found by its day', async () => {
    const late = await visit(broker, enterprise.id, '2026-11-12')
    const early = await visit(broker, enterprise.id, '2026-10-08')
    await broker.post('/api/contacts', { ...visitTo(enterprise.id), visit: null })
    const between = async (by: Client, query: string) =>
      (await by.get(`/api/contacts/visits?${query}`)).as(listed).items.map(({ id }) => id)
    expect(await between(broker, '')).toEqual([late.id, early.id])
    expect(await between(broker, 'from=2026-11-01')).toEqual([late.id])
    expect(await between(broker, 'until=2026-10-31')).toEqual([early.id])
    const first = (await broker.get('/api/contacts/visits?limit=1')).as(listed)
    expect(first.items.map(({ id }) => id)).toEqual([late.id])
    expect(await between(broker, `limit=1&cursor=${first.next}`)).toEqual([early.id])
    expect(await between(market.operator, '')).toEqual([late.id, early.id])
    expect(await between(await market.broker({ name: '温以宁' }), '')).toEqual([])
    refused(await enterprise.get('/api/contacts/visits'), 'not-permitted')
    expect((await broker.get(`/api/contacts/${late.id}`)).as(Contact).visit).toEqual(sheet)
  })

  it('is put right by whoever made the visit, with both versions where somebody else was faster', async () => {
    const made = await visit(broker, enterprise.id)
    const path = `/visits/${made.id}/edit`
    expect((await page(broker, `/visits/${made.id}`)).html).toContain(`href="${path}"`)
    const form = (await page(broker, path)).html
    for (const shown of ['更正走访记录', sheet.place, '罗采薇，工艺主管，13900001122', '寄焊缝照片', 'name="version" value="1"'])
      expect(form).toContain(shown)
    const written = {
      ...{ version: '1', needs: sheet.needs.join('\r\n'), seen: sheet.seen, met: '罗采薇，工艺主管，13900001122\n马师傅，班组长' },
      ...{ place: sheet.place, result: 'meeting-set', on: made.on, next: '寄焊缝照片', nextOn: '2026-11-20' },
    }
    expect((await send(broker, path, written)).location).toBe(`/visits/${made.id}`)
    const after = (await broker.get(`/api/contacts/${made.id}`)).as(Contact)
    expect(after).toMatchObject({
      version: 2,
      result: 'meeting-set',
      next: made.next,
      visit: { ...sheet, met: [...sheet.met, { name: '马师傅', role: '班组长', phone: null }] },
    })
    const entries = await entriesAbout(market.ports.database, made.id)
    expect(entries.map(({ kind, actorId }) => [kind, actorId])).toEqual([
      ['contact.recorded', broker.id],
      ['contact.amended', broker.id],
    ])

    // The operator had opened it before.
    const stale = await send(market.operator, path, {
      ...written,
      place: '三号厂房',
      result: made.result,
      met: '罗采薇，工艺主管，13900001122',
    })
    expect(stale.status).toBe(412)
    for (const shown of ['别人刚刚也改了这份走访记录', sheet.place, '三号厂房', '马师傅，班组长', 'name="version" value="2"'])
      expect(stale.html).toContain(shown)
    const checked = (part: string) => new RegExp(`name="pick-${part}" value="(\\w+)" checked`).exec(stale.html)?.[1]
    // What he did not touch stays as the other one wrote it.
    expect([checked('place'), checked('met'), checked('result'), checked('seen')]).toEqual(['mine', 'theirs', 'theirs', undefined])
    const chosen = { ...written, version: '2', place: '三号厂房', met: '罗采薇', 'pick-place': 'mine', 'pick-met': 'theirs' }
    expect((await send(market.operator, path, chosen)).status).toBe(303)
    const last = (await broker.get(`/api/contacts/${made.id}`)).as(Contact)
    expect(last).toMatchObject({ version: 3, by: broker.id, visit: { place: '三号厂房', met: after.visit!.met } })
    // The same once more has nothing to choose.
    expect((await send(market.operator, path, chosen)).location).toBe(`/visits/${made.id}`)
    expect((await broker.get(`/api/contacts/${made.id}`)).as(Contact).version).toBe(3)
  })

  it('says at the field what is wrong with a correction, and is nobody else’s to correct', async () => {
    const made = await visit(broker, enterprise.id)
    const path = `/visits/${made.id}/edit`
    const wrong = await send(broker, path, { version: '1', needs: '长'.repeat(501), on: '2030-01-01', next: '寄样', result: '' })
    expect([wrong.status, wrong.html.includes('长'.repeat(501)), wrong.html.includes('value="寄样"')]).toEqual([422, true, true])
    expect(wrong.html).toContain('href="#needs"')
    expect((await send(broker, path, { version: '1', next: '寄样', on: made.on, result: 'reached' })).html).toContain('href="#nextOn"')
    const other = await market.broker({ name: '温以宁' })
    for (const client of [other, enterprise]) {
      expect((await page(client, path)).status).toBe(404)
      expect((await send(client, path, { version: '1' })).status).toBe(404)
    }
    expect((await page(market.visitor, path)).status).toBe(404)
    // Who carries the demand reads the sheet, and does not rewrite it.
    const demand = await market.publish(enterprise, welding)
    const about = await visit(other, demand.id)
    await market.operator.post(`/api/demands/${demand.id}/assignment`, { brokerId: broker.id })
    expect((await page(broker, `/visits/${about.id}`)).html).not.toContain('/edit"')
    expect((await page(broker, `/visits/${about.id}/edit`)).status).toBe(403)
    expect((await send(broker, `/visits/${about.id}/edit`, { version: '1', place: '别处' })).status).toBe(403)
    const call = (await broker.post('/api/contacts', { ...visitTo(enterprise.id), visit: null })).as(Contact)
    expect((await page(broker, `/visits/${call.id}/edit`)).status).toBe(404)
  })

  it('makes another next step due again, though the one before was done', async () => {
    const { id } = await visit(broker, enterprise.id)
    const done = (await broker.put(`/api/contacts/${id}/next-step`, 1, { isDone: true })).as(Contact)
    expect(done.nextDoneAt).not.toBeNull()
    const { nextDoneAt } = (await broker.patch(`/api/contacts/${id}`, 2, { note: '门卫登记要身份证' })).as(Contact)
    expect(nextDoneAt).toBe(done.nextDoneAt)
    const again = await broker.patch(`/api/contacts/${id}`, 3, { next: { what: '约专家到厂', on: '2026-11-25' } })
    expect(again.as(Contact)).toMatchObject({ next: { what: '约专家到厂' }, nextDoneAt: null })
  })

  it('belongs to a visit, and is read like any contact', async () => {
    expect(faultsOf(await broker.post('/api/contacts', { ...visitTo(enterprise.id), channel: 'phone' }))).toEqual({
      '/visit': 'not-a-visit',
    })
    const { id } = await visit(broker, enterprise.id)
    const other = await market.broker({ name: '温以宁' })
    for (const reader of [other, enterprise, market.visitor]) refused(await reader.get(`/api/contacts/${id}`), 'not-found')
    const demand = await market.publish(enterprise, welding)
    const about = await visit(other, demand.id)
    refused(await broker.get(`/api/contacts/${about.id}`), 'not-found')
    await market.operator.post(`/api/demands/${demand.id}/assignment`, { brokerId: broker.id })
    expect((await broker.get(`/api/contacts/${about.id}`)).as(Contact).id).toBe(about.id)
    refused(await broker.patch(`/api/contacts/${about.id}`, 1, { result: 'reached' }), 'not-permitted')
  })

  it('keeps photos for whoever took them, the operator and the enterprise, and nothing but photos', async () => {
    const { id } = await visit(broker, enterprise.id)
    const { id: photoId } = (await photo(broker, id)).as(Attachment)
    const readers = async (path: string) => {
      const others = [market.visitor, await market.broker({ name: '温以宁' }), await market.enterprise({ name: '北塬机械有限公司' })]
      const asked = [broker, market.operator, enterprise, ...others].map((each) => each.get(path))
      return (await Promise.all(asked)).map(({ status }) => status)
    }
    const known = [200, 200, 200, 404, 404, 404]
    expect(await readers(`/api/attachments/${photoId}/content`)).toEqual(known)
    expect(await readers(`/api/contacts/${id}/attachments`)).toEqual(known)
    refused(await photo(enterprise, id), 'not-permitted')
    refused(await enterprise.delete(`/api/attachments/${photoId}`, 1), 'not-permitted')
    expect(faultsOf(await photo(broker, id, '合同.pdf', await aPdf()))).toEqual({ '/file': 'not-a-photo' })
    const call = (await broker.post('/api/contacts', { ...visitTo(enterprise.id), visit: null })).as(Contact)
    refused(await photo(broker, call.id), 'not-found')
    expect((await broker.delete(`/api/attachments/${photoId}`, 1)).status).toBe(200)
    const { items } = (await broker.get(`/api/contacts/${id}/attachments`)).as(z.object({ items: z.array(Attachment) }))
    expect(items).toEqual([])
  })

  it('is written on a page, each person and need a line, and leads on to its photos', async () => {
    const fields = {
      needs: '焊后旁弯降到两毫米以内\r\n\r\n找检测单位',
      met: '罗采薇，工艺主管，139 0000 1122\n老秦 焊接班长',
      seen: '手工焊',
    }
    const to = { subjectId: enterprise.id, result: 'interested', on: '2026-11-12', ...fields }
    const wrong = await send(broker, '/visits', { ...to, on: '2030-01-01', next: '回访' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('id="nextOn-error"')
    expect(wrong.html).toContain('老秦 焊接班长')
    const { location } = await send(broker, '/visits', to)
    expect(location).toMatch(/^\/visits\/ctc_/)
    const { visit } = (await broker.get(location.replace('/visits', '/api/contacts'))).as(Contact)
    expect(visit).toMatchObject({
      needs: ['焊后旁弯降到两毫米以内', '找检测单位'],
      met: [
        { name: '罗采薇', role: '工艺主管', phone: '139 0000 1122' },
        { name: '老秦', role: '焊接班长', phone: null },
      ],
    })
    const shown = await page(broker, location)
    expect(shown.html).toContain('type="file"')
    const form = new FormData()
    for (const name of ['一.png', '二.png', '三.pdf'])
      form.append('file', new File([Uint8Array.from(name.endsWith('f') ? await aPdf() : aPng())], name))
    const request = { method: 'POST', headers: { ...asClient(broker), accept: 'text/html' }, body: form }
    const refusedOne = await market.app.request(`${origin}${location}/attachments`, request)
    const html = await refusedOne.text()
    expect([refusedOne.status, html.match(/<img /g)?.length, plain(html).includes('三.pdf：这里只收照片')]).toEqual([422, 2, true])
    const firms = await page(enterprise, location)
    expect([firms.status, firms.html.match(/<img /g)?.length, firms.html.includes('type="file"')]).toEqual([200, 2, false])
    expect(firms.html).not.toContain('老秦')
    expect((await page(await market.enterprise({ name: '北塬机械有限公司' }), location)).status).toBe(404)
  })

  it('turns a need that was heard into the form of a demand', async () => {
    const { id } = await visit(broker, enterprise.id)
    const { html } = await page(broker, `/visits/${id}`)
    const [, path = ''] = /href="(\/demands\/new\?[^"]+)"/.exec(html)!
    const form = await page(broker, path.replaceAll('&amp;', '&'))
    expect(form.html).toContain(`value="${sheet.needs[0]}"`)
    expect(plain(form.html)).toContain('众砺重工有限公司')
    const long = `${'焊'.repeat(150)}怎么办`
    const other = (await broker.post('/api/contacts', { ...visitTo(enterprise.id), visit: { ...sheet, needs: [long] } })).as(Contact)
    const [, link = ''] = /href="(\/demands\/new\?[^"]+)"/.exec((await page(broker, `/visits/${other.id}`)).html)!
    expect((await page(broker, link.replaceAll('&amp;', '&'))).html).toContain(long)
  })

  it('is reached from the day, the enterprise and the demand by those alone who keep such notes', async () => {
    const demand = await market.publish(enterprise, welding)
    await market.operator.post(`/api/demands/${demand.id}/assignment`, { brokerId: broker.id })
    const linked = async (by: Client, path: string) => (await page(by, path)).html.includes('href="/visits/new')
    expect(await linked(broker, '/today')).toBe(true)
    expect(await linked(broker, `/demands/${demand.id}`)).toBe(true)
    for (const by of [broker, market.operator]) expect(await linked(by, `/enterprises/${enterprise.id}`)).toBe(true)
    const park = await market.park({ name: '铸东产业园' })
    for (const by of [enterprise, market.visitor, park]) expect(await linked(by, `/enterprises/${enterprise.id}`)).toBe(false)
    expect((await page(park, `/visits/new?subject=${enterprise.id}`)).status).toBe(403)
    expect((await page(broker, '/visits')).html).toContain('还没有走访记录')
    await visit(broker, enterprise.id)
    expect((await page(broker, '/visits?from=2026-11-20')).html).toContain('这段时间没有走访')
    expect((await page(broker, '/visits?until=2026-11-20')).html).toContain('众砺重工有限公司')
  })
})

describe('an interview about a raw demand', () => {
  const silent = {
    ...{ happens: null, since: null, loss: null, tried: null, wanted: [], measured: null, conditions: null, fixed: [] },
    ...{ budgetMinFen: null, budgetMaxFen: null, neededOn: null, decider: null, expertVisit: null },
  }
  const talk = (answers: object) => ({
    channel: 'phone',
    withWhom: '罗工',
    on: '2026-11-12',
    next: null,
    answers: { ...silent, ...answers },
  })
  const heard = {
    ...{ happens: '焊后三天内旁弯继续变大', since: '换了供应商以后', loss: '每月返工四十件', wanted: ['旁弯 ≤ 2 mm'] },
    ...{
      measured: '八毫米，拉线测',
      fixed: ['不换母材'],
      budgetMaxFen: 30_000_000,
      neededOn: '2027-03-31',
      decider: '秦总',
      expertVisit: 'yes',
    },
  }
  const read = async (id: string, by: Client) => (await by.get(`/api/demands/${id}`)).as(DemandView)
  const raw = async () => {
    const demand = await market.vetting(enterprise, { title: '解决焊接变形', problem: '箱形梁焊后弯。' })
    await market.operator.post(`/api/demands/${demand.id}/assignment`, { brokerId: broker.id })
    return demand.id
  }

  it('writes terms, proposes words to their owner, and is kept as the call that it was', async () => {
    const id = await raw()
    const kept = (await broker.post(`/api/demands/${id}/diagnosis`, talk(heard))).as(Contact)
    expect(kept).toMatchObject({
      channel: 'phone',
      withWhom: '罗工',
      by: broker.id,
      subjectId: id,
      interview: { decider: '秦总', expertVisit: 'yes' },
    })
    const after = await read(id, enterprise)
    expect(after).toMatchObject({
      ...{ problem: '箱形梁焊后弯。', indicators: [], constraints: ['不换母材'], budgetMaxFen: 30_000_000, deadlineOn: '2027-03-31' },
      proposal: {
        by: broker.id,
        answer: null,
        changes: {
          problem: '箱形梁焊后弯。\n焊后三天内旁弯继续变大\n换了供应商以后\n每月返工四十件',
          currentState: '八毫米，拉线测',
          indicators: [{ text: '旁弯 ≤ 2 mm', need: 'must' }],
        },
      },
    })
    expect(JSON.stringify(after)).not.toContain('秦总')
    const accepted = (await enterprise.post(`/api/demands/${id}/proposal/acceptance`, { version: after.version })).as(Demand)
    expect(accepted.indicators).toMatchObject([{ parsed: { operator: 'le', target: 2 } }])
  })

  it('adds to what still waits for the owner, whoever proposed it', async () => {
    const id = await raw()
    await broker.post(`/api/demands/${id}/diagnosis`, talk({ happens: '第一次说的' }))
    const titled = { changes: { title: '箱形梁焊后旁弯控制' }, note: '题目里写明工件' }
    await market.operator.post(`/api/demands/${id}/proposal`, titled)
    await broker.post(`/api/demands/${id}/diagnosis`, talk({ loss: '第二次说的', tried: '反变形法，批次之间不稳' }))
    const { proposal } = await read(id, enterprise)
    expect(proposal).toMatchObject({
      changes: { ...titled.changes, problem: '箱形梁焊后弯。\n第一次说的\n第二次说的', tried: '反变形法，批次之间不稳' },
      note: titled.note,
    })
    const { version } = await read(id, broker)
    await broker.post(`/api/demands/${id}/diagnosis`, talk({ decider: '秦总' }))
    expect((await read(id, broker)).version).toBe(version)
  })

  it('writes words too where whoever asks entered them himself', async () => {
    const { id } = await market.draft(broker, { title: '解决焊接变形', enterpriseId: enterprise.id })
    await broker.post(`/api/demands/${id}/diagnosis`, talk(heard))
    expect(await read(id, broker)).toMatchObject({ currentState: '八毫米，拉线测', indicators: [{ text: '旁弯 ≤ 2 mm' }], proposal: null })
  })

  it('is for the broker of the demand and the operator, while it is open, and with an answer', async () => {
    const id = await raw()
    const path = `/api/demands/${id}/diagnosis`
    refused(await enterprise.post(path, talk(heard)), 'not-permitted')
    refused(await (await market.broker({ name: '温以宁' })).post(path, talk(heard)), 'not-found')
    expect(faultsOf(await broker.post(path, talk({})))).toEqual({ '/answers': 'nothing-answered' })
    expect(faultsOf(await broker.post(path, talk({ neededOn: '2020-01-01' })))).toEqual({ '/deadlineOn': 'past-day' })
    const before = (await broker.get(`/api/contacts?subjectId=${id}`)).as(listed).items
    expect(before).toEqual([])
    expect((await market.operator.post(path, talk(heard))).status).toBe(200)
    await enterprise.post(`/api/demands/${id}/withdrawal`)
    refused(await broker.post(path, talk(heard)), 'not-allowed-now')
  })

  it('leads through the questions on a page, with what is answered already', async () => {
    const id = await raw()
    const path = `/demands/${id}/diagnosis`
    const first = await page(broker, path)
    expect(plain(first.html)).toContain('已答 1 / 12')
    expect(first.html).toContain('箱形梁焊后弯。')
    const wrong = await send(broker, path, { channel: 'visit', happens: '焊完继续弯', budgetMax: '很多' })
    expect([wrong.status, wrong.html.includes('id="budgetMax-error"'), wrong.html.includes('焊完继续弯')]).toEqual([422, true, true])
    const done = await send(broker, path, {
      channel: 'visit',
      withWhom: '罗工',
      decider: '秦总',
      budgetMin: '10',
      budgetMax: '30',
      fixed: '不换母材',
    })
    expect([done.status, done.location]).toEqual([303, `/demands/${id}`])
    const again = plain((await page(broker, path)).html)
    expect(again).toContain('已答 4 / 12')
    expect(again).toContain('秦总')
    expect((await read(id, broker)).budgetMinFen).toBe(10_000_000)
    expect((await page(enterprise, path)).status).toBe(403)
  })
})
