import QuickLRU from 'quick-lru'
import { log } from '../log.ts'
import type { Ports } from '../ports.ts'
import { randomSecret, sealed } from '../secrets.ts'
import { type Limit, type LimitName, leftOf, weights } from './limits.ts'
import { rowsAtMost, spendMany } from './quota-rows.ts'

/** What one request did to one quota. */
export interface Spending {
  name: LimitName | 'key-own'
  limit: Limit
  isRefused: boolean
  /** Units that are left, and seconds until there is one more. */
  units: number
  seconds: number
}

export interface Limiter {
  /** Spends one unit of a partition's quota, which is the market's unless it was given one of its own; null where there is none. */
  spend(name: Spending['name'], partition: string, own?: Limit): Spending | null
  /** While something is being told to the other servers; null when nothing is. */
  telling(): Promise<void> | null
}

interface Known {
  limit: Limit
  clearAtMs: number
  /** Units that the database has not been told of. */
  untold: number
  /** Whether the last one was too much: the log is told once. */
  wasRefused: boolean
}

/** Partitions that are remembered at least; whoever is forgotten begins anew with what the database knows. */
const partitionsAtLeast = 20_000
/** A server tells the others, and hears from them, whenever it has let through one tenth of a quota. */
const slices = 10

/**
 * Limits whose counting costs a request nothing but arithmetic: each server counts by itself and tells the database in slices, beside
 * the requests. So several servers together may let through up to a slice each more than the quota, and what is seldom asked writes nothing.
 */
export function limiter(ports: Pick<Ports, 'database' | 'limits' | 'secret' | 'now'>): Limiter {
  const known = new QuickLRU<string, Known>({ maxSize: partitionsAtLeast })
  const due = new Set<string>()
  // A market without a secret still counts; its servers then each for themselves.
  const secret = ports.secret ?? randomSecret('sms')
  let telling: Promise<void> | null = null

  return {
    spend(name, partition, own) {
      const limit = own ?? (name === 'key-own' ? null : ports.limits[name])
      if (limit === null) return null
      const nowMs = Date.parse(ports.now())
      const { unitMs, wholeMs } = weights(limit)
      const key = `${name} ${partition}`
      const entry = known.get(key) ?? { limit, clearAtMs: 0, untold: 0, wasRefused: false }
      const clearAtMs = Math.max(entry.clearAtMs, nowMs) + unitMs
      const isRefused = clearAtMs > nowMs + wholeMs
      if (isRefused && !entry.wasRefused)
        void keyOf(secret, partition).then((of) => log('warn', 'limit reached', { name, of: of.slice(0, 12) }))
      entry.wasRefused = isRefused
      if (!isRefused) {
        entry.clearAtMs = clearAtMs
        entry.untold++
        known.set(key, entry)
        if (entry.untold >= Math.max(1, Math.floor(limit.quota / slices))) {
          due.add(key)
          telling ??= tell().finally(() => {
            telling = null
          })
        }
      }
      return { name, limit, isRefused, ...leftOf(limit, entry.clearAtMs, nowMs) }
    },
    telling: () => telling,
  }

  async function tell(): Promise<void> {
    // What comes within the same turn goes along.
    await Promise.resolve()
    while (due.size > 0) {
      const keys = [...due].slice(0, rowsAtMost)
      for (const key of keys) due.delete(key)
      try {
        await tellOf(keys)
      } catch (error) {
        // What was counted here holds here; it is told with the next slice.
        log('warn', 'limits could not be shared', { error: String(error) })
        return
      }
    }
  }

  async function tellOf(keys: readonly string[]): Promise<void> {
    const rows = []
    for (const key of keys) {
      const entry = known.get(key)
      if (entry === undefined) continue
      const told = entry.untold
      rows.push({ entry, told, key: await keyOf(secret, key), spentMs: told * weights(entry.limit).unitMs })
    }
    if (rows.length === 0) return
    const clear = await spendMany(
      ports.database,
      rows.map(({ key, spentMs }) => ({ key, spentMs })),
      Date.parse(ports.now()),
    )
    for (const { entry, told, key } of rows) {
      entry.untold -= told
      entry.clearAtMs = (clear.get(key) ?? entry.clearAtMs) + entry.untold * weights(entry.limit).unitMs
    }
  }
}

/** Nobody who has the rows can tell whom they are about, not even by trying all addresses. */
export async function keyOf(secret: string, partition: string): Promise<string> {
  return (await sealed(secret, `quota ${partition}`)).slice(0, 40)
}
