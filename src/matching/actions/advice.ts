import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { demandRelations } from '../../demands/actions.ts'
import type { Demand } from '../../demands/demand.ts'
import { expertView } from '../../directory/actions.ts'
import type { Expert } from '../../directory/expert.ts'
import { offeringView } from '../../offerings/actions.ts'
import type { Offering } from '../../offerings/offering.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { type Changed, demandChanges, expertChanges, offeringChanges, withoutExclusions } from '../advice/changes.ts'
import type { Advice, Tip } from '../advice/tip.ts'
import type { Exclusion, Opposite } from '../exclusions/exclusion.ts'
import { exclusionsOf } from '../exclusions/exclusions.ts'
import type { LeftOut } from '../ranking.ts'
import { supplyOfOffering } from '../supply.ts'
import { permitOwnSide, subjectOf } from './exclusions.ts'
import { rankRecalledExperts, recallExperts } from './match-experts.ts'
import { demandToMatch, type RecalledOfferings, rankRecalledOfferings, recallOfferings } from './match-offerings.ts'

/** How many tips are told, the one that brings most first. */
const tipsAtMost = 8
/** Prices of so many of the first candidates say what a budget would have to cover. */
const pricesRead = 10

/**
 * What the demand's side could change, and whom that lifts to which place among its results. Every tip is a ranking that was made anew with
 * the change. 401, 403, 404 as for what is left out.
 */
export async function adviceForDemand(ports: Ports, actor: Actor, demandId: string): Promise<Advice> {
  const demand = await demandToMatch(ports, actor, demandId)
  permit(actor, 'demand.read-exclusions', demandRelations(actor, demand))
  const recalled = await recallOfferings(ports, demand)
  const written = placesOf(ports, demand, recalled)
  const seen = seenOf(actor, recalled.nouns, written.leftOut, written.ids)
  const tips = demandChanges(demand, seen).flatMap(({ noun, ...told }): Tip[] => {
    const { ids } = placesOf(ports, noun, recalled)
    // Who comes nearest to the top is worth most to whoever asks.
    const best = ids.find((id, at) => at + 1 < (written.placeOf(id) ?? Infinity))
    if (best === undefined) return []
    const offering = recalled.nouns.find(({ id }) => id === best)!
    const { subject } = subjectOf(actor, 'demand', { kind: 'offering', noun: offering, exclusions: [] })
    return [{ side: 'demand', ...told, subject, place: { before: written.placeOf(best), after: ids.indexOf(best) + 1 } }]
  })
  return { items: bestTips(together(tips)), engine: recalled.engine }
}

/** Ways of working of which any one brings the same are one tip. */
function together(tips: readonly Tip[]): Tip[] {
  const same = Map.groupBy(tips, ({ field, subject, place, to }) =>
    JSON.stringify([field, subject.id, place, field === 'modes' ? null : to]),
  )
  return [...same.values()].map((alike) =>
    alike.length === 1 ? alike[0]! : { ...alike[0]!, to: alike.flatMap(({ to }) => to as string[]) },
  )
}

/**
 * What the owner of a result, or an expert, could change for one demand, and the place that it brings. For that side itself, the assigned
 * broker and the operator. Asks for terms and for evidence of what is stated, never for a better figure. 401, 403, 404.
 */
