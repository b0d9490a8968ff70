import { addDays } from '../../platform/days.ts'

/** What a cell says of a day. */
export interface Deadline {
  on: string
  /** It was reckoned from the day on which it is read: 一年内, 10月. */
  isReckoned: boolean
  /** What else stands there. */
  rest: string
}

type Reader = [RegExp, (match: RegExpExecArray, today: string) => { on: string; isReckoned?: boolean } | null]

const month = `(1[0-2]|0?[1-9])`
const yearPattern = String.raw`(?<!\d)(20\d\d)`
/** Behind a month: until when of it. */
const until = '(底|末|下旬|中旬|上旬|初)?(份)?(底|末|前|之前|以前)?'

/** From the most exact to the least; the first that fits counts. */
const readers: Reader[] = [
  [
    new RegExp(String.raw`${yearPattern}\s*[-/.年]\s*${month}\s*[-/.月]\s*(3[01]|[12]\d|0?[1-9])(?!\d)[日号]?`),
    ([, y, m, d]) => dayIn(y!, m!, d!),
  ],
  [/(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)/, ([, y, m, d]) => dayIn(y!, m!, d!)],
  [
    new RegExp(String.raw`${yearPattern}\s*(?:年|[-/.])\s*${month}(?!\d)\s*月?${until}`),
    ([, y, m, part, , before]) => inMonth(Number(y), Number(m), part, before),
  ],
  [new RegExp(`${yearPattern}年?\\s*(上半年|下半年|第?[一二三四1-4]季度|[Qq][1-4])`), ([, y, part]) => inPart(Number(y), part!)],
  [
    new RegExp(`${yearPattern}\\s*(?:年度|年)?\\s*(底|末|内|前|以前|之前)?`),
    ([, y, part]) => ({ on: /前/.test(part ?? '') ? `${Number(y) - 1}-12-31` : `${y}-12-31` }),
  ],
  [
    new RegExp(String.raw`(?<![\d.])${month}\s*月(?:份)?${until}(?!\s*内)`),
    ([, m, part, , before], today) => nextMonth(Number(m), part, before, today),
  ],
  [/上半年|下半年|第?[一二三四1-4]季度/, ([part], today) => coming(Number(today.slice(0, 4)), (year) => inPart(year, part!), today)],
  [/(?<![\d半]\s*)(?:年底|年末|年内)|本年度|this year/i, (_, today) => ({ on: `${today.slice(0, 4)}-12-31`, isReckoned: true })],
  [
    /(\d+(?:\.\d+)?|半)\s*(年|个月|月(?=[以之]?内)|周|天|日(?=[以之]?内))(?:以内|之内|内|时间|左右)?/,
    ([, count, unit], today) => ({ on: after(count!, unit!, today), isReckoned: true }),
  ],
]

/** Longer texts describe something. */
const longestDay = 200

/** The last day of what a cell names. Null where it names none: 尽快, 长期. */
export function deadlineIn(written: string, today: string): Deadline | null {
  if (written.length > longestDay) return null
  const text = withDigits(relative(written.normalize('NFKC'), today))
  // A day that Excel kept as a number.
  if (/^[45]\d{4}$/.test(text.trim())) return { on: addDays('1899-12-30', Number(text)), isReckoned: false, rest: '' }
  for (const [pattern, read] of readers) {
    const match = pattern.exec(text)
    const found = match && read(match, today)
    if (!found) continue
    const rest = text.replace(match[0], '')
    // Of a span the end counts: 2027年6月至2028年6月.
    const [, end] = /^\s*(?:[-~—至到]+)\s*(20\d\d.*)$/.exec(text.slice(match.index + match[0].length)) ?? []
    const last = end === undefined ? null : deadlineIn(end, today)
    if (last !== null && last.on > found.on) return last
    return { on: found.on, isReckoned: found.isReckoned ?? false, rest: rest.replaceAll(filler, '') === '' ? '' : rest.trim() }
  }
  return null
}

const filler = /之前|以前|前|完成|解决|左右|预计|计划|底|末|内|by|before|end of|until|[()\s，,。.；;：:~-]/gi

const relative = (text: string, today: string) =>
  text
    .replaceAll(/今年|本年(?!度)/g, `${today.slice(0, 4)}年`)
    .replaceAll('明年', `${Number(today.slice(0, 4)) + 1}年`)
    .replaceAll('后年', `${Number(today.slice(0, 4)) + 2}年`)

const digits: Record<string, string> = {
  〇: '0',
  零: '0',
  一: '1',
  二: '2',
  两: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
}
const inDigits = (text: string) => [...text].map((character) => digits[character] ?? character).join('')

/** 二〇二七年, 十二月 and 三个月 in digits. */
function withDigits(text: string): string {
  return text
    .replaceAll(/二[〇零][一二三四五六七八九〇零]{2}(?=年)/g, inDigits)
    .replaceAll(/十([一二])?(?=个?月)/g, (_, one?: string) => `1${one ? digits[one] : '0'}`)
    .replaceAll(/[一二两三四五六七八九](?=个?月|年|周)/g, inDigits)
    .replaceAll(/(?<!\d)(\d{1,2})年半/g, '$1.5年')
}

function dayIn(year: string, month: string, day: string): { on: string } | null {
  const on = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return new Date(`${on}T00:00:00Z`).toJSON()?.slice(0, 10) === on ? { on } : null
}

function inMonth(year: number, month: number, part?: string, before?: string): { on: string } {
  const first = `${year}-${String(month).padStart(2, '0')}-01`
  // 9月前 is over when September begins; 9月底前 is not.
  if (/前/.test(before ?? '') && part === undefined) return { on: addDays(first, -1) }
  if (part === '上旬' || part === '初') return { on: addDays(first, 9) }
  if (part === '中旬') return { on: addDays(first, 19) }
  const [nextYear, next] = month === 12 ? [year + 1, 1] : [year, month + 1]
  return { on: addDays(`${nextYear}-${String(next).padStart(2, '0')}-01`, -1) }
}

function nextMonth(month: number, part: string | undefined, before: string | undefined, today: string) {
  return coming(Number(today.slice(0, 4)), (year) => inMonth(year, month, part, before), today)
}

/** This year's, or next year's where that has passed. */
function coming(year: number, on: (year: number) => { on: string }, today: string): { on: string; isReckoned: boolean } {
  const first = on(year)
  return { on: first.on >= today ? first.on : on(year + 1).on, isReckoned: true }
}

function inPart(year: number, part: string): { on: string } {
  if (part === '上半年') return { on: `${year}-06-30` }
  if (part === '下半年') return { on: `${year}-12-31` }
  const quarter = Number(/[1-4]/.exec(inDigits(part))?.[0] ?? 4)
  return inMonth(year, quarter * 3)
}

function after(count: string, unit: string, today: string): string {
  const months = (count === '半' ? 0.5 : Math.min(Number(count), 600)) * (unit === '年' ? 12 : unit.includes('月') ? 1 : 0)
  if (months === 0) return addDays(today, Math.min(Math.round(Number(count)), 20_000) * (unit === '周' ? 7 : 1))
  const [year, month, day] = today.split('-').map(Number) as [number, number, number]
  const total = year * 12 + month - 1 + Math.floor(months)
  const last = inMonth(Math.floor(total / 12), (total % 12) + 1).on
  const on = `${last.slice(0, 8)}${String(day).padStart(2, '0')}`
  return addDays(on < last ? on : last, Math.round((months % 1) * 30))
}
