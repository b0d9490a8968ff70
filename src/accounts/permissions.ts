import { Problem } from '../platform/problem.ts'
import type { Actor, Role } from './actor.ts'

/**
 * How an actor stands to a subject: it is his own (or his organisation's), he is the assigned broker, he entered it for somebody,
 * or none of these.
 */
export type Relation = 'own' | 'assigned' | 'entered'

type Grant = 'any' | readonly Relation[]

/**
 * Who may do what. A verb that a role is not listed for is refused; `any` needs no relation, a list needs one of them.
 * Actions, pages, API documentation and the refusal tests read this table.
 */
export const permissions = {
  'demand.draft': { enterprise: ['own'], park: 'any', broker: 'any', operator: 'any' },
  'demand.amend': { enterprise: ['own'], park: ['entered'], broker: ['assigned', 'entered'], operator: 'any' },
  'demand.read-whole': { enterprise: ['own'], park: ['entered'], broker: ['assigned', 'entered'], operator: 'any' },
  'demand.read-contacts': { enterprise: ['own'], operator: 'any' },
  'demand.request-publication': { enterprise: ['own'], park: ['entered'], broker: ['assigned', 'entered'], operator: 'any' },
  'demand.publish': { operator: 'any' },
  'demand.return': { operator: 'any' },
  'demand.route': { operator: 'any' },
  'demand.withdraw': { enterprise: ['own'], park: ['entered'], operator: 'any' },
  'demand.solve': { enterprise: ['own'], broker: ['assigned'], operator: 'any' },
  'demand.assign': { operator: 'any' },
  'demand.take': { broker: 'any' },
  'demand.confirm': { enterprise: ['own'], operator: 'any' },
  'offering.draft': { institution: ['own'], enterprise: ['own'], operator: 'any' },
  'offering.amend': { institution: ['own'], enterprise: ['own'], operator: 'any' },
  'offering.read-whole': { institution: ['own'], enterprise: ['own'], operator: 'any' },
  'offering.request-publication': { institution: ['own'], enterprise: ['own'], operator: 'any' },
  'offering.publish': { operator: 'any' },
  'offering.return': { operator: 'any' },
  'offering.withdraw': { institution: ['own'], enterprise: ['own'], operator: 'any' },
  // Who may amend what a document is attached to, and who reads all of it.
  'attachment.upload': {
    enterprise: ['own'],
    institution: ['own'],
    park: ['own', 'entered'],
    broker: ['assigned', 'entered'],
    operator: 'any',
  },
  'attachment.remove': {
    enterprise: ['own'],
    institution: ['own'],
    park: ['own', 'entered'],
    broker: ['assigned', 'entered'],
    operator: 'any',
  },
  'attachment.read': {
    enterprise: ['own'],
    institution: ['own'],
    park: ['own', 'entered'],
    broker: ['assigned', 'entered'],
    operator: 'any',
  },
  'reading.list': { enterprise: ['own'], institution: ['own'], park: ['own'], operator: 'any' },
  'reading.trace': { operator: 'any' },
  'enterprise.register': { park: 'any', broker: 'any', operator: 'any' },
  'enterprise.amend': { enterprise: ['own'], operator: 'any' },
  'enterprise.read-whole': { enterprise: ['own'], park: ['own'], broker: 'any', operator: 'any' },
  'park.register': { operator: 'any' },
  'park.amend': { park: ['own'], operator: 'any' },
  'park.read-whole': { park: ['own'], operator: 'any' },
  'institution.register': { institution: ['own'], operator: 'any' },
  'institution.amend': { institution: ['own'], operator: 'any' },
  'institution.read-whole': { institution: ['own'], broker: 'any', operator: 'any' },
  'institution.trust': { operator: 'any' },
  'expert.register': { institution: ['own'], operator: 'any' },
  'expert.amend': { expert: ['own'], institution: ['own'], operator: 'any' },
  'expert.claim': { expert: ['own'], operator: 'any' },
  'expert.read-whole': { expert: ['own'], institution: ['own'], broker: 'any', operator: 'any' },
  'evidence.register': { expert: ['own'], institution: ['own'], operator: 'any' },
  'evidence.amend': { expert: ['own'], institution: ['own'], operator: 'any' },
  'evidence.remove': { expert: ['own'], institution: ['own'], operator: 'any' },
  'broker.register': { operator: 'any' },
  'broker.amend': { broker: ['own'], operator: 'any' },
  'broker.read-whole': { broker: ['own'], operator: 'any' },
  'match.read-numbers': { broker: 'any', operator: 'any' },
  'match.for-expert': { expert: ['own'], institution: ['own'], broker: 'any', operator: 'any' },
  'match.for-offering': { institution: ['own'], enterprise: ['own'], broker: 'any', operator: 'any' },
  'market.read-settings': { operator: 'any' },
  'market.set': { operator: 'any' },
  'import.run': { operator: 'any' },
  'import.undo': { operator: 'any' },
} as const satisfies Record<string, Partial<Record<Role, Grant>>>
export type Verb = keyof typeof permissions

/** Whether the table lets the actor do it, given how he stands to the subject. */
export function may(actor: Actor, verb: Verb, relations: readonly Relation[] = []): boolean {
  if (actor.role === 'visitor') return false
  const grant = (permissions[verb] as Partial<Record<Role, Grant>>)[actor.role]
  return grant === 'any' || (grant?.some((relation) => relations.includes(relation)) ?? false)
}

/** Refuses with 401 for a visitor and 403 for anybody else. */
export function permit(actor: Actor, verb: Verb, relations: readonly Relation[] = []): void {
  if (may(actor, verb, relations)) return
  throw actor.role === 'visitor' ? new Problem('not-signed-in', { verb }) : new Problem('not-permitted', { verb, role: actor.role })
}
