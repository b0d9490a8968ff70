import { fieldsNamed, type IntakeField } from '../fields.ts'
import { oneLine } from '../grid.ts'

/** So surely a text is a label, and no word in a sentence. */
export const surely = 0.75

/** A label as it is shown: one line, in one width. */
export const shownLabel = (text: string): string => oneLine(text.normalize('NFKC'))

/** Whether a text names a field. */
export const isLabel = (text: string): boolean => (fieldsNamed(text)[0]?.certainty ?? 0) >= surely

/** Fields that a file may hold several times over. */
const repeatable: readonly IntakeField[] = ['note']

/** What each of some labels says: of two that name the same, the surer one; the other what else it may name. Null for one that names nothing. */
export function assigned(labels: readonly string[]): ({ field: IntakeField; certainty: number } | null)[] {
  const wanted = labels.flatMap((label, at) => namedBy(label).map((each) => ({ ...each, at })))
  const found: ({ field: IntakeField; certainty: number } | null)[] = labels.map(() => null)
  const taken = new Set<IntakeField>()
  // The first of two that are as sure.
  for (const { at, field, certainty } of wanted.toSorted((a, b) => b.certainty - a.certainty || a.at - b.at)) {
    if (found[at] !== null || taken.has(field)) continue
    found[at] = { field, certainty }
    if (!repeatable.includes(field)) taken.add(field)
  }
  return found
}

/** Of a header of two rows the lower one says it; the upper one where that says nothing by itself. */
function namedBy(label: string) {
  const parts = label.split(headerSign)
  const [lower = '', ...upper] = parts.toReversed()
  const own = fieldsNamed(lower)
  return own.length > 0 ? own : upper.flatMap((each) => fieldsNamed(each).map((named) => ({ ...named, certainty: named.certainty * 0.8 })))
}

/** Between the rows of a header. A slash within a label has no character of this kind. */
const headerSign = '\u241f'
export const joinedHeader = (parts: readonly string[]): string => parts.join(headerSign)
export const shownHeader = (label: string): string => label.split(headerSign).join('/')
/** The lowest row of a header, as a note names it. */
export const leafOf = (label: string): string => (label.split(headerSign).at(-1) ?? '').replaceAll(/\s+/g, '')
