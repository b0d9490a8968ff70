import { readFileSync } from 'node:fs'
import { type Code, codeIn, codesNamed, Scheme } from '../src/platform/codes/codes.ts'
import { addDays } from '../src/platform/days.ts'
import { idFromOrigin, type Kind } from '../src/platform/ids.ts'

/** A line of a seed file; `FORMAT.md` says what it may hold. */
export type Row = Record<string, unknown> & { key: string }

export function readRows(file: string): Row[] {
  return readFileSync(new URL(`data/${file}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

export const originOf = (key: string) => `demo/${key}`
export const idOf = (kind: Kind, key: string) => idFromOrigin(kind, originOf(key))

/** The id behind an optional reference. */
export async function referenceOf(kind: Kind, key: unknown): Promise<string | null> {
  return typeof key === 'string' ? idOf(kind, key) : null
}

/** `scheme:code` → code with its present edition. */
export function codeOf(short: string): Code {
  const [scheme = '', code = ''] = short.split(':')
  return codeIn(Scheme.parse(scheme), code)
}

export function classificationOf(row: Row): Code[] {
  return ((row.classification as string[] | undefined) ?? []).map(codeOf)
}

export function regionOf(row: Row): Code | null {
  return typeof row.region === 'string' ? codeIn('region', row.region) : null
}

/** The discipline's name in the pool → its codes; the pool joins some disciplines with a slash. */
export function disciplineOf(name: string): Code[] {
  return codesNamed('degree-catalogue', name)
}

export interface Clock {
  /** The day of seeding, and the instant. */
  day: string
  now: string
}

export function dayIn(clock: Clock, days: unknown): string | null {
  return typeof days === 'number' ? addDays(clock.day, days) : null
}

export function instantAgo(clock: Clock, days: unknown): string | null {
  return typeof days === 'number' ? new Date(Date.parse(clock.now) - days * 86_400_000).toISOString() : null
}

export function fenOf(yuan: unknown): number | null {
  return typeof yuan === 'number' ? Math.round(yuan * 100) : null
}

/** The row without what is only a seed's way of writing; the rest are fields of the noun. */
export function without(row: Row, ...names: string[]): Record<string, unknown> {
  const left: Record<string, unknown> = { ...row }
  for (const name of ['key', 'classification', 'region', ...names]) delete left[name]
  return left
}

/** What every stored noun has. */
export async function storedOf(kind: Kind, row: Row, clock: Clock, daysAgo: unknown = 200) {
  const at = instantAgo(clock, daysAgo) ?? clock.now
  return { id: await idOf(kind, row.key), originId: originOf(row.key), version: 1, createdAt: at, updatedAt: at }
}
