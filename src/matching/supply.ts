import type { Expert } from '../directory/expert.ts'
import type { Institution } from '../directory/institution.ts'
import type { Offering } from '../offerings/offering.ts'
import type { Supply } from './signals/signal.ts'

export function supplyOfOffering(offering: Offering): Supply {
  const { price } = offering
  return {
    modes: offering.modes,
    region: offering.region,
    travels: null,
    territory: offering.territory,
    readinessLevel: offering.readiness?.level ?? null,
    leastPriceFen: price === null || price.kind === 'negotiable' ? null : price.kind === 'fixed' ? price.amountFen : price.minFen,
    leastFeeFen: null,
    availableFrom: offering.availableFrom,
    confirmedAt: offering.confirmedAt,
  }
}

/** What is known of an institution as such; its people and results state their own terms. */
export function supplyOfInstitution({ region }: Institution): Supply {
  return {
    modes: [],
    region,
    travels: null,
    territory: [],
    readinessLevel: null,
    leastPriceFen: null,
    leastFeeFen: null,
    availableFrom: null,
    confirmedAt: null,
  }
}

export function supplyOfExpert(expert: Expert): Supply {
  return {
    modes: expert.modes,
    region: expert.region,
    travels: expert.travelRadiusKm === null ? null : expert.travelRadiusKm > 0,
    territory: [],
    readinessLevel: null,
    leastPriceFen: null,
    leastFeeFen: expert.minFeeFen,
    availableFrom: expert.capacity?.freeFrom ?? null,
    confirmedAt: expert.confirmedAt,
  }
}
