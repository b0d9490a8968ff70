import { beforeEach, describe, expect, it } from 'vitest'
import { actingAs } from '../../src/accounts/actor.ts'
import { createApp } from '../../src/app.tsx'
import type { Locale } from '../../src/platform/i18n/words.ts'
import { aDocx, aPdf, aPng } from '../documents.ts'
import { origin } from './browser.ts'
import { fixture, welding } from './fixtures.ts'
import { type Client, type Market, openMarket } from './market.ts'
import { openSignInMarket } from './signed-in.ts'

let market: Market
let owner: Client
let demand: string
beforeEach(async () => {
  market = await openMarket()
  owner = await market.enterprise({ name: '众砺重工有限公司' })
  demand = `/demands/${(await market.publish(owner, { ...welding, visibility: 'registered', teaser: '大型结构件焊接变形控制' })).id}`
})

interface Sheet {
  status: number
  html: string
  location: string | null
}

function pages(client: Client, locale: Locale = 'zh-CN', app: Pick<Market['app'], 'request'> = market.app) {
  const headers = {
    accept: 'text/html',
    cookie: `lang=${locale}`,
    ...(client.secret !== null && { authorization: `Bearer ${client.secret}` }),
  }
  const sheet = async (answer: Response): Promise<Sheet> => ({
    status: answer.status,
    html: await answer.text(),
    location: answer.headers.get('location'),
  })
  const post = async (path: string, body?: FormData, from = origin) =>
    sheet(await app.request(origin + path, { method: 'POST', headers: { ...headers, origin: from }, ...(body && { body }) }))
  return {
    get: async (path: string) => sheet(await app.request(origin + path, { headers })),
    post,
    upload(
      path: string,
      { name = '箱形梁图纸.pdf', group = 'detail', bytes }: { name?: string; group?: string; bytes: Uint8Array | null },
      from?: string,
    ) {
      const body = new FormData()
      body.set('group', group)
      body.set('file', bytes === null ? new File([], '') : new File([Uint8Array.from(bytes)], name))
      return post(`${path}/attachments`, body, from)
    },
  }
}

const linksIn = (html: string) => [...html.matchAll(/href="(\/attachments\/att_[a-z2-7]{20})"/g)].map(([, path]) => path!)
const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, '')

