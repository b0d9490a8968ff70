import { type Actor, marketItself } from '../accounts/actor.ts'
import { may, permit, type Relation, type Verb } from '../accounts/permissions.ts'
import { type Held, relationsTo } from '../accounts/relations.ts'
import { type CheckResult, recordedChecks, refuseMissingChecks } from '../demands/vetting.ts'
import { enterprises, institutions } from '../directory/store.ts'
import { findSettings } from '../market/store.ts'
import type { Conditions, Page } from '../platform/database/listings.ts'
import { amend, commitNew, step } from '../platform/journal/change.ts'
import { nextState, pastOf, type VerbOf } from '../platform/lifecycle.ts'
import { amended } from '../platform/merge-patch.ts'
import { type Ports, today } from '../platform/ports.ts'
import { Problem } from '../platform/problem.ts'
import { filled } from '../platform/schema.ts'
import { noteReading } from '../readings/actions.ts'
import { type OfferingState, offeringLifecycle } from './lifecycle.ts'
import { blankOffering, isPublishedOffering, type Offering, OfferingDraft, type OfferingView, offeringFaults } from './offering.ts'
import { offerings } from './store.ts'

/** What a request to draft carries: an institution or enterprise may leave its own id out. */
export type OfferingInput = Partial<OfferingDraft> & Pick<OfferingDraft, 'title' | 'kind'>

export function offeringRelations(actor: Actor, offering: Held & Pick<Offering, 'ownerId'>): Relation[] {
  return relationsTo(actor, offering, offering.ownerId !== null && actor.id === offering.ownerId)
}

