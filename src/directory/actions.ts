import type { Compilable } from 'kysely'
import { type Actor, isSignedIn } from '../accounts/actor.ts'
import { may, permit, type Relation, type Verb } from '../accounts/permissions.ts'
import { relationsTo } from '../accounts/relations.ts'
import { type Code, isWithin } from '../platform/codes/codes.ts'
import type { Database } from '../platform/database/database.ts'
import type { Page, StoredNoun } from '../platform/database/listings.ts'
import { type Kind, kindOfId } from '../platform/ids.ts'
import { amend, commitNew, step, type WritableRows } from '../platform/journal/change.ts'
import { amended } from '../platform/merge-patch.ts'
import type { Ports } from '../platform/ports.ts'
import { type FieldError, Problem } from '../platform/problem.ts'
import { filled, type Visibility, type z } from '../platform/schema.ts'
import { expertAnswers, latestConsent } from '../privacy/store.ts'
import { type Broker, BrokerDraft, blankBroker } from './broker.ts'
import { blankCounty, type County, CountyDraft } from './county.ts'
import { blankEnterprise, commonMonth, type Enterprise, EnterpriseDraft } from './enterprise.ts'
import { blankExpert, type Expert, ExpertDraft, type ExpertView, maskedExpert, saysOtherwise, shownFrom } from './expert.ts'
import { blankInstitution, type Institution, InstitutionDraft } from './institution.ts'
import { blankPark, type Park, ParkDraft } from './park.ts'
import { blankProvider, type Provider, ProviderDraft } from './provider.ts'
import { brokers, counties, enterprises, experts, institutions, parks, providers, subjectRows } from './store.ts'

export type DirectoryKind = 'enterprise' | 'park' | 'county' | 'institution' | 'expert' | 'broker' | 'provider'

interface DirectoryRows<Noun> extends WritableRows<Noun> {
  newestPage(
    database: Database,
    conditions: Record<string, string | readonly string[]>,
    page: Page,
  ): Promise<{ rows: Noun[]; next: Page['after'] }>
}

/** What differs between the nouns of the directory. */
interface Definition<Noun extends StoredNoun, Draft, View> {
  kind: DirectoryKind
  rows: DirectoryRows<Noun>
  draft: z.ZodObject & z.ZodType<Draft>
  blank: Partial<Draft>
  /** What the market adds to a new one. */
  fresh(actor: Actor): Omit<Noun, keyof Draft | keyof StoredNoun>
  relations(actor: Actor, noun: Noun): Relation[]
  /** What a reader who may not read the whole sees; undefined: as if it did not exist. */
  view(noun: Noun, reader: { isSignedIn: boolean; readsWhole: boolean }): View | undefined
  /** What a change may not do, beside what one field alone can show. */
  refusals?: (ports: Ports, actor: Actor, before: Noun, draft: Draft) => Promise<FieldError[]>
  /** What the market changes of it because of what was changed. */
  follows?: (actor: Actor, before: Noun, draft: Draft) => Partial<Noun>
  /** What is committed with a change beside the noun itself; `before` is null for a new one. */
  alongside?: (ports: Ports, actor: Actor, before: Noun | null, after: Noun) => Promise<Compilable[]>
  /** Ids that must exist, with the pointer to blame. */
  references(draft: Draft): { kind: DirectoryKind; id: string | null; pointer: string }[]
}

export const enterpriseActions = actionsOf<Enterprise, EnterpriseDraft, Enterprise>({
  kind: 'enterprise',
  rows: enterprises,
  draft: EnterpriseDraft,
  blank: blankEnterprise,
  fresh: () => ({}),
  relations: (actor, enterprise) => [
    ...relationsTo(actor, enterprise, [enterprise.id, enterprise.parkId].includes(actor.id)),
    ...(liesIn(enterprise.region, actor.regionCode) ? (['region'] as const) : []),
  ],
  view: (enterprise, reader) => {
    const { createdAt, updatedAt } = enterprise
    const shown = reader.readsWhole ? enterprise : { ...enterprise, createdAt: commonMonth(createdAt), updatedAt: commonMonth(updatedAt) }
    return byVisibility(shown, reader)
  },
  references: ({ parkId }) => [{ kind: 'park', id: parkId, pointer: '/parkId' }],
})

export const parkActions = actionsOf<Park, ParkDraft, Park>({
  kind: 'park',
  rows: parks,
  draft: ParkDraft,
  blank: blankPark,
  fresh: () => ({}),
  relations: isTheirs,
  view: byVisibility,
  references: () => [],
})

