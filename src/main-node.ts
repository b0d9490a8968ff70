import { existsSync, mkdirSync } from 'node:fs'
import type { Server as HttpServer } from 'node:http'
import { dirname } from 'node:path'
import type { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { serve as listen, type ServerType } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { serveStatic } from '@hono/node-server/serve-static'
import { Cron } from 'croner'
import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { admitOperator } from './accounts/actions.ts'
import type { Demo } from './accounts/demo.ts'
import { createApp } from './app.tsx'
import { handlers, nightly, often } from './jobs.ts'
import { catchUp, embedPending, keepSnapshot } from './matching/catch-up.ts'
import { reapplyErasures } from './persons/actions/reapply.ts'
import { sweepWholly } from './persons/actions/sweep.ts'
import { type Config, erasedFileOf, filesOf, isFile, secretFileOf, snapshotOf } from './platform/config.ts'
import { migrate } from './platform/database/migrate.ts'
import { openPostgres } from './platform/database/postgres.ts'
import { openSqlite } from './platform/database/sqlite.ts'
import type { Embedder } from './platform/embedding/embedder.ts'
import { hashingEmbedder } from './platform/embedding/hashing.ts'
import { httpEmbedder } from './platform/embedding/http.ts'
import { ModelUnusable } from './platform/embedding/onnx.ts'
import { threadedEmbedder } from './platform/embedding/threaded.ts'
import { erasedFile } from './platform/erasures/erased-file.ts'
import { noErasedList } from './platform/erasures/erased-list.ts'
import { diskBlobs } from './platform/files/disk.ts'
import { memoryBlobs } from './platform/files/memory.ts'
import { hold, refuseHeld } from './platform/holder.ts'
import { oidc } from './platform/identity/oidc.ts'
import { randomId } from './platform/ids.ts'
import { requeueInterrupted, runDueJobs } from './platform/jobs/jobs.ts'
import { type Sealings, sealingsWith, sealJournal } from './platform/journal/seal.ts'
import { log } from './platform/log.ts'
import { gateways } from './platform/messages/gateway.ts'
import { outbox } from './platform/messages/outbox.ts'
import { outgoingOfNode } from './platform/outgoing/node.ts'
import type { Outgoing } from './platform/outgoing/outgoing.ts'
import type { Ports } from './platform/ports.ts'
import { threadedIndex } from './platform/search/search-thread.ts'
import { keptSecret } from './platform/secret-file.ts'
import { threadedStamper } from './platform/stamping/threaded.ts'
import { patience, shareConnections } from './platform/web/connections.ts'
import type { Env } from './platform/web/context.ts'
import { peerBehind } from './platform/web/peer.ts'
import { largestHead, refuseUnreadable } from './platform/web/unreadable.ts'

export interface Market {
  ports: Ports
  /** Why no model runs though one was wanted; null when all is well. */
  degraded: string | null
  close(): Promise<void>
}

/** Ports of one process: opens the database, brings it up to date, starts index and model threads. */
export async function openMarket(config: Config): Promise<Market> {
  if (isFile(config)) {
    mkdirSync(dirname(config.database), { recursive: true })
    if (!existsSync(config.database)) refuseHeld(config.database)
  }
  const database = isFile(config) || config.database === ':memory:' ? openSqlite(config.database) : openPostgres(config.database)
  await migrate(database)
  const search = threadedIndex(snapshotOf(config))
  const outgoing = outgoingOfNode({ internal: config.internalHosts })
  const { embedder, degraded } = await openEmbedder(config, outgoing)
  const now = () => new Date().toISOString()
  const { messages } = config
  const listFile = erasedFileOf(config)
  const folder = filesOf(config)
  const limits = { largest: config.largestFile }
  const stamper = threadedStamper()
  const ports: Ports = {
    database,
    search,
    embedder,
    messenger: messages.kind === 'gateway' ? gateways(messages, outgoing) : outbox(messages.folder, { now }),
    erased: listFile === null ? noErasedList : erasedFile(listFile),
    files: folder === null ? memoryBlobs(limits) : diskBlobs(folder, limits),
    stamper,
    secret: config.secret ?? keptSecret(secretFileOf(config)),
    now,
    newId: randomId,
    timeZone: config.timeZone,
    limits: config.limits,
    address: config.address ?? `http://${config.host}:${config.port}`,
  }
  const close = async () => {
    await embedder?.close()
    await stamper.close()
    await search.close()
    await database.close()
  }
  try {
    // Before anybody reads what a restored backup has brought back.
    await reapplyErasures(ports)
  } catch (error) {
    await close()
    throw error
  }
  return { ports, degraded, close }
}

/** Without its model the market runs on text alone and says why; a wrong configuration is an error. */
async function openEmbedder(
  { embedding }: Config,
  outgoing: Outgoing,
): Promise<{ embedder: (Embedder & { close(): Promise<void> }) | null; degraded: string | null }> {
  const closable = (embedder: Embedder) => ({ embedder: { ...embedder, close: async () => {} }, degraded: null })
  switch (embedding.kind) {
    case 'off':
      return { embedder: null, degraded: null }
    case 'hashing':
      return closable(hashingEmbedder())
    case 'http':
      return closable(httpEmbedder({ ...embedding, timeoutMs: 20_000 }, outgoing))
    case 'model':
      try {
        return { embedder: await threadedEmbedder({ folder: embedding.folder, threads: 2 }), degraded: null }
      } catch (error) {
        if (!(error instanceof ModelUnusable)) throw error
        return { embedder: null, degraded: error.message }
      }
  }
}

export interface Server {
  address: string
  close(): Promise<void>
}

/**
 * Serves a market on HTTP, follows the journal and runs due jobs until closed. Refuses a database that another server holds, and one
 * whose journal is sealed with a key that is not given.
 */
export async function serveMarket(market: Market, config: Config, demo: Demo | null = null): Promise<Server> {
  const held = isFile(config) ? hold(config.database, `http://${config.host}:${config.port}`) : null
  const end = async () => {
    held?.release()
    await market.close()
  }
  try {
    const { address, stop } = await serve(market.ports, config, demo)
    held?.move(address)
    return { address, close: () => stop().then(end) }
  } catch (error) {
    // Threads of the index and of the model would keep the process alive.
    await end()
    throw error
  }
}

async function serve(ports: Ports, config: Config, demo: Demo | null): Promise<{ address: string; stop(): Promise<void> }> {
  const sealings = sealingsWith(config.auditKeys)
  await sealJournal(ports.database, sealings)
  if (config.operatorToken !== null) await admitOperator(ports, config.operatorToken)
  await requeueInterrupted(ports.database)
  await catchUp(ports)
  const peerOf = peerBehind(config.proxies, connection)
  const outgoing = outgoingOfNode({ internal: config.internalHosts })
  const identity = config.identity && { ...config.identity, provider: oidc(config.identity.oidc, outgoing) }
  const server = await listening(createApp(ports, { demo, peerOf, files: files(), identity }).fetch, config)
  const info = server.address()
  const port = typeof info === 'object' && info !== null ? info.port : config.port
  const stopFollowing = follow(ports, sealings)
  // Whoever closes waits for it, because it is done in turn.
  void saveIndex(ports)
  return {
    address: `http://${config.host}:${port}`,
    async stop() {
      await stopFollowing()
      await new Promise((resolve) => server.close(resolve))
      await saveIndex(ports)
      // Nobody waits any more.
      await sweepWholly(ports)
    },
  }
}

/** What the socket says of a request. */
const connection: Parameters<typeof peerBehind>[1] = (c) => ({
  address: getConnInfo(c).remote.address,
  // The server itself speaks http; https ends at a proxy.
  isSecure: false,
})

/** What a browser takes once and keeps for an hour. Only what is often asked for is made small on the way. */
function files(): Hono<Env> {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const onFound = (_: string, c: Context) => {
    c.header('cache-control', 'public, max-age=3600')
  }
  const file = (path: string) => serveStatic({ path: `${root}${path}`, onFound })
  return (
    new Hono<Env>()
      // These two and no others: the package brings pages of its own.
      .get('/swagger/swagger-ui.css', file('node_modules/swagger-ui-dist/swagger-ui.css'))
      .get('/swagger/swagger-ui-bundle.js', file('node_modules/swagger-ui-dist/swagger-ui-bundle.js'))
      .use(compress())
      .get('/htmx.min.js', file('node_modules/htmx.org/dist/htmx.min.js'))
      .use('/*', serveStatic({ root: `${root}public`, onFound }))
  )
}

function listening(fetch: Hono<Env>['fetch'], { host, port, proxies }: Config): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const serverOptions = { maxHeaderSize: largestHead, ...patience }
    const server: ServerType = listen({ fetch, hostname: host, port, serverOptions }, () => resolve(server))
    if (proxies === 0) shareConnections(server as HttpServer)
    server.once('error', reject)
    server.on('clientError', (error: Error, socket: Duplex) => refuseUnreadable(error, socket, crypto.randomUUID()))
  })
}

/** For the next start, which takes longer without it: no reason to stop. */
async function saveIndex(ports: Ports): Promise<void> {
  try {
    await keepSnapshot(ports)
  } catch (error) {
    log('warn', 'the index could not be kept for the next start', { error: String(error) })
  }
}

/** Within a second of a commit by anybody, the index has it and it is sealed; vectors follow as the model makes them. */
function follow(ports: Ports, sealings: Sealings): () => Promise<void> {
  let stopped = false
  const running = (async () => {
    while (!stopped) {
      try {
        await catchUp(ports)
        const made = await embedPending(ports, 16)
        await runDueJobs(ports, handlers)
        await sealJournal(ports.database, sealings)
        if (made > 0) continue
      } catch (error) {
        log('error', 'following failed', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
      }
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  })()
  const clocks = [
    new Cron('10 0 * * *', { timezone: ports.timeZone }, () => nightly(ports)),
    new Cron('*/10 * * * *', () => saveIndex(ports)),
    new Cron('*/10 * * * *', () => often(ports)),
  ]
  return async () => {
    stopped = true
    for (const clock of clocks) clock.stop()
    await running
  }
}
