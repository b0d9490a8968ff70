import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { deflateRawSync } from 'node:zlib'
import { attacks, type Target } from './attacks/attacks.ts'
import { readers } from './attacks/readers.ts'
import type { Outcome } from './lines.ts'
import { node, run, sunmao } from './run.ts'

/** What people ask for, and what an attacker sends, in a second. */
const readsASecond = 25
const attacksASecond = 60
const attacksAtOnce = 12
const bomb = 'a workbook that unpacks to more than fits'

/**
 * Every attack as a load on a served market, while people go on reading: windows without and with the attack in turn. Each attack is
 * refused (no 5xx, nothing that hangs), and the p99 of what people ask for is not more than twice what it is without it. With few
 * rounds the p99 is a single answer, and is shown but not judged.
 */
export async function attacked(scale: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'sunmao-attacked-'))
  const isJudged = scale >= 0.25
  const [rounds, windowMs] = [Math.max(1, Math.round(12 * scale)), isJudged ? 3_000 : 300]
  const { server, target } = await served(folder)
  const figures: Outcome['figures'] = { 'rounds an attack': rounds, 'answers a round': (readsASecond * windowMs) / 1000 }
  let passed = true
  try {
    // What a server does once, such as loading the library of sessions, is no attack's doing.
    for (let turn = 0; isJudged && turn < 4; turn++) {
      await readers(target.address, target.demandId, readsASecond, windowMs)
      for (const attack of Object.values(attacks)) await attack(target, turn).catch(() => 0)
    }
    for (const name of [...Object.keys(attacks), bomb]) {
      const times = { without: [] as number[], with: [] as number[] }
      let wrong = 0
      const attack = name === bomb ? bombing(folder) : attacking(name, target)
      for (let round = 0; round < rounds; round++) {
        const quiet = await readers(target.address, target.demandId, readsASecond, windowMs)
        attack.on()
        const loud = await readers(target.address, target.demandId, readsASecond, windowMs)
        await attack.off()
        times.without.push(...quiet.times)
        times.with.push(...loud.times)
        wrong += quiet.wrong + loud.wrong
      }
      const statuses = await attack.end()
      const [before, during] = [p99(times.without), p99(times.with)]
      const isRefused = Object.keys(statuses).every((status) => Number(status) < 500)
      const isFast = !isJudged || during <= 2 * before
      passed &&= isRefused && isFast && wrong === 0
      const answers = Object.entries(statuses).map(([status, count]) => `${count}×${status === '0' ? 'ended' : status}`)
      figures[name] =
        `${isRefused && isFast && wrong === 0 ? '' : 'NO: '}p99 ${before.toFixed(0)} → ${during.toFixed(0)} ms (×${(during / before).toFixed(2)}); ${answers.join(', ')}${wrong > 0 ? `; ${wrong} readers refused` : ''}`
    }
  } finally {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  return { passed, figures }
}

/** The demonstration city behind a proxy, with two parties. */
async function served(folder: string): Promise<{ server: ChildProcess; target: Target }> {
  const env = {
    SUNMAO_DATABASE: join(folder, 'market.db'),
    SUNMAO_PORT: '0',
    SUNMAO_EMBEDDING: 'off',
    SUNMAO_PROXIES: '1',
    SUNMAO_OUTBOX: join(folder, 'outbox'),
  }
  await run(node, [...sunmao, 'seed'], { env })
  const operatorToken = (await run(node, [...sunmao, 'token', 'create', '--role', 'operator'], { env })).stdout.trim()
  const server = spawn(node, [...sunmao, 'serve'], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  const address = await new Promise<string>((resolve) =>
    server.stdout!.on('data', (part) => /http:\/\/[\d.:]+/.exec(String(part)) && resolve(/http:\/\/[\d.:]+/.exec(String(part))![0])),
  )
  const asOperator = async (path: string, body?: object) => {
    const request = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const answer = await fetch(address + path, {
      ...request,
      headers: { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/json' },
    })
    return (await answer.json()) as { id: string; items: { id: string }[] }
  }
  const tokenOf = async (role: string, subject: string) =>
    (await run(node, [...sunmao, 'token', 'create', '--role', role, '--subject', subject], { env })).stdout.trim()
  const enterprise = await asOperator('/api/enterprises', { name: '北塬机械有限公司' })
  const institution = await asOperator('/api/institutions', { name: '河西科技学院', kind: 'university' })
  const draft = await asOperator('/api/demands', { title: '精轧机辊缝补偿', enterpriseId: enterprise.id })
  const [demand] = (await asOperator('/api/demands?state=published&limit=1')).items
  const target = {
    address,
    enterpriseToken: await tokenOf('enterprise', enterprise.id),
    institutionToken: await tokenOf('institution', institution.id),
    draftId: draft.id,
    demandId: demand!.id,
  }
  return { server, target }
}

interface Attacking {
  on(): void
  /** Until the last answer has come. */
  off(): Promise<unknown>
  /** Gives how often it was answered with which status. */
  end(): Promise<Record<string, number>>
}

function attacking(name: string, target: Target): Attacking {
  const workerData = { name, target, atOnce: name === 'slow bodies' ? 200 : attacksAtOnce, aSecond: attacksASecond }
  const worker = new Worker(new URL('./attacks/attacker.ts', import.meta.url), { workerData })
  const told = async (order: 'off' | 'end') => {
    const answer = once(worker, 'message')
    worker.postMessage(order)
    return (await answer)[0] as Record<string, number>
  }
  return { on: () => worker.postMessage('on'), off: () => told('off'), end: () => told('end') }
}

/** Somebody brings the market a file to import, beside the server. */
function bombing(folder: string): Attacking {
  const file = join(folder, 'bomb.xlsx')
  writeFileSync(file, bombBytes())
  const statuses: Record<string, number> = {}
  let running: Promise<void> = Promise.resolve()
  return {
    on() {
      const args = [...sunmao, 'import', file, '--kind', 'demand', '--dry-run']
      running = run(node, args, { env: { SUNMAO_DATABASE: join(folder, 'other.db') } }).then(({ code, stderr }) => {
        const status = code === 3 && /过大|too large/i.test(stderr) ? 413 : 500
        statuses[status] = (statuses[status] ?? 0) + 1
      })
    },
    off: () => running,
    end: async () => statuses,
  }
}

/** A zip archive whose one file says that it is 400 MB, and is. */
function bombBytes(): Buffer {
  const packed = deflateRawSync(Buffer.alloc(400_000_000, '<row/>'))
  const name = Buffer.from('xl/worksheets/sheet1.xml')
  const sizes = Buffer.alloc(26)
  sizes.writeUInt16LE(20, 0)
  sizes.writeUInt16LE(8, 4)
  sizes.writeUInt32LE(packed.length, 14)
  sizes.writeUInt32LE(400_000_000, 18)
  sizes.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), sizes, name, packed])
  const central = Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), sizes, Buffer.alloc(14), name])
  const end = Buffer.alloc(18)
  end.writeUInt16LE(1, 4)
  end.writeUInt16LE(1, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(local.length, 12)
  return Buffer.concat([local, central, Buffer.from('PK\u0005\u0006'), end])
}

function p99(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0
}
