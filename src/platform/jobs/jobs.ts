import type { Compilable } from 'kysely'
import type { Database } from '../database/database.ts'
import type { Ports } from '../ports.ts'

/** Work for later: enqueued in the commit that makes it necessary, run once by a ticker. */
export interface Job {
  kind: string
  payload: Record<string, unknown>
  /** Not before this instant. */
  runAt: string
}
export type JobHandlers = Record<string, (ports: Ports, payload: Record<string, unknown>) => Promise<void>>

/** The statement that enqueues a job, to commit with what it belongs to. */
export function enqueue(ports: Pick<Ports, 'database' | 'newId'>, { kind, payload, runAt }: Job): Compilable {
  return ports.database.query.insertInto('job').values({
    id: ports.newId('job'),
    kind,
    payload: JSON.stringify(payload),
    state: 'queued',
    run_at: runAt,
    finished_at: null,
    failure: null,
  })
}

/**
 * Runs what is due, oldest first; returns how many ran. One ticker a database: leases across nodes are not here yet. A job
 * that fails keeps its message and is not run again; one that a crash cut off is left `running` and starts anew with `requeueInterrupted`.
 */
export async function runDueJobs(ports: Ports, handlers: JobHandlers, limit = 20): Promise<number> {
  const { database } = ports
  const due = await database.query
    .selectFrom('job')
    .select(['id', 'kind', 'payload'])
    .where('state', '=', 'queued')
    .where('run_at', '<=', ports.now())
    .orderBy('run_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  for (const { id, kind, payload } of due) {
    await database.commit(set(database, id, { state: 'running' }))
    const failure = await failureOf(async () => {
      const handler = handlers[kind]
      if (!handler) throw new Error(`No handler for jobs of kind ${kind}`)
      await handler(ports, JSON.parse(payload))
    })
    await database.commit(set(database, id, { state: failure === null ? 'done' : 'failed', finished_at: ports.now(), failure }))
  }
  return due.length
}

/** After a crash: what was running when the process died is queued again. To be called before the first tick. */
export async function requeueInterrupted(database: Database): Promise<void> {
  await database.commit(database.query.updateTable('job').set({ state: 'queued' }).where('state', '=', 'running'))
}

function set(database: Database, id: string, changes: { state: string; finished_at?: string; failure?: string | null }): Compilable {
  return database.query.updateTable('job').set(changes).where('id', '=', id)
}

async function failureOf(run: () => Promise<void>): Promise<string | null> {
  try {
    await run()
    return null
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  }
}
