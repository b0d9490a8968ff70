import { create } from 'content-disposition'
import { createMiddleware } from 'hono/factory'
import type { AppContext, Env } from './context.ts'

/** Answers with a file to keep, never to show: its name in the two forms of RFC 6266, and nobody in between may keep it. */
export function answerFile(
  c: AppContext,
  file: { name: string; plainName: string; type: string; bytes: Uint8Array<ArrayBuffer> },
): Response {
  return c.body(file.bytes, 200, {
    'content-type': file.type,
    'content-length': String(file.bytes.length),
    'content-disposition': create(file.name, { type: 'attachment', fallback: /^[\x20-\x7e]+$/.test(file.name) || file.plainName }),
    'cache-control': 'private, no-store',
  })
}

/** Whatever a browser does with a file of somebody else's, it does it in a place where nothing runs and nothing is fetched. */
export const sandboxedFiles = createMiddleware<Env>(async (c, next) => {
  await next()
  if (!c.res.headers.has('content-disposition')) return
  c.res.headers.set('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
})
