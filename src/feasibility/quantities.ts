import { numberPattern } from './numerals.ts'
import { type Unit, unitAt, unity } from './units.ts'

/** A figure in a text that `plain` has rewritten: from `at` to `end`, in `unit`; `low` and `high` differ for a span or a tolerance. */
export interface Quantity {
  at: number
  end: number
  low: number
  high: number
  unit: Unit
  /** one figure; 3~5; 1200±50; ±0.05 */
  shape: 'figure' | 'span' | 'nominal' | 'tolerance'
  /** The figure as it stands in the text. */
  text: string
}

/** Numbers of standards, types and years: they measure nothing. */
const names =
  /(?:\b(?:GB|JB|HG|ISO|IEC|ASTM|AATCC|EN|DIN|JIS|UL|JT|JTG|YY|YB|QB|NY|SH|SY|DL|HJ|CJ|JGJ|GJB|MT|TB|FZ|LY|QC|SAE|API|IEEE|AQ|NB|WS|SN|DB|CNS)(?:\s?\/\s?[A-Z]{1,2})?[\s-]?\d[\d.]*(?:\s?[-:]\s?\d+)*)|(?<![\d.])(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?|(?<=\b(?:in|since|by|from|until)\s)(?:19|20)\d\d\b|第\d+[章条节代期批类级]?|[A-Z]{2,}-\d+\w*/g
/** Short names that stand before their figure without a space. */
const glued =
  /(?:pH|Ra|Rz|Rm|COP|EER|PUE|MTBF|MTTR|UTS|COD|BOD|TN|TP|TOC|SNR|PSNR|SSIM|mAP|F1|AUC|IoU|OEE|Cpk|TDS|SS|VOCs|LOI|Tg|HRC|PM2\.5)[=:：]?$/
const signBefore = /(?:^|[^\d\w)\]%℃.~])([-+])$/

export function quantitiesIn(text: string): Quantity[] {
  // Masked letter for letter, so that places stay.
  const masked = text.replaceAll(names, (found) => found.replaceAll(/\d/g, '＃'))
  const found: Quantity[] = []
  const pattern = new RegExp(numberPattern, 'g')
  for (let match = pattern.exec(masked); match !== null; match = pattern.exec(masked)) {
    const before = masked.slice(0, match.index)
    if (/[A-Za-z]$/.test(before) && !glued.test(before)) continue
    // 3D, 5G, 2h later: a letter that is no unit makes a name of it.
    const sign = signBefore.exec(before)?.[1]
    const number = Number(match[0]) * (sign === '-' ? -1 : 1)
    let end = match.index + match[0].length
    const { unit, length } = unitAfter(masked.slice(end))
    if (length === 0 && /^[A-Za-z](?![a-z]*\s)/.test(masked.slice(end))) continue
    end += length
    const at = match.index - (sign === undefined ? 0 : 1)
    found.push({ at, end, low: number, high: number, unit, shape: 'figure', text: text.slice(at, end) })
    pattern.lastIndex = end
  }
  return joined(found, text)
}

function unitAfter(rest: string): { unit: Unit; length: number } {
  const space = /^\s?/.exec(rest)![0].length
  const at = unitAt(rest.slice(space))
  if (at) return { unit: at.unit, length: space + at.length }
  const [shore, scale] = /^\s?(?:邵氏|Shore)\s?([AD])/i.exec(rest) ?? []
  if (shore !== undefined)
    return { unit: { ...unitAt(scale!.toUpperCase() === 'A' ? 'HA' : 'HD')!.unit, text: shore.trim() }, length: shore.length }
  // A unit of its own that nobody taught us, where no English sentence goes on: 8 MHU.
  const [own] = /^\s?[A-Za-zμ]{2,6}(?=[\p{Script=Han}，,；;。、)]|\s*$)/u.exec(rest) ?? []
  return own === undefined
    ? { unit: unity, length: 0 }
    : { unit: { text: own.trim(), dims: { [own.trim()]: 1 }, scale: 1, offset: 0 }, length: own.length }
}

