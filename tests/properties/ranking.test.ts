import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { oramaIndex } from '../../src/platform/search/orama-index.ts'
import type { IndexChange, SearchHit, SearchQuery, Tier } from '../../src/platform/search/search-index.ts'
import { naiveIndex, naiveSearch } from './naive-index.ts'
import { runs } from './runs.ts'

// Few words and few values, so that ties, shared texts and amendments are frequent.
const writing = fc
  .array(fc.constantFrom('高温', '合金', '涂层', '焊接', '变形', '焊', '塗層', 'TC4', 'al2o3', '3.5', '，', ' '), { maxLength: 6 })
  .map((parts) => parts.join(''))
const textHash = fc.constantFrom('甲', '乙', '丙', '丁', '戊')

/** Vectors of length exactly 1 whose products are exact in any order of adding: equal cosines are equal numbers. */
const vector = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 4, maxLength: 4 }).chain((places) =>
  fc.array(fc.constantFrom(0.5, -0.5), { minLength: 4, maxLength: 4 }).map((values) => {
    const numbers = new Float32Array(7)
    for (const [i, place] of places.entries()) numbers[place] = values[i]!
    return numbers
  }),
)
const values = fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { maxLength: 3 })
const filters = fc.dictionary(fc.constantFrom('field', 'state'), values, { noNullPrototype: true })
const tiers: Tier[] = ['public', 'registered', 'full']
const readings = fc.constantFrom<Tier[][]>(
  [tiers],
  [['public'], ['registered', 'full']],
  [['public'], ['registered'], ['full']],
  [['full']],
  [],
)
const document = fc.record({ title: writing, body: writing, keywords: writing, textHash })
const id = fc.constantFrom('off_1', 'off_2', 'off_3', 'off_4', 'off_5', 'dem_1', 'dem_2')

const change: fc.Arbitrary<IndexChange> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({
        id,
        tieBreak: fc.constantFrom('a', 'b'),
        on: fc.constantFrom('', '2026-01-01', '2026-02-01'),
        readings,
        documents: fc.tuple(document, document, document),
        filters,
      })
      .map(({ id, tieBreak, on, readings, documents, filters }) => ({
        type: 'put' as const,
        kind: id.startsWith('off') ? ('offering' as const) : ('demand' as const),
        id,
        tieBreak,
        on,
        texts: readings.map((tiers, i) => ({ tiers, text: documents[i]! })),
        filters,
      })),
  },
  { weight: 2, arbitrary: id.map((id) => ({ type: 'remove' as const, id })) },
  {
    weight: 2,
    arbitrary: fc.array(fc.record({ textHash, vector }), { maxLength: 3 }).map((vectors) => ({ type: 'vectors' as const, vectors })),
  },
)
const changes = fc.array(change, { maxLength: 25 })

const question: fc.Arbitrary<SearchQuery> = fc.record(
  {
    kinds: fc.uniqueArray(fc.constantFrom('offering', 'demand', 'expert'), { minLength: 1 }),
    tier: fc.constantFrom(...tiers),
    text: fc.option(writing),
    vector: fc.option(vector),
    recall: fc.integer({ min: 1, max: 6 }),
    filters,
    without: filters,
    exclude: fc.array(id, { maxLength: 2 }),
    only: fc.array(id, { minLength: 4 }),
    facets: fc.constant(['field', 'state']),
  },
  { requiredKeys: ['kinds', 'tier', 'text', 'vector', 'recall'] },
)

async function indexOf(changes: IndexChange[], size = 200) {
  const index = oramaIndex()
  for (let at = 0; at < changes.length; at += size) await index.apply(changes.slice(at, at + size), Math.min(at + size, changes.length))
  return index
}

describe('ranking', () => {
  it('is what looking at every document gives: hits, order, scores, counts and facets', async () => {
    await fc.assert(
      fc.asyncProperty(changes, fc.array(question, { minLength: 1, maxLength: 4 }), async (changes, questions) => {
        const index = await indexOf(changes)
        const naive = naiveIndex(changes)
        for (const question of questions) {
          const { position: _, pending: __, ...answer } = await index.search(question)
          const expected = naiveSearch(naive, question)
          expect(answer).toEqual({ ...expected, bm25Bound: expect.closeTo(expected.bm25Bound, 9) })
        }
      }),
      { numRuns: runs(1_500) },
    )
  })

  it('does not depend on what came first, or on what has been amended or removed since', async () => {
    await fc.assert(
      fc.asyncProperty(changes, question, fc.infiniteStream(fc.nat()), async (changes, question, order) => {
        const { puts, vectors } = naiveIndex(changes)
        const lasting: IndexChange[] = [
          ...puts.values(),
          { type: 'vectors', vectors: [...vectors].map(([textHash, vector]) => ({ textHash, vector })) },
        ]
        const shuffled = lasting.map((change) => ({ change, place: order.next().value })).sort((a, b) => a.place - b.place)
        const rebuilt = await indexOf(shuffled.map(({ change }) => change))
        const { position: _, ...answer } = await (await indexOf(changes)).search(question)
        expect(await rebuilt.search(question)).toMatchObject(answer)
        expect((await rebuilt.status(0)).pending).toBe((await (await indexOf(changes)).status(0)).pending)
      }),
      { numRuns: runs(500) },
    )
  })

  it('does not depend on how changes are split into messages', async () => {
    await fc.assert(
      fc.asyncProperty(changes, question, fc.integer({ min: 1, max: 7 }), async (changes, question, size) => {
        const [whole, split] = [await indexOf(changes), await indexOf(changes, size)]
        expect(await split.search(question)).toEqual(await whole.search(question))
        expect(await split.status(9)).toEqual(await whole.status(9))
      }),
      { numRuns: runs(300) },
    )
  })

  it('goes on after a save as if nothing had happened', async () => {
    await fc.assert(
      fc.asyncProperty(changes, changes, question, async (before, after, question) => {
        const [saved, restored] = [await indexOf(before), oramaIndex()]
        restored.load(structuredClone(saved.save()))
        for (const index of [saved, restored]) for (const change of after) await index.apply([change], 0)
        expect(await restored.search(question)).toEqual(await saved.search(question))
        expect(await restored.status(9)).toEqual(await saved.status(9))
      }),
      { numRuns: runs(500) },
    )
  })

  it('keeps bm25 within its bound and cosines within one, for vectors of any numbers', async () => {
    const floats = fc.float32Array({ minLength: 9, maxLength: 9, noNaN: true, noDefaultInfinity: true, min: -2, max: 2 })
    await fc.assert(
      fc.asyncProperty(changes, floats, fc.array(floats, { minLength: 5, maxLength: 5 }), writing, async (changes, asked, given, text) => {
        const vectors = ['甲', '乙', '丙', '丁', '戊'].map((textHash, i) => ({ textHash, vector: given[i]! }))
        const index = await indexOf([...changes.filter((change) => change.type !== 'vectors'), { type: 'vectors', vectors }])
        const { hits, bm25Bound } = await index.search({ kinds: ['offering'], tier: 'full', text, vector: asked, recall: 9 })
        for (const { bm25, cosine } of hits as SearchHit[]) {
          expect(bm25).toBeLessThanOrEqual(bm25Bound)
          expect(Math.abs(cosine!)).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: runs(200) },
    )
  })
})
