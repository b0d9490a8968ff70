import type { ImportKind } from '../platform/database/tables.ts'
import { CellFault } from './cells/cell.ts'
import { originMember, targetOf } from './headers.ts'
import { type Json, shown, type TableRow } from './read/row.ts'

/** What is wrong with a row: where, a stable code, and what the rule says. */
export interface RowFault {
  column: string
  value: string
  rule: string
  facts: Record<string, string | number>
}

/** A row with its cells read into the members of a draft; not yet checked. */
export interface ReadRow {
  line: number
  /** Its id at its source; null where the file gives none. */
  origin: string | null
  draft: { [name: string]: Json }
  /** The columns that members came from, by their path with dots, with what stood there. */
  places: Map<string, { column: string; value: string }>
  faults: RowFault[]
}

const longestOrigin = 200

/** Reads the cells of a row. Columns that no field answers to are kept under their own name (`isStrict`) or passed over. */
export function readCells(kind: ImportKind, row: TableRow, isStrict: boolean): ReadRow {
  const read: ReadRow = {
    line: row.line,
    origin: null,
    draft: {},
    places: new Map(),
    faults: row.faults.map((fault) => ({ ...fault, facts: {} })),
  }
  const damaged = new Set(row.faults.map(({ column }) => column))
  for (const [column, value] of Object.entries(row.values)) {
    if (value === '') continue
    const target = targetOf(kind, column)
    if (target === undefined) {
      if (isStrict) read.faults.push({ column, value: shown(value), rule: 'unknown-field', facts: {} })
      continue
    }
    const place = { column, value: shown(value) }
    read.places.set(target.path.join('.'), place)
    if (damaged.has(column)) continue
    try {
      put(read.draft, target.path, target.cell.read(value, target.unit))
    } catch (error) {
      if (!(error instanceof CellFault)) throw error
      read.faults.push({ ...place, rule: error.rule, facts: error.facts })
    }
  }
  return { ...read, origin: takeOrigin(read) }
}

/** The column that a JSON pointer's path came from: the longest part of the path that has one. */
export function placeOf(row: ReadRow, path: readonly string[]): { column: string; value: string } | undefined {
  for (let length = path.length; length >= 0; length--) {
    // What is spread over the draft brings some members, and is not to blame for those that nothing brought.
    if (length === 0 && (row.draft[path[0] ?? ''] ?? null) === null) break
    const place = row.places.get(path.slice(0, length).join('.'))
    if (place) return place
  }
  // A part of it may have come from a column of its own: the fault is of the whole then.
  const [, inside] = [...row.places].find(([key]) => key.startsWith(`${path.join('.')}.`)) ?? []
  return inside
}

function takeOrigin(row: ReadRow): string | null {
  const value = row.draft[originMember] ?? null
  delete row.draft[originMember]
  if (value === null) return null
  const origin = String(value).trim()
  if (typeof value === 'object' || origin.length > longestOrigin) {
    row.faults.push({ column: originMember, value: shown(value), rule: 'not-an-origin', facts: { maximum: longestOrigin } })
  }
  return origin
}

/** Sets a member at a path. Lists from several columns are joined; an object spread over the draft has no path. */
function put(draft: { [name: string]: Json }, path: readonly string[], value: Json): void {
  const [name, ...rest] = path
  if (name === undefined) {
    for (const [member, each] of Object.entries(value as { [name: string]: Json })) if (each !== null) draft[member] ??= each
    return
  }
  if (rest.length > 0) {
    draft[name] ??= rest[0] === '0' ? [] : {}
    put(draft[name] as { [name: string]: Json }, rest, value)
    return
  }
  const before = draft[name]
  draft[name] = Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value
}