export const institutionActions = actionsOf<Institution, InstitutionDraft, Institution>({
  kind: 'institution',
  rows: institutions,
  draft: InstitutionDraft,
  blank: blankInstitution,
  fresh: () => ({ hasStandingTrust: false }),
  // An institution answers for the units below it.
  relations: (actor, institution) => relationsTo(actor, institution, [institution.id, institution.parentId].includes(actor.id)),
  view: byVisibility,
  references: ({ parentId }) => [{ kind: 'institution', id: parentId, pointer: '/parentId' }],
  refusals: async (ports, _actor, { id }, { parentId }) =>
    (await isBelow(ports, parentId, id)) ? [{ pointer: '/parentId', code: 'below-itself' }] : [],
})

export const expertActions = actionsOf<Expert, ExpertDraft, ExpertView>({
  kind: 'expert',
  rows: experts,
  draft: ExpertDraft,
  blank: blankExpert,
  fresh: (actor) => ({ claimed: actor.role === 'expert', confirmedAt: null, enrolled: null }),
  relations: expertRelations,
  view: (expert, reader) => {
    if (!reader.readsWhole && (expert.consent === false || !isVisible(expert.visibility, reader.isSignedIn))) return undefined
    return expertAsRead(expert, reader)
  },
  refusals: expertRefusals,
  follows: (actor, before, draft) =>
    before.enrolled === 'verified' && actor.role !== 'operator' && saysOtherwise(before, draft) ? { enrolled: 'unverified' } : {},
  alongside: (ports, actor, before, after) => expertAnswers(ports, { by: actor.id, accountId: actor.accountId }, before, after),
  references: ({ affiliations }) =>
    affiliations.map(({ institutionId }, at) => ({
      kind: 'institution' as const,
      id: institutionId,
      pointer: `/affiliations/${at}/institutionId`,
    })),
})

export const brokerActions = actionsOf<Broker, BrokerDraft, Broker>({
  kind: 'broker',
  rows: brokers,
  draft: BrokerDraft,
  blank: blankBroker,
  fresh: () => ({}),
  relations: isOwn,
  view: byVisibility,
  references: () => [],
})

export const providerActions = actionsOf<Provider, ProviderDraft, Provider>({
  kind: 'provider',
  rows: providers,
  draft: ProviderDraft,
  blank: blankProvider,
  fresh: () => ({}),
  relations: isTheirs,
  view: byVisibility,
  references: () => [],
})

export const countyActions = actionsOf<County, CountyDraft, County>({
  kind: 'county',
  rows: counties,
  draft: CountyDraft,
  blank: blankCounty,
  fresh: () => ({}),
  relations: isTheirs,
  view: byVisibility,
  references: () => [],
})

/** A subject of any kind, as far as all have the same. */
export type Subject = StoredNoun & { name: string; visibility: Visibility; creditCode?: string | null }

const actionsByKind = {
  enterprise: enterpriseActions,
  park: parkActions,
  county: countyActions,
  institution: institutionActions,
  expert: expertActions,
  broker: brokerActions,
  provider: providerActions,
}

/** A subject of one of the given kinds, and how the actor stands to it. 404 for what he may not know of. */
export async function findSubject<Kind extends DirectoryKind>(
  ports: Pick<Ports, 'database'>,
  actor: Actor,
  kinds: readonly Kind[],
  id: string,
): Promise<{ kind: Kind; subject: Subject; relations: Relation[] }> {
  const kind = kinds.find((each) => each === kindOfId(id))
  const subject = kind && (await subjectRows[kind].find(ports.database, id))
  if (kind === undefined || subject === undefined) throw new Problem('not-found', { id })
  // Rows and actions of one kind belong together, which the compiler does not see of a kind that varies.
  const { view, relations } = actionsByKind[kind] as {
    view(actor: Actor, noun: Subject): unknown
    relations(actor: Actor, noun: Subject): Relation[]
  }
  if (view(actor, subject) === undefined) throw new Problem('not-found', { id })
  return { kind, subject, relations: relations(actor, subject) }
}

/** A person is his own, and his institutions answer for him. */
export function expertRelations(actor: Actor, expert: Pick<Expert, 'id' | 'affiliations' | 'visibility'>): Relation[] {
  if (actor.id === expert.id) return ['own']
  return relationsTo(
    actor,
    expert,
    expert.affiliations.some(({ institutionId }) => institutionId === actor.id),
  )
}

/** An expert who may be shown, by name or masked. */
export function expertView(actor: Actor, expert: Expert): ExpertView {
  const readsWhole = may(actor, 'expert.read-whole', expertRelations(actor, expert))
  return expertAsRead(expert, { isSignedIn: isSignedIn(actor), readsWhole })
}

