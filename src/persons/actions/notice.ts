import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { ConcurrentChange } from '../../platform/database/database.ts'
import { record } from '../../platform/journal/journal.ts'
import { amended } from '../../platform/merge-patch.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { PrivacySettings } from '../../privacy/settings.ts'
import { findPrivacy, putPrivacy } from '../../privacy/store.ts'

/** Says who is responsible and how long things are kept, by JSON Merge Patch. 403, 412, 422. */
export async function amendPrivacy(ports: Ports, actor: Actor, version: number, patch: unknown) {
  permit(actor, 'privacy.set')
  const { settings, version: current } = await findPrivacy(ports.database)
  if (current !== version) throw new Problem('version-differs', { current })
  const next = amended(PrivacySettings, settings, patch)
  const at = ports.now()
  const entry = { subjectId: 'privacy', subjectVersion: version + 1, kind: 'privacy.amended', actorId: actor.id, at, facts: {} } as const
  try {
    await ports.database.commit(record(ports.database, entry), putPrivacy(ports.database, next, version + 1, at))
  } catch (error) {
    if (!(error instanceof ConcurrentChange)) throw error
    throw new Problem('version-differs', { current: (await findPrivacy(ports.database)).version })
  }
  return { settings: next, version: version + 1 }
}
