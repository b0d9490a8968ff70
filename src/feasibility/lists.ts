import { nearName } from './naming.ts'
import type { Quantity } from './quantities.ts'
import { type Condition, conditionOf } from './requirement.ts'
import { compared, planned } from './standing.ts'
import type { Statement } from './statements.ts'

/** A、B和C分别为1、2和3: each its own. A list of conditions (-10、25、60 ℃下的) is one as well. */
export function listed(words: string, quantities: Quantity[], sentence: string): (Statement & { at: number })[] {
  const chinese = [...words.matchAll(/([^，,;；。]+?)(?:分别|依次)(?:为|达到?|是|可达|稳定在|不低于|不高于|提高到|降至|提升至)+/g)].map(
    (match) => ({
      names: namesOf(match[1]!),
      from: match.index,
      to: match.index + match[0].length,
      end: endOf(words, match.index + match[0].length, ['；', ';', '。']),
    }),
  )
  const english = [
    ...words.matchAll(/([^,;.]+(?:, [^,;.]+)*?,? and [^,;.]+?) (?:was|were|is|are|reached|of) ([^;]*?),? respectively/gi),
  ].map((match) => ({
    names: match[1]!
      .replace(/ of (?:the|our) .*$/i, '')
      .split(/, and |, | and /)
      .map((name) => name.replace(/^the /i, '').trim()),
    from: match.index,
    to: match.index + match[0].length - match[2]!.length - 14,
    end: match.index + match[0].length,
  }))
  return [...chinese, ...english].flatMap(({ names, from, to, end }) => {
    const lead = words.slice(from, to)
    const values = quantities.filter((each) => each.at >= to && each.end <= end)
    const held = heldList(
      lead,
      quantities.filter((each) => each.at >= from && each.end <= to),
    )
    const count = held.length > 0 ? held.length : names.length
    if (values.length < count || count < 2) return []
    return values.slice(0, count).map((value, index) => ({
      at: value.at,
      names: held.length > 0 ? [nearName(lead)] : namesAt(names, index),
      sentence,
      approach: words.slice(0, to),
      beyond: '',
      clause: words.slice(from, end),
      low: value.low,
      high: value.high,
      binding: null,
      unit: value.unit.text === '' ? values.at(-1)!.unit : value.unit,
      figure: value.text.trim(),
      statistic: null,
      standing: compared.test(names[index] ?? '') || planned.test(words.slice(0, to)) ? ('compared' as const) : ('stated' as const),
      conditions: held.length > 0 ? [held[index]!] : [],
      isCarried: false,
      isFloor: false,
    }))
  })
}

const namesOf = (lead: string) =>
  lead
    .split(/、|以及|[和与及]/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
const endOf = (words: string, from: number, marks: string[]) =>
  Math.min(...marks.map((mark) => words.indexOf(mark, from)).map((each) => (each === -1 ? words.length : each)))

/** 拉伸和弯曲强度, 改性前、后的冲击强度, 长、宽、高: what the last of the names says for all. */
function namesAt(names: string[], index: number): string[] {
  const [name, last] = [names[index]!, names.at(-1)!]
  const [, turn = '', property] = /^(.{1,3})的(.+)$/.exec(last) ?? []
  if (property !== undefined) {
    const first = names[0]!
    const whole = index === 0 || !/前$/.test(first) || turn !== '后' ? name : first.replace(/前$/, '后')
    return [`${whole.replace(/的.+$/, '')}${property}`]
  }
  const [kind = ''] = /(?:强度|率|温度|浓度|含量|效率|误差|精度)$/.exec(last) ?? []
  const side = /[长宽高厚深]$/.test(name) ? [`${name}度`] : []
  return [...side, ...(kind !== '' && !name.endsWith(kind) ? [name + kind] : []), name]
}

/** -10、25、60 ℃下的容量保持率: three temperatures, the unit behind the last. */
function heldList(lead: string, before: Quantity[]): Condition[] {
  const last = before.at(-1)
  if (
    last === undefined ||
    before.length < 2 ||
    !/^\s*(?:的|下|时|后)/.test(lead.slice(lead.lastIndexOf(last.text.trim()) + last.text.trim().length))
  )
    return []
  return before.map((each) => conditionOf({ ...each, unit: each.unit.text === '' ? last.unit : each.unit }))
}
