import { blankDemand, type Demand, type DemandDraft } from './demand.ts'
import { withParsedForm } from './indicators.ts'

/** A demand that nobody keeps: what was written so far, or a question, to be matched as a demand would be. */
export function unstoredDemand(draft: Partial<DemandDraft> & Pick<DemandDraft, 'title' | 'enterpriseId'>, id: string, at: string): Demand {
  return {
    ...blankDemand,
    ...draft,
    indicators: (draft.indicators ?? []).map(withParsedForm),
    id,
    state: 'draft',
    brokerId: null,
    enteredBy: draft.enterpriseId,
    outward: null,
    proposal: null,
    onBehalfOf: null,
    confirmation: null,
    vetting: [],
    returnReason: null,
    routing: null,
    mergedIntoId: null,
    publishedAt: null,
    confirmedAt: at,
    originId: null,
    version: 1,
    createdAt: at,
    updatedAt: at,
  }
}
