import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IntakeField } from '../../src/intake/fields.ts'
import type { Grid } from '../../src/intake/grid.ts'
import { ColumnCorrection, LineContent } from '../../src/intake/line.ts'
import { gridsOfDocument } from '../../src/intake/read/docx.ts'
import { holdsNeeds } from '../../src/intake/read/grids.ts'
import { readSource } from '../../src/intake/read/lines.ts'

const today = '2026-11-22'
const words = [
  ...[
    '序号',
    '企业名称',
    '统一社会信用代码',
    '所在区县',
    '所属行业',
    '难题名称',
    '需求内容',
    '技术指标',
    '预算（万元）',
    '完成时间',
    '联系人及电话',
  ],
  ...[
    '合作方式',
    '备注',
    '关键词',
    '合计',
    '一、技术类',
    '企业名称：砺州恒砺机械有限公司 联系人：秦朗',
    '砺州恒砺机械有限公司',
    '铸东区',
    '50-80万',
    '2027年底',
  ],
  ...['1.主轴发热；2.油封漏油', '主轴发热\n油封漏油', '□技术转让 ☑合作开发', '张三 19900000001', '面议', '\0', '\uD800', '指标：温升≤20K'],
]
const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...words) },
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('超长', 'x', '1.', '①', '；\n').map((piece) => piece.repeat(4_500)),
)
const size = fc.nat({ max: 12 })
const cell = fc.record({ row: size, column: size, height: fc.integer({ min: 1, max: 4 }), width: fc.integer({ min: 1, max: 4 }), text })
const scattered: fc.Arbitrary<Grid> = fc.record({
  kind: fc.constantFrom('sheet', 'table', 'text'),
  name: fc.constant(''),
  cells: fc.array(cell, { maxLength: 60 }).map((cells) => cells.toSorted((a, b) => a.row - b.row || a.column - b.column)),
  hiddenRows: fc.array(size, { maxLength: 2 }),
  hiddenColumns: fc.array(size, { maxLength: 2 }),
})
/** Under a header, or beside labels. */
const ordered = fc
  .record({
    labels: fc.shuffledSubarray(words.slice(0, 14), { minLength: 3 }),
    rows: fc.array(fc.array(text, { maxLength: 14 }), { minLength: 1, maxLength: 6 }),
    isForm: fc.boolean(),
    hidden: fc.array(size, { maxLength: 1 }),
  })
  .map(({ labels, rows, isForm, hidden }): Grid => {
    const texts = isForm ? labels.map((label, at) => [label, rows[0]![at] ?? '']) : [labels, ...rows]
    const cells = texts.flatMap((row, at) => row.map((written, column) => ({ row: at, column, height: 1, width: 1, text: written })))
    return { kind: 'table', name: '', cells, hiddenRows: hidden, hiddenColumns: hidden }
  })
const grid = fc.oneof(scattered, { weight: 2, arbitrary: ordered })
const correction = fc.record({
  grid: fc.nat({ max: 2 }),
  at: fc.nat({ max: 14 }),
  field: fc.option(fc.constantFrom(...IntakeField.options)),
})

describe('what arrives as a table', () => {
  it('is read whatever it holds, to lines that can be kept', () => {
    fc.assert(
      fc.property(fc.array(grid, { maxLength: 3 }), fc.array(correction, { maxLength: 4 }), (grids, corrections) => {
        const source = { format: 'xlsx' as const, encoding: 'utf-8', grids }
        for (const each of corrections) ColumnCorrection.parse(each)
        const read = readSource(source, { today, corrections })
        for (const { content } of read.lines) expect(LineContent.parse(content)).toEqual(content)
        expect(JSON.stringify(read).isWellFormed()).toBe(true)
        expect(readSource(source, { today, corrections })).toEqual(read)
      }),
      { numRuns: 300 },
    )
  })

  it('loses nothing that stands in a line', () => {
    const labels = [
      '企业名称',
      '难题名称',
      '难题描述',
      '技术指标',
      '现状',
      '已尝试的办法',
      '知识产权要求',
      '关键词',
      '备注',
      '走访情况',
      '拟投入',
      '完成时间',
    ]
    const said = fc.stringMatching(/^[温升漏油轴承abcXYZ，。；、\n]{2,80}$/u).filter((written) => /\p{L}{2}/u.test(written))
    const letters = (written: string) => written.replaceAll(/[^\p{L}]/gu, '')
    fc.assert(
      fc.property(fc.array(said, { minLength: labels.length, maxLength: labels.length }), (values) => {
        const cells = [labels, values].flatMap((texts, row) =>
          texts.map((written, column) => ({ row, column, height: 1, width: 1, text: written.trim() })),
        )
        const grids: Grid[] = [{ kind: 'sheet', name: '', cells, hiddenRows: [], hiddenColumns: [] }]
        const { lines } = readSource({ format: 'csv', encoding: 'utf-8', grids }, { today, corrections: [] })
        const contents = letters(lines.map(({ content }) => Object.values(content).flat().join('\n')).join('\n'))
        for (const value of values)
          for (const piece of value.split(/[\n；、，]/)) expect(contents.includes(letters(piece)), `${piece} in ${contents}`).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('and as a document, whatever its parts', () => {
    const tag = fc.constantFrom('w:tbl', 'w:tr', 'w:tc', 'w:p', 'w:sdt', 'w:vMerge w:val="restart"', 'w:tcPr')
    const { node } = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(...words.slice(0, 20)).map((word) => `<w:r><w:t>${word}</w:t></w:r>`),
        fc
          .tuple(tag, fc.array(tie('node'), { maxLength: 4 }))
          .map(([name, inside]) => `<${name}>${inside.join('')}</${name.split(' ')[0]}>`),
      ),
    }))
    fc.assert(
      fc.property(fc.array(node, { maxLength: 5 }), (nodes) => {
        const grids = gridsOfDocument(`<w:document xmlns:w="w"><w:body>${nodes.join('')}</w:body></w:document>`, holdsNeeds)
        const { lines } = readSource({ format: 'docx', encoding: 'utf-8', grids }, { today, corrections: [] })
        for (const { content } of lines) expect(LineContent.parse(content)).toEqual(content)
      }),
      { numRuns: 200 },
    )
  })
})
