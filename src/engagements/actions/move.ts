import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { step } from '../../platform/journal/change.ts'
import { nextState } from '../../platform/lifecycle.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { type Engagement, type EngagementState, engagementLifecycle, type Move, type Step } from '../engagement.ts'
import { engagements, type LastMove, lastMove } from '../store.ts'
import { changeOf, findEngagement, moved } from './engagement.ts'
import { referring } from './referral.ts'

/** By which verb the board comes to a stage. */
const verbTo = { proposed: 'propose', contacted: 'contact', talking: 'talk', signed: 'sign', lost: 'lose' } as const

/** The stage after a move; 409 where the table knows no such move. */
export const stageAfter = (state: EngagementState, to: EngagementState) => nextState(engagementLifecycle, state, verbTo[to])

/**
 * Moves a case on the board, on the day it happened. 403, 404, 409 where the table knows no such move or somebody else has moved it since,
 * 422 for 流失 without a reason and for a day to come.
 */
export async function moveEngagement(ports: Ports, actor: Actor, id: string, move: Move): Promise<Engagement> {
  const { engagement, relations } = await findEngagement(ports, actor, id)
  permit(actor, 'engagement.move', relations)
  refuseStale(engagement, move.version)
  stageAfter(engagement.state, move.to)
  refuseFaulty(ports, move)
  const now = stopped(ports)
  const made = stepOf(now, actor, move)
  return step(now, engagements, engagement, moved(engagement, made), changeOf(engagement, made), referralOf(now, actor, engagement, move))
}

/** 推荐他人, as it was told a broker. 422 where that is not why the case was lost, or nobody of the directory said it. */
function referralOf(ports: Ports, actor: Actor, { demandId, supplyId }: Engagement, { code, referral }: Move) {
  if (referral === null) return []
  if (code !== 'referred' || supplyId === null)
    throw new Problem('invalid-input', { errors: [{ pointer: '/referral', code: 'not-referred' }] })
  return referring(ports, { demandId, fromId: supplyId, sentBy: actor.id }, actor.id, referral).statements
}

/** Takes the last move back; what was undone stays in the journal. 403, 404, 409 where there is none, or somebody has moved it since. */
export async function undoMove(ports: Ports, actor: Actor, id: string, version: number): Promise<Engagement> {
  const { engagement, relations } = await findEngagement(ports, actor, id)
  permit(actor, 'engagement.move', relations)
  refuseStale(engagement, version)
  const { changes, change } = undone(engagement, actor)
  return step(ports, engagements, engagement, changes, change)
}

/** Who moved a case last, where to and when; for those who carry it. 404 where nobody has moved it. */
export async function readLastMove(ports: Ports, actor: Actor, id: string): Promise<LastMove> {
  const { relations } = await findEngagement(ports, actor, id)
  permit(actor, 'engagement.move', relations)
  const last = await lastMove(ports.database, id)
  if (last === undefined) throw new Problem('not-found', { id })
  return last
}

/** The same ports while the clock stands: what is done at once has one instant, by which it is known. */
export function stopped(ports: Ports): Ports {
  const at = ports.now()
  return { ...ports, now: () => at }
}

export type Wanted = Pick<Move, 'to' | 'on' | 'code' | 'note'>

/** 422 for 流失 without a reason, for 其他 without a word and for a day to come. */
export function refuseFaulty(ports: Ports, { to, on, code, note }: Wanted): void {
  const day = today(ports)
  const errors = [
    ...(to === 'lost' && code === null ? [{ pointer: '/code', code: 'required' }] : []),
    ...(code === 'other' && note === null ? [{ pointer: '/note', code: 'required' }] : []),
    ...(on !== null && on > day ? [{ pointer: '/on', code: 'day-to-come', facts: { today: day } }] : []),
  ]
  if (errors.length > 0) throw new Problem('invalid-input', { errors })
}

export const stepOf = (ports: Ports, actor: Actor, { to, on, code, note }: Wanted): Step => ({
  to,
  on: on ?? today(ports),
  at: ports.now(),
  by: actor.id,
  code,
  note,
})

/** A case without its last move. 409 where that is its first. */
export function undone({ demandId, state, steps: made }: Engagement, actor: Actor) {
  const steps = made.slice(0, -1)
  const last = steps.at(-1)
  if (last === undefined) throw new Problem('not-allowed-now', { reason: 'first-step' })
  const facts = { demandId, from: state, to: last.to }
  return { changes: { steps, state: last.to }, change: { kind: 'engagement.undone', actorId: actor.id, facts } } as const
}

function refuseStale({ version, state }: Engagement, seen: number): void {
  if (version !== seen) throw new Problem('changed-meanwhile', { state })
}
