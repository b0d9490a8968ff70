import type { EnterpriseDraft } from '../../../src/directory/enterprise.ts'
import { codeIn } from '../../../src/platform/codes/codes.ts'
import type { random } from '../../../src/platform/random.ts'
import { rarities, type Trade, trades } from './trades.ts'

export type Pick = ReturnType<typeof random>

/** A firm of the invented city, with what only its own people know. */
export interface Firm {
  draft: Partial<EnterpriseDraft> & { name: string; summary: string; products: string[] }
  /** What people call it. */
  brand: string
  county: string
  trade: Trade
  goods: string[]
  machine: string
  capacity: string
  phone: string
  /** Whether it alone makes what it makes. */
  isSingleton: boolean
  /** When it was registered, in days from the first on which demands are posted: long before, or in order to post. */
  day: number
}

/** For how many days demands are posted. */
export const postingDays = 60

const counties: [string, string, number][] = [
  ['990102', '望河区', 24],
  ['990103', '铸东区', 22],
  ['990104', '柳堤区', 16],
  ['990171', '高新区', 14],
  ['990121', '清埠县', 11],
  ['990122', '禾丰县', 8],
  ['990123', '砚溪县', 5],
]
const [first, second] = [
  '众恒瑞泰盛宏昌永嘉德鑫浩凯诚博远华锐卓正凌骏铭耀启腾旭晨荣庆裕丰茂硕冠',
  '砺铎源邦隆坤岳川垣晟洋宇鼎翔桓晖舟霖祺峰燊淼韬榆屹彤阔朗煜骁澜硕澄珂',
]

/** Enterprises of all trades and counties; the last ones each make what nobody else makes, often alone of their industry. */
export function cityOf(count: number, { next, from }: Pick): Firm[] {
  const names = new Set<string>()
  const brand = (): string => {
    let made: string
    do made = from([...first]) + from([...second])
    while (names.has(made))
    return made
  }
  return Array.from({ length: count }, (_, at) => {
    const rarity = count - at <= rarities.length ? rarities[count - at - 1]! : null
    const own = brand()
    names.add(own)
    const trade = rarity === null ? weighted(trades, ({ share }) => share, next()) : rareTrade(rarity)
    const [code, place] = weighted(counties, ([, , share]) => share, next())
    const goods = rarity === null ? some(trade.goods, 1 + Math.floor(next() * 3), next) : [rarity.good]
    const machine = `${from(['KX', 'DMG', 'VF', 'YK', 'HM'])}${Math.floor(next() * 9000) + 100}`
    const capacity = `年产${Math.floor(next() * 90) + 3}${from(['万件', '万台', '千吨', '万套'])}`
    const local = next()
    return {
      draft: {
        name: `${local < 0.35 ? '砺州' : local < 0.5 ? place.slice(0, 2) : ''}${own}${from(trade.suffixes)}有限公司`,
        creditCode: null,
        size: from(['micro', 'small', 'medium', 'large'] as const),
        region: codeIn('region', code),
        classification: [
          codeIn('gbt4754', trade.industry),
          ...(next() < 0.4 ? [codeIn('chain', from(['equipment', 'materials', 'energy', 'food']))] : []),
        ],
        summary: summaryOf(goods, trade, { capacity, machine, place }, from),
        products: next() < 0.15 ? [...goods, `${own}牌${goods[0]}`] : goods,
        visibility: 'public',
      },
      ...{ brand: own, county: place, trade, goods, machine, capacity, isSingleton: rarity !== null },
      phone: `139${String(Math.floor(next() * 1e8)).padStart(8, '0')}`,
      day: Math.floor(next() < 0.2 ? next() * postingDays : next() * -300),
    }
  })
}

function summaryOf(
  goods: string[],
  { processes, materials, machines }: Trade,
  { capacity, machine, place }: { capacity: string; machine: string; place: string },
  from: Pick['from'],
): string {
  const openings = [`公司位于${place}，专业从事`, '主营', '是一家集研发、生产、销售于一体的企业，主要产品有', `立足${place}多年，生产`]
  const means = [
    `拥有${from(machines)}等设备`,
    `以${from(materials)}为主要原料`,
    `具备${from(processes)}、${from(processes)}能力`,
    `${capacity}`,
  ]
  const rests = [
    '产品销往全国各地。',
    `关键工序采用${machine}。`,
    '通过质量管理体系认证。',
    `致力于${from(processes)}工艺的改进。`,
    '欢迎来厂洽谈合作。',
  ]
  return `${from(openings)}${goods.join('、')}，${from(means)}，${from(means)}。${from(rests)}${from(rests)}`
}

function rareTrade({ good, industry, words: [one, other] }: (typeof rarities)[number]): Trade {
  return {
    industry,
    suffixes: ['科技', '制造', '实业'],
    goods: [good],
    processes: [`${one}加工`, `${other}控制`, '表面处理', '检测分选'],
    materials: ['特种原料', '进口原料', '自制坯料'],
    machines: [`${one}专机`, `${other}试验台`, '自动检测线'],
    faults: [`${one}易损坏`, `${other}不稳定`, '成品率低', '寿命短', '表面缺陷多', '一致性差'],
    share: 0,
  }
}

export function some<Item>(items: readonly Item[], count: number, next: () => number): Item[] {
  const left = [...items]
  return Array.from({ length: Math.min(count, items.length) }, () => left.splice(Math.floor(next() * left.length), 1)[0]!)
}

function weighted<Item>(items: readonly Item[], weight: (item: Item) => number, at: number): Item {
  let left = at * items.reduce((sum, item) => sum + weight(item), 0)
  for (const item of items) {
    left -= weight(item)
    if (left < 0) return item
  }
  return items[0]!
}
