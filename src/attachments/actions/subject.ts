import type { Actor } from '../../accounts/actor.ts'
import { may, type Relation } from '../../accounts/permissions.ts'
import { relationsTo } from '../../accounts/relations.ts'
import { demandRelations, readDemand, readsDetail } from '../../demands/actions.ts'
import { commonTime } from '../../demands/demand.ts'
import { demands } from '../../demands/store.ts'
import { findSubject } from '../../directory/actions.ts'
import { subjectRows } from '../../directory/store.ts'
import { relationsToContact } from '../../engagements/actions/contact.ts'
import { contacts } from '../../engagements/store.ts'
import { offeringRelations, readOffering, readsOfferingDetail } from '../../offerings/actions.ts'
import { offerings } from '../../offerings/store.ts'
import type { Database } from '../../platform/database/database.ts'
import { type MediaType, mediaTypes } from '../../platform/files/inspect/media-type.ts'
import { kindOfId } from '../../platform/ids.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { type FieldGroup, FieldGroup as groups, type SubjectKind, subjectKinds } from '../attachment.ts'

/** What documents are attached to, as somebody stands to it who may know of it. */
export interface Subject {
  id: string
  kind: SubjectKind
  relations: Relation[]
  /** Whether he may read more than its teaser. */
  readsDetail: boolean
  /** The groups that its documents can be in. */
  groups: readonly FieldGroup[]
  /** The types of file that it takes. */
  takes: readonly MediaType[]
  /** When an outsider who is not told whose it is may know that its documents came; null where they may say more. */
  unnamedSince: string | null
  /** Null where it has none; documents are added as long as it is not closed. */
  state: string | null
}

/** One that this actor may know of; 404 for any other, and for one of another kind than asked for. */
export async function subjectFor(ports: Ports, actor: Actor, id: string, kind?: SubjectKind): Promise<Subject> {
  const found = kindOf(id)
  if (found === undefined || (kind !== undefined && kind !== found)) throw new Problem('not-found', { id })
  return { id, kind: found, ...(await standing[found](ports, actor, id)) }
}

/** Whether documents of a group may be read: of a listing as the fields of that group are; what proves an organisation, by itself. */
export function readsGroup(actor: Actor, { kind, relations, readsDetail }: Subject, group: FieldGroup): boolean {
  if (kind === 'contact') return may(actor, 'contact.read-photos', relations)
  if (!isListing(kind)) return may(actor, 'attachment.read', relations)
  if (group === 'confidential') return may(actor, `${kind}.read-confidential`, relations)
  return group === 'teaser' || readsDetail
}

/** By which verb documents are added to it and taken away: photos of a visit belong to whoever wrote its sheet. */
export const keepingVerb = (kind: SubjectKind, way: 'upload' | 'remove') =>
  kind === 'contact' ? ('contact.amend' as const) : (`attachment.${way}` as const)

/** Whether somebody may be told who read the documents. */
export function readsReadings(actor: Actor, { kind, relations }: Subject): boolean {
  return may(actor, readingVerb(kind), relations)
}

export const readingVerb = (kind: SubjectKind) => (isListing(kind) ? (`${kind}.read-readings` as const) : 'attachment.read-readings')

export const isListing = (kind: SubjectKind): kind is 'demand' | 'offering' => kind === 'demand' || kind === 'offering'

/** Whether documents can still be added. */
export function isOpen({ state }: Pick<Subject, 'state'>): boolean {
  return state === null || ['draft', 'vetting', 'published'].includes(state)
}

/** What an attachment is attached to. */
export function kindOfSubject(id: string): SubjectKind {
  const kind = kindOf(id)
  if (kind === undefined) throw new Error(`Nothing is attached to ${id}`)
  return kind
}

/** Which of these are still there. */
export async function subjectsThere(database: Database, ids: readonly string[]): Promise<Set<string>> {
  const there = new Set<string>()
  for (const kind of Object.keys(rows) as SubjectKind[]) {
    const own = ids.filter((id) => kindOf(id) === kind)
    for (const { id } of await rows[kind].findMany(database, own)) there.add(id)
  }
  return there
}

const rows = { demand: demands, offering: offerings, contact: contacts, ...subjectRows }

function kindOf(id: string): SubjectKind | undefined {
  const kind = kindOfId(id)
  return kind !== undefined && Object.hasOwn(subjectKinds, kind) ? (kind as SubjectKind) : undefined
}

type Standing = (ports: Ports, actor: Actor, id: string) => Promise<Omit<Subject, 'id' | 'kind'>>

/** Refuse with 404 whoever may not know of it. */
const standing: Record<SubjectKind, Standing> = {
  async demand(ports, actor, id) {
    const { state, enterpriseId } = await readDemand(ports, actor, id)
    const demand = await there(demands.find(ports.database, id), id)
    const relations = demandRelations(actor, demand)
    const unnamedSince = enterpriseId === null ? commonTime(demand) : null
    return { state, groups: groups.options, takes: mediaTypes, relations, readsDetail: readsDetail(actor, demand), unnamedSince }
  },
  async offering(ports, actor, id) {
    const { state } = await readOffering(ports, actor, id)
    const offering = await there(offerings.find(ports.database, id), id)
    return {
      state,
      groups: groups.options,
      takes: mediaTypes,
      relations: offeringRelations(actor, offering),
      readsDetail: readsOfferingDetail(actor, offering),
      unnamedSince: null,
    }
  },
  enterprise: ofOrganisation,
  institution: ofOrganisation,
  provider: ofOrganisation,
  park: ofOrganisation,
  county: ofOrganisation,
  async contact(ports, actor, id) {
    const contact = await there(contacts.find(ports.database, id), id)
    const relations = await relationsToContact(ports, actor, contact)
    if (contact.visit === null || !may(actor, 'contact.read-photos', relations)) throw new Problem('not-found', { id })
    return { state: null, groups: ['detail'], takes: ['image/jpeg', 'image/png'], relations, readsDetail: true, unnamedSince: null }
  },
}

/** What an organisation proves itself with is for itself and the operator: not even for its park, or for the house that it belongs to. */
async function ofOrganisation(ports: Ports, actor: Actor, id: string): Promise<Omit<Subject, 'id' | 'kind'>> {
  const { subject } = await findSubject(ports, actor, organisations, id)
  return {
    state: null,
    groups: ['confidential'],
    takes: mediaTypes,
    relations: relationsTo(actor, { id: subject.id }, actor.id === id),
    readsDetail: false,
    unnamedSince: null,
  }
}

const organisations = ['enterprise', 'institution', 'provider', 'park', 'county'] as const

async function there<Noun>(found: Promise<Noun | undefined>, id: string): Promise<Noun> {
  const noun = await found
  if (noun === undefined) throw new Problem('not-found', { id })
  return noun
}
