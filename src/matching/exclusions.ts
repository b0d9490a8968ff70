import type { Demand } from '../demands/demand.ts'
import { isOpen } from '../demands/demand.ts'
import type { Expert } from '../directory/expert.ts'
import { isOnOffer, type Offering } from '../offerings/offering.ts'
import { isWithin } from '../platform/codes/codes.ts'

export interface Facing {
  today: string
  /** The demand's own enterprise may ask before it is published. */
  demandMayBeDraft: boolean
}

/** A hard condition that no score can make good; the key says which. */
export type Exclusion =
  | 'closed'
  | 'expired'
  | 'mode-impossible'
  | 'region-impossible'
  | 'own-organisation'
  | 'consent-withheld'
  | 'no-capacity'
  | 'hidden'

/** Why an offering cannot be proposed for a demand, or null. */
export function offeringExclusion(demand: Demand, offering: Offering, facing: Facing): Exclusion | null {
  return (
    demandClosed(demand, facing) ??
    (isOnOffer(offering, facing.today) ? null : 'closed') ??
    (offering.ownerId !== null && offering.ownerId === demand.enterpriseId ? 'own-organisation' : null) ??
    modesImpossible(demand.modes, offering.modes) ??
    outsideTerritory(demand, offering)
  )
}

/** Why an expert cannot be proposed for a demand, or null. */
export function expertExclusion(demand: Demand, expert: Expert, facing: Facing): Exclusion | null {
  return (
    demandClosed(demand, facing) ??
    (expert.consent === false || expert.hostConsent === false ? 'consent-withheld' : null) ??
    (expert.visibility === 'nda' ? 'hidden' : null) ??
    (expert.capacity?.daysPerYear === 0 || expert.capacity?.maxParallel === 0 ? 'no-capacity' : null) ??
    modesImpossible(demand.modes, expert.modes)
  )
}

function demandClosed(demand: Demand, { today, demandMayBeDraft }: Facing): Exclusion | null {
  if (isOpen(demand, today)) return null
  return demandMayBeDraft && (demand.state === 'draft' || demand.state === 'vetting') ? null : 'closed'
}

/** Both say how they want to work together, and share no way. */
function modesImpossible(wanted: readonly string[], offered: readonly string[]): Exclusion | null {
  if (wanted.length === 0 || offered.length === 0 || wanted.some((mode) => offered.includes(mode))) return null
  return 'mode-impossible'
}

/** The owner limits where it may be used, and the plant lies elsewhere. */
function outsideTerritory({ region }: Demand, { territory }: Offering): Exclusion | null {
  if (region === null || territory.length === 0 || territory.some((allowed) => isWithin(region, allowed))) return null
  return 'region-impossible'
}
