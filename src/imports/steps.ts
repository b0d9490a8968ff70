import type { Compilable } from 'kysely'
import type { Actor } from '../accounts/actor.ts'
import type { Database } from '../platform/database/database.ts'
import { idFromOrigin } from '../platform/ids.ts'
import { type Entry, record } from '../platform/journal/journal.ts'
import { nextState, type VerbOf } from '../platform/lifecycle.ts'
import type { Ports } from '../platform/ports.ts'
import { Problem } from '../platform/problem.ts'
import { type ImportBatch, importLifecycle } from './batch.ts'
import { batchesOfFile, findByFile, insertBatch, updateBatch } from './store.ts'

/** What writing and undoing need of the ports. */
export type ImportPorts = Pick<Ports, 'database' | 'now' | 'newId'>

/** The interrupted import of this file; none if it may be imported. 409 if it is complete, or being undone. */
export async function resumable(database: Database, kind: string, fileSha256: string): Promise<ImportBatch | undefined> {
  const batch = await findByFile(database, kind, fileSha256)
  if (batch?.state === 'complete') throw new Problem('already-exists', { batchId: batch.id })
  if (batch?.state === 'undoing') throw new Problem('not-allowed-now', { state: batch.state, batchId: batch.id })
  return batch
}

/** The place among the imports of this file makes the id: of two that begin at once, one loses whole. */
export async function openBatch(
  ports: ImportPorts,
  actor: Actor,
  { kind, name, fileSha256, rowCount }: Pick<ImportBatch, 'kind' | 'name' | 'fileSha256' | 'rowCount'>,
): Promise<ImportBatch> {
  const earlier = (await batchesOfFile(ports.database, kind, fileSha256)).length
  const at = ports.now()
  const batch: ImportBatch = {
    id: await idFromOrigin('import', `${kind}/${fileSha256}/${earlier}`),
    version: 1,
    kind,
    state: 'writing',
    fileSha256,
    name,
    rowCount,
    actorId: actor.id,
    createdAt: at,
    updatedAt: at,
  }
  await ports.database.commit(about(ports.database, actor, batch, 'import.started', { rows: rowCount }), insertBatch(ports.database, batch))
  return batch
}

/** Moves a batch to its next state, with its journal entry. */
export async function stepBatch(
  ports: ImportPorts,
  actor: Actor,
  batch: ImportBatch,
  verb: VerbOf<typeof importLifecycle>,
  kind: Entry['kind'],
  facts: Entry['facts'],
): Promise<ImportBatch> {
  const next = { ...batch, state: nextState(importLifecycle, batch.state, verb), version: batch.version + 1, updatedAt: ports.now() }
  await ports.database.commit(about(ports.database, actor, next, kind, facts), updateBatch(ports.database, next))
  return next
}

function about(database: Database, actor: Actor, batch: ImportBatch, kind: Entry['kind'], facts: Entry['facts']): Compilable {
  const { id: subjectId, version: subjectVersion, updatedAt: at } = batch
  return record(database, { subjectId, subjectVersion, kind, actorId: actor.id, at, facts: { of: batch.kind, ...facts } })
}
