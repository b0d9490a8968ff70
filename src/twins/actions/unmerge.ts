import type { Compilable } from 'kysely'
import type { Actor } from '../../accounts/actor.ts'
import { pointLinks } from '../../accounts/store/link.ts'
import { attachmentsOf } from '../../attachments/store.ts'
import { answered } from '../../demands/actions.ts'
import type { Demand } from '../../demands/demand.ts'
import { demandAt, demands } from '../../demands/store.ts'
import { contacts, engagements, interests, invitations, referrals, shortlists } from '../../engagements/store.ts'
import { refusals } from '../../matching/store.ts'
import type { StoredNoun } from '../../platform/database/listings.ts'
import { kindOfId } from '../../platform/ids.ts'
import { commitTogether, nextOf, type WritableRows } from '../../platform/journal/change.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { happenedSince, revisionOf } from '../store.ts'
import type { Merging, Twins } from '../twins.ts'
import { deciding, findDecided } from './decide.ts'
import { findPair } from './find.ts'
import { attachmentMoved, inPlaces } from './moving.ts'

const ofDemands = [interests, invitations, referrals, engagements, shortlists, refusals]
const movedRows = {
  interest: interests,
  invitation: invitations,
  referral: referrals,
  engagement: engagements,
  shortlist: shortlists,
  refusal: refusals,
  contact: contacts,
}

/** Makes two demands of one again, each with what was its own. 401, 403, 404, 409 where it was not merged, or something happened since. */
export async function unmergeDemand(ports: Ports, actor: Actor, id: string): Promise<Demand> {
  const { from, into, decided, merging } = await findMerged(ports, actor, id)
  if (await isPast(ports, decided, merging)) throw new Problem('not-allowed-now', { state: from.state, reason: 'happened-since' })
  const { database } = ports
  const before = await demandAt(database, into.id, merging.intoVersion - 1)
  if (before === undefined) throw new Problem('not-allowed-now', { state: from.state, reason: 'happened-since' })
  const { id: _, version: __, createdAt: ___, updatedAt: ____, ...said } = before
  const change = { kind: 'demand.unmerged', actorId: actor.id, facts: { fromId: from.id, intoId: into.id } } as const
  const back = nextOf(ports, demands, from, { state: merging.fromState, mergedIntoId: null }, change)
  const moved = await movedBack(ports, actor, merging)
  const undone = await deciding(ports, actor, [from.id, into.id], 'unmerge', null)
  await commitTogether(ports, [
    ...back.statements,
    ...nextOf(ports, demands, into, said, change).statements,
    ...moved,
    ...undone.statements,
  ])
  return answered(actor, back.next)
}

/** Whether it can still be undone, by whoever may do so. */
export async function mayUnmerge(ports: Ports, actor: Actor, id: string): Promise<boolean> {
  try {
    const { decided, merging } = await findMerged(ports, actor, id)
    return !(await isPast(ports, decided, merging))
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

async function findMerged(
  ports: Ports,
  actor: Actor,
  id: string,
): Promise<{ from: Demand; into: Demand; decided: Twins; merging: Merging }> {
  const merged = await demands.find(ports.database, id)
  const [from, into] = await findPair(ports, actor, [id, merged?.mergedIntoId ?? id], 'demand.unmerge')
  const decided = from.mergedIntoId === null ? undefined : await findDecided(ports, from.id, into.id)
  if (!decided?.merging) throw new Problem('not-allowed-now', { state: from.state, reason: 'not-merged' })
  return { from, into, decided, merging: decided.merging }
}

/** Whether something happened since to what stays, or to anything that belongs to it. */
async function isPast({ database }: Ports, decided: Twins, { intoId, moved, links }: Merging): Promise<boolean> {
  const belonging = await Promise.all(ofDemands.map((rows) => rows.ids(database, { demand_id: intoId })))
  const cases = await engagements.ids(database, { demand_id: intoId })
  const noted = await contacts.ids(database, { subject_id: [intoId, ...cases].slice(0, 90) })
  const documents = (await attachmentsOf(database, intoId)).map(({ id }) => id)
  return happenedSince(database, decided, [
    ...new Set([intoId, ...belonging.flat(), ...noted, ...documents, ...moved.map(({ id }) => id), ...links]),
  ])
}

/** The statements that give each back what was its own, as it was. */
async function movedBack(ports: Ports, actor: Actor, { fromId, intoId, moved, links }: Merging): Promise<Compilable[]> {
  const { database } = ports
  const change = (table: string) => ({ kind: `${table}.moved`, actorId: actor.id, facts: { from: intoId, to: fromId } }) as const
  const ids = new Set(moved.map(({ id }) => id))
  const statements: Compilable[] = links.length > 0 ? [pointLinks(database, links, fromId)] : []
  for (const { id, version } of moved) {
    const kind = kindOfId(id) as keyof typeof movedRows | 'attachment'
    if (kind === 'attachment') continue
    // The rows of a kind and its nouns belong together, which the compiler does not see of a kind that varies.
    const rows = movedRows[kind] as unknown as WritableRows<StoredNoun>
    const noun = await rows.find(database, id)
    const was = (await revisionOf(database, id, version - 1)) as StoredNoun | undefined
    if (noun === undefined || was === undefined) throw new Problem('not-allowed-now', { reason: 'happened-since' })
    const { id: _, version: __, createdAt: ___, updatedAt: ____, ...said } = was
    statements.push(...nextOf(ports, rows, noun, said, change(kind)).statements)
  }
  const documents = (await attachmentsOf(database, intoId)).filter(({ id }) => ids.has(id))
  const placed = inPlaces(documents, await attachmentsOf(database, fromId), fromId)
  return [...statements, ...placed.flatMap((each) => attachmentMoved(ports, actor, each, intoId))]
}
