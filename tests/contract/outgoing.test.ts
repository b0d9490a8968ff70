import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outgoingAtEdge } from '../../src/platform/outgoing/edge.ts'
import { outgoingOfNode, type Resolve } from '../../src/platform/outgoing/node.ts'
import { type InternalHosts, type Outgoing, OutgoingFailed, type OutgoingRequest } from '../../src/platform/outgoing/outgoing.ts'

const mediaType = 'application/json'
/** A service of the operator's on this machine. */
const seen: string[] = []
const service = createServer((request: IncomingMessage, response: ServerResponse) => {
  seen.push(request.url!)
  if (request.url === '/redirect') response.writeHead(302, { location: '/secret' }).end()
  else if (request.url === '/long') response.end('长'.repeat(1_000))
  else if (request.url === '/endless') setInterval(() => response.write('x'.repeat(1_000)), 1).unref()
  else if (request.url === '/drip') setInterval(() => response.write(' '), 20).unref()
  else if (request.url !== '/silent') request.pipe(response.setHeader('content-type', mediaType))
})
let port = 0
beforeAll(async () => {
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  port = (service.address() as AddressInfo).port
})
afterAll(() => {
  service.closeAllConnections()
  service.close()
})

const adapters: Record<string, (internal: InternalHosts) => Outgoing> = {
  'of Node': (internal) => outgoingOfNode({ internal }),
  'at the edge': (internal) => outgoingAtEdge({ internal }),
}
const asking = (url: string, changes: Partial<OutgoingRequest> = {}): OutgoingRequest => ({
  url,
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: 'Bearer sk-secret-19c2' },
  body: '{"问":"答"}',
  timeoutMs: 2_000,
  bytesAtMost: 10_000,
  ...changes,
})
async function failure(promise: Promise<unknown>): Promise<OutgoingFailed> {
  const error: unknown = await promise.catch((error: unknown) => error)
  expect(error).toBeInstanceOf(OutgoingFailed)
  expect(`${(error as Error).message}${(error as Error).stack}`).not.toContain('sk-secret')
  return error as OutgoingFailed
}

