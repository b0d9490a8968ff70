export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

export interface ReadFault {
  column: string
  value: string
  rule: string
}

export interface TableRow {
  /** Where it begins in the file, from 1. */
  line: number
  values: Record<string, Json>
  /** What makes the row unreadable as it is. */
  faults: ReadFault[]
}

/** Something that was repaired or passed over, how often, and where first. */
export interface ReadWarning {
  rule: string
  column: string
  line: number
  count: number
}

/** What the reader of one format hands on. */
export interface RawTable {
  rows: TableRow[]
  warnings: ReadWarning[]
}

/** A file may have so many rows, its header not counted. */
export const maxRows = 10_000

/** A value in an error report: short, and fit for every screen. */
export function shown(value: Json | undefined): string {
  const text = value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)
  return text.slice(0, 200).toWellFormed().replaceAll('\0', '␀')
}
