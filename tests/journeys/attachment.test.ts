import { beforeAll, describe, expect, it } from 'vitest'
import { attachmentApi } from '../../src/attachments/api.ts'
import { Attachment, type FieldGroup, mostAttachments } from '../../src/attachments/attachment.ts'
import { Disclosure, terms } from '../../src/disclosures/disclosure.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { z } from '../../src/platform/schema.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { ReadingView, Trace } from '../../src/readings/reading.ts'
import { aDocx, aJpeg, aLockedPdf, aPdf, aPdfWithoutFonts, aPdfWithScript, aPng, exif, zip } from '../documents.ts'
import { largestFile } from '../worlds.ts'
import { fixture, welding } from './fixtures.ts'
import { type Answer, type Client, faultsOf, type Market, openMarket, refused } from './market.ts'
import { textsIn } from './stamped.ts'

const List = z.object({ items: z.array(Attachment) })
const groups = ['teaser', 'detail', 'confidential'] as const

let market: Market
let owner: Client
let outsider: Client
let broker: Client
/** A drawing that anybody could have made. */
let drawing: Uint8Array
beforeAll(async () => {
  market = await openMarket()
  owner = await market.enterprise({ name: '众砺重工有限公司' })
  outsider = await market.enterprise({ name: '北塬机械有限公司' })
  broker = await market.broker({ name: '鲁经理' })
  drawing = await aPdf()
})

interface Sent {
  name?: string
  group?: FieldGroup
  bytes?: Uint8Array
}

/** As a page's form sends it. */
async function upload(
  client: Client,
  subject: string,
  { name = '箱形梁图纸.pdf', group = 'detail', bytes = drawing }: Sent = {},
): Promise<Answer> {
  const body = new FormData()
  body.set('group', group)
  body.set('file', new File([Uint8Array.from(bytes)], name))
  return client.ask('POST', `${subject}/attachments`, { raw: { body } })
}

const attached = async (client: Client, subject: string, sent: Sent = {}) => (await upload(client, subject, sent)).as(Attachment)
const namesFor = async (client: Client, subject: string) =>
  (await client.get(`${subject}/attachments`)).as(List).items.map(({ group }) => group)
const bytesOf = async (client: Client, id: string, path = `/api/attachments/${id}/content`) => {
  const answer = await market.app.request(path, { headers: client.secret === null ? {} : { authorization: `Bearer ${client.secret}` } })
  return { status: answer.status, headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) }
}

async function demandOf(visibility: 'public' | 'registered' | 'nda', changes: object = {}): Promise<string> {
  const { id } = await market.publish(owner, { ...welding, visibility, teaser: '大型结构件焊接变形控制', ...changes })
  return `/api/demands/${id}`
}

