import type { Compilable } from 'kysely'
import { ConcurrentChange, type Database } from '../database/database.ts'
import type { StoredNoun } from '../database/listings.ts'
import type { Ports } from '../ports.ts'
import { Problem } from '../problem.ts'
import { type Entry, record, recordRevision } from './journal.ts'

/** The rows of one noun, as far as writing goes; see `listings`. */
export interface WritableRows<Noun> {
  find(database: Database, id: string): Promise<Noun | undefined>
  insert(database: Database, noun: Noun): Compilable[]
  update(database: Database, noun: Noun): Compilable[]
}

export interface Change {
  kind: Entry['kind']
  actorId: string
  facts?: Record<string, unknown>
}

/** The statements that keep a change's history: the journal entry, and the noun as it is now. */
export function chronicle(ports: Pick<Ports, 'database' | 'newId'>, noun: StoredNoun, change: Change): Compilable[] {
  const { kind, actorId, facts = {} } = change
  return recordRevision(ports, { subjectId: noun.id, subjectVersion: noun.version, kind, actorId, at: noun.updatedAt, facts }, noun)
}

/** Writes a new noun with its history; `alongside` takes further statements into the same commit. */
export async function commitNew<Noun extends StoredNoun>(
  ports: Ports,
  rows: WritableRows<Noun>,
  noun: Noun,
  change: Change,
  alongside: Compilable[] = [],
): Promise<Noun> {
  await ports.database.commit(...rows.insert(ports.database, noun), ...chronicle(ports, noun, change), ...alongside)
  return noun
}

/** Writes the next version of a noun; `alongside` takes further statements into the same commit. Throws `ConcurrentChange` to the slower of two racers. */
export async function commitNext<Noun extends StoredNoun>(
  ports: Ports,
  rows: WritableRows<Noun>,
  before: Noun,
  changes: Partial<Noun>,
  change: Change,
  alongside: Compilable[] = [],
): Promise<Noun> {
  const { next, statements } = nextOf(ports, rows, before, changes, change)
  await ports.database.commit(...statements, ...alongside)
  return next
}

/** The next version of a noun, and the statements that write it with its history. */
export function nextOf<Noun extends StoredNoun>(
  ports: Pick<Ports, 'database' | 'newId' | 'now'>,
  rows: Pick<WritableRows<Noun>, 'update'>,
  before: Noun,
  changes: Partial<Noun>,
  change: Change,
): { next: Noun; statements: Compilable[] } {
  const next: Noun = { ...before, ...changes, version: before.version + 1, updatedAt: ports.now() }
  const facts = { ...change.facts, fields: changedFields(before, changes) }
  return { next, statements: [...rows.update(ports.database, next), ...chronicle(ports, next, { ...change, facts })] }
}

/** A PATCH: refuses a version that differs, seen now or lost at commit (412); writes nothing where nothing changed. */
export async function amend<Noun extends StoredNoun>(
  ports: Ports,
  rows: WritableRows<Noun>,
  stored: Noun,
  version: number,
  changes: Partial<Noun>,
  change: Change,
  alongside: Compilable[] = [],
): Promise<Noun> {
  return atVersion(ports, rows, stored, version, async () =>
    changedFields(stored, changes).length === 0 ? stored : commitNext(ports, rows, stored, changes, change, alongside),
  )
}

/** A DELETE: refuses a version that differs, seen now or lost at commit (412). What the noun was stays in its revisions. */
export async function remove<Noun extends StoredNoun>(
  ports: Ports,
  rows: WritableRows<Noun> & { remove(database: Database, id: string): Compilable[] },
  stored: Noun,
  version: number,
  { kind, actorId, facts = {} }: Change,
): Promise<void> {
  const { database } = ports
  const entry = { subjectId: stored.id, subjectVersion: stored.version + 1, kind, actorId, at: ports.now(), facts }
  await atVersion(ports, rows, stored, version, () => database.commit(record(database, entry), ...rows.remove(database, stored.id)))
}

/** A verb without If-Match: the slower of two racers is told the state that the faster one left (409). */
export async function step<Noun extends StoredNoun & { state?: string }>(
  ports: Ports,
  rows: WritableRows<Noun>,
  stored: Noun,
  changes: Partial<Noun>,
  change: Change,
  alongside: Compilable[] = [],
): Promise<Noun> {
  try {
    return await commitNext(ports, rows, stored, changes, change, alongside)
  } catch (error) {
    if (!(error instanceof ConcurrentChange)) throw error
    const current = await rows.find(ports.database, stored.id)
    throw new Problem('changed-meanwhile', { state: current?.state ?? null })
  }
}

/** Several subjects at once: whoever was slower with any of them is told so (409), and nothing is written. */
export async function commitTogether({ database }: Pick<Ports, 'database'>, statements: readonly Compilable[]): Promise<void> {
  try {
    await database.commit(...statements)
  } catch (error) {
    if (!(error instanceof ConcurrentChange)) throw error
    throw new Problem('changed-meanwhile', { state: null }, { cause: error })
  }
}

async function atVersion<Noun extends StoredNoun, Result>(
  ports: Ports,
  rows: WritableRows<Noun>,
  stored: Noun,
  version: number,
  write: () => Promise<Result>,
): Promise<Result> {
  if (stored.version !== version) throw new Problem('version-differs', { current: stored.version })
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof ConcurrentChange)) throw error
    const current = await rows.find(ports.database, stored.id)
    throw new Problem('version-differs', { current: current?.version ?? null })
  }
}

function changedFields<Noun>(before: Noun, changes: Partial<Noun>): string[] {
  return Object.keys(changes).filter((name) => JSON.stringify(before[name as keyof Noun]) !== JSON.stringify(changes[name as keyof Noun]))
}
