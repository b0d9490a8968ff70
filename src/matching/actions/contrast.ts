import type { Actor } from '../../accounts/actor.ts'
import { may } from '../../accounts/permissions.ts'
import type { Demand } from '../../demands/demand.ts'
import { kindOfId } from '../../platform/ids.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { askedBy } from '../asked.ts'
import { type Contrast, differencesOf } from '../contrast.ts'
import type { Match } from '../match.ts'
import type { Scored } from '../score.ts'
import { explainExpert, rankExperts } from './match-experts.ts'
import { demandToMatch, explainOffering, rankOfferings } from './match-offerings.ts'

/** Why one candidate of a demand stands above another of the same kind, whichever is named first. 404 for what is not in the list; 403 and 404 as for matches. */
export async function contrastBetween(ports: Ports, actor: Actor, demandId: string, one: string, other: string): Promise<Contrast> {
  const listed = await listedFor(ports, actor, await demandToMatch(ports, actor, demandId), kindOfId(one))
  for (const id of [one, other]) if (!listed.some((each) => each.id === id)) throw new Problem('not-found', { id })
  const [above, below] = listed.filter(({ id }) => id === one || id === other)
  // Of one and the same there is nothing to say.
  return contrast(actor, above!, below ?? above!)
}

/** Of some candidates why each stands above the next of its kind; those that are not in the list are left out. */
export async function contrastsAmong(ports: Ports, actor: Actor, demandId: string, ids: readonly string[]): Promise<Contrast[]> {
  const demand = await demandToMatch(ports, actor, demandId)
  const contrasts: Contrast[] = []
  for (const kind of ['offering', 'expert'] as const) {
    const own = ids.filter((id) => kindOfId(id) === kind)
    if (own.length < 2) continue
    const listed = (await listedFor(ports, actor, demand, kind)).filter(({ id }) => own.includes(id))
    for (const [at, below] of listed.entries()) if (at > 0) contrasts.push(await contrast(actor, listed[at - 1]!, below))
  }
  return contrasts
}

interface Listed {
  id: string
  scored: Scored
  explain(): Match | Promise<Match>
}

/** The list of one kind, best first. */
async function listedFor(ports: Ports, actor: Actor, demand: Demand, kind: ReturnType<typeof kindOfId>): Promise<Listed[]> {
  const asked = askedBy(actor, demand)
  if (kind === 'expert')
    return (await rankExperts(ports, demand)).ranking.map((item) => ({
      id: item.expert.id,
      scored: item.scored,
      explain: () => explainExpert(ports, actor, asked, item),
    }))
  return (await rankOfferings(ports, demand)).ranking.map((item) => ({
    id: item.offering.id,
    scored: item.scored,
    explain: () => explainOffering(actor, asked, item),
  }))
}

async function contrast(actor: Actor, above: Listed, below: Listed): Promise<Contrast> {
  const shown = { above: await above.explain(), below: await below.explain() }
  const seesNumbers = may(actor, 'match.read-numbers')
  const told = differencesOf(above.scored, below.scored).filter(
    (each) => isTold(each, shown.above, above.scored) && isTold(each, shown.below, below.scored) && (seesNumbers || each.key !== 'fee'),
  )
  return { ...shown, differences: told.map((each) => (seesNumbers ? each : { ...each, by: null })) }
}

/** Whether a reader is told what the difference is made of: a hidden price must not be told by which way it weighs. */
function isTold({ key, side }: Contrast['differences'][number], { reasons }: Match, scored: Scored): boolean {
  const isUnknown = (all: Match['reasons']) => all.find((each) => each.key === key && each.side === side)?.facts.unknown === true
  return isUnknown(reasons) === isUnknown(scored.reasons)
}
