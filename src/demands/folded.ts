import { normalise } from '../platform/search/tokens.ts'

/** A text without what can stand between the letters of a word, each letter in the one form in which it is compared. */
export interface Folded {
  letters: string
  /** Where in the text each letter begins. */
  starts: number[]
  text: string
}

/** 众 砺·重工, ＺＬ－２００ and 眾礪重工 are read as they are meant: 众砺重工, zl200. */
export function folded(text: string): Folded {
  let letters = ''
  const starts: number[] = []
  let at = 0
  for (const character of text) {
    for (const letter of normalise(character)) {
      if (!/[\p{L}\p{N}]/u.test(letter)) continue
      letters += letter
      for (let unit = 0; unit < letter.length; unit++) starts.push(at)
    }
    at += character.length
  }
  return { letters, starts, text }
}

/** What stands in the text from one letter to another, the second not included. */
export function written({ starts, text }: Folded, from: number, to: number): string {
  const last = starts[to - 1]!
  return text.slice(starts[from], last + String.fromCodePoint(text.codePointAt(last)!).length)
}

/** A word in the form in which it is looked for. */
export const lettersOf = (text: string): string => folded(text).letters

/** Every place at which a word stands, as it is written there. */
export function occurrences(within: Folded, letters: string): string[] {
  const found: string[] = []
  if (letters.length < 2) return found
  for (let at = within.letters.indexOf(letters); at >= 0; at = within.letters.indexOf(letters, at + letters.length))
    found.push(written(within, at, at + letters.length))
  return found
}
