import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../runtimes/sight.ts'
import type { Outcome } from './lines.ts'

/** A fresh demonstration, served, and a browser before it. */
export async function onDemo(look: (address: string, browser: Browser, database: string) => Promise<Outcome>): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'sunmao-crawl-'))
  const env = { ...process.env, SUNMAO_DATABASE: join(folder, 'demo.db'), SUNMAO_PORT: '0', SUNMAO_LIMITS: 'off' }
  const child = spawn('npm', ['run', '-s', 'demo'], { env, stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  try {
    const address = await addressOf(child)
    const browser = await launchBrowser()
    try {
      return await look(address, browser, env.SUNMAO_DATABASE)
    } finally {
      await browser.close()
    }
  } finally {
    const ended = once(child, 'exit')
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}

function addressOf({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let soFar = ''
    const late = setTimeout(() => reject(new Error(`no address in two minutes:\n${soFar}`)), 120_000)
    stdout!.on('data', (part) => {
      soFar += part
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(soFar) ?? []
      if (address === undefined) return
      clearTimeout(late)
      resolve(address)
    })
  })
}
