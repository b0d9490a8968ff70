import { Hono } from 'hono'
import { isMigrated } from '../database/migrate.ts'
import { Problem } from '../problem.ts'
import type { Env } from './context.ts'

/** `/healthz`: the process answers. `/readyz`: migrations and index are there; `degraded` names what runs without. */
export function health() {
  return new Hono<Env>()
    .get('/healthz', (c) => c.json({ ok: true }))
    .get('/readyz', async (c) => {
      const { database, search, embedder } = c.var.ports
      if (!(await isMigrated(database))) throw new Problem('not-ready', { missing: ['migrations'] })
      const position = await search.position().catch((cause) => {
        throw new Problem('not-ready', { missing: ['index'] }, { cause })
      })
      const { count } = await search.pending(0)
      return c.json({ ready: true, degraded: embedder === null ? ['embedding'] : [], position, pending: count })
    })
}
