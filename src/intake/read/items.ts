import { severalIn } from '../values/several.ts'
import { saysSomething } from './entry.ts'

const number = /^\s*(?:[（(]?\d{1,2}(?:[)）、．]|\.(?!\d))|[①-⑳])\s*/

/** The items of a list: on lines of their own, between semicolons, or numbered. */
export function itemsOf(text: string): string[] {
  const pieces = text.split(/[\n；;]/).map((piece) => piece.replace(number, '').trim())
  const items = pieces.filter(saysSomething)
  const inOne = items.length === 1 ? severalIn(text, { lines: false }) : null
  if (inOne === null) return items
  return [inOne.before, ...inOne.parts].filter(saysSomething)
}
