import type { Actor } from './actor.ts'
import type { Relation } from './permissions.ts'

/** What the permissions ask about a subject, whatever its kind. */
export interface Held {
  id: string
  visibility?: 'public' | 'registered' | 'nda'
}

/** How an actor stands to a subject, given whether it belongs to his organisation. What he is about to bring in is `own` besides. */
export function relationsTo(actor: Actor, { id, visibility }: Held, isTheirs: boolean): Relation[] {
  const relations: Relation[] = []
  if (isTheirs) relations.push('organisation')
  if (isTheirs && actor.authored.includes(id)) relations.push('own')
  if (visibility === 'public' || visibility === 'registered') relations.push(visibility)
  if (actor.agreed.includes(id)) relations.push('agreed')
  if (actor.link?.objectId === id) relations.push('linked')
  return relations
}
