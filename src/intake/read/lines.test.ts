import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { aPng, officeEntries, zip } from '../../../tests/documents.ts'
import type { Grid } from '../grid.ts'
import { type ColumnCorrection, LineContent } from '../line.ts'
import { readSource } from './lines.ts'
import { sourceOf } from './source.ts'

const today = '2026-11-22'
const folder = new URL('../../../tests/fixtures/intake/', import.meta.url)
const names = readdirSync(folder).filter((name) => /\.(xlsx|csv|docx)$/.test(name))
const bytesOf = (name: string) => Uint8Array.from(readFileSync(new URL(name, folder)))

async function reading(name: string) {
  const source = await sourceOf(bytesOf(name), name)
  return { source, ...readSource(source, { today, corrections: [] }) }
}

interface Expected {
  encoding?: string
  columns?: Record<string, string>
  notes: string[]
  unread?: string[]
  lines: Record<string, unknown>[]
}

const inTenThousands = (fen: number | null) => (fen === null ? null : fen / 1_000_000)

/** A line in the words in which expectations are written. */
function plain({ line, content }: { line: number; content: LineContent }): Record<string, unknown> {
  const { contact, region, route, budgetMinFen, budgetMaxFen } = content
  return {
    ...content,
    line,
    budget: [inTenThousands(budgetMinFen), inTenThousands(budgetMaxFen)],
    contact: contact?.name ?? null,
    phone: contact?.phone ?? null,
    email: contact?.email ?? null,
    region: region?.code ?? null,
    route: route?.to ?? null,
  }
}

describe('a file as a park or a firm sends it', () => {
  it.each(names)('%s is read as a person reads it', async (name) => {
    const expected: Expected = JSON.parse(readFileSync(new URL(`${name}.expected.json`, folder), 'utf8'))
    const { source, tables, lines } = await reading(name)
    const found = lines.map(plain)
    expect(found.map((line, at) => Object.fromEntries(Object.keys(expected.lines[at] ?? line).map((key) => [key, line[key]])))).toEqual(
      expected.lines,
    )
    expect(tables.flatMap(({ notes }) => notes)).toEqual(expected.notes)
    if (expected.encoding) expect(source.encoding).toBe(expected.encoding)
    if (expected.columns) {
      const columns = tables.flatMap((table) => table.columns)
      expect(Object.fromEntries(columns.map(({ label, field }) => [label, field]))).toEqual(expected.columns)
    }
    for (const text of expected.unread ?? []) expect(JSON.stringify({ tables, lines })).not.toContain(text)
    for (const { content } of lines) expect(LineContent.parse(content)).toEqual(content)
  })
})

/** A sheet; a cell that others follow with null is as high or wide as they are many where `merges` says so: row, column, height, width. */
function sheet(rows: (string | null)[][], merges: [number, number, number, number][] = []): Grid {
  const cells = rows.flatMap((texts, row) =>
    texts.flatMap((text, column) => {
      const [, , height, width] = merges.find(([first, second]) => first === row && second === column) ?? [row, column, 1, 1]
      return text === null || text === '' ? [] : [{ row, column, height, width, text }]
    }),
  )
  return { kind: 'sheet', name: '', cells, hiddenRows: [], hiddenColumns: [] }
}
const read = (grids: Grid[], corrections: ColumnCorrection[] = []) =>
  readSource({ format: 'xlsx', encoding: 'utf-8', grids }, { today, corrections })
const firm = '砺州恒砺机械有限公司'

