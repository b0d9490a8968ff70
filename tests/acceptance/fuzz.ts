import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Role } from '../../src/accounts/actor.ts'
import { inside } from '../inside.ts'
import { zhudong } from '../journeys/fixtures.ts'
import type { Outcome } from './lines.ts'
import { node, run, sunmao } from './run.ts'

const checks = 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance'

/** Who asks: nobody known, or whoever has the token of a role. */
type Who = 'visitor' | Role

/** As visitor and as operator, a hundred examples an operation: no 500, and every answer is as /openapi.json says. */
export const fuzz = (scale: number) => fuzzAs(['visitor', 'operator'], Math.max(2, Math.round(100 * scale)))

/** As visitor and in every role: the same, and no answer tells of the inside. */
export const fuzzAsEveryRole = (scale: number) =>
  // Some five thousand cases a role are worked out from the schemas, however few examples are drawn: a small run does without.
  fuzzAs(['visitor', ...Role.options], Math.max(2, Math.round(20 * scale)), scale < 0.1 ? ['--phases', 'fuzzing'] : [])

/**
 * Schemathesis (from PyPI, by pipx or pip: it is no part of this package) against a running demo. Without limits, which would be all that
 * it met.
 */
async function fuzzAs(everybody: readonly Who[], examples: number, phases: readonly string[] = []): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'sunmao-fuzz-'))
  const env = {
    SUNMAO_DATABASE: join(folder, 'fuzz.db'),
    SUNMAO_OUTBOX: join(folder, 'outbox'),
    SUNMAO_PORT: '0',
    SUNMAO_EMBEDDING: 'off',
    SUNMAO_LIMITS: 'off',
  }
  let server: ChildProcess | undefined
  try {
    await run('python3', ['-m', 'venv', join(folder, 'venv')])
    const installed = await run(join(folder, 'venv/bin/pip'), ['install', '--quiet', 'schemathesis'])
    if (installed.code !== 0) return { passed: false, figures: { schemathesis: `cannot be installed: ${installed.stderr.slice(-200)}` } }
    await run(node, [...sunmao, 'seed'], { env })
    const tokenOf = async (role: Role, subject: string | null) => {
      const args = ['token', 'create', '--role', role, ...(subject === null ? [] : ['--subject', subject])]
      const { code, stdout, stderr } = await run(node, [...sunmao, ...args], { env })
      if (code !== 0) throw new Error(`No token for ${role}: ${stderr}`)
      return stdout.trim()
    }
    const operator = await tokenOf('operator', null)
    server = spawn(node, [...sunmao, 'serve'], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
    const address = await addressOf(server)
    const figures: Outcome['figures'] = {}
    let passed = true
    for (const who of everybody) {
      const token = who === 'visitor' ? null : who === 'operator' ? operator : await tokenOf(who, await subjectFor(who, address, operator))
      const asked = await fuzzOnce(folder, address, token, ['--max-examples', String(examples), ...phases])
      passed &&= asked.passed
      figures[`as ${who}`] = asked.said
    }
    return { passed, figures: { ...figures, 'examples an operation': examples } }
  } finally {
    if (server !== undefined) {
      const ended = once(server, 'exit')
      server.kill('SIGTERM')
      await ended
    }
    rmSync(folder, { recursive: true, force: true })
  }
}

async function fuzzOnce(
  folder: string,
  address: string,
  token: string | null,
  size: readonly string[],
): Promise<{ passed: boolean; said: string }> {
  const report = join(folder, 'answers.yaml')
  const args = ['run', `${address}/openapi.json`, '--checks', checks, ...size, '--seed', '20261122', '--no-color']
  const recorded = ['--report', 'vcr', '--report-vcr-path', report]
  const headers = token === null ? [] : ['-H', `Authorization: Bearer ${token}`]
  const { code, stdout } = await run(join(folder, 'venv/bin/schemathesis'), [...args, ...recorded, ...headers], { cwd: folder })
  if (code !== 0) return { passed: false, said: stdout.slice(-3000) }
  const told = await toldOfTheInside(report)
  if (told !== null) return { passed: false, said: `an answer tells of the inside: ${told.slice(0, 500)}` }
  return { passed: true, said: /Test cases:[\s\S]*?\n\n/.exec(stdout)?.[0].replaceAll(/\s+/g, ' ').trim() ?? 'passed' }
}

/** The first line of an answer that tells of paths, stacks, errors or SQL. */
async function toldOfTheInside(report: string): Promise<string | null> {
  let isAnswer = false
  for await (const line of createInterface({ input: createReadStream(report) })) {
    if (/^- id:|^\s+request:/.test(line)) isAnswer = false
    if (/^\s+response:/.test(line)) isAnswer = true
    if (isAnswer && inside.test(line)) return line
  }
  return null
}

function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('exit', () => reject(new Error('The server did not start')))
    server.stdout!.on('data', (part) => {
      const found = /http:\/\/\S+/.exec(String(part))
      if (found) resolve(found[0])
    })
  })
}

const lists: Partial<Record<Role, string>> = {
  enterprise: 'enterprises',
  expert: 'experts',
  institution: 'institutions',
  broker: 'brokers',
  provider: 'providers',
  park: 'parks',
  county: 'counties',
}

/** One of the demonstration's subjects for a role, or a new one; null for a role that acts for none. */
async function subjectFor(role: Role, address: string, operator: string): Promise<string | null> {
  const list = lists[role]
  if (list === undefined) return null
  const headers = { authorization: `Bearer ${operator}`, 'content-type': 'application/json' }
  const { items } = (await (await fetch(`${address}/api/${list}?limit=1`, { headers })).json()) as { items: { id: string }[] }
  if (items[0] !== undefined) return items[0].id
  const body = JSON.stringify({ name: '砺州计量检测中心', ...(role === 'county' && { region: zhudong }) })
  const made = await fetch(`${address}/api/${list}`, { method: 'POST', headers, body })
  if (!made.ok) throw new Error(`No ${role}: ${await made.text()}`)
  return ((await made.json()) as { id: string }).id
}
