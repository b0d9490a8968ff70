import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IntakeField } from '../../src/intake/fields.ts'
import type { Grid, Source } from '../../src/intake/grid.ts'
import { LineContent } from '../../src/intake/line.ts'
import { readSource } from '../../src/intake/read/lines.ts'
import { runs } from './runs.ts'

/** Whatever stands in a file, in whatever shape, gives lines that can be kept. */

const labels = [
  '序号',
  '企业名称',
  '需求名称',
  '难题描述',
  '技术指标',
  '预算（万元）',
  '期限',
  '联系人及电话',
  '所在区县',
  '信用代码',
  '合作方式',
  '需求类别',
  '备注',
  'Title',
  '合计',
  '一、基本情况',
]
const values = [
  ...[
    '砺州恒砺机械有限公司',
    '1.漏油；2.异响；3.发热',
    '①慢\n②贵',
    '30-50万',
    '三十万元',
    '100万元以内，2027年6月前完成',
    '面议',
    '2027-02-31',
    '年底',
    '一年内',
  ],
  ...[
    '冯志远 19900000102',
    '0990-5550166转802',
    '91990100MA0HL0015L',
    '☑技术攻关 □融资',
    '拟申请贷款800万元',
    '\0',
    '\ud800',
    '铸东区',
    '委托研发、入股',
    'a@b.cn',
  ],
]
const text = fc.oneof(
  fc.constantFrom(...labels, ...values),
  fc.string({ maxLength: 40, unit: 'grapheme' }),
  fc.string({ minLength: 300, maxLength: 9_000 }),
)
const cell = fc.record({
  row: fc.integer({ min: 0, max: 14 }),
  column: fc.integer({ min: 0, max: 9 }),
  height: fc.integer({ min: 1, max: 4 }),
  width: fc.integer({ min: 1, max: 4 }),
  text,
})
const grid: fc.Arbitrary<Grid> = fc.record({
  kind: fc.constantFrom('sheet' as const, 'table' as const, 'text' as const),
  name: fc.string({ maxLength: 5 }),
  cells: fc.array(cell, { maxLength: 60 }),
  hiddenRows: fc.array(fc.integer({ min: 0, max: 14 }), { maxLength: 3 }),
  hiddenColumns: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }),
})
/** A table that is one: a header, and lines below it. */
const table: fc.Arbitrary<Grid> = fc
  .tuple(fc.shuffledSubarray(labels, { minLength: 3 }), fc.array(fc.array(text, { minLength: 3, maxLength: 12 }), { maxLength: 8 }))
  .map(([header, rows]) => ({
    ...{ kind: 'sheet' as const, name: '', hiddenRows: [], hiddenColumns: [] },
    cells: [header, ...rows].flatMap((row, at) =>
      row.slice(0, header.length).flatMap((each, column) => (each === '' ? [] : [{ row: at, column, height: 1, width: 1, text: each }])),
    ),
  }))
const source: fc.Arbitrary<Source> = fc.record({
  format: fc.constantFrom('xlsx' as const, 'csv' as const, 'docx' as const),
  encoding: fc.constant('utf-8'),
  grids: fc.array(fc.oneof(grid, table), { maxLength: 3 }),
})
const correction = fc.record({
  grid: fc.integer({ min: 0, max: 2 }),
  at: fc.integer({ min: 0, max: 12 }),
  field: fc.option(fc.constantFrom(...IntakeField.options)),
})

describe('reading a file', () => {
  it('gives lines that can be kept, and the same ones each time', () => {
    fc.assert(
      fc.property(source, fc.array(correction, { maxLength: 4 }), (file, corrections) => {
        const wanted = { today: '2026-11-22', corrections }
        const { tables, lines } = readSource(file, wanted)
        for (const { content, grid } of lines) {
          expect(LineContent.safeParse(content).error?.issues ?? []).toEqual([])
          expect(tables.some((each) => each.grid === grid)).toBe(true)
        }
        expect(readSource(file, wanted)).toEqual({ tables, lines })
      }),
      { numRuns: runs(300) },
    )
  })
})
