/** A slot and its score. */
export type Scored = [slot: number, score: number]

export interface Best {
  offer(slot: number, score: number): void
  /** What scores less need not be offered: it would be refused. */
  floor(): number
  /** What was kept, best first. */
  done(): Scored[]
}

/**
 * Keeps the best `limit` of the slots it is given. `order` decides between equal scores (negative: the first goes first),
 * so that what is kept does not depend on the order of coming.
 */
export function best(limit: number, order: (a: number, b: number) => number): Best {
  // A heap with the worst at its root: most offers are refused by one comparison.
  const slots = new Uint32Array(limit)
  const scores = new Float64Array(limit)
  let count = 0

  const isAfter = (slot: number, score: number, at: number) => score < scores[at]! || (score === scores[at]! && order(slot, slots[at]!) > 0)
  const put = (slot: number, score: number, at: number) => {
    slots[at] = slot
    scores[at] = score
  }
  /** Puts a slot at the end, or above those there that are better. */
  const rise = (slot: number, score: number) => {
    let at = count++
    for (let above = (at - 1) >>> 1; at > 0 && isAfter(slot, score, above); above = (at - 1) >>> 1) {
      put(slots[above]!, scores[above]!, at)
      at = above
    }
    put(slot, score, at)
  }
  /** Puts a slot in the place of the root, or below those there that are worse. */
  const sink = (slot: number, score: number) => {
    let at = 0
    for (let below = 1; below < count; below = 2 * at + 1) {
      if (below + 1 < count && isAfter(slots[below + 1]!, scores[below + 1]!, below)) below++
      if (isAfter(slot, score, below)) break
      put(slots[below]!, scores[below]!, at)
      at = below
    }
    put(slot, score, at)
  }

  return {
    offer(slot, score) {
      if (count < limit) rise(slot, score)
      else if (limit > 0 && score >= scores[0]! && !isAfter(slot, score, 0)) sink(slot, score)
    },
    floor: () => (count < limit ? -Infinity : limit > 0 ? scores[0]! : Infinity),
    done: () =>
      Array.from(slots.subarray(0, count), (slot, i): Scored => [slot, scores[i]!]).sort((a, b) => b[1] - a[1] || order(a[0], b[0])),
  }
}