describe('a table', () => {
  it('has a header of two rows without merged cells, and notes above and below', () => {
    const { tables, lines } = read([
      sheet([
        ['附件1', null, null, null],
        ['序号', '企业信息', null, '技术需求'],
        [null, '企业名称', '所在地', '需求名称'],
        ['1', firm, '砺州市铸东区', '主轴高速发热'],
        ['2', null, null, null],
        ['合计', '1', null, null],
        ['填表人：贺一鸣', null, '联系电话：0990-5550123', null],
      ]),
    ])
    expect(tables).toMatchObject([
      {
        kind: 'table',
        columns: [
          { field: 'number' },
          { label: '企业信息/企业名称', field: 'enterprise', example: firm },
          { field: 'region' },
          { field: 'title' },
        ],
        notes: ['附件1', '合计', '1', '填表人：贺一鸣', '联系电话：0990-5550123'],
      },
    ])
    expect(lines).toMatchObject([
      { line: 4, part: 0, content: { enterprise: firm, region: { code: '990103' }, title: '主轴高速发热', doubts: [] } },
    ])
  })

  it('is one where only half of its labels are known, and keeps the others with their names', () => {
    const { tables, lines } = read([
      sheet([
        ['序号', '承担单位', '项目内容', '需求类别（攻关/转化）', '推荐单位', '保密要求', '是否揭榜', '联系人/职务/电话'],
        ['1', firm, '主轴高速发热，精度下降', '攻关', '铸东区科技局', '不公开名称', '是', '秦朗/总工/19900000101'],
      ]),
    ])
    expect(tables[0]!.columns.map(({ field }) => field)).toEqual(['number', 'enterprise', 'problem', 'kind', null, null, null, 'contact'])
    expect(lines[0]!.content).toMatchObject({
      title: '主轴高速发热',
      contact: { name: '秦朗/总工', phone: '19900000101' },
      notes: ['需求类别(攻关/转化)：攻关', '推荐单位：铸东区科技局', '保密要求：不公开名称', '是否揭榜：是'],
    })
  })

  it('of one firm takes from the lines above it whose it is', () => {
    const { lines } = read([
      sheet([
        [`企业名称：${firm}`, null, '联系人：秦朗  电话：19900000101'],
        ['序号', '技术难题', '考核指标'],
        ['1', '主轴高速发热', '温升≤20K'],
        ['2', '轴承噪声大', '≤60dB'],
      ]),
    ])
    const contact = { name: '秦朗', phone: '19900000101', email: null }
    expect(lines.map(({ content }) => content)).toMatchObject([
      { enterprise: firm, title: '主轴高速发热', indicators: ['温升≤20K'], contact },
      { enterprise: firm, title: '轴承噪声大', contact },
    ])
  })

  it('goes on with a need whose cell is merged down', () => {
    const { lines } = read([
      sheet(
        [
          ['企业名称', '难题', '技术指标'],
          [firm, '主轴高速发热', '温升≤20K'],
          [null, null, '噪声≤60dB'],
          ['砺州锭恒纺机配件厂', '锭子振动', '振幅≤0.05mm'],
        ],
        [
          [1, 0, 2, 1],
          [1, 1, 2, 1],
        ],
      ),
    ])
    expect(lines.map(({ line, content }) => [line, content.indicators])).toEqual([
      [2, ['温升≤20K', '噪声≤60dB']],
      [4, ['振幅≤0.05mm']],
    ])
  })

  it('pairs as many descriptions as names in one line', () => {
    const { lines } = read([
      sheet([
        ['企业名称', '需求名称', '需求描述', '预算'],
        [firm, '1.主轴发热；2.轴承噪声', '1.满载时温升30K；2.空载时75dB', '面议'],
      ]),
    ])
    expect(lines.map(({ part, content }) => [part, content.title, content.problem, content.doubts, content.notes])).toEqual([
      [1, '主轴发热', '满载时温升30K', ['split'], ['预算：面议']],
      [2, '轴承噪声', '空载时75dB', ['split'], ['预算：面议']],
    ])
  })

  it('says of what it doubts', () => {
    const { lines } = read([
      sheet([
        ['企业名称', '统一社会信用代码', '所在县区', '需求名称', '预算', '完成时限', '电话'],
        [null, '91990100MA0HL0015X', '某某区', '主轴高速发热', '若干', '下次再说', '内线8012'],
        [firm, '91990100MA0HL0015L', '铸东区', '轴承噪声大', '30', '2025年6月', '19900000101'],
        [firm, null, '朝阳区', null, null, '一年内', null],
      ]),
    ])
    expect(lines.map(({ content }) => content.doubts.toSorted())).toEqual([
      ['budget-unread', 'credit-code', 'deadline-unread', 'no-enterprise', 'phone-unread', 'region-unknown'],
      ['deadline-past', 'unit-assumed'],
      ['deadline-reckoned', 'no-problem', 'region-unknown'],
    ])
    expect(lines[0]!.content.notes).toEqual(['所在县区：某某区', '预算：若干', '完成时限：下次再说', '电话：内线8012'])
  })

  it('of a thousand lines is read in about a second', () => {
    const labels = ['序号', '企业名称', '统一社会信用代码', '所属行业', '所在区县', '需求名称', '需求内容', '技术指标', '拟投入（万元）']
    const rows = Array.from({ length: 1_000 }, (_, at) => [
      ...[
        `${at}`,
        `砺州${at}机械有限公司`,
        '91990100MA0HL0015L',
        '通用设备制造',
        '铸东区',
        `主轴发热${at}`,
        '温升30K，热变形大。'.repeat(20),
      ],
      ...['温升≤20K；噪声≤60dB', '30-50', '2027年底', `秦朗${at}`, '19900000101', `a${at}@b.example`, '委托开发', '已走访'],
    ])
    const grid = sheet([[...labels, '完成时间', '联系人', '电话', '邮箱', '合作方式', '备注'], ...rows])
    const start = performance.now()
    expect(read([grid]).lines).toHaveLength(1_000)
    // Generous: the machine may have other work.
    expect(performance.now() - start).toBeLessThan(4_000)
  })
})

