import { describe, expect, it } from 'vitest'
import type { ImportKind } from '../platform/database/tables.ts'
import { CellFault } from './cells/cell.ts'
import { type Column, columns } from './columns.ts'
import { targetOf } from './headers.ts'
import { importables } from './nouns.ts'
import type { Json } from './read/row.ts'

const kinds = Object.keys(columns) as ImportKind[]

function read(kind: ImportKind, header: string, value: string) {
  const target = targetOf(kind, header)!
  return target.cell.read(value, target.unit)
}

function ruleOf(run: () => unknown): string | undefined {
  try {
    run()
  } catch (error) {
    if (error instanceof CellFault) return error.rule
    throw error
  }
}

describe('the columns', () => {
  it.each(kinds)('of a %s are the members that an import takes', (kind) => {
    expect(Object.keys(columns[kind]).sort()).toEqual(Object.keys(importables[kind].schema.shape).sort())
  })

  it('are found by own name, by any label, in both languages, with units and marks of obligation', () => {
    const paths = ['title', '难题名称', ' 题目 * ', '需求名称（必填）', 'Title'].map((header) => targetOf('demand', header)?.path)
    expect(paths).toEqual(Array(5).fill(['title']))
    expect(targetOf('demand', '最高预算（万元）')).toMatchObject({ path: ['budgetMaxFen'], unit: '万元' })
    expect(targetOf('demand', '最高预算(单位：元)')).toMatchObject({ path: ['budgetMaxFen'], unit: '元' })
    expect(targetOf('demand', '最高预算万元')).toMatchObject({ path: ['budgetMaxFen'], unit: '万元' })
    expect(targetOf('demand', 'budgetMaxFen')).toMatchObject({ path: ['budgetMaxFen'], unit: '分' })
    expect(targetOf('demand', '备注')).toBeUndefined()
  })
})

describe('a cell', () => {
  it.each([
    ['最高预算（万元）', '50', 50_000_000],
    ['最高预算（万元）', '12.35', 12_350_000],
    ['最高预算', '５0万', 50_000_000],
    ['最高预算', '￥500,000元', 50_000_000],
    ['最高预算（万元）', '3000元', 300_000],
    ['最高预算', '1.2亿元', 12_000_000_000],
    ['budgetMaxFen', '500', 500],
    ['最高预算', '-1', -100],
  ])('under %s with %s is %i fen', (header, value, fen) => {
    expect(read('demand', header, value)).toBe(fen)
  })

  it.each(['2026-11-22', '2026/11/22', '2026.11.22', '2026年11月22日', '２０２６年11月22日', '2026-11-22T00:00:00Z'])(
    '%s is a day',
    (value) => {
      expect(read('demand', '截止日期', value)).toBe('2026-11-22')
    },
  )

  it.each([
    ['截止日期', '2026-02-30', 'not-a-day'],
    ['截止日期', '11月22日', 'not-a-day'],
    ['最高预算', '面议', 'not-an-amount'],
    ['最高预算', '50美元', 'not-an-amount'],
    ['目标成熟度', '中试', 'not-a-number'],
    ['所属行业', '蒸汽机', 'unknown-code'],
    ['分类', 'steam:34', 'unknown-code'],
    ['所在地', '朝阳区', 'ambiguous-name'],
    ['公开范围', '秘密', 'unknown-choice'],
    ['联系人', '', undefined],
    ['商务联系人及方式', '冯志远|1|2|3', 'too-many-parts'],
  ])('under %s cannot be %s', (header, value, rule) => {
    expect(ruleOf(() => read('demand', header, value))).toBe(rule)
  })

  it('names codes by scheme, by Chinese name, or bare, and splits names only where they are several', () => {
    const codes = (header: string, value: string) =>
      (read('demand', header, value) as { scheme: string; code: string }[]).map(({ scheme, code }) => `${scheme}:${code}`)
    expect(codes('分类', 'gbt4754:34；chain：equipment')).toEqual(['gbt4754:34', 'chain:equipment'])
    expect(codes('分类', '新材料、通用设备制造业')).toEqual(['hightech:40', 'gbt4754:34'])
    expect(codes('所属行业', '计算机、通信和其他电子设备制造业')).toEqual(['gbt4754:39'])
    expect(codes('所属行业', '34;35')).toEqual(['gbt4754:34', 'gbt4754:35'])
    expect(read('demand', '所在地', '铸东区')).toMatchObject({ scheme: 'region', code: '990103' })
  })

  it('keeps 、 inside indicators, and tells wishes from musts', () => {
    expect(read('demand', '技术指标', '硬度、耐磨性不低于现有；期望：成本≤3元')).toEqual([
      { text: '硬度、耐磨性不低于现有', need: 'must' },
      { text: '成本≤3元', need: 'want' },
    ])
  })

  it.each([
    ['面议', { kind: 'negotiable' }],
    ['50万元', { kind: 'fixed', amountFen: 50_000_000 }],
    ['30-50万元', { kind: 'range', minFen: 30_000_000, maxFen: 50_000_000 }],
    ['30万～1.5亿元', { kind: 'range', minFen: 30_000_000, maxFen: 15_000_000_000 }],
  ])('of a price may be %s', (value, price) => {
    expect(read('offering', '价格', value)).toEqual(price)
  })

  it.each([
    ['offering', 'price', { kind: 'range', minFen: 30_000_000, maxFen: 50_000_050 }],
    ['offering', 'readiness', { scale: 'materials', level: 5 }],
    ['offering', 'ip', [{ kind: 'invention-patent', number: null, status: 'granted' }]],
    ['offering', 'territory', [{ scheme: 'region', edition: '2021', code: '110105' }]],
    ['demand', 'budgetMaxFen', 12_345_678],
    ['demand', 'isAnonymous', false],
    ['demand', 'indicators', [{ text: '寿命≥100万次', need: 'must' }]],
    ['demand', 'classification', [{ scheme: 'gbt4754', edition: '2017', code: '37' }]],
    ['expert', 'capacity', { daysPerYear: 30, maxParallel: null, freeFrom: '2026-12-01' }],
    ['institution', 'kind', 'research-institute'],
  ] as const)('of %s, %s, is read again as it was written', (kind, name, value) => {
    const cell = (columns[kind] as Record<string, Column>)[name]!.cell
    expect(cell.read(cell.write(value as unknown as Json), null)).toEqual(value)
  })
})
