import type { Compilable } from 'kysely'
import { type Actor, marketItself } from '../accounts/actor.ts'
import { may, permit, type Relation, type Verb } from '../accounts/permissions.ts'
import { type Held, relationsTo } from '../accounts/relations.ts'
import { brokers, enterprises } from '../directory/store.ts'
import { findSettings } from '../market/store.ts'
import type { Conditions, Page } from '../platform/database/listings.ts'
import { kindOfId } from '../platform/ids.ts'
import { enqueue } from '../platform/jobs/jobs.ts'
import { amend, commitNew, step } from '../platform/journal/change.ts'
import { nextState, pastOf, type VerbOf } from '../platform/lifecycle.ts'
import { amended } from '../platform/merge-patch.ts'
import { type Ports, today } from '../platform/ports.ts'
import { type FieldError, Problem } from '../platform/problem.ts'
import { filled } from '../platform/schema.ts'
import { noteReading } from '../readings/actions.ts'
import { refuseTelling, toldOutside, untold } from './actions/hiding.ts'
import { whereItWent } from './actions/kept.ts'
import type { RecordedConfirmation } from './confirmation.ts'
import {
  blankDemand,
  commonly,
  commonTime,
  type Demand,
  DemandDraft,
  type DemandView,
  demandFaults,
  isHidden,
  isPublished,
  type Routing,
  wordedFields,
} from './demand.ts'
import { withParsedForm } from './indicators.ts'
import { type DemandState, demandLifecycle } from './lifecycle.ts'
import { demands } from './store.ts'
import { neverPublished, type Telling } from './telling.ts'
import { type CheckResult, recordedChecks, refuseMissingChecks } from './vetting.ts'

/** What a request to draft carries: an enterprise may leave its own id out. */
export type DemandInput = Partial<DemandDraft> & Pick<DemandDraft, 'title'>

export function demandRelations(actor: Actor, demand: Held & Pick<Demand, 'enterpriseId' | 'brokerId' | 'enteredBy'>): Relation[] {
  return [
    ...relationsTo(actor, demand, actor.id === demand.enterpriseId),
    ...(actor.id === demand.brokerId ? (['assigned'] as const) : []),
    ...(actor.id === demand.enteredBy ? (['entered'] as const) : []),
  ]
}

/** By which way a demand has come, unless whoever enters it says otherwise. */
const channels: Partial<Record<Actor['role'], DemandDraft['channel']>> = { park: 'park', county: 'bureau', broker: 'broker' }

