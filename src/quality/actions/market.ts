import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import type { Demand } from '../../demands/demand.ts'
import { demands } from '../../demands/store.ts'
import { experts } from '../../directory/store.ts'
import { rankOfferings } from '../../matching/actions/match-offerings.ts'
import { confidenceOf, type InForce } from '../../matching/confidence.ts'
import { bestFit, engineOf } from '../../matching/ranking.ts'
import { calibrationFor } from '../../matching/store.ts'
import { offerings } from '../../offerings/store.ts'
import type { StoredNoun } from '../../platform/database/listings.ts'
import { kindOfId } from '../../platform/ids.ts'
import type { Ports } from '../../platform/ports.ts'
import { random } from '../../platform/random.ts'
import { agreementOf } from '../agreement.ts'
import { calibrationError } from '../calibration.ts'
import { addedBy, type Case, comparedOver } from '../compared.ts'
import { judgesOf, type KnownPair, knownPairs } from '../gathered.ts'
import type { MarketQuality, QualityOfKind } from '../report.ts'
import { judgments } from '../store.ts'
import { caseOf } from './cases.ts'

/** As many demands are ranked for one report, of each kind. */
const demandsAtMost = 100
/** A demand of which so many pairs are judged, and none is worth a talk, counts as one that nothing answers. */
const judgedAtLeast = 3
/** From this grade on somebody would talk. */
const worthATalk = 2
const worstShown = 10
const seed = 1

/** How good the matching is on this market's own pairs, ranked anew by the engine of today. 401, 403. */
export async function marketQuality(ports: Ports, actor: Actor): Promise<MarketQuality> {
  permit(actor, 'market.read-quality')
  const { database } = ports
  const pairs = await knownPairs(database)
  const judged = judgesOf(await Array.fromAsync(judgments.each(database, {})))
  const engine = engineOf(ports, ports.embedder === null ? 'text' : 'hybrid', await ports.search.status(0))
  const inForce = await calibrationFor(database, engine)
  const from = (source: KnownPair['from']) => pairs.filter((pair) => pair.from === source).length
  return {
    pairs: { blind: from('blind'), dealings: from('dealings') },
    agreement: agreementOf([...judged.values()].map((given) => given.map(({ grade }) => grade))),
    thresholdsFrom: inForce.from,
    offerings: await qualityOf(ports, 'offering', pairs, inForce),
    experts: await qualityOf(ports, 'expert', pairs, inForce),
    ...(await reachOf(ports)),
    engine,
    seed,
  }
}

async function qualityOf(ports: Ports, kind: 'offering' | 'expert', pairs: readonly KnownPair[], inForce: InForce): Promise<QualityOfKind> {
  const own = Map.groupBy(
    pairs.filter(({ supplyId }) => kindOfId(supplyId) === kind),
    ({ demandId }) => demandId,
  )
  const asked = (await demands.findMany(ports.database, [...own.keys()])).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const ids = await proposable(ports, kind)
  const { next } = random(seed)
  const cases: (Case & { demand: Demand })[] = []
  for (const demand of asked) {
    const known = own.get(demand.id)!
    const relevant = new Set(known.filter(({ grade }) => grade >= worthATalk).map(({ supplyId }) => supplyId))
    if (cases.length === demandsAtMost || (relevant.size === 0 && known.length < judgedAtLeast)) continue
    const grades = new Map(known.map(({ supplyId, grade }) => [supplyId, grade]))
    cases.push({ demand, relevant, grades, ...(await caseOf(ports, kind, demand, { ids, next, idOf: ({ id }) => id })) })
  }
  const [answered, open] = [cases.filter(({ relevant }) => relevant.size > 0), cases.filter(({ relevant }) => relevant.size === 0)]
  const { figures, differences, judged } = comparedOver(answered, open, seed)
  return {
    n: { answerable: answered.length, judged, unanswerable: open.length },
    figures,
    differences,
    ece: answered.length > 0 && open.length > 0 ? errorOf(inForce, cases) : null,
    worst: answered
      .map((each) => ({ demandId: each.demand.id, gradedNdcg10: addedBy('gradedNdcg10', each, 'ours') }))
      .sort((a, b) => a.gradedNdcg10 - b.gradedNdcg10)
      .slice(0, worstShown),
  }
}

function errorOf({ curve }: InForce, cases: readonly Case[]): number {
  return calibrationError(
    cases.map(({ strength }) => confidenceOf(strength, curve)),
    cases.map(({ relevant }) => relevant.size > 0),
  )
}

/** Everything that could be proposed, the newest first. */
async function proposable({ database }: Ports, kind: 'offering' | 'expert'): Promise<string[]> {
  const rows = kind === 'offering' ? offerings.each(database, { state: 'published' }) : experts.each(database, {})
  const all = await Array.fromAsync(rows as AsyncIterable<Pick<StoredNoun, 'id' | 'createdAt'>>)
  return all.sort((a, b) => (a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt < b.createdAt ? 1 : -1)).map(({ id }) => id)
}

/** What the market can do for its open demands today, whatever was judged. */
async function reachOf(ports: Ports): Promise<Pick<MarketQuality, 'efficiency' | 'coverage'>> {
  const open = await demands.newest(ports.database, { state: 'published' }, { after: null, limit: demandsAtMost })
  const shown = new Set<string>()
  let worthwhile = 0
  for (const demand of open) {
    const { ranking } = await rankOfferings(ports, demand)
    if (bestFit(ranking) === 'worthwhile') worthwhile++
    for (const { offering } of ranking.slice(0, 10)) shown.add(offering.id)
  }
  const all = await proposable(ports, 'offering')
  return {
    efficiency: { demands: open.length, share: open.length === 0 ? null : worthwhile / open.length },
    coverage: all.length === 0 || open.length === 0 ? null : shown.size / all.length,
  }
}
