import type { Compilable } from 'kysely'
import { type Actor, marketItself } from '../../accounts/actor.ts'
import { may, permit, type Relation } from '../../accounts/permissions.ts'
import type { Side } from '../../matching/refusal.ts'
import type { Page } from '../../platform/database/listings.ts'
import { idFromOrigin } from '../../platform/ids.ts'
import { chronicle, commitTogether, step } from '../../platform/journal/change.ts'
import { nextState, pastOf } from '../../platform/lifecycle.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import {
  type Interest,
  type InterestAnswer,
  type InterestRequest,
  type InterestState,
  type InterestView,
  interestLifecycle,
} from '../interest.ts'
import { interests, standingInterests } from '../store.ts'
import { heldBy, heldDelegations } from './delegated.ts'
import { delegationAnswered } from './delegation.ts'
import { beginning } from './engagement.ts'
import { referring } from './referral.ts'
import { refusing } from './refusal.ts'
import {
  findSides,
  isAheadOfPublication,
  isReachable,
  knownSides,
  permittedSide,
  refuseImpossible,
  relationsToSides,
  type Sides,
  sideOf,
} from './sides.ts'

const other = { demand: 'supply', supply: 'demand' } as const satisfies Record<Side, Side>

/**
 * 想进一步了解: asks the other side, or, while the demand is not published, once it is. 401, 403 for who speaks for neither, 409 where the pairing is closed, not to be had, or asked about
 * already, 422.
 */
export async function expressInterest(ports: Ports, actor: Actor, request: InterestRequest): Promise<InterestView> {
  const { demandId, supplyId, note, contact } = request
  const sides = await knownSides(ports, actor, { demandId, supplyId })
  const from = permittedSide(actor, 'interest.express', sides)
  const { interest, statements } = await expressing(ports, { sides, from, by: actor.id, note, contact })
  await commitTogether(ports, statements)
  return viewOf(actor, interest, sides)
}

interface Expressing {
  sides: Sides
  from: Side
  by: string
  note: string | null
  contact: Interest['askerContact']
}

/** An interest, and the statements that write it. 409 where the pairing is closed, not to be had, or asked about already. */
export async function expressing(
  ports: Ports,
  { sides, from, by, note, contact }: Expressing,
): Promise<{ interest: Interest; statements: Compilable[] }> {
  await refuseImpossible(ports, sides, from, { mayWait: true })
  const [demandId, supplyId] = [sides.demand.id, sides.supply.noun.id]
  const before = await interests.newest(ports.database, { demand_id: demandId, supply_id: supplyId }, { after: null, limit: 100 })
  const standing = before.find(({ state }) => state === 'waiting' || state === 'open' || state === 'accepted')
  if (standing !== undefined) throw new Problem('not-allowed-now', { state: standing.state })
  const now = ports.now()
  const interest: Interest = {
    // The next one of its pairing: of two who ask at the same moment, the journal lets one.
    id: await idFromOrigin('interest', `${demandId} ${supplyId} ${before.length}`),
    originId: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
    visibility: 'nda',
    demandId,
    supplyId,
    from,
    askedBy: by,
    note,
    askerContact: contact,
    state: isAheadOfPublication(sides.demand) ? 'waiting' : 'open',
    answeredBy: null,
    answeredAt: null,
    answererContact: null,
    decline: null,
    how: null,
    referralId: null,
  }
  const entries = chronicle(ports, interest, { kind: 'interest.expressed', actorId: by, facts: { demandId, from } })
  return { interest, statements: [...entries, ...interests.insert(ports.database, interest)] }
}

/**
 * The side that was asked answers. A yes opens a case and shows each how to reach the other; a no, also one that names
 * somebody else, excludes the pairing, with a reason of that side's list. 403 for the asker, 404, 409, 422.
 */
