import type { Actor } from '../../accounts/actor.ts'
import { expertView } from '../../directory/actions.ts'
import { enterprises, experts, institutions } from '../../directory/store.ts'
import type { Ports } from '../../platform/ports.ts'

/** A profile that is there already, as somebody may be told of it who says that it is his: of a person where he works and in what field. */
export interface Listed {
  id: string
  name: string | null
  institution: string | null
  field: string | null
}

export async function listedFor({ database }: Pick<Ports, 'database'>, actor: Actor, ids: readonly string[]): Promise<Listed[]> {
  const firms = await enterprises.findMany(
    database,
    ids.filter((id) => id.startsWith('ent_')),
  )
  const people = (
    await experts.findMany(
      database,
      ids.filter((id) => id.startsWith('exp_')),
    )
  ).map((expert) => expertView(actor, expert))
  const employers = await institutions.findMany(
    database,
    people.flatMap(({ affiliations }) => affiliations.map(({ institutionId }) => institutionId)),
  )
  return [
    ...firms.map(({ id, name }) => ({ id, name, institution: null, field: null })),
    ...people.map(({ id, name, field, affiliations: [post] }) => ({
      id,
      name,
      field,
      institution: employers.find((each) => each.id === post?.institutionId)?.name ?? null,
    })),
  ]
}
