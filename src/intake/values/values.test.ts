import { describe, expect, it } from 'vitest'
import { tickedIn } from './boxes.ts'
import { budgetIn, unitIn } from './budget.ts'
import { contactIn } from './contact.ts'
import { deadlineIn } from './deadline.ts'
import { modesIn } from './modes.ts'
import { routeOf } from './routing.ts'
import { severalIn } from './several.ts'

const today = '2026-11-22'

describe('a budget', () => {
  const read = (text: string, unit: string | null = null) => {
    const found = budgetIn(text, unit)
    return found && [found.minFen === null ? null : found.minFen / 1_000_000, found.maxFen === null ? null : found.maxFen / 1_000_000]
  }

  it.each([
    ['50-80万', 50, 80],
    ['50万—80万元', 50, 80],
    ['80~50万', 50, 80],
    ['50万至1百万', 50, 100],
    ['约20万元', null, 20],
    ['不超过100', null, 100],
    ['50万以上', 50, null],
    ['三十万元', null, 30],
    ['一百二十万', null, 120],
    ['1.5亿', null, 15_000],
    ['¥300,000', null, 30],
    ['30w', null, 30],
    ['3000000元', null, 300],
    ['2026年投入50万元', null, 50],
    ['2-3年内投入100万', null, 100],
  ])('%s is an amount in 万元', (text, least, most) => {
    expect(read(text)).toEqual([least, most])
  })

  it.each(['面议', '若干', '100万美元', '前期5万元，后期20万元', '', '5'.repeat(300)])('%s is none', (text) => {
    expect(budgetIn(text, '万元')).toBeNull()
  })

  it('takes its unit from the header, unless that cannot be', () => {
    expect(unitIn('拟投入\n（万元）')).toBe('万元')
    expect(unitIn('预算')).toBeNull()
    expect(budgetIn('60', '万元')).toMatchObject({ maxFen: 60_000_000, isUnitAssumed: false })
    expect(budgetIn('60', null)).toMatchObject({ maxFen: 60_000_000, isUnitAssumed: true })
    expect(budgetIn('300000', null)).toMatchObject({ maxFen: 30_000_000, isUnitAssumed: false })
    expect(budgetIn('300000', '万元')).toMatchObject({ maxFen: 30_000_000, isUnitAssumed: true })
  })

  it('says what else stands there', () => {
    expect(budgetIn('200万元（含设备）', null)?.rest).toBe('(含设备)')
    expect(budgetIn('80万以内', null)?.rest).toBe('')
  })
})

describe('a deadline', () => {
  it.each([
    ['2027-3-1', '2027-03-01'],
    ['20270630', '2027-06-30'],
    ['46387', '2026-12-31'],
    ['2027.3', '2027-03-31'],
    ['2028年2月', '2028-02-29'],
    ['2027年9月前', '2027-08-31'],
    ['2027年9月底前', '2027-09-30'],
    ['2027年6月上旬', '2027-06-10'],
    ['2027年第三季度', '2027-09-30'],
    ['明年上半年', '2027-06-30'],
    ['二〇二七年六月', '2027-06-30'],
    ['2027年6月至2028年6月', '2028-06-30'],
    ['2027-2028年', '2028-12-31'],
  ])('%s is %s', (text, on) => {
    expect(deadlineIn(text, today)).toEqual({ on, isReckoned: false, rest: '' })
  })

  it.each([
    ['一年内', '2027-11-22'],
    ['一年半', '2028-05-22'],
    ['半年内', '2027-05-22'],
    ['三个月', '2027-02-22'],
    ['30天', '2026-12-22'],
    ['年底', '2026-12-31'],
    ['10月', '2027-10-31'],
    ['12月底', '2026-12-31'],
    ['上半年', '2027-06-30'],
  ])('%s is reckoned from today: %s', (text, on) => {
    expect(deadlineIn(text, today)).toMatchObject({ on, isReckoned: true })
  })

  it.each(['尽快', '长期', '', '13月'])('%s is none', (text) => {
    expect(deadlineIn(text, today)).toBeNull()
  })
})

