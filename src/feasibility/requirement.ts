import { plain } from './numerals.ts'
import { isBetterLower } from './property.ts'
import { bindingOf, type Operator, perWord, type Quantity, quantitiesIn } from './quantities.ts'
import { times, type Unit, unitAt } from './units.ts'

/** An indicator read out of a demand's words. Bounds are in `unit`; `max` only for `range`. */
export interface Requirement {
  /** As written, without figures and conditions. */
  name: string
  operator: Operator
  target: number
  max: number | null
  unit: Unit
  conditions: Condition[]
}

/** Under what a figure holds: a temperature, an age, a speed. */
export interface Condition {
  text: string
  /** What it is a figure of, where that is said: 水深. */
  label: string
  low: number
  high: number
  unit: Unit
}

const up = '提高|提升|增加|增长|延长|增大|增强|上升|加快|扩大|改善|increas\\w*|improv\\w*|rais\\w*|extend\\w*'
const down = '降低|减少|下降|缩短|减小|减轻|压缩|节约|节省|降|削减|reduc\\w*|decreas\\w*|lower\\w*|shorten\\w*|cut\\w*'
/** A change by an amount, not to one. */
const changeAhead = new RegExp(
  `(?:(${up})|(${down}))\\s*(?:了|约|至少|不低于|不少于|超过|by(?: at least| more than)?|幅度(?:不低于|≥|大于|超过|为|达到?)?|≥|>|达)*\\s*$`,
  'i',
)
const changeBehind = new RegExp(`^\\s*(?:的)?\\s*(?:(${up})|(${down}))(?!到|至|为)`, 'i')
/** Raise the conductivity by 50%. */
const farAhead =
  /(?:(\b(?:increas|improv|rais|extend)\w*)|\b(?:reduc|decreas|lower|shorten|cut)\w*)\b[^,;.]{1,60}\bby(?: at least| more than| about)?\s*$/i
/** 提高到原来的1.5倍, 降到原来的三分之一. */
const multipleAhead = new RegExp(`(?:(${up})|(?:${down}))\\s*(?:到|至|为|成)\\s*(?:原来|原有|现有|目前|当前|现在)(?:水平)?的?\\s*$`)
/** What there is today, against which a change counts. */
const baseline =
  /(?:现有|现在|目前|当前|原有|原来|原先|原(?=[为是:：\d])|现状|现为|现行|基准|基线|以往|今为|currently|current(?=\s(?:value|level|figure|state|is\b|at\b|:))|now|today|baseline|existing|from|present)[^\d;；。]{0,20}$/i
/** Words after a figure that make a condition of it. */
const under =
  /^\s*(?:的)?\s*(?:下|时|以后|之后|后|条件|环境|工况|初速度|(?:空气|真空|氮气|氩气|水|盐雾|介质|溶液|海水|气氛|惰性气氛|土壤)[中里上]?|高温|低温|龄期|恒温|保温|静置|贮藏|存放|老化|浸泡|处理后)/

/** Reads an indicator; null where it holds no figure that could be met, or a change without what it is a change of. */
export function parseRequirement(text: string): Requirement | null {
  const words = plain(text)
  const all = quantitiesIn(words)
  if (all.length === 0) return null
  const changes = all.filter((each) => changeOf(words, each) !== null)
  const bases = all.filter((each) => !changes.includes(each) && baseline.test(words.slice(0, each.at)))
  const free = all.filter((each) => !changes.includes(each) && !bases.includes(each))
  const [change] = changes
  const [base] = bases
  if (change && free.every((each) => !isBound(words, each))) return base === undefined ? null : relative(words, change, base)
  const target =
    free.find((each) => isBound(words, each) && !isUnder(words, each) && !isBracketed(words, each)) ??
    free.findLast((each) => !isUnder(words, each)) ??
    free.at(-1)
  return target === undefined ? null : absolute(words, target, free)
}

