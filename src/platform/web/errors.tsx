import { HTTPException } from 'hono/http-exception'
import { ConcurrentChange } from '../database/database.ts'
import { wordsOf } from '../i18n/words.ts'
import { log } from '../log.ts'
import { Problem, type ProblemKind } from '../problem.ts'
import type { AppContext } from './context.ts'
import { problemDocument, problemJson } from './problem-document.ts'
import { ProblemPage } from './problem-page.tsx'
import { viewOf } from './view.ts'
import { writtenForm } from './written-form.ts'

/** Answers what failed on purpose as problem+json or as a page; everything else is a bug: logged whole, told as 500 with the request id only. */
export async function answerProblem(error: Error, c: AppContext): Promise<Response> {
  const problem = asProblem(error)
  const words = wordsOf(c.var.locale)
  const wantsPage = !c.req.path.startsWith('/api/') && (c.req.header('accept') ?? '').includes('text/html')
  if (problem === undefined) {
    log('error', 'bug', {
      requestId: c.var.requestId,
      method: c.req.method,
      path: c.req.path,
      error: error.message,
      stack: error.stack,
      cause: String(error.cause ?? ''),
    })
    const bug = { type: '/problems/bug', ...words.bug, status: 500, instance: c.var.requestId }
    return wantsPage
      ? c.html(<ProblemPage view={viewOf(c)} {...bug} written={await writtenForm(c)} />, 500)
      : c.body(JSON.stringify(bug), 500, problemJson)
  }
  if (toBeSeen.includes(problem.kind)) {
    const { actor, session, requestId } = c.var
    const who = { actor: actor.id, role: actor.role, accountId: session?.account.id ?? null }
    log('warn', 'refused', { kind: problem.kind, ...who, requestId, method: c.req.method, path: c.req.path })
  }
  const document = problemDocument(problem, words, c.var.requestId)
  if (problem.kind === 'version-differs' && typeof problem.facts.current === 'number') c.header('etag', `"${problem.facts.current}"`)
  if (typeof problem.facts.retryAfterSeconds === 'number') c.header('retry-after', String(problem.facts.retryAfterSeconds))
  if (problem.status === 401) c.header('www-authenticate', 'Bearer')
  return wantsPage
    ? c.html(<ProblemPage view={viewOf(c)} {...document} written={await writtenForm(c)} />, problem.status)
    : c.body(JSON.stringify(document), problem.status, problemJson)
}

/** What somebody may have tried on purpose. Limits are told of where they are kept, once and not with every request. */
const toBeSeen: ProblemKind[] = ['not-permitted', 'token-expired', 'not-signed-in', 'second-factor-required']

function asProblem(error: Error): Problem | undefined {
  if (error instanceof Problem) return error
  // A writer outside `amend` and `step` lost a race; nothing was written.
  if (error instanceof ConcurrentChange) return new Problem('changed-meanwhile', {}, { cause: error })
  // The caller has hung up in the middle of his body: nobody reads the answer, and nothing of ours is wrong.
  if (error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET')
    return new Problem('malformed-request', {}, { cause: error })
  if (error instanceof HTTPException && error.status === 403) return new Problem('not-permitted', {}, { cause: error })
  return undefined
}
