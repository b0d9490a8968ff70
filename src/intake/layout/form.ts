import { type GridCell, type Laid, oneLine } from '../grid.ts'
import { isLabel } from './labels.ts'

/** What a form says beside or below a label. */
export interface Pair {
  label: string
  text: string
}

/** The label may be one that we do not know. */
const longestLabel = 24

/** The labels of a form with what stands to the right of each, or below one that has a line to itself; and the cells that are neither. */
export function pairsIn(laid: Laid): { pairs: Pair[]; rest: string[] } {
  const pairs: Pair[] = []
  const rest: string[] = []
  const done = new Set<GridCell>()
  const hidden = new Set(laid.grid.hiddenRows)
  for (let row = 0; row < laid.height; row++) {
    if (hidden.has(row)) continue
    const cells = laid.row(row).filter((cell) => !done.has(cell) && !laid.grid.hiddenColumns.includes(cell.column))
    for (const cell of cells) done.add(cell)
    const below = laid.row(row + 1).filter((cell) => !done.has(cell))
    const [only] = cells
    const [next] = below
    if (cells.length === 1 && isLabel(only!.text) && below.length === 1 && !isLabel(next!.text) && next!.column <= only!.column) {
      pairs.push({ label: only!.text, text: next!.text })
      done.add(next!)
      continue
    }
    // A line of labels with a line of values below it.
    if (
      cells.length > 1 &&
      cells.length === below.length &&
      cells.every(({ text }) => isLabel(text)) &&
      !below.some(({ text }) => isLabel(text))
    ) {
      for (const [at, cell] of cells.entries()) pairs.push({ label: cell.text, text: below[at]!.text })
      for (const cell of below) done.add(cell)
      continue
    }
    for (let at = 0; at < cells.length; at++) {
      const cell = cells[at]!
      const value = cells[at + 1]
      const isBeside = value !== undefined && value.column === cell.column + cell.width
      if (isLabel(cell.text) || (isBeside && isShort(cell.text) && !isLabel(value.text))) {
        pairs.push({ label: cell.text, text: isBeside ? value.text : '' })
        if (isBeside) at++
      } else rest.push(...linesOf(cell.text))
    }
  }
  return { pairs, rest }
}

const isShort = (text: string) => oneLine(text).length <= longestLabel && !/[。；;]/.test(text)

/** Paragraphs of the form 企业名称：… , where a document has no table at all. */
export function pairsInText(lines: readonly string[]): { pairs: Pair[]; rest: string[] } {
  const pairs: Pair[] = []
  const rest: string[] = []
  for (const line of lines) {
    const [, label, text] = /^([^:：]{2,24})[:：]\s*(.*)$/s.exec(line) ?? []
    if (label !== undefined && isLabel(label)) pairs.push({ label, text: text! })
    // What goes on below a label belongs to it.
    else if (pairs.length > 0) pairs.at(-1)!.text += `\n${line}`
    else rest.push(line)
  }
  return { pairs, rest }
}

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map(oneLine)
    .filter((line) => line !== '')
