import { nearName } from './naming.ts'
import { namesMeasure } from './property.ts'
import { type Quantity, quantitiesIn } from './quantities.ts'
import { type Condition, conditionOf } from './requirement.ts'
import { convert } from './units.ts'

/** Words behind a figure that make a condition of it. */
const under =
  /^\s*(?:的)?\s*(?:下(?!降)|时(?!延|间)|后|(?:空气|真空|氮气|氩气|水|盐雾|介质|溶液|海水|惰性气氛|气氛)[中里]?|条件|环境|工况|初速度|龄期|恒温|保温|静置|高温|低温|单点|under|conditions?)/

/** A figure under which others hold: 25 ℃下, 28 d抗压强度…, （25 ℃）. */
export function isCondition(words: string, quantity: Quantity, next: Quantity | undefined, lead: string): boolean {
  const rest = words.slice(quantity.end)
  const isOpen =
    '<kelvin>' in quantity.unit.dims ||
    '<second>' in quantity.unit.dims ||
    '<meter>' in quantity.unit.dims ||
    '<ampere>' in quantity.unit.dims
  if (/\($/.test(lead.trimEnd()) && /^\s*\)/.test(rest)) return quantity.unit.text !== ''
  if (/(?:在|于|经|当|以|at|under|after|for)\s*$/i.test(lead) && under.test(rest)) return true
  if (/(?<![a-z])(?:at|@|after)\s*$/i.test(lead) && isOpen) return true
  if (
    under.test(rest) &&
    (nearName(lead) === '' || /(?:[在于经当以]|贮藏|存放|放置|加热|老化|浸泡|循环|养护|储存|静置|暴露)\s*$/.test(lead))
  )
    return true
  if (!isOpen || next === undefined) return false
  const between = words.slice(quantity.end, next.at)
  const isNamed = namesMeasure(nearName(lead)) || /(?:[为是达到至约]|\b(?:was|is|were|are|of|reached|to))\s*$/i.test(lead)
  return !isNamed && /^[^，,;；。、)]{2,}$/.test(between) && !/^\s*的/.test(between) && namesMeasure(nearName(between))
}

/** 1.2 MPa（150 ℃）, 14.5 MPa at 150 ℃. */
export const bracketOf = (words: string, end: number): Condition[] => {
  const [found, inside] =
    /^\s*\(([^()]*)\)/.exec(words.slice(end)) ??
    /^\s*((?:at|@|after|under)\s*[-\d][^,;，；。]*?)(?=\s(?:and|but|with)\b|[,;，；。]|\.\s|$)/.exec(words.slice(end)) ??
    []
  return found === undefined ? [] : quantitiesIn(inside!).map((each) => conditionOf(each))
}

export function conditionsIn(quantities: Quantity[], words: string, start: number, own: Quantity): Condition[] {
  return quantities
    .filter(
      (each) => each.at >= start && each.end <= own.at && (under.test(words.slice(each.end)) || /\(\s*$/.test(words.slice(0, each.at))),
    )
    .map((each) => conditionOf(each))
}

/** What stands with the figure itself goes before what was said earlier of the same kind. */
export const nearest = (own: Condition[], others: Condition[]) => [
  ...own,
  ...others.filter(({ unit }) => own.every((each) => convert(1, unit, each.unit) === null)),
]

/** 抗压强度：3 d为24.6 MPa，28 d为52.3 MPa: under a heading, what a figure belongs to. */
export const isGroupOf = (words: string, quantity: Quantity, next: Quantity | undefined, lead: string, carried: string[]) =>
  carried.length > 0 &&
  next !== undefined &&
  nearName(lead) === '' &&
  quantity.unit.text !== '' &&
  /^\s*(?:为|时|下|后|负荷|[:：])?\s*$/.test(words.slice(quantity.end, next.at)) &&
  convert(1, quantity.unit, next.unit) === null
