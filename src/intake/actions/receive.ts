import type { Actor } from '../../accounts/actor.ts'
import { may, permit } from '../../accounts/permissions.ts'
import type { Channel } from '../../platform/codes/enums.ts'
import type { Page } from '../../platform/database/listings.ts'
import { commitNew, nextOf, remove } from '../../platform/journal/change.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { sha256 } from '../../platform/secrets.ts'
import { type Intake, type IntakeLine, type IntakeView, type LineState, linesAtMost } from '../intake.ts'
import type { ColumnCorrection, ReadLine } from '../line.ts'
import { readSource } from '../read/lines.ts'
import { sourceOf } from '../read/source.ts'
import {
  countLines,
  deleteKept,
  deleteLines,
  findKept,
  findSameFile,
  findTables,
  insertKept,
  insertLines,
  intakes,
  linesOf,
  listIntakeRows,
  updateKept,
} from '../store.ts'
import { findIntake } from './find.ts'

/** A file as somebody hands it over. */
export interface Received {
  name: string
  bytes: Uint8Array<ArrayBuffer>
}

/** By which way a file has come, by who brings it. */
const channels: Partial<Record<Actor['role'], Channel>> = { park: 'park', county: 'bureau', broker: 'broker', operator: 'bureau' }

/** Reads a table or a form, and keeps its lines to be decided on. 401, 403, 409 for a file that is there, 413, 415, 422. */
export async function receiveIntake(ports: Ports, actor: Actor, { name, bytes }: Received): Promise<IntakeView> {
  permit(actor, 'intake.receive')
  const { database } = ports
  const fileSha256 = await sha256(bytes)
  const same = await findSameFile(database, actor.id, fileSha256)
  if (same !== undefined) throw new Problem('already-exists', { intakeId: same })
  const source = await sourceOf(bytes, name)
  const { tables, lines } = readSource(source, { today: today(ports), corrections: [] })
  refuseTooMany(lines)
  if (lines.length === 0) throw new Problem('invalid-input', { errors: [{ pointer: '/file', code: 'no-needs-found' }] })
  const at = ports.now()
  const intake: Intake = {
    id: ports.newId('intake'),
    originId: null,
    version: 1,
    createdAt: at,
    updatedAt: at,
    visibility: 'nda',
    name: [...name.replaceAll(/^.*[\\/]/g, '')].slice(0, 200).join('') || source.format,
    format: source.format,
    encoding: source.encoding,
    fileSha256,
    channel: channels[actor.role] ?? 'bureau',
    receivedBy: actor.id,
  }
  const change = { kind: 'intake.received', actorId: actor.id, facts: { lines: lines.length, format: source.format } } as const
  await commitNew(ports, intakes, intake, change, [
    insertKept(database, intake.id, { source, tables, corrections: [] }),
    ...insertLines(database, freshLines(ports, intake.id, lines, 0)),
  ])
  return viewOf(ports, intake)
}

function refuseTooMany(lines: readonly ReadLine[]): void {
  if (lines.length > linesAtMost) throw new Problem('too-large', { rows: lines.length, limit: linesAtMost })
}

function freshLines({ newId }: Ports, intakeId: string, lines: readonly ReadLine[], after: number): IntakeLine[] {
  return lines.map(({ grid, line, part, content }, at) => ({
    ...{ id: newId('intake-line'), intakeId, position: after + at + 1, grid, line, part },
    state: 'open',
    content,
    demandId: null,
    reason: null,
    decidedAt: null,
  }))
}

/**
 * Reads a file anew with what somebody says of its columns: lines that are open give way to what is read now, what was decided stays as it
 * is. 401, 403, 404, 409 once the file is not kept any more, 412, 422 for a column that there is not.
 */
