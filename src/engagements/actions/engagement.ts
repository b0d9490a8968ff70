import type { Compilable } from 'kysely'
import type { Actor } from '../../accounts/actor.ts'
import { may, permit, type Relation } from '../../accounts/permissions.ts'
import { demandRelations, findFor } from '../../demands/actions.ts'
import { demands } from '../../demands/store.ts'
import type { Decline } from '../../matching/refusal.ts'
import type { Page } from '../../platform/database/listings.ts'
import { idFromOrigin } from '../../platform/ids.ts'
import { chronicle, commitTogether, nextOf } from '../../platform/journal/change.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { type Engagement, type EngagementRequest, type EngagementState, engagementLifecycle, type Step } from '../engagement.ts'
import { engagements } from '../store.ts'
import { findSides, knownSides, sideOf } from './sides.ts'

/** Puts a candidate on the board: one of the market, or one from outside with the place where he was found. 403, 404, 409, 422. */
export async function proposeEngagement(ports: Ports, actor: Actor, request: EngagementRequest): Promise<Engagement> {
  const { demandId, supplyId, outside } = request
  const demand = await findFor(ports, actor, demandId, 'engagement.propose')
  if ((supplyId === null) === (outside === null))
    throw new Problem('invalid-input', { errors: [{ pointer: '/supplyId', code: 'required' }] })
  if (demand.state !== 'published') throw new Problem('not-allowed-now', { state: demand.state })
  if (supplyId !== null) await knownSides(ports, actor, { demandId, supplyId })
  const origin = supplyId ?? `${outside!.name} ${outside!.institution ?? ''}`
  const id = await idOf(demandId, origin)
  if ((await engagements.find(ports.database, id)) ?? (supplyId && (await caseOf(ports, demandId, supplyId))))
    throw new Problem('already-exists', { reason: 'engagement' })
  const { engagement, statements } = starting(ports, {
    id,
    request,
    brokerId: actor.role === 'broker' ? actor.id : demand.brokerId,
    by: actor.id,
    state: 'proposed',
    causeId: null,
  })
  await commitTogether(ports, statements)
  return engagement
}

/** One case, as whoever carries it or takes part in it may read it. 404 otherwise. */
export async function readEngagement(ports: Ports, actor: Actor, id: string): Promise<Engagement> {
  return engagementView(actor, await findEngagement(ports, actor, id))
}

/** The case of a pairing, as far as the actor may know of one. */
export async function engagementOf(
  ports: Ports,
  actor: Actor,
  { demandId, supplyId }: { demandId: string; supplyId: string },
): Promise<Engagement | null> {
  const engagement = await caseOf(ports, demandId, supplyId)
  const found = engagement && (await foundAs(ports, actor, engagement))
  return found === undefined ? null : engagementView(actor, found)
}

/** Cases newest first: of a demand or of a broker; the operator's are all. */
export async function listEngagements(
  ports: Ports,
  actor: Actor,
  { demandId, state }: { demandId: string | null; state: EngagementState | null },
  page: Page,
): Promise<{ items: Engagement[]; next: Page['after'] }> {
  const conditions = { ...(state !== null && { state }), ...(await scopeOf(ports, actor, demandId)) }
  const { rows, next } = await engagements.newestPage(ports.database, conditions, page)
  const found = await Promise.all(rows.map((row) => foundAs(ports, actor, row)))
  return { items: found.flatMap((each) => (each === undefined ? [] : engagementView(actor, each))), next }
}

/** Of a demand; else what the actor carries, or is himself asked to. An enterprise names the demand. */
async function scopeOf(ports: Ports, actor: Actor, demandId: string | null): Promise<Record<string, string>> {
  if (demandId !== null) return { demand_id: (await findFor(ports, actor, demandId, 'engagement.read')).id }
  if (may(actor, 'engagement.read')) return {}
  if (may(actor, 'engagement.read', ['assigned'])) return { broker_id: actor.id }
  permit(actor, 'engagement.read', ['own', 'organisation'])
  return { supply_id: actor.id }
}

/** Who takes part reads the stage and since when; whose hand it was, and what he noted, is for those who carry it. */
function engagementView(actor: Actor, { engagement, relations }: Found): Engagement {
  if (may(actor, 'engagement.move', relations)) return engagement
  const steps = engagement.steps.map((each) => ({ ...each, by: '', code: null, note: null }))
  return { ...engagement, steps, brokerId: null, outside: null }
}

interface Found {
  engagement: Engagement
  /** How the actor stands to it as one who carries it. */
  relations: Relation[]
}