export async function answerInterest(ports: Ports, actor: Actor, id: string, answer: InterestAnswer): Promise<InterestView> {
  const { interest, sides, held } = await findInterest(ports, actor, id)
  const asked = other[interest.from]
  if (permittedSide(actor, 'interest.answer', sides, held) !== asked)
    throw new Problem('not-permitted', { verb: 'interest.answer', role: actor.role })
  if (answer.answer === 'referred' && asked === 'demand')
    throw new Problem('invalid-input', {
      errors: [{ pointer: '/answer', code: 'invalid-value', facts: { values: 'accepted, call, declined' } }],
    })
  const isYes = answer.answer === 'accepted' || answer.answer === 'call'
  const verb = isYes ? 'accept' : 'decline'
  const state = nextState(interestLifecycle, interest.state, verb)
  const said = { state, answeredBy: actor.id, answeredAt: ports.now() }
  const change = {
    kind: `interest.${pastOf[verb]}`,
    actorId: actor.id,
    facts: { demandId: interest.demandId, from: interest.from },
  } as const
  const over = await delegationAnswered(ports, interest.id, actor.id)
  const { changes, statements } = await answering(ports, { interest, sides, by: actor.id }, answer)
  const next = await step(ports, interests, interest, { ...said, ...changes }, change, [...statements, ...over])
  return viewOf(actor, next, sides, held)
}

/** What an answer says, and the statements of what comes of it. */
async function answering(
  ports: Ports,
  { interest, sides, by }: { interest: Interest; sides: Sides; by: string },
  { answer, ...said }: InterestAnswer,
): Promise<{ changes: Partial<Interest>; statements: Compilable[] }> {
  const { demandId, supplyId } = interest
  const { brokerId } = sides.demand
  if ('contact' in said) {
    const statements = await beginning(ports, { demandId, supplyId, brokerId, by, causeId: interest.id })
    return { changes: { answererContact: said.contact, how: answer === 'call' ? 'call' : 'talk' }, statements }
  }
  if ('code' in said) {
    const { statements } = await refusing(ports, { sides, side: other[interest.from], by, decline: said })
    return { changes: { decline: said }, statements }
  }
  const { referral, statements } = referring(ports, { demandId, fromId: supplyId, sentBy: brokerId, interestId: interest.id }, by, said)
  const decline = { code: 'referred' as const, note: null, isReleased: false }
  const refused = await refusing(ports, { sides, side: other[interest.from], by, decline })
  return { changes: { decline, referralId: referral.id }, statements: [...statements, ...refused.statements] }
}

/** Asks what was asked before the demand was published. What has become impossible since is withdrawn. */
export async function sendWaiting(ports: Ports, demandId: string): Promise<void> {
  const { rows } = await interests.newestPage(ports.database, { demand_id: demandId, state: 'waiting' }, { after: null, limit: 200 })
  for (const interest of rows) {
    const sides = await findSides(ports, interest)
    if (sides === undefined || isAheadOfPublication(sides.demand)) continue
    const verb = (await isPossible(ports, sides, interest.from)) ? 'send' : 'withdraw'
    const state = nextState(interestLifecycle, interest.state, verb)
    await step(ports, interests, interest, { state }, { kind: `interest.${pastOf[verb]}`, actorId: marketItself.id, facts: { demandId } })
  }
}

async function isPossible(ports: Ports, sides: Sides, from: Side): Promise<boolean> {
  try {
    await refuseImpossible(ports, sides, from)
    return true
  } catch (error) {
    if (error instanceof Problem && error.kind === 'not-allowed-now') return false
    throw error
  }
}

/** The asker takes his question back. 403, 404, 409 once it is answered. */
export async function withdrawInterest(ports: Ports, actor: Actor, id: string): Promise<InterestView> {
  const { interest, sides } = await findInterest(ports, actor, id)
  if (permittedSide(actor, 'interest.withdraw', sides) !== interest.from)
    throw new Problem('not-permitted', { verb: 'interest.withdraw', role: actor.role })
  const state = nextState(interestLifecycle, interest.state, 'withdraw')
  return viewOf(actor, await step(ports, interests, interest, { state }, { kind: 'interest.withdrawn', actorId: actor.id }), sides)
}