/** 3~5 mm, 1200±50, ±3 μm, 12 min 30 s: figures that are one. */
function joined(all: Quantity[], text: string): Quantity[] {
  const done: Quantity[] = []
  for (const next of all) {
    const last = done.at(-1)
    const between = last === undefined ? null : text.slice(last.end, next.at)
    if (last && between !== null && last.shape === 'figure') {
      const whole = { at: last.at, end: next.end, text: text.slice(last.at, next.end) }
      const shared = next.unit === unity ? last.unit : next.unit
      const isBetween =
        /(?:介于|处于|在|between)\s*$/i.test(text.slice(0, last.at)) &&
        (/^\s?and\s?$/.test(between) || (/^\s?[和与]\s?$/.test(between) && /^\s*之间/.test(text.slice(next.end))))
      const isOneUnit = last.unit === unity || next.unit === unity || sameDims(last.unit, next.unit)
      if (
        isOneUnit &&
        (isBetween || /^\s?(?:~|-|至|到|to|\.\.\.?|…)\s?$/.test(between)) &&
        !/(?:由|从|from)\s*$/i.test(text.slice(0, last.at))
      ) {
        const scale = last.unit === unity || last.unit.text === shared.text ? 1 : last.unit.scale / shared.scale
        const [a, b] = [last.low * scale, Math.abs(next.low) === -next.low && between.includes('-') ? -next.low : next.low]
        done[done.length - 1] = { ...whole, low: Math.min(a, b), high: Math.max(a, b), unit: shared, shape: 'span' }
        continue
      }
      if (/^\s?±\s?$/.test(between) && isOneUnit) {
        const share = next.unit.text === '%' && last.unit.text !== '%' ? Math.abs(last.low) * (next.low / 100) : next.low
        const unit = next.unit.text === '%' && last.unit.text !== '%' ? last.unit : shared
        done[done.length - 1] = { ...whole, low: last.low - share, high: last.low + share, unit, shape: 'nominal' }
        continue
      }
      // 12 min 30 s
      if (/^\s?$/.test(between) && sameDims(last.unit, next.unit) && '<second>' in last.unit.dims && last.unit.scale > next.unit.scale) {
        const sum = last.low + (next.low * next.unit.scale) / last.unit.scale
        done[done.length - 1] = { ...whole, low: sum, high: sum, unit: last.unit, shape: 'figure' }
        continue
      }
    }
    const isTolerance = /±\s?$/.test(text.slice(0, next.at))
    const at = isTolerance ? text.lastIndexOf('±', next.at) : next.at
    done.push({ ...next, at, text: text.slice(at, next.end), shape: isTolerance ? 'tolerance' : next.shape })
  }
  return done
}

const sameDims = (a: Unit, b: Unit) =>
  JSON.stringify(Object.entries(a.dims).toSorted()) === JSON.stringify(Object.entries(b.dims).toSorted())

/** How a figure binds, by the words around it; `eq` where nothing binds. */
export type Operator = 'ge' | 'le' | 'gt' | 'lt' | 'eq' | 'range'

