import { join } from 'node:path'
import { commandLine } from '../../src/accounts/actor.ts'
import { readPool } from '../../src/evaluation/benchmark.ts'
import { loadBatch } from '../../src/imports/load.ts'
import { analyseWritten } from '../../src/matching/actions/analysis.ts'
import { matchOfferings } from '../../src/matching/actions/match-offerings.ts'
import { catchUp, embedPending, keepSnapshot, rebuild } from '../../src/matching/catch-up.ts'
import { searchListings } from '../../src/matching/search.ts'
import { type Offering, publishedLead } from '../../src/offerings/offering.ts'
import { openMarket } from '../../src/open-market.ts'
import { codeIn, codesOf } from '../../src/platform/codes/codes.ts'
import { type Config, configFrom } from '../../src/platform/config.ts'
import { idFromOrigin } from '../../src/platform/ids.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { random } from '../../src/platform/random.ts'
import { type StoredDemand, storedDemands } from './demands.ts'

/** A figure a name; times are wall milliseconds through the index thread, medians over the rounds. */
export type Figures = Record<string, string | number>

/** Inserts generated offerings, restarts, and times searches, matches and filtered searches. */
export async function measureCore(folder: string, count: number, rounds: number): Promise<Figures> {
  const config = { ...configFrom({}), database: join(folder, 'bench.db'), embedding: { kind: 'hashing' as const } }
  const { ids, figures } = await fill(config, count)
  const restarts: number[] = []
  const samples: Record<'search' | 'match' | 'filtered match' | 'studio', number[][]> = {
    ...{ search: [], match: [], 'filtered match': [], studio: [] },
  }
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    const market = await openMarket(config)
    await catchUp(market.ports)
    restarts.push(performance.now() - start)
    for (const id of ids) await matchOfferings(market.ports, commandLine, id.plain, { cursor: null, limit: 10 })
    samples.search.push(
      await each(ids, (id) =>
        searchListings(market.ports, commandLine, { words: id.title, kind: 'offering', filters: {}, cursor: null, limit: 20 }),
      ),
    )
    samples.match.push(await each(ids, (id) => matchOfferings(market.ports, commandLine, id.plain, { cursor: null, limit: 10 })))
    samples['filtered match'].push(
      await each(ids, (id) => matchOfferings(market.ports, commandLine, id.filtered, { cursor: null, limit: 10 })),
    )
    samples.studio.push(
      await each(ids, ({ title, problem, enterpriseId }) => analyseWritten(market.ports, commandLine, { title, problem, enterpriseId })),
    )
    await market.close()
  }
  const p = (name: keyof typeof samples, share: number) =>
    median(samples[name].map((times) => times.sort((a, b) => a - b)[Math.floor(times.length * share)]!)).toFixed(1)
  return {
    ...figures,
    'restart to ready, ms': Math.round(median(restarts)),
    ...Object.fromEntries(
      (Object.keys(samples) as (keyof typeof samples)[]).flatMap((name) => [
        [`${name} p50, ms`, p(name, 0.5)],
        [`${name} p95, ms`, p(name, 0.95)],
        [`${name} p99, ms`, p(name, 0.99)],
      ]),
    ),
    'studio ÷ match, p50': (Number(p('studio', 0.5)) / Number(p('match', 0.5))).toFixed(2),
    // What the studio waits for beside that: here the vectors are made by hashing.
    'a question through the model p95, ms': (await questionTimes(ids)).toFixed(1),
    'resident memory, MB': Math.round(process.memoryUsage.rss() / 1e6),
  }
}

/** The 95th percentile of one text after the other through the bundled model. */
async function questionTimes(texts: readonly StoredDemand[]): Promise<number> {
  const { ports, close } = await openMarket({ ...configFrom({}), database: ':memory:' })
  const times: number[] = []
  for (const { title, problem } of texts) times.push(await timed(() => ports.embedder!.embed([`${title}\n${problem ?? ''}`], 'query')))
  await close()
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)]!
}

/** A market with generated offerings and stored demands, closed as a server does when it stops. */
export async function fill(config: Config, count: number): Promise<{ ids: StoredDemand[]; figures: Figures }> {
  const { ports, close } = await openMarket(config)
  const nouns = await generatedOfferings(count)
  const inserted = await timed(() => insertAll(ports, nouns))
  const indexed = await timed(() => indexAll(ports))
  const ids = await storedDemands(ports, 60)
  const anew = await timed(() => rebuild(ports))
  const saved = await timed(() => keepSnapshot(ports))
  await close()
  return {
    ids,
    figures: {
      offerings: count,
      'insert, rows a second': Math.round((count / inserted) * 1000),
      'index and embed, texts a second': Math.round((count / indexed) * 1000),
      'index anew from the tables, ms': Math.round(anew),
      'save the index, ms': Math.round(saved),
    },
  }
}

export async function insertAll(ports: Ports, nouns: Offering[]): Promise<void> {
  // An import takes at most 10,000 rows.
  for (let start = 0; start < nouns.length; start += 10_000) {
    const sections = [{ kind: 'offering' as const, nouns: nouns.slice(start, start + 10_000) }]
    await loadBatch(ports, commandLine, { kind: 'offering', name: `bench ${start}`, fileSha256: `bench-${start}`, sections })
  }
}

export async function indexAll(ports: Ports): Promise<void> {
  await catchUp(ports)
  while ((await embedPending(ports, 200)) > 0);
}

/** Sentences of real abstracts, mixed: lengths and words as in life, no text twice. */
export async function generatedOfferings(count: number): Promise<Offering[]> {
  const pool = readPool('seed/data/csl-pool.jsonl')
  const pick = random(20261122)
  const sentences = pool.flatMap(({ abstract }) => abstract.split(/(?<=[.。；;])/)).filter((sentence) => sentence.length > 20)
  const industries = codesOf('gbt4754').filter(({ parent }) => parent !== undefined)
  const at = new Date(0).toISOString()
  return Promise.all(
    Array.from({ length: count }, async (_, n): Promise<Offering> => {
      const originId = `bench/${n}`
      const lead = {
        id: await idFromOrigin('offering', originId),
        originId,
        title: `${pick.from(pool).title.slice(0, 60)} ${n}`,
        abstract: Array.from({ length: 5 }, () => pick.from(sentences))
          .join('')
          .slice(0, 600),
        keywords: pick.from(pool).keywords.slice(0, 5),
        classification: [codeIn('gbt4754', pick.from(industries).code)],
        citation: { source: originId, licence: 'Apache-2.0' as const },
      }
      return publishedLead(lead, at)
    }),
  )
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

async function each<Item>(items: Item[], run: (item: Item) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let repeat = 0; repeat < 5; repeat++) for (const item of items) times.push(await timed(() => run(item)))
  return times
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}
