import { codesOf } from '../platform/codes/codes.ts'

/** What in a text may tell who wrote it: names, ways to reach somebody, goods, machines, sizes, places. */
export type TellingKind = 'name' | 'contact' | 'organisation' | 'product' | 'equipment' | 'capacity' | 'place'

export interface Telling {
  /** JSON pointer of the field. */
  pointer: string
  kind: TellingKind
  /** The words as they stand there. */
  words: string
}

/** What is known of the enterprise that is not to be named. */
export interface Unnamed {
  name: string
  products: readonly string[]
}

/** Kinds that no reason makes publishable: with these the enterprise names itself. */
export const neverPublished: readonly TellingKind[] = ['name', 'contact']

/** Words that may tell whose text it is, each once a field. General patterns of Chinese business writing; it errs on the side of asking. */
export function tellingWords(texts: readonly { pointer: string; text: string }[], unnamed: Unnamed): Telling[] {
  const own = shortNames(unnamed.name)
  return texts.flatMap(({ pointer, text }) => {
    const found = new Map<string, Telling>()
    const add = (kind: TellingKind, words: string) => {
      if (![...found.keys()].some((known) => known.includes(words))) found.set(words, { pointer, kind, words })
    }
    for (const name of own) if (text.includes(name)) add('name', name)
    for (const product of unnamed.products) if (product.length >= 2 && text.includes(product)) add('product', product)
    for (const [kind, pattern] of patterns) for (const [words] of text.matchAll(pattern)) if (!isCommon(kind, words)) add(kind, words)
    for (const place of placeNames()) if (text.includes(place)) add('place', place)
    return [...found.values()]
  })
}

const patterns: readonly [TellingKind, RegExp][] = [
  ['contact', /(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}[-–—]?\d{7,8}(?!\d)/g],
  ['contact', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?:\/\/|www\.)[\w./-]+/gi],
  ['contact', /(?:微信|QQ|WeChat)[号：:\s]*[\w-]{5,}/gi],
  [
    'organisation',
    /[\p{Script=Han}A-Za-z（）()]{2,24}?(?:有限责任公司|股份有限公司|有限公司|集团|总公司|分公司|研究院|研究所|合作社|制造厂|机械厂|钢厂|化工厂)/gu,
  ],
  ['organisation', /\b[A-Z][\w&.-]+(?: [A-Z][\w&.-]+)* (?:Co\.|Ltd\.?|Inc\.?|Corp\.?|GmbH|Group)/g],
  ['product', /[“"「『][^”"」』]{1,12}[”"」』]牌|[\p{Script=Han}A-Za-z]{2,6}牌(?!照|号|子|价|匾)/gu],
  ['equipment', /(?<![A-Za-z])[A-Z]{1,6}[-–]?\d{2,}[A-Z0-9]*(?:[-/][A-Z0-9]+)*/g],
  ['capacity', /(?:年产|月产|日产|产能|年处理|日处理|年耗|年销)[^，。；、\n]{0,12}?\d[\d.,]*\s*[万亿]?\s*\p{Script=Han}?/gu],
  ['capacity', /\d[\d.,]*\s*[万亿]?\s*(?:吨|台|套|件|辆|米|平方米|立方米|片|只|根|支)\s*[/／每]\s*(?:年|月|日|天|小时)/g],
  ['place', /[\p{Script=Han}]{2,6}(?:镇|乡|街道|开发区|高新区|经开区|工业园|产业园|保税区|工业区)/gu],
]

/** Standards and grades of materials are no machine of anybody's. */
const standards =
  /^(?:GB|GBT|JB|YB|HB|NB|QB|HG|SH|ISO|IEC|ASTM|ASME|DIN|JIS|EN|AWS|HRC|HRB|HBW?|HV|PH|IP|Q|SUS|AISI|CR|NI|TI|AL|MO|CO|CU|SI|MN|PM|CO2|H2|O2|N2|M|R|D|L|T|F|G)\d/i
const isCommon = (kind: TellingKind, words: string) => kind === 'equipment' && standards.test(words.replaceAll(/[-–]/g, ''))

/** The name, and what people say instead: without the place before it and the legal form behind it. */
function shortNames(name: string): string[] {
  const bare = name.replace(/[（(].*?[）)]/g, '').replace(/(?:有限责任公司|股份有限公司|有限公司|集团|公司|厂)+$/u, '')
  const placed = placeNames().find((place) => bare.startsWith(place))
  const short = placed === undefined ? bare : bare.slice(placed.length).replace(/^[省市县区]/u, '')
  const core = short.replace(/(?:科技|技术|机械|制造|重工|装备|材料|电子|化工|实业|工业|设备|仪器|新材|精密|钢结构)+$/u, '')
  return [...new Set([name, bare, short, core])].filter((each) => each.length >= 2 && each.length > (each === core ? 1 : 0))
}

let places: string[] | undefined
/** Names of provinces, cities and counties as the code list has them; two characters at least, so that no common character is a place. */
function placeNames(): string[] {
  places ??= codesOf('region')
    .map(({ zh }) => zh)
    .filter((zh) => zh.length >= 3)
    .sort((a, b) => b.length - a.length)
  return places
}
