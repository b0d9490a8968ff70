import { every } from 'hono/combine'
import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'
import type { Env } from './context.ts'

/** What holds for every answer, whatever is in it. */
const always = {
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
  // Said only over https, see `https`.
  strictTransportSecurity: false,
  // Nothing here uses what a browser can do beyond showing pages.
  permissionsPolicy: Object.fromEntries(
    (['accelerometer', 'camera', 'displayCapture', 'geolocation', 'gyroscope', 'hid', 'microphone', 'midi', 'payment', 'usb'] as const).map(
      (name) => [name, []],
    ),
  ),
} as const

/** Strict: everything from ourselves, no inline script or style, no framing. */
const ofPages = secureHeaders({
  ...always,
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
})

/** An answer of the API is no page, and may do nothing where somebody opens it as one. */
const ofApi = secureHeaders({ ...always, contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } })

/** Two years, with everything below: browsers then ask for nothing here by http. */
const hsts = 'max-age=63072000; includeSubDomains'

const https = createMiddleware<Env>(async (c, next) => {
  await next()
  if (c.var.peer.isSecure) c.header('strict-transport-security', hsts)
})

/** Pages that hold a secret in their address or a code in their text, whoever reads them. */
const keptByNobody = /^\/(account|sign-in|set-up)(\/|$)/

/** What somebody reads as himself is kept nowhere; what everybody reads still differs by language, and is asked for anew. Files are for all. */
const cache = createMiddleware<Env>(async (c, next) => {
  await next()
  const said = c.res.headers.get('cache-control') ?? ''
  if (said.startsWith('public') || said.includes('no-store')) return
  const isOnesOwn = c.var.session !== null || c.req.header('authorization') !== undefined || c.res.headers.has('set-cookie')
  c.header('cache-control', isOnesOwn || keptByNobody.test(c.req.path) ? 'no-store' : 'private, no-cache')
  c.header('vary', 'accept-language, cookie, authorization', { append: true })
})

/** Headers of every answer of the application. */
export const headers = every(
  https,
  cache,
  createMiddleware<Env>((c, next) => (c.req.path.startsWith('/api/') ? ofApi : ofPages)(c, next)),
)
