import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { expertActions, expertRelations, institutionActions } from '../actions.ts'
import type { Expert, ExpertDraft } from '../expert.ts'
import { nameVariants } from '../names.ts'
import { institutionsCalled } from '../store/names.ts'
import { expertAt, experts, institutions } from '../store.ts'

/** An expert's profile for whoever may amend it, with the names of where he works: id → name. 401, 403, 404. */
export async function profileToAmend(ports: Ports, actor: Actor, id: string): Promise<{ expert: Expert; employers: Map<string, string> }> {
  const expert = await experts.find(ports.database, id)
  if (!expert || expertActions.view(actor, expert) === undefined) throw new Problem('not-found', { id })
  permit(actor, 'expert.amend', expertRelations(actor, expert))
  return { expert, employers: await employersOf(ports, expert) }
}

/** What its writer began with; undefined where that was not kept. 401, 403, 404. */
export async function profileBefore(ports: Ports, actor: Actor, id: string, version: number) {
  await profileToAmend(ports, actor, id)
  const expert = await expertAt(ports.database, id, version)
  return expert && { expert, employers: await employersOf(ports, expert) }
}

async function employersOf({ database }: Ports, { affiliations }: Expert): Promise<Map<string, string>> {
  const found = await institutions.findMany(
    database,
    affiliations.map(({ institutionId }) => institutionId),
  )
  return new Map(found.map(({ id, name }) => [id, name]))
}

/** The institutions of the directory that the actor may know of and that are called so: name as written → id. */
export async function employersCalled({ database }: Ports, actor: Actor, names: readonly string[]): Promise<Map<string, string>> {
  const found = names.map(async (name) => {
    const ids = [...(await institutionsCalled(database, nameVariants(name))).keys()]
    const known = (await institutions.findMany(database, ids)).find((each) => institutionActions.view(actor, each) !== undefined)
    return known === undefined ? [] : [[name, known.id] as const]
  })
  return new Map((await Promise.all(found)).flat())
}

/** Saves a profile. Who saves his own has looked at all of it, and stands by it from now on. 403, 404, 412, 422. */
export function saveProfile(ports: Ports, actor: Actor, id: string, version: number, patch: Partial<ExpertDraft>): Promise<Expert> {
  const beside = actor.role === 'expert' && actor.id === id ? { confirmedAt: ports.now() } : {}
  return expertActions.amend(ports, actor, id, version, patch, beside)
}
