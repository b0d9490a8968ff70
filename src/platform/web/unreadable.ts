import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { wordsOf } from '../i18n/words.ts'
import { Problem, type ProblemKind } from '../problem.ts'
import { problemDocument, problemJson } from './problem-document.ts'

/** Address and headers together, in bytes: far more than the longest address, which is refused in the caller's language where it can be read. */
export const largestHead = 65_536
/** How long the rest of a refused request is still read: closing on unread bytes would take the answer back. */
const lingerMs = 1_000

const kinds: Record<string, ProblemKind> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-too-slow',
}

/** Answers what Node could not read as a request (`clientError`), and closes the connection. In Chinese: no language can have been asked for. */
export function refuseUnreadable({ code = '' }: NodeJS.ErrnoException, socket: Duplex, requestId: string): void {
  // The caller has gone, or has its answer already: every further piece of the same request is an error again.
  if (!socket.writable) return
  const problem = new Problem(kinds[code] ?? 'malformed-request')
  const body = JSON.stringify(problemDocument(problem, wordsOf('zh-CN'), requestId))
  const headers = { ...problemJson, 'content-length': Buffer.byteLength(body), 'x-request-id': requestId, connection: 'close' }
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  socket.end([...head, '', body].join('\r\n'))
  setTimeout(() => socket.destroy(), lingerMs).unref()
}
