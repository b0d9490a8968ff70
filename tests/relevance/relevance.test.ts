import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepSeedVectors } from '../../seed/vectors.ts'
import { readBenchmarkDemands, readJudgments, readPool } from '../../src/evaluation/benchmark.ts'
import { measureQuality } from '../../src/evaluation/quality.ts'
import { loadPool, measureRelevance, type RelevanceReport } from '../../src/evaluation/relevance.ts'
import { type Market, openMarket } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'

const data = 'tests/relevance/data'
let market: Market
let report: RelevanceReport

beforeAll(async () => {
  market = await openMarket({ ...configFrom({}), database: ':memory:' })
  // Most texts of the pool are in the demonstration data, with their vectors.
  await keepSeedVectors(market.ports)
  await loadPool(market.ports, readPool('seed/data/csl-pool.jsonl'), () => {})
  report = await measureRelevance(
    market.ports,
    readBenchmarkDemands(`${data}/demands_A.jsonl`),
    readJudgments(`${data}/judgments_A.jsonl`),
    null,
    () => {},
  )
}, 300_000)
afterAll(() => market.close())

describe('quality beside simpler ways', () => {
  it('is better than chance, age and words in any ten demands, and says so with intervals', async () => {
    const some = readBenchmarkDemands(`${data}/demands_A.jsonl`).slice(0, 10)
    const open = readBenchmarkDemands(`${data}/demands_nomatch_A.jsonl`).slice(0, 5)
    const pool = readPool('seed/data/csl-pool.jsonl')
    const { n, figures, differences } = await measureQuality(
      market.ports,
      pool,
      some,
      open,
      readJudgments(`${data}/judgments_A.jsonl`),
      1,
      () => {},
    )
    expect(n).toMatchObject({ answerable: 10, unanswerable: 5 })
    for (const other of ['random', 'newest'] as const) expect(differences[other].mrr10!.low).toBeGreaterThan(0)
    const { value, low, high } = figures.ours.mrr10!
    expect([low <= value, value <= high, low < high]).toEqual([true, true, true])
    expect(figures.newest.noMatchAuc!.value).toBe(0.5)
  }, 60_000)
})

// Recorded with the change that earned them; one demand is 0.007. A fall of more than one is looked into before it lands.
describe('ranking by words and meaning', () => {
  it('finds the known item as well as it did', () => {
    expect(report.embedder).toBe('bge-small-zh-v1.5-q')
    expect(report.mrr10).toBeGreaterThan(0.824)
    expect(report.ndcg10).toBeGreaterThan(0.856)
    expect(report.recall10).toBeGreaterThan(0.955)
  })
  it('puts what was judged good before what was judged poor', () => {
    expect(report.gradedNdcg10).toBeGreaterThan(0.775)
  })
})
