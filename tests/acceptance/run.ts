import { type ChildProcess, spawn } from 'node:child_process'

export const node = process.execPath
export const sunmao = ['--import', './src/platform/tsx.mjs', 'src/cli.ts']

export interface Ran {
  code: number | null
  stdout: string
  stderr: string
  ms: number
}

/** Runs a program to its end and keeps what it prints. `started` gets the process, to be killed for instance. */
export function run(
  command: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string>; started?: (process: ChildProcess) => void } = {},
): Promise<Ran> {
  const start = performance.now()
  const child = spawn(command, args, {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (part) => {
    stdout += part
  })
  child.stderr.on('data', (part) => {
    stderr += part
  })
  options.started?.(child)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr, ms: performance.now() - start }))
  })
}
