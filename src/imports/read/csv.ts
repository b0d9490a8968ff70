import { parseCsv } from 'hucre/csv'
import { asWritten } from './formula.ts'
import { rowsUnder } from './grid.ts'
import type { RawTable } from './row.ts'

/** What is set after the text: read as a row of its own, it proves that no quotation mark is left open. */
const end = '\u0001end'

/** A table with a header row. Lines are counted as an editor counts them, across newlines in quotation marks. */
export function readCsv(text: string): RawTable {
  const records = parseCsv(`${text}\n${end}`, { delimiter: delimiterOf(text), unescapeFormulae: true }).map((cells) =>
    cells.map((cell) => asWritten(String(cell))),
  )
  const isClosed = records.at(-1)?.[0] === end
  let next = 1
  const lines = records.map((cells) => {
    const line = next
    next += 1 + cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
    return { line, cells }
  })
  const table = rowsUnder(isClosed ? lines.slice(0, -1) : lines)
  const last = table.rows.at(-1)
  if (!isClosed) last?.faults.push({ column: '', value: '', rule: 'open-quotation' })
  return table
}

/** The one that the first line has most of; the cells may be full of others. */
function delimiterOf(text: string): string {
  const [first = ''] = /^.*$/m.exec(text.trimStart()) ?? []
  const counted = [',', '\t', ';'].map((delimiter) => ({ delimiter, count: first.split(delimiter).length }))
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).delimiter
}
