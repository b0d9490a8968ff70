import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import type { Code } from '../../platform/codes/codes.ts'
import { checkCreditCode, normaliseCreditCode } from '../../platform/codes/credit-code.ts'
import type { Ports } from '../../platform/ports.ts'
import { enterpriseActions } from '../actions.ts'
import type { Enterprise } from '../enterprise.ts'
import { nameVariants, plainName } from '../names.ts'
import { enterprisesCalled, enterprisesWithCode, keptFor } from '../store/names.ts'
import { enterprises } from '../store.ts'

/** A firm as whoever enters something for it knows it. */
export interface KnownEnterprise {
  name: string
  creditCode: string | null
  region: Code | null
  /** The park that enters it as its own. */
  parkId: string | null
}

/**
 * The enterprise that is meant, by its code and then by its name in whatever writing; registered where there is none. What the actor may
 * not know of is not found: that it is there is nobody's to learn by guessing names. 401, 403.
 */
export async function findOrRegisterEnterprise(
  ports: Ports,
  actor: Actor,
  { name, creditCode: written, region, parkId }: KnownEnterprise,
): Promise<{ enterprise: Pick<Enterprise, 'id' | 'name'>; isNew: boolean }> {
  permit(actor, 'enterprise.register', ['own'])
  const creditCode = written === null ? null : normaliseCreditCode(written)
  const withCode = creditCode === null ? [] : await known(ports, actor, await enterprisesWithCode(ports.database, creditCode))
  // A code that belongs to another name was copied from the wrong line.
  const [byCode] = withCode.filter((each) => plainName(each.name) === plainName(name))
  const [byName] = byCode ? [] : await called(ports, actor, name, creditCode)
  const found = byCode ?? byName
  if (found !== undefined) return { enterprise: found, isNew: false }
  const draft = { name, creditCode: withCode.length > 0 ? null : creditCode, region, parkId }
  return { enterprise: await enterpriseActions.register(ports, actor, draft), isNew: true }
}

/** The enterprises that are meant by a name and a code, as far as the actor may know of them: those that would be registered twice. */
export async function enterprisesLike(
  ports: Ports,
  actor: Actor,
  { name, creditCode }: Pick<KnownEnterprise, 'name' | 'creditCode'>,
): Promise<Enterprise[]> {
  const withCode = creditCode === null ? [] : await known(ports, actor, await enterprisesWithCode(ports.database, creditCode))
  const found = [...withCode, ...(await called(ports, actor, name, creditCode))]
  return [...new Map(found.map((each) => [each.id, each])).values()]
}

/** Two firms of one name have two codes; a code with a slip in it tells nothing, whichever of the two it is. */
async function called(ports: Ports, actor: Actor, name: string, creditCode: string | null): Promise<Enterprise[]> {
  const ids = [...(await enterprisesCalled(ports.database, nameVariants(name))).keys()]
  const isSound = (code: string | null) => code !== null && checkCreditCode(code).warnings.length === 0
  const isOther = (code: string | null) => isSound(code) && isSound(creditCode) && code !== creditCode
  const same = (await known(ports, actor, ids)).filter((each) => !isOther(each.creditCode))
  return [...same.filter((each) => each.name === name), ...same]
}

/** Of some enterprises those that the actor may know of, the first registered first; for a duplicate that was merged, the one that was kept. */
async function known(ports: Ports, actor: Actor, ids: readonly string[]): Promise<Enterprise[]> {
  const kept = await Promise.all(ids.map((id) => keptFor(ports.database, id)))
  const found = await enterprises.findMany(ports.database, [...new Set(kept)])
  const seen = found.filter((each) => enterpriseActions.view(actor, each) !== undefined)
  return seen.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
}
