import type { Actor } from '../../accounts/actor.ts'
import { may } from '../../accounts/permissions.ts'
import type { Ports } from '../../platform/ports.ts'
import { demandRelations } from '../actions.ts'
import { type Demand, isHidden, isPublished } from '../demand.ts'
import { demands } from '../store.ts'

/**
 * The demand that goes on for one that was merged, as far as the actor may be told: null where it was not merged, and where the two
 * together would tell him more than each of them does.
 */
export async function whereItWent(ports: Pick<Ports, 'database'>, actor: Actor, id: string): Promise<string | null> {
  const from = await demands.find(ports.database, id)
  if (from === undefined || from.mergedIntoId === null) return null
  const into = await keptDemand(ports, from.mergedIntoId)
  if (into === undefined) return null
  const readsWhole = (demand: Demand) => may(actor, 'demand.read-whole', demandRelations(actor, demand))
  const isOpenTo = isPublished(into) && !isHidden(into)
  const knowsFrom = readsWhole(from) || (from.publishedAt !== null && !isHidden(from))
  return knowsFrom && (readsWhole(into) || isOpenTo) ? into.id : null
}

/** Through all mergers. */
async function keptDemand(ports: Pick<Ports, 'database'>, id: string): Promise<Demand | undefined> {
  const demand = await demands.find(ports.database, id)
  return demand?.mergedIntoId ? keptDemand(ports, demand.mergedIntoId) : demand
}
