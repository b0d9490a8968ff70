import { rankOfferings } from '../matching/actions/match-offerings.ts'
import { calibrations, confidenceOf, fitFrom } from '../matching/confidence.ts'
import type { Ports } from '../platform/ports.ts'
import { random } from '../platform/random.ts'
import type { BenchmarkDemand, Judgment, PoolResult } from './benchmark.ts'
import { bootstrapped, type Interval } from './bootstrap.ts'
import { calibrationError, crossFitted } from './calibration.ts'
import { auc, gradedNdcg } from './metrics.ts'
import { demandFrom, type Progress } from './relevance.ts'

/** Who ranks: the market, and what it is held against. `one-sided` is what the enterprise wants alone, without whether the supply would take it. */
export const rankers = ['ours', 'random', 'newest', 'bm25', 'one-sided'] as const
export type Ranker = (typeof rankers)[number]

/** One ranker's answer to one demand: pool ids, best first, and how sure it is that any of them answers. */
interface Listed {
  ranking: readonly string[]
  confidence: number
}

interface Case {
  /** The known item; null for a demand that the pool does not answer. */
  source: string | null
  grades: ReadonlyMap<string, number> | null
  lists: Record<Ranker, Listed>
}

export const figureNames = ['mrr10', 'gradedNdcg5', 'gradedNdcg10', 'recall20', 'noMatchAuc'] as const
export type FigureName = (typeof figureNames)[number]

/** How good the matching is beside simpler ways, with 95 % intervals. Definitions: `docs/matching.md`. */
export interface QualityReport {
  n: { answerable: number; judged: number; unanswerable: number }
  figures: Record<Ranker, Record<FigureName, Interval>>
  /** Ours minus the other one, over the same draws of demands. */
  differences: Record<Exclude<Ranker, 'ours'>, Record<FigureName, Interval>>
  /** Share of answerable demands with a candidate that is called worth a talk, and of the others: hope that is false. */
  efficiency: { answerable: number; unanswerable: number }
  /** Share of the pool that stands in any first ten. */
  coverage: number
  /** Expected calibration error of the confidence, cross-fitted over five folds. */
  ece: number
  embedder: string | null
  seed: number
}

