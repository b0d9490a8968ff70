import { forwardLists, type SavedForwardLists } from './forward-lists.ts'
import { frequencyIn, postingLists, type SavedPostingLists, slotIn } from './posting-lists.ts'
import { b, ceiling, classWeights, k1 } from './ranking.ts'
import { roomFor } from './room.ts'
import { eachToken, type Tokens, tokensOf } from './tokens.ts'

/** The postings of the texts of one kind: for every token the documents that have it, for every document its tokens and lengths. */
export interface Postings {
  /** Puts a document into a free slot; a field's `weight` (a whole number) is what each occurrence in it counts. */
  put(slot: number, fields: { text: string; weight: number }[]): void
  remove(slot: number): void
  /**
   * Adds to each document's score what the tokens of a question contribute to it, token by token, so that a sum does not
   * depend on when a document came; `scores` is indexed by slot, `documents` is how many the kind has. Returns the sum of
   * the tokens' ceilings; a token that no document has counts with the highest.
   */
  score(question: string, documents: number, scores: Float64Array): number
  save(): SavedPostings
}

export interface SavedPostings {
  lists: SavedPostingLists
  forward: SavedForwardLists
  words: string[]
  /** By class the weighted lengths by slot. */
  lengths: Record<keyof Tokens, Uint32Array>
}

/** Tokens as the two numbers of `PostingLists`: a character stands second, a pair is both, a word has a number where no character is. */
const noCharacter = 0
const aWord = 0x110000

export function postings(saved?: SavedPostings): Postings {
  const lists = postingLists(saved?.lists)
  const forward = forwardLists(saved?.forward)
  const words = wordNumbers(saved?.words)
  const lengths = {
    characters: lengthsOfDocuments(saved?.lengths.characters),
    pairs: lengthsOfDocuments(saved?.lengths.pairs),
    words: lengthsOfDocuments(saved?.lengths.words),
  }
  /** Tokens of the document that is being put. */
  let tokens = new Uint32Array(1024)
  let count = 0

  const add = (first: number, second: number, slot: number, weight: number) => {
    const token = lists.add(first, second, slot, weight)
    if (token === 0) return
    tokens = roomFor(tokens, count + 1)
    tokens[count++] = token
  }

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
    put(slot, fields) {
      count = 0
      for (const { text, weight } of fields) {
        let [characters, pairs, ofWords] = [0, 0, 0]
        eachToken(text, {
          character(code) {
            characters++
            add(noCharacter, code, slot, weight)
          },
          pair(first, second) {
            pairs++
            add(first, second, slot, weight)
          },
          word(word) {
            ofWords++
            add(aWord, words.numberFor(word), slot, weight)
          },
        })
        lengths.characters.add(slot, characters * weight)
        lengths.pairs.add(slot, pairs * weight)
        lengths.words.add(slot, ofWords * weight)
      }
      forward.put(slot, tokens.subarray(0, count))
    },
    remove(slot) {
      const ended = (first: number, second: number) => {
        if (first === aWord) words.delete(second)
      }
      for (const token of forward.take(slot)) lists.remove(token, slot, ended)
      for (const each of Object.values(lengths)) each.remove(slot)
    },
    score(question, documents, scores) {
      const { characters, pairs, words: asked } = tokensOf(question)
      const listsOf = (tokens: string[], list: (token: string) => Uint32Array) => [...new Set(tokens)].map(list)
      const ofCharacter = (character: string) => lists.postings(lists.find(noCharacter, character.codePointAt(0)!))
      const ofPair = (pair: string) => lists.postings(lists.find(...codesOf(pair)))
      const ofWord = (word: string) => lists.postings(lists.find(aWord, words.find(word)))
      return (
        scoreClass('characters', listsOf(characters, ofCharacter), documents, scores) +
        scoreClass('pairs', listsOf(pairs, ofPair), documents, scores) +
        scoreClass('words', listsOf(asked, ofWord), documents, scores)
      )
    },
    save: () => ({
      lists: lists.save(),
      forward: forward.save(),
      words: words.save(),
      lengths: { characters: lengths.characters.save(), pairs: lengths.pairs.save(), words: lengths.words.save() },
    }),
  }
}

function codesOf(pair: string): [first: number, second: number] {
  const first = pair.codePointAt(0)!
  return [first, pair.codePointAt(first > 0xffff ? 2 : 1)!]
}

/** Numbers for words, from 1 on; those of deleted words are given again. No word is empty: '' stands where a number is free. */
function wordNumbers(names: string[] = ['']) {
  const numbers = new Map<string, number>()
  const free: number[] = []
  for (let number = 1; number < names.length; number++) {
    if (names[number] === '') free.push(number)
    else numbers.set(names[number]!, number)
  }
  return {
    /** 0, which no word has, for an unknown one. */
    find: (word: string): number => numbers.get(word) ?? 0,
    numberFor(word: string): number {
      const known = numbers.get(word)
      if (known !== undefined) return known
      const number = free.pop() ?? names.length
      numbers.set(word, number)
      names[number] = word
      return number
    },
    delete(number: number): void {
      numbers.delete(names[number]!)
      names[number] = ''
      free.push(number)
    },
    save: () => names,
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
function lengthsOfDocuments(saved: Uint32Array = new Uint32Array(0)) {
  let lengths = roomFor(saved, saved.length + 256)
  let total = saved.reduce((sum, length) => sum + length, 0)
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
    save: () => lengths,
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
