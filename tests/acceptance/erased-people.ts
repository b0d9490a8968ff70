import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import BetterSqlite3 from 'better-sqlite3'
import { entriesOfZip, isZip } from '../../src/platform/files/inspect/zip.ts'
import { random } from '../../src/platform/random.ts'
import type { Outcome } from './lines.ts'
import { needlesOf, plantedPeople } from './planted-people.ts'
import { eraseAll, plant } from './planting.ts'
import { node, run, sunmao } from './run.ts'

/**
 * Plants people through the doors of a running market, uses them, erases them, and looks for every value of theirs in every file that there
 * is: database, its log, index, outbox, exports, what the server printed. Then restores a backup from before, and looks again.
 */
export async function erasedPeople(scale: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'sunmao-erased-'))
  const people = plantedPeople(Math.max(20, Math.round(200 * scale)), random(4))
  const market = marketIn(folder)
  const needles = needlesOf(people)
  const wrong: string[] = []
  const figures: Outcome['figures'] = { people: people.length, 'forms of their values that are looked for': needles.length }
  const looked = async (when: string) => {
    const { files, bytes, found } = await search(folder, needles)
    figures[`found ${when}`] = `${new Set(found.map(({ value }) => value)).size} values in ${files} files, ${Math.round(bytes / 1e6)} MB`
    return found
  }
  try {
    let server = await market.serve()
    const planted = await plant(server.address, market, people)
    await server.stop()
    const before = new Set((await looked('before they are erased')).map(({ value }) => value))
    const missing = new Set(needles.map(({ value }) => value).filter((value) => !before.has(value)))
    if (missing.size > 0) wrong.push(`${missing.size} values were not planted at all, such as ${[...missing][0]}`)
    await market.backUp()

    server = await market.serve()
    await eraseAll(server.address, market, planted)
    await market.exports()
    await server.stop()
    for (const { value, file } of (await looked('after they are erased')).slice(0, 10))
      wrong.push(`${value} is in ${file} after the erasure`)
    await market.verify(wrong, 'after the erasure')

    market.restore()
    server = await market.serve()
    await market.exports()
    await server.stop()
    for (const { value, file } of (await looked('after an old backup is restored')).slice(0, 10))
      wrong.push(`${value} is in ${file} after the restore`)
    await market.verify(wrong, 'after the restore')
    return { passed: wrong.length === 0, figures: { ...figures, ...planted.figures, wrong: wrong.length === 0 ? 0 : wrong.join('\n  ') } }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A market in files, as somebody runs it. */
export interface FileMarket {
  operatorToken: string
  outbox: string
  /** A file of its own, to be imported for instance. */
  write(name: string, text: string): string
  cli(...args: string[]): ReturnType<typeof run>
}

function marketIn(folder: string) {
  const database = join(folder, 'market.db')
  const backup = join(tmpdir(), `${folder.split('/').at(-1)}.backup`)
  const operatorToken = 'the operator of the market of Lizhou, for a test'
  const env = {
    SUNMAO_DATABASE: database,
    SUNMAO_OUTBOX: join(folder, 'outbox'),
    SUNMAO_OPERATOR_TOKEN: operatorToken,
    SUNMAO_EMBEDDING: 'hashing',
    SUNMAO_PORT: '0',
    // Everybody comes from one address here, all at once.
    SUNMAO_LIMITS: 'off',
    LANG: 'en_US.UTF-8',
  }
  const cli = (...args: string[]) => run(node, [...sunmao, ...args], { env })
  let starts = 0
  return {
    operatorToken,
    outbox: env.SUNMAO_OUTBOX,
    cli,
    write(name: string, text: string) {
      // What somebody imports is a file of his own, not one of the market's.
      const path = `${backup}.${name}`
      writeFileSync(path, text)
      return path
    },
    async serve() {
      const log = join(folder, `server-${++starts}.log`)
      writeFileSync(log, '')
      const child = spawn(node, [...sunmao, 'serve'], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => writeFileSync(log, part, { flag: 'a' }))
      return { address: await addressOf(child), stop: () => stopped(child) }
    },
    async backUp() {
      const source = new BetterSqlite3(database, { readonly: true })
      await source.backup(backup)
      source.close()
      cpSync(`${database}.files`, `${backup}.files`, { recursive: true })
    },
    restore() {
      for (const suffix of ['', '-wal', '-shm']) rmSync(database + suffix, { force: true })
      copyFileSync(backup, database)
      rmSync(`${database}.files`, { recursive: true })
      cpSync(`${backup}.files`, `${database}.files`, { recursive: true })
      for (const name of readdirSync(tmpdir()))
        if (join(tmpdir(), name).startsWith(backup)) rmSync(join(tmpdir(), name), { recursive: true })
    },
    async exports() {
      const target = join(folder, 'exports')
      mkdirSync(target, { recursive: true })
      const kinds = ['expert', 'evidence', 'demand', 'broker', 'enterprise']
      const exports = kinds.map((kind, at) => {
        const format = (at + starts) % 2 === 0 ? 'jsonl' : 'csv'
        return [`${kind}.${format}`, 'export', '--kind', kind, '--format', format] as const
      })
      for (const [name, ...args] of [...exports, ['journal.jsonl', 'audit', 'export'] as const]) {
        const { code, stdout, stderr } = await cli(...args)
        if (code !== 0) throw new Error(stderr)
        writeFileSync(join(target, name), stdout)
      }
    },
    async verify(wrong: string[], when: string) {
      const { code, stdout } = await cli('audit', 'verify')
      if (code !== 0) wrong.push(`the journal does not verify ${when}: ${stdout.slice(0, 500)}`)
    },
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stdout!.on('data', (part) => {
      printed += part
      const address = / at (http:\/\/\S+)/.exec(printed)?.[1]
      if (address !== undefined) resolve(address)
    })
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${printed}`)))
  })
}

function stopped(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  return ended
}

interface Found {
  value: string
  file: string
}

/** Which of these stand in which file, wherever in it; what is packed is unpacked. */
async function search(folder: string, needles: readonly { value: string; bytes: Buffer }[]) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const found: Found[] = []
  let bytes = 0
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name)
    const raw = readFileSync(path)
    const content = await unpacked(raw)
    bytes += statSync(path).size
    for (const { value, bytes: needle } of needles) if (content.includes(needle) || name.includes(value)) found.push({ value, file: name })
  }
  return { files: files.length, bytes, found }
}

async function unpacked(raw: Buffer<ArrayBuffer>): Promise<Buffer> {
  if (raw[0] === 0x1f && raw[1] === 0x8b) return gunzipSync(raw)
  if (!isZip(raw)) return raw
  return Buffer.concat([raw, ...(await Promise.all((await entriesOfZip(raw)).map(({ content }) => content())))])
}
