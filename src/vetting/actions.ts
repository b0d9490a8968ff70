import type { Actor } from '../accounts/actor.ts'
import { permit } from '../accounts/permissions.ts'
import { accountNames } from '../accounts/store.ts'
import { publishDemand, readDemand, readTellingWords, returnDemand, routeDemand } from '../demands/actions.ts'
import { type Demand, isOpenProposal, type Proposal } from '../demands/demand.ts'
import { demands } from '../demands/store.ts'
import type { Telling } from '../demands/telling.ts'
import type { Vetting } from '../demands/vetting.ts'
import { enterprises, institutions } from '../directory/store.ts'
import type { TermsChange } from '../market/actions.ts'
import { publishOffering, readOffering, returnOffering } from '../offerings/actions.ts'
import { offerings } from '../offerings/store.ts'
import { kindOfId } from '../platform/ids.ts'
import type { Ports } from '../platform/ports.ts'
import { Problem } from '../platform/problem.ts'
import type { Decision } from './decision.ts'
import { requestedAt } from './store.ts'
import type { NamedTermsChange } from './terms.ts'
import { demandTexts, offeringTexts, type WrittenText } from './texts.ts'

export type CaseKind = 'demand' | 'offering'

/** A listing that waits for the operator. */
export interface Waiting {
  kind: CaseKind
  id: string
  title: string
  ownerName: string | null
  requestedAt: string
  /** How often it was looked at before. */
  checksBefore: number
  /** Whether other words wait for its owner's answer; until then it is passed over. */
  awaitsOwner: boolean
}

/** All that waits, the longest first. 401, 403. */
export async function listWaiting(ports: Ports, actor: Actor): Promise<Waiting[]> {
  const { database } = ports
  permit(actor, 'demand.publish')
  permit(actor, 'offering.publish')
  const [asked, offered] = await Promise.all([
    Array.fromAsync(demands.each(database, { state: 'vetting' })),
    Array.fromAsync(offerings.each(database, { state: 'vetting' })),
  ])
  const listings = [
    ...asked.map((demand) => ({ kind: 'demand' as const, listing: demand, ownerId: demand.enterpriseId })),
    ...offered.map((offering) => ({ kind: 'offering' as const, listing: offering, ownerId: offering.ownerId })),
  ]
  const [times, names] = await Promise.all([
    requestedAt(
      database,
      listings.map(({ listing }) => listing.id),
    ),
    ownerNames(
      ports,
      listings.flatMap(({ ownerId }) => ownerId ?? []),
    ),
  ])
  return listings
    .map(({ kind, listing, ownerId }) => ({
      kind,
      id: listing.id,
      title: listing.title,
      ownerName: names.get(ownerId ?? '') ?? null,
      requestedAt: times.get(listing.id) ?? listing.createdAt,
      checksBefore: listing.vetting.length,
      awaitsOwner: 'proposal' in listing && isOpenProposal(listing.proposal),
    }))
    .sort((a, b) => (a.requestedAt === b.requestedAt ? (a.id < b.id ? -1 : 1) : a.requestedAt < b.requestedAt ? -1 : 1))
}

/** A listing on the desk, with all that the three checks need. */
export interface Case {
  kind: CaseKind
  id: string
  version: number
  state: string
  title: string
  ownerName: string | null
  texts: WrittenText[]
  /** Words by which outsiders could tell whose demand it is. */
  telling: Telling[]
  /** Whether something is confidential that the operator has not opened. */
  isShut: boolean
  /** The owner says that it reviewed the secrecy of an offering itself; null for a demand. */
  isSecrecyReviewed: boolean | null
  recorded: RecordedCheck[]
  /** Other words that were proposed to the owner, answered or not. */
  proposal: Proposal | null
  /** Whether it is the owner's own word, or what he said of what was entered for him; null for an offering. */
  word: { isOwn: boolean; confirmation: Demand['confirmation']; contact: Demand['businessContact'] } | null
}
/** A check with the name of whoever made it, where he has one. */
export type RecordedCheck = Vetting & { byName: string | null }