export async function correctColumns(
  ports: Ports,
  actor: Actor,
  id: string,
  version: number,
  corrections: ColumnCorrection[],
): Promise<IntakeView> {
  const { database } = ports
  const intake = await findIntake(ports, actor, id, 'intake.decide')
  if (intake.version !== version) throw new Problem('version-differs', { current: intake.version })
  const kept = await findKept(database, id)
  if (kept === undefined) throw new Problem('not-allowed-now', { reason: 'file-gone' })
  const isThere = ({ grid, at }: ColumnCorrection) => kept.tables.some((table) => table.grid === grid && at < table.columns.length)
  const unknown = corrections.findIndex((each) => !isThere(each))
  if (unknown !== -1) throw new Problem('invalid-input', { errors: [{ pointer: `/corrections/${unknown}/at`, code: 'unknown-reference' }] })
  const { tables, lines } = readSource(kept.source, { today: today(ports), corrections })
  refuseTooMany(lines)
  const decided = (await linesOf(database, id, { limit: 10 * linesAtMost })).filter(({ state }) => state !== 'open')
  const isDecided = ({ grid, line }: ReadLine) => decided.some((each) => each.grid === grid && each.line === line)
  const after = Math.max(0, ...decided.map(({ position }) => position))
  const fresh = freshLines(
    ports,
    id,
    lines.filter((line) => !isDecided(line)),
    after,
  )
  const change = { kind: 'intake.columns-corrected', actorId: actor.id, facts: { lines: fresh.length } } as const
  const { next, statements } = nextOf(ports, intakes, intake, {}, change)
  await database.commit(
    ...statements,
    updateKept(database, id, { source: kept.source, tables, corrections }),
    deleteLines(database, id, ['open']),
    ...insertLines(database, fresh),
  )
  return viewOf(ports, next)
}

/** Takes a file back that should not have come; 409 once a line of it became something. 401, 403, 404, 412. */
export async function discardIntake(ports: Ports, actor: Actor, id: string, version: number): Promise<Pick<Intake, 'id'>> {
  const { database } = ports
  const intake = await findIntake(ports, actor, id, 'intake.decide')
  const counts = (await countLines(database, [id])).get(id)!
  if (counts.drafted + counts.merged + counts.routed > 0) throw new Problem('not-allowed-now', { reason: 'lines-decided' })
  const rows = {
    ...intakes,
    remove: (_: unknown, id: string) => [...intakes.remove(database, id), deleteKept(database, id), deleteLines(database, id)],
  }
  await remove(ports, rows, intake, version, { kind: 'intake.removed', actorId: actor.id })
  return { id }
}

/** What the actor received, or the operator all of; newest first. 401, 403. */
export async function listIntakes(ports: Ports, actor: Actor, page: Page): Promise<{ items: IntakeView[]; next: Page['after'] }> {
  permit(actor, 'intake.receive')
  const { rows, next } = await listIntakeRows(ports.database, may(actor, 'intake.read') ? null : actor.id, page)
  const counts = await countLines(
    ports.database,
    rows.map(({ id }) => id),
  )
  return { items: rows.map((intake) => ({ ...intake, lines: counts.get(intake.id)!, tables: [] })), next }
}

/** 401, 403, 404. */
export async function readIntake(ports: Ports, actor: Actor, id: string): Promise<IntakeView> {
  return viewOf(ports, await findIntake(ports, actor, id, 'intake.read'))
}

/** Lines of an intake in their order. 401, 403, 404. */
export async function listLines(
  ports: Ports,
  actor: Actor,
  id: string,
  range: { states?: readonly LineState[]; after?: number; limit: number },
): Promise<IntakeLine[]> {
  await findIntake(ports, actor, id, 'intake.read')
  return linesOf(ports.database, id, range)
}

async function viewOf({ database }: Ports, intake: Intake): Promise<IntakeView> {
  const [counts, tables] = await Promise.all([countLines(database, [intake.id]), findTables(database, intake.id)])
  return { ...intake, lines: counts.get(intake.id)!, tables }
}
