import { sendReset } from './accounts/actions/password.ts'
import { removeExpired } from './accounts/store.ts'
import { expireDemands } from './demands/actions.ts'
import { removeStaleVectors } from './matching/stale-vectors.ts'
import { expireOfferings } from './offerings/actions.ts'
import { enqueue, type JobHandlers } from './platform/jobs/jobs.ts'
import type { Ports } from './platform/ports.ts'

/** What the ticker can run. */
export const handlers: JobHandlers = {
  'listings.expire': async (ports) => {
    await expireDemands(ports)
    await expireOfferings(ports)
  },
  'vectors.remove-stale': removeStaleVectors,
  'accounts.send-reset': sendReset,
  'accounts.remove-expired': async ({ database, now }) => database.commit(...removeExpired(database, now())),
}

/** What is due every night; the ticker runs it at the next tick. */
export async function nightly(ports: Ports): Promise<void> {
  const kinds = ['listings.expire', 'vectors.remove-stale', 'accounts.remove-expired']
  await ports.database.commit(...kinds.map((kind) => enqueue(ports, { kind, payload: {}, runAt: ports.now() })))
}
