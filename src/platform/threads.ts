import { parentPort, type Worker } from 'node:worker_threads'

type Call = { call: number; method: string; args: unknown[] }
type Answer = { call: number; value: unknown } | { call: number; error: unknown; fields: Record<string, unknown> }

/**
 * Worker side: answers calls from the thread that started this one with the methods of a plain object.
 * Calls start in the order they arrive; a method that awaits lets the next one start. Arguments and results are structured-cloned.
 */
export function serve(methods: Record<string, (...args: never[]) => unknown>): void {
  const port = parentPort
  if (port === null) throw new Error('serve() is for a worker thread')
  port.on('message', async ({ call, method, args }: Call) => {
    try {
      const run = Object.hasOwn(methods, method) ? methods[method] : undefined
      if (run === undefined) throw new Error(`The thread has no method ${method}`)
      // The caller's type is the same methods object, so the arguments fit what the method takes.
      const value = await run(...(args as never[]))
      port.postMessage({ call, value } satisfies Answer)
    } catch (error) {
      port.postMessage(refusal(call, error))
    }
  })
}

/**
 * Main side: an object whose every method is a call to the thread that `serve`s it. Errors come back with their class (for the
 * built-in ones), message, stack and own fields. When the thread dies, what is pending and every later call rejects.
 * `close` ends the thread; what is pending then rejects too.
 */
export function connect<Methods>(worker: Worker): Methods & { close(): Promise<void> } {
  const pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>()
  let calls = 0
  let death: Error | undefined

  const end = (reason: Error) => {
    death ??= reason
    for (const { reject } of pending.values()) reject(death)
    pending.clear()
  }
  worker.on('message', (answer: Answer) => {
    const waiting = pending.get(answer.call)
    pending.delete(answer.call)
    if ('error' in answer) waiting?.reject(revived(answer.error, answer.fields))
    else waiting?.resolve(answer.value)
  })
  worker.on('error', (cause) => end(new Error(`The thread died: ${cause instanceof Error ? cause.message : cause}`, { cause })))
  worker.on('messageerror', (cause) => end(new Error('The thread sent what cannot be read', { cause })))
  worker.on('exit', (code) => end(new Error(`The thread ended with exit code ${code}`)))

  const ask = (method: string, args: unknown[]) =>
    new Promise((resolve, reject) => {
      if (death !== undefined) return reject(death)
      const call = ++calls
      // Posted first: arguments that cannot be cloned throw here and leave nothing pending.
      worker.postMessage({ call, method, args } satisfies Call)
      pending.set(call, { resolve, reject })
    })
  const close = async () => {
    end(new Error('The thread is closed'))
    await worker.terminate()
  }
  const thread = new Proxy(
    {},
    {
      get(_, name) {
        if (name === 'close') return close
        // Without a `then`, or an async function could not return this object.
        if (typeof name === 'symbol' || name === 'then') return undefined
        return (...args: unknown[]) => ask(name, args)
      },
    },
  )
  // Every name answers as a call; the thread serves exactly these methods.
  return thread as Methods & { close(): Promise<void> }
}

/** Structured cloning keeps a built-in error's class, message, stack and cause, but not its own fields or its name: they go beside it. */
function refusal(call: number, error: unknown): Answer {
  const fields = error instanceof Error ? Object.assign({ name: error.name }, error) : {}
  try {
    return structuredClone({ call, error, fields })
  } catch {
    return { call, error: error instanceof Error ? new Error(error.message) : String(error), fields: {} }
  }
}

function revived(error: unknown, fields: Record<string, unknown>): unknown {
  if (!(error instanceof Error)) return error
  for (const [name, value] of Object.entries(fields)) if (error[name as keyof Error] !== value) Object.assign(error, { [name]: value })
  return error
}
