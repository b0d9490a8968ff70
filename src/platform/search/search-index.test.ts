import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { oramaIndex } from './orama-index.ts'
import type { DocumentText, IndexChange, SearchIndex, SearchQuery, Tier } from './search-index.ts'
import { threadedIndex } from './search-thread.ts'

type Put = Extract<IndexChange, { type: 'put' }>

const everyTier: Tier[] = ['public', 'registered', 'full']
const text = (title: string, body = '', keywords = ''): DocumentText => ({ title, body, keywords, textHash: `hash of ${title}` })
const put = (id: string, title: string, more: Partial<Put> = {}): Put => ({
  type: 'put',
  kind: 'offering',
  id,
  tieBreak: id,
  on: '',
  texts: [{ tiers: everyTier, text: text(title) }],
  filters: {},
  ...more,
})
const vector = (title: string, ...numbers: number[]): IndexChange => ({
  type: 'vectors',
  vectors: [{ textHash: `hash of ${title}`, vector: Float32Array.from(numbers) }],
})
const ask = (more: Partial<SearchQuery>): SearchQuery => ({
  kinds: ['offering'],
  tier: 'public',
  text: null,
  vector: null,
  recall: 10,
  ...more,
})

const worlds: Record<string, () => SearchIndex & { close(): Promise<void> }> = {
  'in this thread': () => ({ ...oramaIndex(), close: async () => {} }),
  'in a thread of its own': () => threadedIndex(null),
}

