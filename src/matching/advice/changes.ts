import type { Demand } from '../../demands/demand.ts'
import type { Expert } from '../../directory/expert.ts'
import type { Offering } from '../../offerings/offering.ts'
import { addDays } from '../../platform/days.ts'
import type { Exclusion } from '../exclusions/exclusion.ts'
import type { Tip } from './tip.ts'

/** A listing with one thing changed, and how that is called. */
export interface Changed<Noun> extends Pick<Tip, 'field' | 'to' | 'about'> {
  noun: Noun
}

/** A later deadline is one by so many days. */
const extension = 90
/** The least that counts as evidence: somebody has measured it. */
const measured = 'laboratory'

/** What an owner could change of a result for one demand: terms that are not stated, and evidence for what is. Never a better figure. */
export function offeringChanges(offering: Offering, demand: Demand, today: string): Changed<Offering>[] {
  const ceiling = demand.budgetMaxFen ?? demand.budgetMinFen
  const isPriced = offering.price !== null && offering.price.kind !== 'negotiable'
  const evidence = offering.advantages.flatMap((advantage, at): Changed<Offering>[] => {
    if (advantage.evidence !== null && advantage.evidenceLevel !== 'unstated') return []
    const backed = { ...advantage, evidence: advantage.evidence ?? '实测记录', evidenceLevel: measured } as const
    const noun = { ...offering, advantages: offering.advantages.with(at, backed) }
    return [{ field: 'evidence', to: measured, about: advantage.name, noun }]
  })
  return [
    ...modesFor(offering, demand),
    ...(ceiling !== null && !isPriced
      ? [
          {
            field: 'price' as const,
            to: ceiling,
            about: null,
            noun: { ...offering, price: { kind: 'fixed' as const, amountFen: ceiling } },
          },
        ]
      : []),
    ...(demand.deadlineOn !== null && offering.availableFrom === null
      ? [{ field: 'availableFrom' as const, to: today, about: null, noun: { ...offering, availableFrom: today } }]
      : []),
    ...evidence,
  ]
}

/** What an expert could change of his profile for one demand. */
export function expertChanges(expert: Expert, demand: Demand, today: string): Changed<Expert>[] {
  const ceiling = demand.budgetMaxFen ?? demand.budgetMinFen
  const capacity = expert.capacity ?? { daysPerYear: null, maxParallel: null, freeFrom: null }
  return [
    ...modesFor(expert, demand),
    ...(ceiling !== null && expert.minFeeFen === null
      ? [{ field: 'minFeeFen' as const, to: ceiling, about: null, noun: { ...expert, minFeeFen: ceiling } }]
      : []),
    ...(demand.deadlineOn !== null && capacity.freeFrom === null
      ? [{ field: 'freeFrom' as const, to: today, about: null, noun: { ...expert, capacity: { ...capacity, freeFrom: today } } }]
      : []),
  ]
}

/** One way of working more that the demand wants: any of them is worth the same. */
function modesFor<Noun extends Offering | Expert>(noun: Noun, demand: Demand): Changed<Noun>[] {
  const [first] = demand.modes
  if (first === undefined || demand.modes.some((mode) => noun.modes.includes(mode))) return []
  return [{ field: 'modes', to: [first], about: null, noun: { ...noun, modes: [...noun.modes, first] } }]
}

/** What can be lifted without reading other texts: of somebody who withholds consent, or a result that is withdrawn, none are in the index. */
const rankedAnew = ['territory', 'hostConsent', 'visibility', 'daysPerYear', 'maxParallel']

/** As many changes as lifting everything may take: after a free day, a case that is too many. */
const stepsAtMost = 10

/**
 * What lifts the conditions that hold a supply off, all together; null where one of them is not its own side's to change. `left` says which
 * bind on a listing.
 */
export function withoutExclusions<Noun extends Offering | Expert>(
  supply: Noun,
  demand: Demand,
  left: (noun: Noun) => readonly Exclusion[],
): Changed<Noun> | null {
  let noun = supply
  const fields = new Set<string>()
  for (let step = 0; step < stepsAtMost; step++) {
    const [first] = left(noun)
    if (first === undefined) return { field: 'exclusions', to: [...fields], about: null, noun }
    const { condition, change } = first
    const field = change?.field ?? ''
    if (condition === 'mode-impossible') noun = { ...noun, modes: [...noun.modes, demand.modes[0]!] }
    else if (change === null || change.side !== 'supply' || !rankedAnew.includes(field)) return null
    else if (field === 'territory') noun = { ...noun, territory: [...('territory' in noun ? noun.territory : []), demand.region] }
    else if ('capacity' in noun && (field === 'daysPerYear' || field === 'maxParallel'))
      noun = { ...noun, capacity: { ...noun.capacity, [field]: change.to } }
    else noun = { ...noun, [field]: change.to }
    fields.add(field)
  }
  return null
}

/** What a demand's own side could change: another way of working, a later deadline, a stage earlier, a budget that is stated. */
export function demandChanges(demand: Demand, seen: { modes: readonly string[]; pricesFen: readonly number[] }): Changed<Demand>[] {
  const { deadlineOn, readinessFrom } = demand
  const later = deadlineOn === null ? null : addDays(deadlineOn, extension)
  const highest = Math.max(...seen.pricesFen)
  const isUnpriced = demand.budgetMaxFen === null && demand.budgetMinFen === null
  return [
    ...(demand.modes.length === 0 ? [] : seen.modes.filter((mode) => !(demand.modes as readonly string[]).includes(mode))).map((mode) => ({
      field: 'modes' as const,
      to: [mode],
      about: null,
      noun: { ...demand, modes: [...demand.modes, mode as Demand['modes'][number]] },
    })),
    ...(later === null ? [] : [{ field: 'deadlineOn' as const, to: later, about: null, noun: { ...demand, deadlineOn: later } }]),
    ...(readinessFrom === null || readinessFrom === 1
      ? []
      : [{ field: 'readinessFrom' as const, to: readinessFrom - 1, about: null, noun: { ...demand, readinessFrom: readinessFrom - 1 } }]),
    ...(isUnpriced && seen.pricesFen.length > 0
      ? [{ field: 'budgetMaxFen' as const, to: highest, about: null, noun: { ...demand, budgetMaxFen: highest } }]
      : []),
  ]
}
