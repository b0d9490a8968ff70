import { plain } from './numerals.ts'
import { impliedBy } from './implied.ts'
import { bindingOf, type Operator, type Quantity, quantitiesIn } from './quantities.ts'
import { namesMeasure } from './property.ts'
import { type Condition, conditionOf, ending, perEach } from './requirement.ts'
import type { Unit } from './units.ts'

/** What a text says in figures: a value with the words that name it, what it holds under, and what standing it has. */
export interface Statement {
  /** The words that may name the property, the nearest first. */
  names: string[]
  /** Everything said in the sentence. */
  sentence: string
  /** The sentence up to the figure, and what follows its clause. */
  approach: string
  beyond: string
  clause: string
  low: number
  high: number
  binding: Operator | null
  unit: Unit
  figure: string
  statistic: 'average' | 'best' | null
  /** Only what was found for the offer itself says anything of it. */
  standing: 'stated' | 'compared' | 'planned' | 'required' | 'changed' | 'before'
  conditions: Condition[]
  /** The name stands in an earlier clause, or in none. */
  isCarried: boolean
  /** Good for a yes, never for a no. */
  isFloor: boolean
}

const compared =
  /对照|空白组?|作为对比|对比(?:样|例|组|的)|常规(?!监测|贮藏$)|传统|现有|原有|原先|原来|原工艺|原方案|改造前|改进前|优化前|处理前|市售|商用|商品化|同类|国外|国产同类|竞品|进口(?:产品|设备|件|机|材料|品牌|同类|催化剂|刀具|试剂)|文献|报道|基线|基准|行业平均|通常|一般(?:为|在|水平)|未处理|普通|未改性|纯料|单一|\b(?:control|conventional|baseline|commercial|traditional|literature|reported|existing|competing|untreated|blank|previous|state[- ]of[- ]the[- ]art|reference)\b/i
/** 与市售产品相比 compares what follows; what follows is our own. */
const comparing = /(?:较|比|相对于?|相较于?|优于|compared (?:with|to)|than|versus|vs\.?|over)\s?[^，,;；。]*$/i
const planned = /(?:^|[^指])(?:拟|力争|预计|预期|计划|有望|规划|争取|目标(?:是|为|值|：|:)|下一步|今后|未来|将(?:达到?|可|实现|使|进一步|提高|提升|降低)|理论上|有待|期望|设计(?=[\p{Script=Han}]{2,8}(?:[为达]|不[低高]))|is expected|are expected|expect(?:s|ed)? to|hopes? to|planned|plan to|aims?|targets?\b|will\b|projected|intend)/iu
const achieved = /已经?(?!立项|启动)|目前(?!正)|实测|现已|经检测|测得|was measured|measured|has been|achieved|currently/i
const required = /(?:未|没有?|不|难以|无法|尚未|未能)能?(?:够)?(?:达到|满足|符合|突破)(?:[^，,;；。\d]{0,12})$|(?:(?:要求|标准|规定|规范|国标|技术协议)(?:的|值|限值|规定|要求)?(?:为|是|在|不[低高大小]于|不超过|[≥≤<>])*|限值(?:为|是)?|设计值为?)\s*$|(?:任务书|合同|国标|标准|指南|招标文件|协议|指标|优等品|一等品|规范)[^，,;；。\d]{0,8}(?:要求|规定)[^，,;；。]*$|calls? for[^,;.\d]{0,30}$|requires?[^,;.\d]{0,30}$|(?:failed to (?:reach|meet)|did not (?:reach|meet)|short of|required|requirement of|limit of|limits? (?:is|are))[^,;.\d]{0,20}$/i
const requiredBehind = /^\s*(?:的)?(?:设计|技术|标准|国家|行业|排放|规范)*(?:要求|标准|限值|指标|规定|目标|requirement|limit|specification)/i
const change = '(?:提高|提升|增加|增长|延长|增大|上升|加快|降低|减少|下降|缩短|减小|减轻|压缩|节约|节省|节能|节水|节电|增产|增收|降|升高|高出|改善|增强|缩小|increas\\w*|improv\\w*|reduc\\w*|decreas\\w*|lower\\w*|shorten\\w*|rais\\w*|extend\\w*|cut\\w*|higher|sav\\w*)'
const changedBy = new RegExp(`${change}\\s*(?:了|约|近|超过|至少|幅度[为达]*|by|of|by (?:about|over|at least))*\\s*$`, 'i')
const changedTo = new RegExp(`${change}\\s*(?:到|至|为|成|了?到|to)\\s*(?:了|约|about)*\\s*$`, 'i')
const changedBehind = new RegExp(`^\\s*(?:的)?(?:提升|提高|降幅|增幅|下降|降低|increase|reduction|improvement|decrease)|^\\s*(?:higher|lower|faster|longer|shorter|more|less)\\b`, 'i')
const under = /^\s*(?:的)?\s*(?:下(?!降)|时(?!延|间)|后|(?:空气|真空|氮气|氩气|水|盐雾|介质|溶液|海水|惰性气氛|气氛)[中里]?|条件|环境|工况|初速度|龄期|恒温|保温|静置|高温|低温|单点|under|conditions?)/