describe('a document', () => {
  it('is taken, listed, read and removed, and the journal tells of it without its name', async () => {
    const demand = await demandOf('public')
    const made = await upload(owner, demand)
    const { id, sha256, ...rest } = made.as(Attachment)
    expect(made.header('location')).toBe(`/api/attachments/${id}`)
    expect(rest).toMatchObject({ group: 'detail', name: '箱形梁图纸.pdf', mediaType: 'application/pdf', size: drawing.length, version: 1 })
    expect((await owner.get(`${demand}/attachments`)).as(List).items).toEqual([{ id, sha256, ...rest }])
    expect((await owner.get(`/api/attachments/${id}`)).as(Attachment).name).toBe('箱形梁图纸.pdf')
    const { bytes, headers } = await bytesOf(owner, id)
    expect(Buffer.compare(bytes, drawing)).toBe(0)
    expect(headers.get('content-type')).toBe('application/pdf')

    refused(await owner.delete(`/api/attachments/${id}`, 2), 'version-differs')
    expect((await owner.delete(`/api/attachments/${id}`, 1)).status).toBe(200)
    refused(await owner.get(`/api/attachments/${id}`), 'not-found')
    expect((await bytesOf(owner, id)).status).toBe(404)
    expect(await Array.fromAsync(market.ports.files.each())).toEqual([])
    const journal = await entriesAbout(market.ports.database, id)
    expect(journal.map(({ kind, actorId }) => [kind, actorId])).toEqual([
      ['attachment.uploaded', owner.id],
      ['attachment.removed', owner.id],
    ])
    for (const { facts } of journal) {
      expect(facts).toEqual({ subjectId: demand.slice(13), group: 'detail', mediaType: 'application/pdf', size: drawing.length })
    }
  })

  it('is taken as the whole body too, with its name in the header or in the query', async () => {
    const demand = await demandOf('public')
    const sent = async (query: string, headers: Record<string, string>) =>
      (await owner.ask('POST', `${demand}/attachments?group=teaser${query}`, { raw: { body: Uint8Array.from(drawing) }, headers })).as(
        Attachment,
      ).name
    const utf8 = Buffer.from('旁弯.pdf').toString('latin1')
    expect(await sent('&name=%E6%97%81%E5%BC%AF.pdf', {})).toBe('旁弯.pdf')
    expect(await sent('', { 'content-disposition': "attachment; filename*=UTF-8''%E6%97%81%E5%BC%AF.pdf" })).toBe('旁弯.pdf')
    expect(await sent('', { 'content-disposition': `attachment; filename="${utf8}"`, 'content-type': 'application/pdf' })).toBe('旁弯.pdf')
    const answer = await owner.ask('POST', `${demand}/attachments`, { raw: { body: Uint8Array.from(drawing) } })
    expect(faultsOf(answer)).toEqual({ '/name': 'invalid-type', '/group': 'invalid-value' })
  })

  it('that is repeated with its key is there once', async () => {
    const demand = await demandOf('public')
    const ask = (bytes: Uint8Array) =>
      owner.ask('POST', `${demand}/attachments?group=teaser&name=a.pdf`, {
        raw: { body: Uint8Array.from(bytes) },
        headers: { 'idempotency-key': demand, 'content-type': 'application/octet-stream' },
      })
    const first = (await ask(drawing)).as(Attachment)
    const again = await ask(drawing)
    expect([again.as(Attachment).id, again.header('idempotency-replayed')]).toEqual([first.id, 'true'])
    refused(await ask(aPng()), 'key-reused')
    expect(await namesFor(owner, demand)).toEqual(['teaser'])
  })

  it.each([
    ['\u202Egnp.exe\u202C图纸', '图纸', 'gnp.exe图纸.pdf'],
    ['../../../etc/passwd', 'passwd', 'passwd.pdf'],
    ['C:\\fakepath\\图纸.PDF', 'path of Windows', '图纸.PDF'],
    ['a"; filename="evil.html', 'quotes', 'a__ filename=_evil.html.pdf'],
    ['图\r\nX-Evil: 1\r\n\r\n纸.pdf', 'lines', '图X-Evil_ 1纸.pdf'],
    ['合同%0d%0aSet-Cookie: a=b.pdf', 'escapes', '合同%0d%0aSet-Cookie_ a=b.pdf'],
    ['...', 'dots', 'file.pdf'],
    ['CON.pdf', 'a device', '_CON.pdf'],
    [`${'长'.repeat(300)}.pdf`, 'a long name', `${'长'.repeat(116)}.pdf`],
    ['report.html', 'another ending', 'report.html.pdf'],
    ['焊\u0000缝\u200b.pdf', 'what nobody sees', '焊缝.pdf'],
  ])('named %j (%s) gets a name that does no harm, in a header that does none either', async (name, _, expected) => {
    const demand = await demandOf('public')
    const answer = await owner.ask('POST', `${demand}/attachments?group=teaser&name=${encodeURIComponent(name)}`, {
      raw: { body: Uint8Array.from(drawing) },
    })
    const { id, name: kept } = answer.as(Attachment)
    expect(kept).toBe(expected)
    const { headers } = await bytesOf(market.visitor, id)
    const disposition = headers.get('content-disposition')!
    expect(disposition).toMatch(/^attachment; filename="?[\x20-\x7e]+$/)
    expect(headers.get('x-evil')).toBeNull()
    const extended = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1]
    expect(extended === undefined ? /filename="?([^"]+)"?/.exec(disposition)![1] : decodeURIComponent(extended)).toBe(expected)
    // What knows no Chinese gets its id for a name.
    if (extended !== undefined) expect(disposition).toContain(`filename=${id}.pdf`)
  })

  it('is handed out to keep, never to show', async () => {
    const demand = await demandOf('public')
    const { id } = await attached(owner, demand, { group: 'teaser' })
    for (const path of [`/api/attachments/${id}/content`, `/attachments/${id}`]) {
      const { headers } = await bytesOf(market.visitor, id, path)
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-disposition': expect.stringMatching(/^attachment;/),
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
        'cache-control': 'private, no-store',
        'content-type': 'application/pdf',
        'content-length': String(drawing.length),
      })
    }
    // Pages keep their own policy.
    expect((await market.visitor.get('/', { accept: 'text/html' })).header('content-security-policy')).toContain("default-src 'self'")
  })

  it('that is a photograph does not say where it was taken', async () => {
    const demand = await demandOf('public')
    const place = '铸东产业园 3 号车间'
    const { id, size } = await attached(owner, demand, { group: 'teaser', name: '现场.JPG', bytes: aJpeg({ segments: [exif(place)] }) })
    const { bytes } = await bytesOf(market.visitor, id)
    expect(bytes.length).toBe(size)
    expect(Buffer.from(bytes).includes(place)).toBe(false)
  })

  it.each([
    ['of an old format', 'file-type', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['that is a page', 'file-type', Buffer.from('<html><script>alert(1)</script>')],
    ['with another one behind it', 'file-double', Buffer.concat([aPng(), zip([{ name: 'a' }])])],
    ['that unpacks into gigabytes', 'file-unpacks', aDocx([{ name: 'word/a.xml', content: 'a', declaredSize: 4e9 }])],
    ['that leads out of its folder', 'file-damaged', aDocx([{ name: '../a.xml', content: 'a' }])],
    ['of a size that nobody draws', 'image-size', aPng({ width: 30_000, height: 1 })],
    ['that is empty', 'file-empty', Buffer.alloc(0)],
    ['that is locked', 'file-locked', aLockedPdf],
    ['that holds a script', 'file-active', aPdfWithScript],
  ])('%s is refused with what to do, and nothing is kept', async (_, fault, made) => {
    const before = await Array.fromAsync(market.ports.files.each())
    const bytes = typeof made === 'function' ? await made() : made
    const answer = await upload(owner, await demandOf('public'), { bytes, name: '图纸.pdf' })
    expect(faultsOf(answer)).toEqual({ '/file': fault })
    expect(refused(answer, 'invalid-input').errors![0]!.message).toMatch(/请/)
    expect(await Array.fromAsync(market.ports.files.each())).toEqual(before)
  })

  it('is no larger than the market takes, however it says or does not say its size', async () => {
    const demand = await demandOf('public')
    const bytes = Buffer.alloc(largestFile + 1, 'a')
    expect(refused(await upload(owner, demand, { bytes, name: 'a.txt' }), 'too-large')).toMatchObject({ megabytes: largestFile / 1e6 })
    let given = 0
    const endless = () =>
      new ReadableStream({
        pull(controller) {
          given += 100_000
          controller.enqueue(new Uint8Array(100_000).fill(97))
        },
      })
    const raw = { body: endless(), duplex: 'half' } as RequestInit
    const answer = await owner.ask('POST', `${demand}/attachments?group=teaser&name=a.txt`, {
      raw,
      headers: { 'content-type': 'text/plain' },
    })
    expect(refused(answer, 'too-large').detail).toContain('2 MB')
    expect(given).toBeLessThan(largestFile + 500_000)
    // Of somebody who may not, nothing is read at all.
    given = 0
    refused(
      await market.visitor.ask('POST', `${demand}/attachments`, { raw: { body: endless(), duplex: 'half' } as RequestInit }),
      'not-signed-in',
    )
    expect(given).toBeLessThan(500_000)
  })

  it('is one of twenty at most, though two come at once for the last place', async () => {
    const demand = await demandOf('public')
    for (let count = 1; count < mostAttachments; count++) await attached(owner, demand, { group: 'teaser', bytes: aPng() })
    const answers = await Promise.all([upload(owner, demand, { bytes: aPng() }), upload(owner, demand, { bytes: aPng() })])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409])
    expect(refused(await upload(owner, demand), 'not-allowed-now').detail).toContain('20')
    const [first] = (await owner.get(`${demand}/attachments`)).as(List).items
    await owner.delete(`/api/attachments/${first!.id}`, 1)
    expect((await upload(owner, demand)).status).toBe(201)
  })

  it('is not added to what is closed, and can still be removed from it', async () => {
    const demand = await demandOf('public')
    const { id } = await attached(owner, demand)
    await owner.post(`${demand}/solution`)
    expect(refused(await upload(owner, demand), 'not-allowed-now')).toMatchObject({ state: 'solved' })
    expect((await owner.delete(`/api/attachments/${id}`, 1)).status).toBe(200)
  })

  it('whose bytes are gone or changed is not handed out', async () => {
    const demand = await demandOf('public')
    const { id } = await attached(owner, demand, { group: 'teaser', bytes: aPng({ width: 33 }) })
    const { files, database } = market.ports
    const { blob } = await database.query.selectFrom('attachment').select('blob').where('id', '=', id).executeTakeFirstOrThrow()
    await files.put(blob, aPng())
    refused(await owner.get(`/api/attachments/${id}/content`), 'file-lost')
    await files.remove(blob)
    refused(await owner.get(`/api/attachments/${id}/content`), 'file-lost')
  })
})

