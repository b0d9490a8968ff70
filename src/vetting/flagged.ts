import { folded, lettersOf } from '../demands/folded.ts'
import { FlaggedKind, type FlaggedTerms } from '../market/flagged-terms.ts'

/** Why a place in a text is pointed at: a term of the list, or words by which outsiders could tell whose it is. */
export type FlagKind = FlaggedKind | 'telling'

/** A piece of a text, flagged or not; the pieces together are the text. */
export interface Piece {
  text: string
  kind: FlagKind | null
}

/** A term in the form in which it is looked for. */
export interface Flag {
  letters: string
  kind: FlagKind
}

export function flagsOf(terms: FlaggedTerms, telling: readonly string[] = []): Flag[] {
  const listed = FlaggedKind.options.flatMap((kind) => terms[kind].map((term) => ({ letters: lettersOf(term), kind })))
  const told = telling.map((words) => ({ letters: lettersOf(words), kind: 'telling' as const }))
  // What is longer is said first: 填补国内空白 is not marked as 空白.
  return [...told, ...listed].filter(({ letters }) => letters.length >= 2).sort((a, b) => b.letters.length - a.letters.length)
}

/** A text cut where flagged terms stand, however they are spaced or written. */
export function flagged(text: string, flags: readonly Flag[]): Piece[] {
  const { letters, starts } = folded(text)
  const kinds: (FlagKind | undefined)[] = []
  const ends: [from: number, to: number][] = []
  for (const { letters: term, kind } of flags) {
    for (let at = letters.indexOf(term); at >= 0; at = letters.indexOf(term, at + 1)) {
      const to = at + term.length
      if (kinds.slice(at, to).some((known) => known !== undefined)) continue
      for (let letter = at; letter < to; letter++) kinds[letter] = kind
      ends.push([at, to])
    }
  }
  const pieces: Piece[] = []
  let done = 0
  for (const [from, to] of ends.sort(([a], [b]) => a - b)) {
    const start = starts[from]!
    const last = starts[to - 1]!
    const end = last + String.fromCodePoint(text.codePointAt(last)!).length
    if (start > done) pieces.push({ text: text.slice(done, start), kind: null })
    pieces.push({ text: text.slice(start, end), kind: kinds[from]! })
    done = end
  }
  if (done < text.length) pieces.push({ text: text.slice(done), kind: null })
  return pieces
}
