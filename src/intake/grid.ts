import { z } from '../platform/schema.ts'

/** A cell with something in it. One that was merged covers more than its own place. */
export const GridCell = z.strictObject({
  row: z.number().int(),
  column: z.number().int(),
  height: z.number().int(),
  width: z.number().int(),
  text: z.string(),
})
export type GridCell = z.infer<typeof GridCell>

/** A sheet, a table of a document, or the paragraphs between two tables (one a row). Rows and columns count from 0. */
export const Grid = z.strictObject({
  kind: z.enum(['sheet', 'table', 'text']),
  name: z.string(),
  /** Those that are not empty, in the order in which they are read. */
  cells: z.array(GridCell),
  hiddenRows: z.array(z.number().int()),
  hiddenColumns: z.array(z.number().int()),
})
export type Grid = z.infer<typeof Grid>

/** What arrived, as rectangles of texts. */
export const Source = z.strictObject({ format: z.enum(['xlsx', 'csv', 'docx']), encoding: z.string(), grids: z.array(Grid) })
export type Source = z.infer<typeof Source>

/** A grid in which the cell at a place is found, whichever part of a merged one that is. */
export interface Laid {
  grid: Grid
  height: number
  width: number
  at(row: number, column: number): GridCell | undefined
  /** The cells of a row, each once. */
  row(row: number): GridCell[]
}

export function laid(grid: Grid): Laid {
  const places = new Map<string, GridCell>()
  let [height, width] = [0, 0]
  for (const cell of grid.cells) {
    height = Math.max(height, cell.row + cell.height)
    width = Math.max(width, cell.column + cell.width)
    for (let row = cell.row; row < cell.row + cell.height; row++)
      for (let column = cell.column; column < cell.column + cell.width; column++) {
        const place = `${row},${column}`
        // Of two that lie over each other the first counts.
        if (!places.has(place)) places.set(place, cell)
      }
  }
  const at = (row: number, column: number) => places.get(`${row},${column}`)
  const row = (index: number) => [...new Set(Array.from({ length: width }, (_, column) => at(index, column) ?? []).flat())]
  return { grid, height, width, at, row }
}

/** One line, without the gaps that stand for layout. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
