import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IndicatorReport } from '../../src/evaluation/indicators.ts'
import type { NoMatchReport } from '../../src/evaluation/no-match.ts'
import type { QualityReport } from '../../src/evaluation/quality.ts'
import type { RelevanceReport } from '../../src/evaluation/relevance.ts'
import type { Interval } from '../../src/quality/bootstrap.ts'
import type { FigureName, Figures, Ranker } from '../../src/quality/compared.ts'
import { measureCore } from '../bench/core.ts'
import type { Outcome } from './lines.ts'
import { node, run, sunmao } from './run.ts'

/** PGlite has one connection: its concurrency tests are the listed deviations (`deviations` in tests/worlds.ts). */
const skippedAtMost = 5

/** The whole test suite is green, and skips nothing but the listed deviations. */
export async function wholeSuite(): Promise<Outcome> {
  const { code, stdout, ms } = await run(node, ['node_modules/vitest/vitest.mjs', 'run', '--no-color'])
  const [tests = ''] = /Tests .*/.exec(stdout) ?? []
  const skipped = Number(/(\d+) skipped/.exec(tests)?.[1] ?? 0)
  return { passed: code === 0 && skipped <= skippedAtMost, figures: { suite: tests.trim(), minutes: (ms / 60_000).toFixed(1) } }
}

/** Known items are found well enough, and what was judged good stands before what was judged poor. */
export async function relevance(): Promise<Outcome> {
  const { report, failure } = await relevanceReport()
  if (report === null) return failure
  const { mrr10, ndcg10, recall10, embedder } = report
  return { passed: mrr10 >= 0.78 && ndcg10 >= 0.81 && recall10 >= 0.91 && embedder !== null, figures: relevanceFigures(report) }
}

/** The same as the match has to reach it. */
export async function relevanceOfMatches(): Promise<Outcome> {
  const { report, failure } = await relevanceReport()
  if (report === null) return failure
  const { mrr10, recall10, gradedNdcg10, embedder } = report
  return { passed: mrr10 >= 0.8 && recall10 >= 0.93 && (gradedNdcg10 ?? 0) >= 0.8 && embedder !== null, figures: relevanceFigures(report) }
}

async function relevanceReport(): Promise<{ report: RelevanceReport; failure: null } | { report: null; failure: Outcome }> {
  const data = 'tests/relevance/data'
  const files = ['--pool', 'seed/data/csl-pool.jsonl', '--demands', `${data}/demands_A.jsonl`, '--judgments', `${data}/judgments_A.jsonl`]
  const { code, stdout, stderr } = await run(node, [...sunmao, 'eval', 'relevance', ...files, '--folds', '5', '--json'])
  if (code !== 0) return { report: null, failure: { passed: false, figures: { 'exit code': code ?? 'killed', error: stderr.slice(-400) } } }
  return { report: JSON.parse(stdout) as RelevanceReport, failure: null }
}

const relevanceFigures = ({ n, embedder, mrr10, ndcg10, recall10, recall200, gradedNdcg10, crossValidated }: RelevanceReport) => ({
  n,
  embedder: embedder ?? 'none',
  'mrr10 (floor .78, of matches .80)': mrr10.toFixed(4),
  'ndcg10 (floor .81)': ndcg10.toFixed(4),
  'recall10 (floor .91, of matches .93)': recall10.toFixed(4),
  recall200: recall200.toFixed(4),
  'graded nDCG@10 (floor of matches .80)': gradedNdcg10?.toFixed(4) ?? '-',
  'mrr10, 5-fold': crossValidated?.mrr10.toFixed(4) ?? '-',
  'ndcg10, 5-fold': crossValidated?.ndcg10.toFixed(4) ?? '-',
})

/** Demands that are written otherwise are answered nearly as well, and who stuffs a listing gains nothing. */
export async function robustness(): Promise<Outcome> {
  const { code, stdout } = await run(node, ['node_modules/vitest/vitest.mjs', 'run', '--no-color', 'tests/relevance/robustness.test.ts'])
  const [tests = ''] = /Tests .*/.exec(stdout) ?? []
  return { passed: code === 0, figures: { tests: tests.trim() } }
}

