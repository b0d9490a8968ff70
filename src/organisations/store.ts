import { listings } from '../platform/database/listings.ts'
import { StoredClaim } from './claim.ts'
import { Merger } from './merger.ts'

export const claims = listings('claim', StoredClaim, {
  title: () => '',
  columns: ({ subjectId, accountId, state }) => ({ subject_id: subjectId, account_id: accountId, state }),
})

export const mergers = listings('merger', Merger, {
  title: () => '',
  columns: ({ fromId, intoId, state }) => ({ from_id: fromId, into_id: intoId, state }),
})