describe('who reads a document', () => {
  const all = [...groups]
  it.each([
    ['public', ['teaser', 'detail'], ['teaser', 'detail']],
    ['registered', ['teaser'], ['teaser', 'detail']],
    ['nda', ['teaser'], ['teaser']],
  ] as const)('of a %s demand: a visitor %j, somebody registered %j, its people all of them', async (visibility, byVisitor, byOutsider) => {
    const demand = await demandOf(visibility)
    const ids = {} as Record<FieldGroup, string>
    for (const group of groups) ids[group] = (await attached(owner, demand, { group })).id
    await market.operator.post(`${demand}/assignment`, { brokerId: broker.id })
    const openings = { subjectId: demand.slice(13), reason: '核对涉密情况' }
    expect(await namesFor(market.operator, demand)).toEqual(['teaser', 'detail'])
    expect((await market.operator.post('/api/openings', openings)).status).toBe(201)
    for (const [reader, readable] of [
      [market.visitor, byVisitor],
      [outsider, byOutsider],
      [owner, all],
      [broker, all],
      [market.operator, all],
    ] as const) {
      expect((await namesFor(reader, demand)).toSorted()).toEqual([...readable].toSorted())
      for (const group of groups) {
        const expected = (readable as readonly string[]).includes(group) ? 200 : 404
        expect([group, (await bytesOf(reader, ids[group])).status]).toEqual([group, expected])
        expect((await bytesOf(reader, ids[group], `/attachments/${ids[group]}`)).status).toBe(expected)
        expect((await reader.get(`/api/attachments/${ids[group]}`)).status).toBe(expected)
      }
    }
  })

  it('of a draft: nobody but its people, who are told that it is not there', async () => {
    const { id } = await market.draft(owner, welding)
    const document = await attached(owner, `/api/demands/${id}`, { group: 'teaser' })
    for (const client of [outsider, market.visitor]) {
      refused(await client.get(`/api/demands/${id}/attachments`), 'not-found')
      const answer = refused(await client.get(`/api/attachments/${document.id}`), 'not-found')
      expect(JSON.stringify(answer)).not.toContain(id)
    }
  })

  it('of an anonymous demand is not told who brought it', async () => {
    const demand = await demandOf('public', { isAnonymous: true })
    const { id } = await attached(owner, demand, { group: 'teaser' })
    for (const path of [`${demand}/attachments`, `/api/attachments/${id}`]) {
      expect((await outsider.get(path)).text).not.toContain(owner.id)
      expect((await owner.get(path)).text).toContain(owner.id)
    }
  })

  it('of an offering, as of a demand', async () => {
    const institution = await market.institution({ name: '砺州理工大学' })
    const { id } = await market.offer(institution, { ...fixture, visibility: 'nda' })
    for (const group of groups) await attached(institution, `/api/offerings/${id}`, { group })
    expect(await namesFor(outsider, `/api/offerings/${id}`)).toEqual(['teaser'])
    expect(await namesFor(institution, `/api/offerings/${id}`)).toEqual([...groups])
    refused(await upload(outsider, `/api/offerings/${id}`), 'not-permitted')
    // An offering is no demand.
    refused(await institution.get(`/api/demands/${id}/attachments`), 'not-found')
  })

  it('that proves who an organisation is: itself and the operator, not its park, no broker', async () => {
    const park = await market.park({ name: '铸东产业园' })
    const firm = await market.enterprise({ name: '恒砺铸造有限公司', parkId: park.id })
    const path = `/api/enterprises/${firm.id}`
    expect(faultsOf(await upload(firm, path, { group: 'teaser' }))).toEqual({ '/group': 'invalid-value' })
    const { id } = await attached(firm, path, { group: 'confidential', name: '营业执照.png', bytes: aPng() })
    for (const client of [park, broker, outsider, market.visitor]) {
      expect(await namesFor(client, path)).toEqual([])
      expect((await bytesOf(client, id)).status).toBe(404)
      refused(await client.delete(`/api/attachments/${id}`, 1), 'not-found')
    }
    for (const client of [firm, market.operator]) expect((await bytesOf(client, id)).status).toBe(200)
  })

  it('he may neither add nor remove who may not amend', async () => {
    const demand = await demandOf('public')
    const { id } = await attached(owner, demand, { group: 'teaser' })
    refused(await upload(outsider, demand), 'not-permitted')
    refused(await outsider.delete(`/api/attachments/${id}`, 1), 'not-permitted')
    refused(await market.visitor.delete(`/api/attachments/${id}`, 1), 'not-signed-in')
    expect((await owner.get(`/api/attachments/${id}`)).status).toBe(200)
  })
})

