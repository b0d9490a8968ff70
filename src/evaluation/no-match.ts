import { rankOfferings } from '../matching/actions/match-offerings.ts'
import type { Calibration } from '../matching/confidence.ts'
import type { Ports } from '../platform/ports.ts'
import { type Answerable, brierScore, calibrationError, crossFitted, fitted } from '../quality/calibration.ts'
import { auc } from '../quality/metrics.ts'
import type { BenchmarkDemand } from './benchmark.ts'
import { demandFrom, type Progress } from './relevance.ts'

/** How well it tells demands that the pool answers from those that it does not. Definitions: tests/relevance/data/README.md, No match. */
export interface NoMatchReport {
  n: { answerable: number; unanswerable: number }
  auc: number
  aucHard: number | null
  aucOutside: number | null
  precisionAt90: number
  recallAt90: number
  noMatchFoundAt95: number
  /** Of confidences by curves that were fitted on the other folds. */
  ece: number
  brier: number
  /** Of the share of answerable demands, said of each. */
  brierOfBaseRate: number
  folds: number
  /** The curve over all of them. */
  fitted: Calibration
  embedder: string | null
}

const folds = 5

export async function measureNoMatch(
  ports: Ports,
  demands: readonly BenchmarkDemand[],
  unanswerable: readonly BenchmarkDemand[],
  progress: Progress,
): Promise<NoMatchReport> {
  const all = [...demands, ...unanswerable]
  const strengths: (number | null)[] = []
  for (const [at, { id, title, description }] of all.entries()) {
    const { ranking } = await rankOfferings(ports, await demandFrom(ports, id, title, description), { considered: 400 })
    strengths.push(ranking.length === 0 ? null : Math.max(...ranking.map(({ strength }) => strength ?? 0)))
    progress('demands', at + 1, all.length)
  }
  const known: Answerable[] = strengths.map((strength, at) => ({ strength, isAnswerable: at < demands.length }))
  const value = ({ strength }: Answerable) => strength ?? 0
  const [positive, negative] = [known.slice(0, demands.length).map(value), known.slice(demands.length).map(value)]
  const ofKind = (kind: string) => negative.filter((_, at) => unanswerable[at]!.kind === kind)
  const aucOf = (some: number[]) => (some.length === 0 ? null : auc(positive, some))
  const confidences = crossFitted(known, folds)
  const outcomes = known.map(({ isAnswerable }) => isAnswerable)
  const base = positive.length / known.length
  const at90 = below(positive, 0.9)
  const found = negative.filter((each) => each < at90).length
  const lost = positive.filter((each) => each < at90).length
  const at95 = below(positive, 0.95)
  return {
    n: { answerable: positive.length, unanswerable: negative.length },
    auc: auc(positive, negative),
    aucHard: aucOf(ofKind('hard')),
    aucOutside: aucOf(ofKind('outside')),
    precisionAt90: found + lost === 0 ? 0 : found / (found + lost),
    recallAt90: found / negative.length,
    noMatchFoundAt95: negative.filter((each) => each < at95).length / negative.length,
    ece: calibrationError(confidences, outcomes),
    brier: brierScore(confidences, outcomes),
    brierOfBaseRate: base * (1 - base),
    folds,
    fitted: fitted(known),
    embedder: ports.embedder?.model ?? null,
  }
}

/** The highest threshold that keeps this share of them. */
function below(values: readonly number[], kept: number): number {
  const ordered = [...values].sort((a, b) => a - b)
  return ordered[Math.floor(ordered.length * (1 - kept) + 1e-9)]!
}
