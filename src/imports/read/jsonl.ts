import { type Json, type RawTable, shown, type TableRow } from './row.ts'

/** One object a line; a line that is none is reported under its number, and the others are read on. */
export function readJsonl(text: string): RawTable {
  const rows = text.split(/\r\n|\n|\r/).flatMap((line, at) => (line.trim() === '' ? [] : [readLine(line, at + 1)]))
  return { rows, warnings: [] }
}

function readLine(text: string, line: number): TableRow {
  const value = parsed(text)
  // Without a prototype, which a member could be called after.
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return { line, values: Object.assign(Object.create(null), value), faults: [] }
  return { line, values: {}, faults: [{ column: '', value: shown(text), rule: value === undefined ? 'malformed-json' : 'not-an-object' }] }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
