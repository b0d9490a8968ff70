import { bracketOf, conditionsIn, isCondition, isGroupOf, nearest } from './circumstances.ts'
import { impliedBy } from './implied.ts'
import { listed } from './lists.ts'
import { nameAfter, nearName } from './naming.ts'
import { plain } from './numerals.ts'
import { namesMeasure } from './property.ts'
import { bindingOf, type Operator, type Quantity, quantitiesIn } from './quantities.ts'
import { type Condition, conditionOf, perEach } from './requirement.ts'
import { changedTo, grownFrom, type Standing, standingOf } from './standing.ts'
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
  standing: Standing
  conditions: Condition[]
  /** The name stands in an earlier clause, or in none. */
  isCarried: boolean
  /** Good for a yes, never for a no. */
  isFloor: boolean
}

const average = /平均|均值|average|mean|averaged/i
const best = /最高|最好|最佳|最优|峰值|最快|最大可|最低可|最小|最低|最高可|best|peak|highest|maximum|lowest/i

/** Characters of a sentence that are read as one: without an end, nobody follows it further. */
const sentenceAtMost = 400
/** Figures of a sentence that are read. */
const figuresAtMost = 60

/** The figures of a text in the order in which they stand, those of lists and those only implied among them. */
export function statementsIn(text: string): Statement[] {
  const sentences = text
    .normalize('NFC')
    .split(/(?<=[。！？!?\n；;])|(?<=[a-z)\d]\.)\s+(?=[A-Z])/)
    .flatMap((sentence) => sentence.match(new RegExp(`[^]{1,${sentenceAtMost}}`, 'g')) ?? [])
  const written = sentences.map(plain)
  return sentences.flatMap((sentence, at) => statementsOf(sentence, written[at]!, written.slice(at + 1, at + 4).join('')))
}

/** Where a figure stands: its clause, and the words between it and the figure before. */
interface Place {
  start: number
  clauseEnd: number
  lead: string
}

function placeOf(words: string, { at, end }: Quantity, previous: Quantity | undefined): Place {
  const start = lastBreak(words, at)
  return { start, clauseEnd: nextBreak(words, end), lead: words.slice(Math.max(start, previous?.end ?? 0), at) }
}

function statementsOf(sentence: string, words: string, following: string): Statement[] {
  const quantities = quantitiesIn(words).slice(0, figuresAtMost)
  const rows = listed(words, quantities, sentence)
  const inRows = new Set(rows.map(({ at }) => at))
  const found: Statement[] = []
  const byPlace = new Map<number, Statement>()
  let carried: string[] = []
  let holding: Condition[] = []
  for (const [index, quantity] of quantities.entries()) {
    if (inRows.has(quantity.at)) continue
    const [previous, next] = [quantities[index - 1], quantities[index + 1]]
    const place = placeOf(words, quantity, previous)
    const { start, clauseEnd, lead } = place
    carried = headingBefore(words, quantity) ?? carried
    const whole = {
      sentence,
      approach: words.slice(0, quantity.at),
      beyond: words.slice(clauseEnd) + following,
      clause: words.slice(start, clauseEnd),
    }
    const standing = standingOf(words, quantity, quantities, place)
    const statistic = statisticOf(lead)
    const implied = impliedBy(quantity, {
      lead: words.slice(start, quantity.at),
      rest: words.slice(quantity.end, clauseEnd),
      after: words.slice(clauseEnd),
    })
    found.push(...implied.map(({ name, isFloor }) => ({ ...bare(quantity), ...whole, names: [name], isFloor, standing, statistic })))
    // 每100 kg产品: by what the next figure is counted.
    if (/每\s?$|per\s$/i.test(lead)) continue
    if (isCondition(words, quantity, next, lead) || isGroupOf(words, quantity, next, lead, carried)) {
      const isAlone = quantities.every((each) => each === quantity || each.at < start || each.at >= clauseEnd)
      holding = [...holding.filter((each) => isAlone || each.unit.text !== quantity.unit.text), conditionOf(quantity)]
      continue
    }
    const near = nearName(lead)
    const before = near === '' && previous !== undefined && previous.end > start ? nearName(words.slice(start, previous.at)) : ''
    const names = [near, ...nameAfter(words.slice(quantity.end, clauseEnd)), before].filter((each) => each !== '')
    const isCarried = names.length === 0 || (!namesMeasure(near) && carried.length > 0)
    const statement: Statement = {
      ...bare(quantity),
      ...whole,
      names: isCarried ? [...carried.flatMap((name) => (near === '' ? [name] : [near + name, name])), ...names] : names,
      binding: quantity.shape === 'tolerance' ? 'le' : offered(bindingOf(words, quantity)),
      unit: perEach(words, quantity, quantity.unit),
      statistic,
      standing,
      conditions: nearest(bracketOf(words, quantity.end), [...holding, ...conditionsIn(quantities, words, start, quantity)]),
      isCarried,
    }
    const base = previous && byPlace.get(previous.at)
    const grown = grownFrom(words, quantity, previous)
    if (grown !== null) Object.assign(statement, { low: grown, high: grown, standing: 'stated', unit: previous!.unit, binding: null })
    else if (base && becomes(lead)) base.standing = 'before'
    if (base && (grown !== null || becomes(lead))) statement.names.push(...base.names)
    found.push(statement)
    byPlace.set(quantity.at, statement)
    if (!isCarried && near !== '') carried = [near]
  }
  return [...found, ...rows.map(({ at: _, ...row }) => row)]
}

const becomes = (lead: string) => changedTo.test(lead) || /^\s*(?:变为|变成|减为|增至|减至|降为|升至|→|->|to)\s*$/.test(lead)

/** 抗压强度：… names every figure behind the colon. */
function headingBefore(words: string, { at }: Quantity): string[] | null {
  const [, heading] = /([^，,;；。：:]+)[：:][^：:]*$/.exec(words.slice(0, at)) ?? []
  const name = heading === undefined ? '' : nearName(heading)
  return name !== '' && namesMeasure(name) ? [name] : null
}

const statisticOf = (lead: string): Statement['statistic'] => (average.test(lead) ? 'average' : best.test(lead) ? 'best' : null)

/** The figure alone, before anything is known of it. A tolerance lies on both sides. */
const bare = ({ low, high, unit, text, shape }: Quantity) => ({
  low: shape === 'tolerance' ? -Math.abs(low) : low,
  high: shape === 'tolerance' ? Math.abs(high) : high,
  unit,
  figure: text.trim(),
  binding: null,
  conditions: [],
  isCarried: true,
  isFloor: false,
})

const lastBreak = (words: string, at: number) =>
  Math.max(...['，', ',', '；', ';', '。', '：', '\n'].map((mark) => words.lastIndexOf(mark, at - 1) + 1))
const nextBreak = (words: string, at: number) => {
  const ends = ['，', ',', '；', ';', '。', '、', '\n'].map((mark) => words.indexOf(mark, at)).filter((each) => each !== -1)
  return ends.length === 0 ? words.length : Math.min(...ends)
}
const offered = (binding: ReturnType<typeof bindingOf>): Operator | null => (binding === 'better' || binding === 'range' ? null : binding)
