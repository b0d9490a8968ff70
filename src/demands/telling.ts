import { ancestorsOf, type Code, codesOf } from '../platform/codes/codes.ts'
import { type Folded, folded, lettersOf, occurrences, written } from './folded.ts'

/** What in a text may tell who wrote it: names, ways to reach somebody, goods, machines, sizes, places, what it publishes itself. */
export const tellingKinds = ['name', 'contact', 'organisation', 'product', 'equipment', 'capacity', 'place', 'profile'] as const
export type TellingKind = (typeof tellingKinds)[number]

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
  region: Code | null
  /** What it publishes under its name, and the tokens of it by which a text would stand out as its own; see `likeness.ts`. */
  published: readonly string[]
  standingOut: ReadonlySet<string>
}

/** Kinds that no reason makes publishable: with these the enterprise names itself. */
export const neverPublished: readonly TellingKind[] = ['name', 'contact']

/** Words that may tell whose text it is, each once a field, however they are spaced or written. It errs on the side of asking. */
export function tellingWords(texts: readonly { pointer: string; text: string }[], unnamed: Unnamed): Telling[] {
  const own = shortPlaces(unnamed.region)
  const words: [TellingKind, string[]][] = [
    ['name', shortNames(unnamed.name)],
    ['organisation', withoutPlace(unnamed.name, own)],
    ['product', unnamed.products.map(lettersOf)],
    ['place', own],
  ]
  const published = lettersOf(unnamed.published.join('\n'))
  return texts.flatMap(({ pointer, text }) => {
    const found = new Map<string, Telling>()
    const add = (kind: TellingKind, words: string) => {
      if (![...found.keys()].some((known) => known.includes(words))) found.set(words, { pointer, kind, words })
    }
    const [dense, plain] = [folded(text), text.normalize('NFKC')]
    for (const [kind, known] of words) for (const each of known) for (const at of occurrences(dense, each)) add(kind, at)
    for (const [kind, pattern] of patterns) for (const [words] of plain.matchAll(pattern)) if (!isCommon(kind, words)) add(kind, words)
    for (const place of placeNames()) for (const at of occurrences(dense, place)) add('place', at)
    for (const words of standingOut(dense, published, unnamed.standingOut)) add('profile', words)
    return [...found.values()]
  })
}

