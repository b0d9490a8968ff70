import { createMiddleware } from 'hono/factory'
import { classOf } from '../limits/classes.ts'
import type { Limiter } from '../limits/limiter.ts'
import type { Limit, LimitName } from '../limits/limits.ts'
import { turns } from '../limits/turns.ts'
import { Problem } from '../problem.ts'
import type { AppContext, Env } from './context.ts'

/** Searches and matches of one party that run at once; the next ones wait for these, and nobody else does. A program may want more. */
const searchesAtOnce = { address: 1, account: 1, key: 4 }
const searchesWaiting = 40

/** Counts a request against what its address may ask for, before anything else is done with it. */
export function limitedByAddress(limiter: Limiter) {
  return createMiddleware<Env>(async (c, next) => {
    const { address } = c.var.peer
    // A request that comes from nowhere was made by this very process.
    if (address !== null) spend(c, limiter, `${classOf(c.req.method, c.req.path)}-address`, address)
    await next()
  })
}

/** Counts a request against what the account or the key behind it may ask for; a key may have been given less. */
export function limitedByHolder(limiter: Limiter) {
  return createMiddleware<Env>(async (c, next) => {
    const holder = holderOf(c)
    const requestClass = classOf(c.req.method, c.req.path)
    // Whoever signs in is nobody yet.
    if (holder !== null && requestClass !== 'sign-in') spend(c, limiter, `${requestClass}-${holder.kind}`, holder.id)
    const { key } = c.var.actor
    if (key !== null && key.requestsPerMinute !== null) spend(c, limiter, 'key-own', key.id, { quota: key.requestsPerMinute, seconds: 60 })
    await next()
  })
}

/** Lets each party have a few searches at a time: a hundred that one sends at once take their time, and no time of others. */
export function searchesInTurn() {
  const of = (atOnce: number) => turns({ atOnce, waitingAtMost: searchesWaiting })
  const turnsOf = { address: of(searchesAtOnce.address), account: of(searchesAtOnce.account), key: of(searchesAtOnce.key) }
  return createMiddleware<Env>(async (c, next) => {
    const holder = holderOf(c)
    const searches = turnsOf[holder?.kind ?? 'address']
    const party = holder?.id ?? c.var.peer.address
    if (party === null || classOf(c.req.method, c.req.path) !== 'search') return next()
    if (!(await searches.take(party)))
      throw new Problem('too-many-requests', { retryAfterSeconds: 1, 'violated-policies': ['search-at-once'] })
    try {
      await next()
    } finally {
      searches.leave(party)
    }
  })
}

function holderOf(c: AppContext): { kind: 'account' | 'key'; id: string } | null {
  const key = c.req.header('authorization')
  if (key !== undefined) return { kind: 'key', id: key }
  return c.var.session === null ? null : { kind: 'account', id: c.var.session.account.id }
}

/** Tells the caller what is left (draft-ietf-httpapi-ratelimit-headers), or 429. */
function spend(c: AppContext, limiter: Limiter, name: LimitName | 'key-own', partition: string, own?: Limit): void {
  const spending = limiter.spend(name, partition, own)
  if (spending === null) return
  const telling = limiter.telling()
  if (telling !== null) outlive(c, telling)
  const { limit, units, seconds, isRefused } = spending
  c.header('ratelimit-policy', `"${name}";q=${limit.quota};w=${limit.seconds}`, { append: true })
  c.header('ratelimit', `"${name}";r=${units};t=${seconds}`, { append: true })
  if (isRefused) throw new Problem('too-many-requests', { retryAfterSeconds: seconds, 'violated-policies': [name] })
}

/** At the edge a process ends with its answer, unless it is told what else it has to do. */
function outlive(c: AppContext, work: Promise<void>): void {
  try {
    c.executionCtx.waitUntil(work)
  } catch {
    // Elsewhere nothing ends with an answer, and there is nobody to tell.
  }
}
