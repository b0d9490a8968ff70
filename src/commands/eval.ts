import { mkdirSync } from 'node:fs'
import { Command } from 'commander'
import { actingAs } from '../accounts/actor.ts'
import { type PoolResult, readBenchmarkDemands, readIndicatorCases, readJudgments, readPool } from '../evaluation/benchmark.ts'
import { type FusionReport, measureFusion } from '../evaluation/fusion.ts'
import { type IndicatorReport, measureIndicators } from '../evaluation/indicators.ts'
import { measureNoMatch, type NoMatchReport } from '../evaluation/no-match.ts'
import { measureQuality, type QualityReport } from '../evaluation/quality.ts'
import { loadPool, measureRelevance, type Progress, type RelevanceReport } from '../evaluation/relevance.ts'
import { keepVectorFile, writeVectorFile } from '../platform/embedding/vector-file.ts'
import { parseInput } from '../platform/input.ts'
import type { Ports } from '../platform/ports.ts'
import { z } from '../platform/schema.ts'
import { marketQuality } from '../quality/actions/market.ts'
import { type Interval, resamples } from '../quality/bootstrap.ts'
import { type Figures, figureNames } from '../quality/compared.ts'
import type { KnownItemFigures } from '../quality/metrics.ts'
import type { MarketQuality, QualityOfKind } from '../quality/report.ts'
import { config, print, progressLine, withMarket } from './market.ts'

const cacheFolder = '.cache'

export function evalCommand(): Command {
  const evaluate = new Command('eval').description('Measure the matching')
  evaluate
    .command('relevance')
    .description('Rank benchmark demands against a pool in a throw-away database and print how well the known items are found')
    .requiredOption('--pool <file>', 'results to rank, one JSON object a line')
    .requiredOption('--demands <file>', 'demands with their known item')
    .option('--judgments <file>', 'graded pairs, for graded nDCG')
    .option('--folds <n>', 'also cross-validate the weight of meaning over n folds')
    .option('--json', 'print JSON')
    .action(async (options: { pool: string; demands: string; judgments?: string; folds?: string; json?: true }) => {
      const { folds } = parseInput(z.object({ folds: z.coerce.number().int().min(2).max(20).optional() }), { folds: options.folds })
      const [pool, demands, judgments] = [
        readPool(options.pool),
        readBenchmarkDemands(options.demands),
        options.judgments ? readJudgments(options.judgments) : [],
      ]
      const report = await withPool(pool, (ports, progress) => measureRelevance(ports, demands, judgments, folds ?? null, progress))
      print(options.json ? JSON.stringify(report) : table(report))
    })
  evaluate
    .command('nomatch')
    .description('Tell demands that a pool answers from those that it does not, and print how often that is right')
    .requiredOption('--pool <file>', 'results, one JSON object a line')
    .requiredOption('--demands <file>', 'demands that the pool answers')
    .requiredOption('--nomatch <file>', 'demands that it does not answer')
    .option('--json', 'print JSON')
    .action(async (options: { pool: string; demands: string; nomatch: string; json?: true }) => {
      const [demands, unanswerable] = [readBenchmarkDemands(options.demands), readBenchmarkDemands(options.nomatch)]
      const report = await withPool(readPool(options.pool), (ports, progress) => measureNoMatch(ports, demands, unanswerable, progress))
      print(options.json ? JSON.stringify(report) : noMatchTable(report))
    })
  evaluate
    .command('quality')
    .description('Hold the matching against random, newest, keyword and one-sided rankings, with 95 % intervals')
    .requiredOption('--pool <file>', 'results, one JSON object a line')
    .requiredOption('--demands <file>', 'demands with their known item')
    .requiredOption('--nomatch <file>', 'demands that the pool does not answer')
    .requiredOption('--judgments <file>', 'graded pairs')
    .option('--seed <n>', 'of the draws', '1')
    .option('--json', 'print JSON')
    .action(async (options: { pool: string; demands: string; nomatch: string; judgments: string; seed: string; json?: true }) => {
      const { seed } = parseInput(z.object({ seed: z.coerce.number().int() }), { seed: options.seed })
      const [pool, demands, unanswerable] = [
        readPool(options.pool),
        readBenchmarkDemands(options.demands),
        readBenchmarkDemands(options.nomatch),
      ]
      const judgments = readJudgments(options.judgments)
      const report = await withPool(pool, (ports, progress) =>
        measureQuality(ports, pool, demands, unanswerable, judgments, seed, progress),
      )
      print(options.json ? JSON.stringify(report) : qualityTable(report))
    })
  evaluate
    .command('market')
    .description('How good the matching is on this market’s own judged pairs, beside the same simpler rankings')
    .option('--json', 'print JSON')
    .action(async (options: { json?: true }) => {
      const report = await withMarket(config(), ({ ports }) => marketQuality(ports, actingAs('operator', 'command')))
      print(options.json ? JSON.stringify(report) : marketTable(report))
    })
  evaluate
    .command('fusion')
    .description('Say what another way of fusing both sides would change in this market’s own lists')
    .option('--json', 'print JSON')
    .action(async (options: { json?: true }) => {
      const line = progressLine('demands')
      const report = await withMarket(config(), ({ ports }) => measureFusion(ports, (_, done, total) => line(done, total)))
      print(options.json ? JSON.stringify(report) : fusionTable(report))
    })
  evaluate
    .command('indicators')
    .description('Judge indicators against what offers say and print how often that is right')
    .requiredOption('--cases <file>', 'indicators with their answers, one JSON object a line')
    .option('--json', 'print JSON')
    .action((options: { cases: string; json?: true }) => {
      const report = measureIndicators(readIndicatorCases(options.cases))
      print(options.json ? JSON.stringify(report) : indicatorTable(report))
    })
  return evaluate
}

