import type { Actor } from '../../accounts/actor.ts'
import { demandAsKnown, readsDetail } from '../../demands/actions.ts'
import type { Demand } from '../../demands/demand.ts'
import { demands } from '../../demands/store.ts'
import type { Offering } from '../../offerings/offering.ts'
import { offerings } from '../../offerings/store.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { z } from '../../platform/schema.ts'
import { askedBy } from '../asked.ts'
import type { ListedItem } from '../lists/match-list.ts'
import { Engine, Match, Matches } from '../match.ts'
import { engineOf } from '../ranking.ts'
import { noteList } from './lists.ts'
import { explainDemandOfOffering, matchDemandsOfExpert, rankDemandsOfOffering } from './match-demands.ts'
import { explainOffering, rankOfferings } from './match-offerings.ts'

/** A match beside what it is for. */
export const Recommendation = z
  .object({ for: z.object({ kind: z.enum(['demand', 'offering', 'expert']), id: z.string(), title: z.string() }), match: Match })
  .openapi('Recommendation')
export const Recommendations = z
  .object({ items: z.array(Recommendation), engine: Engine, listId: Matches.shape.listId })
  .openapi('Recommendations')
type Recommendation = z.infer<typeof Recommendation>

/** Of how many demands, newest first, the best matches are proposed. */
const demandsAtMost = 10
/** Of how many results of an institution: all that most have, for an old one may fit what was asked for yesterday; of more, the newest. */
const resultsAtMost = 50
/** How many matches of each listing stand for choice. */
const bestOfEach = 3

/**
 * What the actor should look at next: an enterprise its candidates, an expert demands, an institution demands for its results,
 * a broker pairings worth curating (his demands first, then those nobody has taken). 401 for a visitor, 403 for other roles.
 */
export async function recommend(ports: Ports, actor: Actor, limit: number): Promise<z.infer<typeof Recommendations>> {
  if (actor.role === 'expert') return ofExpert(ports, actor, limit)
  const { items, listed } = await recommendationsOf(ports, actor, limit)
  const mode = ports.embedder === null ? 'text' : 'hybrid'
  const engine = engineOf(ports, mode, await ports.search.status(0))
  const question = { actor, askedId: actor.id, isWhole: true, kind: 'recommendation' } as const
  return { items, engine, listId: await noteList(ports, question, { engine, place: 1, items: listed }) }
}

/** His matches, which are noted as such. */
async function ofExpert(ports: Ports, actor: Actor, limit: number): Promise<z.infer<typeof Recommendations>> {
  const { items, engine, listId } = await matchDemandsOfExpert(ports, actor, actor.id, { cursor: null, limit })
  return { items: items.map((match) => ({ for: { kind: 'expert', id: actor.id, title: actor.id }, match })), engine, listId }
}

async function recommendationsOf(ports: Ports, actor: Actor, limit: number): Promise<Recommended> {
  switch (actor.role) {
    case 'enterprise':
      return ofDemands(ports, actor, await newest(ports, { enterprise_id: actor.id, state: ['draft', 'vetting', 'published'] }), limit)
    case 'broker': {
      const own = await newest(ports, { broker_id: actor.id, state: 'published' })
      const free =
        own.length < demandsAtMost
          ? (await newest(ports, { state: 'published' }, 100)).filter((demand) => demand.brokerId === null && readsDetail(actor, demand))
          : []
      return ofDemands(ports, actor, [...own, ...free].slice(0, demandsAtMost), limit)
    }
    case 'institution': {
      const page = { after: null, limit: resultsAtMost }
      return ofResults(ports, actor, await offerings.newest(ports.database, { owner_id: actor.id, state: 'published' }, page), limit)
    }
    case 'visitor':
      throw new Problem('not-signed-in', { verb: 'match.recommend' })
    default:
      throw new Problem('not-permitted', { verb: 'match.recommend', role: actor.role })
  }
}

interface Recommended {
  items: Recommendation[]
  listed: ListedItem[]
}

/** A match that is explained once it is chosen. */
interface Proposal {
  listed: ListedItem
  recommendation(): Recommendation
}

/** The best offerings of each demand, best first over all of them. */
async function ofDemands(ports: Ports, actor: Actor, open: Demand[], limit: number): Promise<Recommended> {
  const found: Proposal[] = []
  for (const demand of open) {
    const { ranking } = await rankOfferings(ports, demandAsKnown(actor, demand))
    const asked = askedBy(actor, demand)
    const about = { kind: 'demand' as const, id: demand.id, title: asked.title }
    for (const item of ranking.slice(0, bestOfEach)) {
      found.push({
        listed: { id: item.offering.id, forId: demand.id, score: item.scored.score },
        recommendation: () => ({ for: about, match: explainOffering(actor, asked, item) }),
      })
    }
  }
  return best(found, limit)
}

/** The best demands of each result, best first over all of them. */
async function ofResults(ports: Ports, actor: Actor, results: Offering[], limit: number): Promise<Recommended> {
  const found: Proposal[] = []
  for (const result of results) {
    const { ranking } = await rankDemandsOfOffering(ports, actor, result)
    const about = { kind: 'offering' as const, id: result.id, title: result.title }
    for (const item of ranking.slice(0, bestOfEach)) {
      found.push({
        listed: { id: item.demand.id, forId: result.id, score: item.scored.score },
        recommendation: () => ({ for: about, match: explainDemandOfOffering(actor, result, item) }),
      })
    }
  }
  return best(found, limit)
}

function best(found: Proposal[], limit: number): Recommended {
  const chosen = found.sort((a, b) => b.listed.score - a.listed.score).slice(0, limit)
  return { items: chosen.map(({ recommendation }) => recommendation()), listed: chosen.map(({ listed }) => listed) }
}

function newest(ports: Ports, conditions: Record<string, string | string[]>, limit = demandsAtMost): Promise<Demand[]> {
  return demands.newest(ports.database, conditions, { after: null, limit })
}
