import { loadSeed } from '../../seed/load.ts'
import { keepSeedVectors } from '../../seed/vectors.ts'
import { actingAs } from '../../src/accounts/actor.ts'
import type { Demand } from '../../src/demands/demand.ts'
import { demands } from '../../src/demands/store.ts'
import type { Expert } from '../../src/directory/expert.ts'
import { brokers, enterprises, evidence, experts, institutions, parks } from '../../src/directory/store.ts'
import { adviceForDemand, adviceForSupply } from '../../src/matching/actions/advice.ts'
import { exclusionOf } from '../../src/matching/actions/exclusions.ts'
import { rankExperts } from '../../src/matching/actions/match-experts.ts'
import { rankOfferings } from '../../src/matching/actions/match-offerings.ts'
import type { Tip } from '../../src/matching/advice/tip.ts'
import { catchUp } from '../../src/matching/catch-up.ts'
import type { Pairing, Ranked } from '../../src/matching/ranking.ts'
import { fused } from '../../src/matching/score.ts'
import type { Offering } from '../../src/offerings/offering.ts'
import { offerings } from '../../src/offerings/store.ts'
import { openMarket } from '../../src/open-market.ts'
import { codeIn } from '../../src/platform/codes/codes.ts'
import { configFrom } from '../../src/platform/config.ts'
import type { StoredNoun } from '../../src/platform/database/listings.ts'
import { kindOfId } from '../../src/platform/ids.ts'
import { chronicle, commitNext, type WritableRows } from '../../src/platform/journal/change.ts'
import type { Ports } from '../../src/platform/ports.ts'
import type { Outcome } from './lines.ts'

const operator = actingAs('operator', 'acceptance')
/** Of each list, and of what is left out of it, so many are asked what they could change. */
const supplies = 5
const tolerance = 1e-9

/** Every tip for the demonstration's demands brings the place that it names; contributions are their side; the order does not depend on what came first. */
export async function counterfactuals(scale: number): Promise<Outcome> {
  const market = await openMarket({ ...configFrom({}), database: ':memory:' })
  const { ports } = market
  await loadSeed(ports)
  await catchUp(ports)
  const all = (await demands.page(ports.database, { state: 'published' }, { after: '', limit: 500 })).slice(0, Math.ceil(151 * scale))
  const [kept, broken, kinds] = [[] as Tip[], [] as string[], new Map<string, number>()]
  let [reasons, worst] = [0, 0]
  for (const demand of all) {
    const [results, people] = [await rankOfferings(ports, demand), await rankExperts(ports, demand)]
    for (const item of [...results.ranking, ...people.ranking]) {
      reasons += item.scored.reasons.length
      worst = Math.max(worst, error(item))
    }
    const asked = [
      ...results.ranking.slice(0, supplies).map(({ offering }) => offering.id),
      ...people.ranking.slice(0, supplies).map(({ expert }) => expert.id),
      ...results.leftOut.slice(0, supplies).map(({ noun }) => noun.id),
      ...people.leftOut.slice(0, supplies).map(({ noun }) => noun.id),
    ]
    const tips = (await adviceForDemand(ports, operator, demand.id)).items
    for (const id of asked) tips.push(...(await adviceForSupply(ports, operator, demand.id, id)).items)
    // Of several ways of working each is followed by itself.
    const single = tips.flatMap((tip) => (tip.field === 'modes' ? (tip.to as string[]).map((mode) => ({ ...tip, to: [mode] })) : [tip]))
    for (const tip of single) {
      const place = await placeWith(ports, demand, tip)
      kinds.set(`${tip.side} ${tip.field}`, (kinds.get(`${tip.side} ${tip.field}`) ?? 0) + 1)
      if (place === tip.place.after) kept.push(tip)
      else broken.push(`${demand.id} ${tip.side} ${tip.field} ${JSON.stringify(tip.to)}: ${tip.place.after} told, ${place} found`)
    }
  }
  const different = await shuffledDifferently(ports, all)
  await market.close()
  return {
    passed: broken.length === 0 && kept.length > 0 && worst <= tolerance && different === 0,
    figures: {
      demands: all.length,
      tips: kept.length + broken.length,
      ...Object.fromEntries([...kinds].sort().map(([kind, count]) => [`tips: ${kind}`, count])),
      'valid, percent': ((100 * kept.length) / Math.max(1, kept.length + broken.length)).toFixed(1),
      'reasons added up': reasons,
      'greatest difference to their side': worst,
      'lists that another order of insertion changes': different,
      ...Object.fromEntries(broken.slice(0, 20).map((each, at) => [`broken ${at + 1}`, each])),
    },
  }
}

/** How far contributions lie from their side, and the sides from the score. */
function error({ scored }: Ranked<Pairing>): number {
  const sum = (side: string) => scored.reasons.reduce((all, each) => all + (each.side === side ? each.contribution : 0), 0)
  return Math.max(
    Math.abs(sum('demandSide') - scored.demandSide),
    Math.abs(sum('supplySide') - scored.supplySide),
    Math.abs(fused(scored.demandSide, scored.supplySide) - scored.score),
  )
}

