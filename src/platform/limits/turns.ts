/** Runs work of one party a few at a time; the others of that party wait, and nobody waits for them. False where too many wait already. */
export interface Turns {
  take(party: string): Promise<boolean>
  /** To be called once for every turn that was taken. */
  leave(party: string): void
}

export function turns({ atOnce, waitingAtMost }: { atOnce: number; waitingAtMost: number }): Turns {
  const parties = new Map<string, { running: number; waiting: (() => void)[] }>()
  return {
    async take(party) {
      const own = parties.get(party) ?? { running: 0, waiting: [] }
      parties.set(party, own)
      if (own.running < atOnce) {
        own.running++
        return true
      }
      if (own.waiting.length >= waitingAtMost) return false
      // Whoever leaves hands his turn on.
      await new Promise<void>((resolve) => own.waiting.push(resolve))
      return true
    },
    leave(party) {
      const own = parties.get(party)
      if (own === undefined) return
      const next = own.waiting.shift()
      if (next !== undefined) return next()
      own.running--
      if (own.running === 0) parties.delete(party)
    },
  }
}

/** Work that is heavy for the whole machine, one after the other; null where too many wait already. */
export function queue(waitingAtMost: number): <Result>(work: () => Promise<Result>) => Promise<Result | null> {
  const { take, leave } = turns({ atOnce: 1, waitingAtMost })
  return async (work) => {
    if (!(await take('all'))) return null
    try {
      return await work()
    } finally {
      leave('all')
    }
  }
}
