import { postingLists, roomFor } from './posting-lists.ts'
import { b, ceiling, k1 } from './ranking.ts'

/** The postings of one token class, and the documents' tokens, so that a document can be taken out without its text. */
export interface Postings {
  /** Adds a field's tokens to a document; `weight` (a whole number) is what each occurrence counts. */
  add(slot: number, tokens: string[], weight: number): void
  /** Takes a document out with all its fields. */
  remove(slot: number): void
  /**
   * Adds to each document's score what the tokens contribute to it, token by token in the order given, so that a sum does
   * not depend on when a document came. `scores` is indexed by slot; `documents` is how many the kind has.
   */
  score(tokens: Set<string>, documents: number, classWeight: number, scores: Float64Array): void
  /** Sum of the tokens' ceilings; a token that no document has counts with the highest. */
  bound(tokens: Set<string>, documents: number, classWeight: number): number
}

export function postings(): Postings {
  const lists = postingLists()
  const listOf = new Map<string, number>()
  const tokenOf: string[] = []
  /** Slot → the lists it is in. */
  const forward: (Uint32Array | undefined)[] = []
  let lengths = new Uint32Array(256)
  let totalLength = 0

  const listFor = (token: string): number => {
    const known = listOf.get(token)
    if (known !== undefined) return known
    const list = lists.open()
    listOf.set(token, list)
    tokenOf[list] = token
    return list
  }

  return {
    add(slot, tokens, weight) {
      const added: number[] = []
      for (const token of tokens) {
        const list = listFor(token)
        if (lists.add(list, slot, weight)) added.push(list)
      }
      const earlier = forward[slot]
      forward[slot] = earlier === undefined ? new Uint32Array(added) : joined(earlier, added)
      lengths = roomFor(lengths, slot + 1)
      lengths[slot]! += tokens.length * weight
      totalLength += tokens.length * weight
    },
    remove(slot) {
      for (const list of forward[slot] ?? []) {
        if (lists.remove(list, slot) === 0) listOf.delete(tokenOf[list]!)
      }
      forward[slot] = undefined
      totalLength -= lengths[slot] ?? 0
      lengths[slot] = 0
    },
    score(tokens, documents, classWeight, scores) {
      const base = k1 * (1 - b)
      const perLength = (k1 * b * documents) / totalLength
      for (const token of tokens) {
        const list = listOf.get(token)
        if (list === undefined) continue
        const gain = ceiling(documents, lists.count(list), classWeight)
        const { slots, frequencies, start, end } = lists.entries(list)
        const each = lengths
        for (let at = start; at < end; at++) {
          const slot = slots[at]!
          const tf = frequencies[at]!
          scores[slot]! += (gain * tf) / (tf + base + perLength * each[slot]!)
        }
      }
    },
    bound(tokens, documents, classWeight) {
      let sum = 0
      for (const token of tokens) {
        const list = listOf.get(token)
        sum += ceiling(documents, list === undefined ? 0 : lists.count(list), classWeight)
      }
      return sum
    },
  }
}

function joined(earlier: Uint32Array, added: number[]): Uint32Array {
  const all = new Uint32Array(earlier.length + added.length)
  all.set(earlier)
  all.set(added, earlier.length)
  return all
}
