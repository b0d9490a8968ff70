import { beforeAll, describe, expect, it } from 'vitest'
import { Demand, DemandView } from '../../src/demands/demand.ts'
import { Enterprise } from '../../src/directory/enterprise.ts'
import { Park } from '../../src/directory/park.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { casting } from './fixtures.ts'
import { type Client, faultsOf, type Market, openMarket, refused } from './market.ts'

const Page = pageOf(DemandView)
const jsonType = { 'content-type': 'application/json' }

let market: Market
let enterprise: Client
beforeAll(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司' })
})

const draft = (changes: object) => enterprise.post('/api/demands', { ...casting, ...changes })
/** A body that JSON.stringify would not write. */
const sent = (raw: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = jsonType) =>
  enterprise.ask('POST', '/api/demands', { raw: { body: raw }, headers })
const count = async () => (await enterprise.get(`/api/demands?enterpriseId=${enterprise.id}&limit=100`)).as(Page).items.length

describe('a body', () => {
  it.each([
    ['an unknown field', { budget: 30 }, { '/budget': 'unknown-field' }],
    [
      'an unknown field deep down',
      { indicators: [{ text: '气孔率≤1 %', need: 'must', unit: '%' }] },
      { '/indicators/0/unit': 'unknown-field' },
    ],
    ['a field whose name needs escaping in a pointer', { '预算/万元~': 30 }, { '/预算~1万元~0': 'unknown-field' }],
    ['a number for a text', { problem: 5 }, { '/problem': 'invalid-type' }],
    ['a text for a number', { budgetMaxFen: '30万' }, { '/budgetMaxFen': 'invalid-type' }],
    ['a list for an object', { businessContact: ['罗采薇'] }, { '/businessContact': 'invalid-type' }],
    ['null where nothing may be null', { title: null, keywords: null }, { '/title': 'invalid-type', '/keywords': 'invalid-type' }],
    ['a title of three characters', { title: '气孔多' }, { '/title': 'too-small' }],
    ['a title of spaces', { title: '　 　 　 　' }, { '/title': 'too-small' }],
    ['an over-long title', { title: '孔'.repeat(121) }, { '/title': 'too-big' }],
    ['an over-long problem', { problem: '气孔。'.repeat(3000) }, { '/problem': 'too-big' }],
    ['too many keywords', { keywords: Array.from({ length: 21 }, (_, at) => `词${at}`) }, { '/keywords': 'too-big' }],
    ['half a fen', { budgetMaxFen: 0.5 }, { '/budgetMaxFen': 'invalid-type' }],
    ['a negative budget', { budgetMinFen: -1 }, { '/budgetMinFen': 'too-small' }],
    ['more money than a number holds', { budgetMaxFen: 2 ** 53 }, { '/budgetMaxFen': 'too-big' }],
    ['a least budget above the most', { budgetMinFen: 2, budgetMaxFen: 1 }, { '/budgetMaxFen': 'below-minimum' }],
    ['a least readiness above the most', { readinessFrom: 7, readinessTo: 3 }, { '/readinessTo': 'below-minimum' }],
    ['a readiness of ten', { readinessFrom: 10 }, { '/readinessFrom': 'too-big' }],
    ['a deadline that has passed', { deadlineOn: '2026-11-21' }, { '/deadlineOn': 'past-day' }],
    ['a day that is in no calendar', { deadlineOn: '2027-02-30' }, { '/deadlineOn': 'invalid-format' }],
    ['an instant for a day', { deadlineOn: '2027-06-30T00:00:00Z' }, { '/deadlineOn': 'invalid-format' }],
    ['an unknown code', { region: { scheme: 'region', edition: '2021', code: '999999' } }, { '/region/code': 'unknown-code' }],
    [
      'a code of an edition that is not ours',
      { region: { scheme: 'region', edition: '1999', code: '990100' } },
      { '/region/code': 'unknown-code' },
    ],
    [
      'an unknown list of codes',
      { classification: [{ scheme: 'naics', edition: '2022', code: '333' }] },
      { '/classification/0/scheme': 'invalid-value' },
    ],
    ['an unknown mode', { modes: ['barter'] }, { '/modes/0': 'invalid-value' }],
    [
      'an email without an at',
      { businessContact: { name: '罗采薇', phone: null, email: 'luo.example' } },
      { '/businessContact/email': 'invalid-format' },
    ],
    ['the id of another kind', { enterpriseId: `dem_${'a'.repeat(20)}` }, { '/enterpriseId': 'invalid-format' }],
    ['NUL in a text', { problem: '气孔\u0000率' }, { '/problem': 'unstorable-text' }],
    ['half of a surrogate pair', { keywords: ['气孔\ud83d'] }, { '/keywords/0': 'unstorable-text' }],
    [
      'NUL in a nested text',
      { businessContact: { name: '罗\u0000', phone: null, email: null } },
      { '/businessContact/name': 'unstorable-text' },
    ],
    ['a member named constructor', { constructor: { name: 'x' } }, { '/constructor': 'unknown-field' }],
  ])('with %s is refused, and nothing is written', async (_, changes, expected) => {
    const before = await count()
    expect(faultsOf(await draft(changes))).toEqual(expected)
    expect(await count()).toBe(before)
  })

  it('says every fault at once, each with what the rule wants', async () => {
    const { errors } = refused(await draft({ title: '孔', modes: ['barter'], deadlineOn: '2020-01-01' }), 'invalid-input')
    expect(errors).toMatchObject([
      { pointer: '/title', code: 'too-small', message: '至少 4 个字', facts: { minimum: 4 } },
      { pointer: '/modes/0', code: 'invalid-value', message: expect.stringContaining('只能填：transfer, licence') },
    ])
    const english = await enterprise.post('/api/demands', { ...casting, deadlineOn: '2020-01-01' }, { 'accept-language': 'en-GB,en;q=0.9' })
    expect(refused(english, 'invalid-input').errors).toEqual([
      {
        pointer: '/deadlineOn',
        code: 'past-day',
        message: 'That day has passed (today is 2026-11-22): enter today or a later day',
        facts: { today: '2026-11-22' },
      },
    ])
  })

  it.each([
    ['nothing', ''],
    ['an open brace', '{"title":'],
    ['a single quote', "{'title':'铸件气孔'}"],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00, 0x7b])],
  ])('that is %s is no JSON', async (_, raw) => {
    refused(await sent(raw), 'invalid-json')
  })

  it.each([
    ['a list', '[]'],
    ['a text', '"铸件气孔"'],
    ['null', 'null'],
  ])('that is %s and no object is refused whole', async (_, raw) => {
    expect(faultsOf(await sent(raw))).toEqual({ '': 'invalid-type' })
    const { id } = await market.draft(enterprise, casting)
    const headers = { 'content-type': 'application/merge-patch+json', 'if-match': '"1"' }
    expect(faultsOf(await enterprise.ask('PATCH', `/api/demands/${id}`, { raw: { body: raw }, headers }))).toEqual({ '': 'invalid-type' })
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', ''])(
    'of type “%s” is refused',
    async (type) => {
      const { accepted } = refused(await sent(JSON.stringify(casting), { 'content-type': type }), 'unsupported-media-type')
      expect(accepted).toBe('application/json')
    },
  )

  it('is read whatever the case and the parameters of its type', async () => {
    expect((await sent(JSON.stringify(casting), { 'content-type': 'Application/JSON; charset=UTF-8' })).status).toBe(201)
  })

  it.each([
    ['that says how long it is', (body: string) => ({ body, headers: { ...jsonType, 'content-length': String(body.length) } })],
    ['that does not', (body: string) => ({ body: new Blob([body]).stream(), headers: jsonType })],
  ])('of ten megabytes %s is refused', async (_, request) => {
    const { body, headers } = request(JSON.stringify({ ...casting, problem: 'a'.repeat(10_000_000) }))
    const answer = await enterprise.ask('POST', '/api/demands', { raw: { body, duplex: 'half' } as RequestInit, headers })
    expect(refused(answer, 'too-large')).toMatchObject({ maximum: 1_000_000 })
  })

  it('nested deeper than anything of ours is refused, not followed', async () => {
    const levels = 100_000
    const lists = `{"title":"铸件气孔率","keywords":${'['.repeat(levels)}${']'.repeat(levels)}}`
    expect(faultsOf(await sent(lists))).toEqual({ '': 'too-deep' })
    const objects = `${'{"region":'.repeat(levels)}1${'}'.repeat(levels)}`
    expect(objects.length).toBeGreaterThan(1_000_000)
    refused(await sent(objects), 'too-large')
    const { id } = await market.draft(enterprise, casting)
    const patch = `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
    const headers = { 'content-type': 'application/merge-patch+json', 'if-match': '"1"' }
    expect(faultsOf(await enterprise.ask('PATCH', `/api/demands/${id}`, { raw: { body: patch }, headers }))).toEqual({ '': 'too-deep' })
  })

  it('with a member named __proto__ is refused, and changes no prototype', async () => {
    expect(faultsOf(await sent('{"title":"铸件气孔率","__proto__":{"isAnonymous":true}}'))).toEqual({ '/__proto__': 'unknown-field' })
    expect(
      faultsOf(
        await sent('{"title":"铸件气孔率","businessContact":{"name":"罗采薇","phone":null,"email":null,"__proto__":{"polluted":1}}}'),
      ),
    ).toEqual({
      '/businessContact/__proto__': 'unknown-field',
    })
    const { id } = (await draft({ businessContact: { name: '罗采薇', phone: null, email: null } })).as(Demand)
    for (const patch of [
      '{"__proto__":{"isAnonymous":true}}',
      '{"businessContact":{"__proto__":{"phone":"110"}}}',
      '{"constructor":{"prototype":{"polluted":1}}}',
    ]) {
      const answer = await enterprise.ask('PATCH', `/api/demands/${id}`, {
        raw: { body: patch },
        headers: { ...jsonType, 'if-match': '"1"' },
      })
      if (answer.status !== 200) faultsOf(answer)
      expect((await enterprise.get(`/api/demands/${id}`)).as(DemandView)).toMatchObject({
        isAnonymous: false,
        businessContact: { name: '罗采薇', phone: null },
        version: 1,
      })
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it('keeps what looks like SQL or HTML as it was written', async () => {
    const written = {
      title: "'; drop table demand; --",
      problem: '<script>alert("气孔")</script> <b>5 %</b> & \\ " \' {{7*7}} #{7*7} 👩🏽‍🔬 العربية',
      keywords: ['a" or "1"="1', '%00', '../../etc/passwd'],
    }
    const answer = await draft(written)
    const { id } = answer.as(Demand)
    expect(answer.header('content-type')).toMatch(/^application\/json/)
    expect(answer.header('x-content-type-options')).toBe('nosniff')
    expect((await enterprise.get(`/api/demands/${id}`)).as(DemandView)).toMatchObject(written)
    expect(await count()).toBeGreaterThan(0)
  })

  it('keeps a word that is given twice', async () => {
    const written = { keywords: ['气孔', '压铸', '气孔'], constraints: ['不换材料', '不换材料'] }
    const { id } = (await draft(written)).as(Demand)
    expect((await enterprise.get(`/api/demands/${id}`)).as(DemandView)).toMatchObject(written)
  })

  it('is trimmed, and otherwise kept to the last character', async () => {
    const title = '铸'.repeat(120)
    expect((await draft({ title: `  ${title}\n` })).as(Demand).title).toBe(title)
  })

  it('keeps an indicator as text, beside what can be read out of it', async () => {
    const written = ['气孔率≤1 %', '硬度不低于200', '表面光亮', '比现有寿命提高2倍', '泄漏量<0.5 mL/min，35 MPa'].map((text) => ({
      text,
      need: 'must',
    }))
    const { indicators } = (await draft({ indicators: written })).as(Demand)
    expect(indicators.map(({ text, parsed }) => [text, parsed !== null])).toEqual([
      ['气孔率≤1 %', true],
      ['硬度不低于200', true],
      ['表面光亮', false],
      ['比现有寿命提高2倍', false],
      ['泄漏量<0.5 mL/min，35 MPa', true],
    ])
  })
})

describe('an address', () => {
  it.each([
    '/api/demands?cursor=%00',
    '/api/demands?cursor=bm9wZQ',
    '/api/demands?cursor=W10',
    '/api/demands?cursor=%E9%93%B8',
    '/api/demands?cursor=WyIyMDI2LTExLTIyVDAxOjAwOjAwLjAwMFoiLCJkZW1fXHUwMDAwIl0',
    '/api/demands?cursor=WyIyMDI2LTExLTIyIiwiZGVtX2FhYSJd',
    '/api/experts?cursor=eyJhIjoxfQ',
    '/api/search?cursor=m10',
    '/api/search?cursor=s-1',
    '/api/search?cursor=s99999',
    '/api/search?cursor=s1&cursor=s2',
    ...['demands', 'search', 'offerings'].map((list) => `/api/${list}?cursor=${'a'.repeat(301)}`),
    `/api/search?cursor=${'a'.repeat(21)}&limit=0`,
    `/demands?cursor=${'a'.repeat(21)}`,
    `/experts?cursor=${'a'.repeat(21)}`,
  ])('with a cursor that is none (%s) is refused', async (path) => {
    refused(await market.visitor.get(path), 'bad-cursor')
  })

  it('with a cursor of matches that is none is refused', async () => {
    const { id } = await market.draft(enterprise, casting)
    for (const cursor of ['s10', 'm', 'm-5', '10', 'm'.repeat(21)])
      refused(await enterprise.get(`/api/demands/${id}/matches?cursor=${cursor}`), 'bad-cursor')
  })

  it('with a cursor beyond the end gives nothing more', async () => {
    expect((await market.visitor.get('/api/search?kind=expert&cursor=s900')).text).toContain('"items":[]')
    const beyond = btoa(JSON.stringify(['2000-01-01T00:00:00.000Z', `dem_${'a'.repeat(20)}`])).replaceAll('=', '')
    expect((await market.visitor.get(`/api/demands?cursor=${beyond}`)).as(Page)).toEqual({ items: [], next: null })
  })

  it.each([
    ['limit=0', { '/limit': 'too-small' }],
    ['limit=101', { '/limit': 'too-big' }],
    ['limit=ten', { '/limit': 'invalid-type' }],
    ['limit=1&limit=2', { '/limit': 'invalid-type' }],
    ['state=lost', { '/state': 'invalid-value' }],
    ['enterpriseId=众砺', { '/enterpriseId': 'invalid-format' }],
    [`brokerId=ent_${'a'.repeat(20)}`, { '/brokerId': 'invalid-format' }],
  ])('with %s is refused', async (query, expected) => {
    expect(faultsOf(await market.visitor.get(`/api/demands?${query}`))).toEqual(expected)
  })

  const kinds = ['demands', 'offerings', 'enterprises', 'parks', 'institutions', 'experts', 'brokers']
  it.each(kinds)('of nobody under %s leads nowhere', async (kind) => {
    const other =
      kind === 'parks'
        ? (await market.operator.post('/api/enterprises', { name: '众砺重工有限公司' })).as(Enterprise)
        : (await market.operator.post('/api/parks', { name: '铸东产业园' })).as(Park)
    for (const id of [
      `dem_${'a'.repeat(20)}`,
      other.id,
      'nobody',
      '%00',
      '%E9%93%B8%E4%BB%B6',
      "'%20or%20''='",
      '%F0%9F',
      '..%2F..%2Fetc',
      'x'.repeat(5000),
    ]) {
      refused(await market.operator.get(`/api/${kind}/${id}`), 'not-found')
      refused(await market.operator.patch(`/api/${kind}/${id}`, 1, {}), 'not-found')
    }
  })

  it.each(['/api', '/api/', '/api/nothing', '/api/demands/x/y/z', '/nothing'])('that is none of ours (%s) leads nowhere', async (path) => {
    for (const method of ['GET', 'POST', 'DELETE']) refused(await market.operator.ask(method, path), 'not-found')
  })

  it('with NUL is refused before the database is asked: PostgreSQL could not be', async () => {
    const own = await openMarket()
    // Once it is known that the tables are there.
    expect((await own.visitor.get('/api/market')).status).toBe(200)
    own.ports.database = {
      ...own.ports.database,
      get query(): never {
        throw new Error('the database was asked')
      },
    }
    for (const kind of kinds) refused(await own.visitor.get(`/api/${kind}/dem_%00`), 'not-found')
    refused(await own.visitor.post('/api/demands/%00/withdrawal'), 'not-found')
    refused(await own.visitor.get('/api/demands/%00/matches'), 'not-found')
    refused(await own.visitor.get('/demands/%00%e9%93%b8'), 'not-found')
    refused(await own.visitor.get('/api/demands?cursor=WyIyMDI2LTExLTIyVDAxOjAwOjAwLjAwMFoiLCJkZW1fXHUwMDAwIl0'), 'bad-cursor')
  })

  it.each(['/api/demands', '/demands', '/healthz', '/nothing'])('of more than 8,000 characters is refused: %s', async (path) => {
    const ofLength = (length: number) => `${path}?x=${'a'.repeat(length - `http://localhost${path}?x=`.length)}`
    expect((await market.visitor.get(ofLength(8_000))).status).not.toBe(414)
    expect(refused(await market.visitor.get(ofLength(8_001)), 'address-too-long')).toMatchObject({ maximum: 8_000 })
  })

  it('with as many parameters as it holds is answered, or refused for those that are too many', async () => {
    const strange = Array.from({ length: 850 }, (_, at) => `p${at}=${at}`).join('&')
    expect((await market.visitor.get(`/api/demands?${strange}`)).status).toBe(200)
    const repeated = 'chain=materials&'.repeat(490)
    expect(faultsOf(await market.visitor.get(`/api/search?${repeated}`))).toEqual({ '/chain': 'invalid-union' })
  })

  it('with words of every kind is searched', async () => {
    for (const words of [
      '',
      ' ',
      '%',
      "' or 1=1",
      '"',
      '\u0000',
      '👩🏽‍🔬',
      'a'.repeat(400),
      '(((((',
      '\\',
      'ＴＣ４',
      '*',
      '__proto__',
      'constructor',
    ]) {
      expect((await market.visitor.get(`/api/search?q=${encodeURIComponent(words)}`)).status, words).toBe(200)
    }
    expect(faultsOf(await market.visitor.get(`/api/search?q=${'a'.repeat(401)}`))).toEqual({ '/q': 'too-big' })
    expect(faultsOf(await market.visitor.get('/api/search?kind=token'))).toEqual({ '/kind': 'invalid-value' })
    expect((await market.visitor.get('/api/search?kind=offering&chain=nothing&mode=__proto__')).text).toContain('"items":[]')
  })
})
