import type { DemandInput } from '../../src/demands/actions.ts'
import type { OfferingInput } from '../../src/offerings/actions.ts'
import { type Code, codeIn } from '../../src/platform/codes/codes.ts'

/** Counties of 砺州, the invented city. */
export const lizhou: Code = codeIn('region', '990100')
export const wanghe: Code = codeIn('region', '990102')
export const zhudong: Code = codeIn('region', '990103')
export const haidian: Code = codeIn('region', '110108')
export const machinery: Code = codeIn('gbt4754', '34')
export const equipment: Code = codeIn('chain', 'equipment')

export const welding = {
  title: '箱形梁焊接变形控制',
  problem: '箱形梁长12米，焊后旁弯超过8毫米，人工火焰校正每根要四小时，用户拒收。',
  indicators: [
    { text: '焊后旁弯≤3 mm', need: 'must' },
    { text: '校正工时明显减少', need: 'want' },
  ],
  keywords: ['焊接变形', '箱形梁'],
  classification: [machinery, equipment],
  region: zhudong,
  readinessFrom: 6,
  modes: ['commissioned-development', 'service'],
  budgetMinFen: 10_000_000,
  budgetMaxFen: 30_000_000,
  deadlineOn: '2027-06-30',
  businessContact: { name: '罗采薇', phone: '0990-6610233', email: 'luo@zhongli.example' },
  technicalContact: { name: '铁工程师', phone: '13900006611', email: null },
} satisfies DemandInput

export const casting = {
  title: '铝合金压铸件气孔率偏高',
  problem: '薄壁压铸件气孔率约5%，热处理后起泡，想知道真空压铸是否合适。',
  indicators: [{ text: '气孔率≤1 %', need: 'must' }],
  keywords: ['压铸', '气孔'],
  region: wanghe,
} satisfies DemandInput

export const pitMud = {
  title: '浓香型白酒窖泥退化',
  problem: '窖泥板结发硬，己酸乙酯含量逐年下降，需要复壮办法。',
  keywords: ['窖泥', '己酸菌'],
} satisfies DemandInput

export const fixture = {
  title: '大型焊接结构反变形工装与工艺',
  kind: 'result',
  teaser: '控制大型焊接结构旁弯的成套工艺',
  problemSolved: '箱形梁、工字梁焊后旁弯和扭曲。',
  abstract: '用反变形胎具配合对称焊接顺序控制焊接变形，12米箱形梁旁弯小于2毫米。',
  keywords: ['焊接变形', '反变形'],
  classification: [machinery, equipment],
  region: zhudong,
  readiness: { scale: 'trl', level: 7 },
  modes: ['commissioned-development', 'licence'],
  price: { kind: 'fixed', amountFen: 25_000_000 },
  availableFrom: '2026-12-15',
  advantages: [
    { name: '旁弯', ours: '2', incumbent: '8', unit: 'mm', condition: '12米箱形梁', evidence: '现场检测记录', evidenceLevel: 'field' },
  ],
  ip: [{ kind: 'invention-patent', number: 'ZL202310000001.1', status: 'granted' }],
  isSecrecyReviewed: true,
} satisfies OfferingInput

export const vacuumCasting = {
  title: '高真空压铸工艺与模具密封',
  kind: 'result',
  abstract: '型腔真空度低于50毫巴，铝合金压铸件气孔率降到0.8%，可热处理。',
  keywords: ['真空压铸', '气孔'],
  isSecrecyReviewed: true,
} satisfies OfferingInput

export const lead = {
  title: '焊接残余应力的超声冲击消除方法',
  kind: 'lead',
  abstract: '超声冲击处理使焊接接头残余应力降低六成，焊接变形减小。',
  citation: { source: '焊接学报，2024年第3期', licence: 'CC BY 4.0' },
} satisfies OfferingInput
