import type { Quantity } from './quantities.ts'

/** What a figure is to the offer: only what was found for the offer itself says anything of it. */
export type Standing = 'stated' | 'compared' | 'planned' | 'required' | 'changed' | 'before'

export const compared =
  /并非|不是|对照|空白组?|作为(?:对比|参照|参考)|参照(?:组|样|物)|对比(?:样|例|组|的)|常规(?!监测|贮藏$)|传统|现有|原有|原先|原来|原工艺|原方案|改造前|改进前|优化前|处理前|市售|商用|商品化|同类|国外|国产同类|竞品|进口(?:产品|设备|件|机|材料|品牌|同类|催化剂|刀具|试剂)|文献|报道|基线|基准|行业平均|通常|一般(?:为|在|水平)|未处理|普通|未改性|纯料|单一|\b(?:control|conventional|baseline|commercial|traditional|literature|reported|existing|competing|untreated|blank|previous|state[- ]of[- ]the[- ]art|reference)\b/i
/** 与市售产品相比 compares what follows; what follows is our own. */
const comparing = /(?:较|比|相对于?|相较于?|优于|compared (?:with|to)|than|versus|vs\.?|over)\s?[^，,;；。]*$/i
export const planned =
  /(?:^|[^指])(?:(?<![模虚])拟|力争|预计|预期|计划|有望|规划|争取|目标(?:是|为|值|：|:)|下一步|今后|未来|将(?:达到?|可|实现|使|进一步|提高|提升|降低)|理论上|有待|期望|设计(?=[\p{Script=Han}]{2,8}(?:[为达]|不[低高]))|is expected|are expected|expect(?:s|ed)? to|hopes? to|planned|plan to|aims?|targets?\b|will\b|projected|intend)/iu
const achieved = /已经?(?!立项|启动)|目前(?!正)|实测|现已|经检测|测得|was measured|measured|has been|achieved|currently/i
const required =
  /(?:未|没有?|不|难以|无法|尚未|未能)能?(?:够)?(?:达到|满足|符合|突破)(?:[^，,;；。\d]{0,12})$|(?:(?:要求|标准|规定|规范|国标|技术协议)(?:的|值|限值|规定|要求)?(?:为|是|在|不[低高大小]于|不超过|[≥≤<>])*|限值(?:为|是)?|设计值为?)\s*$|(?:任务书|合同|国标|标准|指南|招标文件|协议|指标|优等品|一等品|规范)[^，,;；。\d]{0,8}(?:要求|规定)[^，,;；。]*$|calls? for[^,;.\d]{0,30}$|requires?[^,;.\d]{0,30}$|(?:failed to (?:reach|meet)|did not (?:reach|meet)|short of|required|requirement of|limit of|limits? (?:is|are))[^,;.\d]{0,20}$/i
const requiredBehind =
  /^\s*(?:的)?(?:设计|技术|标准|国家|行业|排放|规范)*(?:要求|标准|限值|指标|规定|目标|requirement|limit|specification)/i
/** Verbs of change, up or down. */
export const change =
  '(?:提高|提升|增加|增长|延长|增大|上升|加快|降低|减少|下降|缩短|减小|减轻|压缩|节约|节省|节能|节水|节电|增产|增收|降|升高|高出|改善|增强|缩小|increas\\w*|improv\\w*|reduc\\w*|decreas\\w*|lower\\w*|shorten\\w*|rais\\w*|extend\\w*|cut\\w*|higher|sav\\w*)'
const changedBy = new RegExp(`${change}\\s*(?:了|约|近|超过|至少|幅度[为达]*|by|of|by (?:about|over|at least))*\\s*$`, 'i')
export const changedTo = new RegExp(`${change}\\s*(?:到|至|为|成|了?到|to)\\s*(?:了|约|about)*\\s*$`, 'i')
const changedBehind =
  /^\s*(?:的)?(?:提升|提高|降幅|增幅|下降|降低|increase|reduction|improvement|decrease)|^\s*(?:higher|lower|faster|longer|shorter|more|less)\b/i

interface Place {
  lead: string
  start: number
  clauseEnd: number
}

/** Whose figure it is, and whether it is one yet; `lead` reaches back to the figure before. */
export function standingOf(words: string, quantity: Quantity, all: Quantity[], { lead, start, clauseEnd }: Place): Standing {
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
export function grownFrom(words: string, quantity: Quantity, previous: Quantity | undefined): number | null {
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