describe('a confidential document', () => {
  it('is marked for each reader with a code that leads to him', async () => {
    const demand = await demandOf('nda')
    await market.operator.post(`${demand}/assignment`, { brokerId: broker.id })
    const { id, subjectId } = await attached(owner, demand, { group: 'confidential' })
    const codes: string[] = []
    for (const reader of [owner, broker]) {
      const { bytes, headers } = await bytesOf(reader, id)
      expect(headers.get('content-type')).toBe('application/pdf')
      const [page] = await textsIn(bytes)
      const [code] = /[A-Z2-7]{4}(-[A-Z2-7]{4}){3}/.exec(page!)!
      expect(page).toContain(reader.id)
      expect(page).toContain('2026-11-22')
      expect(page).toContain('Drawing 1 of the fixture')
      codes.push(code)
    }
    expect(new Set(codes).size).toBe(2)

    const { items } = (await owner.get(`${demand}/readings`)).as(pageOf(ReadingView))
    expect(items.map(({ readerId, readerName, object, code }) => ({ readerId, readerName, object, code }))).toEqual([
      { readerId: broker.id, readerName: '鲁经理', object: id, code: codes[1] },
      { readerId: owner.id, readerName: '众砺重工有限公司', object: id, code: codes[0] },
    ])
    const typed = codes[1]!.toLowerCase().replaceAll('-', ' ')
    const trace = (await market.operator.get(`/api/readings?code=${encodeURIComponent(typed)}`)).as(Trace)
    expect(trace).toMatchObject({ readerId: broker.id, readerRole: 'broker', subjectId, object: id, code: codes[1] })
    refused(await market.operator.get(`/api/readings?code=${'A'.repeat(16)}`), 'not-found')
    refused(await owner.get(`/api/readings?code=${codes[1]}`), 'not-permitted')
    expect(faultsOf(await market.operator.get('/api/readings?code=1'))).toEqual({ '/code': 'invalid-format' })
  })

  it('is read by whoever is verified and accepts the terms, until its owner ends it', async () => {
    const demand = await demandOf('nda')
    const { id, subjectId } = await attached(owner, demand, { group: 'confidential' })
    const reader = await market.institution({ name: '砺州理工大学' })
    const accept = () => reader.post('/api/disclosures', { subjectId, textVersion: terms.version })
    refused(await accept(), 'not-permitted')
    await market.verify(reader.id)
    expect((await bytesOf(reader, id)).status).toBe(404)
    const disclosure = (await accept()).as(Disclosure)
    const copy = await bytesOf(reader, id)
    expect((await textsIn(copy.bytes))[0]).toContain(reader.id)
    const { items } = (await owner.get(`${demand}/readings`)).as(pageOf(ReadingView))
    expect(items).toMatchObject([{ readerName: '砺州理工大学', object: id }])
    await owner.post(`/api/disclosures/${disclosure.id}/ending`)
    expect((await bytesOf(reader, id)).status).toBe(404)
  })

  it('that is an image is handed out as a marked page', async () => {
    const { id } = await attached(owner, await demandOf('nda'), {
      group: 'confidential',
      name: '断口.png',
      bytes: aPng({ width: 200, height: 100 }),
    })
    const { bytes, headers } = await bytesOf(owner, id)
    expect(headers.get('content-type')).toBe('application/pdf')
    expect(decodeURIComponent(headers.get('content-disposition')!)).toContain('断口.pdf')
    expect((await textsIn(bytes))[0]).toContain(owner.id)
  })

  it('that no mark can be written on is refused when it comes, and taken for others', async () => {
    const demand = await demandOf('nda')
    const bytes = await aPdfWithoutFonts()
    expect(faultsOf(await upload(owner, demand, { group: 'confidential', bytes }))).toEqual({ '/file': 'file-damaged' })
    expect((await upload(owner, demand, { group: 'detail', bytes })).status).toBe(201)
  })

  it('must be one that can be marked', async () => {
    const answer = await upload(owner, await demandOf('nda'), { group: 'confidential', name: '参数.docx', bytes: aDocx() })
    expect(faultsOf(answer)).toEqual({ '/file': 'not-stampable' })
    expect(refused(answer, 'invalid-input').errors![0]!.message).toContain('PDF')
  })
})

