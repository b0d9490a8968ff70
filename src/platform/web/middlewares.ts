import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import type { Session } from '../../accounts/account.ts'
import { actingFor } from '../../accounts/actions/membership.ts'
import { actorIn, type OpenAuth, sessionOf } from '../../accounts/actions/session.ts'
import { actorOf } from '../../accounts/actions.ts'
import { visitor } from '../../accounts/actor.ts'
import type { Demo } from '../../accounts/demo.ts'
import { inSessionOf } from '../database/database.ts'
import { localeOf } from '../i18n/words.ts'
import type { Ports } from '../ports.ts'
import { Problem } from '../problem.ts'
import { type AppContext, type Env, isSecure } from './context.ts'
import { languageCookie } from './language.ts'
import { isFromOurselves, isReading } from './own-forms.ts'
import type { PeerOf } from './peer.ts'
import { isUpload, slowestUploadMs } from './upload.ts'

/** The longest address of a request, which is what RFC 9110 advises everybody to take. */
const longestAddress = 8_000
/** The largest body of a request; bulk data goes through the import. */
export const largestBody = 1_000_000
/** Longest time for an answer. */
const timeLimitMs = 30_000

/** Gives every request its id (the caller's, where it is a plain one), its ports, its caller and its language. */
export function begin(ports: Ports, peerOf: PeerOf) {
  return createMiddleware<Env>(async (c, next) => {
    c.set('peer', peerOf(c))
    const given = c.req.header('x-request-id')
    c.set('requestId', given !== undefined && /^[\w.-]{1,80}$/.test(given) ? given : crypto.randomUUID())
    c.set('ports', ports)
    c.set('actor', visitor)
    c.set('session', null)
    c.set('visitingAs', null)
    c.set('actingFor', null)
    c.set('upload', null)
    c.set('locale', localeOf({ query: c.req.query('lang'), cookie: languageCookie(c), acceptLanguage: c.req.header('accept-language') }))
    c.header('x-request-id', c.var.requestId)
    // No address of ours holds NUL, and PostgreSQL refuses to be asked for it.
    if (c.req.path.includes('\0')) throw new Problem('not-found')
    await next()
  })
}

/** What a session may do before it has shown its second factor. */
const beforeSecondFactor = /^\/(account\/second-factor(\/draw)?|sign-out|language|display)$/

/** What he may do before he has agreed: read what he is asked, and use the rights that need no agreement. */
const beforeAgreement =
  /^\/(account\/(agreement|second-factor(\/draw)?|data(\/[\w-]+)*)|api\/(privacy|account\/(data|agreement|consents|erasure|erasure-code))|privacy|sign-out|language|display)$/

/**
 * Who asks: the holder of a bearer token; else whoever is signed in, acting for whom he has chosen; else the demonstration's actor on
 * pages; else a visitor. What is written in a session carries its account.
 */
export function identify(auth: OpenAuth, demo: Pick<Demo, 'visitor' | 'visitorName'> | null) {
  return createMiddleware<Env>(async (c, next) => {
    const header = c.req.header('authorization')
    const isPage = !c.req.path.startsWith('/api/')
    if (header !== undefined) {
      c.set('actor', await actorOf(c.var.ports, /^Bearer (.+)$/i.exec(header)?.[1] ?? ''))
      return next()
    }
    // Whoever opens a link acts by it, and not as himself.
    if (c.req.path.startsWith('/links/')) return next()
    const session = await signedIn(c, auth)
    if (session === null) {
      // Whoever had signed in wrote as himself, and not as a visitor.
      if (isPage && !isReading(c.req.method) && isCookied(c) && !withoutSession.test(c.req.path)) throw new Problem('session-ended')
      if (isPage && demo !== null) {
        // He looks around as one of its enterprises. What he writes is to be his own, so he signs in first.
        if (!isReading(c.req.method) && !withoutSession.test(c.req.path)) throw new Problem('not-signed-in')
        c.set('actor', demo.visitor)
        c.set('visitingAs', demo.visitorName)
      }
      return next()
    }
    const reads = isReading(c.req.method)
    if (!reads && !isFromOurselves(c)) throw new Problem('not-permitted')
    c.set('session', session)
    c.set('actor', await actorIn(c.var.ports, session))
    if (isPage) c.set('actingFor', await actingFor(c.var.ports, session))
    c.set('ports', { ...c.var.ports, database: inSessionOf(c.var.ports.database, session.account.id) })
    if (session.needsSecondFactor && !beforeSecondFactor.test(c.req.path)) {
      if (isPage && reads) return c.redirect('/account/second-factor', 303)
      throw new Problem('second-factor-required')
    }
    if (session.needsAgreement && !session.needsSecondFactor && !beforeAgreement.test(c.req.path)) {
      const { pathname, search } = new URL(c.req.url)
      if (isPage && reads) return c.redirect(`/account/agreement?${new URLSearchParams({ back: pathname + search })}`, 303)
      throw new Problem('consent-required')
    }
    return next()
  })
}

/** Forms by which somebody comes in or goes, or chooses how he reads, whatever his browser still holds. */
const withoutSession = /^\/(sign-in|sign-out|set-up|password-reset|email-verification|unfinished|language|display)(\/|$)/

const isCookied = (c: AppContext) => /(^|; ?)(__Host-)?sunmao\.session_token=/.test(c.req.header('cookie') ?? '')

async function signedIn(c: AppContext, auth: OpenAuth): Promise<Session | null> {
  if (!isCookied(c) || c.var.ports.secret === null) return null
  const { result, cookies } = await sessionOf(c.var.ports, await auth(isSecure(c)), c.req.raw.headers)
  // Of an ended session what is posted must be known for one that had been, however often it is sent again.
  if (result === null && !isReading(c.req.method)) return null
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
  return result
}

export const limitedAddress = createMiddleware<Env>(async (c, next) => {
  if (c.req.url.length > longestAddress) throw new Problem('address-too-long', { maximum: longestAddress })
  await next()
})

const limitedPlainBody = bodyLimit({
  maxSize: largestBody,
  onError: () => {
    throw new Problem('too-large', { maximum: largestBody })
  },
})

/** But for files, which are read within a limit of their own. */
export const limitedBody = createMiddleware<Env>((c, next) => (isUpload(c) ? next() : limitedPlainBody(c, next)))

/** Answers 503 when the work takes too long; what was begun may still finish, so a repeated write should carry an Idempotency-Key. */
export const limitedTime = createMiddleware<Env>(async (c, next) => {
  const limitMs = timeLimitMs + (isUpload(c) ? slowestUploadMs : 0)
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Problem('took-too-long', { limitMs })), limitMs)
  })
  try {
    await Promise.race([next(), late])
  } finally {
    clearTimeout(timer)
  }
})