for (const [name, open] of Object.entries(worlds)) {
  describe(`the search index ${name}`, () => {
    let index: ReturnType<typeof open>
    beforeEach(() => {
      index = open()
    })
    afterEach(() => index.close())

    const found = async (more: Partial<SearchQuery>) => (await index.search(ask(more))).hits.map((hit) => hit.id)
    const coating = put('off_coating', '高温合金热障涂层', { filters: { field: ['新材料'], state: ['open'] } })
    const welding = put('off_welding', '薄板焊接变形控制', { filters: { field: ['装备'], state: ['open'] } })
    const alloy = put('off_alloy', '镍基高温合金粉末', { filters: { field: ['新材料'], state: ['closed'] } })

    it('finds by what titles, bodies and keywords share with the words, titles first', async () => {
      const inBody = put('off_body', '表面工程', { texts: [{ tiers: everyTier, text: text('表面工程', '热障涂层') }] })
      const inKeywords = put('off_keywords', '喷涂工艺', { texts: [{ tiers: everyTier, text: text('喷涂工艺', '', '热障') }] })
      await index.apply([coating, welding, alloy, inBody, inKeywords], 5)
      const answer = await index.search(ask({ text: '热障' }))
      expect(answer.hits.map((hit) => hit.id).sort()).toEqual(['off_body', 'off_coating', 'off_keywords'])
      expect(answer).toMatchObject({ count: 3, position: 5 })
      expect(await found({ text: '焊接变形' })).toEqual(['off_welding'])
      expect((await found({ text: '高温合金涂层' }))[0]).toBe('off_coating')
    })
    it('finds simplified text by a traditional question and by full-width letters', async () => {
      await index.apply([put('off_laser', '激光焊接TC4钛合金')], 1)
      expect(await found({ text: '雷射銲接' })).toEqual(['off_laser'])
      expect(await found({ text: 'ｔｃ４' })).toEqual(['off_laser'])
    })
    it('keeps the bm25 at or below its bound', async () => {
      await index.apply([coating, welding, alloy], 1)
      const { hits, bm25Bound } = await index.search(ask({ text: '高温合金粉末涂层 XRD' }))
      expect(bm25Bound).toBeGreaterThan(hits[0]!.bm25)
    })
    it('joins both sides and gives each hit both exact scores', async () => {
      await index.apply(
        [coating, welding, alloy, vector('高温合金热障涂层', 1, 0), vector('薄板焊接变形控制', 0.6, 0.8), vector('镍基高温合金粉末', 0, 1)],
        1,
      )
      const wide = await index.search(ask({ text: '高温合金', vector: Float32Array.of(0.6, 0.8) }))
      const narrow = await index.search(ask({ text: '热障涂层', vector: Float32Array.of(0, 1), recall: 1 }))
      expect(wide.hits).toHaveLength(3)
      expect(wide.hits.find((hit) => hit.id === 'off_welding')).toMatchObject({ bm25: 0, cosine: expect.closeTo(1, 6) })
      expect(narrow.hits.map((hit) => hit.id).sort()).toEqual(['off_alloy', 'off_coating'])
      expect(narrow.hits.find((hit) => hit.id === 'off_coating')).toMatchObject({ cosine: 0 })
      const both = await index.search(ask({ text: '高温合金热障', vector: Float32Array.of(0, 1), recall: 1 }))
      expect(both.hits.find((hit) => hit.id === 'off_alloy')!.bm25).toBeGreaterThan(0)
    })
    it('shows a text only to those who may read it', async () => {
      const secret: Put = {
        ...put('off_secret', ''),
        texts: [
          { tiers: ['public'], text: text('某型涂层技术') },
          { tiers: ['registered', 'full'], text: text('某型涂层技术', '等离子喷涂锆酸钆') },
        ],
      }
      await index.apply([secret], 1)
      expect(await found({ text: '锆酸钆' })).toEqual([])
      expect(await found({ text: '锆酸钆', tier: 'registered' })).toEqual(['off_secret'])
      expect(await found({ text: '涂层', tier: 'full' })).toEqual(['off_secret'])
      expect((await index.search(ask({}))).count).toBe(1)
    })
    it('searches only the kinds that are asked, together if several', async () => {
      await index.apply([coating, put('dem_coating', '急需涂层', { kind: 'demand' })], 1)
      expect(await found({ text: '涂层', kinds: ['demand'] })).toEqual(['dem_coating'])
      expect((await found({ text: '涂层', kinds: ['demand', 'offering', 'demand'] })).sort()).toEqual(['dem_coating', 'off_coating'])
      expect(await found({ text: '涂层', kinds: ['expert'] })).toEqual([])
      expect(await found({ text: '涂层', kinds: [] })).toEqual([])
    })
    it('keeps to filters, forbidden values and lists of ids', async () => {
      await index.apply([coating, welding, alloy], 1)
      const text = '高温合金 焊接'
      expect((await found({ text, filters: { field: ['新材料', '装备'], state: ['open'] } })).sort()).toEqual([
        'off_coating',
        'off_welding',
      ])
      expect(await found({ text, filters: { field: [] } })).toEqual([])
      expect((await found({ text, without: { state: ['closed'] } })).sort()).toEqual(['off_coating', 'off_welding'])
      expect(await found({ text, exclude: ['off_coating', 'off_unknown'], filters: { field: ['新材料'] } })).toEqual(['off_alloy'])
      expect(await found({ text, only: ['off_welding', 'off_unknown'] })).toEqual(['off_welding'])
      expect(await found({ text, only: [] })).toEqual([])
    })
    it('counts and facets what shares a token, or everything without a text', async () => {
      await index.apply([coating, welding, alloy], 1)
      const some = await index.search(ask({ text: '高温合金', filters: { state: ['open'] }, facets: ['state', 'field'], recall: 1 }))
      expect(some).toMatchObject({ count: 1, facets: { state: { open: 1, closed: 1 }, field: { 新材料: 1 } } })
      const all = await index.search(ask({ facets: ['field', 'planet'] }))
      expect(all.hits.map(({ id }) => id)).toEqual(['off_alloy', 'off_coating', 'off_welding'])
      expect(all).toMatchObject({ count: 3, facets: { field: { 新材料: 2, 装备: 1 }, planet: {} } })
    })
    it('replaces a listing that is put again, and forgets a removed one', async () => {
      await index.apply([coating, welding], 1)
      await index.apply([put('off_coating', '防腐镀层', { filters: { field: ['化工'] } }), { type: 'remove', id: 'off_welding' }], 2)
      expect(await found({ text: '热障焊接' })).toEqual([])
      expect(await found({ text: '防腐' })).toEqual(['off_coating'])
      expect((await index.search(ask({ facets: ['field'] }))).facets).toEqual({ field: { 化工: 1 } })
      await index.apply([{ type: 'remove', id: 'off_unknown' }], 3)
      expect((await index.search(ask({}))).count).toBe(1)
    })
    it('says which texts wait for a vector, and serves one vector to all who share the text', async () => {
      await index.apply([vector('高温合金热障涂层', 1, 0), coating, welding, put('off_copy', '薄板焊接变形控制')], 1)
      expect(await index.status(10)).toMatchObject({ pending: 1, texts: [{ textHash: 'hash of 薄板焊接变形控制' }] })
      expect(await index.status(0)).toMatchObject({ pending: 1, texts: [] })
      await index.apply([vector('薄板焊接变形控制', 0, 1)], 1)
      expect((await index.status(10)).pending).toBe(0)
      expect(await found({ vector: Float32Array.of(0, 1), recall: 2 })).toEqual(['off_copy', 'off_welding'])
    })
    it('keeps the vector of a listing whose text stays the same', async () => {
      await index.apply([coating, vector('高温合金热障涂层', 1, 0)], 1)
      await index.apply([{ ...coating, filters: {} }], 2)
      expect((await index.status(1)).pending).toBe(0)
    })
    it('breaks ties by tieBreak, then id, even for the last place', async () => {
      const same = (id: string, tieBreak: string) => put(id, '同名涂层', { tieBreak })
      await index.apply([same('off_3', 'c'), same('off_2', 'a'), same('off_4', 'b'), same('off_1', 'b')], 1)
      expect(await found({ text: '涂层' })).toEqual(['off_2', 'off_1', 'off_4', 'off_3'])
      expect(await found({ text: '涂层', recall: 2 })).toEqual(['off_2', 'off_1'])
    })
    it('applies all changes or none', async () => {
      await index.apply([coating], 7)
      const twice = put('off_twice', '', {
        texts: [
          { tiers: ['public'], text: text('甲') },
          { tiers: ['public', 'full'], text: text('乙') },
        ],
      })
      const mixed: IndexChange = {
        type: 'vectors',
        vectors: [
          { textHash: 'a', vector: Float32Array.of(1, 0) },
          { textHash: 'b', vector: Float32Array.of(1, 0, 0) },
        ],
      }
      const refused = [
        twice,
        mixed,
        vector('甲', Number.NaN, 0),
        put('off_name', '甲', { filters: { 'a=b': [] } }),
        put('off_name', '甲', { filters: { '@tier': ['full'] } }),
      ]
      for (const change of refused) {
        await expect(index.apply([welding, { type: 'remove', id: 'off_coating' }, change], 8)).rejects.toThrow(RangeError)
      }
      await expect(index.apply(Array<IndexChange>(201).fill(welding), 8)).rejects.toThrow('At most 200 changes')
      expect((await index.status(0)).position).toBe(7)
      expect(await found({ text: '涂层焊接' })).toEqual(['off_coating'])
    })
    it('refuses vectors of another length until it is reset', async () => {
      await index.apply([coating, vector('高温合金热障涂层', 1, 0)], 1)
      await expect(index.apply([vector('高温合金热障涂层', 1, 0, 0)], 2)).rejects.toThrow(RangeError)
      await index.reset('empty')
      await index.apply([coating, vector('高温合金热障涂层', 1, 0, 0)], 1)
      expect(await found({ vector: Float32Array.of(1, 0, 0) })).toEqual(['off_coating'])
    })
    it('moves its position forward only, and to 0 when reset', async () => {
      expect((await index.status(0)).position).toBe(0)
      await index.apply([coating], 12)
      await index.apply([vector('高温合金热障涂层', 1, 0)], 9)
      expect((await index.status(0)).position).toBe(12)
      await index.reset('empty')
      expect(await index.search(ask({ text: '涂层' }))).toMatchObject({ hits: [], count: 0, position: 0 })
      expect(await index.status(5)).toMatchObject({ pending: 0, texts: [] })
    })
    it('answers odd questions with nothing', async () => {
      await index.apply([coating], 1)
      for (const text of ['', ' ', '？！', '🙂', '\ud800', '__proto__', '量'.repeat(20_000)]) {
        expect((await index.search(ask({ text }))).hits).toEqual([])
      }
      expect(await index.search(ask({ text: '？！' }))).toMatchObject({ count: 0, bm25Bound: 0 })
      expect(await found({ vector: Float32Array.of(1, 0, 0) })).toEqual([])
      expect((await index.search(ask({ facets: ['__proto__'], filters: {} }))).count).toBe(1)
    })
  })
}

it('rejects calls once its thread is closed', async () => {
  const index = threadedIndex(null)
  const asked = index.status(0)
  const refused = expect(asked).rejects.toThrow('The thread is closed')
  await index.close()
  await refused
  await expect(index.search(ask({ text: '涂层' }))).rejects.toThrow('The thread is closed')
})
