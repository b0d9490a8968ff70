import type { Compilable } from 'kysely'
import type { Ports } from '../../../platform/ports.ts'
import type { ErasureReason, Person } from '../../person.ts'
import type { Marks } from '../marks.ts'

/** What every part of an erasure is given. */
export interface Erasing {
  ports: Pick<Ports, 'database' | 'newId' | 'now' | 'files'>
  person: Person
  /** By which his number and address are known wherever somebody has written them. */
  marks: Marks
  /** Only what was written by then is meant: whoever comes back later has a right to be there. Null for all. */
  before: string | null
  reason: ErasureReason
  by: string
  at: string
}

/** What a part adds: ids of what goes, or of what stays without the person, and the statements. */
export interface ErasedPart {
  ids: string[]
  statements: Compilable[]
}

export const joined = (parts: readonly ErasedPart[]): ErasedPart => ({
  ids: [...new Set(parts.flatMap(({ ids }) => ids))],
  statements: parts.flatMap(({ statements }) => statements),
})
