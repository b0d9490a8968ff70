import { describe, expect, it } from 'vitest'
import { evidenceLevelOf } from './level.ts'

const of = (sentence: string, text = sentence, clause = sentence) => evidenceLevelOf({ clause, sentence }, text)

describe('how a figure is backed', () => {
  it.each([
    ['旁弯为1.5 mm', 'unstated'],
    ['有限元计算得到的最大变形为1.5 mm', 'simulated'],
    ['仿真结果表明误差小于3 %', 'simulated'],
    ['试件实测抗拉强度为1210 MPa', 'laboratory'],
    ['台架试验中效率达到92 %', 'laboratory'],
    ['中试线连续运行30天，收率91 %', 'pilot'],
    ['在某钢厂生产线投入使用后，能耗降低12 %', 'field'],
    ['工业试验中回收率为88.5 %', 'field'],
    ['经国家建材检测中心检测，导热系数为0.021 W/(m·K)', 'third-party'],
    ['检测报告显示分辨率为0.1 µm', 'third-party'],
    ['The prototype reached 92 % efficiency', 'laboratory'],
    ['A field test showed a loss of 2 %', 'field'],
  ] as const)('%s: %s', (sentence, level) => {
    expect(of(sentence)).toBe(level)
  })

  it('is what its own clause says, before the rest of its sentence', () => {
    expect(of('仿真误差为2 %，现场实测误差为5 %', undefined, '仿真误差为2 %')).toBe('simulated')
    expect(of('仿真误差为2 %，现场实测误差为5 %', undefined, '现场实测误差为5 %')).toBe('field')
  })

  it('is calculation where the whole text tells of nothing else, and nothing where it tells of both', () => {
    expect(of('最大变形为1.5 mm。', '建立了有限元模型。最大变形为1.5 mm。')).toBe('simulated')
    expect(of('最大变形为1.5 mm。', '建立了有限元模型，并做了试验。最大变形为1.5 mm。')).toBe('unstated')
  })

  it('is not what the text says is missing', () => {
    expect(of('目前没有第三方检测报告，寿命约为500 h')).toBe('unstated')
    expect(of('尚未进行中试，收率为90 %')).toBe('unstated')
  })
})
