import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

/** One PostgreSQL a test run, started when the first suite asks for it: unit tests do not wait for it. */
export default async function (): Promise<() => Promise<void>> {
  let postgres: { process: ChildProcess; url: Promise<string> } | undefined
  const server = createServer(async (_, response) => {
    try {
      postgres ??= startPostgres()
      // A connection that waits for the next question may be closed just as that is sent.
      response.setHeader('connection', 'close').end(await postgres.url)
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // Test processes inherit it; see `freshPostgres` in `worlds.ts`.
  process.env.SUNMAO_TEST_POSTGRES = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return async () => {
    server.close()
    if (postgres === undefined || postgres.process.exitCode !== null) return
    postgres.process.stdin!.end()
    await once(postgres.process, 'exit')
  }
}

function startPostgres() {
  const program = fileURLToPath(new URL('./real-postgres.ts', import.meta.url))
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] })
  const died = once(child, 'exit').then(([status]) => {
    throw new Error(`PostgreSQL did not start (status ${status}): see above`)
  })
  const url = Promise.race([once(child.stdout!, 'data').then(([text]) => String(text)), died])
  died.catch(() => {})
  return { process: child, url }
}