describe('a person to talk to', () => {
  it.each([
    ['张三19900000001', '张三', '19900000001', ''],
    ['石磊/199 0000 0105', '石磊', '19900000105', ''],
    ['彭越（总工）0990-5550166转802', '彭越（总工）', '0990-5550166转802', ''],
    ['李经理：+86 19900000001（微信同号）', '李经理', '19900000001', ''],
    ['王工 0990—5550166 / 199-0000-0001', '王工', '19900000001', '0990-5550166'],
    ['尹强', '尹强', null, ''],
    ['5550166', null, '5550166', ''],
  ])('%s', (text, name, phone, rest) => {
    expect(contactIn(text)).toEqual({ name, phone, email: null, rest })
  })

  it('has an address', () => {
    expect(contactIn('方圆 fangyuan@qingdi.example')).toEqual({ name: '方圆', phone: null, email: 'fangyuan@qingdi.example', rest: '' })
  })
})

describe('several problems in one cell', () => {
  it.each([
    ['1.油管爆破压力离散；2.镀铬层剥落', ['油管爆破压力离散', '镀铬层剥落']],
    ['1、油管爆破。2、镀层剥落。', ['油管爆破', '镀层剥落']],
    ['①油管爆破②镀层剥落', ['油管爆破', '镀层剥落']],
    ['（一）油管爆破\n（二）镀层剥落', ['油管爆破', '镀层剥落']],
    ['需求一：油管爆破 需求二：镀层剥落', ['油管爆破', '镀层剥落']],
    ['1 油管爆破\n2 镀层剥落', ['油管爆破', '镀层剥落']],
    ['油管爆破压力离散；\n镀铬层早期剥落', ['油管爆破压力离散', '镀铬层早期剥落']],
  ])('%s', (text, parts) => {
    expect(severalIn(text, { lines: true })?.parts).toEqual(parts)
  })

  it.each([
    '精度0.1mm，1.5米行程，2.5米高',
    '1.油管爆破压力离散',
    '焊后旁弯8mm，\n火焰校正费时。',
    '1.现状：起泡率3%\n2.要求：起泡率低于0.5%',
    '见图①，缺陷在②处',
  ])('but one in: %s', (text) => {
    expect(severalIn(text, { lines: true })).toBeNull()
  })

  it('says what stands before the list', () => {
    expect(severalIn('两条产线都有：1.油管爆破；2.镀层剥落', { lines: false })).toEqual({
      before: '两条产线都有：',
      parts: ['油管爆破', '镀层剥落'],
    })
  })

  it('reads a cell full of marks in no time', () => {
    expect(severalIn('1.'.repeat(16_000), { lines: true })).toBeNull()
  })
})

describe('a need that is not technical', () => {
  it.each([
    ['设备更新需银行贷款1500万元', '', 'finance'],
    ['长期招聘普工30人', '', 'recruitment'],
    ['产品滞销，希望联系经销商', '', 'sales'],
    ['高新技术企业认定奖补政策', '', 'policy'],
    ['扩大产能', '融资', 'finance'],
    ['焊缝缺陷在线检测', '', null],
    ['银浆替代，附着力≥20N', '', null],
    ['数据采集与市场销售管理系统的研发', '技术攻关', null],
    ['', '', null],
  ])('%s (%s) belongs to %s', (text, kind, to) => {
    expect(routeOf(text, kind)?.to ?? null).toBe(to)
  })
})

describe('boxes and modes', () => {
  it('only what is ticked counts', () => {
    expect(tickedIn('☑委托开发 □技术转让 ☒合作开发')).toEqual(['委托开发', '合作开发'])
    expect(tickedIn('（√）技术攻关 （ ）融资')).toEqual(['技术攻关'])
    expect(tickedIn('□技术转让 □其他')).toEqual([])
    expect(tickedIn('委托开发')).toBeNull()
  })

  it('modes have many names', () => {
    expect(modesIn('产学研合作、委托研发')).toEqual({ modes: ['joint-development', 'commissioned-development'], rest: '' })
    expect(modesIn('面谈').modes).toEqual([])
  })
})
