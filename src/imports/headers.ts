import type { ImportKind } from '../platform/database/tables.ts'
import type { Locale } from '../platform/i18n/words.ts'
import type { Cell } from './cells/cell.ts'
import { type Column, columns, originColumn } from './columns.ts'
import { type Shortcut, shortcuts } from './shortcuts.ts'

/** What a header of a file means: where the values of its column go, and the unit that it states. */
export interface Target {
  path: readonly string[]
  cell: Cell
  unit: string | null
}

/** The member of a row that holds its own id at its source; no field of any noun. */
export const originMember = 'originId'

/** The target of a header, or undefined for a column that no field answers to. */
export function targetOf(kind: ImportKind, header: string): Target | undefined {
  const known = targets[kind]
  const name = plain(header)
  const exact = known.get(name)
  // A field's own name says its unit: budgetMaxFen is in fen.
  if (exact) return { ...exact, unit: name.endsWith('fen') ? '分' : null }
  const [, unit] = /[（(]?(?:单位[:：])?(亿元|万元|元|分)[)）]?$/.exec(name) ?? []
  const bare = name.replace(/[（(][^（()）]*[)）]$/, '').replace(/(?:亿元|万元|元)$/, '')
  const found = known.get(bare)
  return found && { ...found, unit: unit ?? null }
}

/** How a member is called whose column is not in the file. */
export function labelOf(kind: ImportKind, path: readonly string[], locale: Locale): string {
  const part = Object.values(shortcuts[kind]).find((shortcut) => path.length > 1 && shortcut.path.join() === path.join())
  const column = part ?? (columns[kind] as Record<string, Column>)[path[0] ?? '']
  if (column === undefined) return path.join('.')
  return locale === 'en' ? column.en : column.zh[0]
}

type Known = Map<string, Omit<Target, 'unit'>>

const targets = Object.fromEntries(Object.keys(columns).map((kind) => [kind, known(kind as ImportKind)])) as Record<ImportKind, Known>

/** Own names win over labels, fields over shortcuts. */
function known(kind: ImportKind): Known {
  const parts: [string, Shortcut][] = Object.entries(shortcuts[kind])
  const fields = Object.entries<Column>(columns[kind]).map(([name, column]): [string, Shortcut] => [name, { ...column, path: [name] }])
  const all: [string, Shortcut][] = [...parts, ...fields, [originMember, { ...originColumn, path: [originMember] }]]
  const labels = all.flatMap(([, column]) => [column.en, ...column.zh].map((label) => [plain(label), column] as const))
  return new Map([...labels, ...all.map(([name, column]) => [plain(name), column] as const)])
}

/** Without space, marks of obligation and capitals. */
function plain(header: string): string {
  return header.replaceAll(/[\s*＊]/g, '').toLowerCase()
}