const average = /平均|均值|average|mean|averaged/i
const best = /最高|最好|最佳|最优|峰值|最快|最大可|最低可|最小|最低|最高可|best|peak|highest|maximum|lowest/i

export function statementsIn(text: string): Statement[] {
  return text
    .normalize('NFC')
    .split(/(?<=[。！？!?\n；;])|(?<=[a-z)\d]\.)\s+(?=[A-Z])/)
    .filter((each) => /[\d０-９一二三四五六七八九十百千万半成]/.test(each))
    .flatMap((sentence) => statementsOf(sentence))
}

function statementsOf(sentence: string): Statement[] {
  const words = plain(sentence)
  const quantities = quantitiesIn(words)
  const found: Statement[] = []
  let carried: string[] = []
  let holding: Condition[] = []
  const before: (Statement & { at: number })[] = []
  for (const [index, quantity] of quantities.entries()) {
    const start = Math.max(lastBreak(words, quantity.at), 0)
    const previous = quantities[index - 1]
    const from = Math.max(start, previous === undefined ? 0 : previous.end)
    const lead = words.slice(from, quantity.at)
    const clauseEnd = nextBreak(words, quantity.end)
    const clause = words.slice(start, clauseEnd)
    const implied = impliedBy(quantity, { lead: words.slice(start, quantity.at), rest: words.slice(quantity.end, clauseEnd), after: words.slice(clauseEnd) })
    for (const { name, isFloor } of implied) found.push({ ...blank(sentence, words.slice(0, quantity.at), clause, quantity), names: [name], isFloor, standing: standingOf(words, quantity, quantities, { lead, start, clauseEnd }), statistic: average.test(lead) ? 'average' : best.test(lead) ? 'best' : null })
    if (/每\s?$|per\s$/i.test(lead)) continue
    if (isCondition(words, quantity, quantities[index + 1], lead)) {
      const isAlone = quantities.every((each) => each === quantity || each.at < start || each.at >= clauseEnd)
      holding = [...holding.filter((each) => isAlone || each.unit.text !== quantity.unit.text), conditionOf(quantity)]
      continue
    }
    const near = nearName(lead)
    const own = near !== '' || previous === undefined || previous.end < start ? [near] : []
    const after = nameAfter(words.slice(quantity.end, clauseEnd))
    const names = [...own, ...after, ...(near === '' && start < from ? [nearName(words.slice(start, previous!.at))] : [])].filter((each) => each !== '')
    const isGroup = near === '' || !namesMeasure(near)
    const isCarried = names.length === 0 || (isGroup && carried.length > 0)
    const bracketed = bracketOf(words, quantity.end)
    const statement: Statement = {
      names: isCarried ? [...names, ...carried] : names,
      sentence,
      approach: words.slice(0, quantity.at),
      beyond: words.slice(clauseEnd),
      clause,
      low: quantity.low,
      high: quantity.high,
      binding: offered(bindingOf(words, quantity)),
      unit: perEach(words, quantity, quantity.unit),
      figure: quantity.text.trim(),
      statistic: average.test(lead) ? 'average' : best.test(lead) ? 'best' : null,
      standing: standingOf(words, quantity, quantities, { lead, start, clauseEnd }),
      conditions: [...holding, ...bracketed, ...conditionsIn(quantities, words, start, quantity)],
      isCarried,
      isFloor: false,
    }
    if (quantity.shape === 'tolerance') Object.assign(statement, { low: -Math.abs(quantity.low), high: Math.abs(quantity.low), binding: 'le' })
    const grown = grownFrom(words, quantity, previous)
    if (grown !== null) {
      const base = before.findLast(({ at }) => at === previous!.at)
      Object.assign(statement, { low: grown, high: grown, standing: 'stated', unit: previous!.unit, binding: null, names: [...statement.names, ...(base?.names ?? [])] })
    } else if (changedTo.test(lead) || /^\s*(?:变为|变成|减为|增至|减至|降为|升至|→|->|to)\s*$/.test(lead)) {
      const base = before.findLast(({ at }) => at === previous?.at)
      if (base) {
        base.standing = 'before'
        statement.names = [...statement.names, ...base.names]
      }
    }
    found.push(statement)
    before.push(Object.assign(statement, { at: quantity.at }))
    if (!isCarried && near !== '') carried = [near]
  }
  return [...found, ...listed(words, quantities, sentence)]
}

