/**
 * Numbers as people write them, rewritten as plain digits, so that everything after reads one form: full-width signs, raised digits,
 * powers of ten, thousands, Chinese numerals, percentages in words. What is not a number stays as it is.
 */

/** A number as `plain` leaves it: 12, 0.35, 1.6e-12. */
export const numberPattern = String.raw`(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?`

const raised: Record<string, string> = { '⁰': '0', '¹': '1', '²': '2', '³': '3', '⁴': '4', '⁵': '5', '⁶': '6' }
Object.assign(raised, { '⁷': '7', '⁸': '8', '⁹': '9', '⁻': '-', '⁺': '+' })
const lowered = '₀₁₂₃₄₅₆₇₈₉'
/** Signs that mean the same. NFKC would take ， for a separator of thousands and ² for a digit. */
const signs: [RegExp, string][] = [
  [/[⁰¹²³⁴-⁹⁻⁺]+/g, ''],
  [/[₀-₉]/g, ''],
  [/㎡/g, 'm^2'],
  [/㎥/g, 'm^3'],
  [/[㎎㎏㎜㎝㎞㎖㏄㎾]/g, ''],
  [/[！-～]/g, ''],
  [/[℃]|°\s?C\b|º\s?C\b/g, '℃'],
  [/[µ]/g, 'μ'],
  [/[−﹣]/g, '-'],
  [/[～∼〜﹏]/g, '~'],
  [/(?<=[\d%‰℃])\s*[—–－―]{1,2}\s*(?=[-+.\d])/g, '~'],
  [/[•∙⋅・]/g, '·'],
  [/≧|>=|⩾|=>/g, '≥'],
  [/≦|<=|⩽|=</g, '≤'],
  [/\+\/-|＋\/－/g, '±'],
  [/[\u2009\u202f\u00a0\u3000]/g, ' '],
]
/** Full-width punctuation ends clauses and must not become a comma within a number. */
const kept = new Set('！，：；？')

function plainSigns(text: string): string {
  let plain = text.replaceAll(/(?<=[０-９])，(?=[０-９]{3}(?![０-９]))/g, '')
  for (const [pattern, sign] of signs)
    plain = plain.replaceAll(pattern, (found) => {
      if (sign !== '') return sign
      if (found[0]! in raised) return `^${[...found].map((each) => raised[each]).join('')}`
      if (lowered.includes(found)) return String(lowered.indexOf(found))
      if (kept.has(found)) return found
      return found.normalize('NFKC')
    })
  return plain
}

const digits: Record<string, number> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }
const steps: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }
const myriads: Record<string, number> = { 万: 1e4, 亿: 1e8 }

/** The value of a Chinese numeral (三千五百, 一万二, 十五, 一点二); null where the characters are none. */
export function chineseNumeral(text: string): number | null {
  const [whole = '', fraction] = text.split('点')
  if (fraction !== undefined && (fraction === '' || [...fraction].some((each) => !(each in digits)))) return null
  // 二〇二六: digits one after another.
  if ([...whole].every((each) => each in digits)) {
    if (whole === '') return null
    const figure = [...whole].map((each) => digits[each]).join('')
    return Number(`${figure}${fraction === undefined ? '' : `.${[...fraction].map((each) => digits[each]).join('')}`}`)
  }
  let total = 0
  let section = 0
  let digit: number | null = null
  let last = 1
  for (const each of whole) {
    if (each in digits) {
      if (digit !== null && digit !== 0) return null
      digit = digits[each]!
      if (digit === 0) last = 10
    } else if (each in steps) {
      section += (digit ?? 1) * steps[each]!
      last = steps[each]!
      digit = null
    } else if (each in myriads) {
      total = (total + section + (digit ?? (section === 0 ? 1 : 0))) * myriads[each]!
      section = 0
      last = myriads[each]!
      digit = null
    } else return null
  }
  // 一万二 is 12,000, 三千五 is 3,500.
  if (digit !== null) section += digit * (last > 10 ? last / 10 : 1)
  const value = total + section
  return fraction === undefined ? value : value + Number(`0.${[...fraction].map((each) => digits[each]).join('')}`)
}

const numeral = '[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二两三四五六七八九]+)?'
/** What a number in words counts; before anything else it is a word (一体, 统一, 三点弯曲). */
const counted =
  '(?:个百分点|个半|个?月|小时|分钟|公里|公斤|公顷|千克|毫克|微米|毫米|厘米|纳米|兆瓦|千瓦|平方|立方|摄氏度|万?元|倍|次|年|天|周|秒|时|吨|斤|克|米|升|亩|度|转|件|台|套|只|支|条|片|块|根|张|辆|人|头|株|粒|户|批|循环|个|[a-zA-Z℃%‰μΩ])'
/** Words of which the first character only looks like a number. */
const wordsAround = /(?:第|统|单|唯|同|逐|每)$/
/** 一次合格率, 一个: a lone one counts only time and multiples. */
const isArticle = (word: string, after: string) => word === '一' && !/^\s?(?:个?月|年|天|小时|分钟|周|倍|秒|万元|元)/.test(after)

