import type { DemandView } from '../../demands/demand.ts'
import { fieldName } from '../../demands/field-name.ts'
import { labelOf } from '../../platform/codes/codes.ts'
import { amountBetween, codeNames, modeNames, readinessName } from '../../platform/web/parts/labels.ts'
import type { View } from '../../platform/web/view.ts'
import type { MergeField } from '../twins.ts'

/** What people call a field. */
export function mergeFieldName(field: MergeField, { words }: View): string {
  const { demand, twins } = words
  const own: Partial<Record<MergeField, string>> = {
    classification: demand.industry,
    region: demand.region,
    readiness: demand.readiness,
    modes: demand.modes,
    isExclusive: demand.isExclusive,
    budget: demand.budget,
    deadlineOn: demand.deadline,
    expectedStartOn: demand.start,
    expiresOn: demand.expires,
    businessContact: twins.merging.business,
    technicalContact: twins.merging.technical,
    brokerId: demand.broker,
  }
  return own[field] ?? fieldName(`/${field}`, words)
}

/** What a demand says in a field, as people read it; empty where it says nothing. */
export function fieldText(field: MergeField, demand: DemandView, broker: string | null, view: View): string {
  const { words } = view
  const { units } = words
  const day = (value: string | null) => (value === null ? '' : units.day(value))
  switch (field) {
    case 'indicators':
      return demand.indicators.map(({ text, need }) => units.withNote(text, words.demand.needs[need])).join('\n')
    case 'constraints':
      return demand.constraints.join('\n')
    case 'keywords':
      return units.list(demand.keywords)
    case 'classification':
      return codeNames(demand.classification, view)
    case 'region':
      return demand.region === null ? '' : labelOf('region', demand.region.code, view.locale)
    case 'readiness':
      return [demand.readinessFrom, demand.readinessTo].flatMap((level) => (level === null ? [] : readinessName(level, view))).join(' – ')
    case 'modes':
      return modeNames(demand.modes, view)
    case 'isExclusive':
      return demand.isExclusive === null ? '' : words.demand.exclusive[demand.isExclusive ? 'yes' : 'no']
    case 'budget':
      return amountBetween(demand.budgetMinFen, demand.budgetMaxFen, words) ?? ''
    case 'deadlineOn':
    case 'expectedStartOn':
    case 'expiresOn':
      return day(demand[field])
    case 'businessContact':
    case 'technicalContact': {
      const person = demand[field]
      return person === null ? '' : [person.name, person.phone, person.email].filter(Boolean).join(' · ')
    }
    case 'brokerId':
      return broker ?? ''
    default:
      return demand[field] ?? ''
  }
}
