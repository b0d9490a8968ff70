import type { Actor } from '../../accounts/actor.ts'
import { readsDetail } from '../../demands/actions.ts'
import type { Demand } from '../../demands/demand.ts'
import { demands } from '../../demands/store.ts'
import { offerings } from '../../offerings/store.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { z } from '../../platform/schema.ts'
import { askedBy } from '../asked.ts'
import { Engine, Match } from '../match.ts'
import { engineOf } from '../ranking.ts'
import { matchDemandsOfExpert, matchDemandsOfOffering } from './match-demands.ts'
import { explainOffering, rankOfferings } from './match-offerings.ts'

/** A match beside what it is for. */
export const Recommendation = z
  .object({ for: z.object({ kind: z.enum(['demand', 'offering', 'expert']), id: z.string(), title: z.string() }), match: Match })
  .openapi('Recommendation')
export const Recommendations = z.object({ items: z.array(Recommendation), engine: Engine }).openapi('Recommendations')
type Recommendation = z.infer<typeof Recommendation>

/** Of how many of somebody's own listings the best matches are proposed. */
const listingsAtMost = 10

/**
 * What the actor should look at next: an enterprise its candidates, an expert demands, an institution demands for its results,
 * a broker pairings worth curating (his demands first, then those nobody has taken). 401 for a visitor, 403 for other roles.
 */
export async function recommend(ports: Ports, actor: Actor, limit: number): Promise<z.infer<typeof Recommendations>> {
  const items = await recommendationsOf(ports, actor, limit)
  const mode = ports.embedder === null ? 'text' : 'hybrid'
  const [position, { count: pending }] = await Promise.all([ports.search.position(), ports.search.pending(0)])
  return { items: items.slice(0, limit), engine: engineOf(ports, mode, { position, pending }) }
}

async function recommendationsOf(ports: Ports, actor: Actor, limit: number): Promise<Recommendation[]> {
  switch (actor.role) {
    case 'enterprise':
      return ofDemands(ports, actor, await newest(ports, { enterprise_id: actor.id, state: ['draft', 'vetting', 'published'] }))
    case 'broker': {
      const own = await newest(ports, { broker_id: actor.id, state: 'published' })
      const free =
        own.length < listingsAtMost
          ? (await newest(ports, { state: 'published' }, 100)).filter((demand) => demand.brokerId === null && readsDetail(actor, demand))
          : []
      return ofDemands(ports, actor, [...own, ...free].slice(0, listingsAtMost))
    }
    case 'expert': {
      const { items } = await matchDemandsOfExpert(ports, actor, actor.id, { cursor: null, limit })
      return items.map((match) => ({ for: { kind: 'expert', id: actor.id, title: actor.id }, match }))
    }
    case 'institution': {
      const results = await offerings.newest(
        ports.database,
        { owner_id: actor.id, state: 'published' },
        { after: null, limit: listingsAtMost },
      )
      const found: Recommendation[] = []
      for (const { id, title } of results) {
        const { items } = await matchDemandsOfOffering(ports, actor, id, { cursor: null, limit: 3 })
        found.push(...items.map((match) => ({ for: { kind: 'offering' as const, id, title }, match })))
      }
      return found
    }
    case 'visitor':
      throw new Problem('not-signed-in', { verb: 'match.recommend' })
    default:
      throw new Problem('not-permitted', { verb: 'match.recommend', role: actor.role })
  }
}

/** The best three offerings of each demand, best score first over all of them. */
async function ofDemands(ports: Ports, actor: Actor, open: Demand[]): Promise<Recommendation[]> {
  const found: { score: number; recommendation: Recommendation }[] = []
  for (const demand of open) {
    const { ranking } = await rankOfferings(ports, demand)
    const asked = askedBy(actor, demand)
    for (const item of ranking.slice(0, 3)) {
      const about = { kind: 'demand' as const, id: demand.id, title: asked.title }
      found.push({ score: item.scored.score, recommendation: { for: about, match: explainOffering(actor, asked, item) } })
    }
  }
  return found.sort((a, b) => b.score - a.score).map(({ recommendation }) => recommendation)
}

function newest(ports: Ports, conditions: Record<string, string | string[]>, limit = listingsAtMost): Promise<Demand[]> {
  return demands.newest(ports.database, conditions, { after: null, limit })
}
