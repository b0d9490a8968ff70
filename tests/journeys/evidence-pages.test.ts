import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { Evidence } from '../../src/directory/evidence.ts'
import { ReadWork, WorksTaken } from '../../src/evidence/work.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { z } from '../../src/platform/schema.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { origin } from './browser.ts'
import { type Answer, type Client, faultsOf, type Market, openMarket, refused } from './market.ts'

const file = (name: string) => new Uint8Array(readFileSync(new URL(`../fixtures/works/${name}`, import.meta.url)))

let market: Market
let institution: Client
let expert: Client
beforeEach(async () => {
  market = await openMarket()
  institution = await market.institution({ name: '砺州理工大学' })
  expert = await market.expert({
    name: '沈岳',
    nameEn: 'Yue Shen',
    field: '结构强度',
    affiliations: [{ institutionId: institution.id, department: null, post: null }],
  })
  await market.claim(expert.id)
})

const path = () => `/experts/${expert.id}/evidence`
const listed = async () => (await institution.get(`/api${path()}?limit=100`)).as(pageOf(Evidence)).items
const titles = async () => (await listed()).map(({ title }) => title).toSorted()

interface Sheet {
  status: number
  html: string
  location: string
}
type Fields = Record<string, string | string[] | File>

function pages(client: Client, locale = 'zh-CN') {
  const headers = {
    accept: 'text/html',
    cookie: `lang=${locale}`,
    origin,
    ...(client.secret !== null && { authorization: `Bearer ${client.secret}` }),
  }
  const ask = async (at: string, request: RequestInit = {}): Promise<Sheet> => {
    const answer = await market.app.request(origin + at, { ...request, headers })
    return { status: answer.status, html: await answer.text(), location: answer.headers.get('location') ?? '' }
  }
  const multipart = (fields: Fields) => {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) body.append(name, each)
    return body
  }
  return {
    get: (at: string) => ask(at),
    post: (at: string, fields: Record<string, string> = {}) => ask(at, { method: 'POST', body: new URLSearchParams(fields) }),
    send: (at: string, fields: Fields) => ask(at, { method: 'POST', body: multipart(fields) }),
    read: (name: string, bytes = file(name)) =>
      ask(`${path()}/reading`, { method: 'POST', body: multipart({ file: new File([bytes], name), text: '' }) }),
    paste: (text: string) => ask(`${path()}/reading`, { method: 'POST', body: multipart({ text }) }),
  }
}

const unescaped = (html: string) =>
  html.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
/** What a browser would send with the review: the text with its own line ends, and what is ticked. */
function reviewed({ html }: Sheet) {
  const [, text = ''] = /<textarea[^>]*name="text"[^>]*>\n?([\s\S]*?)<\/textarea>/.exec(html)!
  const [, mark = ''] = /name="mark" value="([^"]+)"/.exec(html)!
  const boxes = [...html.matchAll(/<input type="checkbox" name="take" value="(\d+)"( checked="")?/g)]
  return {
    text: unescaped(text).replaceAll('\n', '\r\n'),
    mark,
    take: boxes.flatMap(([, position, checked]) => (checked ? [position!] : [])),
    offered: boxes.map(([, position]) => position!),
  }
}
const textOf = (html: string) => unescaped(html.replaceAll(/<[^>]+>/g, ' ')).replaceAll(/\s+/g, ' ')

async function imported(own: ReturnType<typeof pages>, name: string): Promise<Sheet> {
  const { offered: _, ...form } = reviewed(await own.read(name))
  const done = await own.send(`${path()}/imports`, form)
  expect(done.status).toBe(303)
  return own.get(done.location)
}
const undoIn = ({ html }: Sheet) => /action="([^"]+\/undoing)"/.exec(html)![1]!