describe('the page of a listing', () => {
  it('takes a document from its owner without a script, and hands it out', async () => {
    const own = pages(owner)
    const before = await own.get(demand)
    expect(before.html).toContain(`action="${demand}/attachments" enctype="multipart/form-data"`)
    expect(before.html).toMatch(/<input id="file" name="file"[^>]* type="file"/)
    const posted = await own.upload(demand, { bytes: await aPdf() })
    expect([posted.status, posted.location]).toEqual([303, `${demand}#attachments`])
    const { html } = await own.get(demand)
    const [link] = linksIn(html)
    expect(textOf(html)).toContain('箱形梁图纸.pdf')
    expect(html).toContain('aria-label="删除“箱形梁图纸.pdf”"')
    const file = await market.app.request(link!, { headers: { authorization: `Bearer ${owner.secret}` } })
    expect(file.headers.get('content-disposition')).toContain("filename*=UTF-8''%E7%AE%B1%E5%BD%A2%E6%A2%81")
  })

  it('shows each reader what is for him, in his language, and only the owner how to change it', async () => {
    for (const group of ['teaser', 'detail', 'confidential'])
      await pages(owner).upload(demand, { name: `${group}.pdf`, group, bytes: await aPdf() })
    const outsider = await market.enterprise({ name: '北塬机械有限公司' })
    const shown = async (client: Client, locale: Locale = 'zh-CN') => {
      const { html } = await pages(client, locale).get(demand)
      expect(html).not.toMatch(/<(script|style)(?![^>]* src=| type="application\/ld\+json")[^>]*>/)
      return { names: ['teaser', 'detail', 'confidential'].filter((group) => textOf(html).includes(`${group}.pdf`)), html }
    }
    // Whoever is not told whose it is sees no name either that its owner gave to a file.
    expect((await shown(market.visitor)).names).toEqual([])
    expect(textOf((await shown(market.visitor)).html)).toMatch(/\D1\.pdf/)
    expect(textOf((await shown(market.visitor)).html)).not.toMatch(/\D[23]\.pdf/)
    expect((await shown(outsider)).names).toEqual(['teaser', 'detail'])
    expect((await shown(owner)).names).toEqual(['teaser', 'detail', 'confidential'])
    for (const client of [market.visitor, outsider]) expect((await shown(client)).html).not.toMatch(/type="file"|\/removal|readings/)
    expect(textOf((await shown(owner, 'en')).html)).toMatch(
      /Documents[\s\S]*Downloads as a watermarked PDF[\s\S]*Add a document[\s\S]*Who has read them/,
    )
    expect(textOf((await shown(owner)).html)).toMatch(/附件[\s\S]*带水印的 PDF[\s\S]*上传附件[\s\S]*谁看过/)
  })

  it('tells others that there is something confidential, and offers the terms to whoever may accept them', async () => {
    const reader = await market.institution({ name: '砺州理工大学' })
    expect((await pages(reader).get(demand)).html).not.toContain('id="confidential"')
    await pages(owner).upload(demand, { group: 'confidential', bytes: await aPdf() })
    const { html } = await pages(reader).get(demand)
    expect(html).toContain('id="confidential"')
    expect(textOf(html)).not.toContain('箱形梁图纸')
    expect((await pages(owner).get(demand)).html).not.toContain('id="confidential"')
  })

  it('says nothing of documents where there are none and the reader can add none', async () => {
    expect((await pages(market.visitor).get(demand)).html).not.toContain('id="attachments"')
    const institution = await market.institution({ name: '砺州理工大学' })
    const offering = `/offerings/${(await market.offer(institution, fixture)).id}`
    expect((await pages(market.visitor).get(offering)).html).not.toContain('id="attachments"')
    expect((await pages(institution).upload(offering, { bytes: aPng(), name: '工装.png' })).status).toBe(303)
    expect(textOf((await pages(market.visitor).get(offering)).html)).toContain('工装.png')
  })

  it('removes a document', async () => {
    const own = pages(owner)
    await own.upload(demand, { bytes: await aPdf() })
    const [link] = linksIn((await own.get(demand)).html)
    const removed = await own.post(`${link}/removal`)
    expect([removed.status, removed.location]).toEqual([303, `${demand}#attachments`])
    expect(linksIn((await own.get(demand)).html)).toEqual([])
    expect((await own.post(`${link}/removal`)).status).toBe(404)
  })
})

describe('a form that is refused', () => {
  it.each([
    ['nothing chosen', { bytes: null }, '必填'],
    ['a file of no use', { bytes: Buffer.from('<html>') }, '不是可以上传的文件类型'],
    ['a document that cannot be marked', { bytes: aDocx(), group: 'confidential', name: '参数.docx' }, '请把它转换成 PDF 再上传'],
  ])('comes back with what to do: %s', async (_, sent, message) => {
    const { status, html } = await pages(owner).upload(demand, sent)
    expect(status).toBe(422)
    expect(html).toMatch(/<details open[^>]*>/)
    expect(html).toContain('aria-invalid="true"')
    expect(textOf(html)).toContain(message)
    expect(html).toContain(`href="${demand}"`)
  })

  it('is a page that says why, where it is too large or not allowed', async () => {
    const large = await pages(owner).upload(demand, { bytes: Buffer.alloc(3_000_000, 'a'), name: 'a.txt' })
    expect([large.status, textOf(large.html).includes('单个文件不超过 2 MB')]).toEqual([413, true])
    const outsider = await market.enterprise({ name: '北塬机械有限公司' })
    expect((await pages(outsider).upload(demand, { bytes: aPng() })).status).toBe(403)
    expect((await pages(market.visitor).upload(demand, { bytes: aPng() })).status).toBe(401)
  })

  it('from another site changes nothing', async () => {
    // A browser brings no token by itself: what a form of another site is posted with is at most a cookie.
    const [own, other] = [pages(owner), pages(market.visitor)]
    expect((await other.upload(demand, { bytes: aPng() }, 'http://evil.example')).status).toBe(403)
    await own.upload(demand, { bytes: aPng() })
    const [link] = linksIn((await own.get(demand)).html)
    expect((await other.post(`${link}/removal`, new FormData(), 'http://evil.example')).status).toBe(403)
    expect(linksIn((await own.get(demand)).html)).toHaveLength(1)
  })
})

