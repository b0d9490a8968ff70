import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem, type ProblemKind, problems } from '../../src/platform/problem.ts'
import { memoryDatabase } from '../worlds.ts'
import { casting } from './fixtures.ts'
import { type Answer, type Client, type Market, openMarket, refused } from './market.ts'

const jsonType = { 'content-type': 'application/json' }

let market: Market
let enterprise: Client
beforeAll(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司' })
})

describe('the language of a refusal', () => {
  /** One request for each kind that a caller can meet here. */
  const refusals: [ProblemKind, (headers: Record<string, string>, query: string) => Promise<Answer>][] = [
    [
      'invalid-json',
      (headers, query) => enterprise.ask('POST', `/api/demands${query}`, { raw: { body: '{' }, headers: { ...jsonType, ...headers } }),
    ],
    ['bad-cursor', (headers, query) => market.visitor.get(`/api/demands${query || '?'}&cursor=x`, headers)],
    ['address-too-long', (headers, query) => market.visitor.get(`/api/demands${query || '?'}&x=${'a'.repeat(8_000)}`, headers)],
    ['not-signed-in', (headers, query) => market.visitor.post(`/api/demands${query}`, casting, headers)],
    ['not-permitted', (headers, query) => enterprise.post(`/api/parks${query}`, { name: '铸东产业园' }, headers)],
    ['not-found', (headers, query) => market.visitor.get(`/api/demands/nobody${query}`, headers)],
    [
      'unsupported-media-type',
      (headers, query) =>
        enterprise.ask('POST', `/api/demands${query}`, { raw: { body: 'x' }, headers: { 'content-type': 'text/plain', ...headers } }),
    ],
    ['invalid-input', (headers, query) => enterprise.post(`/api/demands${query}`, { title: '孔' }, headers)],
    ['version-required', (headers, query) => enterprise.ask('PATCH', `/api/enterprises/${enterprise.id}${query}`, { body: {}, headers })],
    [
      'version-differs',
      (headers, query) =>
        enterprise.ask('PATCH', `/api/enterprises/${enterprise.id}${query}`, { body: {}, headers: { 'if-match': '"9"', ...headers } }),
    ],
  ]

  it.each(refusals)('%s is Chinese unless English is asked for', async (kind, ask) => {
    const title = async (headers: Record<string, string>, query = '') => refused(await ask(headers, query), kind).title
    const chinese = await title({})
    expect(chinese).toMatch(/\p{Script=Han}/u)
    const english = await title({ 'accept-language': 'en' })
    expect(english).toMatch(/^[A-Z][\x20-\x7e’]+$/)
    expect(await title({}, '?lang=en')).toBe(english)
    expect(await title({ cookie: 'lang=en' })).toBe(english)
    for (const preferred of ['zh-CN', 'fr, zh;q=0.5, en;q=0.1', 'de', '*', ';;q=x'])
      expect(await title({ 'accept-language': preferred }), preferred).toBe(chinese)
    expect(await title({ 'accept-language': 'en' }, '?lang=zh-CN')).toBe(chinese)
    expect(await title({ 'accept-language': 'en' }, '?lang=xx')).toBe(english)
  })

  it('carries the request id of the caller, where it is a plain one', async () => {
    const answer = await market.visitor.get('/api/demands/nobody', { 'x-request-id': 'req-2026.11' })
    expect(refused(answer, 'not-found').instance).toBe('req-2026.11')
    expect(answer.header('x-request-id')).toBe('req-2026.11')
    for (const odd of ['a b', '<script>', 'x'.repeat(81), '']) {
      expect(refused(await market.visitor.get('/api/demands/nobody', { 'x-request-id': odd }), 'not-found').instance).not.toBe(odd)
    }
  })
})

describe('a bug', () => {
  const lines: string[] = []
  beforeEach(() => {
    lines.length = 0
    vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('answers 500 with the request id and nothing of the inside, and is logged whole', async () => {
    const own = await openMarket()
    own.ports.search.search = async () => {
      throw new Error('cannot read /var/lib/sunmao/index.bin', { cause: new TypeError('secret of the disk') })
    }
    for (const [language, title] of [
      ['zh-CN', '系统出错了'],
      ['en', 'Something went wrong on our side'],
    ]) {
      const answer = await own.visitor.get('/api/search?q=焊接', { 'accept-language': language! })
      expect(answer.status).toBe(500)
      expect(answer.header('content-type')).toBe('application/problem+json; charset=utf-8')
      const body = JSON.parse(answer.text)
      expect(body).toEqual({
        type: '/problems/bug',
        title,
        detail: expect.any(String),
        status: 500,
        instance: answer.header('x-request-id'),
      })
      expect(JSON.parse(lines.at(-1)!)).toMatchObject({
        level: 'error',
        requestId: body.instance,
        path: '/api/search',
        error: 'cannot read /var/lib/sunmao/index.bin',
        stack: expect.stringContaining('problems.test.ts'),
        cause: 'TypeError: secret of the disk',
      })
    }
  })

  it('does not keep its answer for a repeated Idempotency-Key', async () => {
    const database = await memoryDatabase()
    let isBroken = true
    const own = await openMarket({
      database: {
        ...database,
        async commit(...statements) {
          if (isBroken && statements.some((statement) => statement.compile().sql.includes('"demand"'))) throw new Error('disk on fire')
          return database.commit(...statements)
        },
      },
    })
    const asking = await own.enterprise({ name: '众砺重工有限公司' })
    const ask = () => asking.post('/api/demands', casting, { 'idempotency-key': 'k-8' })
    expect((await ask()).status).toBe(500)
    isBroken = false
    expect((await ask()).status).toBe(201)
  })

  it.each([
    ['storage-full', '磁盘已满'],
    ['storage-read-only', '数据库不可写'],
  ] as const)('is not what %s is: the caller is told', async (kind, title) => {
    const database = await memoryDatabase()
    let isBroken = false
    const own = await openMarket({
      database: {
        ...database,
        async commit(...statements) {
          if (isBroken) throw new Problem(kind)
          return database.commit(...statements)
        },
      },
    })
    const asking = await own.enterprise({ name: '众砺重工有限公司' })
    isBroken = true
    expect(refused(await asking.post('/api/demands', casting), kind).title).toBe(title)
    expect(problems[kind]).toBe(507)
  })
})