describe('a file of works', () => {
  it('is read, looked through, taken in and undone', async () => {
    const own = pages(expert)
    const review = await own.read('zotero.bib')
    expect(review.status).toBe(200)
    expect(textOf(review.html)).toContain('新的 4 项')
    // Nobody has to tick; what names others alone is not ticked.
    expect(reviewed(review)).toMatchObject({ offered: ['1', '2', '3', '4'], take: ['1', '2', '4'] })
    expect(await listed()).toEqual([])
    const after = await imported(own, 'zotero.bib')
    expect(textOf(after.html)).toContain('已收录 3 项。')
    expect(await listed()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'paper',
          title: 'Prediction of Welding Distortion in Box Girders',
          on: '2021-06',
          source: 'Journal of Welding Mechanics',
          number: '10.99999/jwm.2021.0012',
          link: 'https://papers.example/welding?id=12&page=3',
          abstract: expect.stringContaining('within 10% at a cost of 1–2 hours; R&D use is described for Müller frames'),
        }),
        expect.objectContaining({ title: 'Residual stress after Škoda-type peening of Al2O3 coated plates', on: '2019', link: null }),
        expect.objectContaining({ kind: 'patent', title: '一种箱形梁焊接反变形工装', number: 'CN 114000001 A', on: '2022-03-01' }),
      ]),
    )
    expect(textOf(after.html)).toMatch(/2026年\d+月\d+日由本人导入/)
    const [row] = await listed()
    expect((await entriesAbout(market.ports.database, row!.id)).map(({ kind, actorId }) => [kind, actorId])).toEqual([
      ['evidence.imported', expert.id],
    ])
    const undone = await own.post(undoIn(after))
    expect(undone.status).toBe(303)
    expect(textOf((await own.get(undone.location)).html)).toContain('导入已撤销')
    expect(await listed()).toEqual([])
    // Twice is once.
    expect((await own.post(undoIn(after))).status).toBe(303)
  })

  it('comes as CNKI writes it, in BibTeX with slips and in csv of GBK, and nothing twice', async () => {
    const own = pages(institution)
    const first = await imported(own, 'cnki.bib')
    expect(textOf(first.html)).toContain('已收录 2 项。')
    expect(await titles()).toEqual(['大型结构件焊接变形控制', '箱形梁焊接旁弯的预测'])
    const review = await own.read('cnki-gbk.csv')
    expect(textOf(review.html)).toContain('新的 2 项，已登记过 1 项')
    const second = await imported(own, 'cnki-gbk.csv')
    expect(textOf(second.html)).toContain('已收录 2 项，另有 1 项原已登记。')
    expect(await listed()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'paper', title: '风电塔筒环缝的焊接残余应力', on: '2022-07-01', source: '结构焊接学报' }),
        expect.objectContaining({ kind: 'patent', title: '一种塔筒环缝的随焊碾压装置', on: '2023-05-09' }),
      ]),
    )
    expect(textOf(second.html)).toContain('由砺州理工大学导入')
    // Each import is undone by itself.
    await own.post(undoIn(second))
    expect(await titles()).toEqual(['大型结构件焊接变形控制', '箱形梁焊接旁弯的预测'])
  })

  it('may be the template, or pasted', async () => {
    const own = pages(expert)
    await imported(own, 'template.csv')
    expect((await listed()).map(({ kind, on, role, number }) => [kind, on, role, number]).toSorted()).toEqual(
      [
        ['award', '2022', 'lead', null],
        ['project', '2019-01', 'lead', 'LZ2019-001'],
        ['standard', '2021', null, 'T/LZHJ 001-2021'],
      ].toSorted(),
    )
    const review = await own.paste('\n\n@article{a, title={塔筒焊缝的超声检测}, author={沈岳}, year=2024}')
    const { offered: _, ...form } = reviewed(review)
    expect((await own.send(`${path()}/imports`, form)).status).toBe(303)
    expect(await titles()).toContain('塔筒焊缝的超声检测')
  })

  it('says what cannot be read, where and why, and takes in the rest', async () => {
    const own = pages(expert)
    const review = await own.read('broken.bib')
    const said = textOf(review.html)
    expect(said).toContain('新的 2 项，读不出 2 项')
    expect(said).toMatch(/第 6 行\s*这一条没有结束/)
    expect(said).toMatch(/第 10 行\s*题名：必填/)
    const long = await own.paste(
      `@article{a, title={${'焊'.repeat(301)}}, author={沈岳}}\n@article{b, title={焊缝}, note={x}, abstract={${'长'.repeat(5001)}}}`,
    )
    expect(textOf(long.html)).toContain('题名：最多 300 个字')
    expect(textOf(long.html)).toContain('摘要：最多 5000 个字')
    // It may be mended where it is shown.
    const { text } = reviewed(review)
    const mended = await own.paste(text.replace('没有写完的一条,', '没有写完的一条},').replace('year = 2016', 'year = 2016 }'))
    expect(textOf(mended.html)).toContain('新的 3 项，读不出 1 项')
  })

  it('is refused whole where it is no such file, and what was pasted stays', async () => {
    const own = pages(expert)
    const nothing = await own.send(`${path()}/reading`, { file: new File([], ''), text: ' ' })
    expect([nothing.status, textOf(nothing.html)]).toEqual([422, expect.stringContaining('必填')])
    for (const bytes of [
      Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2),
      Uint8Array.of(0xc8, 0xff, 0xff),
      new TextEncoder().encode('甲,乙\n1,2\n'),
    ]) {
      const refusal = await own.read('works.bib', bytes)
      expect([refusal.status, refusal.html]).toEqual([422, expect.stringContaining('id="file-error"')])
    }
    const pasted = await own.paste('这不是文献，只是一句话')
    expect(pasted.status).toBe(422)
    expect(pasted.html).toContain('这不是文献，只是一句话</textarea>')
    expect(textOf((await own.read('a.bib', new Uint8Array(1_000_001).fill(0x20))).html)).toContain('最多 1000000 字节')
    expect(textOf((await own.paste('@misc{a, title={甲乙}}\n'.repeat(301))).html)).toContain('文件里有 301 项，一次最多导入 300 项')
    expect(await listed()).toEqual([])
  })

  it('keeps what was chosen where taking it in is refused', async () => {
    const own = pages(expert)
    const { offered: _, ...form } = reviewed(await own.read('zotero.bib'))
    const none = await own.send(`${path()}/imports`, { ...form, take: [] })
    expect([none.status, textOf(none.html)]).toEqual([422, expect.stringContaining('请至少选一项')])
    expect(reviewed(none)).toMatchObject({ text: form.text, take: [] })
    // Another text has other places.
    const changed = await own.send(`${path()}/imports`, {
      ...form,
      text: form.text.replace('@string', '@misc{x, title={先来的一条}}\r\n@string'),
    })
    expect([changed.status, textOf(changed.html)]).toEqual([422, expect.stringContaining('原文在读取之后改过')])
    expect(changed.html).toContain('先来的一条')
    expect(await listed()).toEqual([])
  })

  it('is taken in once where it is sent twice', async () => {
    const own = pages(expert)
    const { offered: _, ...form } = reviewed(await own.read('zotero.bib'))
    const sent = await Promise.all([own.send(`${path()}/imports`, form), own.send(`${path()}/imports`, form)])
    const later = await own.send(`${path()}/imports`, form)
    expect(await listed()).toHaveLength(3)
    const [won] = sent.filter(({ status }) => status === 303)
    expect(later.location).toBe(won!.location)
  })

  it('is not undone over what was changed since', async () => {
    const own = pages(expert)
    const after = await imported(own, 'zotero.bib')
    const [row] = await listed()
    await expert.patch(`/api/evidence/${row!.id}`, 1, { role: 'author' })
    const refusal = await own.post(undoIn(after))
    expect([refusal.status, textOf(refusal.html)]).toEqual([409, expect.stringContaining('导入之后有 1 行改过')])
    expect(await listed()).toHaveLength(3)
    // Whoever removes that row may undo the rest.
    await expert.delete(`/api/evidence/${row!.id}`, 2)
    expect((await own.post(undoIn(after))).status).toBe(303)
    expect(await listed()).toEqual([])
  })
})