describe('the page of documents', () => {
  it('tells the owner who read what, and nobody else', async () => {
    const { version } = JSON.parse((await owner.get(`/api${demand}`)).text)
    expect((await owner.patch(`/api${demand}`, version, { confidential: '在用焊丝的牌号。' })).status).toBe(200)
    await pages(owner).upload(demand, { group: 'confidential', bytes: await aPdf() })
    const outsider = await market.enterprise({ name: '北塬机械有限公司' })
    await pages(owner).upload(demand, { name: '检测.csv', bytes: Buffer.from('旁弯,3\n') })
    const documents = linksIn((await pages(owner).get(demand)).html)
    expect((await pages(market.operator).get(documents[0]!)).status).toBe(404)
    await market.operator.post('/api/openings', { subjectId: demand.slice(9), reason: '核对涉密情况' })
    await pages(market.operator).get(documents[0]!)
    await pages(market.operator).get(demand)
    await pages(outsider).get(documents[1]!)
    const { html } = await pages(owner).get(`${demand}/attachments`)
    expect(textOf(html)).toMatch(
      /谁看过[\s\S]*北塬机械有限公司[\s\S]*检测\.csv[\s\S]*运营人员[\s\S]*箱形梁图纸\.pdf[\s\S]*[A-Z2-7]{4}-[A-Z2-7]{4}/,
    )
    expect(textOf(html)).toMatch(/运营人员[\s\S]*保密内容的文字/)
    expect(textOf((await pages(outsider).get(`${demand}/attachments`)).html)).not.toContain('谁看过')
    expect((await pages(owner, 'en').get(`${demand}/attachments`)).html).toContain('lang="en"')
  })

  it('takes what an organisation proves itself with, from itself and the operator', async () => {
    const path = `/enterprises/${owner.id}`
    expect((await pages(owner).get(path)).html).toContain(`href="${path}/attachments"`)
    expect((await pages(market.visitor).get(path)).html).not.toContain('/attachments')
    const posted = await pages(owner).upload(path, { group: 'confidential', name: '营业执照.png', bytes: aPng() })
    expect([posted.status, posted.location]).toEqual([303, `${path}/attachments`])
    expect(textOf((await pages(market.operator).get(`${path}/attachments`)).html)).toContain('营业执照.png')
    expect(textOf((await pages(market.visitor).get(`${path}/attachments`)).html)).not.toContain('营业执照.png')
  })
})

it('whoever is signed in is named on a confidential copy with his account, to the operator alone', async () => {
  const own = await openSignInMarket('sqlite')
  try {
    const firm = await own.enterprise({ name: '众砺重工有限公司' })
    const { id } = await own.publish(firm, welding)
    await own.admit('13800138000', 'enterprise', firm.id)
    const browser = own.browser()
    await own.signIn(browser, '13800138000')
    await pages(firm, 'zh-CN', own.app).upload(`/demands/${id}`, { group: 'confidential', bytes: await aPdf() })
    const [link] = linksIn((await browser.get(`/demands/${id}`)).html)
    const copy = await browser.get(link!)
    expect(copy.status).toBe(200)
    const readings = await firm.get(`/api/demands/${id}/readings`)
    const [{ code }] = JSON.parse(readings.text).items
    expect(readings.text).not.toContain('acc_')
    expect(JSON.parse((await own.operator.get(`/api/readings?code=${code}`)).text)).toMatchObject({
      readerId: firm.id,
      accountId: expect.stringMatching(/^acc_/),
    })
  } finally {
    await own.world.close()
  }
})

it("the demonstration's visitor reads as one of its enterprises, and signs in to write", async () => {
  const app = createApp(market.ports, {
    demo: { visitor: actingAs('enterprise', owner.id), visitorName: '众砺重工有限公司', accounts: [] },
  })
  const visitor = pages(market.visitor, 'zh-CN', app)
  const { status } = await visitor.upload(demand, { bytes: aPng(), name: '现场.png' })
  expect(status).toBe(401)
  const { html } = await visitor.get(demand)
  expect(textOf(html)).not.toContain('现场.png')
  // He sees what the enterprise sees.
  expect(html).toContain(`action="${demand}/attachments"`)
})
