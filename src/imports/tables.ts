import { demands } from '../demands/store.ts'
import { brokers, enterprises, evidence, experts, institutions, parks } from '../directory/store.ts'
import { offerings } from '../offerings/store.ts'

/** The rows of every kind that a file may bring, in an order in which references look back. */
export const rowsOf = {
  park: parks,
  enterprise: enterprises,
  institution: institutions,
  expert: experts,
  broker: brokers,
  offering: offerings,
  evidence,
  demand: demands,
}
