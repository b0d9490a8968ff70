import { bodyLimit } from 'hono/body-limit'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'
import { actorOf } from '../../accounts/actions.ts'
import { type Actor, visitor } from '../../accounts/actor.ts'
import { localeOf } from '../i18n/words.ts'
import type { Ports } from '../ports.ts'
import { Problem } from '../problem.ts'
import type { Env } from './context.ts'

/** The longest address of a request, which is what RFC 9110 advises everybody to take. */
const longestAddress = 8_000
/** The largest body of a request; bulk data goes through the import. */
export const largestBody = 1_000_000
/** Longest time for an answer. */
const timeLimitMs = 30_000

/** Gives every request its id (the caller's, where it is a plain one), its ports and its language. */
export function begin(ports: Ports) {
  return createMiddleware<Env>(async (c, next) => {
    const given = c.req.header('x-request-id')
    c.set('requestId', given !== undefined && /^[\w.-]{1,80}$/.test(given) ? given : crypto.randomUUID())
    c.set('ports', ports)
    c.set('actor', visitor)
    c.set('locale', localeOf({ query: c.req.query('lang'), cookie: getCookie(c, 'lang'), acceptLanguage: c.req.header('accept-language') }))
    c.header('x-request-id', c.var.requestId)
    // No address of ours holds NUL, and PostgreSQL refuses to be asked for it.
    if (c.req.path.includes('\0')) throw new Problem('not-found')
    await next()
  })
}

/** Who asks: the holder of a bearer token, else the demonstration's actor on pages, else a visitor. */
export function identify(demoActor: Actor | null) {
  return createMiddleware<Env>(async (c, next) => {
    const header = c.req.header('authorization')
    const secret = header === undefined ? null : (/^Bearer (.+)$/i.exec(header)?.[1] ?? '')
    const isPage = !c.req.path.startsWith('/api/')
    c.set('actor', secret === null && isPage && demoActor !== null ? demoActor : await actorOf(c.var.ports, secret))
    await next()
  })
}

/** Strict: everything from ourselves, no inline script or style, no framing. */
export const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  strictTransportSecurity: false,
  referrerPolicy: 'same-origin',
})

export const limitedAddress = createMiddleware<Env>(async (c, next) => {
  if (c.req.url.length > longestAddress) throw new Problem('address-too-long', { maximum: longestAddress })
  await next()
})

export const limitedBody = bodyLimit({
  maxSize: largestBody,
  onError: () => {
    throw new Problem('too-large', { maximum: largestBody })
  },
})

/** Answers 503 when the work takes too long; what was begun may still finish, so a repeated write should carry an Idempotency-Key. */
export const limitedTime = createMiddleware<Env>(async (_, next) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Problem('took-too-long', { limitMs: timeLimitMs })), timeLimitMs)
  })
  try {
    await Promise.race([next(), late])
  } finally {
    clearTimeout(timer)
  }
})