/** A figure implied by its sentence. */
const blank = (sentence: string, approach: string, clause: string, { low, high, unit, text }: Quantity): Statement => ({
  names: [],
  sentence,
  approach,
  beyond: '',
  clause,
  low,
  high,
  unit,
  binding: null,
  figure: text.trim(),
  statistic: null,
  standing: 'stated',
  conditions: [],
  isCarried: true,
  isFloor: false,
})

const lastBreak = (words: string, at: number) => Math.max(...['，', ',', '；', ';', '。', '：', '\n'].map((mark) => words.lastIndexOf(mark, at - 1) + 1))
const nextBreak = (words: string, at: number) => {
  const ends = ['，', ',', '；', ';', '。', '、', '\n'].map((mark) => words.indexOf(mark, at)).filter((each) => each !== -1)
  return ends.length === 0 ? words.length : Math.min(...ends)
}
const offered = (binding: ReturnType<typeof bindingOf>): Operator | null => (binding === 'better' || binding === 'range' ? null : binding)

/** The words that end right before the figure, without what only leads up to it. */
function nearName(lead: string): string {
  let name = lead.replaceAll(/\([^()]*\)/g, '').replace(/^[\s、和与及)]+/, '')
  const ways = new RegExp(
    `(?:\\s|平均|最高|最低|最大|最小|最好|最佳|实测|测得|检测|分别|结果|稳定|保持|维持|控制|${change}|一般|通常|大约|范围|最高时|最低时|最好时|合格|接近|近|达|其|中|均|也|已|则|将|会|仍|还|更|就|又|即|原来的?|原有|现有|当前|进行|经|以|用|average|averaged|averaging|measured an?|measured|maximum|mean|from|with|and|which|that)$`,
    'i',
  )
  for (let previous = ''; previous !== name; ) {
    previous = name
    name = name.replace(ending, '').replace(ways, '').replace(attested, '')
  }
  return name.trim()
}

/** 每亩, 经第三方检测: by what it is counted and by whom. */
const attested = /(?:每\s?\d*\s?(?:小时|分钟|秒|天|日|月|年|班|吨|公斤|千克|亩|公顷|平方米|立方米|升|台|件|支|只|片|套|个|批|次|公里|米|kg|h|t|km)|[经由][^，,;；。\d]{1,10}(?:核算|检测|测定|测试|测算|认证|检验|评估|验证|鉴定|检定|考核))$/u

