import { frequencyIn, postingLists, roomFor, slotIn } from './posting-lists.ts'
import { b, ceiling, classWeights, k1 } from './ranking.ts'
import { eachToken, type Tokens, tokensOf } from './tokens.ts'

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

/** Tokens as the two numbers of `PostingLists`: a character stands second, a pair is both, a word has a number where no character is. */
const noCharacter = 0
const aWord = 0x110000

export function postings(): Postings {
  const lists = postingLists()
  const words = wordNumbers()
  const lengths = { characters: lengthsOfDocuments(), pairs: lengthsOfDocuments(), words: lengthsOfDocuments() }

  /** Scores by the tokens of one class, of which these are the postings. */
  const scoreClass = (name: keyof Tokens, asked: Uint32Array[], documents: number, scores: Float64Array) => {
    const norms = lengths[name].norms(documents)
    let bound = 0
    for (const list of asked) {
      const gain = ceiling(documents, list.length, classWeights[name])
      bound += gain
      addContributions(list, gain, norms, scores)
    }
    return bound
  }

  return {
    add(slot, text, weight) {
      let [characters, pairs, ofWords] = [0, 0, 0]
      eachToken(text, {
        character(code) {
          characters++
          lists.add(noCharacter, code, slot, weight)
        },
        pair(first, second) {
          pairs++
          lists.add(first, second, slot, weight)
        },
        word(word) {
          ofWords++
          lists.add(aWord, words.numberFor(word), slot, weight)
        },
      })
      lengths.characters.add(slot, characters * weight)
      lengths.pairs.add(slot, pairs * weight)
      lengths.words.add(slot, ofWords * weight)
    },
    remove(slot, texts) {
      for (const text of texts) {
        // A token that is repeated is gone by then.
        eachToken(text, {
          character: (code) => lists.remove(noCharacter, code, slot),
          pair: (first, second) => lists.remove(first, second, slot),
          word(word) {
            if (lists.remove(aWord, words.find(word), slot) === 0) words.delete(word)
          },
        })
      }
      for (const each of Object.values(lengths)) each.remove(slot)
    },
    score(question, documents, scores) {
      const { characters, pairs, words: asked } = tokensOf(question)
      const listsOf = (tokens: string[], list: (token: string) => Uint32Array) => [...new Set(tokens)].map(list)
      const ofCharacter = (character: string) => lists.postings(noCharacter, character.codePointAt(0)!)
      const ofPair = (pair: string) => lists.postings(...codesOf(pair))
      const ofWord = (word: string) => lists.postings(aWord, words.find(word))
      return (
        scoreClass('characters', listsOf(characters, ofCharacter), documents, scores) +
        scoreClass('pairs', listsOf(pairs, ofPair), documents, scores) +
        scoreClass('words', listsOf(asked, ofWord), documents, scores)
      )
    },
  }
}

function codesOf(pair: string): [first: number, second: number] {
  const first = pair.codePointAt(0)!
  return [first, pair.codePointAt(first > 0xffff ? 2 : 1)!]
}

/** Numbers for words, from 1 on; those of deleted words are given again. */
function wordNumbers() {
  const numbers = new Map<string, number>()
  const free: number[] = []
  return {
    /** 0, which no word has, for an unknown one. */
    find: (word: string): number => numbers.get(word) ?? 0,
    numberFor(word: string): number {
      const known = numbers.get(word)
      if (known !== undefined) return known
      const number = free.pop() ?? numbers.size + 1
      numbers.set(word, number)
      return number
    },
    delete(word: string): void {
      const number = numbers.get(word)
      if (number === undefined) return
      numbers.delete(word)
      free.push(number)
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
