import type { Database } from '../platform/database/database.ts'
import type { ImportKind } from '../platform/database/tables.ts'
import type { Locale } from '../platform/i18n/words.ts'
import { idFromOrigin } from '../platform/ids.ts'
import { type RowFault, readCells } from './drafting.ts'
import { type Candidate, refuseDependents, refuseDuplicates, refuseErased } from './duplicates.ts'
import { targetOf } from './headers.ts'
import { importables } from './nouns.ts'
import { originOf, originOfContent } from './origins.ts'
import { parseRow } from './parsing.ts'
import type { Table } from './read/table.ts'
import { referencesIn, resolverFor } from './references.ts'

export interface Checking {
  kind: ImportKind
  /** Begins the origin ids of rows that name none. */
  source: string
  /** The market's day. */
  today: string
  /** How columns are called that the file does not have. */
  locale: Locale
  /** The import that is resumed: its own rows are no duplicates. */
  batchId: string | null
}

export type LineFault = RowFault & { line: number }

export interface CheckedRows {
  /** What may be written, in the order of the file. */
  valid: { id: string; originId: string; draft: object; index: number }[]
  faults: LineFault[]
  /** What looks wrong and stops nothing. */
  doubts: LineFault[]
}

/** Checks every row of a table against the noun's schema, its rules, the other rows and the database. */
export async function checkRows(database: Database, table: Table, checking: Checking): Promise<CheckedRows> {
  const { kind, source } = checking
  const isStrict = table.format === 'jsonl'
  const rows = table.rows.map((row) => readCells(kind, row, isStrict))
  const named = rows.flatMap(({ origin }) => (origin === null ? [] : originOf(origin, source)))
  const inFile = new Map(await Promise.all(named.map(async (originId) => [originId, await idFromOrigin(kind, originId)] as const)))
  const references = rows.map(({ draft }) => referencesIn(draft, importables[kind].references))
  const resolve = await resolverFor(database, references.flat(), source, inFile)
  const doubts = unknownColumns(kind, table)
  const candidates: Candidate[] = []
  for (const [at, row] of rows.entries()) {
    const parsed = parseRow(row, references[at]!, resolve, { ...checking, labels: isStrict ? null : checking.locale })
    const originId =
      row.origin !== null
        ? originOf(row.origin, source)
        : parsed.draft
          ? await originOfContent(parsed.draft, source)
          : `${source}/line ${row.line}`
    doubts.push(...parsed.doubts.map((doubt) => ({ line: row.line, ...doubt })))
    candidates.push({
      row,
      references: references[at]!,
      draft: parsed.draft,
      faults: parsed.faults,
      originId,
      id: inFile.get(originId) ?? (await idFromOrigin(kind, originId)),
    })
  }
  await refuseDuplicates(database, kind, candidates, checking.batchId)
  await refuseErased(database, candidates)
  refuseDependents(candidates, resolve)
  return {
    valid: candidates.flatMap(({ draft, id, originId }, at) => (draft === null ? [] : [{ id, originId, draft, index: at + 1 }])),
    faults: candidates.flatMap(({ row, faults }) => faults.map((fault) => ({ line: row.line, ...fault }))),
    doubts,
  }
}

/** Columns of a flat file that no field answers to: they are passed over. In jsonl such a member is a fault of its row. */
function unknownColumns(kind: ImportKind, table: Table): LineFault[] {
  if (table.format === 'jsonl') return []
  const first = new Map<string, number>()
  for (const { line, values } of table.rows) for (const column of Object.keys(values)) if (!first.has(column)) first.set(column, line)
  const unknown = [...first].filter(([column]) => targetOf(kind, column) === undefined)
  return unknown.map(([column, line]) => ({ line, column, value: '', rule: 'unknown-column', facts: {} }))
}