/** Lists a result, or (operator) a lead from the literature. */
export async function draftOffering(ports: Ports, actor: Actor, input: OfferingInput): Promise<Offering> {
  const ownsByDefault = input.kind === 'result' && (actor.role === 'institution' || actor.role === 'enterprise')
  const draft = filled<OfferingDraft>(blankOffering, { ...input, ownerId: input.ownerId ?? (ownsByDefault ? actor.id : null) })
  const now = ports.now()
  const offering: Offering = {
    ...draft,
    id: ports.newId('offering'),
    state: 'draft',
    vetting: [],
    returnReason: null,
    publishedAt: null,
    confirmedAt: now,
    originId: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
  permit(actor, 'offering.draft', [...offeringRelations(actor, offering), 'own'])
  await refuseFaults(ports, draft)
  return commitNew(ports, offerings, offering, { kind: 'offering.drafted', actorId: actor.id, facts: { of: offering.kind } })
}

/** JSON Merge Patch. 403, 404, 409 once it is closed, 412, 422. */
export async function amendOffering(ports: Ports, actor: Actor, id: string, version: number, patch: unknown): Promise<Offering> {
  const offering = await findFor(ports, actor, id, 'offering.amend')
  if (!isAmendable(offering)) throw new Problem('not-allowed-now', { state: offering.state })
  const draft = amended(OfferingDraft, offering, patch)
  for (const name of ['ownerId', 'kind'] as const) {
    if (draft[name] !== offering[name]) throw new Problem('invalid-input', { errors: [{ pointer: `/${name}`, code: 'fixed' }] })
  }
  // A day that has passed since it was written is not the amender's fault.
  await refuseFaults(ports, draft, draft.expiresOn === offering.expiresOn ? ['/expiresOn'] : [])
  return amend(ports, offerings, offering, version, draft, { kind: 'offering.amended', actorId: actor.id })
}

/** Asks for publication. An institution with standing trust is published at once, where the market allows it. */
export async function requestOfferingPublication(ports: Ports, actor: Actor, id: string): Promise<Offering> {
  const offering = await findFor(ports, actor, id, 'offering.request-publication')
  if (await isTrusted(ports, offering)) {
    return move(ports, actor, offering, 'publish', { publishedAt: ports.now(), returnReason: null }, { by: 'standing-trust' })
  }
  return move(ports, actor, offering, 'request', { returnReason: null })
}

/** Grants publication once all three checks have passed; 409 names the ones that have not. */
export async function publishOffering(ports: Ports, actor: Actor, id: string, checks: CheckResult[]): Promise<Offering> {
  const offering = await findFor(ports, actor, id, 'offering.publish')
  if (offering.state !== 'vetting') throw new Problem('not-allowed-now', { state: offering.state, verb: 'publish' })
  refuseMissingChecks(checks)
  const at = ports.now()
  const vetting = [...offering.vetting, ...recordedChecks(checks, actor, at)]
  return move(ports, actor, offering, 'publish', { vetting, publishedAt: at }, { checks: checks.map(({ check }) => check) })
}

/** Sends it back to its owner with a reason. */
export async function returnOffering(ports: Ports, actor: Actor, id: string, reason: string, checks: CheckResult[]): Promise<Offering> {
  const offering = await findFor(ports, actor, id, 'offering.return')
  const vetting = [...offering.vetting, ...recordedChecks(checks, actor, ports.now())]
  return move(ports, actor, offering, 'return', { returnReason: reason, vetting })
}

export async function withdrawOffering(ports: Ports, actor: Actor, id: string): Promise<Offering> {
  return move(ports, actor, await findFor(ports, actor, id, 'offering.withdraw'), 'withdraw', {})
}

const stepVerbs = { request: 'offering.request-publication', withdraw: 'offering.withdraw' } as const satisfies Record<string, Verb>
/** What a keeper can do to an offering from its page. */
export type OfferingStep = keyof typeof stepVerbs

/** What the actor may do to an offering now: by the permissions and by the lifecycle, which the verbs themselves read. */
export function offeringStepsOf(actor: Actor, offering: Held & Pick<Offering, 'ownerId' | 'state'>): OfferingStep[] {
  const relations = offeringRelations(actor, offering)
  return (Object.keys(stepVerbs) as OfferingStep[]).filter(
    (step) => step in offeringLifecycle[offering.state] && may(actor, stepVerbs[step], relations),
  )
}

/** An offering for whoever is about to edit it. 401, 403, 404, 409 where it is past editing. */
export async function offeringToAmend(ports: Ports, actor: Actor, id: string): Promise<Offering> {
  const offering = await findFor(ports, actor, id, 'offering.amend')
  if (!isAmendable(offering)) throw new Problem('not-allowed-now', { state: offering.state })
  return offering
}
const isAmendable = ({ state }: Pick<Offering, 'state'>) => ['draft', 'vetting', 'published'].includes(state)

/** Whether the actor may edit it as it stands. */
export const mayAmendOffering = (actor: Actor, offering: Held & Pick<Offering, 'ownerId' | 'state'>): boolean =>
  isAmendable(offering) && may(actor, 'offering.amend', offeringRelations(actor, offering))

/** An offering for whoever is about to take a step with it. 401, 403, 404, 409 where the step leads nowhere. */
export async function offeringForStep(ports: Ports, actor: Actor, id: string, step: OfferingStep): Promise<OfferingView> {
  const offering = await findFor(ports, actor, id, stepVerbs[step])
  if (!offeringStepsOf(actor, offering).includes(step)) throw new Problem('not-allowed-now', { state: offering.state })
  return offeringView(actor, offering)
}

/** Closes what has passed its last day; run daily. Returns how many. */
export async function expireOfferings(ports: Ports): Promise<number> {
  const day = today(ports)
  let expired = 0
  for await (const offering of offerings.each(ports.database, { state: 'published' })) {
    if (offering.expiresOn === null || offering.expiresOn >= day) continue
    await move(ports, marketItself, offering, 'expire', {})
    expired++
  }
  return expired
}

/** One offering as this actor may read it; 404 where he may not know of it. */
export async function readOffering(ports: Ports, actor: Actor, id: string): Promise<OfferingView> {
  return offeringView(actor, await findKnown(ports, actor, id))
}

/** The same for whoever looks at it: of a look at what is confidential a trace stays, but of the owner's own. */
export async function showOffering(ports: Ports, actor: Actor, id: string): Promise<OfferingView> {
  const view = await readOffering(ports, actor, id)
  await noteReading(ports, actor, view)
  return view
}

/** A page of offerings that this actor may know of, newest first. */
export async function listOfferings(
  ports: Ports,
  actor: Actor,
  filter: { state?: OfferingState; ownerId?: string; kind?: Offering['kind'] },
  page: Page,
): Promise<{ items: OfferingView[]; next: Page['after'] }> {
  const seesAll = may(actor, 'offering.read-whole') || (filter.ownerId !== undefined && filter.ownerId === actor.id)
  if (!seesAll && filter.state && filter.state !== 'published') return { items: [], next: null }
  const state = filter.state ?? (seesAll ? undefined : 'published')
  const conditions: Conditions = {
    ...(state && { state }),
    ...(filter.ownerId && { owner_id: filter.ownerId }),
    ...(filter.kind && { kind: filter.kind }),
  }
  const { rows, next } = await offerings.newestPage(ports.database, conditions, page)
  return { items: rows.map((offering) => offeringView(actor, offering)), next }
}

export function offeringView(actor: Actor, offering: Offering): OfferingView {
  const relations = offeringRelations(actor, offering)
  const hasConfidential = offering.confidential !== null
  const confidential = may(actor, 'offering.read-confidential', relations) ? offering.confidential : null
  const shown = { ...offering, confidential, hasConfidential, reading: 'whole' as const }
  if (may(actor, 'offering.read-whole', relations)) return shown
  const outside: OfferingView = { ...shown, vetting: null, returnReason: null }
  return readsOfferingDetail(actor, offering) ? outside : teaserOnly(outside)
}

/** Whether the actor may know that there is such an offering. */
export function knowsOffering(actor: Actor, offering: Offering): boolean {
  return isPublishedOffering(offering) || may(actor, 'offering.read-whole', offeringRelations(actor, offering))
}

/** Whether the actor may read more than the teaser. */
export function readsOfferingDetail(actor: Actor, offering: Offering): boolean {
  const relations = offeringRelations(actor, offering)
  return may(actor, 'offering.read-whole', relations) || may(actor, 'offering.read-detail', relations)
}

function teaserOnly(view: OfferingView): OfferingView {
  return {
    ...view,
    problemSolved: null,
    abstract: null,
    keywords: [],
    advantages: [],
    ip: [],
    price: null,
    pricing: null,
    registrationNo: null,
    reading: 'teaser',
  }
}

async function findKnown(ports: Ports, actor: Actor, id: string): Promise<Offering> {
  const offering = await offerings.find(ports.database, id)
  if (!offering || !knowsOffering(actor, offering)) throw new Problem('not-found', { id })
  return offering
}

async function findFor(ports: Ports, actor: Actor, id: string, verb: Verb): Promise<Offering> {
  const offering = await findKnown(ports, actor, id)
  permit(actor, verb, offeringRelations(actor, offering))
  return offering
}

async function move(
  ports: Ports,
  actor: Actor,
  offering: Offering,
  verb: VerbOf<typeof offeringLifecycle> & keyof typeof pastOf,
  changes: Partial<Offering>,
  facts = {},
): Promise<Offering> {
  const state = nextState(offeringLifecycle, offering.state, verb)
  return step(
    ports,
    offerings,
    offering,
    { ...changes, state },
    { kind: `offering.${pastOf[verb]}`, actorId: actor.id, facts: { from: offering.state, ...facts } },
  )
}

/** Whether its institution vets its own listings; an institution declares its secrecy review on each of them. */
async function isTrusted(ports: Ports, offering: Offering): Promise<boolean> {
  if (!offering.ownerId?.startsWith('itn_') || !offering.isSecrecyReviewed || offering.state !== 'draft') return false
  const { settings } = await findSettings(ports.database)
  if (!settings.trustedPublishAtOnce) return false
  return (await institutions.find(ports.database, offering.ownerId))?.hasStandingTrust ?? false
}

async function refuseFaults(ports: Ports, draft: OfferingDraft, besides: readonly string[] = []): Promise<void> {
  const errors = offeringFaults(draft, today(ports)).filter(({ pointer }) => !besides.includes(pointer))
  if (draft.ownerId !== null) {
    const rows = draft.ownerId.startsWith('itn_') ? institutions : enterprises
    if (!(await rows.find(ports.database, draft.ownerId))) errors.push({ pointer: '/ownerId', code: 'unknown-reference' })
  }
  if (errors.length > 0) throw new Problem('invalid-input', { errors })
}
