import { describe, expect, it } from 'vitest'
import { plain } from './numerals.ts'
import { convert, unitAt } from './units.ts'

const unit = (text: string) => unitAt(plain(text))!.unit
const turned = (value: number, from: string, to: string) => convert(value, unit(from), unit(to))

describe('units', () => {
  it.each([
    [1.35, 'GPa', 'MPa', 1350],
    [6.5, 'kgf/mm²', 'MPa', 63.743225],
    [210, 'Hz', 'r/min', 12_600],
    [3, '丝', 'mm', 0.03],
    [2.7, 'MJ/kg', 'kW·h/t', 750],
    [12, '个月', 'h', 8760],
    [480, 'mg/kg', '%', 0.048],
    [1026, 'kJ/kg', 'Wh/kg', 285],
    [1.9, 'ppm', 'mg/L', 1.9],
    [30, 'L/s', 'm³/h', 108],
    [9.6, 't/hm²', '斤/亩', 1280],
    [28, 'mW/(m·K)', 'W/(m·K)', 0.028],
    [12, 'W·m⁻¹·K⁻¹', 'W/(m·℃)', 12],
    [623, 'K', '℃', 349.85],
    [1.35, '元/公斤', '元/吨', 1350],
    [9800, '元', '万元', 0.98],
    [2600, 'cP', 'Pa·s', 2.6],
    [0.72, 'g/100mL', 'g/L', 7.2],
    [85, '度/吨', 'kWh/t', 85],
    [15, '×10⁻⁶/K'.slice(5), '/℃', 15],
  ])('%d %s in %s', (value, from, to, expected) => expect(turned(value, from, to)).toBeCloseTo(expected, 9))

  it('takes a difference of temperatures for what it is', () => {
    expect(convert(17.5, unit('℃'), unit('K'), { isDifference: true })).toBe(17.5)
  })
  it.each([
    ['HRC', 'HV'],
    ['MPa', 'mm'],
    ['件', '次'],
    ['元', 'USD'],
  ])('does not turn %s into %s', (from, to) => expect(turned(1, from, to)).toBeNull())
  it.each(['年产', '时间', '次品', '方法', '点焊', 'mode'])('takes %s for a word', (word) => expect(unitAt(word)).toBeNull())
})
