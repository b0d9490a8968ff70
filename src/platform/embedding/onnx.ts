import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Tokenizer } from '@huggingface/tokenizers'
import type { InferenceSession } from 'onnxruntime-node'
import { unitLength } from './vector-bytes.ts'

/** The model in `models/bge-small-zh-v1.5-q`; its MODEL.md is the source of every value here. */
export const bgeSmallZh = {
  model: 'bge-small-zh-v1.5-q',
  dimensions: 512,
  tokensAtMost: 512,
  queryInstruction: '为这个句子生成表示以用于检索相关文章：',
} as const

export interface OpenModel {
  /**
   * The vector of one text: 512 values, unit length. `query` puts the model's instruction in front and takes away what all questions
   * have in common. Tokens after the 512th are cut.
   * The same text gives the same bits in every session of one machine.
   */
  embedOne(text: string, as: 'query' | 'document'): Promise<Float32Array>
}

/** A model file is missing, damaged or not the one its SHA256SUMS names. `file` is its path. */
export class ModelUnusable extends Error {
  readonly file: string
  readonly why: string
  constructor(file: string, why: string, options?: ErrorOptions) {
    super(
      `The model file ${file} ${why}. Copy its folder again from the repository; \`sha256sum -c SHA256SUMS\` must pass inside it.`,
      options,
    )
    this.name = 'ModelUnusable'
    this.file = file
    this.why = why
  }
}

/**
 * Loads the model of a folder (`model.onnx`, `tokenizer.json`, `SHA256SUMS`) into one session of one thread, and runs it once.
 * `isCentred: false` leaves in queries what questions have in common, as `seed/build-question-mean.ts` needs it.
 * `embedOne` blocks the thread it is called in for 5 ms (a title) to 150 ms (512 tokens); servers use `threadedEmbedder`.
 * @throws ModelUnusable when a file is missing, is not the one SHA256SUMS names, or does not run
 */
export async function openModel(folder: string, { isCentred = true } = {}): Promise<OpenModel> {
  const sums = await readSums(folder)
  const common = isCentred ? await readVerified(folder, 'question-mean.bin', sums) : new Uint8Array(bgeSmallZh.dimensions * 4)
  const [weights, vocabulary] = await Promise.all([readVerified(folder, 'model.onnx', sums), readVerified(folder, 'tokenizer.json', sums)])
  // Loaded here, so that the main thread can name `ModelUnusable` without the native library; if that is missing, the files are not to blame.
  const runtime = await import('onnxruntime-node')
  try {
    const tokenizer = new Tokenizer(JSON.parse(new TextDecoder().decode(vocabulary)), {})
    const run = await openSession(runtime, weights)
    const mean = floats(common)
    const embedOne: OpenModel['embedOne'] = async (text, as) => {
      if (as === 'document') return unitLength(await run(tokenIds(tokenizer, text)))
      const query = unitLength(await run(tokenIds(tokenizer, bgeSmallZh.queryInstruction + text)))
      return unitLength(query.map((value, at) => value - mean[at]!))
    }
    // Shows now, not at the first request, that the files fit together.
    await embedOne('', 'query')
    return { embedOne }
  } catch (cause) {
    throw new ModelUnusable(join(folder, 'model.onnx'), `does not run: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

type Runtime = typeof import('onnxruntime-node')

/**
 * Token ids between [CLS] and [SEP]; a text that is too long keeps its beginning, and its [SEP]. In lower case, as the model was
 * trained: the vocabulary has no capitals, and PLC would be an unknown token.
 */
function tokenIds(tokenizer: Tokenizer, text: string): number[] {
  const { ids } = tokenizer.encode(text.toLowerCase())
  return ids.length <= bgeSmallZh.tokensAtMost ? ids : [...ids.slice(0, bgeSmallZh.tokensAtMost - 1), ids.at(-1)!]
}

/**
 * A function from token ids to the 512 values of [CLS], not yet of unit length.
 * It takes one text, because activations are quantised over the whole batch: company would change a text's vector.
 */
async function openSession(
  { InferenceSession, Tensor }: Runtime,
  weights: Uint8Array,
): Promise<(ids: number[]) => Promise<ArrayLike<number>>> {
  const session = await InferenceSession.create(weights, oneThread)
  return async (ids) => {
    const row = (values: BigInt64Array) => new Tensor('int64', values, [1, ids.length])
    const { last_hidden_state: states } = await session.run(
      {
        input_ids: row(BigInt64Array.from(ids, BigInt)),
        attention_mask: row(new BigInt64Array(ids.length).fill(1n)),
        token_type_ids: row(new BigInt64Array(ids.length)),
      },
      ['last_hidden_state'],
    )
    if (!(states?.data instanceof Float32Array) || states.dims.at(-1) !== bgeSmallZh.dimensions) {
      throw new Error(`it gives ${states?.type} [${states?.dims}] where float32 [1, tokens, ${bgeSmallZh.dimensions}] is expected`)
    }
    return states.data.subarray(0, bgeSmallZh.dimensions)
  }
}

/** More threads in a session would share out its sums, and two sessions of one thread are faster than one of two. */
const oneThread: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  executionMode: 'sequential',
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
}

function floats(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Float32Array.from({ length: bgeSmallZh.dimensions }, (_, at) => view.getFloat32(at * 4, true))
}

/** File name → sha256 in hex, as `sha256sum` writes it. */
async function readSums(folder: string): Promise<Map<string, string>> {
  const text = new TextDecoder().decode(await read(join(folder, 'SHA256SUMS')))
  return new Map(Array.from(text.matchAll(/^([0-9a-f]{64}) [ *](.+?)\r?$/gm), ([, sha256, name]) => [name!, sha256!]))
}

async function readVerified(folder: string, name: string, sums: Map<string, string>): Promise<Uint8Array> {
  const file = join(folder, name)
  const expected = sums.get(name)
  if (expected === undefined) throw new ModelUnusable(file, `has no line in ${join(folder, 'SHA256SUMS')}`)
  const bytes = await read(file)
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found !== expected) {
    throw new ModelUnusable(file, `is damaged or another file: its ${bytes.length} bytes have sha256 ${found}, SHA256SUMS says ${expected}`)
  }
  return bytes
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException // Only the file system fails here.
    throw new ModelUnusable(file, code === 'ENOENT' ? 'is missing' : `cannot be read (${code})`, { cause })
  }
}
