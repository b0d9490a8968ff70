import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unstable_startWorker } from 'wrangler'
import { serveMarket } from '../../src/main-node.ts'
import { openMarket } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'
import { type Site, tellStory } from './account-story.ts'
import type { Outcome } from './lines.ts'

/** What every market of the story is set to, wherever it runs. */
const settings = {
  SUNMAO_OPERATOR_TOKEN: 'an-operator-of-the-market-of-the-story',
  SUNMAO_SECRET: 'what-the-cookies-of-the-story-are-sealed-with',
  SUNMAO_ADDRESS: 'http://market.example',
  // The gateway that takes the messages stands on this machine.
  SUNMAO_INTERNAL_HOSTS: '127.0.0.1',
  SUNMAO_MESSAGE_BODY: '{"to":"{to}","kind":"{kind}","code":"{code}","link":"{link}"}',
}

/** The story of an account, over HTTP, on SQLite, on PostgreSQL and on the Worker. */
export async function accountStories(): Promise<Outcome> {
  const figures: Outcome['figures'] = {}
  let passed = true
  for (const [name, open] of Object.entries({ SQLite: onSqlite, PostgreSQL: onPostgres, 'the Worker': onWorker })) {
    const [sent, gateway] = [[] as Site['sent'], await openGateway((message) => sent.push(message))]
    try {
      const market = await open({ ...settings, SUNMAO_MESSAGE_URL: gateway.url })
      try {
        const steps = await tellStory({ ...market, sent, operatorToken: settings.SUNMAO_OPERATOR_TOKEN })
        figures[name] = `${steps.length} steps: ${steps.join(', ')}`
      } finally {
        await market.close()
      }
    } catch (error) {
      passed = false
      figures[name] = error instanceof Error ? (error.stack ?? error.message) : String(error)
    } finally {
      gateway.close()
    }
  }
  return { passed, figures }
}

type Opened = Pick<Site, 'fetch' | 'origin'> & { close(): Promise<void> }
type Environment = Record<string, string>

async function onSqlite(environment: Environment): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'sunmao-story-'))
  const market = await onNode({ ...environment, SUNMAO_DATABASE: join(folder, 'market.db') })
  return { ...market, close: () => market.close().then(() => rmSync(folder, { recursive: true, force: true })) }
}

async function onPostgres(environment: Environment): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'sunmao-story-'))
  const postgres: ChildProcess = spawn(process.execPath, ['tests/real-postgres.ts'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const died = once(postgres, 'exit').then(() => {
    throw new Error('PostgreSQL did not start: see above')
  })
  died.catch(() => {})
  const url = String(await Promise.race([once(postgres.stdout!, 'data'), died]))
  const snapshot = join(folder, 'market.index')
  const market = await onNode({ ...environment, SUNMAO_DATABASE: `${url}postgres`, SUNMAO_SNAPSHOT: snapshot })
  const close = async () => {
    await market.close()
    postgres.stdin!.end()
    await once(postgres, 'exit')
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...market, close }
}

async function onNode(environment: Environment): Promise<Opened> {
  const config = configFrom({ ...environment, SUNMAO_EMBEDDING: 'off', SUNMAO_PORT: '0' })
  const server = await serveMarket(await openMarket(config), config)
  return { fetch, origin: server.address, close: () => server.close() }
}

async function onWorker(environment: Environment): Promise<Opened> {
  const bindings = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, { type: 'plain_text', value } as const]))
  // It would ask the platform for what a request looks like there.
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
  const worker = await unstable_startWorker({
    config: 'wrangler.toml',
    bindings,
    dev: { persist: false, server: { hostname: '127.0.0.1', port: 0 }, inspector: false, logLevel: 'error', watch: false },
  })
  await worker.ready
  return {
    // Undici's types and the Worker's differ in what the story does not use.
    fetch: async (url, request) => (await worker.fetch(url, request as Parameters<typeof worker.fetch>[1])) as unknown as Response,
    origin: 'http://localhost',
    close: () => worker.dispose(),
  }
}

/** Takes what the market sends to people. */
async function openGateway(take: (message: Site['sent'][number]) => void): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += piece
    take(JSON.parse(body))
    response.end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address with one.
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}
