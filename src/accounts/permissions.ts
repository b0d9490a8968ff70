import { Problem } from '../platform/problem.ts'
import type { Rank } from './account.ts'
import type { Actor, ActorKind } from './actor.ts'

/**
 * A fact about an actor and a subject, of which the permissions speak:
 * `own` he is the subject, or he himself brought it into his organisation; `organisation` it belongs to his organisation; `assigned` he is
 * its broker; `entered` his organisation entered it for somebody else; `region` it lies in his county; `linked` his one-time link names
 * it; `delegated` his institution asked him to answer it; `public`, `registered` its visibility; `agreed` he accepted its NDA, or (operator) gave a reason; `verified` his organisation was; `signed-in` there is an account.
 */
export type Relation =
  | 'own'
  | 'organisation'
  | 'assigned'
  | 'entered'
  | 'region'
  | 'linked'
  | 'public'
  | 'registered'
  | 'agreed'
  | 'delegated'
export type Condition = Relation | 'verified' | 'signed-in'

/** `any` asks for nothing; else one of the alternatives must hold, and of an inner list all. */
export type Grant = 'any' | readonly (Condition | readonly Condition[])[]

/** What every reader gets who is signed in and answers for himself. */
const byVisibility = ['public', 'registered'] as const
const underNda = ['agreed', 'verified'] as const
const readers = {
  visitor: ['public'],
  link: ['public'],
  enterprise: [...byVisibility, underNda],
  expert: [...byVisibility, underNda],
  institution: [...byVisibility, underNda],
  broker: [...byVisibility, underNda],
  provider: [...byVisibility, underNda],
  park: byVisibility,
  county: byVisibility,
  operator: 'any',
  auditor: byVisibility,
  service: byVisibility,
} as const satisfies Record<ActorKind, Grant>

/** Those who may look behind an NDA, once it binds them. */
const bound = {
  enterprise: [underNda],
  expert: [underNda],
  institution: [underNda],
  broker: [underNda],
  provider: [underNda],
} as const
const verified = {
  enterprise: ['verified'],
  expert: ['verified'],
  institution: ['verified'],
  broker: ['verified'],
  provider: ['verified'],
} as const

/** Those who stand in for a demand's enterprise. */
const demandKeepers = {
  enterprise: ['organisation'],
  park: ['entered'],
  county: ['entered'],
  broker: ['assigned', 'entered'],
  operator: 'any',
} as const
const offeringKeepers = { institution: ['organisation'], enterprise: ['organisation'], operator: 'any' } as const
/** Those who speak for one side of a pairing: its enterprise; the expert, or the owner of the result. */
const eitherSide = { enterprise: ['organisation'], expert: ['own'], institution: ['organisation'] } as const
/** And whom an institution asks to answer in its place. */
const answerers = { ...eitherSide, expert: ['own', 'delegated'] } as const
/** Those who carry a demand to its end. */
const demandCarriers = { broker: ['assigned'], operator: 'any' } as const
/** Those who brought a table or a form, and the bureau. */
const receivers = { park: ['entered'], county: ['entered'], broker: ['entered'], operator: 'any', service: ['entered'] } as const
/** Those who look after an organisation's members, and all who have keys made. */
const ownMembers = {
  enterprise: ['organisation'],
  institution: ['organisation'],
  provider: ['organisation'],
  park: ['organisation'],
  county: ['organisation'],
  operator: ['organisation'],
} as const
const ownKeys = { ...ownMembers, expert: ['own'], broker: ['own'] } as const
const expertKeepers = { expert: ['own'], institution: ['organisation'], operator: 'any' } as const

const theirs = ['organisation'] as const
const organisations = { enterprise: theirs, institution: theirs, provider: theirs, park: theirs, county: theirs } as const
/** Those who stand in for whatever documents are attached to. */
const attachmentKeepers = {
  ...demandKeepers,
  ...organisations,
  park: ['organisation', 'entered'],
  county: ['organisation', 'entered'],
} as const
/** Whoever is signed in, for himself or for anybody. */
const signedIn = ['signed-in'] as const
const claimants = {
  visitor: signedIn,
  enterprise: signedIn,
  expert: signedIn,
  institution: signedIn,
  broker: signedIn,
  provider: signedIn,
  park: signedIn,
  county: signedIn,
} as const

/**
 * Who may do what. A verb that a kind of actor is not listed for is refused. Actions, pages and the generated matrix of tests read
 * this table.
 */
