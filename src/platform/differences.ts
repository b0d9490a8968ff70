import { diffArrays } from 'diff'

/** A run of words that both texts have, or that one of them has alone. */
export interface Difference {
  text: string
  kind: 'same' | 'added' | 'removed'
}

/** Words as people read them, in Chinese too, where no space divides them. */
const words = new Intl.Segmenter('zh', { granularity: 'word' })
const wordsOf = (text: string) => [...words.segment(text)].map(({ segment }) => segment)

/** Beyond this many changed words nobody reads word by word, and comparing would take long. */
const mostChanges = 2000

/** What was taken away and added between two texts, word by word; two texts that have little in common are shown whole. */
export function differencesOf(before: string, after: string): Difference[] {
  const found = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: mostChanges })
  if (found === undefined) {
    return [
      { text: before, kind: 'removed' },
      { text: after, kind: 'added' },
    ]
  }
  return found.map(({ value, added, removed }) => ({ text: value.join(''), kind: added ? 'added' : removed ? 'removed' : 'same' }))
}
