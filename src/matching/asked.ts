import type { Actor } from '../accounts/actor.ts'
import { demandView } from '../demands/actions.ts'
import type { Demand, DemandView } from '../demands/demand.ts'
import { type Needs, needsIn } from './explain.ts'
import { needsOf } from './reader.ts'

/** A demand as a reader sees it, read once for all that is set beside it. */
export interface Asked {
  title: string
  needs: Needs
  /** Those that he may see. */
  indicators: DemandView['indicators']
}

export function askedBy(actor: Actor, demand: Demand): Asked {
  const view = demandView(actor, demand)
  return { title: view.title, needs: needsIn(needsOf(view)), indicators: view.indicators }
}