export const permissions = {
  'demand.draft': { enterprise: ['organisation'], park: 'any', county: 'any', broker: 'any', operator: 'any', service: 'any' },
  'demand.amend': demandKeepers,
  'demand.read-detail': readers,
  'demand.read-whole': { ...demandKeepers, link: ['linked'] },
  'demand.read-confidential': {
    ...bound,
    ...demandKeepers,
    enterprise: ['organisation', underNda],
    broker: ['assigned', 'entered', underNda],
    operator: ['agreed'],
    link: ['linked'],
  },
  'demand.read-exclusions': demandKeepers,
  'demand.read-every-exclusion': demandCarriers,
  'demand.read-contacts': { enterprise: ['organisation'], operator: 'any', link: ['linked'] },
  'demand.read-readings': { enterprise: ['organisation'], operator: 'any', auditor: 'any' },
  'demand.agree': verified,
  'demand.open': { operator: 'any' },
  'demand.request-publication': demandKeepers,
  'demand.publish': { operator: 'any' },
  'demand.return': { operator: 'any' },
  'demand.route': { park: ['entered'], county: ['entered'], broker: ['entered'], operator: 'any' },
  // Other words for a demand: whoever looks after it proposes them, its owner says yes or no.
  'demand.propose': { broker: ['assigned'], operator: 'any' },
  'demand.accept-proposal': { enterprise: ['organisation'], park: ['entered'], county: ['entered'] },
  'demand.refuse-proposal': { enterprise: ['organisation'], park: ['entered'], county: ['entered'] },
  // A talk about it, whose answers go into it.
  'demand.diagnose': { broker: ['assigned', 'entered'], operator: 'any' },
  'demand.withdraw': { enterprise: ['organisation'], park: ['entered'], county: ['entered'], broker: ['entered'], operator: 'any' },
  'demand.solve': { enterprise: ['organisation'], broker: ['assigned'], operator: 'any' },
  'demand.assign': { operator: 'any' },
  'demand.take': { broker: 'any' },
  // Of two at once: whoever may do it to both.
  'demand.read-twins': demandCarriers,
  'demand.merge': demandCarriers,
  'demand.unmerge': demandCarriers,
  'demand.distinguish': demandCarriers,
  'demand.request-confirmation': { park: ['entered'], county: ['entered'], broker: ['assigned', 'entered'], operator: 'any' },
  // Who entered it for an enterprise records the yes that he was given; a link's holder gives it himself.
  'demand.confirm': {
    enterprise: ['organisation'],
    park: ['entered'],
    county: ['entered'],
    broker: ['assigned', 'entered'],
    operator: 'any',
    link: ['linked'],
  },
  'offering.draft': offeringKeepers,
  'offering.amend': offeringKeepers,
  'offering.read-detail': readers,
  'offering.read-whole': offeringKeepers,
  'offering.read-confidential': {
    ...bound,
    institution: ['organisation', underNda],
    enterprise: ['organisation', underNda],
    operator: ['agreed'],
  },
  'offering.read-readings': { institution: ['organisation'], enterprise: ['organisation'], operator: 'any', auditor: 'any' },
  'offering.agree': verified,
  'offering.open': { operator: 'any' },
  'offering.request-publication': offeringKeepers,
  'offering.publish': { operator: 'any' },
  'offering.return': { operator: 'any' },
  'offering.withdraw': offeringKeepers,
  // Documents: whoever may amend what they are attached to. Those of listings are read as the fields of their group are.
  'attachment.upload': attachmentKeepers,
  'attachment.remove': attachmentKeepers,
  'attachment.read': { ...organisations, operator: 'any' },
  'attachment.read-readings': { ...organisations, operator: 'any', auditor: 'any' },
  'attachment.read-trace': { operator: 'any', auditor: 'any' },
  'enterprise.register': { park: 'any', county: 'any', broker: 'any', operator: 'any' },
  'enterprise.amend': { enterprise: ['organisation'], operator: 'any' },
  'enterprise.read-whole': { enterprise: ['organisation'], park: ['organisation'], county: ['region'], broker: 'any', operator: 'any' },
  'park.register': { operator: 'any' },
  'park.amend': { park: ['organisation'], operator: 'any' },
  'park.read-whole': { park: ['organisation'], operator: 'any' },
  'provider.register': { operator: 'any' },
  'provider.amend': { provider: ['organisation'], operator: 'any' },
  'provider.read-whole': { provider: ['organisation'], broker: 'any', operator: 'any' },
  'county.register': { operator: 'any' },
  'county.amend': { county: ['organisation'], operator: 'any' },
  'county.read-whole': { county: ['organisation'], operator: 'any' },
  'institution.register': { institution: ['organisation'], operator: 'any' },
  'institution.amend': { institution: ['organisation'], operator: 'any' },
  'institution.read-whole': { institution: ['organisation'], broker: 'any', operator: 'any' },
  'institution.trust': { operator: 'any' },
  'expert.register': { institution: ['organisation'], operator: 'any' },
  'expert.amend': expertKeepers,
  'expert.claim': { expert: ['own'], operator: 'any' },
  'expert.read-whole': { expert: ['own'], institution: ['organisation'], broker: 'any', operator: 'any' },
  // Whether somebody who entered the market himself is who he says: he asks, his institution or the operator answers.
  'expert.ask-verification': { expert: ['own'], operator: 'any' },
  'expert.read-verification': { ...expertKeepers, auditor: 'any' },
  'expert.verify': { institution: ['organisation'], operator: 'any' },
  'evidence.register': expertKeepers,
  'evidence.amend': expertKeepers,
  'evidence.remove': expertKeepers,
  'broker.register': { operator: 'any' },
  'broker.amend': { broker: ['own'], operator: 'any' },
  'broker.read-whole': { broker: ['own'], operator: 'any' },
  'verification.request': { ...organisations, operator: 'any' },
  'verification.read': { ...organisations, operator: 'any', auditor: 'any' },
  'verification.decide': { operator: 'any' },
  'claim.request': claimants,
  'enrolment.make': claimants,
  'claim.read': { ...organisations, operator: 'any' },
  'claim.decide': { ...organisations, operator: 'any' },
  'merger.merge': { operator: 'any' },
  'merger.undo': { operator: 'any' },
  'merger.read': { operator: 'any', auditor: 'any' },
  'refusal.record': eitherSide,
  'refusal.end': eitherSide,
  'refusal.read': { ...eitherSide, broker: ['assigned'], operator: 'any' },
  'judgment.give': { broker: 'any', operator: 'any' },
  'judgment.read': { operator: 'any', auditor: 'any' },
  'interest.express': eitherSide,
  'interest.answer': answerers,
  'interest.withdraw': eitherSide,
  'interest.read': { ...answerers, broker: ['assigned'], operator: 'any' },
  'invitation.send': demandCarriers,
  'invitation.withdraw': demandCarriers,
  'invitation.read': demandCarriers,
  // Those who are asked, by the link or where they are signed in.
  'invitation.read-received': answerers,
  'invitation.answer': { ...answerers, link: ['linked'] },
  // What an institution is asked, handed on to one of its people; he reads what was handed to him.
  'delegation.make': { institution: ['organisation'] },
  'delegation.end': { institution: ['organisation'] },
  'delegation.read': { institution: ['organisation'], expert: ['own'] },
  'referral.close': demandCarriers,
  'referral.read': demandCarriers,
  'shortlist.make': demandCarriers,
  'shortlist.send': demandCarriers,
  'shortlist.read': demandCarriers,
  'shortlist.answer': { link: ['linked'] },
  'engagement.propose': demandCarriers,
  'engagement.move': demandCarriers,
  'engagement.read': { ...eitherSide, ...demandCarriers },
  'contact.record': { broker: 'any', operator: 'any' },
  'contact.amend': { broker: ['own'], operator: 'any' },
  'contact.read': { broker: ['own', 'assigned'], operator: 'any' },
  // Photos of a visit: whoever was visited may see what was taken of him.
  'contact.read-photos': { enterprise: ['organisation'], broker: ['own'], operator: 'any' },
  'match.read-numbers': { broker: 'any', operator: 'any' },
  // What was shown to others, as it was.
  'match.read-lists': { operator: 'any', auditor: 'any' },
  'match.read-own-exclusions': { enterprise: ['organisation'], expert: ['own'], institution: ['organisation'] },
  'match.for-expert': { expert: ['own'], institution: ['organisation'], broker: 'any', operator: 'any' },
  'match.for-offering': { institution: ['organisation'], enterprise: ['organisation'], broker: 'any', operator: 'any' },
  'match.recommend': { enterprise: 'any', expert: 'any', institution: 'any', broker: 'any' },
  // How good the matching is, by what is known of this market's own pairs.
  'market.read-quality': { operator: 'any', auditor: 'any' },
  'market.read-settings': { operator: 'any', auditor: 'any' },
  'market.set': { operator: 'any' },
  'privacy.set': { operator: 'any' },
  'person.export': { operator: 'any' },
  'person.erase': { operator: 'any' },
  'person.record-consent': { operator: 'any' },
  'erasure.read': { operator: 'any', auditor: 'any' },
  'erasure.apply': { operator: 'any' },
  'intake.receive': { park: 'any', county: 'any', broker: 'any', operator: 'any', service: 'any' },
  'intake.read': receivers,
  'intake.decide': receivers,
  'import.run': { operator: 'any', service: 'any' },
  'import.undo': { operator: 'any', service: 'any' },
  'member.read': ownMembers,
  'member.invite': ownMembers,
  'member.amend': ownMembers,
  'member.end': ownMembers,
  'key.create': ownKeys,
  'key.read': ownKeys,
  'key.revoke': ownKeys,
} as const satisfies Record<string, Partial<Record<ActorKind, Grant>>>
export type Verb = keyof typeof permissions
export const verbs = Object.keys(permissions) as Verb[]

