import { Problem } from '../../platform/problem.ts'
import { readCsv } from './csv.ts'
import { decode, isZip } from './encoding.ts'
import { type Cleaned, clean } from './hygiene.ts'
import { readJsonl } from './jsonl.ts'
import { type Json, maxRows, type RawTable, type ReadWarning, shown, type TableRow } from './row.ts'
import { readXlsx } from './xlsx.ts'

export interface Table {
  format: 'jsonl' | 'csv' | 'xlsx'
  encoding: string
  rows: TableRow[]
  warnings: ReadWarning[]
}

export const maxBytes = 20_000_000

/** The rows of a jsonl, csv or xlsx file, cleaned. 413 when it is too large, 415 for another format, 422 where nothing can be read. */
export async function readTable(bytes: Uint8Array, fileName: string, options: { sheet?: string | null } = {}): Promise<Table> {
  if (bytes.length > maxBytes) throw new Problem('too-large', { bytes: bytes.length, limit: maxBytes })
  const format = formatOf(bytes, fileName)
  const { text, encoding } = format === 'xlsx' ? { text: '', encoding: 'utf-8' } : decode(bytes)
  const { rows, warnings } = await readers[format](text, bytes, options.sheet ?? null)
  if (rows.length === 0) throw new Problem('invalid-input', { errors: [{ pointer: '/file', code: 'no-rows' }] })
  if (rows.length > maxRows) throw new Problem('too-large', { rows: rows.length, limit: maxRows })
  const converted = encoding === 'utf-8' ? [] : [{ rule: 'converted', column: encoding, line: 1, count: 1 }]
  return { format, encoding, rows, warnings: [...converted, ...warnings, ...cleanRows(rows)] }
}

const readers: Record<Table['format'], (text: string, bytes: Uint8Array, sheet: string | null) => RawTable | Promise<RawTable>> = {
  jsonl: readJsonl,
  csv: readCsv,
  xlsx: (_, bytes, sheet) => readXlsx(bytes, sheet),
}

const extensions: Record<string, Table['format']> = {
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  xlsx: 'xlsx',
  xlsm: 'xlsx',
}

/** By content where the content says so: people rename workbooks to .csv. */
function formatOf(bytes: Uint8Array, fileName: string): Table['format'] {
  const format = extensions[fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase()]
  if (format === undefined) throw new Problem('unsupported-media-type', { accepted: '.jsonl, .csv, .xlsx' })
  return isZip(bytes) ? 'xlsx' : format
}

/** Cleans every text in place; says what was repaired, once for each column. */
function cleanRows(rows: TableRow[]): ReadWarning[] {
  const warnings = new Map<string, ReadWarning>()
  for (const row of rows) {
    for (const [column, value] of Object.entries(row.values)) {
      const cleaned = cleanDeep(value)
      row.values[column] = cleaned.value
      if (!cleaned.isStorable) row.faults.push({ column, value: shown(value), rule: 'unstorable-text' })
      for (const rule of cleaned.repairs) {
        const key = `${rule} ${column}`
        const warning = warnings.get(key)
        if (warning) warning.count++
        else warnings.set(key, { rule, column, line: row.line, count: 1 })
      }
    }
  }
  return [...warnings.values()]
}

function cleanDeep(value: Json): { value: Json } & Omit<Cleaned, 'text'> {
  if (typeof value === 'string') {
    const { text, ...rest } = clean(value)
    return { value: text, ...rest }
  }
  if (typeof value !== 'object' || value === null) return { value, repairs: [], isStorable: true }
  const members = Object.entries(value).map(([name, member]) => ({ name, ...cleanDeep(member) }))
  return {
    value: Array.isArray(value)
      ? members.map((member) => member.value)
      : Object.fromEntries(members.map((member) => [member.name, member.value])),
    repairs: [...new Set(members.flatMap(({ repairs }) => repairs))],
    isStorable: members.every(({ isStorable }) => isStorable),
  }
}
