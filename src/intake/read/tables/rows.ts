import type { GridCell, Laid } from '../../grid.ts'
import type { ColumnCorrection, ReadColumn } from '../../line.ts'
import { isEnterpriseName } from '../../values/names.ts'
import { type Assigned, assigned, type ColumnLabel, wholeLabel } from '../columns.ts'
import { type Entry, labelText, type Need, saysSomething } from '../entry.ts'
import { notesIn } from '../notes.ts'
import { type Header, ownCells } from './header.ts'

/** A table as it was understood. */
export interface TableReading {
  columns: ReadColumn[]
  notes: string[]
  needs: Need[]
}

interface Column extends Assigned {
  at: number
  label: string
  name: string
}

/** The lines of a table under its header; what else stands there are notes. */
export function readTable(grid: Laid, header: Header, corrections: readonly ColumnCorrection[]): TableReading {
  const columns = columnsOf(grid, header, corrections)
  const shown = new Map(columns.map((column) => [column.at, column]))
  const read: TableReading = { columns: columns.map((column) => readColumn(grid, header, column)), notes: [], needs: [] }
  const [hiddenRows, hiddenColumns] = [new Set(grid.grid.hiddenRows), new Set(grid.grid.hiddenColumns)]
  const note = (cells: readonly GridCell[]) => read.notes.push(...cells.flatMap(({ text }) => notesIn(text)))
  let section = ''
  let last: { need: Need; stated: ReadonlySet<GridCell> } | null = null
  for (let row = 0; row < grid.height; row++) {
    if (row >= header.from && row <= header.to) continue
    const own = ownCells(grid, row).filter(({ column }) => shown.has(column) || !hiddenColumns.has(column))
    if (own.length === 0) continue
    if (row < header.from) {
      if (!hiddenRows.has(row)) note(own)
      continue
    }
    const kind = kindOfRow(own, grid, shown, header)
    if (kind === 'line') {
      const cells = lineCells(grid, row, columns)
      const stated = new Set(cells.filter(({ column }) => ['title', 'problem'].includes(column.field ?? '')).map(({ cell }) => cell))
      const above = last?.stated
      // Where its problem goes on from the line above, a line only adds to that.
      if (last !== null && stated.size > 0 && [...stated].every((cell) => above?.has(cell))) {
        last.need.entries.push(...cells.filter(({ cell }) => cell.row === row).map(entryOf))
        continue
      }
      last = { need: { line: row + 1, entries: cells.map(entryOf), isHidden: hiddenRows.has(row), isForm: false, section }, stated }
      read.needs.push(last.need)
    } else if (kind !== 'nothing' && !hiddenRows.has(row)) {
      note(own)
      if (kind === 'section') section = own[0]!.text
    }
  }
  return read
}

/** Public in every register, and what a firm is known by: read where they are hidden, too. */
const readWhereHidden = new Set<string | null>(['enterprise', 'creditCode', 'region'])

/** The columns that are read: named ones, and others in which something stands. */
function columnsOf(grid: Laid, header: Header, corrections: readonly ColumnCorrection[]): Column[] {
  const hidden = new Set(grid.grid.hiddenColumns)
  const filled = new Set(grid.grid.cells.filter(({ row, text }) => row > header.to && saysSomething(text)).map(({ column }) => column))
  const places = Array.from({ length: grid.width }, (_, at) => at).filter(
    (at) => header.labels.has(at) || (filled.has(at) && !hidden.has(at)),
  )
  const labels = (some: readonly number[]) => some.map((at): ColumnLabel => header.labels.get(at) ?? { upper: null, own: '' })
  const guessed = assigned(labels(places), [])
  const read = places.filter((at, index) => !hidden.has(at) || readWhereHidden.has(guessed[index]!.field))
  return assigned(labels(read), corrections).map((each, index) => ({
    ...each,
    at: read[index]!,
    ...named(labels(read)[index]!),
  }))
}

const named = (label: ColumnLabel) => ({ label: wholeLabel(label), name: label.own === '' ? wholeLabel(label) : label.own })

const totals = /^(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|sub-?total|total)/i
const remarks = /^(?:注|备注|说明|填表|填报|制表|审核|审批|联系人|联系电话|单位负责人|负责人|签字|盖章|note|remark)[^：:]{0,12}[：:]/i
const headings = /^(?:第?[一二三四五六七八九十]{1,3}[、.．章节]|[（(][一二三四五六七八九十]{1,3}[)）])/

function kindOfRow(
  own: readonly GridCell[],
  grid: Laid,
  shown: ReadonlyMap<number, Column>,
  header: Header,
): 'line' | 'section' | 'note' | 'nothing' {
  const first = own[0]!
  const fieldOf = ({ column }: GridCell) => shown.get(column)?.field ?? null
  if (isHeaderAgain(own, header)) return 'nothing'
  if (own.every((cell) => fieldOf(cell) === 'number')) return /\p{Script=Han}{3}/u.test(first.text) ? sectionOrNote(first) : 'nothing'
  if (totals.test(first.text) && first.text.length <= 20) return 'note'
  const says = (...fields: string[]) => own.some((cell) => fields.includes(fieldOf(cell) ?? ''))
  if (remarks.test(first.text) && !own.some(({ text }) => isEnterpriseName(text))) return 'note'
  if (own.length > 1) return own.length > 2 && own.every(({ text }, at) => Number(text) === Number(first.text) + at) ? 'nothing' : 'line'
  const isWide = first.width > 2 && first.width >= (grid.width - 1) / 2
  if (isWide || (first.column === 0 && headings.test(first.text))) return sectionOrNote(first)
  if (says('title', 'problem', 'indicators')) return 'line'
  if (says('enterprise') && isEnterpriseName(first.text)) return 'line'
  // Something of a line whose other cells go down from above.
  return grid.row(first.row).length > 1 ? 'line' : sectionOrNote(first)
}

const sectionOrNote = ({ text }: GridCell): 'section' | 'note' => (headings.test(text) && text.length <= 30 ? 'section' : 'note')

/** The header prints once more on each page. */
function isHeaderAgain(own: readonly GridCell[], { labels }: Header): boolean {
  const same = own.filter(({ column, text }) => {
    const label = labels.get(column)
    return label !== undefined && [label.own, label.upper].includes(labelText(text))
  })
  return same.length >= Math.max(1, own.length * 0.8)
}

function lineCells(grid: Laid, row: number, columns: readonly Column[]): { cell: GridCell; column: Column }[] {
  const seen = new Set<GridCell>()
  return columns.flatMap((column) => {
    const cell = grid.at(row, column.at)
    if (cell === undefined || seen.has(cell) || !saysSomething(cell.text)) return []
    seen.add(cell)
    return [{ cell, column }]
  })
}

const entryOf = ({ cell, column }: { cell: GridCell; column: Column }): Entry => ({
  label: column.label,
  name: column.name,
  field: column.field,
  also: column.also,
  text: cell.text,
})

function readColumn(grid: Laid, header: Header, { label, field, certainty, at }: Column): ReadColumn {
  return { label, field, certainty, example: exampleOf(grid, header, at) }
}

function exampleOf(grid: Laid, header: Header, column: number): string {
  for (let row = header.to + 1; row < grid.height; row++) {
    const cell = grid.at(row, column)
    if (cell !== undefined && cell.width === 1 && saysSomething(cell.text) && !isHeaderAgain([cell], header))
      return cell.text.slice(0, 60).toWellFormed()
  }
  return ''
}
