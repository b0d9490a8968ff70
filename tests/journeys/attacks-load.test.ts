import { createServer, type Server as HttpServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { commandLine } from '../../src/accounts/actor.ts'
import { importFile } from '../../src/imports/actions.ts'
import { columns } from '../../src/imports/columns.ts'
import { type Server, serveMarket } from '../../src/main-node.ts'
import { openMarket as openServed } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'
import type { ImportKind } from '../../src/platform/database/tables.ts'
import { shareConnections } from '../../src/platform/web/connections.ts'
import { refuseUnreadable } from '../../src/platform/web/unreadable.ts'
import type { Description } from './documented.ts'
import { casting, fixture } from './fixtures.ts'
import { type Market, openMarket } from './market.ts'
import { endpointsOf, fitted, sampleOf } from './samples.ts'

/** Opens a connection, sends a text and gives what comes back until it ends. */
function talk(port: number, text: string): { socket: Socket; answer: Promise<string> } {
  const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(text))
  const answer = new Promise<string>((resolve) => {
    let got = ''
    socket.setEncoding('utf8').on('data', (part) => {
      got += part
    })
    socket.on('error', () => {}).on('close', () => resolve(got))
  })
  return { socket, answer }
}
async function listening(server: HttpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

describe('a body that is too large', () => {
  let server: Server
  let port: number
  beforeAll(async () => {
    const config = configFrom({ SUNMAO_DATABASE: ':memory:', SUNMAO_EMBEDDING: 'off', SUNMAO_PORT: '0' })
    server = await serveMarket(await openServed(config), config)
    port = Number(new URL(server.address).port)
  })
  afterAll(() => server.close())

  const post = (path: string, headers: string) =>
    `POST ${path} HTTP/1.1\r\nhost: here\r\norigin: http://here\r\nconnection: close\r\ncontent-type: application/json\r\n${headers}\r\n\r\n`

  it.each(['/api/demands', '/sign-in', '/demands/new', '/nowhere'])('is refused at %s before it is sent', async (path) => {
    const { answer, socket } = talk(port, post(path, 'content-length: 10000000000'))
    socket.setTimeout(3_000, () => socket.destroy())
    expect(await answer).toMatch(/^HTTP\/1\.1 413/)
  })

  it('is refused when it turns out so', async () => {
    const { answer, socket } = talk(port, post('/api/demands', 'transfer-encoding: chunked'))
    const piece = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    let sending: ReturnType<typeof setInterval> | undefined
    socket.once('connect', () => {
      sending = setInterval(() => socket.write(piece), 1)
    })
    socket.on('close', () => clearInterval(sending))
    expect(await answer).toMatch(/^HTTP\/1\.1 413/)
  })

  it('holds nobody up who asks meanwhile, nor does one that never ends', async () => {
    const slow = Array.from({ length: 100 }, () => talk(port, post('/api/demands', 'content-length: 100000')))
    const dripping = setInterval(() => {
      for (const { socket } of slow) socket.write(' ')
    }, 50)
    for (let times = 0; times < 20; times++) {
      const started = performance.now()
      expect((await fetch(`${server.address}/api/demands`)).status).toBe(200)
      expect(performance.now() - started).toBeLessThan(5_000)
    }
    clearInterval(dripping)
    const logged = vi.spyOn(console, 'log')
    for (const { socket } of slow) socket.destroy()
    await Promise.all(slow.map(({ answer }) => answer))
    expect((await fetch(`${server.address}/api/demands`)).status).toBe(200)
    // Whoever hangs up is no bug of ours, and fills no log.
    expect(logged.mock.calls).toEqual([])
    logged.mockRestore()
  })
})

describe('a request that two readers could read in two ways', () => {
  it.each([
    [
      'a length and chunks',
      'POST /api/demands HTTP/1.1\r\nhost: here\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n',
    ],
    ['two lengths', 'POST /api/demands HTTP/1.1\r\nhost: here\r\ncontent-length: 4\r\ncontent-length: 5\r\n\r\nabcd'],
    ['chunks twice', 'POST /api/demands HTTP/1.1\r\nhost: here\r\ntransfer-encoding: chunked, chunked\r\n\r\n0\r\n\r\n'],
    ['a space before the colon', 'POST /api/demands HTTP/1.1\r\nhost: here\r\ncontent-length : 4\r\n\r\nabcd'],
    ['a header that is folded', 'GET /api/demands HTTP/1.1\r\nhost: here\r\nx: a\r\n transfer-encoding: chunked\r\n\r\n'],
    ['TRACE', 'TRACE /api/demands HTTP/1.1\r\nhost: here\r\ncookie: a=b\r\n\r\n'],
    ['CONNECT', 'CONNECT evil.example:443 HTTP/1.1\r\nhost: here\r\n\r\n'],
  ])('is refused once: %s', async (_, text) => {
    const config = configFrom({ SUNMAO_DATABASE: ':memory:', SUNMAO_EMBEDDING: 'off', SUNMAO_PORT: '0' })
    const server = await serveMarket(await openServed(config), config)
    const { answer, socket } = talk(Number(new URL(server.address).port), text)
    setTimeout(() => socket.end(), 300)
    const answered = await answer
    expect(answered.match(/HTTP\/1\.1 \d+/g) ?? []).toEqual(answered === '' ? [] : [expect.stringMatching(/ 4\d\d$/)])
    expect(answered).not.toContain('a=b')
    await server.close()
  })
})

describe('a caller who takes his time', () => {
  it.each([
    ['for the head', 'POST / HTTP/1.1\r\nhost: here\r\n'],
    ['for the body', 'POST / HTTP/1.1\r\nhost: here\r\ncontent-length: 100\r\n\r\nslow'],
  ])('%s is told that it was too long, and let go', async (_, text) => {
    const server = createServer({ headersTimeout: 60, requestTimeout: 80, connectionsCheckingInterval: 20 }, () => {})
    server.on('clientError', (error, socket) => refuseUnreadable(error, socket, 'req-1'))
    const port = await listening(server)
    const answer = await talk(port, text).answer
    expect(answer).toMatch(/^HTTP\/1\.1 408[\s\S]*"\/problems\/request-too-slow"/)
    server.close()
  })

  it('holds so many connections open and no more', async () => {
    const server = createServer((_, response) => response.end('ok'))
    shareConnections(server, 5)
    const port = await listening(server)
    const held = Array.from({ length: 8 }, () => talk(port, 'GET / HTTP/1.1\r\nhost: here\r\n'))
    const ended = await Promise.all(
      held.map(({ answer }) => Promise.race([answer.then(() => true), new Promise<boolean>((resolve) => setTimeout(resolve, 300, false))])),
    )
    expect(ended.filter(Boolean)).toHaveLength(3)
    for (const { socket } of held) socket.destroy()
    await Promise.all(held.map(({ answer }) => answer))
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
    server.closeAllConnections()
    server.close()
  })
})

/** Texts that make a careless regular expression try for ever. */
const hard: [what: string, text: (length: number) => string][] = [
  ['letters', (length) => `${'a'.repeat(length - 1)}!`],
  ['figures', (length) => `${'1'.repeat(length - 1)}!`],
  ['spaces', (length) => `x${' '.repeat(length - 2)}!`],
  ['tabs', (length) => `x${'\t'.repeat(length - 2)}!`],
  ['brackets', (length) => '('.repeat(length)],
  ['quotation marks', (length) => '"'.repeat(length)],
  ['thousands', (length) => ',111'.repeat(length / 4)],
  ['ranges', (length) => '1-'.repeat(length / 2)],
  ['spans', (length) => '1 至 '.repeat(length / 4)],
  ['units', (length) => '1a'.repeat(length / 2)],
  ['ends of sentences', (length) => '。'.repeat(length)],
  ['separators', (length) => '；、;,'.repeat(length / 4)],
  ['addresses', (length) => 'a@'.repeat(length / 2)],
  ['paths', (length) => '/?'.repeat(length / 2)],
  ['percent signs', (length) => '%'.repeat(length)],
  ['characters that grow', (length) => '\uFDFA'.repeat(length)],
  ['marks on one letter', (length) => `a${'\u0301'.repeat(length - 1)}`],
  ['years', (length) => '2026年'.repeat(length / 5)],
]
const patienceMs = 3_000
async function inTime<Result>(what: string, run: () => Promise<Result>): Promise<Result> {
  const started = performance.now()
  const result = await run()
  expect(performance.now() - started, what).toBeLessThan(patienceMs)
  return result
}

describe('a text that is hard to read', () => {
  let market: Market
  let description: Description
  let ids: Record<string, string>
  beforeAll(async () => {
    market = await openMarket()
    description = JSON.parse((await market.visitor.get('/openapi.json')).text)
    const enterprise = await market.enterprise({ name: '众砺重工有限公司' })
    const institution = await market.institution({ name: '砺州理工大学' })
    await market.offer(institution, fixture)
    await market.publish(enterprise, casting)
    ids = { ent: enterprise.id, itn: institution.id }
  })

  it.each(hard)('of %s is read by every endpoint as fast as any other', async (_, text) => {
    for (const { method, path, query, body } of endpointsOf(description)) {
      const at = path.replaceAll(/\{\w+\}/g, encodeURIComponent(text(200)))
      const filling = {
        isFull: true,
        text: (schema: { maxLength?: number }) => fitted(text(schema.maxLength ?? 4_000), schema),
        id: (prefix: string) => ids[prefix],
      }
      const filled = body === null ? null : sampleOf(description, body.schema, filling)
      for (const asked of method === 'GET' ? query.map((name) => `${at}?${name}=${encodeURIComponent(text(300)).slice(0, 7_000)}`) : [at]) {
        const answer = await inTime(`${method} ${asked}`.slice(0, 200), () =>
          market.operator.ask(method, asked, {
            ...(filled !== null && { body: filled }),
            headers: { 'if-match': `"${text(200).replaceAll(/[^ -~]/g, 'x')}"` },
          }),
        )
        expect(answer.status, answer.text).toBeLessThan(500)
      }
    }
  })

  it.each(hard)('of %s is matched, searched and shown as fast as any other', async (_, text) => {
    const owner = await market.client('enterprise', ids.ent!)
    const indicators = Array.from({ length: 40 }, () => ({ text: fitted(text(300), { maxLength: 300 }), need: 'must' as const }))
    const { id } = await inTime('draft', () =>
      market.draft(owner, {
        title: fitted(text(120), { minLength: 4, maxLength: 120 }),
        problem: fitted(text(8_000), { maxLength: 8_000 }),
        indicators,
      }),
    )
    for (const path of [`/api/demands/${id}/matches`, `/api/demands/${id}/matches?kind=expert`, `/demands/${id}`]) {
      expect((await inTime(path, () => owner.get(path))).status).toBe(200)
    }
    const words = encodeURIComponent(text(6_000))
      .slice(0, 7_800)
      .replace(/%[0-9A-F]?$/, '')
    for (const path of [
      `/search?q=${words}`,
      `/demands?q=${words}`,
      `/sign-in?back=/${words}`,
      `/language?back=/${words}`,
      `/demands/new?title=${words}`,
    ]) {
      expect((await inTime(path.slice(0, 30), () => owner.get(path, { accept: 'text/html' }))).status, path).toBeLessThan(500)
    }
  })

  it.each(hard)('of %s is read in a header as fast as any other', async (_, text) => {
    const value = text(30_000)
      .replaceAll(/[^ -~]/g, 'x')
      .trim()
    for (const name of [
      'accept-language',
      'cookie',
      'authorization',
      'content-type',
      'if-match',
      'idempotency-key',
      'x-request-id',
      'origin',
      'x-forwarded-for',
      'accept',
    ]) {
      const headers = { 'content-type': 'application/json', 'if-match': '"1"', [name]: value }
      for (const method of ['GET', 'POST', 'PATCH']) {
        const answer = await inTime(`${method} with ${name}`, async () =>
          market.app.request('http://market.example/api/demands', { method, headers, ...(method !== 'GET' && { body: '{}' }) }),
        )
        expect(answer.status).toBeLessThan(500)
      }
    }
  })

  it.each(hard)('of %s is read in every column of an import as fast as any other', async (_, text) => {
    for (const kind of Object.keys(columns) as ImportKind[]) {
      const row = Object.fromEntries(Object.keys(columns[kind]).map((name) => [name, text(40_000)]))
      const head = Object.values(columns[kind]).map(({ zh }) => zh[0])
      const cells = head.map(() => `"${text(40_000).replaceAll('"', '""')}"`)
      for (const [fileName, content] of [
        [`${kind}.jsonl`, JSON.stringify(row)],
        [`${kind}.csv`, `${head.join(',')}\r\n${cells.join(',')}\r\n`],
      ] as const) {
        const outcome = await inTime(fileName, () =>
          importFile(market.ports, commandLine, {
            kind,
            fileName,
            bytes: new TextEncoder().encode(content),
            source: 'test',
            dryRun: true,
            locale: 'zh-CN',
          }),
        )
        expect(outcome.errors.length, fileName).toBeGreaterThan(0)
      }
    }
  })
})