describe('a trace of reading', () => {
  it('is left by whoever is known and reads more than the teaser', async () => {
    const demand = await demandOf('registered')
    for (const group of ['teaser', 'detail'] as const) {
      const { id } = await attached(owner, demand, { group })
      await bytesOf(outsider, id)
      await bytesOf(market.visitor, id)
    }
    const { items } = (await owner.get(`${demand}/readings`)).as(pageOf(ReadingView))
    expect(items).toMatchObject([{ readerId: outsider.id, readerName: '北塬机械有限公司', readerRole: 'enterprise', code: null }])
  })

  it('is told to the owner and the operator, in pages, and to nobody else', async () => {
    const demand = await demandOf('registered')
    const { id } = await attached(owner, demand)
    for (let count = 0; count < 5; count++) await bytesOf(outsider, id)
    const first = (await owner.get(`${demand}/readings?limit=3`)).as(pageOf(ReadingView))
    const rest = (await owner.get(`${demand}/readings?limit=3&cursor=${first.next}`)).as(pageOf(ReadingView))
    expect([first.items.length, rest.items.length, rest.next]).toEqual([3, 2, null])
    expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(5)
    expect((await market.operator.get(`${demand}/readings`)).status).toBe(200)
    refused(await outsider.get(`${demand}/readings`), 'not-permitted')
    refused(await broker.get(`${demand}/readings`), 'not-permitted')
    refused(await market.visitor.get(`${demand}/readings`), 'not-signed-in')
  })
})

it('documents can be attached at as many places as the description names', () => {
  const posts = attachmentApi().routes.filter(({ method }) => method === 'POST')
  expect(posts.map(({ path }) => path.split('/')[2])).toEqual([
    'demands',
    'offerings',
    'enterprises',
    'institutions',
    'providers',
    'parks',
    'counties',
    'contacts',
  ])
})