/** What a verb does: looks, changes what an organisation brought, or changes the organisation itself. */
export type Access = 'read' | 'write' | 'manage'
type NounOf<Of extends Verb> = Of extends `${infer Noun}.${string}` ? Noun : never
/** What a key may be made for. */
export type Scope = `${NounOf<Verb>}.${Access}`

const managing: ReadonlySet<Verb> = new Set([
  'market.set',
  'privacy.set',
  'verification.request',
  'claim.decide',
  'expert.verify',
  'member.invite',
  'member.amend',
  'member.end',
  'key.create',
  'key.read',
  'key.revoke',
] as const)
export function accessOf(verb: Verb): Access {
  if (managing.has(verb)) return 'manage'
  return /^match\.|\.read(-|$)/.test(verb) ? 'read' : 'write'
}

export function scopeOf(verb: Verb): Scope {
  // The part before the point is the verb's noun, by the type of the table's keys.
  return `${verb.split('.')[0] as NounOf<Verb>}.${accessOf(verb)}`
}

/** Every scope, and those that mean anything for a kind of actor. */
export const scopes: readonly Scope[] = [...new Set(verbs.map(scopeOf))]
export function scopesOf(kind: ActorKind): Scope[] {
  return [...new Set(verbs.filter((verb) => kind in permissions[verb]).map(scopeOf))]
}

