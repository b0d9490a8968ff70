/** What a cell says of money, in fen. */
export interface Budget {
  minFen: number | null
  maxFen: number | null
  /** The unit was in neither the cell nor its header, or cannot be the header's: a small figure was taken for 万元, a large one for yuan. */
  isUnitAssumed: boolean
  /** What else stands there. */
  rest: string
}

/** Fen in one of each unit, the longest names first. */
const units: readonly [string, number][] = [
  ['千万元', 1_000_000_000],
  ['百万元', 100_000_000],
  ['千万', 1_000_000_000],
  ['百万', 100_000_000],
  ['亿元', 10_000_000_000],
  ['万元', 1_000_000],
  ['亿', 10_000_000_000],
  ['万', 1_000_000],
  ['w', 1_000_000],
  ['千元', 100_000],
  ['元', 100],
]
const unitPattern = `(${units.map(([name]) => name).join('|')})?`
const amount = String.raw`(?<![\d.])(\d[\d,]*(?:\.\d+)?)(?![\d.])\s*${unitPattern}(?!\s*(?:年|月|日|天|个|台|套|号|季|%|期))`
const span = new RegExp(String.raw`${amount}\s*(?:-+|~|—+|–|至|到)\s*${amount}`, 'i')
const single = new RegExp(amount, 'gi')
/** Longer texts describe something. */
const longestAmount = 200
const otherMoney = /美元|美金|欧元|港元|港币|日元|英镑|usd|eur|hkd|[$€£]/i

/** The unit that the header of a column states. */
export function unitIn(label: string): string | null {
  const text = label.normalize('NFKC').toLowerCase()
  if (/10k|10,000|wan/.test(text)) return '万元'
  return units.find(([name]) => name !== 'w' && text.includes(name))?.[0] ?? null
}

/** An amount, a range, a limit (80万以内, 50万以上); one figure alone is the most there is. Null where nothing of the kind is said. */
export function budgetIn(written: string, unit: string | null): Budget | null {
  if (written.length > longestAmount || otherMoney.test(written)) return null
  const text = withDigits(written.normalize('NFKC').replaceAll(/[￥¥]|人民币|rmb/gi, ''))
  const range = span.exec(text)
  if (range) {
    const [whole, from, fromUnit, to, toUnit] = range
    // In 30-50万元 the unit stands for both.
    const last = fen(to!, toUnit, unit)
    const first = fen(from!, fromUnit ?? toUnit, unit)
    const [minFen, maxFen] = first.fen <= last.fen ? [first.fen, last.fen] : [last.fen, first.fen]
    return { minFen, maxFen, isUnitAssumed: last.isAssumed, rest: restOf(text, whole) }
  }
  const all = [...text.matchAll(single)]
  const withUnit = all.filter(([, , own]) => own !== undefined)
  const found = withUnit[0] ?? all[0]
  // Of several amounts none is the whole: 前期5万元，后期20万元.
  if (!found || withUnit.length > 1) return null
  const [whole, figure, own] = found
  const { fen: value, isAssumed } = fen(figure!, own, unit)
  const isLeast = /以上|起|不少于|不低于|至少|大于|>|≥|or more|at least/i.test(text)
  return { minFen: isLeast ? value : null, maxFen: isLeast ? null : value, isUnitAssumed: isAssumed, rest: restOf(text, whole) }
}

/** Below this a figure without a unit is no budget in yuan; from here on, under a header of 万元, it is no budget in 万元. */
const smallest = 10_000

function fen(figure: string, own: string | undefined, header: string | null): { fen: number; isAssumed: boolean } {
  const value = Number(figure.replaceAll(',', ''))
  const isInYuan = own === undefined && header === '万元' && value >= smallest
  const name = isInYuan ? '元' : (own?.toLowerCase() ?? header)
  const isSmall = name === null && value < smallest
  const each = units.find(([unit]) => unit === (name ?? (isSmall ? '万元' : '元')))?.[1] ?? 100
  return { fen: Math.min(Math.round(value * each), Number.MAX_SAFE_INTEGER), isAssumed: isSmall || isInYuan }
}

/** Words that only qualify a figure. */
const qualifiers =
  /以内|之内|以下|以上|不超过|不高于|不少于|不低于|至少|最多|最高|上限|左右|大约|大概|约|预计|计划|拟|暂定|总计|共|内|起|或|about|up to|under|within|at least|or more|cny|[≤≥<>=~+\-—()\s，,。.；;：:/]/gi

const restOf = (text: string, whole: string): string =>
  text.replace(whole, '').replaceAll(qualifiers, '') === '' ? '' : text.replace(whole, '').trim()

const digits: Record<string, number> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }
const powers: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }

/** 三十万元 as 30万元: Chinese numerals before a unit of money. */
function withDigits(text: string): string {
  return text.replaceAll(/(?<![\d.])[零〇一二两三四五六七八九十百千]+(?=万|亿|元)/g, (numeral) => String(numberOf(numeral)))
}

function numberOf(numeral: string): number {
  let [total, digit] = [0, 0]
  for (const character of numeral) {
    const power = powers[character]
    if (power === undefined) digit = digits[character] ?? 0
    else {
      // 十 alone is one ten.
      total += (digit || 1) * power
      digit = 0
    }
  }
  return total + digit
}
