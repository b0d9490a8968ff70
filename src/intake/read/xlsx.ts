import { type CellValue, readXlsx, type Sheet } from 'hucre/xlsx'
import { Problem } from '../../platform/problem.ts'
import type { Grid, GridCell } from '../grid.ts'

/** Far more than a park collects in a year. */
const rowsAtMost = 3_000
const lastColumn = 'CV'
const cellsAtMost = 60_000
/** What merged cells cover in a sheet, counted as often as they lie over each other. */
const areaAtMost = 400_000
const sheetsAtMost = 20

/** Every sheet of a workbook that is not hidden. 413, 422. */
export async function gridsOfWorkbook(bytes: Uint8Array<ArrayBuffer>): Promise<Grid[]> {
  let shown = 0
  const { sheets } = await opened(() =>
    readXlsx(bytes, {
      sheets: ({ hidden = false, veryHidden = false }) => !hidden && !veryHidden && shown++ < sheetsAtMost,
      maxRows: rowsAtMost + 1,
      range: `A1:${lastColumn}${rowsAtMost + 1}`,
    }),
  )
  if (shown > sheetsAtMost) throw new Problem('too-large', { sheets: shown, limit: sheetsAtMost })
  const grids = sheets.map(gridOf)
  const cells = grids.reduce((sum, grid) => sum + grid.cells.length, 0)
  if (cells > cellsAtMost) throw new Problem('too-large', { cells, limit: cellsAtMost })
  return grids
}

async function opened<Read>(read: () => Promise<Read>): Promise<Read> {
  try {
    return await read()
  } catch (error) {
    // Whatever the parser stumbles over is in the file.
    throw new Problem('invalid-input', { errors: [{ pointer: '/file', code: 'unreadable-file' }] }, { cause: error })
  }
}

function gridOf({ name, rows, merges = [], columns = [], rowDefs }: Sheet): Grid {
  if (rows.length > rowsAtMost) throw new Problem('too-large', { rows: rows.length, limit: rowsAtMost })
  const width = Math.max(0, ...rows.map((row) => row.length))
  const spans = new Map(merges.map((merge) => [`${merge.startRow},${merge.startCol}`, merge]))
  const cells: GridCell[] = []
  for (const [row, values] of rows.entries())
    for (const [column, value] of values.entries()) {
      const text = textOf(value).trim()
      if (text === '') continue
      const span = spans.get(`${row},${column}`)
      // A merged cell may reach far beyond the rows and columns that there are.
      const height = span ? Math.min(span.endRow, rows.length - 1) - row + 1 : 1
      cells.push({ row, column, height, width: span ? Math.min(span.endCol, width - 1) - column + 1 : 1, text })
    }
  const area = cells.reduce((sum, cell) => sum + cell.height * cell.width, 0)
  if (area > areaAtMost) throw new Problem('too-large', { cells: area, limit: areaAtMost })
  return {
    kind: 'sheet',
    name,
    cells,
    hiddenRows: [...(rowDefs ?? [])].flatMap(([row, { hidden }]) => (hidden ? [row] : [])),
    hiddenColumns: columns.flatMap(({ hidden }, column) => (hidden ? [column] : [])),
  }
}

/** Excel keeps 15 digits: what it adds behind them is noise. A date has no time zone. */
function textOf(value: CellValue): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
  if (typeof value === 'number') return String(Number(value.toPrecision(15)))
  return value === null || value === undefined ? '' : String(value)
}
