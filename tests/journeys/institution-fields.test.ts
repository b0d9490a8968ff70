import { expect, it } from 'vitest'
import { codeIn } from '../../src/platform/codes/codes.ts'
import { equipment, fixture, machinery } from './fixtures.ts'
import { openMarket } from './market.ts'

const mechanics = codeIn('gbt13745', '460')

it('counts an institution’s public results and people by field, those of its units among them', async () => {
  const market = await openMarket()
  const institution = await market.trusted({ name: '砺州理工大学' })
  const school = await market.institution({ name: '机械工程学院', kind: 'school', parentId: institution.id })
  const offering = { ...fixture, classification: [machinery, equipment], isSecrecyReviewed: true }
  await market.offer(institution, offering)
  await market.offer(institution, { ...offering, title: '薄板焊接变形预测' })
  await market.list(institution, { ...offering, title: '还没有发布的成果' })
  const works = (institutionId: string) => [{ institutionId, department: null, post: null }]
  const known = await market.expert({ name: '沈岳', classification: [mechanics, machinery], affiliations: works(school.id) })
  await market.claim(known.id)
  await market.expert({ name: '铁如山', classification: [mechanics], affiliations: works(institution.id), visibility: 'nda' })
  await market.expert({ name: '闻一舟', classification: [mechanics], affiliations: works(institution.id), consent: false })

  const rowsFor = async (locale: string) => {
    const { text } = await market.visitor.get(`/institutions/${institution.id}`, { accept: 'text/html', 'accept-language': locale })
    return [...text.matchAll(/<tr><th scope="row">([^<]+)<\/th><td class="number">(\d+)<\/td><td class="number">(\d+)<\/td>/g)].map((row) =>
      row.slice(1),
    )
  }
  expect(await rowsFor('zh-CN')).toEqual([
    ['通用设备制造业', '2', '1'],
    ['机械工程', '0', '1'],
  ])
  expect((await rowsFor('en')).map(([, ...counts]) => counts)).toEqual([
    ['2', '1'],
    ['0', '1'],
  ])
})

it('shows no table of fields where nothing is public', async () => {
  const market = await openMarket()
  const { id } = await market.institution({ name: '砺州理工大学' })
  const { text } = await market.visitor.get(`/institutions/${id}`, { accept: 'text/html', 'accept-language': 'zh-CN' })
  expect(text).not.toContain('按方向看')
})