const numerals = '\\d零〇一二两三四五六七八九十百千'
const patterns: readonly [TellingKind, RegExp][] = [
  ['contact', /(?<!\d)1[ -]?[3-9](?:[ -]?\d){9}(?!\d)|(?<!\d)0\d{2,3}[-–—]?\d{7,8}(?!\d)|[零〇一二三四五六七八九幺]{7,}/g],
  ['contact', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?:\/\/|www\.)[\w./-]+/gi],
  ['contact', /(?:微信|QQ|WeChat)[号：:\s]*[\w-]{5,}/gi],
  [
    'organisation',
    /[\p{Script=Han}A-Za-z（）()]{2,24}?(?:有限责任公司|股份有限公司|有限公司|集团|总公司|分公司|研究院|研究所|合作社|制造厂|机械厂|钢厂|化工厂)/gu,
  ],
  ['organisation', /\b[A-Z][\w&.-]+(?: [A-Z][\w&.-]+)* (?:Co\.|Ltd\.?|Inc\.?|Corp\.?|GmbH|Group)/g],
  ['product', /[“"「『][^”"」』]{1,12}[”"」』]牌|[\p{Script=Han}A-Za-z]{2,6}牌(?!照|号|子|价|匾)/gu],
  ['equipment', /(?<![A-Za-z])[A-Z]{1,6}[-–]?\d{2,}[A-Z0-9]*(?:[-/][A-Z0-9]+)*/gi],
  [
    'capacity',
    new RegExp(
      `(?:年产|月产|日产|产能|年处理|日处理|年耗|年销)[^，。；、,;\\n]{0,12}?[${numerals}][${numerals}.,]*\\s*[万亿]?\\s*\\p{Script=Han}?`,
      'gu',
    ),
  ],
  ['capacity', /\d[\d.,]*\s*[万亿]?\s*(?:吨|台|套|件|辆|米|平方米|立方米|片|只|根|支)\s*[/／每]\s*(?:年|月|日|天|小时)/g],
  [
    'capacity',
    /(?:全国|国内|全省|全市|全县|全区|省内|市内|县内|区内|本地|世界|亚洲)(?:唯一|独家|首[家台套条座]|最[大早长高])[^，。；、,;\n]{0,6}/gu,
  ],
  ['place', /[\p{Script=Han}]{2,6}(?:镇|乡|街道|开发区|高新区|经开区|工业园|产业园|保税区|工业区)/gu],
]

/** Standards and grades of materials are no machine of anybody's. */
const standards =
  /^(?:GB|GBT|JB|YB|HB|NB|QB|HG|SH|ISO|IEC|ASTM|ASME|DIN|JIS|EN|AWS|HRC|HRB|HBW?|HV|PH|IP|Q|SUS|AISI|CR|NI|TI|AL|MO|CO|CU|SI|MN|PM|CO2|H2|O2|N2|M|R|D|L|T|F|G)\d/i
const isCommon = (kind: TellingKind, words: string) => kind === 'equipment' && standards.test(words.replaceAll(/[-–]/g, ''))

/** The longest runs that the enterprise publishes too and that hold a token by which it would stand out. */
function standingOut(text: Folded, published: string, tokens: ReadonlySet<string>): string[] {
  const found: string[] = []
  const { letters } = text
  for (const token of tokens) {
    for (let at = letters.indexOf(token); at >= 0; at = letters.indexOf(token, at + 1)) {
      let [from, to] = [at, at + token.length]
      while (from > 0 && published.includes(letters.slice(from - 1, to))) from--
      while (to < letters.length && published.includes(letters.slice(from, to + 1))) to++
      found.push(written(text, from, to))
    }
  }
  return found.sort((a, b) => b.length - a.length)
}

/** The name, and what people say instead: without the place before it and the legal form behind it. */
function shortNames(name: string): string[] {
  const bare = lettersOf(bareName(name))
  const place = placeNames().find((each) => bare.startsWith(each))
  const short = place === undefined ? bare : bare.slice(place.length).replace(/^[省市县区]/u, '')
  return [...new Set([lettersOf(name), bare, short, coreOf(short)])].filter((each) => each.length >= 2)
}

/** 砺州众砺重工 is called 众砺 as well; but what is left of 砺州齿轮 is a trade, so that this much may stay for a reason. */
function withoutPlace(name: string, places: readonly string[]): string[] {
  const bare = lettersOf(bareName(name))
  const place = places.find((each) => bare.startsWith(each))
  if (place === undefined) return []
  const short = bare.slice(place.length)
  return [short, coreOf(short)].filter((each) => each.length >= 2)
}

const bareName = (name: string) => name.replace(/[（(].*?[）)]/g, '').replace(/(?:有限责任公司|股份有限公司|有限公司|集团|公司|厂)+$/u, '')
const coreOf = (short: string) =>
  short.replace(/(?:科技|技术|机械|制造|重工|装备|材料|电子|化工|实业|工业|设备|仪器|新材|精密|钢结构)+$/u, '')

/** Where the enterprise is, as people say it: without what kind of place it is. */
function shortPlaces(region: Code | null): string[] {
  const own = region === null ? [] : [region, ...ancestorsOf(region)].map(({ code }) => code)
  return codesOf('region')
    .filter(({ code }) => own.includes(code))
    .map(({ zh }) => lettersOf(zh.replace(/(?:自治[州县区旗]|高新区|地区|[省市县区盟旗])$/u, '')))
    .filter((each) => each.length >= 2)
}

let places: string[] | undefined
/** Names of provinces, cities and counties as the code list has them; three characters at least, so that no common word is a place. */
function placeNames(): string[] {
  places ??= codesOf('region')
    .filter(({ zh }) => zh.length >= 3)
    .map(({ zh }) => lettersOf(zh))
    .sort((a, b) => b.length - a.length)
  return places
}
