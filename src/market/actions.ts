import type { Actor } from '../accounts/actor.ts'
import { permit } from '../accounts/permissions.ts'
import { ConcurrentChange } from '../platform/database/database.ts'
import { record } from '../platform/journal/journal.ts'
import { amended } from '../platform/merge-patch.ts'
import type { Ports } from '../platform/ports.ts'
import { Problem } from '../platform/problem.ts'
import { MarketSettings } from './settings.ts'
import { findSettings, putSettings } from './store.ts'

/** Changes the market's settings by JSON Merge Patch. 403, 412, 422. */
export async function amendSettings(ports: Ports, actor: Actor, version: number, patch: unknown) {
  permit(actor, 'market.set')
  const { settings, version: current } = await findSettings(ports.database)
  if (current !== version) throw new Problem('version-differs', { current })
  const next = amended(MarketSettings, settings, patch)
  const at = ports.now()
  try {
    await ports.database.commit(
      putSettings(ports.database, next, version + 1, at),
      record(ports.database, {
        subjectId: 'market',
        subjectVersion: version + 1,
        kind: 'market.amended',
        actorId: actor.id,
        at,
        facts: {},
      }),
    )
  } catch (error) {
    if (!(error instanceof ConcurrentChange)) throw error
    throw new Problem('version-differs', { current: (await findSettings(ports.database)).version })
  }
  return { settings: next, version: version + 1 }
}