/** 401, 403, 404. */
export async function openCase(ports: Ports, actor: Actor, id: string): Promise<Case> {
  permit(actor, 'demand.publish')
  if (kindOfId(id) === 'demand') {
    const demand = await readDemand(ports, actor, id)
    const [telling, names] = await Promise.all([readTellingWords(ports, actor, id), ownerNames(ports, [demand.enterpriseId ?? ''])])
    return {
      ...common(demand, names.get(demand.enterpriseId ?? '')),
      kind: 'demand',
      texts: demandTexts(demand),
      telling,
      isSecrecyReviewed: null,
      proposal: demand.proposal,
      word: { isOwn: demand.onBehalfOf === null, confirmation: demand.confirmation, contact: demand.businessContact },
      recorded: await named(ports, demand.vetting ?? []),
    }
  }
  const offering = await readOffering(ports, actor, id)
  const names = await ownerNames(ports, [offering.ownerId ?? ''])
  return {
    ...common(offering, names.get(offering.ownerId ?? '')),
    kind: 'offering',
    texts: offeringTexts(offering),
    telling: [],
    isSecrecyReviewed: offering.isSecrecyReviewed,
    proposal: null,
    word: null,
    recorded: await named(ports, offering.vetting ?? []),
  }
}

interface Listed {
  id: string
  version: number
  state: string
  title: string
  confidential: string | null
  hasConfidential: boolean
}
function common({ id, version, state, title, confidential, hasConfidential }: Listed, ownerName: string | undefined) {
  return { id, version, state, title, ownerName: ownerName ?? null, isShut: hasConfidential && confidential === null }
}

/** Takes a decision on what the operator has read, and gives what waits next; null where nothing does. 409 where it has changed since. */
export async function decide(
  ports: Ports,
  actor: Actor,
  id: string,
  decision: Decision,
  kind: CaseKind | null = null,
): Promise<string | null> {
  const before = await listWaiting(ports, actor)
  const isDemand = kindOfId(id) === 'demand'
  const { version, state } = await (isDemand ? readDemand(ports, actor, id) : readOffering(ports, actor, id))
  if (version !== decision.version) throw new Problem('changed-meanwhile', { state })
  const { checks } = decision
  if (decision.verdict === 'grant') await (isDemand ? publishDemand : publishOffering)(ports, actor, id, checks)
  else if (decision.verdict === 'return') await (isDemand ? returnDemand : returnOffering)(ports, actor, id, decision.reason, checks)
  else if (isDemand) await routeDemand(ports, actor, id, { to: decision.to, reason: decision.reason })
  else throw new Problem('not-allowed-now', { state, verb: 'route' })
  return nextAfter(
    before.filter((each) => kind === null || each.kind === kind),
    id,
  )
}

/** What stands behind it in the queue, or else at its head. */
export function nextAfter(waiting: readonly Waiting[], id: string): string | null {
  const at = waiting.findIndex((each) => each.id === id)
  const others = [...waiting.slice(at + 1), ...waiting.slice(0, Math.max(at, 0))]
  return others.find(({ awaitsOwner }) => !awaitsOwner)?.id ?? null
}

/** Changes of the flagged terms with the names of those who made them. */
export async function namedChanges({ database }: Pick<Ports, 'database'>, changes: readonly TermsChange[]): Promise<NamedTermsChange[]> {
  const names = await accountNames(database, [...new Set(changes.map(({ actorId, accountId }) => accountId ?? actorId))])
  return changes.map(({ accountId, ...change }) => ({ ...change, byName: names.get(accountId ?? change.actorId) ?? null }))
}

async function ownerNames({ database }: Pick<Ports, 'database'>, ids: readonly string[]): Promise<Map<string, string>> {
  const owners = [...new Set(ids.filter((id) => id !== ''))]
  const rows = await Promise.all([enterprises.findMany(database, owners), institutions.findMany(database, owners)])
  return new Map(rows.flat().map(({ id, name }) => [id, name]))
}

async function named({ database }: Pick<Ports, 'database'>, checks: readonly Vetting[]): Promise<RecordedCheck[]> {
  const names = await accountNames(database, [...new Set(checks.map(({ by }) => by))])
  return checks.map((check) => ({ ...check, byName: names.get(check.by) ?? null }))
}
