import type { Actor } from '../../accounts/actor.ts'
import { may } from '../../accounts/permissions.ts'
import { refuseTelling, toldOutside, untold } from '../../demands/actions/hiding.ts'
import { proposalWith } from '../../demands/actions/proposal.ts'
import { answered, demandRelations, mayWord, refuseClosed } from '../../demands/actions.ts'
import { type Demand, demandFaults, isPublished, type WordedField, type Wording, wordedFields } from '../../demands/demand.ts'
import { withParsedForm } from '../../demands/indicators.ts'
import { demandLifecycle } from '../../demands/lifecycle.ts'
import { demands } from '../../demands/store.ts'
import { keptFor } from '../../directory/store/names.ts'
import { commitTogether, nextOf } from '../../platform/journal/change.ts'
import { nextState } from '../../platform/lifecycle.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { closerOf, MergeField as fields, isOneHidden, type MergeField, type Merging, membersOf, saysNothing, saysSame } from '../twins.ts'
import { deciding } from './decide.ts'
import { findPair } from './find.ts'
import { moving } from './moving.ts'

/** Which one ends, both as they were seen, and what the one that stays says from now on as the other did. */
export interface MergeRequest {
  withId: string
  version: number
  withVersion: number
  take: MergeField[]
}

/**
 * Makes one of two demands of one enterprise: `withId` ends and all that belongs to it follows into `id`. Words that are the owner's are
 * proposed to him. One commit. 401, 403, 404, 409 where one is closed, has changed, or is another enterprise's, 422.
 */
export async function mergeDemands(
  ports: Ports,
  actor: Actor,
  id: string,
  { withId, version, withVersion, take }: MergeRequest,
): Promise<Demand> {
  const [into, from] = await findPair(ports, actor, [id, withId], 'demand.merge')
  const state = nextState(demandLifecycle, from.state, 'merge')
  refuseClosed(into)
  // What is read and answered to does not vanish behind a draft.
  if (isPublished(from) && !isPublished(into)) throw new Problem('not-allowed-now', { state: into.state, reason: 'published-stays' })
  const reason = await obstacleBetween(ports, into, from)
  if (reason !== null) throw new Problem('not-allowed-now', { state: into.state, reason })
  if (into.version !== version || from.version !== withVersion) throw new Problem('changed-meanwhile', { state: into.state })
  const unread = unreadFields(actor, into, from)
  if (take.some((field) => unread.includes(field))) throw new Problem('not-permitted', { verb: 'demand.merge', role: actor.role })
  // What the actor does not see he does not choose either: nothing is lost that only one says.
  const unseen = unread.filter((field) => saysNothing(into, field) && !saysNothing(from, field))
  const changes = await changesOf(ports, actor, into, from, [...take, ...unseen])
  const change = { kind: 'demand.merged', actorId: actor.id, facts: { fromId: from.id, intoId: into.id, taken: take, unseen } } as const
  const ended = { ...change, facts: { ...change.facts, from: from.state } }
  const moved = await moving(ports, actor, from, into)
  const kept = nextOf(ports, demands, into, changes, change)
  const merging: Merging = {
    fromId: from.id,
    intoId: into.id,
    // The lifecycle merges from these states alone.
    fromState: from.state as Merging['fromState'],
    intoVersion: kept.next.version,
    moved: moved.moved,
    links: moved.links,
  }
  const decided = await deciding(ports, actor, [id, withId], 'merge', merging)
  // The decision comes last: what the journal has after it has happened since.
  const gone = nextOf(ports, demands, from, { state, mergedIntoId: into.id }, ended)
  await commitTogether(ports, [...kept.statements, ...gone.statements, ...moved.statements, ...decided.statements])
  return answered(actor, kept.next)
}

/** Why two demands cannot be one, whichever of them stays; null where they can. */
export async function obstacleBetween({ database }: Ports, a: Demand, b: Demand): Promise<'two-enterprises' | 'one-hidden' | null> {
  const [ofA, ofB] = await Promise.all([keptFor(database, a.enterpriseId), keptFor(database, b.enterpriseId)])
  if (ofA !== ofB) return 'two-enterprises'
  return isOneHidden(a, b) ? 'one-hidden' : null
}

/** The fields of which the actor may not read what one of the two says: he chooses nothing there, and nothing is lost that only one says. */
export function unreadFields(actor: Actor, a: Demand, b: Demand): MergeField[] {
  const reads = (verb: 'demand.read-contacts' | 'demand.read-confidential') =>
    [a, b].every((each) => may(actor, verb, demandRelations(actor, each)))
  return [
    ...(reads('demand.read-confidential') ? [] : (['confidential'] as const)),
    ...(reads('demand.read-contacts') ? [] : (['businessContact', 'technicalContact'] as const)),
    ...(may(actor, 'demand.assign') ? [] : (['brokerId'] as const)),
  ]
}

/** What the one that stays says otherwise: words that are the owner's as a proposal. */
async function changesOf(ports: Ports, actor: Actor, into: Demand, from: Demand, take: readonly MergeField[]): Promise<Partial<Demand>> {
  const taken = fields.options.filter((field) => take.includes(field) && !saysSame(into, from, field))
  const isWorded = (field: MergeField): field is WordedField => (wordedFields as readonly MergeField[]).includes(field)
  const words = taken.filter(isWorded)
  const own = mayWord(actor, into) ? taken : taken.filter((field) => !isWorded(field))
  const values: Partial<Demand> = Object.fromEntries(own.flatMap(membersOf).map((member) => [member, from[member]]))
  const said: Partial<Demand> = {
    ...values,
    ...(values.indicators && { indicators: values.indicators.map(withParsedForm) }),
    ...closerOf(into, from),
    // The owner stood by it on the later of the two days.
    confirmedAt: [into.confirmedAt, from.confirmedAt].reduce((a, b) => (a === null || (b !== null && b > a) ? b : a)),
  }
  refusePast(ports, { ...into, ...said }, own.flatMap(membersOf))
  const { telling, outward } = isPublished(into) ? await toldOutside(ports, { ...into, ...said }, into) : untold
  refuseTelling(telling)
  const proposal = mayWord(actor, into) || words.length === 0 ? into.proposal : proposalWith(ports, actor, into, wordingOf(from, words))
  return { ...said, outward, proposal }
}

/** A term that is over holds for nothing: it is not taken over. 422. */
function refusePast(ports: Ports, demand: Demand, taken: readonly string[]): void {
  const errors = demandFaults(demand, today(ports)).filter(({ pointer }) => taken.includes(pointer.slice(1)))
  if (errors.length > 0)
    throw new Problem('invalid-input', { errors: errors.map((each) => ({ ...each, pointer: `/take${each.pointer}` })) })
}

function wordingOf(demand: Demand, words: readonly WordedField[]): Wording {
  const of = { ...demand, indicators: demand.indicators.map(({ text, need }) => ({ text, need })) }
  return Object.fromEntries(words.map((field) => [field, of[field]]))
}
