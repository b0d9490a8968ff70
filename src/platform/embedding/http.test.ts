import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { outgoingOfNode } from '../outgoing/node.ts'
import { type EmbeddingFailed, type EmbeddingService, httpEmbedder } from './http.ts'

const apiKey = 'sk-secret-7c41d0'
/** The services of these tests are on this machine. */
const outgoing = outgoingOfNode({ internal: ['127.0.0.1'] })
type Ask = { request: IncomingMessage; input: string[]; body: Record<string, unknown> }

describe('an embedder over HTTP', () => {
  let server: Server | undefined
  afterEach(async () => {
    server?.closeAllConnections()
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
    server = undefined
  })

  /** A service on this machine that answers as told, and an embedder that asks it. */
  async function service(answer: (ask: Ask, response: ServerResponse) => void, change: Partial<EmbeddingService> = {}) {
    const asked: Ask[] = []
    server = createServer(async (request, response) => {
      let text = ''
      for await (const chunk of request.setEncoding('utf8')) text += chunk
      const body = JSON.parse(text)
      asked.push({ request, body, input: body.input })
      answer(asked.at(-1)!, response)
    })
    await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/embeddings`
    return { asked, url, embedder: httpEmbedder({ url, model: 'bge-m3', apiKey, dimensions: 2, timeoutMs: 5000, ...change }, outgoing) }
  }

  it('posts model, texts and key as the protocol says', async () => {
    const { asked, embedder } = await service(({ input }, response) => response.end(list(input.map(() => [3, 4]))))
    expect(await embedder.embed(['激光熔覆'], 'query')).toEqual([Float32Array.of(0.6, 0.8)])
    expect(asked[0]!.request).toMatchObject({ method: 'POST', url: '/v1/embeddings' })
    expect(asked[0]!.request.headers).toMatchObject({ authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' })
    expect(asked[0]!.body).toEqual({ model: 'bge-m3', input: ['激光熔覆'], encoding_format: 'float' })
  })

  it('sends no authorization where no key is needed', async () => {
    const { asked, embedder } = await service((_, response) => response.end(list([[1, 0]])), { apiKey: null })
    await embedder.embed(['激光熔覆'], 'query')
    expect(asked[0]!.request.headers).not.toHaveProperty('authorization')
  })

  it('asks for at most 64 texts at a time', async () => {
    const { asked, embedder } = await service(({ input }, response) => response.end(list(input.map((text) => [1, Number(text)]))))
    const vectors = await embedder.embed(
      Array.from({ length: 130 }, (_, i) => String(i)),
      'document',
    )
    expect(asked.map(({ input }) => input.length)).toEqual([64, 64, 2])
    expect(vectors.map(([x, y]) => Math.round(y! / x!))).toEqual(Array.from({ length: 130 }, (_, i) => i))
  })

  it('puts embeddings that come in another order back into the order of the texts', async () => {
    const { embedder } = await service((_, response) =>
      response.end(
        JSON.stringify({
          data: [
            { index: 1, embedding: [0, 1] },
            { index: 0, embedding: [1, 0] },
          ],
        }),
      ),
    )
    expect(await embedder.embed(['一', '二'], 'document')).toEqual([Float32Array.of(1, 0), Float32Array.of(0, 1)])
  })

  it('sends a space for an empty text, which services refuse', async () => {
    const { asked, embedder } = await service((_, response) => response.end(list([[0, 0]])))
    expect(await embedder.embed([''], 'document')).toEqual([Float32Array.of(1, 0)])
    expect(asked[0]!.input).toEqual([' '])
  })

  it('asks nothing for an empty list', async () => {
    const { asked, embedder } = await service((_, response) => response.end(list([])))
    expect(await embedder.embed([], 'document')).toEqual([])
    expect(asked).toHaveLength(0)
  })

  it.each<[string, EmbeddingFailed['reason'], (ask: Ask, response: ServerResponse) => void]>([
    [
      'a status other than 200',
      'refused',
      ({ request }, response) => response.writeHead(401).end(`wrong key ${request.headers.authorization}`),
    ],
    ['a redirect', 'refused', (_, response) => response.writeHead(307, { location: '/elsewhere' }).end()],
    ['no answer in time', 'timeout', () => {}],
    ['half an answer', 'timeout', (_, response) => response.write('{"data":[')],
    ['a broken connection', 'unreachable', ({ request }) => request.socket.destroy()],
    ['something that is not JSON', 'unreadable', (_, response) => response.end('<html>')],
    ['JSON without embeddings', 'unreadable', (_, response) => response.end('{"error":{}}')],
    ['a value that is no float32', 'unreadable', (_, response) => response.end(list([[1e300, 0]]))],
    ['too few embeddings', 'unreadable', (_, response) => response.end(list([]))],
    ['too many embeddings', 'unreadable', (_, response) => response.end(list([[1, 0], [0, 1]]))], // biome-ignore format: one case, one line
    ['other dimensions', 'wrong-dimensions', (_, response) => response.end(list([[1, 0, 0]]))],
  ])('fails clearly and without the key on %s', async (_, reason, answer) => {
    const { embedder, url } = await service(answer, { timeoutMs: reason === 'timeout' ? 150 : 5000 })
    const error = await failure(embedder.embed(['激光熔覆'], 'query'))
    expect(error).toMatchObject({ name: 'EmbeddingFailed', reason })
    expect(error.message).toContain(url)
    expectNoKey(error)
  })

  it('fails clearly where nothing listens', async () => {
    const { embedder } = await service(() => {}, { url: 'http://127.0.0.1:1/v1/embeddings?key=sk-secret-7c41d0' })
    const error = await failure(embedder.embed(['激光熔覆'], 'query'))
    expect(error.reason).toBe('unreachable')
    expectNoKey(error)
  })

  it('does not tell a key that cannot be sent', async () => {
    const { embedder } = await service(() => {}, { apiKey: `${apiKey}\n`, url: 'http://name:sk-secret-7c41d0@127.0.0.1:1/v1/embeddings' })
    expectNoKey(await failure(embedder.embed(['激光熔覆'], 'query')))
  })
})

const list = (embeddings: number[][]) =>
  JSON.stringify({ object: 'list', data: embeddings.map((embedding, index) => ({ object: 'embedding', index, embedding })) })

async function failure(promise: Promise<unknown>): Promise<EmbeddingFailed> {
  return promise.then(
    () => expect.unreachable('it should fail'),
    (error) => error,
  )
}

function expectNoKey(error: EmbeddingFailed) {
  expect(error.name).toBe('EmbeddingFailed')
  expect(error.cause).toBeUndefined()
  expect([error.message, error.stack, JSON.stringify(error)].join()).not.toContain('sk-secret')
}
