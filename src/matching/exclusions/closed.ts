import { isOpen } from '../../demands/demand.ts'
import { isOnOffer } from '../../offerings/offering.ts'
import type { HardCondition } from './exclusion.ts'

/** The demand is not open on this day; of its own enterprise it may still be a draft. */
export const demandClosed: HardCondition = ({ demand, today, demandMayBeDraft }) => {
  const isAhead = demandMayBeDraft && (demand.state === 'draft' || demand.state === 'vetting')
  if (isAhead || isOpen(demand, today)) return null
  const facts = { state: demand.state, expiresOn: demand.expiresOn }
  const isExpired = demand.state === 'published'
  return { condition: 'demand-closed', facts, change: isExpired ? { side: 'demand', field: 'expiresOn', to: today } : null }
}

/** The result is not on offer on this day. */
export const supplyClosed: HardCondition = ({ supply, today }) => {
  if (supply.kind !== 'offering' || isOnOffer(supply.noun, today)) return null
  const { state, expiresOn } = supply.noun
  const change = state === 'published' ? { field: 'expiresOn', to: today } : { field: 'state', to: 'published' }
  return { condition: 'supply-closed', facts: { state, expiresOn }, change: { side: 'supply', ...change } }
}
