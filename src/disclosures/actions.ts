import type { Actor } from '../accounts/actor.ts'
import { may, permit, type Relation, type Verb } from '../accounts/permissions.ts'
import { demandRelations, isKnownDemand } from '../demands/actions.ts'
import { demands } from '../demands/store.ts'
import { subjectRows } from '../directory/store.ts'
import { knowsOffering, offeringRelations } from '../offerings/actions.ts'
import { offerings } from '../offerings/store.ts'
import type { Page } from '../platform/database/listings.ts'
import { kindOfId } from '../platform/ids.ts'
import { commitNew, step } from '../platform/journal/change.ts'
import { nextState } from '../platform/lifecycle.ts'
import type { Ports } from '../platform/ports.ts'
import { Problem } from '../platform/problem.ts'
import { type Disclosure, type DisclosureRequest, disclosureLifecycle, type OpeningRequest, openingHours, terms } from './disclosure.ts'
import { disclosures } from './store.ts'

type ListingVerb = 'agree' | 'open' | 'read-readings' | 'read-whole'

/** Accepts the terms of a listing; from then on its detail and what it keeps confidential may be read. 401, 403, 404, 409, 422. */
export async function acceptTerms(ports: Ports, actor: Actor, { subjectId, textVersion }: DisclosureRequest): Promise<Disclosure> {
  const { verb, relations } = await findListing(ports, actor, subjectId)
  permit(actor, verb('agree'), relations)
  if (textVersion !== terms.version)
    throw new Problem('invalid-input', { errors: [{ pointer: '/textVersion', code: 'invalid-value', facts: { values: terms.version } }] })
  if (actor.agreed.includes(subjectId)) throw new Problem('not-allowed-now', { state: 'standing' })
  return disclose(ports, actor, { subjectId, kind: 'nda', textVersion, reason: null, until: null })
}

/** The operator opens what is confidential, for some hours and for a reason that the owner can read. 401, 403, 404, 409. */
export async function openConfidential(ports: Ports, actor: Actor, { subjectId, reason }: OpeningRequest): Promise<Disclosure> {
  const { verb, relations } = await findListing(ports, actor, subjectId)
  permit(actor, verb('open'), relations)
  if (actor.agreed.includes(subjectId)) throw new Problem('not-allowed-now', { state: 'standing' })
  const until = new Date(Date.parse(ports.now()) + openingHours * 3_600_000).toISOString()
  return disclose(ports, actor, { subjectId, kind: 'opening', textVersion: null, reason, until })
}

/** What the actor may do about what a listing keeps confidential. 404 where he may not know of it. */
export async function standingOf(ports: Ports, actor: Actor, subjectId: string): Promise<Standing> {
  const { verb, relations } = await findListing(ports, actor, subjectId)
  const isTold = may(actor, verb('read-readings'), relations)
  const told = isTold ? await listDisclosures(ports, actor, subjectId, { after: null, limit: 100 }) : null
  return {
    mayAgree: may(actor, verb('agree'), relations),
    mayOpen: may(actor, verb('open'), relations),
    disclosures: told?.items ?? null,
    mayEnd: isTold && may(actor, verb('read-whole'), relations),
  }
}
export interface Standing {
  mayAgree: boolean
  mayOpen: boolean
  /** To whom it was disclosed; null for those who are not told. */
  disclosures: ListedDisclosure[] | null
  mayEnd: boolean
}

/** Ended by its reader, or by the owner of the listing, who need not say why. 403, 404, 409. */
export async function endDisclosure(ports: Ports, actor: Actor, id: string): Promise<Disclosure> {
  const disclosure = await disclosures.find(ports.database, id)
  if (disclosure === undefined) throw new Problem('not-found', { id })
  const { verb, relations } = await findListing(ports, actor, disclosure.subjectId)
  const isReader = disclosure.readerId === actor.id
  if (!isReader && !may(actor, verb('read-readings'), relations)) throw new Problem('not-found', { id })
  if (!isReader) permit(actor, verb('read-whole'), relations)
  const state = nextState(disclosureLifecycle, disclosure.state, 'end')
  const change = { kind: 'disclosure.ended', actorId: actor.id, facts: { subjectId: disclosure.subjectId } } as const
  return step(ports, disclosures, disclosure, { state, endedBy: actor.id }, change)
}

/** A disclosure with the name of its reader; null where it has none. */
export type ListedDisclosure = Disclosure & { readerName: string | null }

/** To whom a listing was disclosed, for its owner; without a listing, what the actor himself accepted. Newest first. */
export async function listDisclosures(
  ports: Ports,
  actor: Actor,
  subjectId: string | null,
  page: Page,
): Promise<{ items: ListedDisclosure[]; next: Page['after'] }> {
  if (subjectId === null && actor.role === 'visitor') throw new Problem('not-signed-in')
  if (subjectId !== null) {
    const { verb, relations } = await findListing(ports, actor, subjectId)
    permit(actor, verb('read-readings'), relations)
  }
  const conditions: Record<string, string> = subjectId === null ? { reader_id: actor.id } : { subject_id: subjectId }
  const { rows, next } = await disclosures.newestPage(ports.database, conditions, page)
  return { items: await Promise.all(rows.map(async (row) => ({ ...row, readerName: await nameOf(ports, row.readerId) }))), next }
}

async function disclose(
  ports: Ports,
  actor: Actor,
  about: Pick<Disclosure, 'subjectId' | 'kind' | 'textVersion' | 'reason' | 'until'>,
): Promise<Disclosure> {
  const now = ports.now()
  const disclosure: Disclosure = {
    ...about,
    id: ports.newId('disclosure'),
    originId: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
    visibility: 'nda',
    readerId: actor.id,
    accountId: actor.accountId,
    state: 'standing',
    endedBy: null,
  }
  const { subjectId, textVersion } = about
  const kind = about.kind === 'nda' ? 'disclosure.accepted' : 'disclosure.opened'
  return commitNew(ports, disclosures, disclosure, { kind, actorId: actor.id, facts: { subjectId, textVersion } })
}

async function nameOf({ database }: Pick<Ports, 'database'>, readerId: string): Promise<string | null> {
  const kind = kindOfId(readerId)
  if (kind === undefined || !(kind in subjectRows)) return null
  return (await subjectRows[kind as keyof typeof subjectRows].find(database, readerId))?.name ?? null
}

/** A demand or an offering that the actor may know of, and how he stands to it. 404 otherwise. */
async function findListing(
  { database }: Pick<Ports, 'database'>,
  actor: Actor,
  id: string,
): Promise<{ verb: (name: ListingVerb) => Verb; relations: Relation[] }> {
  const demand = kindOfId(id) === 'demand' ? await demands.find(database, id) : undefined
  if (demand !== undefined && isKnownDemand(actor, demand))
    return { verb: (name) => `demand.${name}`, relations: demandRelations(actor, demand) }
  const offering = kindOfId(id) === 'offering' ? await offerings.find(database, id) : undefined
  if (offering !== undefined && knowsOffering(actor, offering))
    return { verb: (name) => `offering.${name}`, relations: offeringRelations(actor, offering) }
  throw new Problem('not-found', { id })
}
