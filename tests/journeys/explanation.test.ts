import { inflateRawSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { Contrast } from '../../src/matching/contrast.ts'
import { fixture, vacuumCasting, welding, zhudong } from './fixtures.ts'
import { type Client, type Market, openMarket, refused } from './market.ts'

let market: Market
let enterprise: Client
let institution: Client
let broker: Client
beforeEach(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司', region: zhudong })
  institution = await market.institution({ name: '砺州理工大学' })
  broker = await market.broker({ name: '鲁经理' })
})

const asked = {
  indicators: [
    { text: '焊后旁弯≤3 mm', need: 'must' as const },
    { text: '单件工时≤40 min', need: 'want' as const },
  ],
}
const post = async () => {
  const { id } = await market.publish(enterprise, { ...welding, ...asked, budgetMaxFen: 30_000_000 })
  await market.operator.post(`/api/demands/${id}/assignment`, { brokerId: broker.id })
  return id
}
const page = async (reader: Client, path: string, language = 'zh-CN') =>
  (await reader.get(path, { accept: 'text/html', 'accept-language': language })).text

describe('why one stands above another', () => {
  it('is what they differ in, the same whichever is named first, with numbers for those who see them', async () => {
    const id = await post()
    const [near, far] = [await market.offer(institution, fixture), await market.offer(institution, vacuumCasting)]
    await market.settle()
    const contrast = async (reader: Client, one: string, other: string) =>
      (await reader.get(`/api/demands/${id}/contrast/${one}/${other}`)).as(Contrast)
    const told = await contrast(broker, far.id, near.id)
    expect([told.above.subject.id, told.below.subject.id]).toEqual([near.id, far.id])
    expect(await contrast(broker, near.id, far.id)).toEqual(told)
    const by = told.differences.map((each) => each.by!)
    expect(by).toEqual(by.toSorted((a, b) => b - a))
    expect(told.differences[0]!.favours).toBe('above')
    const toEnterprise = await contrast(enterprise, near.id, far.id)
    expect(toEnterprise.differences.every((each) => each.by === null)).toBe(true)
    expect((await contrast(broker, near.id, near.id)).differences).toEqual([])
  })

  it('says nothing of a price that the reader may not see', async () => {
    const id = await post()
    const price = { kind: 'fixed' as const, amountFen: 90_000_000 }
    const one = await market.offer(institution, { ...fixture, price, visibility: 'nda', teaser: '焊接工装' })
    const other = await market.offer(institution, fixture)
    await market.settle()
    const keys = async (reader: Client) =>
      (await reader.get(`/api/demands/${id}/contrast/${one.id}/${other.id}`)).as(Contrast).differences.map(({ key }) => key)
    expect(await keys(enterprise)).not.toContain('budget')
    expect(await keys(market.operator)).toContain('budget')
  })

  it('is for who may see the matches, and of what is in the list', async () => {
    const id = await post()
    const one = await market.offer(institution, fixture)
    await market.settle()
    refused(await market.visitor.get(`/api/demands/${id}/contrast/${one.id}/off_22222222222222222222`), 'not-found')
    const own = (await market.draft(enterprise, welding)).id
    refused(await institution.get(`/api/demands/${own}/contrast/${one.id}/${one.id}`), 'not-found')
  })

  it('stands under the comparison of candidates', async () => {
    const id = await post()
    const [near, far] = [await market.offer(institution, fixture), await market.offer(institution, vacuumCasting)]
    await market.settle()
    const path = `/demands/${id}/compare?with=${far.id}&with=${near.id}`
    expect(await page(enterprise, path)).toContain(`“${near.title}”排在“${far.title}”前面`)
    expect(await page(enterprise, path, 'en')).toContain('It is ahead in')
  })
})

describe('a match in one line', () => {
  it('names what both speak of, what is reached and how that is backed, and what is not known', async () => {
    const id = await post()
    await market.offer(institution, { ...fixture, abstract: '在梁厂生产线上应用，12米箱形梁焊后旁弯为0.25 cm。', isSecrecyReviewed: true })
    await market.settle()
    const html = await page(enterprise, `/demands/${id}`)
    const text = html.replaceAll(/<[^>]+>/g, '')
    expect(text).toMatch(/都提到[^；]+；指标 1 项够（[^）]+），1 项未写明/)
    expect((await page(enterprise, `/demands/${id}`, 'en')).replaceAll(/<[^>]+>/g, '')).toMatch(
      /indicators: 1 reached \([^)]+\), 1 not stated/,
    )
  })
})

describe('talking points', () => {
  it('are a page of Word with what is written, claimed and to be asked, for whoever carries the demand', async () => {
    const id = await post()
    const { id: supply } = await market.offer(institution, {
      ...fixture,
      abstract: '在梁厂生产线上应用，12米箱形梁焊后旁弯为0.25 cm。',
      isSecrecyReviewed: true,
    })
    await market.settle()
    const path = `/pairings/${id}/${supply}/talking-points`
    expect(await page(broker, `/pairings/${id}/${supply}`)).toContain(path)
    const answer = await market.app.request(path, { headers: { authorization: `Bearer ${broker.secret}` } })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('wordprocessingml')])
    const text = textOf(new Uint8Array(await answer.arrayBuffer()))
    for (const part of ['写在材料里的', '0.25 cm', '能不能做到“单件工时≤40 min”？', '权利人的合作意愿']) expect(text).toContain(part)
    expect(text).not.toContain('能不能做到“焊后旁弯≤3 mm”')
    expect((await enterprise.get(path)).status).toBe(403)
    expect((await (await market.broker({ name: '周经理' })).get(path)).status).toBe(403)
  })
})

/** What a reader of the document sees, without its markup. */
function textOf(zip: Uint8Array): string {
  const view = new DataView(zip.buffer)
  for (let at = 0; at < zip.length - 46; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue
    const [size, length, start] = [view.getUint32(at + 20, true), view.getUint16(at + 28, true), view.getUint32(at + 42, true)]
    if (new TextDecoder().decode(zip.subarray(at + 46, at + 46 + length)) !== 'word/document.xml') continue
    const data = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true)
    return inflateRawSync(zip.subarray(data, data + size))
      .toString()
      .replaceAll(/<[^>]+>/g, '')
  }
  throw new Error('no text in the document')
}
