import { z } from '../platform/schema.ts'

/** What a column of a table, or a label of a form, can say of a demand. `note` is kept and goes nowhere else. */
export const IntakeField = z
  .enum([
    'number',
    'enterprise',
    'creditCode',
    'region',
    'industry',
    'title',
    'problem',
    'indicators',
    'currentState',
    'tried',
    'ownConditions',
    'constraints',
    'budget',
    'deadline',
    'modes',
    'ipExpectation',
    'contact',
    'phone',
    'email',
    'kind',
    'keywords',
    'note',
  ])
  .openapi('IntakeField')
export type IntakeField = z.infer<typeof IntakeField>

/** What these are called in tables and forms. */
const terms: Record<IntakeField, readonly string[]> = {
  number: ['序号', '编号', '行号', 'no', 'no.', 'number'],
  enterprise: [
    ...['承担单位', '单位全称', '申报企业', '填报企业', '依托单位', '提出单位'],
    ...['企业名称', '单位名称', '公司名称', '企业全称', '企业', '单位', '公司', '需求单位', '需求企业', '需求方', '申报单位', '所属企业'],
    ...['enterprise', 'company', 'firm', 'organisation', 'organization'],
  ],
  creditCode: ['统一社会信用代码', '社会信用代码', '信用代码', '组织机构代码', 'credit code', 'unified social credit code'],
  region: [
    '所在区县',
    '所属区县',
    '区县',
    '县区',
    '县市区',
    '所在县区',
    '所在地区',
    '所在地',
    '地区',
    '注册地',
    '属地',
    'region',
    'county',
    'district',
  ],
  industry: [
    '所属行业',
    '行业',
    '行业领域',
    '行业类别',
    '行业分类',
    '技术领域',
    '所属领域',
    '产业链',
    '所属产业链',
    '产业领域',
    'industry',
    'field',
  ],
  title: [
    ...['需求名称', '难题名称', '技术需求名称', '技术难题名称', '项目名称', '需求题目', '需求标题', '题目', '标题', '名称', '课题名称'],
    ...['title', 'name of the problem'],
  ],
  problem: [
    ...[
      '需求内容',
      '难题描述',
      '问题描述',
      '需求描述',
      '难题内容',
      '主要内容',
      '具体内容',
      '诉求内容',
      '需求简述',
      '需求详情',
      '详细描述',
      '具体需求',
    ],
    ...['项目内容', '研究内容', '需求简介', '技术需求简介', '需求说明', '难题说明'],
    ...['技术需求描述', '技术难题描述', '技术需求内容', '存在的主要问题', '存在问题', '存在的问题', '现状及存在问题', '主要问题', '问题'],
    ...['problem', 'description', 'need', 'what is needed'],
  ],
  indicators: [
    ...[
      '技术指标',
      '主要技术指标',
      '考核指标',
      '指标要求',
      '预期指标',
      '预期目标',
      '技术要求',
      '期望目标',
      '指标',
      '技术指标要求',
      '期望达到的技术指标',
    ],
    ...['主要指标', '期望达到的指标', '要求达到的指标', '目标', '要求', 'indicators', 'targets', 'target'],
  ],
  currentState: ['现状', '技术现状', '目前现状', '现有技术水平', '现状描述', '国内外现状', 'present state'],
  tried: ['已尝试的办法', '已做的尝试', '已开展的工作', '前期工作', '已采取的措施', '已采取措施', '前期攻关情况', 'tried so far'],
  ownConditions: ['现有条件', '自有条件', '现有基础', '工作基础', '企业现有条件', '前期基础', '已有基础', 'conditions at hand'],
  constraints: ['约束条件', '限制条件', 'constraints'],
  budget: [
    ...[
      '预算',
      '资金预算',
      '经费预算',
      '拟投入资金',
      '拟投入',
      '投入资金',
      '投入预算',
      '拟投入经费',
      '经费',
      '投入',
      '资金投入',
      '投资金额',
      '预算金额',
    ],
    ...['拟投入金额', '意向投入', 'budget'],
  ],
  deadline: [
    ...[
      '完成时间',
      '期望完成时间',
      '截止时间',
      '截止日期',
      '完成期限',
      '时限',
      '解决时间',
      '期望解决时间',
      '希望解决时间',
      '完成时限',
      '时间要求',
    ],
    ...['期限', '起止时间', '解决期限', '需求期限', 'deadline', 'due'],
  ],
  modes: [
    '合作方式',
    '合作意向',
    '合作模式',
    '拟合作方式',
    '意向合作方式',
    '解决方式',
    '拟采取方式',
    '合作形式',
    'modes of cooperation',
    'mode',
  ],
  ipExpectation: ['知识产权要求', '知识产权归属', '知识产权约定', 'expectation on ip'],
  contact: ['联系人', '企业联系人', '负责人', '姓名', '技术联系人', '项目负责人', '联系人姓名', '技术负责人', 'contact', 'contact person'],
  phone: [
    '联系电话',
    '电话',
    '手机',
    '手机号码',
    '手机号',
    '联系方式',
    '联系人电话',
    '移动电话',
    '电话号码',
    'phone',
    'mobile',
    'telephone',
    'tel',
  ],
  email: ['邮箱', '电子邮箱', '电子邮件', 'email', 'e-mail'],
  kind: ['需求类别', '需求类型', '诉求类型', '诉求类别', '类别', '类型', 'kind', 'category'],
  keywords: ['关键词', '关键字', 'keywords'],
  note: ['备注', '说明', '其他', '其它', '其他说明', 'notes', 'remarks', 'remark', 'note'],
}