describe('a work', () => {
  it('is entered by hand, with what is wrong at its field', async () => {
    const own = pages(expert)
    const wrong = await own.post(path(), { kind: 'award', title: ' ', on: '2021-13', link: '论文', source: '砺州市人民政府', role: '' })
    expect(wrong.status).toBe(422)
    for (const name of ['title', 'on', 'link']) expect(wrong.html).toContain(`id="${name}-error"`)
    expect(wrong.html).toContain('value="砺州市人民政府"')
    const done = await own.post(path(), { kind: 'award', title: '市科技进步二等奖', on: '2021', source: '砺州市人民政府', role: 'lead' })
    expect([done.status, done.location]).toEqual([303, path()])
    const page = textOf((await own.get(path())).html)
    for (const shown of ['市科技进步二等奖', '奖励', '2021年', '砺州市人民政府', '由本人录入']) expect(page).toContain(shown)
  })

  it('is removed, and comes back as it was', async () => {
    const own = pages(expert)
    const [row] = [(await expert.post(`/api${path()}`, { kind: 'paper', title: '箱形梁焊接旁弯的预测', on: '2020' })).as(Evidence)]
    const removed = await own.post(`${path()}/${row.id}/removal`, { version: '1' })
    expect(await listed()).toEqual([])
    const page = await own.get(removed.location)
    expect(textOf(page.html)).toContain('已删除')
    // Pressed twice, it is still gone, and can still come back.
    expect((await own.post(`${path()}/${row.id}/removal`, { version: '1' })).location).toBe(removed.location)
    const [, restoring] = /action="([^"]+\/restoring)"/.exec(page.html)!
    for (const _ of [1, 2]) expect((await own.post(restoring!)).status).toBe(303)
    expect(await listed()).toEqual([{ ...row, version: 3, updatedAt: expect.any(String) }])
  })

  it('stays where it is when the import is undone that once brought it', async () => {
    const own = pages(expert)
    const after = await imported(own, 'zotero.bib')
    const [row] = await listed()
    await own.post(`${path()}/${row!.id}/removal`, { version: '1' })
    await own.post(`${path()}/${row!.id}/restoring`)
    await own.post(undoIn(after))
    expect((await listed()).map(({ id }) => id)).toEqual([row!.id])
  })
})

