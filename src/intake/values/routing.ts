import type { Routing } from '../../demands/demand.ts'

/** Where a need that is not technical belongs, and the words that say so. */
export interface ProposedRoute {
  to: Routing['to']
  words: string[]
}

type Target = Exclude<Routing['to'], 'other'>

/** Words that say it by themselves, and words that only add to it. */
const signs: Record<Target, { strong: readonly string[]; weak: readonly string[] }> = {
  finance: {
    strong: [
      '贷款',
      '融资',
      '授信',
      '信贷',
      '担保',
      '抵押',
      '流动资金',
      '资金周转',
      '股权投资',
      '引入投资',
      '资金短缺',
      '资金缺口',
      '上市辅导',
      'loan',
      'financing',
      'credit line',
    ],
    weak: ['银行', '利率', '资金', 'bank'],
  },
  recruitment: {
    strong: ['招聘', '招工', '用工', '缺工', '急招', '普工', '月薪', '招募', '招人', 'recruit', 'hiring'],
    weak: ['岗位', '人才', '工人', '包食宿', '引进', 'workers'],
  },
  sales: {
    strong: [
      '滞销',
      '销路',
      '经销商',
      '代理商',
      '市场推广',
      '市场开拓',
      '拓展市场',
      '开拓市场',
      '销售渠道',
      '电商平台',
      '下游客户',
      '订单不足',
      '寻找客户',
      'distributor',
      'customers for',
    ],
    weak: ['展会', '销售', '推广', '客户', '品牌', '渠道', 'sales'],
  },
  policy: {
    strong: [
      '补贴',
      '奖补',
      '政策',
      '用地',
      '税收',
      '减税',
      '高新技术企业认定',
      '高企认定',
      '审批',
      '环评手续',
      '土地指标',
      'subsidy',
      'tax relief',
    ],
    weak: ['申报', '认定', '资质', '办证', '手续'],
  },
}

const technical = [
  ...[
    '技术',
    '工艺',
    '研发',
    '攻关',
    '检测',
    '指标',
    '精度',
    '性能',
    '材料',
    '算法',
    '识别',
    '寿命',
    '温度',
    '配方',
    '优化',
    '设计',
    '缺陷',
    '裂纹',
  ],
  ...['磨损', '腐蚀', '能耗', '误差', '在线', '自动化', '监测', '回收率', '合格率', '废品率', '衰减', '≥', '≤', '℃', 'μm', 'mm'],
]
/** What a column of kinds says of one that is technical. */
const technicalKinds = /技术|攻关|研发|工艺|难题|成果|technical/i

const [strongWeight, weakWeight, kindWeight, technicalWeight] = [1.5, 0.6, 2.5, 1]
/** So much must be said, and more than speaks for a technical problem. */
const least = 1.5

/** Proposes to send a need on that is not technical; null for one that is, or of which nothing says. `kind` is what a column of kinds says. */
export function routeOf(text: string, kind: string): ProposedRoute | null {
  const read = text.normalize('NFKC').toLowerCase()
  const named = kind.normalize('NFKC').toLowerCase()
  const targets = (Object.keys(signs) as Target[]).map((to) => {
    const strong = signs[to].strong.filter((word) => read.includes(word))
    const weak = signs[to].weak.filter((word) => read.includes(word) && !strong.some((other) => other.includes(word)))
    const kinds = [...signs[to].strong, ...signs[to].weak].filter((word) => named.includes(word))
    const score = strong.length * strongWeight + weak.length * weakWeight + (kinds.length > 0 ? kindWeight : 0)
    return { to, score, words: [...new Set([...kinds, ...strong, ...weak])] }
  })
  const best = targets.reduce((first, each) => (each.score > first.score ? each : first))
  // 技术 in 高新技术企业认定 says nothing of a technical problem.
  const rest = best.words.reduce((left, word) => left.replaceAll(word, ' '), read)
  const against = technical.filter((word) => rest.includes(word)).length * technicalWeight + (technicalKinds.test(named) ? kindWeight : 0)
  return best.score >= least && best.score > against ? { to: best.to, words: best.words } : null
}
