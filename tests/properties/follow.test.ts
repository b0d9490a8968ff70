import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catchUp, embedPending, keepSnapshot, rebuild } from '../../src/matching/catch-up.ts'
import { journalHead } from '../../src/platform/journal/journal.ts'
import type { Ports } from '../../src/platform/ports.ts'
import type { DocumentKind, SearchIndex, SearchQuery, Tier } from '../../src/platform/search/search-index.ts'
import { emptyIndex } from '../worlds.ts'
import { openMarket, type Step, step } from './happenings.ts'
import { runs } from './runs.ts'
import { settle } from './writings.ts'

describe('the index that follows the journal', () => {
  it('answers as one that is built anew from the tables, however the market went and whenever it caught up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const market = await openMarket()
        const { ports } = market
        for (const each of steps) await market.happen(each)
        await settle(ports)

        const rebuilt: Ports = { ...ports, search: emptyIndex() }
        await rebuild(rebuilt)
        // No text is embedded twice: the vectors are in the database.
        expect(await rebuilt.search.status(10)).toMatchObject({ pending: 0, texts: [] })
        expect(await answersOf(rebuilt)).toEqual(await answersOf(ports))
        expect((await ports.search.status(0)).position).toBe(await journalHead(ports.database))
        await ports.database.close()
      }),
      { numRuns: runs(60) },
    )
  })

  it('answers the same after each single entry as when it takes all of them at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
        const market = await openMarket()
        const { ports } = market
        const late: Ports = { ...ports, search: emptyIndex() }
        await catchUp(late)
        for (const each of steps) {
          await market.happen(each)
          await catchUp(ports)
        }
        await settle(ports)
        await settle(late)
        expect(await answersOf(late)).toEqual(await answersOf(ports))
        await ports.database.close()
      }),
      { numRuns: runs(30) },
    )
  })

  it('catches up once for many who ask at the same time, and all of them find what was committed before', async () => {
    const { ports, happen } = await openMarket()
    const draft = (text: string): Step => ({
      does: 'publish demand',
      which: 0,
      writing: { title: `${text}技术`, text, teaser: null, keywords: [], visibility: 'public', place: null },
    })
    await happen({ ...draft('激光熔覆'), does: 'draft demand' })
    await happen(draft('激光熔覆'))
    const head = await journalHead(ports.database)
    expect(await Promise.all(Array.from({ length: 20 }, () => catchUp(ports)))).toEqual(Array(20).fill(head))
    const { hits } = await ports.search.search({ kinds: ['demand'], tier: 'public', text: '激光熔覆', vector: null, recall: 10 })
    expect(hits).toHaveLength(1)
    await ports.database.close()
  })
})

describe('a start from a snapshot', () => {
  /** A disk on which an index keeps its snapshot; the second index that is opened on it is the one of the next start. */
  function disk() {
    let kept: { mark: string; content: ReturnType<ReturnType<typeof emptyIndex>['save']> } | null = null
    return {
      open(): SearchIndex {
        const index = emptyIndex()
        return {
          ...index,
          async keep(mark) {
            kept = { mark, content: structuredClone(index.save()) }
          },
          async reset(to) {
            if (kept === null || to === 'empty') return index.reset(to)
            index.load(structuredClone(kept.content))
            return kept.mark
          },
        }
      },
    }
  }

  it('answers as an index that was built anew, whatever has happened since', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 15 }), fc.array(step, { maxLength: 10 }), async (before, after) => {
        const market = await openMarket()
        const { ports } = market
        const { open } = disk()
        const first: Ports = { ...ports, search: open() }
        for (const each of before) await market.happen(each)
        await catchUp(first)
        await keepSnapshot(first)
        for (const each of after) await market.happen(each)
        await settle(ports)

        const resumed: Ports = { ...ports, search: open() }
        expect(await catchUp(resumed)).toBe(await journalHead(ports.database))
        // The vectors that were made since are in the database.
        while ((await embedPending({ ...resumed, embedder: embedsNothing(ports) })) > 0);
        expect(await answersOf({ ...resumed, embedder: ports.embedder })).toEqual(await answersOf(ports))
        await ports.database.close()
      }),
      { numRuns: runs(30) },
    )
  })

  it("begins anew where the journal or the model is not the snapshot's", async () => {
    const [one, other] = [await openMarket(), await openMarket('another')]
    const draft: Step = {
      does: 'draft demand',
      which: 0,
      writing: { title: '激光熔覆技术', text: '激光熔覆', teaser: null, keywords: [], visibility: 'public', place: null },
    }
    for (const market of [one, other])
      for (const does of ['draft demand', 'publish demand'] as const) await market.happen({ ...draft, does })
    const { open } = disk()
    const kept: Ports = { ...one.ports, search: open() }
    await catchUp(kept)
    await keepSnapshot(kept)
    const idsIn = async (ports: Ports) => {
      const question: SearchQuery = { kinds: ['demand'], tier: 'public', text: '激光熔覆', vector: null, recall: 10 }
      return (await ports.search.search(question)).hits.map(({ id }) => id)
    }
    const strange: Ports = { ...other.ports, search: open() }
    await catchUp(strange)
    expect(await idsIn(strange)).toHaveLength(1)
    expect(await idsIn(strange)).not.toEqual(await idsIn(kept))

    const remodelled: Ports = { ...one.ports, search: open(), embedder: { ...one.ports.embedder!, model: 'another' } }
    await catchUp(remodelled)
    expect(await idsIn(remodelled)).toEqual(await idsIn(kept))
    expect((await remodelled.search.status(0)).pending).toBeGreaterThan(0)
    for (const { ports } of [one, other]) await ports.database.close()
  })

  const embedsNothing = ({ embedder }: Ports): Ports['embedder'] => ({
    ...embedder!,
    embed: () => Promise.reject(new Error('this text has a vector already')),
  })
})

const kinds: DocumentKind[] = ['demand', 'offering', 'evidence', 'expert', 'institution', 'enterprise']
const tiers: Tier[] = ['public', 'registered', 'full']

/** What an index says to many questions. */
async function answersOf({ search, embedder }: { search: SearchIndex; embedder: Ports['embedder'] }) {
  const [vector = null] = (await embedder?.embed(['高温合金涂层的疲劳寿命'], 'query')) ?? []
  const facets = ['region', 'mode', 'chain', 'industry', 'form', 'institution']
  const questions: Omit<SearchQuery, 'kinds' | 'tier'>[] = [
    { text: null, vector: null, recall: 1000, facets },
    { text: '高温合金涂层', vector, recall: 5, facets },
    { text: '焊接变形', vector: null, recall: 1000, filters: { region: ['990102'] }, facets },
    { text: null, vector, recall: 3, without: { form: ['result'] } },
  ]
  const asked = kinds.flatMap((kind) => tiers.flatMap((tier) => questions.map((question) => ({ ...question, kinds: [kind], tier }))))
  return Promise.all([...asked, { ...questions[1]!, kinds, tier: 'full' as const }].map((question) => search.search(question)))
}