/** What the market has to beat, and in which figures: by a 95 % paired interval above zero. */
const beaten: [Exclude<Ranker, 'ours'>, FigureName[]][] = [
  ['random', ['mrr10', 'gradedNdcg10', 'noMatchAuc']],
  ['newest', ['mrr10', 'gradedNdcg10', 'noMatchAuc']],
  ['one-sided', ['mrr10', 'gradedNdcg10', 'noMatchAuc']],
  ['bm25', ['mrr10', 'noMatchAuc']],
]

/** The market is better than simpler ways of ranking, beyond chance. */
export async function quality(): Promise<Outcome> {
  const data = 'tests/relevance/data'
  const files = ['--pool', 'seed/data/csl-pool.jsonl', '--demands', `${data}/demands_A.jsonl`, '--judgments', `${data}/judgments_A.jsonl`]
  const { code, stdout, stderr } = await run(node, [
    ...sunmao,
    'eval',
    'quality',
    ...files,
    '--nomatch',
    `${data}/demands_nomatch_A.jsonl`,
    '--json',
  ])
  if (code !== 0) return { passed: false, figures: { 'exit code': code ?? 'killed', error: stderr.slice(-400) } }
  const { figures, differences, efficiency, coverage, ece, embedder } = JSON.parse(stdout) as QualityReport
  const interval = (each: Interval | null) =>
    each === null ? '-' : `${each.value.toFixed(3)} [${each.low.toFixed(3)}, ${each.high.toFixed(3)}]`
  const rows = (name: string, own: Figures) => Object.entries(own).map(([figure, each]) => [`${name}: ${figure}`, interval(each)])
  const held = beaten.flatMap(([other, names]) =>
    names.map((name) => ({ name: `${other}, ${name}`, low: differences[other][name]?.low ?? 0 })),
  )
  const missed = held.filter(({ low }) => low <= 0).map(({ name }) => name)
  return {
    passed: missed.length === 0 && embedder !== null,
    figures: {
      embedder: embedder ?? 'none',
      ...Object.fromEntries(Object.entries(figures).flatMap(([ranker, own]) => rows(ranker, own))),
      ...Object.fromEntries(Object.entries(differences).flatMap(([other, own]) => rows(`ours minus ${other}`, own))),
      'worth a talk, of the answerable': efficiency.answerable.toFixed(3),
      'worth a talk, of the others': efficiency.unanswerable.toFixed(3),
      coverage: coverage.toFixed(3),
      ece: ece.toFixed(3),
      'not beaten beyond chance': missed.join('; ') || 'none',
    },
  }
}

/** Demands that nothing answers are told from those that something does. */
export async function noMatch(): Promise<Outcome> {
  const data = 'tests/relevance/data'
  const files = [
    '--pool',
    'seed/data/csl-pool.jsonl',
    '--demands',
    `${data}/demands_A.jsonl`,
    '--nomatch',
    `${data}/demands_nomatch_A.jsonl`,
  ]
  const { code, stdout, stderr } = await run(node, [...sunmao, 'eval', 'nomatch', ...files, '--json'])
  if (code !== 0) return { passed: false, figures: { 'exit code': code ?? 'killed', error: stderr.slice(-400) } }
  const report = JSON.parse(stdout) as NoMatchReport
  const gain = report.brierOfBaseRate - report.brier
  const share = (value: number | null) => value?.toFixed(3) ?? '-'
  return {
    passed: report.auc >= 0.91 && report.noMatchFoundAt95 >= 0.5 && report.ece <= 0.1 && gain >= 0.04,
    figures: {
      'AUC (floor .91)': share(report.auc),
      'AUC of the hard ones': share(report.aucHard),
      'AUC of those from outside': share(report.aucOutside),
      'precision at 90 %': share(report.precisionAt90),
      'recall at 90 %': share(report.recallAt90),
      'found at 95 % (floor .5)': share(report.noMatchFoundAt95),
      'calibration error, 5-fold (at most .1)': share(report.ece),
      'Brier, 5-fold': share(report.brier),
      'better than the base rate by (floor .04)': share(gain),
    },
  }
}

