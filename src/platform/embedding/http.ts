import { z } from 'zod'
import { type Outgoing, OutgoingFailed } from '../outgoing/outgoing.ts'
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
export function httpEmbedder(service: EmbeddingService, outgoing: Outgoing): Embedder {
  const { model, dimensions } = service
  return {
    model,
    dimensions,
    async embed(texts) {
      const vectors: Float32Array[] = []
      for (let from = 0; from < texts.length; from += textsAtMost) {
        const batch = texts.slice(from, from + textsAtMost)
        vectors.push(...readVectors(await ask(service, outgoing, batch), batch.length, service))
      }
      return vectors
    },
  }
}

async function ask({ url, model, apiKey, timeoutMs }: EmbeddingService, outgoing: Outgoing, texts: string[]): Promise<unknown> {
  const where = shown(url)
  const { status, text } = await outgoing({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }) },
    // OpenAI refuses a list with an empty text in it, but takes a space.
    body: JSON.stringify({ model, input: texts.map((text) => text || ' '), encoding_format: 'float' }),
    timeoutMs,
    bytesAtMost: answerAtMost,
  }).catch((error) => {
    // A header that cannot be sent is an error of the runtime's own, and it repeats the header.
    if (!(error instanceof OutgoingFailed)) throw new EmbeddingFailed('unreachable', `${where} cannot be asked`)
    const reasons = { refused: 'refused', timeout: 'timeout', unreachable: 'unreachable', 'too-large': 'unreadable' } as const
    throw new EmbeddingFailed(reasons[error.reason], `${where}: ${error.message}`)
  })
  if (status !== 200) throw new EmbeddingFailed('refused', `${where} answered with status ${status}, an embeddings endpoint answers 200`)
  try {
    return JSON.parse(text)
  } catch {
    throw new EmbeddingFailed('unreadable', `${where} answered with something that is not JSON`)
  }
}

/** 64 vectors of 8192 figures, as JSON writes them. */
const answerAtMost = 16_000_000

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
