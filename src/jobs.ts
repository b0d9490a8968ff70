import { sendReset } from './accounts/actions/password.ts'
import { removeExpired } from './accounts/store.ts'
import { sweepFiles } from './attachments/actions/remove.ts'
import { coarsenDemands } from './demands/actions/hiding.ts'
import { expireDemands } from './demands/actions.ts'
import { sendWaiting } from './engagements/actions/interest.ts'
import { removeStaleVectors } from './matching/stale-vectors.ts'
import { expireOfferings } from './offerings/actions.ts'
import { noteUse } from './persons/actions/account-use.ts'
import { retain } from './persons/actions/retention.ts'
import { sweep, sweepWholly } from './persons/actions/sweep.ts'
import { enqueue, type JobHandlers } from './platform/jobs/jobs.ts'
import { removeClear } from './platform/limits/quota-rows.ts'
import type { Ports } from './platform/ports.ts'
import { calibrate } from './quality/actions/calibrate.ts'

/** What the ticker can run. */
export const handlers: JobHandlers = {
  'listings.expire': async (ports) => {
    await expireDemands(ports)
    await expireOfferings(ports)
  },
  /** After each publication. */
  'interests.send': async (ports, { demandId }) => sendWaiting(ports, String(demandId)),
  'demands.coarsen': async (ports) => {
    await coarsenDemands(ports)
  },
  'vectors.remove-stale': removeStaleVectors,
  'files.sweep': sweepFiles,
  'quality.calibrate': async (ports) => {
    await calibrate(ports)
  },
  'accounts.send-reset': sendReset,
  'accounts.remove-expired': async ({ database, now }) => {
    await noteUse(database)
    await database.commit(...removeExpired(database, now()))
  },
  'persons.retain': async (ports) => {
    await retain(ports, { dryRun: false })
    await sweepWholly(ports)
  },
  /** After each erasure. */
  'persons.sweep': sweep,
}

/** What is due every night; the ticker runs it at the next tick. */
export async function nightly(ports: Ports): Promise<void> {
  const kinds = [
    'listings.expire',
    'demands.coarsen',
    'vectors.remove-stale',
    'files.sweep',
    'quality.calibrate',
    'accounts.remove-expired',
    'persons.retain',
  ]
  await ports.database.commit(...kinds.map((kind) => enqueue(ports, { kind, payload: {}, runAt: ports.now() })))
}

/** What is done every few minutes: nobody's address is kept longer than it counts. */
export async function often({ database, now }: Ports): Promise<void> {
  await removeClear(database, Date.parse(now()))
}