/** Words that name a problem as often as they describe it: whichever of the two has no column of its own. */
const either = [
  '技术需求',
  '技术难题',
  '难题需求',
  '需求',
  '难题',
  '科技需求',
  '技术问题',
  '企业需求',
  '诉求',
  '企业诉求',
  '科技创新需求',
  'demand',
]

const wanted: readonly [term: string, field: IntakeField, weight: number][] = [
  ...Object.entries(terms).flatMap(([field, names]) =>
    names.map((name): [string, IntakeField, number] => [joined(name), field as IntakeField, 1]),
  ),
  ...either.flatMap((name): [string, IntakeField, number][] => [
    [name, 'problem', 0.9],
    [name, 'title', 0.85],
  ]),
]

/** How surely a text names a field; several may be named. */
export interface Named {
  field: IntakeField
  /** 0 to 1. */
  certainty: number
}

/** A label is short; whatever is longer is text in which the words occur. */
const longestLabel = 40

/** The fields that a label may name, surest first; none for what is no label. Of a label that joins several (联系人及电话) the first counts most. */
export function fieldsNamed(label: string): Named[] {
  const known = cache.get(label)
  if (known !== undefined) return known
  const found = label.length > longestLabel ? [] : namedIn(label)
  if (cache.size > 5_000) cache.clear()
  cache.set(label, found)
  return found
}
const cache = new Map<string, Named[]>()

function namedIn(label: string): Named[] {
  const whole = plainLabel(label)
  if (whole === '') return []
  const best = new Map<IntakeField, number>()
  const take = (text: string, share: number) => {
    for (const [term, field, weight] of wanted) {
      const certainty = share * weight * likenessTo(text, term)
      if (certainty > (best.get(field) ?? 0)) best.set(field, certainty)
    }
  }
  take(whole, 1)
  const parts = partsOf(whole)
  if (parts.length > 1) for (const [at, part] of parts.entries()) take(part, 0.95 - 0.1 * at)
  return [...best]
    .map(([field, certainty]) => ({ field, certainty }))
    .filter(({ certainty }) => certainty >= 0.5)
    .toSorted((a, b) => b.certainty - a.certainty)
}

/** Words that say what a label is about only where nothing else does: 保密要求, 推荐单位 and 产品名称 are something else. */
const onlyWhole = new Set(['要求', '单位', '名称'])

/** 1 for the term itself; less, the more else is said. */
function likenessTo(text: string, term: string): number {
  if (text === term) return 1
  if (term.length < 2 || onlyWhole.has(term) || !text.includes(term)) return 0
  // Latin words are whole words.
  if (/^[a-z]/.test(term) && !new RegExp(`(^|[^a-z])${term.replaceAll('.', '\\.')}($|[^a-z])`).test(text)) return 0
  const isEdge = text.startsWith(term) || text.endsWith(term)
  return (isEdge ? 0.6 : 0.45) + 0.35 * (term.length / text.length)
}

/** Without numbering, marks of obligation, what stands in brackets, and space. */
export function plainLabel(label: string): string {
  const text = joined(label)
    .replace(/^(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）.、．]|[①-⑳])/, '')
    .replaceAll(/[*＊★:：]/g, '')
  const bare = text.replaceAll(/[（(【[][^）)】\]]*[）)】\]]/g, '')
  return bare === '' ? text : bare
}

/** The parts of a label that joins several. */
export function partsOf(plain: string): string[] {
  return plain.split(/[/、及和与]/).filter((part) => part.length > 1)
}

function joined(text: string): string {
  const lower = text.normalize('NFKC').toLowerCase()
  // Latin words keep the space between them.
  return lower.replaceAll(/(?<![a-z])\s+|\s+(?![a-z])/g, '')
}
