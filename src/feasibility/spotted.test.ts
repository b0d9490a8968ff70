import { expect, it } from 'vitest'
import { spottedIn } from './spotted.ts'

/** What is spotted, as name, operator, target, upper bound, unit and need. */
const told = (text: string) =>
  spottedIn(text).map(({ need, requirement: { name, operator, target, max, unit } }) =>
    [name, operator, target, ...(max === null ? [] : [max]), unit.text, need].join(' '),
  )

it.each([
  ['焊后旁弯不超过3 mm。', ['焊后旁弯 le 3 mm must']],
  ['要求单件工时控制在40分钟以内。', ['单件工时 le 40 分钟 must']],
  ['在600 ℃下，抗拉强度不低于800 MPa', ['抗拉强度 ge 800 MPa must']],
  ['希望涂层附着力≥5 MPa。', ['涂层附着力 ge 5 MPa want']],
  ['切削液pH值保持在8.5~9.5，防锈期大于7天', ['切削液pH值 range 8.5 9.5  must', '防锈期 gt 7 天 must']],
  ['能量密度不低于3×10^2 Wh/kg', ['能量密度 ge 300 Wh/kg must']],
  ['处理量１００ｔ／ｈ以上', ['处理量 ge 100 t/h must']],
  ['去除率不低于95%，出水COD小于50 mg/L', ['去除率 ge 95 % must', '出水COD lt 50 mg/L must']],
  ['最好把孔隙率降到2%以下', ['孔隙率 le 2 % want']],
  ['循环寿命5000次以上；内阻不大于1.5 mΩ', ['循环寿命 ge 5000 次 must', '内阻 le 1.5 mΩ must']],
  ['目标检测精度±0.02 mm', ['检测精度 le 0.02 mm must']],
  ['Adhesion must be at least 5 MPa. Cost should be below 20 USD/kg.', ['Adhesion ge 5 MPa must', 'Cost lt 20 USD/kg must']],
  ['漏检率别超过千分之一', ['漏检率 le 1 ‰ must']],
])('spots what is asked for in: %s', (text, expected) => {
  expect(told(text)).toEqual(expected)
})

it.each([
  '我厂箱形梁长12米，焊后旁弯达到8 mm，返工率15%。',
  '目前涂层寿命只有600小时以下。',
  '2023年产量5万吨，预算300万元以内，工期不超过6个月，员工200人以上。',
  '试过两家的药剂，去除率不超过60%。',
  '采用GB/T 228.1标准，配ZL-50型设备。',
  '现有检测精度±0.1 mm。',
  'Currently the yield is below 60 %.',
  '想找人一起解决这个问题，越快越好。',
  '',
])('spots nothing in what is there today, in terms, names and talk: %s', (text) => {
  expect(told(text)).toEqual([])
})

it('keeps the sentence beside it', () => {
  const [one] = spottedIn('我们做箱形梁。要求焊后旁弯不超过3 mm，越快越好。')
  expect(one).toMatchObject({ text: '要求焊后旁弯不超过3 mm', sentence: '要求焊后旁弯不超过3 mm，越快越好。' })
})
