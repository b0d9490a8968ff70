import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from './lines.ts'
import { node, run, sunmao } from './run.ts'

const checks = 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance'

/**
 * Schemathesis (from PyPI, by pipx or pip: it is no part of this package) against a running demo, as visitor and as operator:
 * no 500, and every answer is as /openapi.json says. Without limits, which would be all that it met.
 */
export async function fuzz(scale: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'sunmao-fuzz-'))
  const env = { SUNMAO_DATABASE: join(folder, 'fuzz.db'), SUNMAO_PORT: '0', SUNMAO_EMBEDDING: 'off', SUNMAO_LIMITS: 'off' }
  try {
    await run('python3', ['-m', 'venv', join(folder, 'venv')])
    const installed = await run(join(folder, 'venv/bin/pip'), ['install', '--quiet', 'schemathesis'])
    if (installed.code !== 0) return { passed: false, figures: { schemathesis: `cannot be installed: ${installed.stderr.slice(-200)}` } }
    await run(node, [...sunmao, 'seed'], { env })
    const token = (await run(node, [...sunmao, 'token', 'create', '--role', 'operator'], { env })).stdout.trim()
    const server = spawn(node, [...sunmao, 'serve'], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
    const address = await new Promise<string>((resolve) =>
      server.stdout.on('data', (part) => /http:\/\/\S+/.exec(String(part)) && resolve(/http:\/\/\S+/.exec(String(part))![0])),
    )
    const examples = String(Math.max(2, Math.round(100 * scale)))
    const figures: Outcome['figures'] = {}
    let passed = true
    for (const [who, headers] of [
      ['visitor', []],
      ['operator', ['-H', `Authorization: Bearer ${token}`]],
    ] as const) {
      const args = [
        'run',
        `${address}/openapi.json`,
        '--checks',
        checks,
        '--max-examples',
        examples,
        '--seed',
        '20261122',
        '--no-color',
        ...headers,
      ]
      const { code, stdout } = await run(join(folder, 'venv/bin/schemathesis'), args)
      passed &&= code === 0
      figures[`as ${who}`] =
        code === 0 ? (/Test cases:[\s\S]*?\n\n/.exec(stdout)?.[0].replaceAll(/\s+/g, ' ').trim() ?? 'passed') : stdout.slice(-3000)
    }
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    await ended
    return { passed, figures: { ...figures, 'examples an operation': examples } }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