const isBracketed = (words: string, { at }: Quantity) => /\([^()]*$/.test(words.slice(0, at))
const isUnder = (words: string, { end }: Quantity) => under.test(words.slice(end))
const isBound = (words: string, each: Quantity) => bindingOf(words, each) !== null

function changeOf(words: string, { at, end, unit }: Quantity): 'up' | 'down' | null {
  const lead = words.slice(0, at)
  const [toMultiple, raisedTo] = multipleAhead.exec(lead) ?? []
  if (toMultiple !== undefined && (unit.text === '倍' || unit.text === '%')) return raisedTo === undefined ? 'down' : 'up'
  const [far, raisedBy] = farAhead.exec(lead) ?? []
  if (far !== undefined) return raisedBy === undefined ? 'down' : 'up'
  const [ahead, raised] = changeAhead.exec(lead) ?? []
  if (ahead !== undefined) return raised === undefined ? 'down' : 'up'
  const [after, raisedAfter] = changeBehind.exec(words.slice(end)) ?? []
  if (after !== undefined && (unit.text === '%' || unit.text === '倍')) return raisedAfter === undefined ? 'down' : 'up'
  return null
}

/** 降低30%以上（现有20%): 14 at most. 提高2倍 is three times as much; 提高10个百分点 is ten more. */
function relative(words: string, change: Quantity, base: Quantity): Requirement | null {
  const direction = changeOf(words, change)
  const isPoints = /^\s*个?百分点|^\s*percentage points?/i.test(words.slice(change.end))
  const amount = change.low
  const sign = direction === 'up' ? 1 : -1
  const isShare = change.unit.text === '%' && !isPoints
  const isMultiple = multipleAhead.test(words.slice(0, change.at))
  const target = isMultiple
    ? base.low * (change.unit.text === '%' ? amount / 100 : amount)
    : isPoints
      ? base.low + sign * amount
      : isShare
        ? base.low * (1 + (sign * amount) / 100)
        : change.unit.text === '倍'
          ? direction === 'up'
            ? base.low * (1 + amount)
            : base.low / (1 + amount)
          : base.low + sign * amount
  const unit = base.unit.text === '' && (isShare || isPoints) ? change.unit : base.unit
  const name = nameOf(
    words
      .slice(0, change.at)
      .replace(multipleAhead, '')
      .replace(changeAhead, '')
      .replace(/(?:在|由|从|比|较)?(?:现有|目前|原有|原来|当前|现在).*$/, '')
      .replace(/^.*?\b(?:increas|improv|rais|extend|reduc|decreas|lower|shorten|cut)\w*\s/i, '')
      .replace(/\sby\b.*$/, '')
      .replace(/(?:比|较|相比|相对于?|than|compared (?:to|with))[^，,]{0,12}$/i, ''),
  )
  return { name, operator: direction === 'up' ? 'ge' : 'le', target: round(target), max: null, unit, conditions: [] }
}

function absolute(words: string, target: Quantity, all: Quantity[]): Requirement {
  const binding = bindingOf(words, target)
  const conditions = all.filter((each) => each !== target).map((each) => conditionOf(each, nameOf(words.slice(0, each.at))))
  const name = nameOf(words.slice(0, target.at), all) || nameOf(words.slice(target.end), all)
  const unit = perEach(words, target, scaleNamed(words, target.unit))
  const isShare = unit.text === '%' || unit.text === '‰'
  const operator = binding === 'better' ? (isBetterLower(name, isShare) ? 'le' : 'ge') : (binding ?? 'eq')
  if (target.shape === 'span' || target.shape === 'nominal')
    return binding === 'range' || binding === null
      ? { name, operator: 'range', target: round(target.low), max: round(target.high), unit, conditions }
      : {
          name,
          operator: binding === 'better' ? operator : binding,
          target: round(binding === 'le' || binding === 'lt' ? target.high : target.low),
          max: null,
          unit,
          conditions,
        }
  return { name, operator, target: round(target.shape === 'tolerance' ? Math.abs(target.low) : target.low), max: null, unit, conditions }
}

export const conditionOf = ({ low, high, unit, text }: Quantity, label = ''): Condition => ({ low, high, unit, text: text.trim(), label })
const round = (value: number) => Number(value.toPrecision(12))

/** A hardness says its scale in its name. */
function scaleNamed(words: string, unit: Unit): Unit {
  if (unit.text !== '') return unit
  const [scale] = [
    [/邵氏\s?A|shore\s?A/i, 'HA'],
    [/邵氏\s?D|shore\s?D/i, 'HD'],
    [/洛氏/, 'HRC'],
    [/维氏|vickers/i, 'HV'],
    [/布氏|brinell/i, 'HB'],
  ].filter(([pattern]) => (pattern as RegExp).test(words))
  return scale === undefined ? unit : unitAt(scale[1] as string)!.unit
}

const each =
  /(?:每(?:生产|加工|处理)?|per\s)\s?(\d+)?\s?(百?公里|百?米|平方公里|100\s?km|m(?![a-z])|km|吨|tonnes?|tons?|公斤|千克|kg|t(?![a-z])|亩|公顷|hm\^?2|ha|平方米|m\^2|立方米|m\^3|升|L(?![a-z])|台|件|支|只|片|套|把|个|小时|h(?![a-z])|hour|分钟|min|天|日|day|年|year|班|批|次|株|kWh|度电)(?:产品|成品|水|废水|污水|原料|土地|电)?/i

/** 每吨产品耗水 3 m³ is 3 m³/t; 亩产 1200 斤 is 1200 斤/亩. */
export function perEach(words: string, quantity: Quantity, unit: Unit): Unit {
  const clause = words
    .slice(0, quantity.at)
    .split(/[，,;；。]/)
    .at(-1)!
  const [, count, by] = each.exec(clause) ?? []
  const whole = clause.includes('亩产') ? '亩' : by
  if (whole === undefined || unit.text === '%' || unit.text.includes('/')) return unit
  const isHundred = /百|100/.test(whole)
  const divisor = unitAt(whole.replace(/百|100\s?/, ''))?.unit
  if (divisor === undefined) return unit
  const electric = unit.text === '度' ? unitAt('千瓦时')!.unit : unit
  const per = times(electric, divisor, -1, `${unit.text}/${count ?? ''}${divisor.text}`)
  const many = isHundred ? 100 : Number(count ?? 1)
  return { ...per, scale: per.scale / many }
}

/** What is left of the words when figures, what binds them and what they hold under are gone. */
export function nameOf(words: string, quantities: Quantity[] = []): string {
  let name = words
  for (const { text, end } of quantities.toReversed()) {
    if (!name.includes(text)) continue
    const particle = under.exec(words.slice(end))?.[0] ?? ''
    // 湿度85%时出口≤10: what stands before names the condition, unless nothing else is named.
    const [before = '', after = ''] = name.split(text + particle, 2)
    name = particle.trim() !== '' && /[\p{Script=Han}A-Za-z]/u.test(after) ? after : `${before} ${after}`
  }
  return (
    name
      .replaceAll(/\((?:[^()]*)\)?/g, '')
      .split(/[，,;；。]/)
      .findLast((part) => /[\p{Script=Han}A-Za-z]/u.test(part))
      ?.replace(ending, '')
      .replace(perWord, '')
      .replace(ending, '')
      .replace(/(?:上限|下限|介于)\s*$|[和与]\s*$/u, '')
      .replace(
        /^(?:(?:以[上下内][的]?|要求|需要|希望|最好|尽量|力争|争取|目标(?!函数)|能够|能(?![量耗效源力级谱])|将|使|把|实现|保证|确保|在|其|且|并且?|(?:the|a|an|should|must)\b)\s*)+/i,
        '',
      )
      .trim() ?? ''
  )
}

/** Words between a name and its figure. */
export const ending =
  /(?:\s|[:：=≈~±]|(?:别|勿|莫|不要|不许|不准|不该|不会|不允许)(?:再|能|让它?)?(?:超过|超出|超|高于|大于|多于|高过|大过|低于|少于|小于|低过|短于)|要?做得?到|(?:提|升|增|涨|减|压|缩|控)[到至]|能?[撑扛]|能用|能过|不(?:得|应|能|可|宜)?(?:低于|少于|小于|短于|高于|大于|超过|多于|长于|迟于|晚于|早于)|不[低高大小]于|大于等于|小于等于|大于|小于|高于|低于|超过|少于|多于|优于|好于|至少|至多|最[多少低高大小](?=[为达可]|$)|≥|≤|>|<|控制在|控制|限制在|介于|上限|下限|稳定在|保持在|维持在|要?达到?了?|可达|高达|低至|降至|降到|降低至|降低到|减少到|减少至|提高|提高到|提升至|提升到|缩短至|缩短到|提高至|为|是|(?<![原现仅])有|在|到|至|约|(?<!平)均|可|(?<![性功节])能|应|需|须|仅|只|由|从|了|(?<![a-z])(?:is|are|was|were|of|be|to|at|by|than|least|most|no|not|more|less|within|up|should|shall|must|reach(?:es|ed)?|achiev(?:es|ed)|exceed(?:s|ed)?|above|below|under|over|only|has|had|have|a|an|about|approximately|around|remain(?:s|ed)?|stay(?:s|ed)?|value|lower|greater|higher))+$/i
