import { Worker } from 'node:worker_threads'
import { Problem } from '../problem.ts'
import { connect } from '../threads.ts'
import type { Stamper } from './stamper.ts'

/** What one document may cost before its thread is ended. */
interface Limits {
  timeMs: number
  /** Of memory, beside what the program itself takes there. */
  megabytes: number
}

/** How often a thread is asked for its memory. */
const lookMs = 50

/**
 * Reads and stamps in a thread of its own, one document after another: a document that takes too long or unpacks into too much loses the
 * thread and is called damaged, and the next one gets a new thread. Node only.
 */
export function threadedStamper({ timeMs, megabytes }: Limits = { timeMs: 15_000, megabytes: 500 }): Stamper & { close(): Promise<void> } {
  let thread: ReturnType<typeof start> | null = null
  let last: Promise<unknown> = Promise.resolve()
  let isClosed = false

  /** Null where the document was too much. */
  async function within<Answer>(ask: (stamper: Stamper) => Promise<Answer>): Promise<Answer | null> {
    if (isClosed) throw new Error('The stamper is closed')
    thread ??= start(megabytes)
    const own = thread
    let wasTooMuch = false
    const end = async () => {
      wasTooMuch = true
      thread = null
      await own.close()
    }
    const clock = setTimeout(end, timeMs)
    const look = setInterval(async () => {
      const used = await own.megabytes().catch(() => 0)
      if (used > megabytes && !wasTooMuch) await end()
    }, lookMs)
    try {
      return await ask(own.stamper)
    } catch (error) {
      if (own.hasDied()) thread = null
      if (wasTooMuch || (own.hasDied() && !isClosed)) return null
      throw error
    } finally {
      clearTimeout(clock)
      clearInterval(look)
    }
  }

  function inTurn<Answer>(ask: (stamper: Stamper) => Promise<Answer>): Promise<Answer | null> {
    const turn = last.then(() => within(ask))
    last = turn.catch(() => {})
    return turn
  }

  return {
    inspect: async (pdf) => {
      const answer = await inTurn(async (stamper) => ({ fault: await stamper.inspect(pdf) }))
      return answer === null ? 'file-damaged' : answer.fault
    },
    stamp: async (document, mark) => {
      const stamped = await inTurn((stamper) => stamper.stamp(document, mark))
      if (stamped === null) throw new Problem('took-too-long', { limitMs: timeMs })
      return stamped
    },
    async close() {
      isClosed = true
      await thread?.close()
      await last
    },
  }
}

function start(megabytes: number) {
  const worker = new Worker(new URL('./stamping-thread.ts', import.meta.url), {
    name: 'stamping',
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  })
  // Whoever stops the program need not wait for it.
  worker.unref()
  let isDead = false
  worker.on('error', () => {
    isDead = true
  })
  worker.on('exit', () => {
    isDead = true
  })
  const thread = connect<Stamper>(worker)
  return {
    stamper: thread,
    close: thread.close,
    hasDied: () => isDead,
    async megabytes() {
      const { used_heap_size, external_memory } = await worker.getHeapStatistics()
      return (used_heap_size + external_memory) / 1_000_000
    },
  }
}
