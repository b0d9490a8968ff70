import type { Actor } from '../accounts/actor.ts'
import { may } from '../accounts/permissions.ts'
import { demandRelations, demandView } from '../demands/actions.ts'
import type { Demand, DemandView } from '../demands/demand.ts'
import { type Needs, needsIn } from './explain.ts'
import { needsOf } from './reader.ts'

/** A demand as a reader sees it, read once for all that is set beside it. */
export interface Asked {
  title: string
  needs: Needs
  /** Whether he is of the demand's side, or carries it: then he is told how far each pairing is. */
  isOwnSide: boolean
  /** Those that he may see. */
  indicators: DemandView['indicators']
}

export function askedBy(actor: Actor, demand: Demand): Asked {
  const view = demandView(actor, demand)
  const isOwnSide = may(actor, 'demand.read-exclusions', demandRelations(actor, demand))
  return { title: view.title, isOwnSide, needs: needsIn(needsOf(view)), indicators: view.indicators }
}
