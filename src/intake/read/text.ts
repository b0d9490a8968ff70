import { parseCsv } from 'hucre/csv'
import { asWritten } from '../../imports/read/formula.ts'
import type { Grid, GridCell } from '../grid.ts'

/** The encodings in which tables arrive: by their mark, by what every second byte is, else whichever of the others can be read. */
export function decodeText(bytes: Uint8Array): { text: string; encoding: string } | undefined {
  const marked = marks.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte))
  const candidates = marked ? [marked.encoding] : (wideEncoding(bytes) ?? ['utf-8', 'gb18030'])
  for (const encoding of candidates) {
    const text = decoded(bytes, encoding)
    if (text !== undefined && !text.includes('\0')) return { text, encoding }
  }
  return undefined
}

const marks = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
]

/** In UTF-16 the marks between cells have a zero byte, before or behind; no other encoding has any. */
function wideEncoding(bytes: Uint8Array): string[] | undefined {
  const zeros = [0, 0]
  for (const [at, byte] of bytes.subarray(0, 2_000).entries()) if (byte === 0) zeros[at % 2]!++
  if (zeros[0] === 0 && zeros[1] === 0) return undefined
  return zeros[1]! > zeros[0]! ? ['utf-16le'] : ['utf-16be']
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/** A text as a grid; its rows are those that a spreadsheet shows. */
export function gridOfText(text: string): Grid {
  const records = parseCsv(text, { delimiter: delimiterOf(text), unescapeFormulae: true })
  const cells: GridCell[] = records.flatMap((record, row) =>
    record.flatMap((value, column) => {
      const written = asWritten(String(value ?? '')).trim()
      return written === '' ? [] : [{ row, column, height: 1, width: 1, text: written }]
    }),
  )
  return { kind: 'sheet', name: '', cells, hiddenRows: [], hiddenColumns: [] }
}

/** The mark that divides most of the first lines alike: a title above a table has none, a sentence in a cell many. */
function delimiterOf(text: string): string {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '')
  const scores = [',', '\t', ';', '；', '|'].map((delimiter) => {
    const counts = lines.slice(0, 30).map((line) => line.replaceAll(/"[^"]*"/g, '').split(delimiter).length - 1)
    const usual = counts.toSorted((a, b) => b - a)[Math.floor(counts.length / 4)] ?? 0
    return { delimiter, score: usual * counts.filter((count) => count === usual).length }
  })
  return scores.reduce((best, each) => (each.score > best.score ? each : best)).delimiter
}
