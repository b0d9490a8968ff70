import { isByOwnWord } from '../../accounts/actions/known-actor.ts'
import { type Actor, actingAs, visitor } from '../../accounts/actor.ts'
import { enterprises } from '../../directory/store.ts'
import type { Ports } from '../../platform/ports.ts'
import { z } from '../../platform/schema.ts'
import { demandView, findFor } from '../actions.ts'
import type { Outward } from '../anonymity.ts'
import { type DemandView, isHidden } from '../demand.ts'
import type { Telling } from '../telling.ts'
import { toldOutside } from './hiding.ts'

/** Who might look: somebody unknown, somebody signed in, somebody verified who accepted the terms of this demand. */
export const PreviewReader = z.enum(['visitor', 'registered', 'agreed'])
export type PreviewReader = z.infer<typeof PreviewReader>

export interface Preview {
  demand: DemandView
  /** Its enterprise, where this reader is told. */
  enterprise: { id: string; name: string; isUnverified: boolean } | null
  telling: readonly Telling[]
  /** What is told of its place and codes; null where its enterprise is named. */
  outward: Outward | null
}

/** An id that is nobody's. */
const stranger = 'ent_'

function readerOf(as: PreviewReader, id: string): Actor {
  if (as === 'visitor') return visitor
  return actingAs('enterprise', stranger, as === 'agreed' ? { isVerified: true, agreed: [id] } : {})
}

/** A demand as others would read it if it were published as it stands. 401, 403, 404. */
export async function previewDemand(ports: Ports, actor: Actor, id: string, as: PreviewReader): Promise<Preview> {
  const stored = await findFor(ports, actor, id, 'demand.read-whole')
  const { telling, outward } = await toldOutside(ports, stored)
  // What stands for an enterprise that is hidden is drawn anew on publication, so that a draft is shown by what it would be.
  const demand = demandView(readerOf(as, id), { ...stored, outward })
  const found = demand.enterpriseId === null ? undefined : await enterprises.find(ports.database, demand.enterpriseId)
  const enterprise = found && { id: found.id, name: found.name, isUnverified: await isByOwnWord(ports, found) }
  return {
    demand,
    enterprise: enterprise ?? null,
    telling,
    outward: isHidden(stored) ? outward : null,
  }
}