/** One, as those may read it whom it concerns. 404 otherwise. */
export async function readInterest(ports: Ports, actor: Actor, id: string): Promise<InterestView> {
  const { interest, sides, held } = await findInterest(ports, actor, id)
  return viewOf(actor, interest, sides, held)
}

/** Interests newest first: in a demand, or in what stands opposite. 403, 404. */
export async function listInterests(
  ports: Ports,
  actor: Actor,
  { demandId, supplyId, state }: { demandId: string | null; supplyId: string | null; state: InterestState | null },
  page: Page,
): Promise<{ items: InterestView[]; next: Page['after'] }> {
  if (actor.role === 'visitor') throw new Problem('not-signed-in')
  // Without either, what the actor himself is asked for; everything for those who may read it all.
  const own = demandId === null && supplyId === null && !may(actor, 'interest.read') ? { supply_id: actor.id } : {}
  const conditions = {
    ...own,
    ...(demandId !== null && { demand_id: demandId }),
    ...(supplyId !== null && { supply_id: supplyId }),
    ...(state !== null && { state }),
  }
  const { rows, next } = await interests.newestPage(ports.database, conditions, page)
  const shown = await Promise.all(rows.map((interest) => viewFor(ports, actor, interest)))
  return { items: shown.filter((each) => each !== undefined), next }
}

/** What stands between the actor and others, on whichever side he is, and what he was handed; newest first, 200 at most. 401, 403. */
export async function ownInterests(ports: Ports, actor: Actor): Promise<InterestView[]> {
  permit(actor, 'interest.answer', ['own', 'organisation'])
  const own = await standingInterests(ports.database, actor.id)
  const handed = await interests.findMany(
    ports.database,
    (await heldDelegations(ports, actor)).map(({ requestId }) => requestId).filter((id) => !own.some((each) => each.id === id)),
  )
  const standing = handed.filter(({ state }) => state === 'open' || state === 'accepted')
  const views = await Promise.all([...own, ...standing].map((each) => viewFor(ports, actor, each)))
  return views.filter((each) => each !== undefined)
}

async function viewFor(ports: Ports, actor: Actor, interest: Interest): Promise<InterestView | undefined> {
  const sides = await findSides(ports, interest)
  const held = await heldBy(ports, actor, interest.id)
  return sides !== undefined && isKnownTo(actor, interest, sides, held) ? viewOf(actor, interest, sides, held) : undefined
}

/** What still waits for its demand, the side that will be asked does not know of. */
function isKnownTo(actor: Actor, interest: Interest, sides: Sides, held: readonly Relation[]): boolean {
  const side = sideOf(actor, 'interest.read', sides, held)
  return side !== null && (interest.state !== 'waiting' || side === interest.from)
}

async function findInterest(ports: Ports, actor: Actor, id: string): Promise<{ interest: Interest; sides: Sides; held: Relation[] }> {
  const interest = await interests.find(ports.database, id)
  const sides = interest && (await findSides(ports, interest))
  const held = await heldBy(ports, actor, id)
  if (interest === undefined || sides === undefined || !isKnownTo(actor, interest, sides, held)) throw new Problem('not-found', { id })
  return { interest, sides, held }
}

function viewOf(actor: Actor, interest: Interest, sides: Sides, held: readonly Relation[] = []): InterestView {
  const { askedBy: _, answeredBy: __, referralId: ___, decline, ...rest } = interest
  const side = sideOf(actor, 'interest.read', sides, held)
  const relations = relationsToSides(actor, sides)
  const carries = relations.demand.includes('assigned') || actor.role === 'operator'
  const isAsker = side === interest.from && !carries
  const isAsked = side === other[interest.from] && !carries
  const isMutual = interest.state === 'accepted'
  return {
    ...rest,
    owes: interest.state === 'open' ? (interest.from === 'demand' && !isReachable(sides.supply) ? 'broker' : other[interest.from]) : null,
    askerContact: isMutual || isAsker || carries ? interest.askerContact : null,
    answererContact: isMutual || isAsked || carries ? interest.answererContact : null,
    decline: decline && {
      code: decline.isReleased || !isAsker ? decline.code : null,
      note: isAsker ? null : decline.note,
    },
  }
}
