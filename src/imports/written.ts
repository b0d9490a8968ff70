import { writeCsv } from 'hucre/csv'
import type { Code } from '../platform/codes/codes.ts'
import type { Database } from '../platform/database/database.ts'
import type { StoredNoun } from '../platform/database/listings.ts'
import type { ImportKind } from '../platform/database/tables.ts'
import { kindOfId } from '../platform/ids.ts'
import { compactCode } from './cells/codes.ts'
import { money } from './cells/plain.ts'
import { type Column, columns, originColumn } from './columns.ts'
import { originMember } from './headers.ts'
import { importables } from './nouns.ts'
import { exportedOrigin } from './origins.ts'
import { setAt } from './paths.ts'
import { asText } from './read/formula.ts'
import type { Json } from './read/row.ts'
import { referencesIn } from './references.ts'
import { rowsOf } from './tables.ts'

export type Written = { [name: string]: Json }

/** What every reading of a noun has. */
export type Noun = Written & StoredNoun

/** How rows are written; jsonl loses nothing. */
export const formats: Record<'jsonl' | 'csv', (kind: ImportKind) => { head: string; line(written: Written): string }> = {
  jsonl: () => ({ head: '', line: (written) => `${JSON.stringify(compacted(written))}\n` }),
  csv: (kind) => {
    const all: [string, Column][] = [[originMember, originColumn], ...Object.entries<Column>(columns[kind])]
    const header = all.map(([, { cell, zh }]) => (cell === money ? `${zh[0]}（元）` : zh[0]))
    return {
      head: `${writeCsv([header], { bom: true })}\r\n`,
      line: (written) =>
        `${writeCsv([all.map(([name, { cell }]) => asText(cell.write(written[name] ?? null)))], { escapeFormulae: true })}\r\n`,
    }
  },
}

/** The members that an import takes, with origin ids in the place of ids. */
export async function writtenRows(database: Database, kind: ImportKind, nouns: readonly Noun[]): Promise<Written[]> {
  const { schema, references, written } = importables[kind]
  const names = Object.keys(schema.shape)
  const rows = nouns.map((noun): Written => {
    // A copy: what others read is not written into.
    const members = structuredClone(written(noun)) as Written
    return { [originMember]: exportedOrigin(noun), ...Object.fromEntries(names.map((name) => [name, members[name] ?? null])) }
  })
  const found = rows.flatMap((row) => referencesIn(row, references).map((reference) => ({ row, ...reference })))
  const origins = await originsOf(database, [...new Set(found.map(({ text }) => text))])
  for (const { row, path, text } of found) setAt(row, path, `@${origins.get(text) ?? text}`)
  return rows
}

async function originsOf(database: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const origins = new Map<string, string>()
  for (const [kind, own] of Map.groupBy(ids, kindOfId)) {
    // References lead to listings only.
    for (const noun of await rowsOf[kind as ImportKind].findMany(database, own)) origins.set(noun.id, exportedOrigin(noun))
  }
  return origins
}

/** With codes as `scheme:code`. */
function compacted(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(compacted)
  if ('scheme' in value && 'edition' in value && 'code' in value) return compactCode(value as Code)
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, compacted(member)]))
}