/** Loads a pool into a throw-away market and measures there; vectors are kept for the next time. */
async function withPool<Report>(
  pool: readonly PoolResult[],
  measure: (ports: Ports, progress: Progress) => Promise<Report>,
): Promise<Report> {
  return withMarket(config({ database: ':memory:' }), async ({ ports }) => {
    const { database, embedder } = ports
    const cache = `${cacheFolder}/vectors-${embedder?.model.replaceAll(/\W/g, '-')}.bin`
    const cached = embedder === null ? 0 : await keepVectorFile(database, cache, embedder.model, embedder.dimensions)
    const lines = new Map<string, (done: number, total: number) => void>()
    const progress = (label: string, done: number, total: number) => {
      const line = lines.get(label) ?? progressLine(label)
      lines.set(label, line)
      line(done, total)
    }
    await loadPool(ports, pool, progress)
    const measured = await measure(ports, progress)
    if (embedder !== null && cached === 0) mkdirSync(cacheFolder, { recursive: true })
    if (embedder !== null) await writeVectorFile(database, cache, embedder.model, embedder.dimensions)
    return measured
  })
}

function qualityTable({ n, figures, differences, efficiency, coverage, ece, embedder, seed }: QualityReport): string {
  return [
    `embedder ${embedder ?? 'none (text alone)'}, ${resamples} draws, seed ${seed}`,
    `${n.answerable} demands that the pool answers (${n.judged} judged), ${n.unanswerable} that it does not`,
    ...figureRows(figures, differences),
    `worth a talk: ${efficiency.answerable.toFixed(3)} of the answerable, ${efficiency.unanswerable.toFixed(3)} of the others`,
    `coverage ${coverage.toFixed(3)}, expected calibration error ${ece.toFixed(3)}`,
  ].join('\n')
}

function marketTable({ pairs, agreement, thresholdsFrom, offerings, experts, efficiency, coverage, engine, seed }: MarketQuality): string {
  const share = (value: number | null) => value?.toFixed(3) ?? '-'
  const ofKind = (name: string, { n, figures, differences, ece }: QualityOfKind) => [
    `${name}: ${n.answerable} demands with something worth a talk, ${n.unanswerable} without`,
    ...figureRows(figures, differences),
    `expected calibration error ${share(ece)}`,
  ]
  return [
    `embedder ${engine.embedder ?? 'none (text alone)'}, ${resamples} draws, seed ${seed}`,
    `${pairs.blind} pairs judged blind, ${pairs.dealings} known by dealings; ${agreement.pairs} judged twice, kappa ${share(agreement.kappa)}`,
    `words of confidence from ${thresholdsFrom === 'own' ? 'own pairs' : 'demonstration data'}`,
    ...ofKind('offerings', offerings),
    ...ofKind('experts', experts),
    `worth a talk: ${share(efficiency.share)} of ${efficiency.demands} open demands; coverage ${share(coverage)}`,
  ].join('\n')
}

