import type { Demand } from '../../demands/demand.ts'
import { demandClosed, supplyClosed } from './closed.ts'
import { conflicted } from './conflict.ts'
import type { Exclusion, Facing, HardCondition, Opposite, Standing } from './exclusion.ts'
import { consentWithheld, fullyBooked, hidden, hostConsentWithheld, noCapacity } from './person.ts'
import { refused } from './refused.ts'
import { modesImpossible, outsideTerritory, ownOrganisation } from './terms.ts'
import { topicMuted } from './topic.ts'

const conditions: readonly HardCondition[] = [
  demandClosed,
  supplyClosed,
  ownOrganisation,
  modesImpossible,
  outsideTerritory,
  consentWithheld,
  hostConsentWithheld,
  hidden,
  noCapacity,
  fullyBooked,
  refused,
  conflicted,
  topicMuted,
]

/** Every hard condition that keeps a supply from being proposed for a demand; none: it may be. */
export function exclusionsOf(demand: Demand, supply: Opposite, standing: Standing, facing: Facing): Exclusion[] {
  return conditions.flatMap((condition) => condition({ demand, supply, standing, ...facing }) ?? [])
}
