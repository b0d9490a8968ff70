import type { Evidence } from '../../directory/evidence.ts'
import { readCsv } from '../../imports/read/csv.ts'
import { clean } from '../../imports/read/hygiene.ts'
import type { TableRow } from '../../imports/read/row.ts'
import { Problem } from '../../platform/problem.ts'
import { doiIn, linkOf, roleNamed, type WorkFields, type WrittenWork, workDay } from './values.ts'

/** A table has no more columns than that; what has more is none of works. */
const columnsAtMost = 200

/** The works of a table with a header, as CNKI and Wanfang give it or in the template; 422 for a table without titles. */
export function worksOfTable(text: string): WrittenWork[] {
  const [header = ''] = /^.*$/m.exec(text.trimStart()) ?? []
  if (header.split(/[,\t;]/).length > columnsAtMost) throw unreadable()
  const { rows } = readCsv(text)
  const columns = new Map<string, Column>()
  for (const name of new Set(rows.flatMap(({ values }) => Object.keys(values)))) {
    const column = columnNamed(name)
    if (column !== null && ![...columns.values()].includes(column)) columns.set(name, column)
  }
  if (![...columns.values()].includes('title')) throw unreadable()
  return rows.map((row) => ({ line: row.line, fields: fieldsIn(row, columns), fault: row.faults[0]?.rule ?? null }))
}

const unreadable = () => new Problem('invalid-input', { errors: [{ pointer: '/file', code: 'no-works-found' }] })

type Column = 'title' | 'kind' | 'role' | 'authors' | 'abstract' | 'date' | 'year' | 'source' | 'doi' | 'number' | 'link'

/** Headers of CNKI (`Title-题名`), of Wanfang and of the template, without blanks and capitals. */
const headers: Record<Column, readonly string[]> = {
  title: [
    'title',
    '题名',
    '题目',
    '标题',
    '名称',
    '篇名',
    '论文标题',
    '论文题名',
    '文献标题',
    '专利名称',
    '标准名称',
    '成果名称',
    '项目名称',
  ],
  kind: ['kind', 'type', '类型', '类别', '文献类型', 'srcdatabase', '来源库', '数据库', '资源类型'],
  role: ['role', '角色', '本人角色', '承担角色'],
  authors: ['author', 'authors', '作者', '发明人', '发明设计人', '完成人', '负责人', '主要起草人'],
  abstract: ['abstract', 'summary', '摘要', '简介'],
  date: [
    'date',
    'pubtime',
    '发表时间',
    '发表日期',
    '出版日期',
    '日期',
    '公开日',
    '公开（公告）日',
    '公开(公告)日',
    '申请日',
    '发布日期',
    '授权日',
  ],
  year: ['year', '年', '年份', '出版年', '年,卷(期)', '年，卷（期）', '发表年份'],
  source: [
    'source',
    'journal',
    '文献来源',
    '来源',
    '刊名',
    '出处',
    '期刊名称',
    '期刊',
    '会议名称',
    '授予单位',
    '申请人',
    '专利权人',
    '发布单位',
  ],
  doi: ['doi'],
  number: [
    ...['number', '文献编号', '编号', '专利号', '公开号', '公开（公告）号', '公开(公告)号', '授权公告号', '申请号', '申请（专利）号'],
    ...['标准号', '标准编号', '项目编号', '登记号'],
  ],
  link: ['url', 'link', '网址', '链接', '原文链接'],
}
const byHeader = new Map(Object.entries(headers).flatMap(([column, names]) => names.map((name) => [name, column as Column] as const)))

function columnNamed(header: string): Column | null {
  const name = header.replaceAll(/\s/g, '').toLowerCase()
  // `Title-题名`: either half says it.
  return [name, ...name.split('-')].map((part) => byHeader.get(part)).find((column) => column !== undefined) ?? null
}

function fieldsIn({ values }: TableRow, columns: ReadonlyMap<string, Column>): WorkFields {
  const value = (column: Column): string | null => {
    const name = [...columns].find(([, each]) => each === column)?.[0]
    const cell = name === undefined ? undefined : values[name]
    return (typeof cell === 'string' ? clean(cell).text : '') || null
  }
  const doi = doiIn(value('doi') ?? '')
  const number = doi ?? value('number')
  return {
    kind: kindNamed(value('kind') ?? '', number ?? ''),
    role: roleNamed(value('role') ?? ''),
    title: value('title')?.replaceAll(/\s+/g, ' ') ?? null,
    abstract: value('abstract'),
    on: workDay(value('date') ?? '') ?? workDay(value('year') ?? ''),
    source: value('source'),
    number,
    link: linkOf(value('link') ?? '', doi),
    authors: (value('authors') ?? '').split(/[;；,，]/).flatMap((name) => name.trim() || []),
  }
}

const kindWords: [RegExp, Evidence['kind']][] = [
  [/专利|patent/i, 'patent'],
  [/标准|standard/i, 'standard'],
  [/论文|期刊|会议|博士|硕士|学位|图书|专著|paper|article|journal|conference|thesis|book/i, 'paper'],
  [/奖|award/i, 'award'],
  [/合同|contract/i, 'contract'],
  [/检测|测试|test/i, 'test-report'],
  [/产品|软件|product|software/i, 'product'],
  [/项目|课题|基金|project|grant/i, 'project'],
  [/成果|result/i, 'result'],
]

/** By what the column says, else by what the number looks like. */
function kindNamed(written: string, number: string): Evidence['kind'] {
  const named = kindWords.find(([pattern]) => pattern.test(written))?.[1]
  if (named !== undefined) return named
  if (/^(CN|ZL|US|EP|WO|JP)\s?\d{6,}/i.test(number)) return 'patent'
  return /^(GB|T\/|DB|ISO|IEC|JB|HG|YB)[\s/\dA-Z]*\d/i.test(number) ? 'standard' : 'paper'
}
