import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { bytesOf, gbk } from '../fixtures.ts'
import { readTable } from './table.ts'

const read = (text: string, name = '需求.csv') => readTable(bytesOf(text), name)

describe('a jsonl file', () => {
  it('reports a malformed line under its number and reads the others', async () => {
    const lines = Array.from({ length: 60 }, (_, at) =>
      at === 56 ? '{"title":"铝液除气' : JSON.stringify({ title: `铝合金铸件气孔控制 ${at + 1}` }),
    )
    const { rows, format } = await read(lines.join('\n'), '需求.jsonl')
    expect(format).toBe('jsonl')
    expect(rows).toHaveLength(60)
    expect(rows.filter(({ faults }) => faults.length > 0)).toEqual([
      { line: 57, values: {}, faults: [{ column: '', value: '{"title":"铝液除气', rule: 'malformed-json' }] },
    ])
  })

  it('counts blank lines, and takes objects only', async () => {
    const { rows } = await read('{"title":"甲醇重整制氢催化剂"}\n\n["甲醇"]\r\n{"title":"乙醇脱水膜"}', '需求.ndjson')
    expect(rows.map(({ line, faults }) => [line, faults[0]?.rule])).toEqual([
      [1, undefined],
      [3, 'not-an-object'],
      [4, undefined],
    ])
  })

  it('refuses NUL and half a surrogate pair as a fault of the row', async () => {
    const { rows } = await read('{"title":"耐磨\\u0000涂层"}\n{"problem":{"text":"耐蚀\\ud800"}}', '需求.jsonl')
    expect(rows.flatMap(({ line, faults }) => faults.map(({ column, rule, value }) => [line, column, rule, value]))).toEqual([
      [1, 'title', 'unstorable-text', '耐磨␀涂层'],
      [2, 'problem', 'unstorable-text', '{"text":"耐蚀\\ud800"}'],
    ])
  })
})

describe('a csv file', () => {
  const text = '题目,问题描述\r\n液压油管脉冲寿命提升,"接头处开裂，\n约 20 万次失效"\r\n铸件砂眼在线检测,人工目检漏检\r\n'

  it('keeps true line numbers across newlines in quotation marks', async () => {
    const { rows } = await read(text)
    expect(rows.map(({ line }) => line)).toEqual([2, 4])
    expect(rows[0]!.values).toEqual({ 题目: '液压油管脉冲寿命提升', 问题描述: '接头处开裂，\n约 20 万次失效' })
  })

  it.each([
    ['UTF-8', bytesOf(text), 'utf-8'],
    ['UTF-8 with a byte order mark', bytesOf(`\uFEFF${text}`), 'utf-8'],
    ['GBK', gbk(text), 'gb18030'],
    [
      'UTF-16, as Excel saves Unicode text',
      new Uint8Array(new Uint16Array([0xfeff, ...[...text].map((each) => each.charCodeAt(0))]).buffer),
      'utf-16le',
    ],
  ])('is read in %s', async (_, bytes, encoding) => {
    const table = await readTable(bytes, '需求.csv')
    expect(table.encoding).toBe(encoding)
    expect(table.rows[1]).toEqual({ line: 4, values: { 题目: '铸件砂眼在线检测', 问题描述: '人工目检漏检' }, faults: [] })
    expect(table.warnings.map(({ rule }) => rule)).toEqual(encoding === 'utf-8' ? [] : ['converted'])
  })

  it('that is text in no encoding is refused', async () => {
    await expect(readTable(new Uint8Array([0xc8, 0xff, 0xff, 0x0a]), '需求.csv')).rejects.toMatchObject({
      kind: 'invalid-input',
      facts: { errors: [{ pointer: '/file', code: 'unreadable-file' }] },
    })
  })

  it('may be separated by tabs or semicolons', async () => {
    expect((await read('题目\t关键词\n压铸模具寿命\t模具;压铸,热疲劳')).rows[0]!.values).toEqual({
      题目: '压铸模具寿命',
      关键词: '模具;压铸,热疲劳',
    })
    expect((await read('题目;关键词\n压铸模具寿命;模具,压铸')).rows[0]!.values).toEqual({ 题目: '压铸模具寿命', 关键词: '模具,压铸' })
  })

  it('reports a row with more cells than the header, a quotation mark left open, and a repeated column', async () => {
    const { rows, warnings } = await read('题目,电话,电话\n齿轮渗碳变形,8210,8211\n轴承钢夹杂物,1,2,3\n"回转窑结圈,4,5\n')
    expect(rows.map(({ line, faults }) => [line, faults[0]?.rule])).toEqual([
      [2, undefined],
      [3, 'too-many-cells'],
      [4, 'open-quotation'],
    ])
    expect(rows[0]!.values.电话).toBe('8210')
    expect(warnings).toContainEqual({ rule: 'repeated-column', column: '电话', line: 1, count: 1 })
  })

  it('is cleaned: half-width letters and digits, plain spaces, Chinese punctuation as it was', async () => {
    const { rows, warnings } = await read(
      '题目,问题描述\n　ＰＶＤ涂层（第２代）：\u00A0硬度≥３０ＧＰａ\u200B ,10ⁿ 次疲劳；损坏处见图\uFFFD',
    )
    expect(rows[0]!.values).toEqual({ 题目: 'PVD涂层（第2代）： 硬度≥30GPa', 问题描述: '10ⁿ 次疲劳；损坏处见图\uFFFD' })
    expect(warnings).toEqual([
      { rule: 'width', column: '题目', line: 2, count: 1 },
      { rule: 'spaces', column: '题目', line: 2, count: 1 },
      { rule: 'damaged', column: '问题描述', line: 2, count: 1 },
    ])
  })
})

