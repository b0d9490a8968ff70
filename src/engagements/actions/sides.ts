import type { Actor } from '../../accounts/actor.ts'
import { may, permit, type Relation, type Verb } from '../../accounts/permissions.ts'
import { whereItWent } from '../../demands/actions/kept.ts'
import { demandRelations, isKnownDemand } from '../../demands/actions.ts'
import { type Demand, isOpen } from '../../demands/demand.ts'
import { demands } from '../../demands/store.ts'
import { expertActions, expertRelations, institutionActions } from '../../directory/actions.ts'
import type { Expert } from '../../directory/expert.ts'
import type { Institution } from '../../directory/institution.ts'
import { experts, institutions } from '../../directory/store.ts'
import { exclusionsOf } from '../../matching/exclusions/exclusions.ts'
import type { Refusal, Side } from '../../matching/refusal.ts'
import { standingsFor } from '../../matching/store.ts'
import { knowsOffering, offeringRelations } from '../../offerings/actions.ts'
import type { Offering } from '../../offerings/offering.ts'
import { offerings } from '../../offerings/store.ts'
import { kindOfId } from '../../platform/ids.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'

/** What stands opposite a demand. */
export type Supply = { kind: 'expert'; noun: Expert } | { kind: 'offering'; noun: Offering } | { kind: 'institution'; noun: Institution }

/** Both sides of a pairing. */
export interface Sides {
  demand: Demand
  supply: Supply
}

/** Both sides, whoever asks; undefined where one is gone. */
export async function findSides(
  { database }: Pick<Ports, 'database'>,
  { demandId, supplyId }: Pick<Refusal, 'demandId' | 'supplyId'>,
): Promise<Sides | undefined> {
  const [demand, supply] = await Promise.all([demands.find(database, demandId), findSupply({ database }, supplyId)])
  return demand && supply && { demand, supply }
}

/** Both sides as far as the actor may know that there are such. 404, 422 for the side that he may not know of. */
export async function knownSides(
  ports: Pick<Ports, 'database'>,
  actor: Actor,
  ids: Pick<Refusal, 'demandId' | 'supplyId'>,
): Promise<Sides> {
  const sides = await findSides(ports, ids)
  const unknown = (pointer: string, facts = {}) => new Problem('invalid-input', { errors: [{ pointer, code: 'unknown-reference', facts }] })
  if (actor.role === 'visitor') throw new Problem('not-signed-in')
  const demand = await demands.find(ports.database, ids.demandId)
  if (demand === undefined || !isKnownDemand(actor, demand)) {
    const mergedIntoId = await whereItWent(ports, actor, ids.demandId)
    throw unknown('/demandId', mergedIntoId === null ? {} : { mergedIntoId })
  }
  if (sides === undefined || !knowsSupply(actor, sides.supply)) throw unknown('/supplyId')
  return sides
}

async function findSupply({ database }: Pick<Ports, 'database'>, id: string): Promise<Supply | undefined> {
  switch (kindOfId(id)) {
    case 'expert': {
      const noun = await experts.find(database, id)
      return noun && { kind: 'expert', noun }
    }
    case 'offering': {
      const noun = await offerings.find(database, id)
      return noun && { kind: 'offering', noun }
    }
    default: {
      const noun = await institutions.find(database, id)
      return noun && { kind: 'institution', noun }
    }
  }
}

function knowsSupply(actor: Actor, supply: Supply): boolean {
  switch (supply.kind) {
    case 'expert':
      return expertActions.view(actor, supply.noun) !== undefined
    case 'offering':
      return knowsOffering(actor, supply.noun)
    case 'institution':
      return institutionActions.view(actor, supply.noun) !== undefined
  }
}

/** How the actor stands to each side. */
export function relationsToSides(actor: Actor, { demand, supply }: Sides): Record<Side, Relation[]> {
  return { demand: demandRelations(actor, demand), supply: relationsToSupply(actor, supply) }
}

function relationsToSupply(actor: Actor, supply: Supply): Relation[] {
  switch (supply.kind) {
    case 'expert':
      return expertRelations(actor, supply.noun)
    case 'offering':
      return offeringRelations(actor, supply.noun)
    case 'institution':
      return institutionActions.relations(actor, supply.noun)
  }
}

/**
 * For which side the actor speaks; null for neither. Who speaks for both, as an enterprise with a result of its own, speaks for what it
 * needs. What somebody was handed (`held`) is asked of the supply side.
 */
export function sideOf(actor: Actor, verb: Verb, sides: Sides, held: readonly Relation[] = []): Side | null {
  const relations = relationsToSides(actor, sides)
  return may(actor, verb, relations.demand) ? 'demand' : may(actor, verb, [...relations.supply, ...held]) ? 'supply' : null
}

/** For which side the actor speaks. 401, 403 where for neither. */
export function permittedSide(actor: Actor, verb: Verb, sides: Sides, held: readonly Relation[] = []): Side {
  const side = sideOf(actor, verb, sides, held)
  if (side === null) permit(actor, verb, [])
  // `permit` has thrown where he speaks for neither.
  return side!
}

/**
 * Refuses a pairing that cannot come about (409): a demand that is closed, or (unless its own side `mayWait`) not published yet, and whatever is not proposed, without the reason why. An expert
 * who asks himself says by that what his profile leaves open or declines.
 */
export async function refuseImpossible(ports: Ports, { demand, supply }: Sides, from: Side, { mayWait = false } = {}): Promise<void> {
  const isAhead = mayWait && from === 'demand' && isAheadOfPublication(demand)
  const facing = { today: today(ports), demandMayBeDraft: isAhead }
  if (!isAhead && !isOpen(demand, facing.today)) throw new Problem('not-allowed-now', { state: demand.state })
  const standing = (await standingsFor(ports.database, demand, [supply.noun.id]))(supply.noun.id)
  const asksHimself = supply.kind === 'expert' && from === 'supply'
  const isExcluded =
    supply.kind === 'institution' || asksHimself ? standing.refusal !== null : exclusionsOf(demand, supply, standing, facing).length > 0
  if (isExcluded) throw new Problem('not-allowed-now', { reason: 'unavailable' })
}

/** Whether what is asked about it has to wait until it is published. */
export const isAheadOfPublication = ({ state }: Demand): boolean => state === 'draft' || state === 'vetting'

/** Whether somebody answers for the supply side by himself: an unclaimed expert has to be asked by a broker. */
export function isReachable({ kind, noun }: Supply): boolean {
  return kind !== 'expert' || noun.claimed
}