/** States a need. Somebody else than the enterprise enters it on its behalf, and it waits for the enterprise's confirmation. What is to be written `alongside` goes into the same commit. */
export async function draftDemand(
  ports: Ports,
  actor: Actor,
  input: DemandInput,
  alongside: (demand: Demand) => Compilable[] = () => [],
): Promise<Demand> {
  const enterpriseId = input.enterpriseId ?? (actor.role === 'enterprise' ? actor.id : null)
  if (enterpriseId === null) {
    permit(actor, 'demand.draft', ['organisation', 'own'])
    throw new Problem('invalid-input', { errors: [{ pointer: '/enterpriseId', code: 'required' }] })
  }
  const channel = channels[actor.role] ?? blankDemand.channel
  const draft = filled<DemandDraft>({ ...blankDemand, channel }, { ...input, enterpriseId })
  const now = ports.now()
  const demand: Demand = {
    ...draft,
    indicators: draft.indicators.map(withParsedForm),
    id: ports.newId('demand'),
    state: 'draft',
    brokerId: null,
    enteredBy: actor.id,
    outward: null,
    onBehalfOf: actor.id === enterpriseId ? null : enterpriseId,
    confirmation: null,
    vetting: [],
    returnReason: null,
    proposal: null,
    routing: null,
    mergedIntoId: null,
    publishedAt: null,
    confirmedAt: actor.id === enterpriseId ? now : null,
    originId: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
  permit(actor, 'demand.draft', [...demandRelations(actor, demand), 'own'])
  await refuseFaults(ports, draft)
  const change = { kind: 'demand.drafted', actorId: actor.id, facts: { channel: demand.channel } } as const
  return commitNew(ports, demands, demand, change, alongside(demand))
}

/** JSON Merge Patch. 403, 404, 409 once it is closed, 412, 422. */
export async function amendDemand(
  ports: Ports,
  actor: Actor,
  id: string,
  version: number,
  patch: unknown,
  alongside: Compilable[] = [],
): Promise<Demand> {
  const demand = await findFor(ports, actor, id, 'demand.amend')
  refuseClosed(demand)
  const draft = amended(DemandDraft, demand, patch)
  if (draft.enterpriseId !== demand.enterpriseId)
    throw new Problem('invalid-input', { errors: [{ pointer: '/enterpriseId', code: 'fixed' }] })
  refuseRewording(actor, demand, draft)
  // A day that has passed since it was written is not the amender's fault.
  const unchanged = (['deadlineOn', 'expiresOn'] as const).filter((name) => draft[name] === demand[name])
  await refuseFaults(ports, draft, unchanged)
  // Before publication the operator looks; afterwards nobody does.
  const { telling, outward } = isPublished(demand) ? await toldOutside(ports, { ...draft, id }, demand) : untold
  refuseTelling(telling)
  const changes = { ...draft, indicators: draft.indicators.map(withParsedForm), outward }
  return answered(actor, await amend(ports, demands, demand, version, changes, { kind: 'demand.amended', actorId: actor.id }, alongside))
}

/** Whether somebody may word a demand himself: its enterprise and those who entered it for it; the operator where nobody else did, and nobody has said yes. */
export function mayWord(actor: Actor, demand: Demand): boolean {
  const relations = demandRelations(actor, demand)
  if (actor.role !== 'operator') return relations.includes('organisation') || relations.includes('entered')
  return demand.confirmation === null && !keeperKinds.some((kind) => kind === kindOfId(demand.enteredBy))
}
const keeperKinds = ['enterprise', 'park', 'county', 'broker'] as const

/** The operator and the broker propose other words to the owner (see `proposeWording`); all else they may amend. 409. */
function refuseRewording(actor: Actor, demand: Demand, draft: DemandDraft): void {
  if (mayWord(actor, demand)) return
  const written = (of: DemandDraft) => JSON.stringify(wordedFields.map((field) => (field === 'indicators' ? wanted(of) : of[field])))
  if (written(demand) !== written(draft)) throw new Problem('not-allowed-now', { state: demand.state, reason: 'propose-instead' })
}
const wanted = ({ indicators }: DemandDraft) => indicators.map(({ text, need }) => [text, need])

/** Asks for publication: the demand goes to vetting. */
export async function requestDemandPublication(ports: Ports, actor: Actor, id: string): Promise<Demand> {
  const demand = await findFor(ports, actor, id, 'demand.request-publication')
  return move(ports, actor, demand, 'request', { returnReason: null })
}

/** Grants publication once all three checks have passed; 409 names the ones that have not. */
export async function publishDemand(ports: Ports, actor: Actor, id: string, checks: CheckResult[]): Promise<Demand> {
  const demand = await findFor(ports, actor, id, 'demand.publish')
  const at = ports.now()
  const vetting = [...demand.vetting, ...recordedChecks(checks, actor, at)]
  nextState(demandLifecycle, demand.state, 'publish')
  refuseMissingChecks(checks)
  const despite = checks.some(({ check, reason }) => check === 'wording' && reason !== null)
  const { telling, outward } = await toldOutside(ports, demand)
  refuseTelling(telling.filter(({ kind }) => !despite || neverPublished.includes(kind)))
  const changes = { vetting, publishedAt: at, outward }
  // What was asked about it meanwhile goes out.
  const sending = enqueue(ports, { kind: 'interests.send', payload: { demandId: id }, runAt: at })
  return move(ports, actor, demand, 'publish', changes, { checks: checks.map(({ check }) => check) }, [sending])
}

/** Sends it back to its owner with a reason. */
export async function returnDemand(ports: Ports, actor: Actor, id: string, reason: string, checks: CheckResult[]): Promise<Demand> {
  const demand = await findFor(ports, actor, id, 'demand.return')
  const vetting = [...demand.vetting, ...recordedChecks(checks, actor, ports.now())]
  return move(ports, actor, demand, 'return', { returnReason: reason, vetting })
}

/** Takes a demand that is not technical to where it belongs. */
export async function routeDemand(ports: Ports, actor: Actor, id: string, routing: Routing): Promise<Demand> {
  const demand = await findFor(ports, actor, id, 'demand.route')
  return move(ports, actor, demand, 'route', { routing }, { to: routing.to })
}

export async function withdrawDemand(ports: Ports, actor: Actor, id: string, alongside: Compilable[] = []): Promise<Demand> {
  return move(ports, actor, await findFor(ports, actor, id, 'demand.withdraw'), 'withdraw', {}, {}, alongside)
}

export async function solveDemand(ports: Ports, actor: Actor, id: string): Promise<Demand> {
  return move(ports, actor, await findFor(ports, actor, id, 'demand.solve'), 'solve', {})
}

/**
 * Records the enterprise's yes: to what it wrote itself, it alone; to what was entered for it, whoever entered it too, by whom, how and on
 * which day it was given. 403, 404, 409 once it is closed or for what the enterprise wrote itself, 422 for a day to come.
 */
export async function confirmDemand(ports: Ports, actor: Actor, id: string, { how, by, on }: RecordedConfirmation): Promise<Demand> {
  const demand = await findFor(ports, actor, id, 'demand.confirm')
  refuseClosed(demand)
  if (demand.onBehalfOf === null && !demandRelations(actor, demand).includes('organisation'))
    throw new Problem('not-allowed-now', { state: demand.state, reason: 'own-demand' })
  const day = today(ports)
  if (on !== undefined && on > day)
    throw new Problem('invalid-input', { errors: [{ pointer: '/on', code: 'day-to-come', facts: { today: day } }] })
  // Noon is on the same day nearly everywhere.
  const at = on === undefined || on === day ? ports.now() : `${on}T12:00:00.000Z`
  // A yes that is written down late is no later than one that was given since.
  const confirmedAt = demand.confirmedAt !== null && demand.confirmedAt > at ? demand.confirmedAt : at
  const change = { kind: 'demand.confirmed', actorId: actor.id, facts: { how } } as const
  return answered(actor, await step(ports, demands, demand, { confirmation: { how, by, at }, confirmedAt }, change))
}

/** The operator assigns a broker; a broker may take one that nobody has, where the market allows it. */
export async function assignDemand(ports: Ports, actor: Actor, id: string, brokerId: string): Promise<Demand> {
  const demand = await findKnown(ports, actor, id)
  if (!may(actor, 'demand.assign')) {
    permit(actor, 'demand.take')
    const { settings } = await findSettings(ports.database)
    if (!settings.brokersMayTake || brokerId !== actor.id) throw new Problem('not-permitted', { verb: 'demand.assign', role: actor.role })
    if (demand.brokerId !== null) throw new Problem('not-allowed-now', { state: demand.state, reason: 'already-assigned' })
  }
  refuseClosed(demand)
  if (!(await brokers.find(ports.database, brokerId)))
    throw new Problem('invalid-input', { errors: [{ pointer: '/brokerId', code: 'unknown-reference' }] })
  return answered(
    actor,
    await step(ports, demands, demand, { brokerId }, { kind: 'demand.assigned', actorId: actor.id, facts: { brokerId } }),
  )
}

/** Closes what has passed its last day; run daily. Returns how many. */
export async function expireDemands(ports: Ports): Promise<number> {
  const day = today(ports)
  let expired = 0
  for await (const demand of demands.each(ports.database, { state: 'published' })) {
    if (demand.expiresOn === null || demand.expiresOn >= day) continue
    await move(ports, marketItself, demand, 'expire', {})
    expired++
  }
  return expired
}

/** One demand as this actor may read it; 404 where he may not know of it. */
export async function readDemand(ports: Ports, actor: Actor, id: string): Promise<DemandView> {
  const demand = await findKnown(ports, actor, id)
  const view = demandView(actor, demand)
  return demand.mergedIntoId === null ? view : { ...view, mergedIntoId: await whereItWent(ports, actor, id) }
}

/** The same for whoever looks at it: of a look at what is confidential a trace stays, but of the owner's own. */
export async function showDemand(ports: Ports, actor: Actor, id: string): Promise<DemandView> {
  const view = await readDemand(ports, actor, id)
  await noteReading(ports, actor, view)
  return view
}

/** A page of demands that this actor may know of, newest first. */
export async function listDemands(
  ports: Ports,
  actor: Actor,
  filter: { state?: DemandState; enterpriseId?: string; brokerId?: string },
  page: Page,
): Promise<{ items: DemandView[]; next: Page['after'] }> {
  const conditions: Conditions = {
    ...(filter.state && { state: filter.state }),
    ...(filter.enterpriseId && { enterprise_id: filter.enterpriseId }),
    ...(filter.brokerId && { broker_id: filter.brokerId }),
  }
  const seesAll = may(actor, 'demand.read-whole') || filter.enterpriseId === actor.id || filter.brokerId === actor.id
  if (!seesAll) {
    if (filter.state && filter.state !== 'published') return { items: [], next: null }
    conditions.state = 'published'
    // Whose demand it is may be the secret: by enterprise or broker, only those are listed that say so (see `demands`).
    if (filter.enterpriseId || filter.brokerId) conditions.visibility = 'public'
  }
  const { rows, next } = await demands.newestPage(ports.database, conditions, page)
  return { items: rows.map((demand) => demandView(actor, demand)), next }
}

export function demandView(actor: Actor, demand: Demand): DemandView {
  const relations = demandRelations(actor, demand)
  const { enteredBy: _, outward: __, ...shown } = demand
  const hasConfidential = demand.confidential !== null
  const confidential = may(actor, 'demand.read-confidential', relations) ? demand.confidential : null
  if (may(actor, 'demand.read-whole', relations)) {
    const contacts = may(actor, 'demand.read-contacts', relations) ? {} : { businessContact: null, technicalContact: null }
    // Where it went is told by `keptDemand`: whoever entered it may not know of the other one.
    const mergedIntoId = relations.includes('organisation') || may(actor, 'demand.merge', relations) ? demand.mergedIntoId : null
    return { ...shown, ...contacts, mergedIntoId, confidential, hasConfidential, reading: 'whole' }
  }
  const { region, classification } = commonly(demand)
  const outside: DemandView = {
    ...shown,
    businessContact: null,
    technicalContact: null,
    onBehalfOf: null,
    confirmation: null,
    vetting: null,
    returnReason: null,
    proposal: null,
    routing: null,
    mergedIntoId: null,
    confidential,
    hasConfidential,
    reading: 'whole',
    ...(demand.isAnonymous && { enterpriseId: null, originId: null, region, classification }),
    ...(isHidden(demand) && { ...commonTimes(demand), brokerId: null, channel: null }),
  }
  return readsDetail(actor, demand) ? outside : { ...teaserOnly(outside), region, classification }
}

/** What a verb answers: the demand as it is now, with its contact persons for those alone who may read them. */
export function answered(actor: Actor, demand: Demand): Demand {
  const relations = demandRelations(actor, demand)
  return {
    ...demand,
    ...(!may(actor, 'demand.read-contacts', relations) && { businessContact: null, technicalContact: null }),
    ...(!may(actor, 'demand.read-confidential', relations) && { confidential: null }),
  }
}

/** The demand that a match may be made of for this actor: what he may not know of it must not move the order of what he sees. */
export function demandAsKnown(actor: Actor, demand: Demand): Demand {
  if (readsWhole(actor, demand)) return demand
  return { ...demand, ...commonly(demand), ...commonTimes(demand), ...(demand.isAnonymous && { enterpriseId: unnamed }) }
}

/** Whether the actor may know all of a demand that is matched. */
export function readsWhole(actor: Actor, demand: Demand): boolean {
  return !isHidden(demand) || may(actor, 'demand.read-whole', demandRelations(actor, demand))
}

/** An id that is nobody's: what an enterprise offers itself is not left out of the matches of what it asks anonymously. */
const unnamed = 'ent_'

function commonTimes(demand: Demand): Pick<Demand, 'createdAt' | 'updatedAt' | 'publishedAt' | 'confirmedAt'> {
  const at = commonTime(demand)
  return { createdAt: at, updatedAt: at, publishedAt: demand.publishedAt && at, confirmedAt: demand.confirmedAt && at }
}

/** Whether the actor may know that there is such a demand. */
export function isKnownDemand(actor: Actor, demand: Demand): boolean {
  return isPublished(demand) || may(actor, 'demand.read-whole', demandRelations(actor, demand))
}

/** Whether the actor may read what the problem is, and not its teaser only. */
export function readsDetail(actor: Actor, demand: Demand): boolean {
  const relations = demandRelations(actor, demand)
  return may(actor, 'demand.read-whole', relations) || may(actor, 'demand.read-detail', relations)
}

/** What stands in place of a demand that is not shown: the teaser its owner approved, codes, terms. */
function teaserOnly(view: DemandView): DemandView {
  return {
    ...view,
    title: view.teaser ?? view.id,
    problem: null,
    currentState: null,
    tried: null,
    ownConditions: null,
    indicators: [],
    constraints: [],
    keywords: [],
    ipExpectation: null,
    budgetMinFen: null,
    budgetMaxFen: null,
    enterpriseId: null,
    originId: null,
    reading: 'teaser',
  }
}

async function findKnown(ports: Ports, actor: Actor, id: string): Promise<Demand> {
  const demand = await demands.find(ports.database, id)
  if (demand && isKnownDemand(actor, demand)) return demand
  const mergedIntoId = demand ? await whereItWent(ports, actor, id) : null
  throw new Problem('not-found', { id, ...(mergedIntoId !== null && { mergedIntoId }) })
}

/** A demand to do something to. 404 where the actor may not know of it, 401 and 403 where he may not do it. */
export async function findFor(ports: Ports, actor: Actor, id: string, verb: Verb): Promise<Demand> {
  const demand = await findKnown(ports, actor, id)
  permit(actor, verb, demandRelations(actor, demand))
  return demand
}

async function move(
  ports: Ports,
  actor: Actor,
  demand: Demand,
  verb: VerbOf<typeof demandLifecycle> & keyof typeof pastOf,
  changes: Partial<Demand>,
  facts = {},
  alongside: Compilable[] = [],
): Promise<Demand> {
  const state = nextState(demandLifecycle, demand.state, verb)
  const change = { kind: `demand.${pastOf[verb]}`, actorId: actor.id, facts: { from: demand.state, ...facts } } as const
  return answered(actor, await step(ports, demands, demand, { ...changes, state }, change, alongside))
}

/** What has come to an end is neither written nor worked on any more. */
export function refuseClosed({ state }: Demand): void {
  if (!['draft', 'vetting', 'published'].includes(state)) throw new Problem('not-allowed-now', { state })
}

/** The words by which outsiders might tell whose demand it is. 403, 404. */
export async function readTellingWords(ports: Ports, actor: Actor, id: string): Promise<Telling[]> {
  return (await toldOutside(ports, await findFor(ports, actor, id, 'demand.read-whole'))).telling
}

export async function refuseFaults(ports: Ports, draft: DemandDraft, besides: readonly string[] = []): Promise<void> {
  const errors: FieldError[] = demandFaults(draft, today(ports)).filter(({ pointer }) => !besides.includes(pointer.slice(1)))
  if (!(await enterprises.find(ports.database, draft.enterpriseId))) errors.push({ pointer: '/enterpriseId', code: 'unknown-reference' })
  if (errors.length > 0) throw new Problem('invalid-input', { errors })
}
