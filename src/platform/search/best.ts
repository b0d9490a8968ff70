/** A slot and its score. */
export type Scored = [slot: number, score: number]

/**
 * Keeps the best `limit` of the slots it is given. `order` decides between equal scores (negative: the first goes first),
 * so that what is kept does not depend on the order of coming.
 */
export function best(
  limit: number,
  order: (a: number, b: number) => number,
): { offer(slot: number, score: number): void; done(): Scored[] } {
  // A heap with the worst at its root: most offers are refused by one comparison.
  const heap: Scored[] = []
  const after = (a: Scored, b: Scored) => a[1] < b[1] || (a[1] === b[1] && order(a[0], b[0]) > 0)

  const rise = (from: number) => {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >>> 1
      if (!after(heap[at]!, heap[parent]!)) return
      swap(heap, at, parent)
      at = parent
    }
  }
  const sink = () => {
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      if (left >= heap.length) return
      const worse = left + 1 < heap.length && after(heap[left + 1]!, heap[left]!) ? left + 1 : left
      if (!after(heap[worse]!, heap[at]!)) return
      swap(heap, at, worse)
      at = worse
    }
  }

  return {
    offer(slot, score) {
      if (heap.length < limit) {
        heap.push([slot, score])
        rise(heap.length - 1)
      } else if (limit > 0 && score >= heap[0]![1] && after(heap[0]!, [slot, score])) {
        heap[0] = [slot, score]
        sink()
      }
    },
    done: () => heap.sort((a, b) => b[1] - a[1] || order(a[0], b[0])),
  }
}

function swap(heap: Scored[], a: number, b: number): void {
  const kept = heap[a]!
  heap[a] = heap[b]!
  heap[b] = kept
}
