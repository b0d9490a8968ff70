import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from './lines.ts'
import { run } from './run.ts'

/** A fresh clone: `npm ci && npm run demo -- --once`, then the server that the demo starts, its address and the curl lines it prints. */
export async function demoRuns(scale: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'sunmao-clone-'))
  // At a small scale the checkout itself is the clone.
  const cwd = scale < 1 ? process.cwd() : join(folder, 'sunmao')
  const env = { SUNMAO_DATABASE: join(folder, 'demo.db'), SUNMAO_PORT: '0' }
  try {
    if (scale >= 1) {
      await run('git', ['clone', '--quiet', process.cwd(), cwd])
      const installed = await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd })
      if (installed.code !== 0) return { passed: false, figures: { 'npm ci': installed.stderr.slice(-400) } }
    }
    const once = await run('npm', ['run', '-s', 'demo', '--', '--once'], { cwd, env })
    const { matches, explained } = printed(once.stdout)
    const served = await serve(cwd, env)
    return {
      passed:
        once.code === 0 &&
        once.ms <= 60_000 &&
        matches >= 12 &&
        explained === matches &&
        served.answered === served.asked &&
        served.asked === 4,
      figures: {
        'exit code': once.code ?? 'killed',
        'seconds to the end of the demo': (once.ms / 1000).toFixed(1),
        'matches printed': matches,
        'of them with two reasons and a sentence': explained,
        'address and curl lines that work': `${served.answered} of ${served.asked}`,
        ...(once.code !== 0 && { error: once.stderr.slice(-400) }),
      },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Matches begin with a number and a full stop; reasons with ·, evidence with 您要的 or You want. */
function printed(text: string): { matches: number; explained: number } {
  const blocks = text.split(/\n(?= {2}\d+\. )/).slice(1)
  const explained = blocks.filter((block) => (block.match(/^ +· /gm) ?? []).length >= 2 && /^ +(您要的|You want)/m.test(block))
  return { matches: blocks.length, explained: explained.length }
}

/** Starts the demo's server, then asks its address and runs each curl line exactly as printed. */
async function serve(cwd: string, env: Record<string, string>): Promise<{ asked: number; answered: number }> {
  const child = spawn('npm', ['run', '-s', 'demo'], {
    cwd,
    env: { ...process.env, ...env, SUNMAO_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  try {
    const text = await new Promise<string>((resolve, reject) => {
      let soFar = ''
      const late = setTimeout(() => reject(new Error(`no address in two minutes:\n${soFar}`)), 120_000)
      child.stdout.on('data', (part) => {
        soFar += part
        if ((soFar.match(/^ *curl .*$/gm) ?? []).length < 3) return
        clearTimeout(late)
        // The last line may still be on its way.
        setTimeout(() => resolve(soFar), 300)
      })
    })
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? ''
    const curls = (text.match(/^ *curl .*$/gm) ?? []).slice(0, 3)
    let answered = (await fetch(address)).status === 200 ? 1 : 0
    for (const line of curls) {
      const { code, stdout } = await run('bash', ['-c', line.trim().replace(/^curl/, 'curl --fail')])
      if (code === 0 && stdout.length > 2) answered++
    }
    return { asked: 1 + curls.length, answered }
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
  }
}