/** Indicators are read and judged as a careful reader would; `short` is never called met. */
export async function indicators(): Promise<Outcome> {
  const figures: Outcome['figures'] = {}
  let passed = true
  for (const name of ['A', 'B']) {
    const cases = `tests/relevance/data/indicators_${name}.jsonl`
    const { code, stdout, stderr } = await run(node, [...sunmao, 'eval', 'indicators', '--cases', cases, '--json'])
    if (code !== 0) return { passed: false, figures: { 'exit code': code ?? 'killed', error: stderr.slice(-400) } }
    const { n, verdictAccuracy, valueAccuracy, parseAccuracy, shortfallAccuracy, falseClaimRate, confusion } = JSON.parse(
      stdout,
    ) as IndicatorReport
    Object.assign(figures, {
      [`${name}: cases`]: n,
      [`${name}: verdicts (floor .95)`]: verdictAccuracy.toFixed(3),
      [`${name}: values (floor .92 in A)`]: valueAccuracy?.toFixed(3) ?? '-',
      [`${name}: parsed`]: parseAccuracy.toFixed(3),
      [`${name}: shortfalls`]: shortfallAccuracy?.toFixed(3) ?? '-',
      [`${name}: false claims (at most .05)`]: falseClaimRate?.toFixed(3) ?? '-',
      [`${name}: short called met`]: confusion.short.met,
    })
    passed &&= verdictAccuracy >= 0.95 && (falseClaimRate ?? 0) <= 0.05 && confusion.short.met === 0
    if (name === 'A') passed &&= (valueAccuracy ?? 0) >= 0.92
  }
  return { passed, figures }
}

/** The properties hold over ten times as many random cases as in the suite. */
export async function properties(scale: number): Promise<Outcome> {
  const factor = String(10 * scale)
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--no-color', '--testTimeout=1800000', 'tests/properties']
  const { code, stdout } = await run(node, args, { env: { SUNMAO_PROPERTY_SCALE: factor } })
  const [tests = ''] = /Tests .*/.exec(stdout) ?? []
  return { passed: code === 0, figures: { properties: tests.trim(), 'random cases, times those of the suite': factor } }
}

/** Tests that go through the table of permissions: every verb, what every reader gets of every listing, every id as every kind of actor. */
const matrix = ['refusals', 'visibility', 'attacks-objects'].map((name) => `tests/journeys/${name}.test.ts`)

/** The table of permissions holds over HTTP, in a thousand cases and more. They are generated whole: the scale changes nothing. */
export async function permissionMatrix(): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'sunmao-matrix-'))
  const file = join(folder, 'report.json')
  const { code } = await run(node, ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', `--outputFile=${file}`, ...matrix])
  const report = JSON.parse(readFileSync(file, 'utf8')) as {
    numPassedTests: number
    numFailedTests: number
    testResults: { name: string; assertionResults: { status: string; fullName: string }[] }[]
  }
  rmSync(folder, { recursive: true })
  const figures: Outcome['figures'] = { cases: report.numPassedTests, 'leaks and refusals in vain': report.numFailedTests }
  for (const { name, assertionResults } of report.testResults) {
    figures[`of ${name.slice(name.indexOf('tests/'))}`] = assertionResults.length
    for (const { status, fullName } of assertionResults) if (status === 'failed') figures[fullName] = 'FAILED'
  }
  return { passed: code === 0 && report.numPassedTests >= 1_000, figures }
}

/** A stored demand's match at 20,000 offerings, and a restart, are fast enough. */
export async function coreSpeed(scale: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'sunmao-speed-'))
  try {
    const figures = await measureCore(folder, Math.max(100, Math.round(20_000 * scale)), scale < 1 ? 1 : 3)
    return { passed: Number(figures['match p99, ms']) <= 20 && Number(figures['restart to ready, ms']) <= 5_000, figures }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