/** 0.3 mm的定位误差, 98.2% accuracy: the name behind its figure. */
function nameAfter(rest: string): string[] {
  const [, chinese] = /^\s*(?:以[上下内])?的([\p{Script=Han}A-Za-z]{2,12})/u.exec(rest) ?? []
  if (chinese !== undefined) return [chinese, chinese.replace(/(?:下|时|中|后|内|上|完成|进行|实现|工作|运行|得到).*$/, '')]
  const [, english] = /^\s*(?:of\s)?([a-z][a-z -]{3,40}?)(?=\s(?:at|in|on|under|with|and|for|after|was|is|over|from|by|while)\b|[,.;)]|$)/i.exec(rest) ?? []
  return english === undefined ? [] : [english.trim()]
}

/** A figure under which others hold: 25 ℃下, 28 d抗压强度…, （25 ℃）. */
function isCondition(words: string, quantity: Quantity, next: Quantity | undefined, lead: string): boolean {
  const rest = words.slice(quantity.end)
  const isOpen = '<kelvin>' in quantity.unit.dims || '<second>' in quantity.unit.dims || '<meter>' in quantity.unit.dims || '<ampere>' in quantity.unit.dims
  if (/\($/.test(lead.trimEnd()) && /^\s*\)/.test(rest)) return quantity.unit.text !== ''
  if (/(?:在|于|经|当|以|at|under|after|for)\s*$/i.test(lead) && under.test(rest)) return true
  if (/(?<![a-z])(?:at|@|after)\s*$/i.test(lead) && isOpen) return true
  if (under.test(rest) && (nearName(lead) === '' || /(?:[在于经当以]|贮藏|存放|放置|加热|老化|浸泡|循环|养护|储存|静置|暴露)\s*$/.test(lead))) return true
  if (!isOpen || next === undefined) return false
  const between = words.slice(quantity.end, next.at)
  const isNamed = namesMeasure(nearName(lead)) || /[为是达到至约]\s*$/.test(lead)
  return !isNamed && /^[^，,;；。、)]{2,}$/.test(between) && !/^\s*的/.test(between) && namesMeasure(nearName(between))
}

/** 1.2 MPa（150 ℃）, 14.5 MPa at 150 ℃. */
const bracketOf = (words: string, end: number): Condition[] => {
  const [found, inside] = /^\s*\(([^()]*)\)/.exec(words.slice(end)) ?? /^\s*((?:at|@|after|under)\s*[-\d][^,;，；。]*?)(?=\s(?:and|but|with)\b|[,;，；。]|\.\s|$)/.exec(words.slice(end)) ?? []
  return found === undefined ? [] : quantitiesIn(inside!).map((each) => conditionOf(each))
}

