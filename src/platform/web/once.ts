import { setTimeout as pause } from 'node:timers/promises'
import { createMiddleware } from 'hono/factory'
import type { Database } from '../database/database.ts'
import { kindOfId } from '../ids.ts'
import { Problem } from '../problem.ts'
import type { Env } from './context.ts'
import { isUpload } from './upload.ts'

/** How long the second of two presses waits for the first. */
const waitMs = 10_000
const lookEveryMs = 100

/**
 * A form that makes something carries a number that only it has (`once`; see `parts/once.tsx`): sent twice, by a double press or by going
 * back, it makes one thing and leads where it led the first time. A refused form may be sent again. Kept as long as repeated answers of the API.
 */
export const sentOnce = createMiddleware<Env>(async (c, next) => {
  const { ports, actor, session } = c.var
  // The person, where there is one: what he sends may change for whom he acts.
  const owner = session?.account.id ?? (actor.role === 'visitor' ? actor.accountId : actor.id)
  const type = c.req.header('content-type') ?? ''
  const isForm = c.req.method === 'POST' && !isUpload(c) && type.startsWith('application/x-www-form-urlencoded')
  if (!isForm || owner === null) return next()
  const { once } = await c.req.parseBody().catch((error: unknown) => {
    // What cannot be read is refused where it is wanted.
    if (error instanceof Problem) throw error
    return { once: undefined }
  })
  if (typeof once !== 'string' || kindOfId(once) !== 'salt') return next()
  const { database } = ports
  const mine = { actor_id: owner, key: `form ${once}` }
  const request_hash = c.req.path
  try {
    const fresh = { ...mine, request_hash, state: 'working', status: null, headers: null, body: null, at: ports.now() }
    await database.commit(database.query.insertInto('idempotency').values(fresh))
  } catch (error) {
    if (!/unique|duplicate/i.test(String(error))) throw error
    const location = await ledTo(database, mine, request_hash)
    if (location !== null) return c.redirect(location, 303)
    throw new Problem('request-in-flight')
  }
  const drop = () => database.query.deleteFrom('idempotency').where('actor_id', '=', owner).where('key', '=', mine.key)
  await next()
  const location = c.res.headers.get('location')
  const isDone = c.res.status === 303 && location !== null
  const done = { state: 'done', status: 303, headers: JSON.stringify({ location }) }
  await database.commit(
    isDone ? database.query.updateTable('idempotency').set(done).where('actor_id', '=', owner).where('key', '=', mine.key) : drop(),
  )
})

/** Where the first press led; null where it is still at work, or was refused meanwhile. */
async function ledTo(database: Database, mine: { actor_id: string; key: string }, path: string): Promise<string | null> {
  for (let waited = 0; waited < waitMs; waited += lookEveryMs) {
    const row = await database.query
      .selectFrom('idempotency')
      .select(['state', 'headers', 'request_hash'])
      .where('actor_id', '=', mine.actor_id)
      .where('key', '=', mine.key)
      .executeTakeFirst()
    if (row === undefined || row.request_hash !== path) return null
    if (row.state === 'done') return String(JSON.parse(row.headers ?? '{}').location)
    await pause(lookEveryMs)
  }
  return null
}
