import type { Database } from '../platform/database/database.ts'
import type { ImportKind } from '../platform/database/tables.ts'
import { idFromOrigin, kindOfId } from '../platform/ids.ts'
import { originOf, ownIdIn } from './origins.ts'
import type { Json } from './read/row.ts'
import { rowsOf } from './tables.ts'

/** A member that names another object: by id, or as @ and its origin id. */
export interface Reference {
  /** As a JSON pointer has it. */
  path: string[]
  text: string
  kinds: readonly ImportKind[]
}

/** Finds what references name: the id, or undefined for what is not there. */
export type Resolver = (reference: Pick<Reference, 'text' | 'kinds'>) => string | undefined

/** The references in a draft; `*` in a pattern is each item of a list. */
export function referencesIn(draft: Json, patterns: readonly { path: readonly string[]; kinds: readonly ImportKind[] }[]): Reference[] {
  return patterns.flatMap(({ path, kinds }) => valuesAt(draft, path, []).map((found) => ({ ...found, kinds })))
}

/** Asks the database once for all of them. `inFile` are the ids of the same file's rows by origin id. */
export async function resolverFor(
  database: Database,
  references: readonly Reference[],
  source: string,
  inFile: ReadonlyMap<string, string>,
): Promise<Resolver> {
  const wanted = new Map(references.map((reference) => [keyOf(reference), reference]))
  const candidates = new Map<string, string[]>()
  for (const [key, reference] of wanted) candidates.set(key, await candidateIds(reference, source))
  const present = new Set(inFile.values())
  const asked = [...new Set([...candidates.values()].flat())]
  for (const [kind, ids] of Map.groupBy(asked, kindOfId)) {
    if (kind === undefined || !(kind in rowsOf)) continue
    for (const { id } of await rowsOf[kind as ImportKind].findMany(database, ids)) present.add(id)
  }
  const resolved = new Map<string, string | undefined>()
  for (const [key, reference] of wanted) {
    const known = candidates.get(key)!.find((id) => present.has(id))
    resolved.set(key, known ?? (await byOrigin(database, reference, source)))
  }
  return (reference) => resolved.get(keyOf(reference))
}

/** An imported row has the id of its origin; so most origin ids need no search. */
async function candidateIds({ text, kinds }: Reference, source: string): Promise<string[]> {
  const allowed = (id: string | undefined): id is string =>
    id !== undefined && (kinds as readonly (string | undefined)[]).includes(kindOfId(id))
  if (!text.startsWith('@')) return [text].filter(allowed)
  const originId = originOf(text.slice(1), source)
  return [...(await Promise.all(kinds.map((kind) => idFromOrigin(kind, originId)))), ownIdIn(originId)].filter(allowed)
}

async function byOrigin(database: Database, { text, kinds }: Reference, source: string): Promise<string | undefined> {
  if (!text.startsWith('@')) return undefined
  for (const kind of kinds) {
    const found = await rowsOf[kind].findByOrigin(database, originOf(text.slice(1), source))
    if (found) return found.id
  }
  return undefined
}

function keyOf({ text, kinds }: Pick<Reference, 'text' | 'kinds'>): string {
  return `${kinds.join(' ')} ${text}`
}

function valuesAt(value: Json | undefined, [name, ...rest]: readonly string[], path: string[]): { path: string[]; text: string }[] {
  if (name === undefined) return typeof value === 'string' ? [{ path, text: value }] : []
  if (typeof value !== 'object' || value === null) return []
  if (name === '*') return Object.entries(value).flatMap(([key, item]) => valuesAt(item, rest, [...path, key]))
  return valuesAt((value as Record<string, Json>)[name], rest, [...path, name])
}
