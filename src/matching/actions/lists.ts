import type { Actor } from '../../accounts/actor.ts'
import { readsWhole } from '../../demands/actions.ts'
import type { Demand } from '../../demands/demand.ts'
import { idFromOrigin } from '../../platform/ids.ts'
import { type Ports, today } from '../../platform/ports.ts'
import type { MatchList } from '../lists/match-list.ts'
import { insertList } from '../lists/store.ts'
import type { Match, Matches } from '../match.ts'
import { answer, type Found, type MatchPage, type Pairing, type Ranked } from '../ranking.ts'
import { weights } from '../weights.ts'

/** The weights in force, as they are noted. */
export const weighed: MatchList['weights'] = { ...weights, topic: { ...weights.topic } }

/** What was asked, and by whom. */
export interface Question extends Pick<MatchList, 'askedId' | 'isWhole' | 'kind'> {
  actor: Actor
}

/** Candidates of one kind for a demand, as this actor may know it. */
export function aboutDemand(actor: Actor, demand: Demand, kind: 'offering' | 'expert' | 'institution'): Question {
  return { actor, askedId: demand.id, isWhole: readsWhole(actor, demand), kind }
}

/** One page of an answer, noted as a list that was shown. */
export async function answered<Item extends Pairing>(
  ports: Ports,
  question: Question,
  found: Found<Item>,
  page: MatchPage,
  explain: (item: Ranked<Item>) => Match | Promise<Match>,
): Promise<Matches> {
  const { items, place, matches } = await answer(found, page, explain)
  const listed = items.map(({ scored }, at) => ({ id: matches.items[at]!.subject.id, forId: null, score: scored.score }))
  return { ...matches, listId: await noteList(ports, question, { engine: matches.engine, place, items: listed }) }
}

/** Notes what is shown to somebody; the same page over the same data is one row, however often. Gives its id; null where nothing is shown. */
export async function noteList(
  ports: Ports,
  { actor, askedId, isWhole, kind }: Question,
  shown: Pick<MatchList, 'engine' | 'place' | 'items'>,
): Promise<string | null> {
  if (shown.items.length === 0) return null
  const at = ports.now()
  const what = { askedId, isWhole, kind, readerRole: actor.role, ...shown, weights: weighed, onDay: today(ports) }
  const id = await idFromOrigin('match-list', JSON.stringify(what))
  await ports.database.commit(insertList(ports.database, { id, ...what, times: 1, firstAt: at, lastAt: at }))
  return id
}
