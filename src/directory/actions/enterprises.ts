import type { Actor } from '../../accounts/actor.ts'
import type { Code } from '../../platform/codes/codes.ts'
import type { Ports } from '../../platform/ports.ts'
import { enterpriseActions } from '../actions.ts'
import { nameVariants, plainName } from '../names.ts'
import { enterprisesCalled, enterpriseWithCode } from '../store/names.ts'
import { enterprises } from '../store.ts'

/** A firm as whoever enters something for it knows it. */
export interface KnownEnterprise {
  name: string
  creditCode: string | null
  region: Code | null
  /** The park that enters it as its own. */
  parkId: string | null
}

/** The enterprise that is meant, by its code and then by its name in whatever writing; registered where there is none. 401, 403. */
export async function findOrRegisterEnterprise(
  ports: Ports,
  actor: Actor,
  { name, creditCode, region, parkId }: KnownEnterprise,
): Promise<{ enterprise: { id: string; name: string }; isNew: boolean }> {
  const { database } = ports
  const withCode = creditCode === null ? undefined : await enterpriseWithCode(database, creditCode)
  const byCode = withCode && (await enterprises.find(database, withCode))
  // A code that belongs to another name was copied from the wrong line.
  if (byCode && plainName(byCode.name) === plainName(name)) return { enterprise: byCode, isNew: false }
  const [called] = await enterprisesCalled(database, nameVariants(name))
  if (called !== undefined) return { enterprise: { id: called[0], name: called[1] }, isNew: false }
  const enterprise = await enterpriseActions.register(ports, actor, { name, creditCode: byCode ? null : creditCode, region, parkId })
  return { enterprise, isNew: true }
}
