import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { type Evidence, StoredEvidence } from '../../directory/evidence.ts'
import { evidence } from '../../directory/store.ts'
import { chronicle, commitTogether } from '../../platform/journal/change.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { about, evidenceRelations, knownExpert, nextPosition } from '../actions.ts'
import { removedRow } from '../store.ts'

/** Takes a removal back: the row stands again as it was. 401, 403, 404 for one that was not removed, 409, 422 where its offering is gone. */
export async function restoreEvidence(ports: Ports, actor: Actor, id: string): Promise<Evidence> {
  const removed = await removedRow(ports.database, id)
  const before = StoredEvidence.safeParse(removed?.body ?? {}).data
  if (removed === undefined || before === undefined) throw new Problem('not-found', { id })
  const expert = await knownExpert(ports, actor, before.expertId)
  permit(actor, 'evidence.register', evidenceRelations(actor, expert))
  const row: Evidence = {
    ...before,
    position: before.offeringId === null ? before.position : await nextPosition(ports, actor, before.expertId, before.offeringId),
    version: removed.version + 1,
    updatedAt: ports.now(),
  }
  // Whatever brought it once, it is its own now: taking an import back leaves it where it is.
  await commitTogether(ports, [
    ...chronicle(ports, row, { kind: 'evidence.restored', actorId: actor.id, facts: { batchId: null, ...about(row) } }),
    ...evidence.insert(ports.database, row),
  ])
  return row
}
