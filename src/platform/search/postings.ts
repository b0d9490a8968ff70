import { hanNumbers } from './han-numbers.ts'
import { frequencyIn, postingLists, roomFor, slotIn } from './posting-lists.ts'
import { b, ceiling, classWeights, k1 } from './ranking.ts'
import { eachToken, tokensOf } from './tokens.ts'

/** The postings of the texts of one kind: for every token the documents that have it, for every document its lengths. */
export interface Postings {
  /** Adds a field to a document; `weight` (a whole number) is what each occurrence counts. */
  add(slot: number, text: string, weight: number): void
  /** Takes a document out, given the texts of all its fields. */
  remove(slot: number, texts: string[]): void
  /**
   * Adds to each document's score what the tokens of a question contribute to it, token by token, so that a sum does not
   * depend on when a document came; `scores` is indexed by slot, `documents` is how many the kind has. Returns the sum of
   * the tokens' ceilings; a token that no document has counts with the highest.
   */
  score(question: string, documents: number, scores: Float64Array): number
}

export function postings(): Postings {
  const lists = postingLists()
  const hanLists = hanNumbers()
  const wordLists = new Map<string, number>()
  const characters = lengthsOfDocuments()
  const pairs = lengthsOfDocuments()
  const words = lengthsOfDocuments()

  const listOfHan = (first: number, second: number): number => {
    const known = hanLists.get(first, second)
    if (known !== undefined) return known
    const list = lists.open()
    hanLists.add(first, second, list)
    return list
  }
  const listOfWord = (word: string): number => {
    const known = wordLists.get(word)
    if (known !== undefined) return known
    const list = lists.open()
    wordLists.set(word, list)
    return list
  }
  const removeHan = (slot: number, first: number, second: number) => {
    const list = hanLists.get(first, second)
    if (list !== undefined && lists.remove(list, slot) === 0) hanLists.delete(first, second)
  }

  /** Scores by the tokens of one class; `asked` are their lists, undefined where no document has the token. */
  const scoreClass = (asked: (number | undefined)[], classWeight: number, norms: Float64Array, documents: number, scores: Float64Array) => {
    let bound = 0
    for (const list of asked) {
      const gain = ceiling(documents, list === undefined ? 0 : lists.count(list), classWeight)
      bound += gain
      if (list !== undefined) addContributions(lists.postings(list), gain, norms, scores)
    }
    return bound
  }

  return {
    add(slot, text, weight) {
      let [characterCount, pairCount, wordCount] = [0, 0, 0]
      eachToken(text, {
        character(code) {
          characterCount++
          lists.add(listOfHan(0, code), slot, weight)
        },
        pair(first, second) {
          pairCount++
          lists.add(listOfHan(first, second), slot, weight)
        },
        word(word) {
          wordCount++
          lists.add(listOfWord(word), slot, weight)
        },
      })
      characters.add(slot, characterCount * weight)
      pairs.add(slot, pairCount * weight)
      words.add(slot, wordCount * weight)
    },
    remove(slot, texts) {
      for (const text of texts) {
        // A token that is repeated is gone by then.
        eachToken(text, {
          character: (code) => removeHan(slot, 0, code),
          pair: (first, second) => removeHan(slot, first, second),
          word(word) {
            const list = wordLists.get(word)
            if (list !== undefined && lists.remove(list, slot) === 0) wordLists.delete(word)
          },
        })
      }
      for (const each of [characters, pairs, words]) each.remove(slot)
    },
    score(question, documents, scores) {
      const tokens = tokensOf(question)
      const codes = (token: string) => Array.from(token, (character) => character.codePointAt(0)!)
      const asked = {
        characters: [...new Set(tokens.characters)].map((character) => hanLists.get(0, codes(character)[0]!)),
        pairs: [...new Set(tokens.pairs)].map((pair) => hanLists.get(codes(pair)[0]!, codes(pair)[1]!)),
        words: [...new Set(tokens.words)].map((word) => wordLists.get(word)),
      }
      return (
        scoreClass(asked.characters, classWeights.characters, characters.norms(documents), documents, scores) +
        scoreClass(asked.pairs, classWeights.pairs, pairs.norms(documents), documents, scores) +
        scoreClass(asked.words, classWeights.words, words.norms(documents), documents, scores)
      )
    },
  }
}

/**
 * The innermost loop of a search. Two postings at a time, both read before either is written: their slots differ, which the
 * processor cannot know, and so their divisions overlap (twice as fast). Slot 0 is nobody's: it stands in at an odd end.
 */
function addContributions(list: Uint32Array, gain: number, norms: Float64Array, scores: Float64Array): void {
  for (let at = 0; at < list.length; at += 2) {
    const one = list[at]!
    const other = at + 1 < list.length ? list[at + 1]! : 0
    const toOne = contribution(frequencyIn(one), gain, norms[slotIn(one)]!)
    const toOther = contribution(frequencyIn(other), gain, norms[slotIn(other)]!)
    scores[slotIn(one)]! += toOne
    scores[slotIn(other)]! += toOther
  }
}

const contribution = (tf: number, gain: number, norm: number): number => (gain * tf) / (tf + norm)

/** The weighted lengths of the documents in one token class. */
function lengthsOfDocuments() {
  let lengths = new Uint32Array(256)
  let total = 0
  /** Kept from search to search, until the documents change. */
  let norms: Float64Array | null = null
  return {
    add(slot: number, length: number) {
      lengths = roomFor(lengths, slot + 1)
      lengths[slot]! += length
      total += length
      norms = null
    },
    remove(slot: number) {
      total -= lengths[slot]!
      lengths[slot] = 0
      norms = null
    },
    /** What BM25 adds to the frequency, by slot: k1 × (1 − b + b × length ÷ average length). */
    norms(documents: number): Float64Array {
      if (norms !== null) return norms
      const perLength = (k1 * b * documents) / total
      norms = new Float64Array(lengths.length)
      for (let slot = 0; slot < norms.length; slot++) norms[slot] = k1 * (1 - b) + perLength * lengths[slot]!
      return norms
    },
  }
}
