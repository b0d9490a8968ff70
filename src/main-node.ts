import type { Server as HttpServer } from 'node:http'
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
import type { Market } from './open-market.ts'
import { sweepWholly } from './persons/actions/sweep.ts'
import { type Config, isFile } from './platform/config.ts'
import { hold } from './platform/holder.ts'
import { oidc } from './platform/identity/oidc.ts'
import { requeueInterrupted, runDueJobs } from './platform/jobs/jobs.ts'
import { type Sealings, sealingsWith, sealJournal } from './platform/journal/seal.ts'
import { log } from './platform/log.ts'
import type { Ports } from './platform/ports.ts'
import { patience, shareConnections } from './platform/web/connections.ts'
import type { Env } from './platform/web/context.ts'
import { peerBehind } from './platform/web/peer.ts'
import { largestHead, refuseUnreadable } from './platform/web/unreadable.ts'

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
    const { address, stop } = await serve(market, config, demo)
    held?.move(address)
    return { address, close: () => stop().then(end) }
  } catch (error) {
    // Threads of the index and of the model would keep the process alive.
    await end()
    throw error
  }
}

async function serve({ ports, outgoing }: Market, config: Config, demo: Demo | null): Promise<{ address: string; stop(): Promise<void> }> {
  const sealings = sealingsWith(config.auditKeys)
  await sealJournal(ports.database, sealings)
  if (config.operatorToken !== null) await admitOperator(ports, config.operatorToken)
  await requeueInterrupted(ports.database)
  await catchUp(ports)
  const peerOf = peerBehind(config.proxies, connection)
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
