import { expect, it } from 'vitest'
import { SearchResults } from '../../src/matching/search.ts'
import { casting, equipment, machinery, pitMud, welding } from './fixtures.ts'
import { openMarket } from './market.ts'

it('counts what each choice would leave, the other choices kept', async () => {
  const market = await openMarket()
  const owner = await market.enterprise({ name: '众砺重工有限公司' })
  for (const demand of [
    welding,
    { ...casting, classification: [machinery] },
    { ...casting, title: '压铸模具早期开裂', classification: [machinery, equipment], modes: ['service' as const] },
    { ...pitMud, visibility: 'nda' as const, teaser: '酿造微生物' },
    { ...welding, title: '薄板焊接波浪变形', isAnonymous: true },
  ])
    await market.publish(owner, demand)

  const asked = async (query: Record<string, string>) =>
    (await market.visitor.get(`/api/search?${new URLSearchParams({ kind: 'demand', limit: '50', ...query })}`)).as(SearchResults)
  let opened = 0
  for (const chosen of [{}, { industry: '34' }, { mode: 'service' }, { q: '压铸' }] as Record<string, string>[]) {
    const { facets } = await asked(chosen)
    for (const [name, values] of Object.entries(facets)) {
      if (name in chosen) continue
      for (const [code, count] of Object.entries(values)) {
        const { items, counts } = await asked({ ...chosen, [name]: code })
        expect([name, code, counts.demand, items.length], JSON.stringify(chosen)).toEqual([name, code, count, count])
        opened++
      }
    }
  }
  expect(opened).toBeGreaterThan(15)
})
