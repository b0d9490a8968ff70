import type { Embedder } from './embedder.ts'
import { unitLength } from './vector-bytes.ts'

/**
 * Vectors without a model: near are texts that share characters and pairs of neighbouring characters. It knows no meaning.
 * For tests, and for places where nothing better runs. Deterministic in every runtime; queries and documents are treated alike.
 * A text without a character that can be seen gets the first axis.
 */
export function hashingEmbedder(dimensions = 256): Embedder {
  return {
    model: `hashing-1-${dimensions}`,
    dimensions,
    embed: async (texts) => texts.map((text) => hashed(text, dimensions)),
  }
}

/** Every character and pair adds 1 or −1, by its hash, to one dimension; pairs do not reach over white space. */
function hashed(text: string, dimensions: number): Float32Array {
  const sums = new Float64Array(dimensions)
  const add = (hash: number) => {
    sums[(hash >>> 1) % dimensions]! += hash & 1 ? 1 : -1
  }
  for (const word of text.toLowerCase().split(/\s+/u)) {
    let before: number | undefined
    for (const character of word) {
      const single = mixed(character.codePointAt(0)!)
      add(single)
      if (before !== undefined) add(mixed(Math.imul(before, 31) + single))
      before = single
    }
  }
  return unitLength(sums)
}

/** The finaliser of MurmurHash3 (Austin Appleby, public domain): 32 bits in, 32 well stirred bits out. */
function mixed(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
