import { listings } from '../platform/database/listings.ts'
import { Demand, dayOnly, isHidden } from './demand.ts'

export const demands = listings('demand', Demand, {
  title: ({ title }) => title,
  added: { confidential: null, outward: null },
  // The order of a list would tell who came when.
  createdAt: (demand) => (isHidden(demand) ? dayOnly(demand.createdAt) : demand.createdAt),
  // An anonymous demand is in no list by enterprise.
  visibility: ({ isAnonymous, visibility }) => (isAnonymous ? 'nda' : visibility),
  columns: (demand) => ({
    state: demand.state,
    enterprise_id: demand.enterpriseId,
    broker_id: demand.brokerId,
    region_code: demand.region?.code ?? null,
    budget_min_fen: demand.budgetMinFen,
    budget_max_fen: demand.budgetMaxFen,
    deadline_on: demand.deadlineOn,
    expires_on: demand.expiresOn,
    published_at: demand.publishedAt,
  }),
})
