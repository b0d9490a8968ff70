import { listings } from '../platform/database/listings.ts'
import { Offering } from './offering.ts'

export const offerings = listings('offering', Offering, {
  title: ({ title }) => title,
  added: { confidential: null },
  columns: (offering) => ({
    state: offering.state,
    kind: offering.kind,
    owner_id: offering.ownerId,
    region_code: offering.region?.code ?? null,
    readiness_level: offering.readiness?.level ?? null,
    expires_on: offering.expiresOn,
    published_at: offering.publishedAt,
  }),
})