/** Whether what an expert did is shown to the actor with his name. */
export function readsWorks(actor: Actor, expert: Omit<Expert, 'name'>): boolean {
  return may(actor, 'expert.read-whole', expertRelations(actor, expert)) || isVisible(shownFrom(expert).works, isSignedIn(actor))
}

/**
 * What only the person himself decides, or the operator on his behalf: to be proposed again, and what of a profile that he has taken over
 * is shown to whom. What he does not want to be shown at all nobody shows again.
 */
async function expertRefusals(
  ports: Ports,
  actor: Actor,
  before: Expert,
  { consent, shown, visibility }: ExpertDraft,
): Promise<FieldError[]> {
  const isHis = actor.id === before.id || actor.role === 'operator'
  const errors: FieldError[] = []
  if (before.consent === false && consent !== false && !isHis) errors.push({ pointer: '/consent', code: 'fixed' })
  if (before.claimed && !isHis && JSON.stringify(shown) !== JSON.stringify(before.shown)) errors.push({ pointer: '/shown', code: 'fixed' })
  if (before.claimed && visibility !== 'nda' && visibility !== before.visibility) {
    const latest = await latestConsent(ports.database, { expertId: before.id }, 'profile')
    if (latest !== undefined && latest.withdrawnAt !== null) errors.push({ pointer: '/visibility', code: 'consent-withdrawn' })
  }
  return errors
}

function expertAsRead(expert: Expert, { isSignedIn, readsWhole }: { isSignedIn: boolean; readsWhole: boolean }): ExpertView {
  if (readsWhole) return { ...expert, isMasked: false }
  if (!isVisible(shownFrom(expert).name, isSignedIn)) return maskedExpert(expert)
  // The fee floor, what he does not want to hear of and whom he is tied to are his own affair.
  return { ...expert, minFeeFen: null, mutedTopics: [], conflicts: [], isMasked: false }
}

/** Marks an institution as vetting its own listings, or takes the mark away. */
export async function trustInstitution(
  ports: Ports,
  actor: Actor,
  id: string,
  version: number,
  hasStandingTrust: boolean,
): Promise<Institution> {
  permit(actor, 'institution.trust')
  const institution = await institutions.find(ports.database, id)
  if (!institution) throw new Problem('not-found', { id })
  return amend(
    ports,
    institutions,
    institution,
    version,
    { hasStandingTrust },
    { kind: 'institution.trusted', actorId: actor.id, facts: { hasStandingTrust } },
  )
}

/** The person takes over a profile that somebody else registered, and stands by what it says. 401, 403, 404, 409. */
export async function claimProfile(ports: Ports, actor: Actor, id: string): Promise<Expert> {
  const expert = await experts.find(ports.database, id)
  if (!expert || expertActions.view(actor, expert) === undefined) throw new Problem('not-found', { id })
  permit(actor, 'expert.claim', expertRelations(actor, expert))
  if (expert.claimed) throw new Problem('not-allowed-now', { state: 'claimed' })
  const claimed = { claimed: true, confirmedAt: ports.now() }
  const answers = await expertAnswers(ports, { by: actor.id, accountId: actor.accountId }, expert, { ...expert, ...claimed })
  return step(ports, experts, expert, claimed, { kind: 'expert.claimed', actorId: actor.id }, answers)
}

