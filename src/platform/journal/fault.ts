import type { ListingTable } from '../database/tables.ts'

/** A row that is not what it was, and how that shows. */
export interface Fault {
  table: 'journal' | 'seal' | 'revision' | ListingTable
  /** Its number or id, a revision's with its version; of numbers that are missing together the first and the last. */
  row: string
  fault: 'changed' | 'missing' | 'extra' | 'moved'
  reason: Reason
  /** Columns that differ; where a moved entry belongs. */
  names: string[]
}

export type Reason =
  /** Of entries. */
  | 'number'
  | 'digest'
  | 'facts'
  | 'seal'
  | 'place'
  /** Of seals. */
  | 'no-seal'
  | 'chain'
  | 'key'
  | 'unknown-key'
  | 'older-key'
  | 'anchor'
  /** Of revisions. */
  | 'not-kept'
  | 'hash'
  | 'visibility'
  | 'erased'
  /** Of revisions and listings. */
  | 'no-entry'
  /** Of listings. */
  | 'removed'
  | 'not-there'
  | 'columns'

/** Takes down what is found. */
export type Blame = (table: Fault['table'], row: string | number, fault: Fault['fault'], reason: Reason, names?: string[]) => void