describe('a form', () => {
  it('has groups beside its labels, boxes to tick and a text for each', () => {
    const { tables, lines } = read([
      sheet(
        [
          ['企业技术需求调查表', null, null, null, null],
          ['企业基本情况', '企业名称', firm, null, null],
          [null, '联系人', '秦朗', '联系电话', '19900000101'],
          ['技术需求', '需求名称', '主轴高速发热', null, null],
          [null, '合作方式', '□技术转让 ☑合作开发 □其他', null, null],
          [null, '拟投入资金', '☑50万元以下 □50-100万元', null, null],
        ],
        [
          [0, 0, 1, 5],
          [1, 0, 2, 1],
          [1, 2, 1, 3],
          [3, 0, 3, 1],
          [3, 2, 1, 3],
          [4, 2, 1, 3],
          [5, 2, 1, 3],
        ],
      ),
    ])
    expect(tables).toMatchObject([{ kind: 'form', notes: ['企业技术需求调查表', '企业基本情况', '技术需求'] }])
    const contact = { name: '秦朗', phone: '19900000101', email: null }
    expect(lines).toMatchObject([
      {
        line: 1,
        part: 0,
        content: { enterprise: firm, title: '主轴高速发热', modes: ['joint-development'], budgetMaxFen: 50_000_000, contact },
      },
    ])
  })

  it('that asks twice has two needs of one firm', () => {
    const { lines } = read([
      sheet([
        ['企业名称', firm],
        ...[
          ['需求名称', '主轴高速发热'],
          ['拟投入资金', '30万'],
        ],
        ...[
          ['需求名称', '轴承噪声大'],
          ['拟投入资金', '20万'],
        ],
        ['联系人', '秦朗'],
      ]),
    ])
    expect(
      lines.map(({ part, content }) => [part, content.enterprise, content.title, content.budgetMaxFen, content.contact?.name]),
    ).toEqual([
      [1, firm, '主轴高速发热', 30_000_000, '秦朗'],
      [2, firm, '轴承噪声大', 20_000_000, '秦朗'],
    ])
  })

  it('may be nothing but paragraphs', () => {
    const paragraphs = [
      `企业名称：${firm}`,
      '一、需求名称',
      '主轴高速发热',
      '二、需求内容：',
      '温升30K。',
      '希望小于20K。',
      '三、预算：30万元',
    ]
    const { lines } = read([{ ...sheet(paragraphs.map((text) => [text])), kind: 'text' }])
    expect(lines).toMatchObject([
      { content: { enterprise: firm, title: '主轴高速发热', problem: '温升30K。\n希望小于20K。', budgetMaxFen: 30_000_000 } },
    ])
  })

  it('that nobody filled in has no line', () => {
    expect(
      read([
        sheet([
          ['企业名称', null],
          ['需求名称', null],
          ['联系人', null],
        ]),
      ]).lines,
    ).toEqual([])
  })
})