/** Where the tip's subject stands once the tip is followed in the market itself; what was changed is taken back. */
async function placeWith(ports: Ports, demand: Demand, tip: Tip): Promise<number | null> {
  const { id } = tip.subject
  const takeBack =
    tip.side === 'demand'
      ? await changed(ports, demands, demand.id, (before) => followed<Demand>(before, tip))
      : tip.field === 'exclusions'
        ? await withoutExclusions(ports, demand, id)
        : kindOfId(id) === 'expert'
          ? await changed(ports, experts, id, (before) => followed<Expert>(before, tip))
          : await changed(ports, offerings, id, (before) => followed<Offering>(before, tip))
  const now = (await demands.find(ports.database, demand.id))!
  const ids =
    kindOfId(id) === 'expert'
      ? (await rankExperts(ports, now)).ranking.map(({ expert }) => expert.id)
      : (await rankOfferings(ports, now)).ranking.map(({ offering }) => offering.id)
  await takeBack()
  const at = ids.indexOf(id)
  return at < 0 ? null : at + 1
}

/** A listing as somebody would write it who follows the tip and knows no more than what it says. */
function followed<Noun extends Demand | Offering | Expert>(noun: Noun, { field, to, about }: Tip): Partial<Noun> {
  const changes = ((): Partial<Demand & Offering & Expert> => {
    switch (field) {
      case 'modes':
        return { modes: [...noun.modes, ...(to as Demand['modes'])] }
      case 'price':
        return { price: { kind: 'fixed', amountFen: to as number } }
      case 'freeFrom':
        return { capacity: { daysPerYear: null, maxParallel: null, ...(noun as Expert).capacity, freeFrom: to as string } }
      case 'evidence': {
        const { advantages } = noun as Offering
        const at = advantages.findIndex(
          ({ name, evidence, evidenceLevel }) => name === about && (evidence === null || evidenceLevel === 'unstated'),
        )
        return { advantages: advantages.with(at, { ...advantages[at]!, evidence: '检测记录', evidenceLevel: to as 'laboratory' }) }
      }
      default:
        return { [field]: to }
    }
  })()
  return changes as Partial<Noun>
}

/** Follows what the market says of why it is left out, until nothing does. */
async function withoutExclusions(ports: Ports, demand: Demand, id: string): Promise<() => Promise<void>> {
  const undone: (() => Promise<void>)[] = []
  for (let step = 0; step < 10; step++) {
    const [first] = (await exclusionOf(ports, operator, demand.id, id)).exclusions
    if (first?.change === undefined || first.change === null) break
    const { field, to } = first.change
    const change = <Noun extends Offering | Expert>(before: Noun): Partial<Noun> => {
      const isCapacity = field === 'daysPerYear' || field === 'maxParallel'
      if (field === 'modes') return { modes: [...before.modes, demand.modes[0]!] } as Partial<Noun>
      if (field === 'territory')
        return {
          territory: [...(before as Offering).territory, ...(to as string[]).map((code) => codeIn('region', code))],
        } as unknown as Partial<Noun>
      return (isCapacity ? { capacity: { ...(before as Expert).capacity!, [field]: to } } : { [field]: to }) as Partial<Noun>
    }
    undone.unshift(
      kindOfId(id) === 'expert' ? await changed(ports, experts, id, change<Expert>) : await changed(ports, offerings, id, change<Offering>),
    )
  }
  return async () => {
    for (const undo of undone) await undo()
  }
}

async function changed<Noun extends StoredNoun>(
  ports: Ports,
  rows: WritableRows<Noun>,
  id: string,
  change: (before: Noun) => Partial<Noun>,
): Promise<() => Promise<void>> {
  const before = (await rows.find(ports.database, id))!
  const by = { kind: 'offering.changed' as const, actorId: 'acceptance' }
  await commitNext(ports, rows, before, change(before), by)
  return async () => {
    await commitNext(ports, rows, (await rows.find(ports.database, id))!, before, by)
  }
}

/** How many lists are another once the same listings came in another order. */
async function shuffledDifferently(first: Ports, all: readonly Demand[]): Promise<number> {
  const other = await openMarket({ ...configFrom({}), database: ':memory:' })
  const { ports } = other
  await keepSeedVectors(ports)
  const kinds = [parks, brokers, enterprises, institutions, experts, offerings, evidence, demands] as const
  for (const rows of kinds) {
    // The last first, and every other one before the rest.
    const nouns = (await rows.page(first.database, {}, { after: '', limit: 5000 })).toReversed() as StoredNoun[]
    const order = [...nouns.filter((_, at) => at % 2 === 1), ...nouns.filter((_, at) => at % 2 === 0)]
    for (const noun of order) {
      const chronicled = chronicle(ports, noun, { kind: 'offering.changed', actorId: 'acceptance' })
      await ports.database.commit(...(rows as typeof parks).insert(ports.database, noun as never), ...chronicled)
    }
  }
  let different = 0
  for (const { id } of all) {
    const lists = async (from: Ports) => {
      const demand = (await demands.find(from.database, id))!
      const [results, people] = [await rankOfferings(from, demand), await rankExperts(from, demand)]
      return JSON.stringify([
        results.ranking.map(({ offering, scored }) => [offering.id, scored.score]),
        people.ranking.map(({ expert, scored }) => [expert.id, scored.score]),
      ])
    }
    if ((await lists(ports)) !== (await lists(first))) different++
  }
  await other.close()
  return different
}
