import type { Indicator, ParsedIndicator } from './demand.ts'

/** Words and signs that say how a figure binds, longest first so that 不低于 is not read as 低于. */
const operators: [RegExp, ParsedIndicator['operator']][] = [
  [/不低于|不少于|不小于|至少|≥|>=|≧/, 'ge'],
  [/不超过|不高于|不大于|不多于|至多|≤|<=|≦/, 'le'],
  [/大于|超过|高于|>|＞/, 'gt'],
  [/小于|低于|少于|<|＜/, 'lt'],
]
const number = String.raw`[-+]?\d+(?:,\d{3})*(?:\.\d+)?`
const unit = String.raw`[A-Za-z°℃%‰μµΩ·/²³⁻¹0-9()（）^*.\-]*[A-Za-z°℃%‰μµΩ²³)）]|个百分点|万小时|小时|分钟|秒|天|年|月|次|吨|公斤|元|万元|台|件`
const ahead = new RegExp(`(${number})\\s*(${unit})?`)
const span = new RegExp(`(${number})\\s*(?:~|～|—|–|-|至|到)\\s*(${number})\\s*(${unit})?`)
const behind = new RegExp(`(${number})\\s*(${unit})?\\s*(以上|以下|以内|及以上)`)

/** An indicator with what can be read out of it. Only the plain forms: one name, one figure, one comparison; the rest stays text. */
export function withParsedForm({ text, need }: { text: string; need: Indicator['need'] }): Indicator {
  return { text, need, parsed: parsePlain(text.normalize('NFKC')) }
}

function parsePlain(text: string): ParsedIndicator | null {
  // Two figures of different things, a baseline or an alternative are not plain.
  if (/[;；,，、。]|现有|提高|降低|减少|延长|倍|或/.test(text.replaceAll(/(?<=\d),(?=\d{3})/g, ''))) return null
  const name = (end: number) =>
    text
      .slice(0, end)
      .replace(/(?<![\s:：为达到])[\s:：为达到]+$/, '')
      .trim()
  for (const [pattern, operator] of operators) {
    const sign = pattern.exec(text)
    if (!sign) continue
    const rest = text.slice(sign.index + sign[0].length)
    const figure = ahead.exec(rest)
    if (!figure || figure.index > 2) return null
    return plain(name(sign.index), operator, figure[1]!, null, figure[2])
  }
  const range = span.exec(text)
  if (range) return plain(name(range.index), 'range', range[1]!, range[2]!, range[3])
  const bound = behind.exec(text)
  if (bound) return plain(name(bound.index), bound[3]!.endsWith('以上') ? 'ge' : 'le', bound[1]!, null, bound[2])
  return null
}

function plain(
  name: string,
  operator: ParsedIndicator['operator'],
  from: string,
  to: string | null,
  unit: string | undefined,
): ParsedIndicator | null {
  if (name === '' || unit === undefined) return null
  const value = (digits: string) => Number(digits.replaceAll(',', ''))
  return { name, operator, target: value(from), targetMax: to === null ? null : value(to), unit, condition: null }
}
