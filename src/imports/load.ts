import type { Compilable } from 'kysely'
import type { Actor } from '../accounts/actor.ts'
import { permit } from '../accounts/permissions.ts'
import type { Expert } from '../directory/expert.ts'
import { ConcurrentChange, type Database } from '../platform/database/database.ts'
import { idsOfBatch, type StoredNoun } from '../platform/database/listings.ts'
import type { ImportKind } from '../platform/database/tables.ts'
import { kindOfId } from '../platform/ids.ts'
import { record, recordRevision } from '../platform/journal/journal.ts'
import { Problem } from '../platform/problem.ts'
import { erasedAmong, expertAnswers, removeConsents } from '../privacy/store.ts'
import { type ImportBatch, importLifecycle } from './batch.ts'
import { type ImportPorts, openBatch, resumable, stepBatch } from './steps.ts'
import { changedSince, findBatch, heldRows, idsAtOnce, lastVersions, parts, referringTo } from './store.ts'
import { rowsOf } from './tables.ts'

/** Nouns of one kind. Ids come from `idFromOrigin`, so that a resumed import makes the same ones. */
export interface Section {
  kind: ImportKind
  nouns: readonly StoredNoun[]
}

export interface Load {
  /** What the batch is called: the kind of its rows, or a name for a set of several kinds. */
  kind: string
  name: string
  fileSha256: string
  /** Written in this order. */
  sections: readonly Section[]
  progress?: (done: number, total: number) => void
}

/**
 * Writes validated nouns under one batch. They stay invisible until its last commit. The same file again resumes where a kill left
 * off, and refuses (409) once it is complete; rows that are there already, by id or origin id, are passed over.
 */
export async function loadBatch(ports: ImportPorts, actor: Actor, load: Load): Promise<{ batch: ImportBatch; written: number }> {
  const total = load.sections.reduce((sum, { nouns }) => sum + nouns.length, 0)
  return racing(async () => {
    const batch =
      (await resumable(ports.database, load.kind, load.fileSha256)) ?? (await openBatch(ports, actor, { ...load, rowCount: total }))
    let done = 0
    let written = 0
    for (const section of load.sections) {
      for (const part of parts(section.nouns, idsAtOnce)) {
        const fresh = await missing(ports.database, section.kind, part)
        if (fresh.length > 0) await ports.database.commit(...(await importedRows(ports, actor, batch.id, section, fresh)))
        written += fresh.length
        done += part.length
        load.progress?.(done, total)
      }
    }
    return { batch: await stepBatch(ports, actor, batch, 'complete', 'import.completed', { rows: total }), written }
  })
}

/**
 * Takes an import back: its rows vanish at once and are then removed. 409 if one of them was changed or referred to since. After a
 * kill the same command finishes the work.
 */
export async function undoImport(ports: ImportPorts, actor: Actor, batchId: string): Promise<ImportBatch> {
  permit(actor, 'import.undo')
  const found = await findBatch(ports.database, batchId)
  if (!found) throw new Problem('not-found', { id: batchId })
  return racing(async () => {
    const batch = 'undo' in importLifecycle[found.state] ? await vanish(ports, actor, found) : found
    for (const part of parts(await idsOfBatch(ports.database, batchId), idsAtOnce)) {
      await ports.database.commit(...(await removedRows(ports, actor, batchId, part)))
    }
    return batch.state === 'undone' ? batch : stepBatch(ports, actor, batch, 'clear', 'import.cleared', {})
  })
}

async function vanish(ports: ImportPorts, actor: Actor, batch: ImportBatch): Promise<ImportBatch> {
  const changed = (
    await Promise.all(Object.keys(rowsOf).map((table) => changedSince(ports.database, table as ImportKind, batch.id)))
  ).flat()
  refuse(batch, 'changed-since', changed)
  refuse(batch, 'referred-to', await referringTo(ports.database, batch.id))
  return stepBatch(ports, actor, batch, 'undo', 'import.undone', { rows: batch.rowCount })
}

function refuse({ state }: ImportBatch, reason: string, ids: string[]): void {
  if (ids.length > 0) throw new Problem('not-allowed-now', { state, reason, count: ids.length, ids: ids.slice(0, 10) })
}

async function missing(database: Database, table: ImportKind, nouns: readonly StoredNoun[]): Promise<StoredNoun[]> {
  const held = (await heldRows(database, table, nouns)).flatMap(({ id, originId }) => [id, originId])
  // Whoever was erased does not come back by an import that a kill cut off.
  const erased = await erasedAmong(
    database,
    nouns.map(({ id }) => id),
  )
  const taken = new Set([...held, ...erased])
  return nouns.filter(({ id, originId }) => !taken.has(id) && (originId === null || !taken.has(originId)))
}

/** Journal first, so that the slower of two writers of the same row meets the journal's lock and no other constraint. */
async function importedRows(
  ports: ImportPorts,
  actor: Actor,
  batchId: string,
  section: Section,
  nouns: StoredNoun[],
): Promise<Compilable[]> {
  const { database } = ports
  const versions = await lastVersions(
    database,
    nouns.map(({ id }) => id),
  )
  const at = ports.now()
  const by = { by: actor.id, accountId: actor.accountId }
  const statements = nouns.map(async (noun) => {
    const next = { ...noun, version: (versions.get(noun.id) ?? 0) + 1 }
    const entry = {
      subjectId: next.id,
      subjectVersion: next.version,
      kind: `${section.kind}.imported` as const,
      actorId: actor.id,
      at,
      facts: { batchId },
    }
    // The nouns of a section are of its kind.
    const answers = section.kind === 'expert' ? await expertAnswers(ports, by, null, next as Expert) : []
    return [...recordRevision(ports, entry, next), ...insertInto(section.kind)(database, next, batchId), ...answers]
  })
  return (await Promise.all(statements)).flat()
}

async function removedRows(ports: ImportPorts, actor: Actor, batchId: string, ids: string[]): Promise<Compilable[]> {
  const { database } = ports
  const versions = await lastVersions(database, ids)
  const at = ports.now()
  const people = ids.filter((id) => kindOfId(id) === 'expert')
  const removed = ids.flatMap((id) => {
    // `idsOfBatch` reads ids from the tables of listings only.
    const kind = kindOfId(id) as ImportKind
    const subjectVersion = (versions.get(id) ?? 0) + 1
    return [
      record(database, { subjectId: id, subjectVersion, kind: `${kind}.removed`, actorId: actor.id, at, facts: { batchId } }),
      ...rowsOf[kind].remove(database, id),
    ]
  })
  return people.length === 0 ? removed : [...removed, removeConsents(database, people)]
}

async function racing<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof ConcurrentChange) throw new Problem('changed-meanwhile', { state: 'importing' }, { cause: error })
    throw error
  }
}

/** The nouns of a section are of its kind, which a type that joins all kinds cannot say. */
const insertInto = (kind: ImportKind) =>
  rowsOf[kind].insert as unknown as (database: Database, noun: StoredNoun, batchId: string | null) => Compilable[]
