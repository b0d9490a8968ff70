import { createHash } from 'node:crypto'
import { marketItself } from '../accounts/actor.ts'
import { blankDemand, type Demand } from '../demands/demand.ts'
import { loadBatch } from '../imports/load.ts'
import { rankOfferings } from '../matching/actions/match-offerings.ts'
import { catchUp, embedPending } from '../matching/catch-up.ts'
import { weights as standardWeights, type Weights, weightsWith } from '../matching/weights.ts'
import { publishedLead } from '../offerings/offering.ts'
import { idFromOrigin } from '../platform/ids.ts'
import type { Ports } from '../platform/ports.ts'
import { gradedNdcg, type KnownItemFigures, knownItemFigures } from '../quality/metrics.ts'
import type { BenchmarkDemand, Judgment, PoolResult } from './benchmark.ts'

export interface RelevanceReport extends KnownItemFigures {
  gradedNdcg10: number | null
  embedder: string | null
  byStyle: Record<string, KnownItemFigures>
  crossValidated: (KnownItemFigures & { folds: number; chosen: number[] }) | null
}

export type Progress = (label: string, done: number, total: number) => void

/** Puts a pool of results into an empty market as leads, and waits until every text has its vector. */
export async function loadPool(ports: Ports, pool: readonly PoolResult[], progress: Progress): Promise<void> {
  const at = ports.now()
  const nouns = await Promise.all(
    pool.map(async ({ id, title, abstract, keywords }) => {
      const originId = `pool/${id}`
      const citation = { source: id, licence: 'Apache-2.0' as const }
      return publishedLead({ id: await idFromOrigin('offering', originId), originId, title, abstract, keywords, citation }, at)
    }),
  )
  const sections = [{ kind: 'offering' as const, nouns }]
  const fileSha256 = createHash('sha256').update(JSON.stringify(pool)).digest('hex')
  await loadBatch(ports, marketItself, {
    kind: 'offering',
    name: 'pool',
    fileSha256,
    sections,
    progress: (done, total) => progress('pool', done, total),
  })
  await catchUp(ports)
  const { pending } = await ports.search.status(0)
  for (let made = 0, more = 1; more > 0; made += more) {
    more = await embedPending(ports)
    if (pending > 0) progress('vectors', Math.min(made + more, pending), pending)
  }
}

/** A ranking with scores: pool ids, best first. */
type Ranked = { id: string; score: number }[]

/** Ranks every demand through the same matching as the server. Reads title and description only. */
export async function rankDemands(
  ports: Ports,
  demands: readonly Pick<BenchmarkDemand, 'id' | 'title' | 'description'>[],
  weights: Weights,
  progress: Progress,
): Promise<Map<string, Ranked>> {
  const rankings = new Map<string, Ranked>()
  for (const [at, { id, title, description }] of demands.entries()) {
    const { ranking } = await rankOfferings(ports, await demandFrom(ports, id, title, description), { considered: 400, weights })
    rankings.set(
      id,
      ranking.map(({ offering, scored }) => ({ id: offering.originId!.slice('pool/'.length), score: scored.score })),
    )
    progress('demands', at + 1, demands.length)
  }
  return rankings
}

/** Figures over all demands, by style, graded where there are judgments, and cross-validated over the weight of meaning. */
export async function measureRelevance(
  ports: Ports,
  demands: readonly BenchmarkDemand[],
  judgments: readonly Judgment[],
  folds: number | null,
  progress: Progress,
): Promise<RelevanceReport> {
  const rankings = await rankDemands(ports, demands, standardWeights, progress)
  const known = demands.filter(({ source }) => source !== null)
  const rankOf = (from: Map<string, Ranked>) => (demand: BenchmarkDemand) => rankIn(from.get(demand.id)!, demand.source!)
  const styles = [...new Set(known.map(({ style }) => style))].sort()
  const graded = [...Map.groupBy(judgments, ({ demand }) => demand)].flatMap(([demand, rows]) => {
    const ranking = rankings.get(demand)
    return ranking
      ? (gradedNdcg(
          ranking.map(({ id }) => id),
          new Map(rows.map(({ result, grade }) => [result, grade])),
        ) ?? [])
      : []
  })
  return {
    ...knownItemFigures(known.map(rankOf(rankings))),
    gradedNdcg10: graded.length === 0 ? null : graded.reduce((sum, value) => sum + value, 0) / graded.length,
    embedder: ports.embedder?.model ?? null,
    byStyle: Object.fromEntries(
      styles.map((style) => [style, knownItemFigures(known.filter((each) => each.style === style).map(rankOf(rankings)))]),
    ),
    crossValidated: folds === null ? null : await crossValidated(ports, known, folds, progress),
  }
}

/** Shares of meaning in the topic that cross-validation may choose from. */
const meaningShares = [0.2, 0.33, 0.4, 0.5, 0.6, 0.67, 0.8]

/** Each fold is ranked with the weights that are best (MRR@10) on the other folds. */
async function crossValidated(ports: Ports, known: readonly BenchmarkDemand[], folds: number, progress: Progress) {
  const byShare: (number | null)[][] = []
  for (const meaning of meaningShares) {
    const rankings = await rankDemands(ports, known, weightsWith({ text: 1 - meaning, meaning }), progress)
    byShare.push(known.map((demand) => rankIn(rankings.get(demand.id)!, demand.source!)))
  }
  const chosen: number[] = []
  const ranks = Array.from({ length: folds }, (_, fold) => {
    const mrrElsewhere = byShare.map((all) => knownItemFigures(all.filter((_, at) => at % folds !== fold)).mrr10)
    const best = mrrElsewhere.indexOf(Math.max(...mrrElsewhere))
    chosen.push(meaningShares[best]!)
    return byShare[best]!.filter((_, at) => at % folds === fold)
  }).flat()
  return { ...knownItemFigures(ranks), folds, chosen }
}

/** Rank of the known item; a tie takes the best rank of its group. Null if it was not found. */
function rankIn(ranking: Ranked, source: string): number | null {
  const found = ranking.find(({ id }) => id === source)
  return found === undefined ? null : 1 + ranking.filter(({ score }) => score > found.score).length
}

export async function demandFrom(ports: Ports, id: string, title: string, description: string): Promise<Demand> {
  const at = ports.now()
  return {
    ...blankDemand,
    title,
    problem: description === '' ? null : description,
    id: await idFromOrigin('demand', `benchmark/${id}`),
    enterpriseId: await idFromOrigin('enterprise', 'benchmark/enterprise'),
    state: 'published',
    indicators: [],
    brokerId: null,
    enteredBy: 'benchmark',
    outward: null,
    proposal: null,
    onBehalfOf: null,
    confirmation: null,
    vetting: [],
    returnReason: null,
    routing: null,
    mergedIntoId: null,
    publishedAt: at,
    confirmedAt: null,
    originId: `benchmark/${id}`,
    version: 1,
    createdAt: at,
    updatedAt: at,
  }
}
