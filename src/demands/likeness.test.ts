import { describe, expect, it } from 'vitest'
import { codeIn } from '../platform/codes/codes.ts'
import { lossOf } from './likeness.ts'

const [county, city] = ['990121', '990100'].map((code) => codeIn('region', code))
const industry = codeIn('gbt4754', '34')
const goods = ['齿轮箱', '减速机', '轴承座', '联轴器', '阀门', '泵体', '压缩机', '离心机', '输送机', '叶轮']

/** Eight firms of the county and twenty-two others of the city, two to four of a trade; the first alone makes rolls. */
const firms = Array.from({ length: 30 }, (_, at) => ({
  id: `ent_${at}`,
  region: at < 8 ? county! : codeIn('region', ['990102', '990103'][at % 2]!),
  classification: [industry],
  texts: [at === 0 ? '专业生产冷轧工作辊与热轧辊，磨削能力强' : `主营${goods[at % 10]}的设计与制造，服务本地用户`],
}))
const lossFor = (at: number, text: string) => lossOf({ ...firms[at]!, enterpriseId: firms[at]!.id }, [text], firms)

describe('how a demand is lost by its text', () => {
  it('tells the county where the text says nothing of anybody', () => {
    expect(lossFor(3, '表面出现裂纹，寿命短')).toEqual({ outward: { region: county, classification: [industry] }, telling: new Set() })
  })

  it('names the words where it would stand out among all', () => {
    const { outward, telling } = lossFor(0, '冷轧工作辊剥落，磨削后仍有振纹')
    expect(outward).toEqual({ region: null, classification: [] })
    expect([...telling].length).toBeGreaterThan(0)
    expect([...'冷轧工作辊磨削'].some((letter) => [...telling].some((token) => token.includes(letter)))).toBe(true)
    expect(lossFor(0, '圆柱形工件剥落，加工后仍有振纹').telling.size).toBe(0)
  })

  it('says nothing of a market in which nobody can be lost', () => {
    const alone = firms.slice(0, 4)
    const loss = lossOf({ ...alone[0]!, enterpriseId: 'ent_0' }, ['冷轧工作辊剥落'], alone)
    expect(loss).toEqual({ outward: { region: null, classification: [] }, telling: new Set() })
  })

  const other = codeIn('region', '990103')
  const rolls = (count: number, region: typeof other) =>
    Array.from({ length: count }, (_, at) => ({ ...firms[0]!, id: `ent_${region.code}_${at}`, region }))
  const lossAmong = (many: typeof firms) => lossOf({ ...many[0]!, enterpriseId: 'ent_0' }, ['冷轧工作辊剥落'], many)

  it('tells less of the place where more do as the text says', () => {
    const many = [
      ...firms.slice(0, 8),
      ...rolls(3, county!),
      ...firms.slice(20, 24).map((firm) => ({ ...firm, region: other })),
      ...rolls(4, other),
    ]
    expect(lossAmong(many)).toEqual({ outward: { region: city, classification: [industry] }, telling: new Set() })
  })

  it('tells nothing where it alone would be told so little', () => {
    const many = [...firms.slice(0, 8), ...rolls(8, other)]
    expect(lossAmong(many)).toEqual({ outward: { region: null, classification: [] }, telling: new Set() })
  })
})
