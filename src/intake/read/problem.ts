import { fieldsNamed, type IntakeField } from '../fields.ts'
import { severalIn } from '../values/several.ts'
import { titleOf } from './title.ts'

/** One need of a cell: its name and what else is said of it. */
export interface Need {
  title: string
  problem: string | null
  isSplit: boolean
}

/** The needs that a line states: one, or as many as are listed where it has no name of its own, or as many names. */
export function needsIn(title: string, problem: string): Need[] {
  const names = title === '' ? null : severalIn(title, { lines: true })
  const listed = severalIn(problem, { lines: title === '' })
  if (names !== null) {
    const isPaired = listed !== null && listed.parts.length === names.parts.length
    return names.parts.map((name, at) => named(name, isPaired ? listed.parts[at]! : problem, true))
  }
  if (title !== '' || listed === null) return [named(title, problem, false)]
  return listed.parts.map((part) => named('', listed.before === '' ? part : `${part}\n${listed.before}`, true))
}

function named(title: string, problem: string, isSplit: boolean): Need {
  const name = title === '' ? titleOf(problem) : title
  // What says no more than its name is not said twice.
  return { title: name, problem: problem === '' || problem === name ? null : problem, isSplit }
}

/** The fields that a description names at the beginning of a line: 指标：…; and what is left without them. */
export function labelledIn(problem: string): { rest: string; said: { field: IntakeField; label: string; text: string }[] } {
  const lines = problem.split('\n')
  const said: { field: IntakeField; label: string; text: string }[] = []
  const rest = lines.filter((line, at) => {
    const [, label, text] = /^([^\d:：，。；、(（①-⑳][^:：，。；]{1,11})[:：]\s*(.+)$/s.exec(line.trim()) ?? []
    const named = label === undefined ? undefined : fieldsNamed(label)[0]
    if (at === 0 || named === undefined || named.certainty < 0.9 || !labelled.includes(named.field)) return true
    said.push({ field: named.field, label: label!, text: text! })
    return false
  })
  return { rest: rest.join('\n').trim(), said }
}
const labelled: readonly IntakeField[] = ['indicators', 'tried', 'ownConditions', 'currentState']
