import { type Actor, actingAs } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { demandAsKnown } from '../../demands/actions.ts'
import { demands } from '../../demands/store.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { ListedItem, MatchList, ReproducedList } from '../lists/match-list.ts'
import { findList, listsOf } from '../lists/store.ts'
import type { Engine } from '../match.ts'
import { withElsewhere } from './elsewhere.ts'
import { weighed } from './lists.ts'
import { rankExperts } from './match-experts.ts'
import { rankOfferings } from './match-offerings.ts'

/** What was shown to somebody, by the id that came with it, and what the same question gives today. 401, 403, 404. */
export async function readList(ports: Ports, actor: Actor, id: string): Promise<ReproducedList> {
  permit(actor, 'match.read-lists')
  const list = await findList(ports.database, id)
  if (list === undefined) throw new Problem('not-found', { id })
  const now = await rankedAgain(ports, list)
  if (now === null) return { list, again: null }
  const items = now.items.slice(list.place - 1, list.place - 1 + list.items.length)
  const isSameOrder = items.length === list.items.length && items.every(({ id }, at) => id === list.items[at]!.id)
  return { list, again: { isSameBasis: isSameBasis(ports, list, now.engine), isSameOrder, items } }
}

/** What was shown about a listing, the last first. 401, 403, 404 where nothing was. */
export async function listedFor(ports: Ports, actor: Actor, askedId: string): Promise<{ items: MatchList[] }> {
  permit(actor, 'match.read-lists')
  const items = await listsOf(ports.database, askedId, 100)
  if (items.length === 0) throw new Problem('not-found', { id: askedId })
  return { items }
}

/** The whole order, where it does not depend on who reads it. */
async function rankedAgain(ports: Ports, list: MatchList): Promise<{ items: ListedItem[]; engine: Engine } | null> {
  const demand = await demands.find(ports.database, list.askedId)
  if (demand === undefined) return null
  // Whoever may not know all of it is shown what everybody is.
  const known = list.isWhole ? demand : demandAsKnown(actingAs('visitor', 'visitor'), demand)
  switch (list.kind) {
    case 'offering': {
      const { ranking, engine } = await withElsewhere(ports, known, await rankOfferings(ports, known))
      return { items: ranking.map(({ offering, scored }) => ({ id: offering.id, forId: null, score: scored.score })), engine }
    }
    case 'expert': {
      const { ranking, engine } = await rankExperts(ports, known)
      return { items: ranking.map(({ expert, scored }) => ({ id: expert.id, forId: null, score: scored.score })), engine }
    }
    default:
      return null
  }
}

function isSameBasis(ports: Ports, list: MatchList, engine: Engine): boolean {
  const basis = (of: Engine, onDay: string, weights: MatchList['weights']) => JSON.stringify([of, onDay, weights])
  return basis(list.engine, list.onDay, list.weights) === basis(engine, today(ports), weighed)
}
