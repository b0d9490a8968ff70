import type { Compilable } from 'kysely'
import type { Actor } from '../../accounts/actor.ts'
import { idFromOrigin } from '../../platform/ids.ts'
import { chronicle, commitTogether, nextOf } from '../../platform/journal/change.ts'
import { nextState, type VerbOf } from '../../platform/lifecycle.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { pairOf, twins } from '../store.ts'
import { type Merging, type Twins, twinsLifecycle } from '../twins.ts'
import { findPair } from './find.ts'

/** 不是同一个: says that two demands are not the same; they are not shown to each other any more. 401, 403, 404, 409, 422. */
export async function distinguish(ports: Ports, actor: Actor, id: string, withId: string): Promise<Twins> {
  return said(ports, actor, [id, withId], 'distinguish')
}

/** Takes that back. 401, 403, 404, 409. */
export async function reconsider(ports: Ports, actor: Actor, id: string, withId: string): Promise<Twins> {
  return said(ports, actor, [id, withId], 'reconsider')
}

async function said(ports: Ports, actor: Actor, pair: [string, string], verb: 'distinguish' | 'reconsider'): Promise<Twins> {
  await findPair(ports, actor, pair, 'demand.distinguish')
  const { next, statements } = await deciding(ports, actor, pair, verb, null)
  await commitTogether(ports, statements)
  return next
}

const pastOf = { merge: 'merged', distinguish: 'distinguished', unmerge: 'unmerged', reconsider: 'reconsidered' } as const

/** What is said of a pair from now on, and the statements that write it: of two who decide at once, the journal lets one. 409, 422. */
export async function deciding(
  ports: Ports,
  actor: Actor,
  [aId, bId]: [string, string],
  verb: VerbOf<typeof twinsLifecycle>,
  merging: Merging | null,
): Promise<{ next: Twins; statements: Compilable[] }> {
  if (aId === bId) throw new Problem('invalid-input', { errors: [{ pointer: '/withId', code: 'not-mergeable' }] })
  const { database } = ports
  const before = await findDecided(ports, aId, bId)
  const changes = { state: nextState(twinsLifecycle, before?.state ?? 'open', verb), decidedBy: actor.id, merging }
  const [firstId, secondId] = [aId, bId].toSorted() as [string, string]
  const change = { kind: `twins.${pastOf[verb]}`, actorId: actor.id, facts: { firstId, secondId } } as const
  if (before !== undefined) return nextOf(ports, twins, before, changes, change)
  const now = ports.now()
  const next: Twins = {
    ...changes,
    id: await idOf(aId, bId),
    originId: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
    visibility: 'nda',
    firstId,
    secondId,
  }
  return { next, statements: [...chronicle(ports, next, change), ...twins.insert(database, next)] }
}

/** What was decided of a pair; undefined where nothing was. */
export async function findDecided({ database }: Pick<Ports, 'database'>, aId: string, bId: string): Promise<Twins | undefined> {
  return twins.find(database, await idOf(aId, bId))
}

const idOf = (aId: string, bId: string) => idFromOrigin('twins', pairOf(aId, bId))
