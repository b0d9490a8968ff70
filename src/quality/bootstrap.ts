import { random } from '../platform/random.ts'

/** A figure with the interval in which it lies for 95 % of the draws. */
export interface Interval {
  value: number
  low: number
  high: number
}

export const resamples = 2000

/**
 * The percentile bootstrap (Efron, Tibshirani): the figure over as many draws with replacement from each group as there are resamples. The
 * groups are drawn apart, so that answerable and unanswerable demands keep their numbers. Two figures of the same draws differ pairwise.
 */
export function bootstrapped<Case>(
  groups: readonly (readonly Case[])[],
  figure: (groups: readonly (readonly Case[])[]) => number,
  seed: number,
  count = resamples,
): Interval {
  const { from } = random(seed)
  const drawn = Array.from({ length: count }, () => figure(groups.map((group) => group.map(() => from(group))))).sort((a, b) => a - b)
  const at = (share: number) => drawn[Math.min(count - 1, Math.floor(share * count))]!
  return { value: figure(groups), low: at(0.025), high: at(0.975) }
}
