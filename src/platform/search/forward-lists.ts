import { roomFor } from './room.ts'

/**
 * For each document its tokens, so that it can be taken out without its text. Lists stand one behind the other in one typed
 * array, four bytes a token; what removed ones leave is won back when it is half of the array.
 */
export interface ForwardLists {
  /** The tokens of a slot that has none. */
  put(slot: number, tokens: Uint32Array): void
  /** The tokens of a slot, which has none from then on. */
  take(slot: number): Uint32Array
  save(): SavedForwardLists
}

export interface SavedForwardLists {
  all: Uint32Array
  /** By slot: where its list begins, and how long it is. */
  starts: Uint32Array
  counts: Uint32Array
}

const none: SavedForwardLists = { all: new Uint32Array(0), starts: new Uint32Array(0), counts: new Uint32Array(0) }

export function forwardLists(saved = none): ForwardLists {
  let all = roomFor(saved.all, saved.all.length + 1024)
  let starts = roomFor(saved.starts, saved.starts.length + 256)
  let counts = roomFor(saved.counts, saved.counts.length + 256)
  let used = saved.all.length
  let live = counts.reduce((sum, count) => sum + count, 0)

  const compact = () => {
    const kept = new Uint32Array(Math.ceil(live * 1.5) + 1024)
    used = 0
    for (let slot = 0; slot < starts.length; slot++) {
      kept.set(all.subarray(starts[slot]!, starts[slot]! + counts[slot]!), used)
      starts[slot] = used
      used += counts[slot]!
    }
    all = kept
  }

  return {
    put(slot, tokens) {
      starts = roomFor(starts, slot + 1)
      counts = roomFor(counts, slot + 1)
      all = roomFor(all, used + tokens.length)
      all.set(tokens, used)
      starts[slot] = used
      counts[slot] = tokens.length
      used += tokens.length
      live += tokens.length
    },
    take(slot) {
      const tokens = all.slice(starts[slot], starts[slot]! + counts[slot]!)
      counts[slot] = 0
      live -= tokens.length
      if (used > 2 * live + 1024) compact()
      return tokens
    },
    save: () => ({ all: all.subarray(0, used), starts, counts }),
  }
}