export async function measureQuality(
  ports: Ports,
  pool: readonly PoolResult[],
  demands: readonly BenchmarkDemand[],
  unanswerable: readonly BenchmarkDemand[],
  judgments: readonly Judgment[],
  seed: number,
  progress: Progress,
): Promise<QualityReport> {
  const { next } = random(seed)
  const ids = pool.map(({ id }) => id)
  const graded = Map.groupBy(judgments, ({ demand }) => demand)
  const cases: (Case & { strength: number | null })[] = []
  const all = [...demands, ...unanswerable]
  for (const [at, { id, title, description, source }] of all.entries()) {
    const demand = await demandFrom(ports, id, title, description)
    const ours = (await rankOfferings(ports, demand, { considered: 400 })).ranking
    const text = (await rankOfferings({ ...ports, embedder: null }, demand, { considered: 400 })).ranking
    const poolId = ({ offering }: (typeof ours)[number]) => offering.originId!.slice('pool/'.length)
    const bySide = ours.toSorted((a, b) => b.scored.demandSide - a.scored.demandSide)
    const strongest = (ranking: typeof ours) => Math.max(0, ...ranking.map(({ strength }) => strength ?? 0))
    const rows = graded.get(id)
    cases.push({
      source: at < demands.length ? source : null,
      grades: rows === undefined ? null : new Map(rows.map(({ result, grade }) => [result, grade])),
      strength: ours.length === 0 ? null : strongest(ours),
      lists: {
        ours: { ranking: ours.map(poolId), confidence: strongest(ours) },
        random: { ranking: shuffled(ids, next), confidence: next() },
        // The last that were registered, for every demand the same.
        newest: { ranking: ids.toReversed(), confidence: 0 },
        bm25: { ranking: text.toSorted((a, b) => b.topic.text - a.topic.text).map(poolId), confidence: strongest(text) },
        'one-sided': { ranking: bySide.map(poolId), confidence: bySide[0]?.scored.demandSide ?? 0 },
      },
    })
    progress('demands', at + 1, all.length)
  }
  const [answered, open] = [cases.slice(0, demands.length), cases.slice(demands.length)]
  const groups: Record<FigureName, readonly (readonly Case[])[]> = {
    mrr10: [answered],
    recall20: [answered],
    gradedNdcg5: [answered.filter(({ grades }) => isGraded(grades))],
    gradedNdcg10: [answered.filter(({ grades }) => isGraded(grades))],
    noMatchAuc: [answered, open],
  }
  const table = <Value>(of: (name: FigureName) => Value) =>
    Object.fromEntries(figureNames.map((name) => [name, of(name)])) as Record<FigureName, Value>
  const others = rankers.filter((ranker) => ranker !== 'ours')
  const isWorthwhile = ({ strength }: { strength: number | null }) =>
    confidenceOf(strength, calibrations[ports.embedder === null ? 'text' : 'hybrid']) >= fitFrom.worthwhile
  const share = (some: typeof cases) => some.filter(isWorthwhile).length / Math.max(1, some.length)
  const outcomes = cases.map((_, at) => at < demands.length)
  return {
    n: { answerable: answered.length, judged: groups.gradedNdcg10[0]!.length, unanswerable: open.length },
    figures: Object.fromEntries(
      rankers.map((ranker) => [ranker, table((name) => bootstrapped(groups[name], (drawn) => figure(name, ranker, drawn), seed))]),
    ) as QualityReport['figures'],
    differences: Object.fromEntries(
      others.map((other) => [
        other,
        table((name) => bootstrapped(groups[name], (drawn) => figure(name, 'ours', drawn) - figure(name, other, drawn), seed)),
      ]),
    ) as QualityReport['differences'],
    efficiency: { answerable: share(answered), unanswerable: share(open) },
    coverage: new Set(cases.flatMap(({ lists }) => lists.ours.ranking.slice(0, 10))).size / ids.length,
    ece: calibrationError(
      crossFitted(
        cases.map(({ strength }, at) => ({ strength, isAnswerable: outcomes[at]! })),
        5,
      ),
      outcomes,
    ),
    embedder: ports.embedder?.model ?? null,
    seed,
  }
}

function figure(name: FigureName, ranker: Ranker, [answered = [], open = []]: readonly (readonly Case[])[]): number {
  const mean = (value: (each: Case) => number) => answered.reduce((sum, each) => sum + value(each), 0) / Math.max(1, answered.length)
  const rankOf = ({ source, lists }: Case) => lists[ranker].ranking.indexOf(source!) + 1
  const isWithin = (rank: number, cut: number) => rank > 0 && rank <= cut
  switch (name) {
    case 'mrr10':
      return mean((each) => (isWithin(rankOf(each), 10) ? 1 / rankOf(each) : 0))
    case 'recall20':
      return mean((each) => (isWithin(rankOf(each), 20) ? 1 : 0))
    case 'gradedNdcg5':
    case 'gradedNdcg10':
      return mean(({ grades, lists }) => gradedNdcg(lists[ranker].ranking, grades!, name === 'gradedNdcg5' ? 5 : 10) ?? 0)
    case 'noMatchAuc': {
      const confidences = (some: readonly Case[]) => some.map(({ lists }) => lists[ranker].confidence)
      return auc(confidences(answered), confidences(open))
    }
  }
}

const isGraded = (grades: Case['grades']) => grades !== null && [...grades.values()].some((grade) => grade > 0)

/** Fisher and Yates. */
function shuffled<Item>(items: readonly Item[], next: () => number): Item[] {
  const order = [...items]
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1))
    ;[order[at], order[other]] = [order[other]!, order[at]!]
  }
  return order
}