/** What an organisation lets its members do, beside what the table lets the organisation do: all of it, to what is their own, or nothing. */
export const ranks: Record<Rank, Record<Access, 'any' | 'own' | 'none'>> = {
  owner: { read: 'any', write: 'any', manage: 'any' },
  editor: { read: 'any', write: 'any', manage: 'none' },
  viewer: { read: 'any', write: 'none', manage: 'none' },
  'transfer-office': { read: 'any', write: 'any', manage: 'any' },
  'lab-head': { read: 'any', write: 'own', manage: 'none' },
  expert: { read: 'any', write: 'own', manage: 'none' },
}

/** Whether the table, his rank and his key let the actor do it, given how he stands to the subject. */
export function may(actor: Actor, verb: Verb, relations: readonly Relation[] = []): boolean {
  const grant = (permissions[verb] as Partial<Record<ActorKind, Grant>>)[actor.role]
  if (grant === undefined) return false
  if (actor.scopes !== null && !actor.scopes.includes(scopeOf(verb))) return false
  const reach = ranks[actor.rank][accessOf(verb)]
  if (reach === 'none' || (reach === 'own' && !relations.includes('own'))) return false
  if (grant === 'any') return true
  const holds = (condition: Condition) => {
    if (condition === 'verified') return actor.isVerified
    return condition === 'signed-in' ? actor.accountId !== null : relations.includes(condition)
  }
  return grant.some((alternative) => (typeof alternative === 'string' ? holds(alternative) : alternative.every(holds)))
}

/** Refuses with 401 for a visitor and 403 for anybody else. */
export function permit(actor: Actor, verb: Verb, relations: readonly Relation[] = []): void {
  if (may(actor, verb, relations)) return
  if (actor.role === 'visitor') throw new Problem('not-signed-in', { verb })
  const isBeyondKey = actor.scopes !== null && may({ ...actor, scopes: null }, verb, relations)
  throw new Problem('not-permitted', { verb, role: actor.role, ...(isBeyondKey && { reason: 'scope', scope: scopeOf(verb) }) })
}
