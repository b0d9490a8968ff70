import { fieldsNamed, type IntakeField } from '../fields.ts'
import { type GridCell, type Laid, oneLine } from '../grid.ts'
import { assigned, isLabel, joinedHeader, shownLabel } from './labels.ts'

/** The header of a table: its rows, and what stands above each column. */
export interface Header {
  from: number
  /** The first row below. */
  to: number
  columns: { column: number; label: string }[]
}

/** Titles and remarks above a table are fewer than this. */
const deepest = 40
/** A sheet of numbers has no labels, a table of needs at least so many. */
const fewest = 2

/** The header of a table of needs; null where a grid has none. */
export function headerIn(laid: Laid): Header | null {
  let best: { header: Header; score: number } | null = null
  for (let row = 0; row < Math.min(laid.height, deepest); row++) {
    const cells = laid.row(row)
    // A cell that comes down from above has its header there.
    if (cells.some((cell) => cell.row < row) || !isHeaderRow(cells)) continue
    for (const to of isSecondRow(laid, row) ? [row + 2, row + 1] : [row + 1]) {
      const header = { from: row, to, columns: columnsOf(laid, row, to) }
      const score = scoreOf(header)
      if (score > (best?.score ?? 0)) best = { header, score }
    }
    // What looks like a header further down is the same one again.
    if (best !== null && row > best.header.from + 1) break
  }
  return best?.header ?? null
}

/** Most cells of the row name a field, and none is a sentence. */
function isHeaderRow(cells: readonly GridCell[]): boolean {
  const labels = cells.filter(({ text }) => isLabel(text))
  return labels.length >= fewest && labels.length >= cells.length * 0.6 && cells.every(({ text }) => oneLine(text).length <= 60)
}

/** Whether the next row goes on with the header: below a cell that lies over several columns stand further labels. */
function isSecondRow(laid: Laid, row: number): boolean {
  const below = laid.row(row + 1)
  const parents = laid.row(row).filter(({ width, height, row: top }) => width > 1 && top + height === row + 1)
  const children = below.filter((cell) => cell.row === row + 1)
  const isUnder = ({ column }: GridCell) => parents.some((parent) => column >= parent.column && column < parent.column + parent.width)
  return children.length > 0 && children.every(isUnder) && children.some(({ text }) => isLabel(text))
}

function columnsOf(laid: Laid, from: number, to: number): Header['columns'] {
  const columns: Header['columns'] = []
  for (let column = 0; column < laid.width; column++) {
    const cells = new Set<GridCell>()
    for (let row = from; row < to; row++) {
      const cell = laid.at(row, column)
      if (cell !== undefined) cells.add(cell)
    }
    if (cells.size > 0) columns.push({ column, label: joinedHeader([...cells].map(({ text }) => shownLabel(text))) })
  }
  return columns
}

/** What a need must say to be one. */
export const saysNeed = (fields: readonly (IntakeField | undefined)[]) => fields.includes('title') || fields.includes('problem')

function scoreOf({ columns, to, from }: Header): number {
  const found = assigned(columns.map(({ label }) => label))
  if (!saysNeed(found.map((each) => each?.field)) && !columns.some(({ label }) => fieldsNamed(label)[0]?.field === 'problem')) return 0
  // Of two that say as much, the one with fewer rows.
  return found.reduce((sum, each) => sum + (each?.certainty ?? 0), 0) - (to - from) * 0.01
}
