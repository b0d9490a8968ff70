import { createHash } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { Problem } from '../problem.ts'
import { withoutSecrets } from '../secrets.ts'
import type { Env } from './context.ts'

/** How long an answer is kept for a repeated key, and after which an unfinished one counts as lost. */
const keptMs = 24 * 3_600_000
const lostAfterMs = 120_000

/**
 * `Idempotency-Key` on a POST: the same key with the same body gets the first answer again; with another body 422; while the
 * first is still at work 409. Keys belong to the person who is signed in, or to the actor of a token. Answers of 500 and above are not kept:
 * the caller should try again. What is shown once, a key or a link, is not kept either: the repeated answer has it blackened.
 */
export const idempotent = createMiddleware<Env>(async (c, next) => {
  const key = c.req.header('idempotency-key')
  const { ports, actor, session } = c.var
  // The person, where there is one: what he asks for may change for whom he acts.
  const owner = session?.account.id ?? (actor.role === 'visitor' ? actor.accountId : actor.id)
  if (c.req.method !== 'POST' || key === undefined || owner === null) return next()
  if (key.length > 200)
    throw new Problem('invalid-input', {
      errors: [{ pointer: '/idempotency-key', code: 'too-big', facts: { maximum: 200, origin: 'string' } }],
    })
  const { database } = ports
  const requestHash = createHash('sha256')
    .update(`${c.req.path}${new URL(c.req.url).search}\n`)
    .update(c.var.upload ?? (await c.req.text()))
    .digest('hex')
  const now = ports.now()
  const before = (ms: number) => new Date(Date.parse(now) - ms).toISOString()
  const mine = { actor_id: owner, key }

  await database.commit(
    database.query
      .deleteFrom('idempotency')
      .where((eb) => eb.or([eb('at', '<', before(keptMs)), eb.and([eb('state', '=', 'working'), eb('at', '<', before(lostAfterMs))])])),
  )
  const earlier = await database.query
    .selectFrom('idempotency')
    .selectAll()
    .where('actor_id', '=', owner)
    .where('key', '=', key)
    .executeTakeFirst()
  if (earlier) {
    if (earlier.request_hash !== requestHash) throw new Problem('key-reused')
    if (earlier.state === 'working') throw new Problem('request-in-flight')
    const kept: Record<string, string> = JSON.parse(earlier.headers ?? '{}')
    // Only answers with a status are kept as done.
    return c.body(earlier.body ?? '', earlier.status as ContentfulStatusCode, { ...kept, 'idempotency-replayed': 'true' })
  }
  try {
    await database.commit(
      database.query
        .insertInto('idempotency')
        .values({ ...mine, request_hash: requestHash, state: 'working', status: null, headers: null, body: null, at: now }),
    )
  } catch (cause) {
    // Two requests with one key at the same moment: the primary key lets one in.
    if (/unique|UNIQUE|duplicate/.test(String(cause))) throw new Problem('request-in-flight', {}, { cause })
    throw cause
  }
  await next()
  const answer = c.res.clone()
  const row = {
    state: 'done',
    status: answer.status,
    headers: JSON.stringify(keptHeaders(answer.headers)),
    body: withoutSecrets(await answer.text()),
  }
  await database.commit(
    answer.status < 500
      ? database.query.updateTable('idempotency').set(row).where('actor_id', '=', owner).where('key', '=', key)
      : database.query.deleteFrom('idempotency').where('actor_id', '=', owner).where('key', '=', key),
  )
})

function keptHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(['content-type', 'location', 'etag'].flatMap((name) => (headers.has(name) ? [[name, headers.get(name)!]] : [])))
}
