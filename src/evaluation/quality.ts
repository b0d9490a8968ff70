import { calibrations, confidenceOf, fitFrom } from '../matching/confidence.ts'
import type { Ports } from '../platform/ports.ts'
import { random } from '../platform/random.ts'
import { caseOf } from '../quality/actions/cases.ts'
import { calibrationError, crossFitted } from '../quality/calibration.ts'
import { type Case, type Compared, comparedOver } from '../quality/compared.ts'
import type { BenchmarkDemand, Judgment, PoolResult } from './benchmark.ts'
import { demandFrom, type Progress } from './relevance.ts'

/** How good the matching is beside simpler ways, with 95 % intervals. Definitions: `docs/matching.md`. */
export interface QualityReport {
  n: { answerable: number; judged: number; unanswerable: number }
  figures: Compared['figures']
  differences: Compared['differences']
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
  const ids = pool.map(({ id }) => id).toReversed()
  const graded = Map.groupBy(judgments, ({ demand }) => demand)
  const cases: Case[] = []
  const all = [...demands, ...unanswerable]
  for (const [at, { id, title, description, source }] of all.entries()) {
    const demand = await demandFrom(ports, id, title, description)
    const rows = graded.get(id)
    cases.push({
      relevant: new Set(at < demands.length && source !== null ? [source] : []),
      grades: rows === undefined ? null : new Map(rows.map(({ result, grade }) => [result, grade])),
      ...(await caseOf(ports, 'offering', demand, { ids, next, idOf: ({ originId }) => originId!.slice('pool/'.length) })),
    })
    progress('demands', at + 1, all.length)
  }
  const [answered, open] = [cases.slice(0, demands.length), cases.slice(demands.length)]
  const { figures, differences, judged } = comparedOver(answered, open, seed)
  const isWorthwhile = ({ strength }: Case) =>
    confidenceOf(strength, calibrations[ports.embedder === null ? 'text' : 'hybrid']) >= fitFrom.worthwhile
  const share = (some: readonly Case[]) => some.filter(isWorthwhile).length / Math.max(1, some.length)
  const outcomes = cases.map((_, at) => at < demands.length)
  return {
    n: { answerable: answered.length, judged, unanswerable: open.length },
    ...{ figures, differences },
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
