import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { connect } from '../threads.ts'
import type { Embedder } from './embedder.ts'
import { bgeSmallZh, ModelUnusable } from './onnx.ts'
import type { OnnxThread } from './onnx-thread.ts'

/** One call of `embed`: its texts are handed out one by one, so that a query need not wait for the rest of a long list. */
interface Request {
  texts: string[]
  as: 'query' | 'document'
  vectors: Float32Array[]
  /** How many texts are handed out, and how many have come back. */
  given: number
  made: number
  resolve(vectors: Float32Array[]): void
  reject(reason: unknown): void
}

/**
 * The neural model in threads of its own, one session of one thread each. Threads share one queue in which queries overtake
 * documents; a vector is the same bits whichever thread makes it. The first text that fails rejects its call; others go on.
 * A thread that dies is not used again. `close` finishes the texts that are begun, rejects calls with others, and ends the threads:
 * await it before `process.exit`, which aborts (status 134) while a text is being embedded.
 * @param folder the model's folder, see `models/bge-small-zh-v1.5-q/MODEL.md`
 * @param threads one for each core that may be kept busy; each takes about 130 MB
 * @throws ModelUnusable when the folder does not hold the whole, unchanged model
 */
export async function threadedEmbedder({
  folder,
  threads: count,
}: {
  folder: string
  threads: number
}): Promise<Embedder & { close(): Promise<void> }> {
  const waiting = { query: [] as Request[], document: [] as Request[] }
  let ended: Error | undefined

  const threads = new Set(Array.from({ length: count }, () => startThread(leave)))
  let idle = [...threads]
  const running = new Set<Promise<void>>()
  const close = async () => {
    end(new Error('The embedder is closed'))
    // onnxruntime aborts the whole process when its thread is ended in the middle of a run.
    await Promise.all(running)
    await Promise.all(Array.from(threads, (thread) => thread.close()))
  }
  // All of them, for the same reason: one that fails must not end another that still loads.
  const failed = (await Promise.allSettled(idle.map((thread) => thread.open(folder)))).find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') {
    await close()
    throw asModelUnusable(failed.reason)
  }

  function embed(texts: string[], as: 'query' | 'document'): Promise<Float32Array[]> {
    return new Promise((resolve, reject) => {
      if (ended !== undefined) return reject(ended)
      if (texts.length === 0) return resolve([])
      waiting[as].push({ texts: [...texts], as, vectors: [], given: 0, made: 0, resolve, reject })
      handOut()
    })
  }

  function handOut(): void {
    while (idle.length > 0) {
      const request = waiting.query[0] ?? waiting.document[0]
      if (request === undefined) return
      const position = request.given++
      if (request.given === request.texts.length) waiting[request.as].shift()
      const done = run(idle.pop()!, request, position).finally(() => running.delete(done))
      running.add(done)
    }
  }

  /** Never rejects: what goes wrong belongs to the request. */
  async function run(thread: Thread, request: Request, position: number): Promise<void> {
    try {
      request.vectors[position] = await thread.embedOne(request.texts[position]!, request.as)
      if (++request.made === request.texts.length) request.resolve(request.vectors)
    } catch (error) {
      waiting[request.as] = waiting[request.as].filter((other) => other !== request)
      request.reject(error)
    }
    if (threads.has(thread)) idle.push(thread)
    handOut()
  }

  function leave(thread: Thread): void {
    threads.delete(thread)
    idle = idle.filter((other) => other !== thread)
    if (threads.size === 0) end(new Error('Every thread of the embedder has ended'))
  }

  function end(reason: Error): void {
    ended ??= reason
    for (const request of [...waiting.query.splice(0), ...waiting.document.splice(0)]) request.reject(ended)
  }

  return { model: bgeSmallZh.model, dimensions: bgeSmallZh.dimensions, embed, close }
}

type Thread = ReturnType<typeof startThread>

function startThread(leave: (thread: Thread) => void) {
  const worker = new Worker(fileURLToPath(new URL('./onnx-thread.ts', import.meta.url).href))
  // Heard before `connect` rejects what is pending, so that a dead thread gets no further text.
  worker.on('error', () => leave(thread))
  worker.on('exit', () => leave(thread))
  const thread = connect<OnnxThread>(worker)
  return thread
}

/** Errors lose their own class between threads and keep their name and fields. */
function asModelUnusable(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'ModelUnusable') return error
  const { file, why } = error as ModelUnusable // By its name, above.
  return new ModelUnusable(file, why, { cause: error })
}
