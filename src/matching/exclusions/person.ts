import type { HardCondition } from './exclusion.ts'

/** He does not want to be proposed. */
export const consentWithheld: HardCondition = ({ supply }) =>
  supply.kind === 'expert' && supply.noun.consent === false
    ? { condition: 'consent-withheld', facts: {}, change: { side: 'supply', field: 'consent', to: true } }
    : null

/** His employer does not let him work for others. */
export const hostConsentWithheld: HardCondition = ({ supply }) =>
  supply.kind === 'expert' && supply.noun.hostConsent === false
    ? { condition: 'host-consent-withheld', facts: {}, change: { side: 'supply', field: 'hostConsent', to: true } }
    : null

/** A profile under NDA is proposed to nobody. */
export const hidden: HardCondition = ({ supply }) =>
  supply.kind === 'expert' && supply.noun.visibility === 'nda'
    ? { condition: 'hidden', facts: {}, change: { side: 'supply', field: 'visibility', to: 'registered' } }
    : null

/** He says that he has no time at all, or takes on nothing. */
export const noCapacity: HardCondition = ({ supply }) => {
  if (supply.kind !== 'expert') return null
  const { daysPerYear, maxParallel } = supply.noun.capacity ?? { daysPerYear: null, maxParallel: null }
  const field = daysPerYear === 0 ? 'daysPerYear' : maxParallel === 0 ? 'maxParallel' : null
  return field && { condition: 'no-capacity', facts: { daysPerYear, maxParallel }, change: { side: 'supply', field, to: 1 } }
}

/** As many cases of his are running as he takes on at a time. */
export const fullyBooked: HardCondition = ({ supply, standing: { running } }) => {
  if (supply.kind !== 'expert') return null
  const atMost = supply.noun.capacity?.maxParallel ?? null
  if (atMost === null || atMost === 0 || running < atMost) return null
  return { condition: 'fully-booked', facts: { running, atMost }, change: { side: 'supply', field: 'maxParallel', to: running + 1 } }
}
