import { expireDemands } from './demands/actions.ts'
import { expireOfferings } from './offerings/actions.ts'
import { enqueue, type JobHandlers } from './platform/jobs/jobs.ts'
import type { Ports } from './platform/ports.ts'

/** What the ticker can run. */
export const handlers: JobHandlers = {
  'listings.expire': async (ports) => {
    await expireDemands(ports)
    await expireOfferings(ports)
  },
}

/** What is due every night; the ticker runs it at the next tick. */
export async function nightly(ports: Ports): Promise<void> {
  await ports.database.commit(enqueue(ports, { kind: 'listings.expire', payload: {}, runAt: ports.now() }))
}