function figureRows(figures: Partial<Record<string, Figures>>, differences: Partial<Record<string, Figures>>): string[] {
  const told = (each: Interval | null) =>
    each === null ? '-' : `${each.value.toFixed(3)} [${each.low.toFixed(3)}, ${each.high.toFixed(3)}]`
  const rows = (all: Partial<Record<string, Figures>>) =>
    Object.entries(all).map(([ranker, own]) => ranker.padEnd(12) + figureNames.map((name) => told(own![name]).padEnd(25)).join(''))
  return [`${''.padEnd(12)}${figureNames.map((name) => name.padEnd(25)).join('')}`, ...rows(figures), 'ours minus', ...rows(differences)]
}

function fusionTable({ demands, standard, fusions }: FusionReport): string {
  return [
    `${demands} open demands; lists by the ${standard} mean, and what stays of them`,
    `${''.padEnd(14)}first ten      first`,
    ...Object.entries(fusions).map(
      ([name, { sameTen, sameFirst }]) => `${name.padEnd(14)}${sameTen.toFixed(3).padEnd(15)}${sameFirst.toFixed(3)}`,
    ),
  ].join('\n')
}

function noMatchTable({ n, fitted, embedder, ...figures }: NoMatchReport): string {
  const { intercept, slope } = fitted
  return [
    `embedder ${embedder ?? 'none (text alone)'}`,
    `${n.answerable} demands that the pool answers, ${n.unanswerable} that it does not`,
    ...Object.entries(figures).map(([name, value]) => `${name.padEnd(20)}${value === null ? '-' : Number(value.toFixed(4))}`),
    `fitted over all      intercept ${intercept.toFixed(3)}, slope ${slope.toFixed(3)}`,
  ].join('\n')
}

function indicatorTable({ perCase, perVerdict, confusion, ...shares }: IndicatorReport): string {
  const wrong = perCase.filter(({ expected, verdict }) => expected !== verdict)
  return [
    ...Object.entries(shares).map(([name, value]) => `${name.padEnd(20)}${value === null ? '-' : Number(value.toFixed(4))}`),
    ...Object.entries(confusion).map(([expected, given]) => `${expected.padEnd(20)}${JSON.stringify(given)}`),
    ...wrong.map(({ id, skill, expected, verdict }) => `${id} ${skill ?? ''} ${expected}, judged ${verdict}`),
  ].join('\n')
}

function table(report: RelevanceReport): string {
  const line = (name: string, { n, mrr10, ndcg10, recall10, recall200 }: KnownItemFigures) =>
    [name.padEnd(18), String(n).padStart(5), ...[mrr10, ndcg10, recall10, recall200].map((value) => value.toFixed(4).padStart(10))].join('')
  return [
    `embedder ${report.embedder ?? 'none (text alone)'}`,
    `${'demands'.padEnd(18)}${'n'.padStart(5)}${['mrr10', 'ndcg10', 'recall10', 'recall200'].map((name) => name.padStart(10)).join('')}`,
    line('all', report),
    ...Object.entries(report.byStyle).map(([style, figures]) => line(`  ${style}`, figures)),
    ...(report.crossValidated
      ? [
          line(`${report.crossValidated.folds}-fold`, report.crossValidated),
          `  share of meaning chosen in each fold: ${report.crossValidated.chosen.join(', ')}`,
        ]
      : []),
    ...(report.gradedNdcg10 === null ? [] : [`graded nDCG@10 ${report.gradedNdcg10.toFixed(4)}`]),
  ].join('\n')
}