/** The verbs that every noun of the directory has: register, read, list, amend. */
function actionsOf<Noun extends StoredNoun & Draft, Draft extends { visibility: string }, View>(definition: Definition<Noun, Draft, View>) {
  const { kind, rows, blank } = definition
  const verb = (name: 'register' | 'amend' | 'read-whole') => `${kind}.${name}` as Verb

  const viewFor = (actor: Actor, noun: Noun): View | undefined =>
    definition.view(noun, {
      isSignedIn: isSignedIn(actor),
      readsWhole: may(actor, verb('read-whole'), definition.relations(actor, noun)),
    })

  function newNoun(ports: Ports, actor: Actor, draft: Partial<Draft>): Noun {
    const now = ports.now()
    // Blank, written and fresh fields together are all fields of the noun, which `insert` and the next read parse again.
    return {
      ...filled(blank, draft),
      ...definition.fresh(actor),
      id: ports.newId(kind as Kind),
      originId: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    } as unknown as Noun
  }

  return {
    /** One as this actor may see it; undefined: as if it did not exist. */
    view: viewFor,
    relations: definition.relations,

    /** Adds one to the directory. 401, 403, 422 for a reference that does not exist. */
    async register(ports: Ports, actor: Actor, draft: Partial<Draft>): Promise<Noun> {
      const noun = newNoun(ports, actor, draft)
      permit(actor, verb('register'), [...definition.relations(actor, noun), 'own'])
      await refuseUnknown(ports, definition.references(noun))
      const alongside = (await definition.alongside?.(ports, actor, null, noun)) ?? []
      return commitNew(ports, rows, noun, { kind: `${kind}.registered`, actorId: actor.id }, alongside)
    },

    /** The same for somebody who enters himself, which the caller allows him; `fresh` is what the market knows of him by that. 422. */
    async add(
      ports: Ports,
      { accountId, ...actor }: Actor,
      draft: Partial<Draft>,
      fresh: Partial<Noun>,
      alongside: (noun: Noun) => Promise<Compilable[]>,
    ): Promise<Noun> {
      const noun = { ...newNoun(ports, { accountId, ...actor }, draft), ...fresh }
      await refuseUnknown(ports, definition.references(noun))
      return commitNew(ports, rows, noun, { kind: `${kind}.registered`, actorId: accountId ?? actor.id }, await alongside(noun))
    },

    /** One, as this actor may see it. 404 for an unknown id and for what he may not know of. */
    async read(ports: Ports, actor: Actor, id: string): Promise<View> {
      const noun = await rows.find(ports.database, id)
      const view = noun && viewFor(actor, noun)
      if (view === undefined) throw new Problem('not-found', { id })
      return view
    },

    /** A page of what this actor may see, newest first, with the position to go on from. */
    async list(ports: Ports, actor: Actor, page: Page): Promise<{ items: View[]; next: Page['after'] }> {
      const seesAll = may(actor, verb('read-whole'))
      const visibility = seesAll ? ['public', 'registered', 'nda'] : !isSignedIn(actor) ? ['public'] : ['public', 'registered']
      const found = await rows.newestPage(ports.database, { visibility }, page)
      return { items: found.rows.flatMap((noun) => viewFor(actor, noun) ?? []), next: found.next }
    },

    /** JSON Merge Patch by somebody who may amend it; what the market itself writes with it stands `beside`. 403, 404, 412, 422. */
    async amend(ports: Ports, actor: Actor, id: string, version: number, patch: unknown, beside: Partial<Noun> = {}): Promise<Noun> {
      const noun = await rows.find(ports.database, id)
      if (!noun || viewFor(actor, noun) === undefined) throw new Problem('not-found', { id })
      permit(actor, verb('amend'), definition.relations(actor, noun))
      const draft = amended(definition.draft, noun, patch)
      await refuseUnknown(ports, definition.references(draft))
      const errors = (await definition.refusals?.(ports, actor, noun, draft)) ?? []
      if (errors.length > 0) throw new Problem('invalid-input', { errors })
      const alongside = (await definition.alongside?.(ports, actor, noun, { ...noun, ...draft })) ?? []
      // A draft's fields are fields of its noun.
      const changes = { ...(draft as unknown as Partial<Noun>), ...definition.follows?.(actor, noun, draft), ...beside }
      return amend(ports, rows, noun, version, changes, { kind: `${kind}.amended`, actorId: actor.id }, alongside)
    },
  }
}

async function refuseUnknown(ports: Ports, references: { kind: DirectoryKind; id: string | null; pointer: string }[]): Promise<void> {
  const errors: FieldError[] = []
  for (const { kind, id, pointer } of references) {
    if (id !== null && !(await subjectRows[kind].find(ports.database, id))) errors.push({ pointer, code: 'unknown-reference' })
  }
  if (errors.length > 0) throw new Problem('invalid-input', { errors })
}

/** Whether a place is in the county whose code that is. */
function liesIn(region: Code | null, countyCode: string | null): boolean {
  return region !== null && countyCode !== null && isWithin(region, { ...region, code: countyCode })
}

/** Whether an institution is the other one, or a unit somewhere below it. */
async function isBelow(ports: Ports, id: string | null, other: string): Promise<boolean> {
  for (let at = id; at !== null; at = (await institutions.find(ports.database, at))?.parentId ?? null) if (at === other) return true
  return false
}

function isOwn(actor: Actor, { id }: { id: string }): Relation[] {
  return actor.id === id ? ['own'] : []
}

function isTheirs(actor: Actor, noun: { id: string; visibility: Visibility }): Relation[] {
  return relationsTo(actor, noun, actor.id === noun.id)
}

function isVisible(visibility: string, isSignedIn: boolean): boolean {
  return visibility === 'public' || (visibility === 'registered' && isSignedIn)
}

function byVisibility<Noun extends { visibility: string }>(
  noun: Noun,
  reader: { isSignedIn: boolean; readsWhole: boolean },
): Noun | undefined {
  return reader.readsWhole || isVisible(noun.visibility, reader.isSignedIn) ? noun : undefined
}
