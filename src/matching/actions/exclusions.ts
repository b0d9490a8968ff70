import type { Actor } from '../../accounts/actor.ts'
import { may, permit } from '../../accounts/permissions.ts'
import { demandRelations } from '../../demands/actions.ts'
import type { Demand } from '../../demands/demand.ts'
import { expertActions, expertRelations, expertView } from '../../directory/actions.ts'
import { experts } from '../../directory/store.ts'
import { knowsOffering, offeringRelations, offeringView } from '../../offerings/actions.ts'
import { offerings } from '../../offerings/store.ts'
import { kindOfId } from '../../platform/ids.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { Opposite } from '../exclusions/exclusion.ts'
import { exclusionsOf } from '../exclusions/exclusions.ts'
import type { Exclusions, LeftOutSubject } from '../exclusions/told.ts'
import { type Reader, toldTo } from '../exclusions/told.ts'
import type { LeftOut, MatchPage } from '../ranking.ts'
import { pageOf } from '../ranking.ts'
import { expertTitle } from '../reader.ts'
import { standingsFor } from '../store.ts'
import { withElsewhere } from './elsewhere.ts'
import { rankExperts } from './match-experts.ts'
import { demandToMatch, rankOfferings } from './match-offerings.ts'

/**
 * What of the nearest supplies is not proposed for a demand, and why, the nearest first. The assigned broker and the operator are told every
 * condition; the demand's side what its own terms and refusals bind, and of everything else only that it is not available. 401, 403, 404.
 */
export async function exclusionsFor(
  ports: Ports,
  actor: Actor,
  demandId: string,
  kind: 'offering' | 'expert',
  page: MatchPage,
): Promise<Exclusions> {
  const demand = await demandToMatch(ports, actor, demandId)
  permit(actor, 'demand.read-exclusions', demandRelations(actor, demand))
  const reader = readerOf(actor, demand)
  const { leftOut, engine } = kind === 'offering' ? await rankOfferings(ports, demand) : await rankExperts(ports, demand)
  const told = leftOut.filter((each) => isKnown(actor, each)).map((each) => subjectOf(actor, reader, each))
  return { ...pageOf(told, page), engine }
}

/**
 * Why one supply is not among the matches of a demand: it is excluded, it is listed at that place, or its texts are not near. The supply's
 * own side may ask too, and is told what binds on its side. 401, 403, 404 for a supply that the actor may not know of.
 */
export async function exclusionOf(ports: Ports, actor: Actor, demandId: string, supplyId: string): Promise<LeftOutSubject> {
  const demand = await demandToMatch(ports, actor, demandId)
  const supply = await knownSupply(ports, actor, supplyId)
  const isDemandSide = may(actor, 'demand.read-exclusions', demandRelations(actor, demand))
  if (!isDemandSide) permit(actor, 'match.read-own-exclusions', relationsToSupply(actor, supply))
  const reader = isDemandSide ? readerOf(actor, demand) : 'supply'
  const known = (await standingsFor(ports.database, demand, [supplyId]))(supplyId)
  const exclusions = exclusionsOf(demand, supply, known, { today: today(ports), demandMayBeDraft: true })
  if (exclusions.length > 0) return subjectOf(actor, reader, { ...supply, exclusions })
  const { ids, elsewhere } = await placesOf(ports, demand, supply.kind)
  const at = ids.indexOf(supplyId)
  const { subject } = subjectOf(actor, reader, { ...supply, exclusions })
  const standing = at >= 0 ? 'listed' : elsewhere.includes(supplyId) ? 'elsewhere' : 'not-near'
  return { subject, standing, place: at < 0 ? null : at + 1, exclusions: [] }
}

/** Who stands in the list, in its order, and what is suggested beside it. */
async function placesOf(ports: Ports, demand: Demand, kind: Opposite['kind']): Promise<{ ids: string[]; elsewhere: string[] }> {
  if (kind === 'expert') return { ids: (await rankExperts(ports, demand)).ranking.map(({ expert }) => expert.id), elsewhere: [] }
  const { ranking, elsewhere } = await withElsewhere(ports, demand, await rankOfferings(ports, demand))
  return { ids: ranking.map(({ offering }) => offering.id), elsewhere: elsewhere.map(({ item }) => item.offering.id) }
}

/** A supply about which its own side asks, or those who carry the demand. 401, 403, 404. */
export async function permitOwnSide(ports: Ports, actor: Actor, demand: Demand, supplyId: string): Promise<Opposite> {
  const supply = await knownSupply(ports, actor, supplyId)
  const carries = may(actor, 'demand.read-every-exclusion', demandRelations(actor, demand))
  if (!carries) permit(actor, 'match.read-own-exclusions', relationsToSupply(actor, supply))
  return supply
}

const relationsToSupply = (actor: Actor, supply: Opposite) =>
  supply.kind === 'offering' ? offeringRelations(actor, supply.noun) : expertRelations(actor, supply.noun)

function readerOf(actor: Actor, demand: Demand): Reader {
  return may(actor, 'demand.read-every-exclusion', demandRelations(actor, demand)) ? 'all' : 'demand'
}

async function knownSupply({ database }: Ports, actor: Actor, id: string): Promise<Opposite> {
  const kind = kindOfId(id)
  const expert = kind === 'expert' ? await experts.find(database, id) : undefined
  const offering = kind === 'offering' ? await offerings.find(database, id) : undefined
  const supply: Opposite | undefined = expert ? { kind: 'expert', noun: expert } : offering && { kind: 'offering', noun: offering }
  if (supply === undefined || !isKnown(actor, supply)) throw new Problem('not-found', { id })
  return supply
}

function isKnown(actor: Actor, supply: Opposite): boolean {
  return supply.kind === 'offering' ? knowsOffering(actor, supply.noun) : expertActions.view(actor, supply.noun) !== undefined
}

export function subjectOf(actor: Actor, reader: Reader, left: LeftOut): LeftOutSubject {
  const isOffering = left.kind === 'offering'
  const view = isOffering ? offeringView(actor, left.noun) : expertView(actor, left.noun)
  const title = 'title' in view && isOffering ? view.title! : expertTitle(view as ReturnType<typeof expertView>)
  const enrolled = left.kind === 'expert' ? left.noun.enrolled : null
  return {
    subject: { kind: left.kind, id: left.noun.id, title, enrolled },
    standing: 'excluded',
    place: null,
    exclusions: toldTo(reader, left.exclusions, view.modes),
  }
}
