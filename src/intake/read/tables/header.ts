import { fieldsNamed, type IntakeField } from '../../fields.ts'
import type { GridCell, Laid } from '../../grid.ts'
import { type ColumnLabel, leastCertainty, namesOf } from '../columns.ts'
import { labelText, saysSomething } from '../entry.ts'

/** The rows in which the columns are named, and their names by column. */
export interface Header {
  from: number
  to: number
  labels: Map<number, ColumnLabel>
}

/** Above a header stand titles and remarks, no more. */
const searchedRows = 40
const longestLabel = 40

/** The header of a grid that is a table; null for one that is none. */
export function headerOf(grid: Laid): Header | null {
  for (let row = 0; row < Math.min(grid.height - 1, searchedRows); row++) {
    const own = ownCells(grid, row)
    if (!isHeaderRow(own) || isFollowedByLabel(grid, row)) continue
    if (row > 0 && standsAbove(grid, row - 1)) return twoRows(grid, row - 1)
    return standsBelow(grid, row) ? twoRows(grid, row) : oneRow(own, row)
  }
  return null
}

/** What begins in a row and is said there. */
export const ownCells = (grid: Laid, row: number): GridCell[] =>
  grid.row(row).filter((cell) => cell.row === row && saysSomething(cell.text))

const isShort = ({ text }: GridCell) => text.length <= longestLabel
const fieldOf = (text: string): IntakeField | null => {
  const best = fieldsNamed(text)[0]
  return best !== undefined && best.certainty >= leastCertainty ? best.field : null
}

/** Most of its cells are labels, and they name different things. */
function isHeaderRow(cells: readonly GridCell[]): boolean {
  const fields = cells.map(({ text }) => fieldOf(text)).filter((field) => field !== null)
  const kinds = new Set(fields)
  // What goes down further names a group of rows.
  if (cells.some(({ height }) => height > 2)) return false
  if (cells.length < 2 || kinds.size < 2 || !cells.every(isShort)) return false
  // Labels of a form stand beside their texts, so two beside each other are enough where less is known.
  const share = cells.length > 3 && cells.some(({ text }, at) => at > 0 && fieldOf(text) && fieldOf(cells[at - 1]!.text)) ? 0.4 : 0.6
  if (fields.length < cells.length * share) return false
  return ['enterprise', 'title', 'problem', 'indicators'].some((field) => kinds.has(field as IntakeField))
}

/** In a form the next row begins with a label again; below a header stand values. */
function isFollowedByLabel(grid: Laid, row: number): boolean {
  const first = ownCells(grid, row + 1)[0]
  const named = first && isShort(first) ? fieldsNamed(first.text)[0] : undefined
  return named !== undefined && named.certainty >= 0.95 && !standsBelow(grid, row)
}

/** Groups of columns, over a row that names each: one of them at least is wide, none as wide as the table. */
function standsAbove(grid: Laid, row: number): boolean {
  const cells = ownCells(grid, row)
  return cells.length > 1 && cells.every(isShort) && cells.some(({ width }) => width > 1)
}

/** The names of the columns below a wide cell, or below one that stands over the first of several. */
function standsBelow(grid: Laid, row: number): boolean {
  const [above, below] = [ownCells(grid, row), ownCells(grid, row + 1)]
  if (below.length === 0 || !below.every(isShort)) return false
  const isUnder = (cell: GridCell) => {
    const over = grid.at(row, cell.column)
    return over === undefined || over.width > 1 || below.some((other) => other.column === cell.column + 1 && !grid.at(row, other.column))
  }
  const named = below.filter(({ column, text }) => {
    const own = labelText(text)
    const upper = above.findLast((cell) => cell.column <= column)
    return (namesOf({ upper: upper ? labelText(upper.text) : null, own })[0]?.certainty ?? 0) >= leastCertainty
  })
  return below.some(isUnder) && named.length >= below.length * 0.6
}

function oneRow(cells: readonly GridCell[], row: number): Header {
  return { from: row, to: row, labels: new Map(cells.map((cell) => [cell.column, { upper: null, own: labelText(cell.text) }])) }
}

function twoRows(grid: Laid, row: number): Header {
  const labels = new Map<number, ColumnLabel>()
  const lower = new Set(ownCells(grid, row + 1).map(({ column }) => column))
  let group: string | null = null
  for (let column = 0; column < grid.width; column++) {
    const above = grid.at(row, column)
    if (above !== undefined) group = labelText(above.text)
    const below = lower.has(column) ? grid.at(row + 1, column) : undefined
    if (below !== undefined) labels.set(column, { upper: group, own: labelText(below.text) })
    else {
      // Without a name of its own below, a cell names its column alone.
      if (above !== undefined && above.column === column) labels.set(column, { upper: null, own: labelText(above.text) })
      if (above !== undefined) group = null
    }
  }
  return { from: row, to: row + 1, labels }
}
