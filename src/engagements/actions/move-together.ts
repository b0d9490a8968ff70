import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { commitTogether, nextOf } from '../../platform/journal/change.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { type Engagement, type JointMove, nextStages } from '../engagement.ts'
import { engagements, idsMovedAt } from '../store.ts'
import { changeOf, findEngagements, moved } from './engagement.ts'
import { refuseFaulty, stepOf, stopped, undone } from './move.ts'

/** Why a case does not go along: it is not his to see any more, somebody has changed it since, or the table knows no such move. */
export interface Hindrance {
  id: string
  why: 'gone' | 'changed' | 'no-such-move'
}

/**
 * Moves several cases to one stage in one commit: all of them, or none. 403; 404, 409 with the cases that hinder it and why; 422 as for
 * one. The instant is that of every step, by which they are taken back together.
 */
export async function moveTogether(ports: Ports, actor: Actor, move: JointMove): Promise<{ items: Engagement[]; at: string }> {
  permit(actor, 'engagement.move', ['assigned'])
  refuseFaulty(ports, move)
  const { free, hindered } = await sortedCases(ports, actor, move)
  if (hindered.length > 0) throw hinderedBy(hindered)
  const now = stopped(ports)
  const made = stepOf(now, actor, move)
  const next = free.map((each) => nextOf(now, engagements, each, moved(each, made), changeOf(each, made)))
  await commitTogether(
    ports,
    next.flatMap(({ statements }) => statements),
  )
  return { items: next.map((each) => each.next), at: made.at }
}

/** Which of these cases may go to that stage as they are, and what hinders the others. 403 for one that he may see and not move. */
export async function sortedCases(
  ports: Ports,
  actor: Actor,
  { cases, to }: Pick<JointMove, 'cases' | 'to'>,
): Promise<{ free: Engagement[]; hindered: Hindrance[] }> {
  const seen = new Map(cases.map(({ id, version }) => [id, version]))
  const found = await foundMany(ports, actor, [...seen.keys()])
  const hindered = [...seen].flatMap(([id, version]): Hindrance[] => {
    const engagement = found.get(id)
    if (engagement === undefined) return [{ id, why: 'gone' }]
    if (engagement.version !== version) return [{ id, why: 'changed' }]
    return nextStages(engagement.state).includes(to) ? [] : [{ id, why: 'no-such-move' }]
  })
  const isFree = (id: string) => hindered.every((each) => each.id !== id)
  return { free: [...found.values()].filter(({ id }) => isFree(id)), hindered }
}

/** What the actor moved at an instant: the cases that still stand where he put them, and those that went on since. */
export async function movedTogether(ports: Ports, actor: Actor, at: string): Promise<{ still: Engagement[]; gone: Engagement[] }> {
  permit(actor, 'engagement.move', ['assigned'])
  const found = [...(await foundMany(ports, actor, await idsMovedAt(ports.database, actor.id, at))).values()]
  const isHis = ({ at: made, by }: Engagement['steps'][number]) => made === at && by === actor.id
  return {
    still: found.filter(({ steps }) => isHis(steps.at(-1)!)),
    gone: found.filter(({ steps }) => steps.slice(0, -1).some(isHis)),
  }
}

/** Takes back together what the actor moved together, in one commit; who went on since stays, and is named. 403, 404 where he moved nothing then. */
export async function undoTogether(ports: Ports, actor: Actor, at: string): Promise<{ items: Engagement[]; left: string[] }> {
  const { still, gone } = await movedTogether(ports, actor, at)
  if (still.length + gone.length === 0) throw new Problem('not-found', { at })
  const now = stopped(ports)
  const next = still.map((each) => {
    const { changes, change } = undone(each, actor)
    return nextOf(now, engagements, each, changes, change)
  })
  if (next.length > 0)
    await commitTogether(
      ports,
      next.flatMap(({ statements }) => statements),
    )
  return { items: next.map((each) => each.next), left: gone.map(({ id }) => id) }
}

/** Those that are there for him; 403 where he may see one and not move it. */
async function foundMany(ports: Ports, actor: Actor, ids: readonly string[]): Promise<Map<string, Engagement>> {
  const found = await findEngagements(ports, actor, ids)
  for (const { relations } of found) permit(actor, 'engagement.move', relations)
  return new Map(found.map(({ engagement }) => [engagement.id, engagement]))
}

const hinderedBy = (hindered: Hindrance[]) => {
  const isAny = (why: Hindrance['why']) => hindered.some((each) => each.why === why)
  const kind = isAny('gone') ? 'not-found' : isAny('changed') ? 'changed-meanwhile' : 'not-allowed-now'
  return new Problem(kind, { state: null, hindered })
}