for (const [name, open] of Object.entries(adapters)) {
  describe(`the way out ${name}`, () => {
    it('asks a host that the operator has named, and reads its answer', async () => {
      for (const internal of ['127.0.0.1', `127.0.0.1:${port}`]) {
        expect(await open([internal])(asking(`http://127.0.0.1:${port}/`))).toEqual({ status: 200, mediaType, text: '{"问":"答"}' })
      }
      expect(await open(['127.0.0.1'])(asking(`http://127.0.0.1:${port}/`, { bytesAtMost: null }))).toEqual({
        status: 200,
        mediaType,
        text: '',
      })
    })

    it.each([
      'http://127.0.0.1:{port}/',
      'https://127.0.0.1:{port}/',
      'https://127.1:{port}/',
      'https://2130706433:{port}/',
      'https://0x7f.0.0.1:{port}/',
      'https://0177.0.0.1:{port}/',
      'https://[::1]:{port}/',
      'https://[::ffff:127.0.0.1]:{port}/',
      'https://[::ffff:7f00:1]:{port}/',
      'https://[64:ff9b::7f00:1]:{port}/',
      'https://localhost:{port}/',
      'https://LOCALHOST.:{port}/',
      'https://app.localhost:{port}/',
      'https://０.０.０.０:{port}/',
      'https://10.1.2.3/',
      'https://192.168.0.1/',
      'https://169.254.169.254/latest/meta-data/',
      'https://[fd00:ec2::254]/',
      'https://metadata.google.internal/',
      'http://example.com/',
      'ftp://example.com/',
      'file:///etc/passwd',
      'data:text/plain,x',
      'javascript:alert(1)',
      'https://name:sk-secret-19c2@example.com/',
      'no address',
    ])('asks nobody at %s', async (url) => {
      const before = seen.length
      expect((await failure(open([])(asking(url.replace('{port}', String(port)))))).reason).toBe('refused')
      expect(seen.length).toBe(before)
    })

    it('asks no machine for its secrets, not even where the operator has named it', async () => {
      const internal = ['169.254.169.254', '[fd00:ec2::254]', '100.100.100.200']
      for (const host of internal) {
        const error = await failure(open(internal)(asking(`http://${host}/latest/meta-data/`)))
        expect([error.reason, error.message]).toEqual(['refused', expect.stringContaining('gives out secrets')])
      }
    })

    it('says what it refuses and what to do', async () => {
      expect((await failure(open([])(asking('http://embedder.example:8080/v1?key=sk-secret')))).message).toBe(
        'embedder.example:8080: only https is asked; name the host in SUNMAO_INTERNAL_HOSTS if it is your own',
      )
      expect((await failure(open(['10.0.0.5:80'])(asking('https://10.0.0.5:8080/')))).message).toContain(
        '10.0.0.5:8080 is not on the public',
      )
    })

    it('follows no redirect: it is an answer like any other', async () => {
      expect(await open(['127.0.0.1'])(asking(`http://127.0.0.1:${port}/redirect`))).toMatchObject({ status: 302 })
      expect(seen).not.toContain('/secret')
    })

    it('reads so much of an answer and no more, for so long and no longer', async () => {
      const ask = (path: string, changes: Partial<OutgoingRequest>) =>
        failure(open(['127.0.0.1'])(asking(`http://127.0.0.1:${port}${path}`, changes)))
      expect((await ask('/long', { bytesAtMost: 2_999 })).reason).toBe('too-large')
      expect((await ask('/endless', {})).reason).toBe('too-large')
      expect((await ask('/silent', { timeoutMs: 100 })).reason).toBe('timeout')
      expect((await ask('/drip', { timeoutMs: 200 })).reason).toBe('timeout')
    })

    it('says that nobody is there', async () => {
      expect((await failure(open(['127.0.0.1'])(asking('http://127.0.0.1:1/')))).reason).toBe('unreachable')
    })
  })
}

describe('a name', () => {
  const resolvedTo =
    (...answers: string[][]): Resolve =>
    (_, __, found) => {
      const addresses = answers.length > 1 ? answers.shift()! : answers[0]!
      found(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    }
  const ask = (resolve: Resolve, internal: InternalHosts = []) =>
    failure(outgoingOfNode({ internal, resolve })(asking(`https://service.example:${port}/`, { timeoutMs: 300 })))

  it.each([[['127.0.0.1']], [['8.8.8.8', '10.0.0.1']], [['::1']], [['::ffff:192.168.1.1']], [['169.254.169.254']]])(
    'that stands for %j is not asked',
    async (addresses) => {
      const before = seen.length
      expect(await ask(resolvedTo(addresses))).toMatchObject({ reason: 'refused' })
      expect(seen.length).toBe(before)
    },
  )

  it('of the operator’s own may stand for an address of his network, and for no machine’s secrets', async () => {
    const own = outgoingOfNode({ internal: ['service.lan'], resolve: resolvedTo(['127.0.0.1']) })
    expect(await own(asking(`http://service.lan:${port}/`))).toMatchObject({ status: 200 })
    const other = outgoingOfNode({ internal: ['service.lan'], resolve: resolvedTo(['169.254.169.254']) })
    expect((await failure(other(asking(`http://service.lan:${port}/`)))).reason).toBe('refused')
  })

  it('is connected to as it was looked at, and looked at again for the next connection', async () => {
    let looks = 0
    const resolve: Resolve = (name, options, found) => {
      looks++
      resolvedTo(looks === 1 ? ['127.0.0.1'] : ['169.254.169.254'])(name, options, found)
    }
    const own = outgoingOfNode({ internal: ['service.lan'], resolve })
    expect([await own(asking(`http://service.lan:${port}/`)), looks]).toMatchObject([{ status: 200 }, 1])
    expect([(await failure(own(asking(`http://service.lan:${port}/`)))).reason, looks]).toEqual(['refused', 2])
  })
})
