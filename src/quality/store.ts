import { listings } from '../platform/database/listings.ts'
import { Judgment } from './judgment.ts'

export const judgments = listings('judgment', Judgment, {
  title: () => '',
  columns: ({ demandId, supplyId, by, grade }) => ({ demand_id: demandId, supply_id: supplyId, given_by: by, grade }),
})
