import { type Actor, actsForSubject } from '../accounts/actor.ts'
import { permit } from '../accounts/permissions.ts'
import { expertActions } from '../directory/actions.ts'
import { subjectRows } from '../directory/store.ts'
import type { Page } from '../platform/database/listings.ts'
import { kindOfId } from '../platform/ids.ts'
import type { Ports } from '../platform/ports.ts'
import { Problem } from '../platform/problem.ts'
import { codeFrom, type Reading, type ReadingView } from './reading.ts'
import { findReadingByCode, insertReading, newestReadings } from './store.ts'

/** That somebody who is known is about to read something; with a code where he is handed a marked copy. */
export function newReading(
  ports: Ports,
  actor: Actor,
  { subjectId, object, isMarked }: { subjectId: string; object: string; isMarked: boolean },
): Reading {
  if (actor.role === 'visitor') throw new Error('A visitor is nobody in particular')
  return {
    id: ports.newId('reading'),
    subjectId,
    object,
    readerId: actor.id,
    readerRole: actor.role,
    accountId: actor.accountId,
    at: ports.now(),
    code: isMarked ? codeFrom(ports.newId('reading')) : null,
  }
}

/** Notes that the confidential text of a listing is read by whoever accepted its terms, or opened it for a reason. */
export async function noteReading(
  ports: Ports,
  actor: Actor,
  { id, confidential }: { id: string; confidential: string | null },
): Promise<void> {
  if (confidential === null || !actor.agreed.includes(id)) return
  await recordReading(ports, newReading(ports, actor, { subjectId: id, object: 'confidential', isMarked: false }))
}

/** Before what is read is handed out. */
export async function recordReading({ database }: Pick<Ports, 'database'>, reading: Reading): Promise<void> {
  await database.commit(insertReading(database, reading))
}

/** Who read what of a subject, newest first. Whether the actor may be told is the caller's to say. */
export async function readingsOf(
  ports: Ports,
  actor: Actor,
  subjectId: string,
  page: Page,
): Promise<{ items: ReadingView[]; next: Page['after'] }> {
  const found = await newestReadings(ports.database, subjectId, page)
  const shown = found.slice(0, page.limit)
  const names = await namesOf(ports, actor, shown)
  const last = found.length > page.limit ? shown.at(-1) : undefined
  return {
    items: shown.map(({ accountId: _, ...reading }) => ({ ...reading, readerName: names.get(reading.readerId) ?? null })),
    next: last ? { sort: last.at, id: last.id } : null,
  }
}

/** Whose copy a code was drawn on; for the operator and the auditor. 401, 403, 404. */
export async function traceCode(ports: Ports, actor: Actor, code: string): Promise<Reading> {
  permit(actor, 'attachment.read-trace')
  const reading = await findReadingByCode(ports.database, code)
  if (reading === undefined) throw new Problem('not-found', { code })
  return reading
}

/** Names of the readers, but of an expert whom the actor may not know by name. */
async function namesOf({ database }: Pick<Ports, 'database'>, actor: Actor, readings: readonly Reading[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const role of new Set(readings.map(({ readerRole }) => readerRole))) {
    if (!actsForSubject(role)) continue
    const ids = new Set(readings.flatMap(({ readerRole, readerId }) => (readerRole === role ? [readerId] : [])))
    for (const { id, name } of await subjectRows[role].findMany(database, [...ids])) names.set(id, name)
  }
  const people = await subjectRows.expert.findMany(
    database,
    [...names.keys()].filter((id) => kindOfId(id) === 'expert'),
  )
  for (const expert of people) if (expertActions.view(actor, expert)?.isMasked !== false) names.delete(expert.id)
  return names
}