describe('a correction', () => {
  const list = sheet([
    ['企业名称', '卡脖子情况', '备注'],
    [firm, '主轴高速发热，温升30K', '已走访'],
  ])

  it('says what a column is', () => {
    expect(read([list]).lines[0]!.content).toMatchObject({ title: '', notes: ['卡脖子情况：主轴高速发热，温升30K', '备注：已走访'] })
    const { tables, lines } = read([list], [{ grid: 0, at: 1, field: 'problem' }])
    expect(tables[0]!.columns[1]).toMatchObject({ label: '卡脖子情况', field: 'problem', certainty: 1 })
    expect(lines[0]!.content).toMatchObject({ title: '主轴高速发热', problem: '主轴高速发热，温升30K', doubts: [] })
  })

  it('or that it is nothing, or another grid is meant', () => {
    const { tables, lines } = read(
      [list],
      [
        { grid: 0, at: 0, field: null },
        { grid: 1, at: 1, field: 'problem' },
      ],
    )
    expect(tables[0]!.columns.map(({ field }) => field)).toEqual([null, null, 'note'])
    expect(lines[0]!.content).toMatchObject({ enterprise: null, title: '' })
    expect(lines[0]!.content.notes).toContain(`企业名称：${firm}`)
  })

  it('takes a field from the column that was guessed for it', () => {
    const two = sheet([
      ['企业名称', '需求名称', '俗称'],
      [firm, 'XQ-07', '主轴高速发热'],
    ])
    const { lines } = read([two], [{ grid: 0, at: 2, field: 'title' }])
    expect(lines[0]!.content).toMatchObject({ title: '主轴高速发热', notes: ['需求名称：XQ-07'] })
  })

  it('counts the labels of a form', () => {
    const form = sheet([
      ['企业名称', firm],
      ['产品', '高压油管'],
      ['需求名称', '主轴高速发热'],
      ['联系人', '秦朗'],
    ])
    expect(read([form]).lines[0]!.content.notes).toEqual(['产品：高压油管'])
    expect(read([form], [{ grid: 0, at: 1, field: 'keywords' }]).lines[0]!.content).toMatchObject({ keywords: ['高压油管'], notes: [] })
  })
})

describe('a file that is none of these', () => {
  const refusal = (bytes: Uint8Array, name = 'file') =>
    sourceOf(Uint8Array.from(bytes), name).then(
      () => null,
      (error: unknown) => error,
    )

  it.each([
    ['a program', 'unsupported-media-type', Buffer.from('4d5a90000300000004000000ffff0000', 'hex')],
    ['a page', 'unsupported-media-type', Buffer.from('<!doctype html><p>')],
    ['a picture', 'unsupported-media-type', aPng()],
    ['too long', 'too-large', Buffer.alloc(20_000_001)],
    ['too much text', 'too-large', Buffer.from('油管爆破,'.repeat(200_000))],
  ])('is refused: %s', async (_, kind, bytes) => {
    expect(await refusal(bytes)).toMatchObject({ kind })
  })

  it.each([
    ['nothing', 'file-empty', Buffer.alloc(0)],
    ['a workbook cut off', 'unreadable-file', bytesOf('park-summary.xlsx').subarray(0, 5_000)],
    [
      'a document that is no XML',
      'unreadable-file',
      zip(officeEntries('docx').map((entry) => (entry.name === 'word/document.xml' ? { ...entry, content: '<!DOCTYPE a><a/>' } : entry))),
    ],
  ])('says what is wrong with it: %s', async (_, code, bytes) => {
    expect(await refusal(bytes)).toMatchObject({ kind: 'invalid-input', facts: { errors: [{ pointer: '/file', code }] } })
  })

  it('is taken by what it is, whatever it is called', async () => {
    expect((await sourceOf(bytesOf('park-summary.xlsx'), 'park.csv')).format).toBe('xlsx')
    expect((await sourceOf(bytesOf('county-gbk.csv'), 'county.xlsx')).format).toBe('csv')
  })
})
