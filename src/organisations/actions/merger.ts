import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { findSubject, type Subject } from '../../directory/actions.ts'
import { subjectRows } from '../../directory/store.ts'
import type { Page } from '../../platform/database/listings.ts'
import { kindOfId } from '../../platform/ids.ts'
import { chronicle, commitTogether, nextOf, type WritableRows } from '../../platform/journal/change.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { type Merger, type MergerRequest, mergedKinds } from '../merger.ts'
import { mergers } from '../store.ts'
import { moving } from './belongings.ts'

/** What no profile takes from another: its identity. */
const own = [
  'id',
  'originId',
  'version',
  'createdAt',
  'updatedAt',
  'name',
  'visibility',
  'claimed',
  'confirmedAt',
  'enrolled',
  'consent',
  'hasStandingTrust',
  'source',
  'kind',
]

/**
 * Makes one of two profiles of one kind: all that belongs to `fromId` goes to `intoId`, whose empty fields take the other's values; the
 * duplicate is seen by the operator alone from then on. One commit. 403, 409 where somebody changed one of them, 422.
 */
export async function merge(ports: Ports, actor: Actor, { fromId, intoId, reason }: MergerRequest): Promise<Merger> {
  const { from, into, ids, statements } = await prepared(ports, actor, { fromId, intoId })
  const taken = emptyOf(into.subject, from.subject)
  const now = ports.now()
  const merger: Merger = {
    id: ports.newId('merger'),
    originId: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
    visibility: 'nda',
    fromId,
    intoId,
    state: 'done',
    reason,
    moved: ids,
    filled: Object.keys(taken),
    visibilityBefore: from.subject.visibility,
  }
  const rows = rowsOf(from.kind)
  const change = { kind: `${from.kind}.merged`, actorId: actor.id, facts: { fromId, intoId } } as const
  await commitTogether(ports, [
    ...mergers.insert(ports.database, merger),
    ...chronicle(ports, merger, { kind: 'merger.done', actorId: actor.id, facts: { fromId, intoId } }),
    ...statements,
    ...nextOf(ports, rows, into.subject, taken, change).statements,
    ...nextOf(ports, rows, from.subject, { visibility: 'nda' as const }, change).statements,
  ])
  return merger
}

/** What a merger would do, before it is done: of whom, into whom, and how much would change hands. 403, 409, 422 as the merger itself. */
export async function previewMerger(
  ports: Ports,
  actor: Actor,
  request: Pick<MergerRequest, 'fromId' | 'intoId'>,
): Promise<{ fromName: string; intoName: string; moved: number }> {
  const { from, into, ids } = await prepared(ports, actor, request)
  return { fromName: from.subject.name, intoName: into.subject.name, moved: ids.length }
}

async function prepared(ports: Ports, actor: Actor, { fromId, intoId }: Pick<MergerRequest, 'fromId' | 'intoId'>) {
  permit(actor, 'merger.merge')
  const refuse = (pointer: string, code: string) => new Problem('invalid-input', { errors: [{ pointer, code }] })
  const find = (pointer: string, id: string) =>
    findSubject(ports, actor, mergedKinds, id).catch((error) => {
      throw error instanceof Problem && error.kind === 'not-found' ? refuse(pointer, 'unknown-reference') : error
    })
  const from = await find('/fromId', fromId)
  const into = await find('/intoId', intoId)
  if (from.kind !== into.kind || fromId === intoId) throw refuse('/fromId', 'not-mergeable')
  if (await isGone(ports, fromId)) throw new Problem('not-allowed-now', { state: 'merged' })
  if (await isGone(ports, intoId)) throw refuse('/intoId', 'merged-away')
  return { from, into, ...(await moving(ports, actor, { kind: from.kind, from: fromId, to: intoId, only: null })) }
}

/** Gives back what changed hands and has not changed hands again, and shows the duplicate as before. 403, 404, 409. */
export async function undoMerger(ports: Ports, actor: Actor, id: string): Promise<Merger> {
  permit(actor, 'merger.undo')
  const merger = await mergers.find(ports.database, id)
  if (merger === undefined) throw new Problem('not-found', { id })
  if (merger.state === 'undone') throw new Problem('not-allowed-now', { state: 'undone' })
  const { fromId, intoId, moved, filled, visibilityBefore } = merger
  const from = await findSubject(ports, actor, mergedKinds, fromId)
  const into = await findSubject(ports, actor, mergedKinds, intoId)
  const { statements } = await moving(ports, actor, { kind: from.kind, from: intoId, to: fromId, only: moved })
  const rows = rowsOf(from.kind)
  const change = { kind: `${from.kind}.unmerged`, actorId: actor.id, facts: { fromId, intoId } } as const
  const undone = nextOf(
    ports,
    mergers,
    merger,
    { state: 'undone' },
    { kind: 'merger.undone', actorId: actor.id, facts: { fromId, intoId } },
  )
  await commitTogether(ports, [
    ...undone.statements,
    ...statements,
    ...nextOf(ports, rows, into.subject, emptied(into.subject, from.subject, filled), change).statements,
    ...nextOf(ports, rows, from.subject, { visibility: visibilityBefore }, change).statements,
  ])
  return undone.next
}

/** Newest first. */
export async function listMergers(ports: Ports, actor: Actor, page: Page): Promise<{ items: Merger[]; next: Page['after'] }> {
  permit(actor, 'merger.read')
  const { rows, next } = await mergers.newestPage(ports.database, {}, page)
  return { items: rows, next }
}

/** What the profiles of mergers are called. */
export async function mergedNames({ database }: Pick<Ports, 'database'>, list: readonly Merger[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(list.flatMap(({ fromId, intoId }) => [fromId, intoId]))]
  const found = await Promise.all(
    mergedKinds.map((kind) =>
      subjectRows[kind].findMany(
        database,
        ids.filter((id) => kindOfId(id) === kind),
      ),
    ),
  )
  return new Map(found.flat().map(({ id, name }) => [id, name]))
}

async function isGone({ database }: Pick<Ports, 'database'>, id: string): Promise<boolean> {
  return (await mergers.newest(database, { from_id: id, state: 'done' }, { after: null, limit: 1 })).length > 0
}

const isEmpty = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0)
const fieldsOf = (subject: Subject) => Object.entries(subject).filter(([name]) => !own.includes(name))

/** The fields that one leaves empty and the other does not. */
function emptyOf(into: Subject, from: Subject): Partial<Subject> {
  const other = new Map(fieldsOf(from))
  return Object.fromEntries(
    fieldsOf(into).flatMap(([name, value]) => (isEmpty(value) && !isEmpty(other.get(name) ?? null) ? [[name, other.get(name)]] : [])),
  )
}

/** Those that were filled and still say what the duplicate says, empty again. */
function emptied(into: Subject, from: Subject, filled: readonly string[]): Partial<Subject> {
  const other = new Map(fieldsOf(from))
  const same = fieldsOf(into).filter(([name, value]) => filled.includes(name) && JSON.stringify(value) === JSON.stringify(other.get(name)))
  return Object.fromEntries(same.map(([name, value]) => [name, Array.isArray(value) ? [] : null]))
}

/** Rows and subjects of one kind belong together, which the compiler does not see of a kind that varies. */
const rowsOf = (kind: (typeof mergedKinds)[number]) => subjectRows[kind] as unknown as WritableRows<Subject>
