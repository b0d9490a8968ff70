import type { Actor } from '../../accounts/actor.ts'
import type { Ports } from '../../platform/ports.ts'
import { expertActions } from '../actions.ts'
import type { Expert } from '../expert.ts'
import { nameVariants } from '../names.ts'
import { expertsCalled } from '../store/names.ts'
import { experts, institutions } from '../store.ts'

/**
 * Profiles of this name at this institution, or in the same house, that nobody has taken over: whose name a profile keeps is not told to
 * whoever knows the name alone.
 */
export async function unclaimedAt(
  { database }: Pick<Ports, 'database'>,
  actor: Actor,
  { name, institutionId }: { name: string; institutionId: string },
): Promise<Expert[]> {
  const called = await experts.findMany(database, await expertsCalled(database, nameVariants(name)))
  const open = called.filter((each) => !each.claimed && expertActions.view(actor, each) !== undefined)
  const employerIds = open.flatMap(({ affiliations }) => affiliations.map((each) => each.institutionId))
  const known = await institutions.findMany(database, [...new Set([institutionId, ...employerIds])])
  const parentOf = new Map(known.map(({ id, parentId }) => [id, parentId]))
  const isSameHouse = (id: string) => id === institutionId || parentOf.get(id) === institutionId || parentOf.get(institutionId) === id
  return open.filter(({ affiliations }) => affiliations.some((each) => isSameHouse(each.institutionId)))
}

const namedAtMost = 200

/** Names of the directory's institutions, to choose from while one writes. */
export async function institutionNames({ database }: Pick<Ports, 'database'>): Promise<string[]> {
  const found = await institutions.newest(database, { visibility: ['public'] }, { after: null, limit: namedAtMost })
  return found.filter(({ parentId }) => parentId === null).map(({ name }) => name)
}
