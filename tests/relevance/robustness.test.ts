import { Converter } from 'opencc-js/cn2t'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepSeedVectors } from '../../seed/vectors.ts'
import { readBenchmarkDemands, readPool } from '../../src/evaluation/benchmark.ts'
import { loadPool, rankDemands } from '../../src/evaluation/relevance.ts'
import { weights } from '../../src/matching/weights.ts'
import { type Market, openMarket } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'
import { knownItemFigures } from '../../src/quality/metrics.ts'

type Text = { id: string; title: string; description: string }
type Pooled = { title: string; abstract: string; keywords: string[] }

let market: Market
const demands = readBenchmarkDemands('tests/relevance/data/demands_A.jsonl').filter((_, at) => at % 4 === 0)
const pool = readPool('seed/data/csl-pool.jsonl')
beforeAll(async () => {
  market = await openMarket({ ...configFrom({}), database: ':memory:' })
  await keepSeedVectors(market.ports)
  await loadPool(market.ports, pool, () => {})
}, 300_000)
afterAll(() => market.close())

/** MRR@10 of the same demands, each written otherwise. */
async function mrr(written: (demand: Text) => Partial<Text>): Promise<number> {
  const texts = demands.map(({ id, title, description }) => {
    const text = { id, title, description }
    return { ...text, ...written(text) }
  })
  const rankings = await rankDemands(market.ports, texts, weights, () => {})
  return knownItemFigures(
    demands.map(({ id, source }) => {
      const at = rankings.get(id)!.findIndex((each) => each.id === source)
      return at === -1 ? null : at + 1
    }),
  ).mrr10
}

const both = (change: (text: string) => string) => (demand: Text) => ({
  title: change(demand.title),
  description: change(demand.description),
})
const wide = (text: string) => text.replaceAll(/[!-~]/g, (each) => String.fromCodePoint(each.codePointAt(0)! + 0xfee0))
/** One character in twenty is lost. */
const mistyped = (text: string) => [...text].filter((_, at) => at % 20 !== 10).join('')
const inOtherOrder = (text: string) =>
  text
    .split(/(?<=[，。；])/)
    .reverse()
    .join('')
const traditional = Converter({ from: 'cn', to: 'tw' })

describe('a demand that is written otherwise', () => {
  let plain: number
  beforeAll(async () => {
    plain = await mrr(() => ({}))
  })

  it.each([
    ['in traditional characters', both(traditional), 0.05],
    ['in full width', both(wide), 0.02],
    ['with its clauses in another order', (demand: Text) => ({ description: inOtherOrder(demand.description) }), 0.04],
    ['with every twentieth character lost', both(mistyped), 0.08],
    ['with what it says said three times', (demand: Text) => ({ description: demand.description.repeat(3) }), 0.08],
  ] as const)('%s is answered nearly as well', async (_, written, loss) => {
    expect(await mrr(written)).toBeGreaterThan(plain - loss)
  })

  it('of its title alone is answered still', async () => {
    expect(await mrr(() => ({ description: '' }))).toBeGreaterThan(plain - 0.25)
  })

  it('at greatest length is answered', async () => {
    const long = (demand: Text) => ({ description: `${demand.description}现场情况如下。`.repeat(400).slice(0, 20_000) })
    expect(await mrr(long)).toBeGreaterThan(plain - 0.15)
  })
})

/** What is added to a text: once, and over and over. */
const stuffings: Record<string, (result: Pooled, demand: Text) => { once: string; often: string }> = {
  'its own keywords': ({ keywords }) => ({ once: `${keywords.join('，')}。`, often: `${keywords.join('，')}。`.repeat(30) }),
  'its own abstract': ({ abstract }) => ({ once: '', often: abstract.repeat(20) }),
  'what the demand asks for': (_, { title }) => ({ once: `${title}。`, often: `${title}。`.repeat(30) }),
  'what the demand asks for, in one row': (_, { title }) => ({ once: title, often: title.repeat(30) }),
}

describe('a result that is stuffed with keywords', () => {
  it('stands no higher for saying over and over what it could say once', async () => {
    const asked = demands.slice(0, 6)
    const before = await rankDemands(market.ports, asked, weights, () => {})
    const extra = asked.flatMap((demand) => {
      const victim = pool.find(({ id }) => id === before.get(demand.id)![30]!.id)!
      return Object.entries(stuffings).flatMap(([name, stuffing]) =>
        Object.entries(stuffing(victim, demand)).map(([how, text]) => ({
          ...victim,
          id: `${demand.id} ${name} ${how}`,
          abstract: `${victim.abstract}${text}`,
        })),
      )
    })
    await loadPool(market.ports, extra, () => {})
    const after = await rankDemands(market.ports, asked, weights, () => {})
    const gained = asked.flatMap(({ id }) => {
      const scoreOf = (key: string) => after.get(id)!.find((each) => each.id === key)?.score ?? 0
      return Object.keys(stuffings).map((name) => scoreOf(`${id} ${name} often`) - scoreOf(`${id} ${name} once`))
    })
    expect(gained).toHaveLength(24)
    // Where a text has no stop at its end, its last clause and its first are one more.
    for (const each of gained) expect(each).toBeLessThan(0.02)
  })
})
