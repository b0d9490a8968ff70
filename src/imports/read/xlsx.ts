import { type CellValue, readXlsx as readWorkbook, type Sheet } from 'hucre/xlsx'
import { Problem } from '../../platform/problem.ts'
import { rowsUnder } from './grid.ts'
import { maxRows, type RawTable } from './row.ts'
import { refuseBomb } from './zip.ts'

/** Empty lines included; beyond, a sheet is not read. */
const linesAtMost = 10 * maxRows
/** Empty cells included: one cell to the right makes a line as wide. */
const cellsAtMost = 200 * maxRows
/** Nobody writes that far to the right; what is set there, such as a style, is not read. */
const lastColumn = 'IV'

/** A sheet of a workbook: the named one, else the first that is not hidden. 422 with the sheets there are for a wrong name. */
export async function readXlsx(bytes: Uint8Array, sheet: string | null): Promise<RawTable> {
  refuseBomb(bytes)
  const seen: { name: string; hidden: boolean }[] = []
  const wanted = ({ name, hidden = false, veryHidden = false }: { name: string; hidden?: boolean; veryHidden?: boolean }) => {
    const isFirst = !hidden && !veryHidden && seen.every((other) => other.hidden)
    seen.push({ name, hidden: hidden || veryHidden })
    return sheet === null ? isFirst : name === sheet
  }
  const found = await opened(() => readWorkbook(bytes, { sheets: wanted, maxRows: linesAtMost, range: `A1:${lastColumn}${linesAtMost}` }))
  if (found === undefined) {
    const facts = { sheet: sheet ?? '', sheets: seen.map(({ name }) => name).join('、') }
    throw new Problem('invalid-input', { errors: [{ pointer: '/sheet', code: 'unknown-sheet', facts }] })
  }
  if (found.rows.length >= linesAtMost) throw new Problem('too-large', { rows: found.rows.length, limit: maxRows })
  const cells = found.rows.reduce((sum, row) => sum + row.length, 0)
  if (cells > cellsAtMost) throw new Problem('too-large', { cells, limit: cellsAtMost })
  carryDown(found)
  return rowsUnder(found.rows.map((cells, at) => ({ line: at + 1, cells: cells.map(textOf) })))
}

async function opened(read: () => Promise<{ sheets: Sheet[] }>): Promise<Sheet | undefined> {
  try {
    return (await read()).sheets[0]
  } catch (error) {
    // Whatever the parser stumbles over is in the file: damaged, encrypted, or no workbook.
    throw new Problem('invalid-input', { errors: [{ pointer: '/file', code: 'unreadable-file' }] }, { cause: error })
  }
}

/** A merged cell means its value for each of its rows. Merged cells may reach far beyond the rows there are, and over each other. */
function carryDown({ rows, merges = [] }: Sheet): void {
  let carried = 0
  for (const { startRow, startCol, endRow } of merges) {
    const value = rows[startRow]?.[startCol] ?? null
    const last = Math.min(endRow, rows.length - 1)
    carried += Math.max(0, last - startRow)
    if (carried > cellsAtMost) throw new Problem('too-large', { cells: carried, limit: cellsAtMost })
    for (let at = startRow + 1; at <= last; at++) if (rows[at]) rows[at]![startCol] = value
  }
}

/** Excel keeps 15 digits: what it adds behind them is noise. A date has no time zone. */
function textOf(value: CellValue): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
  if (typeof value === 'number') return String(Number(value.toPrecision(15)))
  return value === null || value === undefined ? '' : String(value)
}
