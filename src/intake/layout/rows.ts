import { fieldsNamed, type IntakeField } from '../fields.ts'
import { type GridCell, type Laid, oneLine } from '../grid.ts'
import type { Header } from './header.ts'
import { leafOf, shownLabel } from './labels.ts'

/** What stands in a line of a table under one label. */
export interface Said {
  field: IntakeField | null
  /** As a note names it. */
  label: string
  text: string
}

/** A line of a table with something in it. */
export interface Row {
  /** From 1. */
  line: number
  said: Said[]
  isHidden: boolean
}

/** The lines of a table below its header, and what stands around them. */
export function rowsUnder(laid: Laid, header: Header, fields: readonly (IntakeField | null)[]): { rows: Row[]; notes: string[] } {
  const columns = shownColumns(laid, header, fields)
  const hidden = new Set(laid.grid.hiddenRows)
  const notes = textsOf(laid, 0, header.from)
  const rows: Row[] = []
  for (let row = header.to; row < laid.height; row++) {
    const cells = laid.row(row)
    if (cells.length === 0 || isHeaderAgain(laid, header, row)) continue
    const said = columns.flatMap(({ column, field, label }): Said[] => {
      const cell = laid.at(row, column)
      // What lies over several columns is said once.
      const isOther = cell !== undefined && columns.some((other) => other.column < column && laid.at(row, other.column) === cell)
      return cell === undefined || isOther ? [] : [{ field, label, text: cell.text }]
    })
    const own = cells.filter((cell) => cell.row === row)
    if (own.length === 0 || isAside(said, own)) notes.push(...own.map(({ text }) => oneLine(text)))
    else rows.push({ line: row + 1, said, isHidden: hidden.has(row) })
  }
  return { rows, notes: notes.filter((text) => text !== '') }
}

/** Hidden columns hold what is nobody else's affair, unless they are plainly a part of the form. */
function shownColumns(laid: Laid, { columns }: Header, fields: readonly (IntakeField | null)[]) {
  const hidden = new Set(laid.grid.hiddenColumns)
  const isPlain = (label: string, field: IntakeField | null) =>
    field !== null && field !== 'note' && (fieldsNamed(leafOf(label))[0]?.certainty ?? 0) >= 0.9
  return columns.flatMap(({ column, label }, at) => {
    const field = fields[at] ?? null
    return hidden.has(column) && !isPlain(label, field) ? [] : [{ column, field, label: leafOf(label) }]
  })
}

/** A sum, a heading of a section, a remark: no line of the table. */
function isAside(said: readonly Said[], own: readonly GridCell[]): boolean {
  const filled = said.filter(({ text }) => text.trim() !== '')
  const [first] = filled
  if (first !== undefined && /^(?:合计|小计|总计|共计|total|subtotal)/i.test(oneLine(first.text))) return true
  const says = (...fields: IntakeField[]) => filled.some(({ field }) => field !== null && fields.includes(field))
  // A cell that lies over several columns is no field's.
  if (own.length === 1 && own[0]!.width > 1) return true
  if (says('title', 'problem', 'indicators')) return false
  return !says('enterprise') || filled.filter(({ field }) => field !== 'number').length < 2
}

function isHeaderAgain(laid: Laid, header: Header, row: number): boolean {
  for (let above = header.from; above < header.to; above++) {
    const [printed, again] = [laid.row(above), laid.row(row)].map((cells) => cells.map(({ text }) => shownLabel(text)).join('\n'))
    if (printed === again) return true
  }
  return false
}

/** The texts of some rows, each once. */
export function textsOf(laid: Laid, from: number, to: number): string[] {
  const cells = new Set<GridCell>()
  for (let row = from; row < to; row++) for (const cell of laid.row(row)) cells.add(cell)
  return [...cells].flatMap(({ text }) => oneLine(text) || [])
}