describe('a workbook', () => {
  const workbook = () =>
    writeXlsx({
      sheets: [
        { name: '填表说明', rows: [['说明'], ['请逐行填写']] },
        {
          name: '需求',
          rows: [
            ['企业', '题目', '截止日期', '预算（万元）', '是否匿名'],
            ['恒砺机械', '高压油管接头密封', new Date(Date.UTC(2026, 11, 31)), 12.3, true],
            [null, '油缸缸筒内孔珩磨', '2027年3月1日', 0.1 + 0.2, null],
          ],
          merges: [{ startRow: 1, startCol: 0, endRow: 2, endCol: 0 }],
        },
      ],
    })

  it('gives the first sheet, or the named one with days, figures and merged cells', async () => {
    expect((await readTable(await workbook(), '征集表.xlsx')).rows).toEqual([{ line: 2, values: { 说明: '请逐行填写' }, faults: [] }])
    const { rows, format } = await readTable(await workbook(), '征集表.xlsx', { sheet: '需求' })
    expect(format).toBe('xlsx')
    expect(rows.map(({ line, values }) => [line, values])).toEqual([
      [2, { 企业: '恒砺机械', 题目: '高压油管接头密封', 截止日期: '2026-12-31', '预算（万元）': '12.3', 是否匿名: 'true' }],
      [3, { 企业: '恒砺机械', 题目: '油缸缸筒内孔珩磨', 截止日期: '2027年3月1日', '预算（万元）': '0.3' }],
    ])
  })

  it('names the sheets there are for a wrong sheet', async () => {
    await expect(readTable(await workbook(), '征集表.xlsx', { sheet: '成果' })).rejects.toMatchObject({
      kind: 'invalid-input',
      facts: { errors: [{ pointer: '/sheet', code: 'unknown-sheet', facts: { sheet: '成果', sheets: '填表说明、需求' } }] },
    })
  })

  it('is known by its content under another name, and refused when it is damaged', async () => {
    const bytes = new Uint8Array(await workbook())
    expect((await readTable(bytes, '征集表.csv')).format).toBe('xlsx')
    const damaged = bytes.slice()
    damaged.fill(7, 200, 600)
    for (const broken of [bytes.slice(0, bytes.length / 2), damaged, bytesOf('题目\n高压油管接头密封')]) {
      await expect(readTable(broken, '征集表.xlsx')).rejects.toMatchObject({
        kind: 'invalid-input',
        facts: { errors: [{ code: 'unreadable-file' }] },
      })
    }
  })
})

describe('limits', () => {
  const rows = (count: number) => `题目\n${Array.from({ length: count }, (_, at) => `轧辊表面强化 ${at}\n`).join('')}`

  it('takes 10,000 rows and no more', async () => {
    expect((await read(rows(10_000))).rows).toHaveLength(10_000)
    await expect(read(rows(10_001))).rejects.toMatchObject({ kind: 'too-large', facts: { rows: 10_001, limit: 10_000 } })
  })

  it('takes 20 MB and no more, tables only, and no empty file', async () => {
    await expect(readTable(new Uint8Array(20_000_001), '需求.csv')).rejects.toMatchObject({
      kind: 'too-large',
      facts: { limit: 20_000_000 },
    })
    await expect(read('%PDF-1.7', '需求.pdf')).rejects.toMatchObject({ kind: 'unsupported-media-type' })
    for (const [text, name] of [
      ['\n\n', '需求.csv'],
      ['题目,预算\n', '需求.csv'],
      ['', '需求.jsonl'],
    ] as const) {
      await expect(read(text, name)).rejects.toMatchObject({ kind: 'invalid-input', facts: { errors: [{ code: 'no-rows' }] } })
    }
  })
})
