import { describe, expect, it } from 'vitest'
import { codeIn } from '../platform/codes/codes.ts'
import { tellingWords } from './telling.ts'

const unnamed = {
  name: '砺州市众砺重工有限公司',
  products: ['桥式起重机', 'ZhongLi减速机'],
  region: codeIn('region', '990121'),
  published: ['众砺专做冷轧工作辊的磨削'],
  standingOut: new Set(['轧工']),
}
const found = (text: string) => tellingWords([{ pointer: '/teaser', text }], unnamed).map(({ kind, words }) => `${kind} ${words}`)

describe('the words that may tell whose text it is', () => {
  it.each([
    ['众砺重工的箱形梁焊后旁弯', ['name 众砺重工']],
    ['众砺的箱形梁焊后旁弯', ['name 众砺']],
    ['请联系 13800138000 或 luo@zhongli.example', ['contact 13800138000', 'contact luo@zhongli.example']],
    ['与北塬机械有限公司合作的桥式起重机', ['organisation 与北塬机械有限公司', 'product 桥式起重机']],
    ['“砺山”牌减速机噪声大', ['product “砺山”牌']],
    ['现用 KR-210 机器人和 MX5000 焊机', ['equipment KR-210', 'equipment MX5000']],
    ['年产 3.5 万台，每条线 120 吨/天', ['capacity 年产 3.5 万台', 'capacity 120 吨/天']],
    ['位于清埠县新河镇', ['place 于清埠县新河镇', 'place 清埠']],
    ['眾 礪·重 工的箱形梁', ['name 眾 礪·重 工']],
    ['ｚｈｏｎｇｌｉ 減速機噪聲大', ['product ｚｈｏｎｇｌｉ 減速機']],
    ['电话 １３８ ００１３ ８０００，或一三八零零一三八零零零', ['contact 138 0013 8000', 'contact 一三八零零一三八零零零']],
    ['现用 kr-210，年产三十万件，全省唯一的产线', ['equipment kr-210', 'capacity 年产三十万件', 'capacity 全省唯一的产线']],
    ['提高冷轧工作辊的寿命', ['profile 冷轧工作辊的']],
  ])('%s', (text, expected) => {
    expect(found(text).sort()).toEqual([...expected].sort())
  })

  it.each([
    '箱形梁焊后旁弯不大于 1 mm，符合 GB/T 3811-2008',
    '材料 Q355B，热影响区硬度 HV10 不高于 350',
    '在 600 ℃ 下保温 2 小时，304L 不锈钢管',
    '铝合金薄壁件变形，壁厚 2~3 mm，需要 3 套样件',
  ])('are not those of engineering: %s', (text) => {
    expect(found(text)).toEqual([])
  })

  it('take no longer for a hostile text', () => {
    for (const text of [
      '年产'.repeat(4000),
      '公'.repeat(8000),
      '“'.repeat(8000),
      'A'.repeat(8000),
      '1'.repeat(8000),
      `${'a.'.repeat(4000)}@`,
    ])
      expect(found(text).length).toBeLessThan(5)
  })
})
