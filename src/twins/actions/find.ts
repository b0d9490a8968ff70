import type { Actor } from '../../accounts/actor.ts'
import { may, type Verb } from '../../accounts/permissions.ts'
import { demandRelations, findFor } from '../../demands/actions.ts'
import type { Demand } from '../../demands/demand.ts'
import { demandLifecycle } from '../../demands/lifecycle.ts'
import { demands } from '../../demands/store.ts'
import { nameVariants, plainName } from '../../directory/names.ts'
import { enterprisesCalled, keptFor } from '../../directory/store/names.ts'
import { enterprises } from '../../directory/store.ts'
import { catchUp } from '../../matching/catch-up.ts'
import type { Ports } from '../../platform/ports.ts'
import { distinctPairs, pairOf, twinsOf } from '../store.ts'
import { likenessOf, type TwinReason } from '../twins.ts'

/** A demand that seems to be the same as another, and why. */
export interface Likely {
  demand: Demand
  enterprise: string
  score: number
  reasons: TwinReason[]
  /** Whether both are of one enterprise, without which nothing can be merged. */
  isMergeable: boolean
}

/** States of what goes on. */
const ongoing = (['draft', 'vetting', 'published'] as const).filter((state) => 'merge' in demandLifecycle[state])
/** The newest demands of its enterprise that are compared, and as many as the words of all others bring. */
const comparedOfEnterprise = 100
const comparedByWords = 20
const shownAtMost = 10

/**
 * The demands that seem to be the same as one, likeliest first: of its enterprise and those of its name, and of all others those that the
 * index finds by its words. What is known to be another is not among them. 401, 403, 404.
 */
export async function likelyTwins(ports: Ports, actor: Actor, id: string): Promise<Likely[]> {
  const demand = await findFor(ports, actor, id, 'demand.read-twins')
  if (!isOngoing(demand)) return []
  const { database } = ports
  const [keptId, enterprise, distinct] = await Promise.all([
    keptFor(database, demand.enterpriseId),
    enterprises.find(database, demand.enterpriseId),
    distinctPairs(database, [id]),
  ])
  const namesakes = enterprise === undefined ? [] : [...(await enterprisesCalled(database, nameVariants(enterprise.name))).keys()]
  const ofFirm = [...new Set([demand.enterpriseId, keptId, ...namesakes])].slice(0, 90)
  const [own, found] = await Promise.all([
    demands.newest(database, { enterprise_id: ofFirm, state: ongoing }, { after: null, limit: comparedOfEnterprise }),
    byWords(ports, demand),
  ])
  const compared = new Map([...own, ...found].map((each) => [each.id, each]))
  compared.delete(id)
  const likely = await Promise.all(
    [...compared.values()]
      .filter(
        (other) =>
          isOngoing(other) && may(actor, 'demand.read-twins', demandRelations(actor, other)) && !distinct.has(pairOf(id, other.id)),
      )
      .map(async (other): Promise<Likely[]> => {
        const alike = likenessOf(demand, other)
        if (alike === null) return []
        const of = await enterprises.find(database, other.enterpriseId)
        const isMergeable = (await keptFor(database, other.enterpriseId)) === keptId
        const isNamesake = plainName(of?.name ?? '') === plainName(enterprise?.name ?? ' ')
        const firm: TwinReason[] = isMergeable ? ['enterprise'] : isNamesake ? ['enterprise-name'] : []
        return [{ demand: other, enterprise: of?.name ?? '', score: alike.score, reasons: [...firm, ...alike.reasons], isMergeable }]
      }),
  )
  return likely.flat().sort(byLikelihood).slice(0, shownAtMost)
}

/** How many seem to be the same as each of these, of its own enterprise: for a list, in a few questions for all of it. */
export async function countTwins(ports: Ports, actor: Actor, ids: readonly string[]): Promise<Map<string, number>> {
  const { database } = ports
  const listed = (await demands.findMany(database, ids)).filter((each) => may(actor, 'demand.read-twins', demandRelations(actor, each)))
  const firms = [...new Set(listed.map(({ enterpriseId }) => enterpriseId))].slice(0, 90)
  if (firms.length === 0) return new Map()
  const [others, distinct] = await Promise.all([
    demands.newest(database, { enterprise_id: firms, state: ongoing }, { after: null, limit: 300 }),
    distinctPairs(
      database,
      listed.slice(0, 90).map(({ id }) => id),
    ),
  ])
  const of = Map.groupBy(others, ({ enterpriseId }) => enterpriseId)
  const alike = (demand: Demand, other: Demand) =>
    other.id !== demand.id &&
    !distinct.has(pairOf(demand.id, other.id)) &&
    may(actor, 'demand.read-twins', demandRelations(actor, other)) &&
    likenessOf(demand, other) !== null
  return new Map(listed.map((demand) => [demand.id, (of.get(demand.enterpriseId) ?? []).filter((other) => alike(demand, other)).length]))
}

/** The demands of which was said that they are not the same as one. 401, 403, 404. */
export async function distinctTwins(ports: Ports, actor: Actor, id: string): Promise<Demand[]> {
  await findFor(ports, actor, id, 'demand.read-twins')
  const others = (await twinsOf(ports.database, id, 'distinct')).map(({ otherId }) => otherId)
  return (await demands.findMany(ports.database, others)).filter((other) => may(actor, 'demand.read-twins', demandRelations(actor, other)))
}

/** Both demands of a pair, for somebody who may do it to both. 401, 403, 404. */
export async function findPair(ports: Ports, actor: Actor, [aId, bId]: [string, string], verb: Verb): Promise<[Demand, Demand]> {
  return [await findFor(ports, actor, aId, verb), await findFor(ports, actor, bId, verb)]
}

async function byWords(ports: Ports, { title }: Demand): Promise<Demand[]> {
  await catchUp(ports)
  const { hits } = await ports.search.search({ kinds: ['demand'], tier: 'full', text: title, vector: null, recall: comparedByWords })
  return demands.findMany(
    ports.database,
    hits.map(({ id }) => id),
  )
}

const isOngoing = ({ state }: Demand) => ongoing.some((each) => each === state)
const byLikelihood = (a: Likely, b: Likely) =>
  Number(b.isMergeable) - Number(a.isMergeable) || b.score - a.score || (a.demand.id < b.demand.id ? -1 : 1)