function conditionsIn(quantities: Quantity[], words: string, start: number, own: Quantity): Condition[] {
  return quantities
    .filter((each) => each.at >= start && each.end <= own.at && (under.test(words.slice(each.end)) || /\(\s*$/.test(words.slice(0, each.at))))
    .map((each) => conditionOf(each))
}

interface Place {
  lead: string
  start: number
  clauseEnd: number
}

function standingOf(words: string, quantity: Quantity, all: Quantity[], { lead, start, clauseEnd }: Place): Statement['standing'] {
  const rest = words.slice(quantity.end, clauseEnd)
  if (requiredBehind.test(rest) || required.test(lead)) return 'required'
  const whole = words.slice(0, quantity.at)
  const plan = planned.exec(whole)
  if (plan !== null && !achieved.test(whole.slice(plan.index + plan[0].length))) return 'planned'
  if (/^\s*个?百分点|^\s*percentage points?/i.test(rest) || quantity.unit.text === '倍' || /^\s*times\b/i.test(rest)) {
    if (quantity.unit.text !== '倍' || changedBy.test(lead) || /(?:是|为|较|比).*的\s*$/.test(lead)) return 'changed'
  }
  if (changedBy.test(lead) && !changedTo.test(lead)) return 'changed'
  if (changedBehind.test(rest)) return 'changed'
  const subject = words.slice(Math.max(start, all.findLast(({ end }) => end <= quantity.at)?.end ?? 0), quantity.at)
  const [mark] = compared.exec(subject) ?? []
  if (mark !== undefined && !comparing.test(subject.slice(0, subject.indexOf(mark)))) return 'compared'
  if (mark !== undefined && comparing.test(subject) && !changedTo.test(lead) && /^(?:\s*的)/.test(rest)) return 'compared'
  if (mark !== undefined && new RegExp(`(?:较|比|than|over)[^，,]*${'$'}`, 'i').test(subject) && !changedTo.test(lead)) return 'compared'
  if (/^\s*(?:左右|以上)?\s*(?:提高|提升|降低?|减少|缩短|增加|延长|下降|上升)(?:到|至|为)/.test(words.slice(quantity.end))) return 'before'
  return 'stated'
}

/** 在原有94.2%的基础上提高3个百分点: what it comes to. */
function grownFrom(words: string, quantity: Quantity, previous: Quantity | undefined): number | null {
  if (previous === undefined) return null
  const between = words.slice(previous.end, quantity.at)
  const isFrom = /(?:由|从|from)[^，,;；。\d]*$/i.test(words.slice(0, previous.at))
  const [, fromVerb] = isFrom ? (new RegExp(`^\\s*(${change})了?约?\\s*$`).exec(between) ?? []) : []
  if (fromVerb !== undefined && quantity.unit.text === '%' && previous.unit.text !== '%')
    return previous.low * (1 + ((/降|减|缩|节/.test(fromVerb) ? -1 : 1) * quantity.low) / 100)
  const [, verb] = new RegExp(`^\\s*(?:的)?基础上(?:[，,][^，,;；。\\d]*?)?(?:再|又|进一步)?(${change})了?约?\\s*$`).exec(between) ?? []
  if (verb === undefined) return null
  const sign = /降|减|缩|节/.test(verb) ? -1 : 1
  if (/^\s*个?百分点/.test(words.slice(quantity.end))) return previous.low + sign * quantity.low
  if (quantity.unit.text === '%' && previous.unit.text !== '%') return previous.low * (1 + (sign * quantity.low) / 100)
  return null
}

/** A、B和C分别为1、2和3: each its own. */
function listed(words: string, quantities: Quantity[], sentence: string): Statement[] {
  return [...words.matchAll(/([^，,;；。]+?)(?:分别|依次)(?:为|达到?|是|可达|稳定在|不低于|不高于|提高到|降至|提升至)+/g)].flatMap((match) => {
    const at = match.index + match[0].length
    const names = match[1]!.split(/[、和与及]|以及/).filter((each) => each.trim() !== '')
    const end = Math.min(...['；', ';', '。'].map((mark) => words.indexOf(mark, at)).map((each) => (each === -1 ? words.length : each)))
    const values = quantities.filter((each) => each.at >= at && each.end <= end).slice(0, names.length)
    if (values.length !== names.length || values.length < 2) return []
    const shared = values.at(-1)!.unit
    return values.map((value, index): Statement => {
      const name = names[index]!.trim()
      const last = names.at(-1)!.trim()
      // 拉伸和弯曲强度: the last name ends them all.
      const ends = /(?:强度|率|温度|浓度|效率|误差)$/.exec(last)?.[0] ?? ''
      return {
        names: [name, ...(ends !== '' && !name.endsWith(ends) ? [name + ends] : [])],
        sentence,
        approach: words.slice(0, at),
        beyond: '',
        clause: match[0],
        low: value.low,
        high: value.high,
        binding: null,
        unit: value.unit.text === '' ? shared : value.unit,
        figure: value.text.trim(),
        statistic: null,
        standing: compared.test(match[1]!) || planned.test(words.slice(0, at)) ? 'compared' : 'stated',
        conditions: [],
        isCarried: false,
        isFloor: false,
      }
    })
  })
}
