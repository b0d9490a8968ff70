import type { Source } from '../grid.ts'
import type { ColumnCorrection, ReadLine, ReadTable } from '../line.ts'
import { assigned } from './columns.ts'
import { contentsOf } from './content.ts'
import type { Entry, Need } from './entry.ts'
import { inlinePairs } from './forms/inline.ts'
import { type FormReading, identityIn, needsOfForm, readForm, says, statesNeed, without } from './forms/needs.ts'
import { understood } from './grids.ts'
import { readTable, type TableReading } from './tables/rows.ts'

/** The tables and forms of a source as they were understood, and the needs in them in the order in which they stand. */
export interface Reading {
  tables: ReadTable[]
  lines: ReadLine[]
}

/**
 * The needs that a park's table or a firm's forms state, and how they were understood. The same source, day and corrections give the same
 * lines.
 */
export function readSource(source: Source, { today, corrections }: { today: string; corrections: readonly ColumnCorrection[] }): Reading {
  const tables: ReadTable[] = []
  const lines: ReadLine[] = []
  const add = (grid: number, needs: readonly Need[]) => lines.push(...linesOf(grid, needs, today))
  let firm = nobody()
  /** Texts since the last table. */
  let loose: string[] = []
  for (const [grid, each] of source.grids.entries()) {
    const own = corrections.filter((correction) => correction.grid === grid)
    const what = understood(each)
    if (what.is === 'text') {
      loose.push(...what.notes)
      continue
    }
    const reading = what.is === 'table' ? readTable(what.grid, what.header, own) : readForm(what.form, own)
    tables.push({ grid, kind: what.is, columns: reading.columns, notes: [...loose, ...reading.notes] })
    loose = []
    if ('needs' in reading) add(grid, needsOfTable(reading, tables.at(-1)!.notes, firm))
    else {
      if (says(reading.entries, 'enterprise') && says(allOf(firm), 'enterprise')) {
        close(firm, add)
        firm = nobody()
      }
      join(firm, grid, reading)
    }
  }
  close(firm, add)
  tables.at(-1)?.notes.push(...loose)
  return { tables, lines: lines.toSorted((a, b) => a.grid - b.grid || a.line - b.line || a.part - b.part) }
}

/** What the forms of a source say of one firm: several together may be one. */
interface Firm {
  /** Of those without a need in them. */
  common: Entry[]
  forms: { grid: number; entries: Entry[] }[]
  /** Of the last one that asks for a need and got none. */
  asked: number | null
}

const nobody = (): Firm => ({ common: [], forms: [], asked: null })
const allOf = ({ common, forms }: Firm): Entry[] => [...common, ...forms.flatMap(({ entries }) => entries)]

function join(firm: Firm, grid: number, { columns, entries }: FormReading): void {
  if (statesNeed(entries)) firm.forms.push({ grid, entries })
  else firm.common.push(...entries)
  if (columns.some(({ field }) => field === 'title' || field === 'problem')) firm.asked = grid
}

/** Only now is known what all of its tables say. */
function close({ common, forms, asked }: Firm, add: (grid: number, needs: readonly Need[]) => void): void {
  for (const { grid, entries } of forms) add(grid, needsOfForm(entries, common))
  if (forms.length === 0 && asked !== null && says(common, 'enterprise')) add(asked, needsOfForm(common, []))
}

/** In the list of one firm the lines take from its form, or from a remark above them, whose they are. */
function needsOfTable({ columns, needs }: TableReading, notes: readonly string[], firm: Firm): Need[] {
  const isOfMany = columns.some(({ field }) => field === 'enterprise')
  const shared = isOfMany ? [] : firmIn(allOf(firm), notes)
  if (shared.length > 0) firm.asked = null
  return needs.map((need) => ({ ...need, entries: [...without(shared, need.entries), ...need.entries] }))
}

function firmIn(entries: readonly Entry[], notes: readonly string[]): Entry[] {
  if (says(entries, 'enterprise')) return identityIn(entries)
  const pairs = notes.flatMap((note) => inlinePairs(note) ?? [])
  const fields = assigned(
    pairs.map(({ label }) => ({ upper: null, own: label })),
    [],
  )
  const said = pairs.map((pair, at): Entry => ({ ...pair, ...fields[at]!, name: pair.label }))
  return says(said, 'enterprise') ? identityIn(said) : []
}

function linesOf(grid: number, needs: readonly Need[], today: string): ReadLine[] {
  const byLine = Map.groupBy(needs, ({ line }) => line)
  return [...byLine].flatMap(([line, some]) => {
    const contents = some.flatMap((need) => contentsOf(need, today))
    return contents.map((content, at) => ({ grid, line, part: contents.length === 1 ? 0 : at + 1, content }))
  })
}