const ahead: [RegExp, Operator | 'better'][] = [
  // 别超过, 不要低于: as people say it.
  [/(?:别|勿|莫|不要|不许|不准|不该|不会|不想|不允许)(?:再|能|让它?)?(?:超过|超出|超|高于|大于|多于|高过|大过)\s*$/, 'le'],
  [/(?:别|勿|莫|不要|不许|不准|不该|不会|不想|不允许)(?:再|能|让它?)?(?:低于|少于|小于|低过|短于)\s*$/, 'ge'],
  [/(?:(?:提高?|提升|升|增加?|涨|延长)[到至]|撑|扛|用得?上|能用|能过|提前|保[到足])\s*(?:约|个)?\s*$/, 'ge'],
  [/(?:降低?|减少?|减小|缩短?|压缩?|控制?|缩小)[到至]\s*(?:约|个)?\s*$/, 'le'],
  [/(?:做到|做得到)\s*(?:约|个)?\s*$/, 'better'],
  [/(?:没有|从未|均未|未曾|未|无一\p{Script=Han}?|没有一\p{Script=Han}?)(?:超过|超出|高于|大于)\s*$/u, 'le'],
  [/(?:没有|从未|均未|未曾|未|无一\p{Script=Han}?|没有一\p{Script=Han}?)(?:低于|少于|小于)\s*$/u, 'ge'],
  [/\bup to\s*$/i, 'better'],
  [
    /(?:不(?:得|应|能|可|宜)?(?:低于|少于|小于|短于|亚于|差于|早于)|不(?:低|少|小)于|至少(?:为|达到?|要?有|需)?|最少|最低(?:为|不低于)?|≥|大于等于|大于或等于|高于或等于|下限为?|not (?:less|lower|fewer|shorter|smaller|worse) than|not (?:below|under)|no less than|not lower than|at least|minimum(?: of)?|no fewer than|≧|or more|达到|可达|能达|达|reach(?:es|ing)?|achiev(?:es|ing|e))\s*(?:到|为|约)?\s*$/i,
    'ge',
  ],
  [
    /(?:不(?:得|应|能|可|宜)?(?:超过|高于|大于|多于|长于|超出|迟于|晚于)|不(?:高|大|多)于|至多|最多(?:为|不超过)?|≤|小于等于|小于或等于|低于或等于|上限为?|not (?:to )?exceed(?:ing)?|not (?:more|higher|greater|longer|later|larger) than|not (?:above|over|beyond)|no more than|not more than|at most|maximum(?: of)?|no greater than|not greater than|no higher than|not higher than|within|控制在|限制在)\s*(?:为|约)?\s*$/i,
    'le',
  ],
  [
    /(?:大于|超过|高于|多于|超出|突破|长于|>|greater than|more than|higher than|above|exceed(?:s|ing)?|over|longer than|better than\b(?!))\s*$/i,
    'gt',
  ],
  [/(?:小于|低于|少于|短于|不足|不到|<|less than|lower than|below|under|fewer than|shorter than|smaller than)\s*$/i, 'lt'],
  [/(?:优于|好于|better than)\s*$/i, 'better'],
]
const behind: [RegExp, Operator][] = [
  [
    /^\s*(?:\(含\))?\s*(?:及|或|或者|和)?(?:以上|之上|起)|^\s*or (?:more|higher|above|better|longer|greater)|^\s*(?:及|或)更(?:高|多|长)|^\s*and above/i,
    'ge',
  ],
  [
    /^\s*(?:\(含\))?\s*(?:及|或|或者|和)?(?:以内|以下|之内|之下)|^\s*(?:内|以里)(?!径|部|阻|孔|壁|层|胆)|^\s*or (?:less|lower|below|shorter|fewer)|^\s*(?:及|或)更(?:低|少|短)/i,
    'le',
  ],
]

/** 每天, 每小时: by what a figure is counted; it stands between what binds and the figure. */
export const perWord =
  /(?:每|per\s)\s?(?:\d+\s?)?(?:小时|分钟|秒|天|日|月|年|班|吨|公斤|千克|亩|公顷|平方米|立方米|升|台|件|支|只|片|套|个|批|次|公里|米|kg|h|t|km)\s*$/

/** How the figure binds; `better` (优于) leaves the direction to the property. */
export function bindingOf(text: string, { at, end, shape }: Quantity): Operator | 'better' | null {
  const rest = text.slice(end)
  const [, after] = behind.find(([pattern]) => pattern.test(rest)) ?? []
  const lead = text.slice(0, at).replace(perWord, '')
  const [, before] = ahead.find(([pattern]) => pattern.test(lead)) ?? []
  if (shape === 'tolerance') return 'le'
  if (shape !== 'figure') return 'range'
  if (after !== undefined && (before === undefined || before === 'ge' || after === 'le')) return after
  return before ?? null
}