export async function adviceForSupply(ports: Ports, actor: Actor, demandId: string, supplyId: string): Promise<Advice> {
  const demand = await demandToMatch(ports, actor, demandId)
  const supply = await permitOwnSide(ports, actor, demand, supplyId)
  const facing = { today: today(ports), demandMayBeDraft: true }
  if (supply.kind === 'offering') {
    const recalled = await recallOfferings(ports, demand)
    if (!recalled.topics.has(supplyId)) return { items: [], engine: recalled.engine }
    const before = placesOf(ports, demand, recalled).placeOf(supplyId)
    const left = (noun: Offering) => exclusionsOf(demand, { kind: 'offering', noun }, recalled.standingOf(supplyId), facing)
    const tips = changesOf(supply.noun, demand, left, () => offeringChanges(supply.noun, demand, facing.today)).map(({ noun, ...told }) => {
      const nouns = recalled.nouns.map((each) => (each.id === supplyId ? noun : each))
      return { ...told, before, after: placesOf(ports, demand, { ...recalled, nouns }).placeOf(supplyId) }
    })
    return { items: supplyTips(actor, supply, tips), engine: recalled.engine }
  }
  const recalled = await recallExperts(ports, demand)
  if (!recalled.votes.has(supplyId)) return { items: [], engine: recalled.engine }
  const placeWith = async (noun: Expert) => {
    const nouns = recalled.nouns.map((each) => (each.id === supplyId ? noun : each))
    const { ranking } = await rankRecalledExperts(ports, demand, { ...recalled, nouns })
    return place(ranking.findIndex(({ expert }) => expert.id === supplyId))
  }
  const left = (noun: Expert) => exclusionsOf(demand, { kind: 'expert', noun }, recalled.standingOf(supplyId), facing)
  const before = await placeWith(supply.noun)
  const tips: Weighed[] = []
  for (const { noun, ...told } of changesOf(supply.noun, demand, left, () => expertChanges(supply.noun, demand, facing.today)))
    tips.push({ ...told, before, after: await placeWith(noun) })
  return { items: supplyTips(actor, supply, tips), engine: recalled.engine }
}

/** Of what is held off: what lifts that, and nothing else, which would not show. */
function changesOf<Noun extends Offering | Expert>(
  noun: Noun,
  demand: Demand,
  left: (noun: Noun) => readonly Exclusion[],
  others: () => Changed<Noun>[],
): Changed<Noun>[] {
  return left(noun).length === 0 ? others() : [withoutExclusions(noun, demand, left) ?? []].flat()
}

type Weighed = Omit<Changed<unknown>, 'noun'> & { before: number | null; after: number | null }

function supplyTips(actor: Actor, supply: Opposite, tips: readonly Weighed[]): Tip[] {
  const { subject } = subjectOf(actor, 'supply', { ...supply, exclusions: [] } as LeftOut)
  return bestTips(
    tips.flatMap(({ before, after, ...told }): Tip[] =>
      after === null || after >= (before ?? Infinity) ? [] : [{ side: 'supply', ...told, subject, place: { before, after } }],
    ),
  )
}

const bestTips = (tips: readonly Tip[]) => tips.toSorted((a, b) => a.place.after - b.place.after).slice(0, tipsAtMost)

function placesOf(ports: Ports, demand: Demand, recalled: RecalledOfferings) {
  const { ranking, leftOut } = rankRecalledOfferings(ports, demand, recalled)
  const ids = ranking.map(({ offering }) => offering.id)
  return { ids, leftOut, placeOf: (id: string) => place(ids.indexOf(id)) }
}

const place = (at: number) => (at < 0 ? null : at + 1)

/** What of the candidates this reader may see himself: ways of working that only the demand's terms rule out, and prices of the first. */
function seenOf(actor: Actor, nouns: readonly Offering[], leftOut: readonly LeftOut[], ids: readonly string[]) {
  const modes = leftOut.flatMap(({ kind, noun, exclusions }) => {
    const isThatAlone = exclusions.length === 1 && exclusions[0]!.condition === 'mode-impossible'
    return isThatAlone ? (kind === 'offering' ? offeringView(actor, noun) : expertView(actor, noun)).modes : []
  })
  const first = ids.slice(0, pricesRead).flatMap((id) => nouns.filter((noun) => noun.id === id))
  const pricesFen = first.flatMap((offering) => {
    const isSeen = offeringView(actor, offering).price === offering.price
    return isSeen ? (supplyOfOffering(offering).leastPriceFen ?? []) : []
  })
  return { modes: [...new Set(modes)], pricesFen }
}
