import { parseRequirement, type Requirement } from '../feasibility/requirement.ts'
import type { Indicator, ParsedIndicator } from './demand.ts'

/** An indicator with what can be read out of it: null where it holds no figure that could be met. */
export function withParsedForm({ text, need }: { text: string; need: Indicator['need'] }): Indicator {
  return { text, need, parsed: parsedForm(text) }
}

function parsedForm(text: string): ParsedIndicator | null {
  const read = parseRequirement(text)
  return read === null || read.name === '' ? null : parsedFrom(read)
}

/** What was read, as it is kept and shown. */
export function parsedFrom({ name, operator, target, max, unit, conditions }: Requirement): ParsedIndicator {
  const condition = conditions.map((each) => each.text).join('、')
  return { name, operator, target, targetMax: max, unit: unit.text, condition: condition === '' ? null : condition }
}
