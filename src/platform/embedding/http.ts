import { z } from 'zod'
import type { Embedder } from './embedder.ts'
import { unitLength } from './vector-bytes.ts'

export interface EmbeddingService {
  /** The whole address of the endpoint, such as `https://models.example.cn/v1/embeddings`. */
  url: string
  /** The name the service knows the model by; vectors are stored under it. */
  model: string
  /** Sent as a bearer token; null for a service that asks for none. */
  apiKey: string | null
  dimensions: number
  /** For one request of up to 64 texts, answer included. */
  timeoutMs: number
}

/**
 * Why a service gave no vectors. The message tells what an operator needs and never what the service or `fetch` said:
 * either may repeat the key.
 */
export class EmbeddingFailed extends Error {
  readonly reason: 'timeout' | 'unreachable' | 'refused' | 'unreadable' | 'wrong-dimensions'
  constructor(reason: EmbeddingFailed['reason'], message: string) {
    super(message)
    this.name = 'EmbeddingFailed'
    this.reason = reason
  }
}

const textsAtMost = 64

/**
 * A model behind an OpenAI-compatible `POST /v1/embeddings`, asked for at most 64 texts at a time, one request after the other.
 * The protocol knows neither queries nor documents, so both are sent as they are; cutting long texts is the service's matter, and
 * so is giving equal vectors for equal texts.
 * @throws EmbeddingFailed (from `embed`) on timeout, no connection, a status other than 200, an answer of another form or dimensions
 */
export function httpEmbedder(service: EmbeddingService): Embedder {
  const { model, dimensions } = service
  return {
    model,
    dimensions,
    async embed(texts) {
      const vectors: Float32Array[] = []
      for (let from = 0; from < texts.length; from += textsAtMost) {
        const batch = texts.slice(from, from + textsAtMost)
        vectors.push(...readVectors(await ask(service, batch), batch.length, service))
      }
      return vectors
    },
  }
}

async function ask({ url, model, apiKey, timeoutMs }: EmbeddingService, texts: string[]): Promise<unknown> {
  const where = shown(url)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }) },
      // OpenAI refuses a list with an empty text in it, but takes a space.
      body: JSON.stringify({ model, input: texts.map((text) => text || ' '), encoding_format: 'float' }),
      // A redirect is a wrong address, and not every runtime takes the key off before following it.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (response.status !== 200) {
      await response.body?.cancel()
      throw new EmbeddingFailed('refused', `${where} answered with status ${response.status}, an embeddings endpoint answers 200`)
    }
    return await response.json()
  } catch (error) {
    if (error instanceof EmbeddingFailed) throw error
    const name = error instanceof Error ? error.name : ''
    if (name === 'TimeoutError') throw new EmbeddingFailed('timeout', `${where} did not answer within ${timeoutMs} ms`)
    if (name === 'SyntaxError') throw new EmbeddingFailed('unreadable', `${where} answered with something that is not JSON`)
    throw new EmbeddingFailed('unreachable', `${where} cannot be reached${code(error)}`)
  }
}

const Answer = z.object({ data: z.array(z.object({ index: z.int().min(0), embedding: z.array(z.float32()) })) })

/** The vectors in the order of the texts; services may answer in another. */
function readVectors(answer: unknown, count: number, { url, dimensions }: EmbeddingService): Float32Array[] {
  const parsed = Answer.safeParse(answer)
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.') || 'its whole'
    throw new EmbeddingFailed('unreadable', `${shown(url)} answered with JSON that is no list of embeddings, at ${path}`)
  }
  const found = new Map(parsed.data.data.map(({ index, embedding }) => [index, embedding]))
  return Array.from({ length: count }, (_, index) => {
    const embedding = found.get(index)
    if (embedding === undefined || parsed.data.data.length !== count) {
      throw new EmbeddingFailed('unreadable', `${shown(url)} answered ${count} texts with ${parsed.data.data.length} embeddings`)
    }
    if (embedding.length !== dimensions) {
      throw new EmbeddingFailed('wrong-dimensions', `${shown(url)} answered with ${embedding.length} dimensions, not ${dimensions}`)
    }
    return unitLength(embedding)
  })
}

/** Without user, password and query, which may hold a key. */
function shown(url: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}

/** The system's code for a failed connection, such as ECONNREFUSED, where the runtime tells it. */
function code(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause ? ` (${cause.code})` : ''
}
