import { keyOf } from '../../platform/limits/limiter.ts'
import { type Limit, type LimitName, leftOf } from '../../platform/limits/limits.ts'
import { forgive, giveBack, spendOne } from '../../platform/limits/quota-rows.ts'
import { log } from '../../platform/log.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { secretOf } from './secret.ts'

/** Who tries to get in: from which part of the address space (null where nothing says), and whose device it is known to be. */
export interface Trier {
  address: string | null
  knownAccountId: string | null
}

/** One limit that an attempt counts against. */
export interface Trial {
  name: LimitName
  /** Whom it counts for. */
  of: string
  /** What a success gives back: everything, this one attempt, or nothing. */
  onSuccess: 'everything' | 'this' | 'nothing'
}

/** A code shown by somebody who is signed in. */
export const trialsOfFactor = (accountId: string): Trial[] => [{ name: 'second-factor', of: accountId, onSuccess: 'everything' }]

/** His password brought by somebody who is signed in. */
export const trialsOfOwnPassword = (accountId: string): Trial[] => [
  { name: 'second-factor', of: `password of ${accountId}`, onSuccess: 'everything' },
]

/**
 * Counts an attempt before it is made, of all that come at once too; 429 where one of its limits is reached. What comes to nothing for
 * another reason than that it was wrong is not counted.
 */
export async function limited<Result>(
  ports: Pick<Ports, 'database' | 'now' | 'limits' | 'secret'>,
  trials: readonly Trial[],
  attempt: () => Promise<Result>,
): Promise<Result> {
  const { database } = ports
  const spent: { key: string; limit: Limit; onSuccess: Trial['onSuccess'] }[] = []
  const undo = async () => {
    for (const { key, limit } of spent) await giveBack(database, key, limit)
  }
  for (const { name, of, onSuccess } of trials) {
    const limit = ports.limits[name]
    if (limit === null) continue
    const key = await keyOf(secretOf(ports), `${name} ${of}`)
    const nowMs = Date.parse(ports.now())
    const { clearAtMs, isRefused } = await spendOne(database, key, limit, nowMs)
    if (isRefused) {
      await undo()
      throw new Problem('too-many-requests', { retryAfterSeconds: leftOf(limit, clearAtMs, nowMs).seconds, 'violated-policies': [name] })
    }
    spent.push({ key, limit, onSuccess })
  }
  try {
    const result = await attempt()
    for (const { key, limit, onSuccess } of spent) {
      if (onSuccess === 'everything') await forgive(database, key)
      if (onSuccess === 'this') await giveBack(database, key, limit)
    }
    return result
  } catch (error) {
    if (!(error instanceof Problem && ['invalid-input', 'too-many-requests'].includes(error.kind))) await undo()
    throw error
  }
}

/** Lets something be used once within a time: false for every further use of it. */
export async function isFirstUse(ports: Pick<Ports, 'database' | 'now' | 'secret'>, what: string, seconds: number): Promise<boolean> {
  const key = await keyOf(secretOf(ports), `once ${what}`)
  const { isRefused } = await spendOne(ports.database, key, { quota: 1, seconds }, Date.parse(ports.now()))
  return !isRefused
}

/** Writes to the log that somebody has proved who he is, or has not: by what, and from where, as nobody can read it. */
export async function seen<Result>(
  ports: Pick<Ports, 'secret'>,
  { address, knownAccountId }: Trier,
  by: 'code' | 'password' | 'second-factor',
  attempt: () => Promise<Result>,
): Promise<Result> {
  const from = address === null ? null : (await keyOf(secretOf(ports), address)).slice(0, 12)
  const facts = { by, from, isKnownDevice: knownAccountId !== null }
  try {
    const result = await attempt()
    log('info', 'signed in', facts)
    return result
  } catch (error) {
    const codes = error instanceof Problem ? (error.facts.errors?.map(({ code }) => code) ?? [error.kind]) : ['bug']
    log('warn', 'sign-in refused', { ...facts, codes })
    throw error
  }
}
