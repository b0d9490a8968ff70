import { isWithin } from '../../platform/codes/codes.ts'
import type { HardCondition } from './exclusion.ts'

/** An enterprise is not offered its own results. */
export const ownOrganisation: HardCondition = ({ demand, supply }) =>
  supply.kind === 'offering' && supply.noun.ownerId !== null && supply.noun.ownerId === demand.enterpriseId
    ? { condition: 'own-organisation', facts: {}, change: null }
    : null

/** Both say how they want to work together, and share no way. */
export const modesImpossible: HardCondition = ({ demand, supply }) => {
  const { modes: wanted } = demand
  const { modes: offered } = supply.noun
  if (wanted.length === 0 || offered.length === 0 || wanted.some((mode) => (offered as readonly string[]).includes(mode))) return null
  // Whoever accepts one way of the other's more has done enough; the demand is the one that was asked.
  const change = { side: 'demand' as const, field: 'modes', to: [...offered] }
  return { condition: 'mode-impossible', facts: { wanted: [...wanted], offered: [...offered] }, change }
}

/** The owner limits where it may be used, and the plant lies elsewhere. */
export const outsideTerritory: HardCondition = ({ demand: { region }, supply }) => {
  if (supply.kind !== 'offering') return null
  const { territory } = supply.noun
  if (region === null || territory.length === 0 || territory.some((allowed) => isWithin(region, allowed))) return null
  const facts = { region: region.code, territory: territory.map(({ code }) => code) }
  return { condition: 'region-impossible', facts, change: { side: 'supply', field: 'territory', to: [region.code] } }
}