/** 404 for a case that the actor may not know of. */
export async function findEngagement(ports: Ports, actor: Actor, id: string): Promise<Found> {
  const engagement = await engagements.find(ports.database, id)
  const found = engagement && (await foundAs(ports, actor, engagement))
  if (found === undefined) throw new Problem('not-found', { id })
  return found
}

/** Of these the cases that the actor may know of, in the order of the ids. */
export async function findEngagements(ports: Ports, actor: Actor, ids: readonly string[]): Promise<Found[]> {
  const rows = await engagements.findMany(ports.database, ids)
  const found = await Promise.all(rows.map((row) => foundAs(ports, actor, row)))
  return found.filter((each) => each !== undefined)
}

/** Who carries it, or speaks for one of its sides. Of a candidate whom nobody has asked yet he himself is told nothing. */
async function foundAs(ports: Ports, actor: Actor, engagement: Engagement): Promise<Found | undefined> {
  const { demandId, supplyId, brokerId } = engagement
  const demand = await demands.find(ports.database, demandId)
  const ofDemand = demand === undefined ? [] : demandRelations(actor, demand)
  const relations: Relation[] = actor.id === brokerId ? ['assigned', ...ofDemand] : ofDemand
  if (may(actor, 'engagement.read', relations)) return { engagement, relations }
  const sides = supplyId === null ? undefined : await findSides(ports, { demandId, supplyId })
  const isAsked = engagement.steps.some(({ to }) => to !== 'proposed')
  return sides !== undefined && isAsked && sideOf(actor, 'engagement.read', sides) === 'supply' ? { engagement, relations: [] } : undefined
}

/** The case after a step. */
export const moved = ({ steps }: Engagement, made: Step): Pick<Engagement, 'state' | 'steps'> => ({
  state: made.to,
  steps: [...steps, made].slice(-200),
})

/** What the journal says of a step. */
export const changeOf = ({ demandId, state }: Engagement, { to, by, code }: Step) =>
  ({ kind: 'engagement.moved', actorId: by, facts: { demandId, from: state, to, ...(code !== null && { code }) } }) as const

/** The case of a pairing; one that came with a demand that was merged has its id of that. */
async function caseOf({ database }: Ports, demandId: string, supplyId: string): Promise<Engagement | undefined> {
  const [found] = await engagements.newest(database, { demand_id: demandId, supply_id: supplyId }, { after: null, limit: 1 })
  return found
}

/** One case a pairing: its id is made of both, so that of two who begin it at the same moment the journal lets one. */
const idOf = (demandId: string, origin: string) => idFromOrigin('engagement', `${demandId} ${origin}`)

interface Starting {
  id: string
  request: EngagementRequest
  brokerId: string | null
  by: string
  state: EngagementState
  causeId: string | null
}

function starting(ports: Ports, { id, request, brokerId, by, state, causeId }: Starting) {
  const now = ports.now()
  const engagement: Engagement = {
    ...request,
    id,
    originId: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
    visibility: 'nda',
    brokerId,
    state,
    steps: [{ to: state, on: today(ports), at: now, by, code: null, note: null }],
    causeId,
  }
  const facts = { demandId: request.demandId, to: state }
  const entries = chronicle(ports, engagement, { kind: 'engagement.proposed', actorId: by, facts })
  return { engagement, statements: [...entries, ...engagements.insert(ports.database, engagement)] }
}

/** The statements by which two who want to talk have a case that is at least 已联系. */
export async function beginning(
  ports: Ports,
  { demandId, supplyId, brokerId, by, causeId }: Pick<Starting, 'brokerId' | 'by' | 'causeId'> & { demandId: string; supplyId: string },
): Promise<Compilable[]> {
  const before = await caseOf(ports, demandId, supplyId)
  if (before === undefined) {
    const id = await idOf(demandId, supplyId)
    return starting(ports, { id, request: { demandId, supplyId, outside: null }, brokerId, by, state: 'contacted', causeId }).statements
  }
  if (before.state !== 'proposed' && before.state !== 'lost') return []
  const made: Step = { to: 'contacted', on: today(ports), at: ports.now(), by, code: null, note: null }
  return nextOf(ports, engagements, before, moved(before, made), changeOf(before, made)).statements
}

/** The statements by which a case is lost where one of the two said no; none where there is none, or it has come to its end. */
export async function losing(
  ports: Ports,
  { demandId, supplyId, by, code }: { demandId: string; supplyId: string; by: string; code: Decline['code'] },
): Promise<Compilable[]> {
  const before = await caseOf(ports, demandId, supplyId)
  if (before === undefined || !('lose' in engagementLifecycle[before.state])) return []
  const made: Step = { to: 'lost', on: today(ports), at: ports.now(), by, code, note: null }
  return nextOf(ports, engagements, before, moved(before, made), changeOf(before, made)).statements
}