function inDigits(text: string): string {
  const value = (word: string) => (/^[\d.]+$/.test(word) ? Number(word) : chineseNumeral(word))
  const either = `${numeral}|${numberPattern}`
  // 五千分之一 is no 千分之一.
  const alone = '(?<![零〇一二两三四五六七八九十百千万亿\\d])'
  const shares: [RegExp, (parts: number[]) => string][] = [
    [new RegExp(`${alone}百万分之\\s*(${either})`, 'g'), ([part]) => `${part}ppm`],
    [new RegExp(`${alone}十万分之\\s*(${either})`, 'g'), ([part]) => `${short(part! / 1000)}%`],
    [new RegExp(`${alone}百分之\\s*(${either})`, 'g'), ([part]) => `${part}%`],
    [new RegExp(`${alone}千分之\\s*(${either})`, 'g'), ([part]) => `${part}‰`],
    [new RegExp(`${alone}万分之\\s*(${either})`, 'g'), ([part]) => `${short(part! / 100)}%`],
    [new RegExp(`(${numeral}|\\d+)分之(${numeral}|\\d+)`, 'g'), ([whole, part]) => `${short((part! / whole!) * 100)}%`],
    [new RegExp(`(${numeral}|\\d+(?:\\.\\d+)?)成半?(?![份品分本为熟型膜])`, 'g'), ([part]) => `${part! * 10}%`],
  ]
  // 九成五 is 95 %.
  let plain = text.replaceAll(
    /([一二三四五六七八九])成([一二三四五六七八九])(?![分成])/g,
    (_, tens: string, ones: string) => `${digits[tens]}${digits[ones]}%`,
  )
  for (const [pattern, write] of shares)
    plain = plain.replaceAll(pattern, (found, ...groups) => {
      const parts = groups.filter((each) => typeof each === 'string').slice(0, pattern.source.includes('分之(') ? 2 : 1)
      const values = parts.map(value)
      return values.some((each) => each === null) ? found : write(values as number[])
    })
  plain = plain
    .replaceAll(/一半(?=以上|以下|以内|左右|[，。,.；;\s）)]|$)|减半/g, (found) => (found === '减半' ? '降低50%' : '50%'))
    // 两年半, 三个半月
    .replaceAll(new RegExp(`(${either})(年|天|小时|周)半`, 'g'), (found, word: string, unit: string) =>
      value(word) === null ? found : `${value(word)! + 0.5}${unit}`,
    )
    .replaceAll(new RegExp(`(${either})个半(?=月|小时)`, 'g'), (found, word: string) =>
      value(word) === null ? found : `${value(word)! + 0.5}个`,
    )
    .replaceAll(/零下\s*(?=[\d零一二三四五六七八九十])/g, '-')
    .replaceAll(
      /(?<![一大多\d])半(?=个?(?:年|月|小时|天|周)|[微毫厘纳]米|米(?!色)|秒|吨|公斤|斤|度(?![\p{Script=Han}])|成(?![品熟分]))/gu,
      '0.5',
    )
    // 10个μ, 3个丝: as people in a workshop count.
    .replaceAll(/(?<=\d)\s*个?\s*(?:μ|缪)(?![a-zA-Z])/g, 'μm')
    .replaceAll(/(?<=\d)\s*个(?=丝|道)/g, '')
    .replaceAll(/翻一番|翻番/g, '提高1倍')
    // 1.2万, 85亿, 3千; money keeps its 万元.
    .replaceAll(
      new RegExp(`(${numberPattern})\\s*([十百千万亿]+)(?!元|[a-zA-Z瓦帕克米赫伏安焦卡])`, 'g'),
      (found, figure: string, word: string) => {
        const factor = [...word].reduce((product, each) => product * ((steps[each] ?? myriads[each]) || 1), 1)
        return factor === 1 ? found : short(Number(figure) * factor)
      },
    )
    // 3千m, 5万kW: a myriad before a Latin unit belongs to the number as well.
    .replaceAll(new RegExp(`(${numberPattern})\\s*([万亿])(?=[a-zA-Z瓦])`, 'g'), (_, figure: string, word: string) =>
      short(Number(figure) * myriads[word]!),
    )
  return plain.replaceAll(
    new RegExp(`(${numeral})(?=\\s?${counted})|(?<=[于过为到达约])[一二两三四五六七八九][十百千万亿][零一二三四五六七八九十百千万]*`, 'g'),
    (word: string, _: string | undefined, at: number, whole: string) => {
      if (wordsAround.test(whole.slice(0, at)) || isArticle(word, whole.slice(at + word.length))) return word
      // 万元 after a plain numeral stays a unit: 三百万元 is 300万元.
      const isMoney = whole.startsWith('元', at + word.length) && /[万亿]$/.test(word)
      const figure = chineseNumeral(isMoney ? word.slice(0, -1) : word)
      return figure === null ? word : `${short(figure)}${isMoney ? word.slice(-1) : ''}`
    },
  )
}

/** A number without the dust of binary fractions. */
export const short = (value: number): string => String(Number(value.toPrecision(12)))

/** The text with every number in digits, in the order in which it stood. */
export function plain(text: string): string {
  const signed = plainSigns(text)
    .replaceAll(/(?<!\d)(\d{1,3}(?:,\d{3})+)(?!\d)/g, (found) => found.replaceAll(',', ''))
    .replaceAll(/(?<=\d) (?=\d{3}(?!\d))/g, '')
    // 5×10^6, 10^-7, 2.3E+10.
    .replaceAll(
      /(\d+(?:\.\d+)?)\s*[×xX*·]\s*10\s*(?:\^|\*\*)\s*\(?([-+]?\d+)\)?/g,
      (_, figure: string, power: string) => `${figure}e${Number(power)}`,
    )
    .replaceAll(/(?<![\d.e])10\s*\^\s*\(?([-+]?\d+)\)?/g, (_, power: string) => `1e${Number(power)}`)
    .replaceAll(/(?<=\d)E(?=[-+]?\d)/g, 'e')
  return inDigits(signed)
}
