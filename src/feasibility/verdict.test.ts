import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge } from './verdict.ts'

const verdict = (indicator: string, offer: string) => judge(indicator, offer).verdict

describe('an indicator against what an offer says', () => {
  it('is met in another unit, with the figure and its sentence', () => {
    const given = judge('室温抗拉强度不低于1200 MPa', '板材室温UTS达1.35 GPa，断后伸长率11.5%。')
    expect(given).toMatchObject({ verdict: 'met', found: { figure: '1.35 GPa', measured: 1350 } })
  })
  it('says how far it falls short, of the target', () => {
    expect(judge('脱硫效率不低于90%', '装置脱硫率为86%。')).toMatchObject({ verdict: 'short', shortfallPct: 4.4 })
  })
  it('counts a change against what there is today', () => {
    expect(judge('碎米率比现有降低30%以上（现有20%）', '碎米率由20%降至12.8%。')).toMatchObject({
      verdict: 'met',
      requirement: { target: 14 },
    })
    expect(verdict('能耗降低30%', '能耗降低35%。')).toBe('unknown')
  })
  it('lets the worst guaranteed end decide', () => {
    expect(judge('合格率≥95%', '合格率稳定在93%～97%。')).toMatchObject({ verdict: 'short', found: { measured: 93 } })
  })
  it.each([
    ['another property', '机床定位精度≤5 μm', '重复定位精度2 μm。'],
    ['another condition', '-20 ℃下容量保持率≥85%', '25 ℃循环后容量保持率为93.6%。'],
    ['another object', '整机功耗不大于25 W', '芯片功耗为7.5 W；整机还没有测试过。'],
    ['somebody else', '镉去除率≥60%', '常规淋洗法的镉去除率为65%，本方法处理周期20 d。'],
    ['a plan', '良品率不低于99%', '项目力争两年后使良品率提升到99.5%。'],
    ['a requirement', '溶解度≥99 g/100g', '国家标准要求溶解度不低于99 g/100g，本厂正在验证。'],
    ['another scale of hardness', '硬度不低于58 HRC', '表面硬度达到780 HV。'],
  ])('is unknown where the figure is of %s', (_, indicator, offer) => expect(verdict(indicator, offer)).toBe('unknown'))

  it('never answers what has no figure, and never fails', () => {
    expect(verdict('设备能够两班倒不停机', '单班产量2400件。')).toBe('unknown')
    fc.assert(
      fc.property(
        fc.string({ maxLength: 300 }),
        fc.string({ maxLength: 2000 }),
        (indicator, offer) => judge(indicator, offer) !== undefined,
      ),
    )
  })
  it('reads a text of twenty thousand characters without an end', () => {
    expect(verdict('抗拉强度≥1000 MPa', '抗拉强度1080MPa'.repeat(1600))).toBe('met')
  })
})
