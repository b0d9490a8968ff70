import type { DemandView } from '../demand.ts'
import type { FormField } from '../form.ts'

/** The fields that a draft is asked for one after another, what helps a match most first. */
export function wantedFields(demand: DemandView): { field: FormField; isAnswered: boolean }[] {
  const wanted: [FormField, unknown][] = [
    ['problem', demand.problem],
    ['indicators', demand.indicators[0]],
    ['currentState', demand.currentState],
    ['chain', demand.classification[0]],
    ['region', demand.region],
    ['budget', demand.budgetMinFen ?? demand.budgetMaxFen],
    ['deadlineOn', demand.deadlineOn],
    ['modes', demand.modes[0]],
    ...(demand.visibility !== 'public' || demand.isAnonymous ? ([['teaser', demand.teaser]] as [FormField, unknown][]) : []),
  ]
  return wanted.map(([field, value]) => ({ field, isAnswered: value !== null && value !== undefined }))
}

/** The next one that is not answered, nor put off; undefined where none is wanting. */
export function nextField(demand: DemandView, skipped: readonly string[] = []): FormField | undefined {
  return wantedFields(demand).find(({ field, isAnswered }) => !isAnswered && !skipped.includes(field))?.field
}
