import type { Actor } from '../../accounts/actor.ts'
import { demandView, findFor } from '../../demands/actions.ts'
import type { DemandView } from '../../demands/demand.ts'
import { entriesAbout, type RecordedEntry } from '../../platform/journal/journal.ts'
import type { Ports } from '../../platform/ports.ts'
import { mergedInto } from './overview.ts'

/** A demand with all that happened to it. */
export interface Records {
  demand: DemandView
  entries: Pick<RecordedEntry, 'kind' | 'at' | 'actorId'>[]
}

/** What happened to a demand, then to each that was merged into it; oldest first. 401, 403, 404. */
export async function recordsOf(ports: Ports, actor: Actor, id: string): Promise<Records[]> {
  const kept = demandView(actor, await findFor(ports, actor, id, 'demand.read-whole'))
  const merged = (await mergedInto(ports, actor, id)).map(({ demand }) => demand)
  return Promise.all([kept, ...merged].map(async (demand) => ({ demand, entries: await entriesAbout(ports.database, demand.id) })))
}
