import type { Actor } from '../accounts/actor.ts'
import { permit } from '../accounts/permissions.ts'
import type { StoredNoun } from '../platform/database/listings.ts'
import type { ImportKind } from '../platform/database/tables.ts'
import { dayOf } from '../platform/days.ts'
import type { Locale } from '../platform/i18n/words.ts'
import type { Ports } from '../platform/ports.ts'
import type { ImportBatch } from './batch.ts'
import { loadBatch } from './load.ts'
import { importables } from './nouns.ts'
import { sha256 } from './origins.ts'
import { readTable } from './read/table.ts'
import { readersOf } from './readers.ts'
import { checkRows, type LineFault } from './rows.ts'
import { type ImportPorts, resumable } from './steps.ts'
import { fixOf } from './words.ts'
import { formats, type Noun, writtenRows } from './written.ts'

/** A fault of a row: where, what stood there, which rule it breaks (a stable code), and what to do, for people. */
export interface ImportError {
  line: number
  column: string
  value: string
  rule: string
  fix: string
}

/** Something that was repaired, passed over or looks wrong; `line` is the first of `count`. */
export interface ImportWarning extends ImportError {
  count: number
}

export interface ImportOutcome {
  /** Null when nothing was written: a dry run, a wrong row, or no valid one. */
  batch: ImportBatch | null
  counts: { read: number; valid: number; wrong: number; written: number }
  errors: ImportError[]
  warnings: ImportWarning[]
}

export interface ImportOptions {
  kind: ImportKind
  fileName: string
  bytes: Uint8Array<ArrayBuffer>
  /** Names where the rows come from: `砺州市科技局`. It begins the origin ids of rows that name no source. */
  source: string
  /** Of a workbook; null or left out for the first. */
  sheet?: string | null
  dryRun?: boolean
  /** Writes the rows that are right where others are wrong. */
  validOnly?: boolean
  /** Publishes listings: the operator who imports answers for the three checks. */
  publish?: boolean
  locale: Locale
  progress?: (done: number, total: number) => void
}

/**
 * Imports a file: every row is checked first, and nothing is written if one is wrong, unless only the valid ones are asked for. The
 * same file again resumes an interrupted import. 403, 409 for a file that was imported, 413, 415, 422 for one that cannot be read.
 */
export async function importFile(
  ports: ImportPorts & Pick<Ports, 'timeZone'>,
  actor: Actor,
  options: ImportOptions,
): Promise<ImportOutcome> {
  permit(actor, 'import.run')
  const { kind, source, locale, publish = false, progress } = options
  const fileSha256 = await shaOf(options)
  const begun = await resumable(ports.database, kind, fileSha256)
  const table = await readTable(options.bytes, options.fileName, { sheet: options.sheet ?? null })
  // A resumed import checks against the day on which it began: its rows were right then.
  const today = dayOf(begun?.createdAt ?? ports.now(), ports.timeZone)
  const { valid, faults, doubts } = await checkRows(ports.database, table, { kind, source, today, locale, batchId: begun?.id ?? null })
  const explained = ({ line, column, value, rule, facts }: LineFault) => ({ line, column, value, rule, fix: fixOf(rule, facts, locale) })
  const repairs = table.warnings.map((warning) => ({ ...warning, value: '', fix: fixOf(warning.rule, {}, locale) }))
  const outcome: ImportOutcome = {
    batch: null,
    counts: { read: table.rows.length, valid: valid.length, wrong: table.rows.length - valid.length, written: 0 },
    errors: faults.map(explained),
    warnings: [...repairs, ...doubts.map((doubt) => ({ ...explained(doubt), count: 1 }))],
  }
  if (options.dryRun || valid.length === 0 || (faults.length > 0 && !options.validOnly)) return outcome
  const now = ports.now()
  const nouns = valid.map(({ id, originId, draft, index }): StoredNoun => {
    const whole = importables[kind].complete(draft, { actor, now, publish, index })
    return { ...whole, id, originId, version: 1, createdAt: now, updatedAt: now }
  })
  const load = { kind, name: options.fileName, fileSha256, sections: [{ kind, nouns }], ...(progress && { progress }) }
  const { batch, written } = await loadBatch(ports, actor, load)
  return { ...outcome, batch, counts: { ...outcome.counts, written } }
}

/**
 * Everything of a kind that this actor may read whole, as a file that `importFile` takes: jsonl without loss, csv for spreadsheets.
 * References are origin ids, so that they hold in another market.
 */
export async function* exportFile(
  ports: Ports,
  actor: Actor,
  { kind, format }: { kind: ImportKind; format: 'jsonl' | 'csv' },
): AsyncGenerator<string> {
  const { head, line } = formats[format](kind)
  if (head !== '') yield head
  for await (const page of readersOf[kind](ports, actor)) {
    const rows = await writtenRows(ports.database, kind, page as Noun[])
    if (rows.length > 0) yield rows.map(line).join('')
  }
}

/** Each sheet of a workbook is a file of its own. */
async function shaOf({ bytes, sheet = null }: ImportOptions): Promise<string> {
  if (sheet === null) return sha256(bytes)
  return sha256(new TextEncoder().encode(`${await sha256(bytes)} ${sheet}`))
}
