import { type Market, openMarket } from '../open-market.ts'
import { type Config, configFrom } from '../platform/config.ts'

/** The configuration of this process; `--database` on the command line wins over the environment. */
export function config(changes: Partial<Config> = {}): Config {
  return { ...configFrom(process.env), ...changes }
}

/** Opens the market for one command and closes it, whatever happens. */
export async function withMarket<Result>(settings: Config, run: (market: Market) => Promise<Result>): Promise<Result> {
  const market = await openMarket(settings)
  try {
    return await run(market)
  } finally {
    await market.close()
  }
}

/** A line on standard error that is written over; silent where nobody watches. */
export function progressLine(label: string): (done: number, total: number) => void {
  let last = ''
  return (done, total) => {
    const line = `${label} ${done} / ${total}`
    if (!process.stderr.isTTY || line === last) return
    last = line
    process.stderr.write(`\r${line}${done >= total ? '\n' : ''}`)
  }
}

/** Writes a part of much, and waits until whoever reads it has room for more. */
export async function write(part: string): Promise<void> {
  if (!process.stdout.write(part)) await new Promise((resolve) => process.stdout.once('drain', resolve))
}

export function print(line = ''): void {
  process.stdout.write(`${line}\n`)
}
