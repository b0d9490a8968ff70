import { clean } from './hygiene.ts'
import type { RawTable, ReadWarning, TableRow } from './row.ts'

export interface GridLine {
  line: number
  cells: string[]
}

/** Rows of a grid whose first line with anything in it names the columns. Empty lines and empty cells are left out. */
export function rowsUnder(lines: readonly GridLine[]): RawTable {
  const filled = lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  const [header, ...body] = filled
  if (header === undefined) return { rows: [], warnings: [] }
  const names = header.cells.map((cell) => clean(cell).text.replace(/\s+/g, ' '))
  const seen = new Set<string>()
  const repeated = names.filter((name) => name !== '' && seen.size === seen.add(name).size)
  const warnings: ReadWarning[] = repeated.map((column) => ({ rule: 'repeated-column', column, line: header.line, count: 1 }))
  return { rows: body.map((line) => rowOf(line, names)), warnings }
}

/** Of two columns with one name the first counts. */
function rowOf({ line, cells }: GridLine, names: readonly string[]): TableRow {
  // Without a prototype, which a column could be called after.
  const row: TableRow = { line, values: Object.create(null), faults: [] }
  for (const [at, cell] of cells.entries()) {
    const name = names[at] ?? ''
    if (cell.trim() === '') continue
    // The first says it, however many there are.
    if (at >= names.length) row.faults[0] ??= { column: '', value: cell.slice(0, 200), rule: 'too-many-cells' }
    else if (name !== '') row.values[name] ??= cell
  }
  return row
}
