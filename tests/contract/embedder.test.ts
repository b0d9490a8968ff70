import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Embedder } from '../../src/platform/embedding/embedder.ts'
import { hashingEmbedder } from '../../src/platform/embedding/hashing.ts'
import { httpEmbedder } from '../../src/platform/embedding/http.ts'
import { threadedEmbedder } from '../../src/platform/embedding/threaded.ts'
import { outgoingOfNode } from '../../src/platform/outgoing/node.ts'

type World = { embedder: Embedder; close(): Promise<void> }

const worlds = {
  'the neural model in two threads': async () => {
    const folder = fileURLToPath(new URL('../../models/bge-small-zh-v1.5-q', import.meta.url).href)
    const embedder = await threadedEmbedder({ folder, threads: 2 })
    return { embedder, close: embedder.close }
  },
  hashing: async () => ({ embedder: hashingEmbedder(), close: async () => {} }),
  'a service over HTTP': async () => {
    const { url, close } = await hashingService()
    return {
      embedder: httpEmbedder(
        { url, model: 'hashing-1-256', apiKey: 'k-3f9a', dimensions: 256, timeoutMs: 10_000 },
        outgoingOfNode({ internal: ['127.0.0.1'] }),
      ),
      close,
    }
  },
} satisfies Record<string, () => Promise<World>>

const sentences = [
  '高温合金涂层在1100℃燃气中的抗氧化寿命',
  '减小钢结构焊后翘曲',
  '奶牛乳腺炎防治',
  'PLC controls the press; 丙烯酸乳液 pH 8.5±0.2',
  '老梳棉机一提速就抖，条子也跟着不匀。请外头师傅来听一次上千块，还说不准是偏心还是没装正。',
]

for (const [name, open] of Object.entries(worlds)) {
  describe(`an embedder on ${name}`, () => {
    let world: World
    let embedder: Embedder
    beforeAll(async () => {
      world = await open()
      embedder = world.embedder
    })
    afterAll(() => world?.close())

    const one = async (text: string, as: 'query' | 'document' = 'document') => (await embedder.embed([text], as))[0]!

    it('gives one Float32Array of its dimensions and of unit length for each text', async () => {
      for (const as of ['query', 'document'] as const) {
        const vectors = await embedder.embed(sentences, as)
        expect(vectors).toHaveLength(sentences.length)
        for (const vector of vectors) expectUnit(vector, embedder.dimensions)
      }
    })

    it('gives a text the same bits alone, in company, in another order and at the same time as others', async () => {
      const together = await embedder.embed(sentences, 'document')
      const reversed = await embedder.embed(sentences.toReversed(), 'document')
      const alone = await Promise.all(sentences.map((text) => one(text)))
      const [repeated] = await Promise.all([embedder.embed([...sentences, ...sentences], 'document'), embedder.embed(sentences, 'query')])
      expect(reversed.toReversed()).toEqual(together)
      expect(alone).toEqual(together)
      expect(repeated).toEqual([...together, ...together])
    })

    it('keeps the order of a list longer than any batch', async () => {
      const numbered = Array.from({ length: 150 }, (_, i) => `第${i}号焊缝`)
      const vectors = await embedder.embed(numbered, 'document')
      expect(vectors).toHaveLength(150)
      for (const i of [0, 63, 64, 127, 128, 149]) expect(vectors[i]).toEqual(await one(numbered[i]!))
      expect(new Set(vectors.map((vector) => vector.join())).size).toBe(150)
    })

    it('gives nothing for an empty list', async () => {
      expect(await embedder.embed([], 'query')).toEqual([])
      expect(await embedder.embed([], 'document')).toEqual([])
    })

    it.each([
      ['an empty text', ''],
      ['white space', ' \n\t　'],
      ['emoji', '😀👩🏽‍🔬🏭'],
      ['half of a surrogate pair', '焊接\ud83d'],
      ['a text of 5,000 characters', '针对钢结构焊接变形，提出一种反变形装夹方法，'.repeat(250).slice(0, 5000)],
      ['one word of 5,000 letters', 'x'.repeat(5000)],
    ])('embeds %s', async (_, text) => {
      for (const as of ['query', 'document'] as const) {
        const vector = await one(text, as)
        expectUnit(vector, embedder.dimensions)
        expect(await one(text, as)).toEqual(vector)
      }
    })

    it('gives each call vectors of its own', async () => {
      const [first, second] = await embedder.embed(['激光熔覆', '激光熔覆'], 'document')
      first!.fill(0)
      expectUnit(second!, embedder.dimensions)
      expectUnit(await one('激光熔覆'), embedder.dimensions)
    })
  })
}

// What hashing, and so the service made of it, cannot do: it compares characters, and knows no instruction.
describe('what only the neural model promises', () => {
  let world: World
  beforeAll(async () => {
    world = await worlds['the neural model in two threads']()
  })
  afterAll(() => world?.close())

  it('puts the same need in other words nearer than another field', async () => {
    const [query] = await world.embedder.embed(['焊接变形控制'], 'query')
    const [near, far] = await world.embedder.embed(['减小钢结构焊后翘曲', '奶牛乳腺炎防治'], 'document')
    expect(dot(query!, near!)).toBeGreaterThan(dot(query!, far!) + 0.1)
  })

  it('reads a query with the instruction and a document without', async () => {
    const text = ['焊接变形控制']
    expect(await world.embedder.embed(text, 'query')).not.toEqual(await world.embedder.embed(text, 'document'))
  })
})

function expectUnit(vector: Float32Array, dimensions: number) {
  expect(vector).toBeInstanceOf(Float32Array)
  expect(vector).toHaveLength(dimensions)
  expect(dot(vector, vector)).toBeCloseTo(1, 5)
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0)
}

/** A real service on this machine: the hashing embedder behind the OpenAI protocol. */
async function hashingService() {
  const hashing = hashingEmbedder()
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    const { input } = JSON.parse(body) as { input: string[] }
    const vectors = await hashing.embed(input, 'document')
    const data = vectors.map((vector, index) => ({ object: 'embedding', index, embedding: Array.from(vector) }))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ object: 'list', model: 'hashing-1-256', data }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1/embeddings`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
