import { listings } from '../platform/database/listings.ts'
import { Disclosure } from './disclosure.ts'

export const disclosures = listings('disclosure', Disclosure, {
  title: () => '',
  columns: ({ subjectId, readerId, state, until }) => ({ subject_id: subjectId, reader_id: readerId, state, until }),
})
