import { fieldsNamed } from '../../fields.ts'
import type { GridCell, Laid } from '../../grid.ts'
import { leastCertainty } from '../columns.ts'
import { labelText, saysSomething } from '../entry.ts'
import { notesIn } from '../notes.ts'
import { inlinePairs } from './inline.ts'

/** A label of a form and what stands beside it, below it or behind it; empty where nothing does. */
export interface Pair {
  label: string
  text: string
}

export interface Pairs {
  pairs: Pair[]
  notes: string[]
}

/** More rows than any form has. */
const rowsAtMost = 400
const longestLabel = 40

/** The labels of a form in the order in which they are read, each with its text. */
export function pairsOf(grid: Laid): Pairs {
  const read: Pairs = { pairs: [], notes: [] }
  const byCell = new Map<GridCell, Pair>()
  const [hiddenRows, hiddenColumns] = [new Set(grid.grid.hiddenRows), new Set(grid.grid.hiddenColumns)]
  const isShown = (cell: GridCell) => saysSomething(cell.text) && !hiddenColumns.has(cell.column)
  const rows = Array.from({ length: Math.min(grid.height, rowsAtMost) }, (_, row) => row)
  const taken = new Set<GridCell>()
  const pair = (label: GridCell, values: readonly GridCell[]) => {
    const made = { label: labelText(label.text), text: values.map(({ text }) => text).join('\n') }
    read.pairs.push(made)
    byCell.set(label, made)
    for (const cell of [label, ...values]) taken.add(cell)
  }
  for (const row of rows) {
    if (hiddenRows.has(row)) continue
    const own = grid.row(row).filter((cell) => cell.row === row && isShown(cell) && !taken.has(cell))
    if (own.length === 0) continue
    if (continues(grid, row, own, byCell)) continue
    const below = (cell: GridCell) => grid.row(cell.row + cell.height).find((each) => each.column === cell.column && isShown(each))
    const isNames = own.length > 1 && own.every((cell) => isLabel(cell) && !(below(cell) && isLabel(below(cell)!)))
    if (isNames && own.some((cell) => isValue(below(cell)))) {
      for (const cell of own) pair(cell, [below(cell)].filter(isValue))
      continue
    }
    for (const [at, cell] of own.entries()) {
      if (taken.has(cell)) continue
      const [next, afterNext] = [own[at + 1], own[at + 2]]
      const beside = next !== undefined && next.column === cell.column + cell.width ? next : undefined
      const inline = inlinePairs(cell.text)
      if (inline !== null) read.pairs.push(...inline)
      // A label before two others names the group to which these belong.
      else if (beside && mayBeLabel(cell) && !(isLabel(beside) && afterNext?.column === beside.column + beside.width)) pair(cell, [beside])
      else if (isLabel(cell) && own.length === 1 && isAlone(grid, below(cell))) pair(cell, [below(cell)!])
      else if (isLabel(cell) && !beside && isRoomBeside(grid, cell)) pair(cell, [])
      else read.notes.push(...notesIn(cell.text))
    }
  }
  return read
}

const nameOf = (cell: GridCell) => fieldsNamed(labelText(cell.text))[0]
const isLabel = (cell: GridCell): boolean => cell.text.length <= longestLabel && (nameOf(cell)?.certainty ?? 0) >= leastCertainty
const isValue = (cell: GridCell | undefined): cell is GridCell => cell !== undefined && !isLabel(cell)
/** Whatever stands before something else and is no sentence. */
const mayBeLabel = (cell: GridCell): boolean => isLabel(cell) || (cell.text.length <= 20 && !/[，。；;!?！？□☐☑☒]|\d{4}/u.test(cell.text))

/** A text that has its row for itself, below a label that has the one above. */
const isAlone = (grid: Laid, cell: GridCell | undefined): boolean =>
  isValue(cell) && grid.row(cell.row).filter(({ text }) => saysSomething(text)).length === 1

const isRoomBeside = (grid: Laid, cell: GridCell): boolean => cell.column + cell.width < grid.width

/** A label that goes down over several rows has its text in each of them. */
function continues(grid: Laid, row: number, own: readonly GridCell[], byCell: ReadonlyMap<GridCell, Pair>): boolean {
  const first = own[0]!
  const left = first.column === 0 ? undefined : grid.at(row, first.column - 1)
  const label = left && left.row < row ? byCell.get(left) : undefined
  if (label === undefined || own.some(isLabel)) return false
  label.text = [label.text, own.map(({ text }) => text).join('，')].filter((text) => text !== '').join('\n')
  return true
}
