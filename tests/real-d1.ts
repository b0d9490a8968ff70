import { once } from 'node:events'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import type { D1 } from '../src/platform/database/d1.ts'

/** Runs beside D1, in the Workers' runtime: each message is one batch there, answered under its number. */
const worker = `export default {
  async fetch(request, { DB }) {
    const { 0: client, 1: server } = new WebSocketPair()
    const given = (value) => (value?.bytes === undefined ? value : Uint8Array.from(atob(value.bytes), (each) => each.charCodeAt(0)))
    server.accept()
    server.addEventListener('message', async ({ data }) => {
      const { number, statements } = JSON.parse(data)
      const answer = await DB.batch(statements.map(({ sql, values }) => DB.prepare(sql).bind(...values.map(given)))).then(
        (all) => ({ answers: all.map(({ results, meta }) => ({ results, meta: { changes: meta.changes } })) }),
        (error) => ({ error: error.message }),
      )
      server.send(JSON.stringify({ number, ...answer }))
    })
    return new Response(null, { status: 101, webSocket: client })
  },
}`

interface Statement {
  sql: string
  values: unknown[]
  bind(...values: unknown[]): Statement
  all<Row>(): Promise<Answer<Row>>
}
interface Answer<Row> {
  results: Row[]
  meta: { changes?: number }
}

/**
 * D1 as Workers have it, kept in a folder or (null) in a place of its own. Bindings that are lent to Node stop the whole process at each statement
 * until it is prepared; a Worker that is sent statements answers in a few milliseconds.
 */
export async function realD1(folder: string | null): Promise<{ d1: D1; close(): Promise<void> }> {
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: worker,
      d1Databases: ['DB'],
      compatibilityDate: '2026-11-01',
      ...(folder !== null && { resourcePersistencePath: folder }),
    }),
  )
  // One connection that stays: of those that come and go, some are closed by one side while the other writes.
  const socket = new WebSocket((await runtime.ready).href.replace('http', 'ws'))
  await once(socket, 'open')
  const waiting = new Map<number, PromiseWithResolvers<Answer<never>[]>>()
  let count = 0
  socket.addEventListener('message', ({ data }) => {
    const { number, answers, error } = JSON.parse(data)
    const asked = waiting.get(number)!
    waiting.delete(number)
    if (error === undefined) asked.resolve(answers)
    else asked.reject(new Error(error))
  })
  socket.addEventListener('close', () => {
    for (const asked of waiting.values()) asked.reject(new Error('D1 was closed'))
  })
  const run = <Row>(statements: readonly Statement[]): Promise<Answer<Row>[]> => {
    const number = ++count
    const asked = Promise.withResolvers<Answer<never>[]>()
    waiting.set(number, asked)
    socket.send(JSON.stringify({ number, statements: statements.map(({ sql, values }) => ({ sql, values: values.map(sendable) })) }))
    return asked.promise
  }
  const statement = (sql: string, values: unknown[]): Statement => ({
    sql,
    values,
    bind: (...bound) => statement(sql, bound),
    all: async <Row>() => (await run<Row>([statement(sql, values)]))[0]!,
  })
  return {
    d1: { prepare: (sql) => statement(sql, []), batch: (statements) => run(statements as Statement[]) },
    async close() {
      socket.close()
      await runtime.dispose()
    },
  }
}

/** JSON has no bytes; and it would make null of what D1 refuses. */
function sendable(value: unknown): unknown {
  if (value === undefined) throw new Error('D1_TYPE_ERROR: undefined cannot be bound')
  return value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : value
}