describe('who looks after it', () => {
  it('is the person, the institution and the operator; the page of the expert leads them there, and nobody else', async () => {
    for (const keeper of [expert, institution, market.operator]) {
      expect((await pages(keeper).get(`/experts/${expert.id}`)).html).toContain(`href="${path()}"`)
      expect((await pages(keeper).get(path())).status).toBe(200)
    }
    const others: [Client, number][] = [
      [market.visitor, 401],
      [await market.enterprise({ name: '众砺重工有限公司' }), 403],
      [await market.institution({ name: '河西科技学院' }), 403],
      [await market.expert({ name: '闻一舟' }), 403],
      [await market.broker({ name: '鲁经理' }), 403],
    ]
    const batch = (await imported(pages(expert), 'cnki.bib')).html
    const [row] = await listed()
    for (const [other, status] of others) {
      const own = pages(other)
      expect((await own.get(`/experts/${expert.id}`)).html).not.toContain(`href="${path()}"`)
      expect((await own.get(path())).status).toBe(status)
      expect((await own.read('zotero.bib')).status).toBe(status)
      expect((await own.send(`${path()}/imports`, { text: '@misc{a, title={甲乙}}', mark: '', take: ['1'] })).status).toBe(status)
      expect((await own.post(path(), { kind: 'paper', title: '别人的论文' })).status).toBe(status)
      expect((await own.post(`${path()}/${row!.id}/removal`, { version: '1' })).status).toBe(status)
      expect((await own.post(undoIn({ html: batch } as Sheet))).status).toBe(status)
    }
    expect(await listed()).toHaveLength(2)
  })
})

describe('the API', () => {
  const send = (client: Client, verb: string, name: string, query = ''): Promise<Answer> =>
    client.ask('POST', `/api${path()}/${verb}${query}`, {
      raw: { body: file(name) },
      headers: { 'content-type': 'application/octet-stream' },
    })

  it('reads, takes in what is chosen, and undoes it once', async () => {
    const read = (await send(expert, 'reading', 'zotero.bib')).as(z.object({ format: z.string(), items: z.array(ReadWork) }))
    expect(read).toMatchObject({
      format: 'bibtex',
      items: [{ position: 1, line: 3, state: 'new', isOthers: false }, {}, { isOthers: true }, {}],
    })
    const taken = await send(expert, 'imports', 'zotero.bib', '?take=3,4')
    expect([taken.status, taken.as(WorksTaken)]).toEqual([201, { id: expect.stringMatching(/^imp_/), taken: 2, known: 0, unreadable: 0 }])
    const { id } = taken.as(WorksTaken)
    expect(refused(await send(expert, 'imports', 'zotero.bib', '?take=3,4'), 'already-exists')).toMatchObject({ batchId: id })
    expect(faultsOf(await send(expert, 'imports', 'zotero.bib', '?take=9'))).toEqual({ '/take': 'nothing-new' })
    expect(faultsOf(await send(expert, 'imports', 'zotero.bib', '?take=all'))).toEqual({ '/take': 'invalid-format' })
    expect(JSON.parse((await institution.post(`/api/evidence-imports/${id}/undoing`)).text)).toEqual({ id, state: 'undone', rowCount: 2 })
    refused(await institution.post(`/api/evidence-imports/${id}/undoing`), 'not-allowed-now')
    // What was undone may come again.
    expect((await send(expert, 'imports', 'zotero.bib', '?take=3,4')).status).toBe(201)
  })

  it('restores what was removed, for those who may register it', async () => {
    const { id } = (await expert.post(`/api${path()}`, { kind: 'paper', title: '箱形梁焊接旁弯的预测' })).as(Evidence)
    refused(await expert.post(`/api/evidence/${id}/restoring`), 'not-found')
    await expert.delete(`/api/evidence/${id}`, 1)
    refused(await market.visitor.post(`/api/evidence/${id}/restoring`), 'not-signed-in')
    refused(await (await market.expert({ name: '闻一舟' })).post(`/api/evidence/${id}/restoring`), 'not-permitted')
    expect((await institution.post(`/api/evidence/${id}/restoring`)).as(Evidence)).toMatchObject({ id, version: 3 })
    expect((await entriesAbout(market.ports.database, id)).map(({ kind }) => kind)).toEqual([
      'evidence.registered',
      'evidence.removed',
      'evidence.restored',
    ])
  })
})
