import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Server, serveMarket } from '../../src/main-node.ts'
import { openMarket } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'
import { problems } from '../../src/platform/problem.ts'
import { ProblemDocument } from '../../src/platform/web/problem-document.ts'
import { refuseUnreadable } from '../../src/platform/web/unreadable.ts'
import { aPdf, aPdfThatUnpacks } from '../documents.ts'
import { textsIn } from '../journeys/stamped.ts'

let server: Server
let port: number
beforeAll(async () => {
  const config = configFrom({ SUNMAO_DATABASE: ':memory:', SUNMAO_EMBEDDING: 'off', SUNMAO_PORT: '0' })
  server = await serveMarket(await openMarket(config), config)
  port = Number(new URL(server.address).port)
})
afterAll(() => server.close())

/** Everything that comes back on a connection until the server ends it. */
function sent(text: string, to = port): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect({ port: to, host: '127.0.0.1' }, () => socket.write(text))
    socket.setEncoding('utf8').on('data', (part) => {
      answer += part
    })
    socket.on('error', reject).on('close', () => resolve(answer))
  })
}

/** The one answer on a connection: a whole problem document under its status. */
function expectProblem(answer: string, kind: keyof typeof problems): void {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  const headers = new Headers(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(': ') as [string, string]),
  )
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${problems[kind]} \\w`))
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(headers.get('connection')).toBe('close')
  const document = ProblemDocument.parse(JSON.parse(body))
  expect(document).toMatchObject({ type: `/problems/${kind}`, status: problems[kind], instance: headers.get('x-request-id') })
  expect(document.title).toMatch(/\p{Script=Han}/u)
}

const get = (length: number) => `GET /api/demands?x=${'a'.repeat(length)} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n`

describe('a server on Node', () => {
  it.each([9_000, 30_000, 60_000])('answers an address of %i characters itself', async (length) => {
    expectProblem(await sent(get(length)), 'address-too-long')
  })

  it.each([70_000, 100_000, 5_000_000])('refuses a head of %i bytes, which nobody has read, and ends the connection', async (length) => {
    expectProblem(await sent(get(length)), 'headers-too-large')
  })

  it.each([
    ['what is no HTTP', '\u0016\u0003\u0001 hello\r\n\r\n'],
    ['an unknown method', 'FETCH / HTTP/1.1\r\nhost: here\r\n\r\n'],
    ['a header without a colon', 'GET / HTTP/1.1\r\nhost here\r\n\r\n'],
    ['two lengths', 'POST /api/demands HTTP/1.1\r\nhost: here\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
  ])('refuses %s', async (_, text) => {
    expectProblem(await sent(text), 'malformed-request')
  })

  it('goes on answering others', async () => {
    expect((await fetch(`${server.address}/readyz`)).status).toBe(200)
  })
})

describe('a server on Node with a database file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunmao-node-'))
  const token = 'an-operator-of-the-test-market-0002'
  const authorization = `Bearer ${token}`
  let own: Server
  let path: string
  beforeAll(async () => {
    const config = configFrom({
      SUNMAO_DATABASE: join(folder, 'market.db'),
      SUNMAO_EMBEDDING: 'off',
      SUNMAO_PORT: '0',
      SUNMAO_OPERATOR_TOKEN: token,
      SUNMAO_LARGEST_FILE: '1.5',
    })
    own = await serveMarket(await openMarket(config), config)
    const post = async (path: string, body: object) => {
      const headers = { authorization, 'content-type': 'application/json' }
      const answer = await fetch(own.address + path, { method: 'POST', headers, body: JSON.stringify(body) })
      return ((await answer.json()) as { id: string }).id
    }
    const enterpriseId = await post('/api/enterprises', { name: '众砺重工有限公司' })
    path = `/api/demands/${await post('/api/demands', { title: '箱形梁焊接变形控制', enterpriseId })}/attachments`
  })
  afterAll(async () => {
    await own.close()
    rmSync(folder, { recursive: true })
  })
  const send = (body: Uint8Array<ArrayBuffer> | ReadableStream, name = '图纸.pdf') =>
    fetch(`${own.address}${path}?group=confidential&name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/octet-stream' },
      body,
      duplex: 'half',
    } as RequestInit)

  it('keeps documents beside it, for its owner alone, and marks what is confidential', async () => {
    const answer = await send(Uint8Array.from(await aPdf()))
    expect(answer.status).toBe(201)
    const { id } = (await answer.json()) as { id: string }
    const kept = readdirSync(join(folder, 'market.db.files'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(kept).toHaveLength(1)
    expect(statSync(join(kept[0]!.parentPath, kept[0]!.name)).mode & 0o777).toBe(0o600)
    const opening = { subjectId: path.split('/')[3], reason: '核对涉密情况' }
    const headers = { authorization, 'content-type': 'application/json' }
    await fetch(`${own.address}/api/openings`, { method: 'POST', headers, body: JSON.stringify(opening) })
    const copy = await fetch(`${own.address}/api/attachments/${id}/content`, { headers: { authorization } })
    expect(copy.headers.get('content-disposition')).toContain("filename*=UTF-8''%E5%9B%BE%E7%BA%B8.pdf")
    expect((await textsIn(new Uint8Array(await copy.arrayBuffer())))[0]).toMatch(/[A-Z2-7]{4}(-[A-Z2-7]{4}){3}/)
  })

  it('refuses what is too large before it has read it all, and answers others while it reads what unpacks into much', async () => {
    let given = 0
    const endless = new ReadableStream({
      async pull(controller) {
        given += 65_536
        controller.enqueue(new Uint8Array(65_536))
        await new Promise((resolve) => setTimeout(resolve, 1))
      },
    })
    // The server may have closed before the rest is sent: then there is no answer to read.
    const large = await send(endless).catch(() => null)
    expect([413, undefined]).toContain(large?.status)
    expect(given).toBeLessThan(20_000_000)
    let answered = 0
    const asking = { goesOn: true }
    const others = (async () => {
      while (asking.goesOn) {
        expect((await fetch(`${own.address}/healthz`)).status).toBe(200)
        answered++
      }
    })()
    const bomb = Uint8Array.from(aPdfThatUnpacks(40))
    answered = 0
    expect((await send(bomb)).status).toBe(201)
    expect(answered).toBeGreaterThan(20)
    asking.goesOn = false
    await others
  })
})

describe('a request that does not arrive in time', () => {
  it('is told so', async () => {
    const impatient = createServer({ headersTimeout: 50, requestTimeout: 50, connectionsCheckingInterval: 20 })
    impatient.on('clientError', (error, socket) => refuseUnreadable(error, socket, 'req-1'))
    await new Promise<void>((resolve) => impatient.listen(0, '127.0.0.1', resolve))
    // A server that listens on a port has an address with one.
    const { port } = impatient.address() as AddressInfo
    try {
      expectProblem(await sent('GET / HTTP/1.1\r\nhost: here\r\n', port), 'request-too-slow')
    } finally {
      await new Promise((resolve) => impatient.close(resolve))
    }
  })
})
