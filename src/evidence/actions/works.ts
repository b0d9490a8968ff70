import type { Compilable } from 'kysely'
import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { blankEvidence, type Evidence } from '../../directory/evidence.ts'
import type { Expert } from '../../directory/expert.ts'
import { evidence, evidenceOf } from '../../directory/store.ts'
import { type ImportBatch, importLifecycle } from '../../imports/batch.ts'
import { batchesOfFile, findBatch, insertBatch, updateBatch } from '../../imports/store.ts'
import { idFromOrigin } from '../../platform/ids.ts'
import { chronicle, commitTogether } from '../../platform/journal/change.ts'
import { record } from '../../platform/journal/journal.ts'
import { nextState } from '../../platform/lifecycle.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { sha256 } from '../../platform/secrets.ts'
import { about, evidenceRelations, knownExpert } from '../actions.ts'
import { readWorks, textOfFile, type WorksFormat } from '../read/source.ts'
import { batchKind, expertOfBatch } from '../store.ts'
import { heldAgainst, type ReadWork, type WorksTaken } from '../work.ts'

/** Works as a text, or as the bytes of a file. */
export type WorksSource = string | Uint8Array

/** What a text or a file tells of, and what there is of it already. Writes nothing. 401, 403, 404, 413, 415, 422. */
export async function previewWorks(
  ports: Ports,
  actor: Actor,
  expertId: string,
  source: WorksSource,
): Promise<{ text: string; format: WorksFormat; works: ReadWork[] }> {
  const expert = await keptExpert(ports, actor, expertId)
  const text = typeof source === 'string' ? source : textOfFile(source)
  const { format, works } = readWorks(text)
  return { text, format, works: heldAgainst(works, await evidenceOf(ports.database, { expertId }), expert) }
}

/**
 * Registers those works that are new, or the chosen ones of them, all in one commit. 401, 403, 404, 409 where all of it was taken in before,
 * 413, 415, 422 where there is nothing new to take in.
 */
export async function takeWorks(
  ports: Ports,
  actor: Actor,
  expertId: string,
  source: WorksSource,
  chosen: number[] | null,
): Promise<WorksTaken> {
  const { database } = ports
  const { text, format, works } = await previewWorks(ports, actor, expertId, source)
  const fresh = works.filter(({ state, position }) => state === 'new' && (chosen === null || chosen.includes(position)))
  const known = works.filter(({ state }) => state === 'known' || state === 'repeated').length
  const unreadable = works.filter(({ state }) => state === 'unreadable').length
  const kind = batchKind(expertId)
  const fileSha256 = await sha256(new TextEncoder().encode(`${chosen?.join() ?? 'all'}\n${text}`))
  const earlier = await batchesOfFile(database, kind, fileSha256)
  if (fresh.length === 0) {
    const before = earlier.find(({ state }) => state === 'complete')
    if (before !== undefined) throw new Problem('already-exists', { batchId: before.id })
    throw new Problem('invalid-input', { errors: [{ pointer: '/take', code: known > 0 ? 'nothing-new' : 'nothing-chosen' }] })
  }
  const at = ports.now()
  const batch: ImportBatch = {
    // The place among the imports of this file: of two that begin at once, one loses whole.
    id: await idFromOrigin('import', `${kind}/${fileSha256}/${earlier.length}`),
    version: 2,
    kind,
    state: nextState(importLifecycle, 'writing', 'complete'),
    fileSha256,
    // What a file is called is nobody's affair.
    name: format,
    rowCount: fresh.length,
    actorId: actor.id,
    createdAt: at,
    updatedAt: at,
  }
  const rows = fresh.map((work) => rowOf(ports, expertId, work, at))
  const facts = { of: kind, rows: rows.length }
  await commitTogether(ports, [
    ...told(ports, actor, batch, [
      ['import.started', facts],
      ['import.completed', { ...facts, known, unreadable }],
    ]),
    insertBatch(database, batch),
    ...rows.flatMap((row) => [
      ...chronicle(ports, row, { kind: 'evidence.imported', actorId: actor.id, facts: { batchId: batch.id, ...about(row) } }),
      ...evidence.insert(database, row, batch.id),
    ]),
  ])
  return { id: batch.id, taken: rows.length, known, unreadable }
}

/** Takes a batch of works back, in one commit. 401, 403, 404, 409 once it was undone, or where one of its rows was changed since. */
export async function undoWorks(ports: Ports, actor: Actor, batchId: string): Promise<ImportBatch> {
  const { database } = ports
  const batch = await batchFor(ports, actor, batchId)
  const undoing = nextState(importLifecycle, batch.state, 'undo')
  const rows = await Array.fromAsync(evidence.each(database, { batch_id: batchId }))
  const changed = rows.filter(({ version }) => version > 1)
  if (changed.length > 0) throw new Problem('not-allowed-now', { state: batch.state, reason: 'changed-since', count: changed.length })
  const at = ports.now()
  const next = { ...batch, state: nextState(importLifecycle, undoing, 'clear'), version: batch.version + 2, updatedAt: at }
  await commitTogether(ports, [
    ...told(ports, actor, next, [
      ['import.undone', { of: batch.kind, rows: rows.length }],
      ['import.cleared', { of: batch.kind }],
    ]),
    updateBatch(database, next),
    ...rows.flatMap((row) => [
      record(database, {
        subjectId: row.id,
        subjectVersion: row.version + 1,
        kind: 'evidence.removed',
        actorId: actor.id,
        at,
        facts: { batchId, ...about(row) },
      }),
      ...evidence.remove(database, row.id),
    ]),
  ])
  return next
}

/** A batch of works, for whoever may undo it. 401, 403, 404. */
export async function batchFor(ports: Ports, actor: Actor, batchId: string): Promise<ImportBatch> {
  const batch = await findBatch(ports.database, batchId)
  const expertId = batch && expertOfBatch(batch)
  if (!batch || !expertId) throw new Problem('not-found', { id: batchId })
  const expert = await knownExpert(ports, actor, expertId)
  permit(actor, 'evidence.remove', evidenceRelations(actor, expert))
  return batch
}

/** The expert, for whoever may register what he did. 401, 403, 404. */
export async function keptExpert(ports: Ports, actor: Actor, expertId: string): Promise<Expert> {
  const expert = await knownExpert(ports, actor, expertId)
  permit(actor, 'evidence.register', evidenceRelations(actor, expert))
  return expert
}

function rowOf({ newId }: Ports, expertId: string, work: ReadWork, at: string): Evidence {
  const { kind, role, title, abstract, on, source, number, link } = work
  const made = { id: newId('evidence'), position: 1, verifiedBy: null, originId: null, version: 1, createdAt: at, updatedAt: at }
  return { ...blankEvidence, ...{ expertId, kind, role, title, abstract, on, source, number, link }, ...made }
}

/** The last entries about a batch, which make its version. */
function told(
  { database }: Ports,
  actor: Actor,
  batch: ImportBatch,
  entries: [`import.${string}`, Record<string, unknown>][],
): Compilable[] {
  return entries.map(([kind, facts], at) =>
    record(database, {
      ...{ subjectId: batch.id, subjectVersion: batch.version - entries.length + at + 1 },
      ...{ kind, actorId: actor.id, at: batch.updatedAt, facts },
    }),
  )
}
