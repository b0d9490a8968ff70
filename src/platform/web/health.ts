import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Database } from '../database/database.ts'
import { isMigrated } from '../database/migrate.ts'
import { Problem } from '../problem.ts'
import type { Env } from './context.ts'

/** `/healthz`: the process answers. `/readyz`: migrations and index are there; `degraded` names what runs without. */
export function health() {
  return new Hono<Env>()
    .get('/healthz', (c) => c.json({ ok: true }))
    .get('/readyz', async (c) => {
      const { database, search, embedder } = c.var.ports
      await refuseUnmigrated(database)
      const { position, pending } = await search.status(0).catch((cause) => {
        throw new Problem('not-ready', { missing: ['index'] }, { cause })
      })
      return c.json({ ready: true, degraded: embedder === null ? ['embedding'] : [], position, pending })
    })
}

/** Lets nothing through before the tables are there. They do not go away, so the database is not asked again. */
export function onceMigrated() {
  let isReady = false
  return createMiddleware<Env>(async (c, next) => {
    if (!isReady) await refuseUnmigrated(c.var.ports.database)
    isReady = true
    await next()
  })
}

async function refuseUnmigrated(database: Database): Promise<void> {
  if (!(await isMigrated(database))) throw new Problem('not-ready', { missing: ['migrations'] })
}
