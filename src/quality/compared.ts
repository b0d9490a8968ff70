import { bootstrapped, type Interval } from './bootstrap.ts'
import { auc, gradedNdcg } from './metrics.ts'

/** Who ranks: the market, and what it is held against. `one-sided` is what the enterprise wants alone, without whether the supply would take it. */
export const rankers = ['ours', 'random', 'newest', 'bm25', 'one-sided'] as const
export type Ranker = (typeof rankers)[number]

/** One ranker's answer to one demand: ids, best first, and how sure it is that any of them answers. */
export interface Listed {
  ranking: readonly string[]
  confidence: number
}

/** One demand with what is known of it and the answers of all rankers. */
export interface Case {
  /** What answers it; empty for a demand that nothing answers. */
  relevant: ReadonlySet<string>
  grades: ReadonlyMap<string, number> | null
  /** How strongly the best candidate answers; null where there is none. */
  strength: number | null
  lists: Record<Ranker, Listed>
}

export const figureNames = ['mrr10', 'gradedNdcg5', 'gradedNdcg10', 'recall20', 'noMatchAuc'] as const
export type FigureName = (typeof figureNames)[number]
export type Figures = Record<FigureName, Interval | null>

/** Every ranker's figures with 95 % intervals, and ours minus the others' over the same draws; null where no case can say. */
export function comparedOver(answered: readonly Case[], open: readonly Case[], seed: number): Compared {
  const graded = answered.filter(({ grades }) => isGraded(grades))
  const means = { mrr10: answered, recall20: answered, gradedNdcg5: graded, gradedNdcg10: graded }
  /** What a figure is over draws: computed once a case, and summed up thousands of times. */
  const figureOf = (name: FigureName, weighed: readonly (readonly [ranker: Ranker, sign: 1 | -1])[]): Interval | null => {
    const total = (of: (ranker: Ranker) => number) => weighed.reduce((sum, [ranker, sign]) => sum + sign * of(ranker), 0)
    if (name !== 'noMatchAuc') {
      const values = means[name].map((each) => total((ranker) => addedBy(name, each, ranker)))
      return values.length === 0 ? null : bootstrapped([values], ([drawn = []]) => mean(drawn), seed)
    }
    if (answered.length === 0 || open.length === 0) return null
    const confidences = (some: readonly Case[], ranker: Ranker) => some.map(({ lists }) => lists[ranker].confidence)
    return bootstrapped(
      [answered, open],
      ([a = [], b = []]) => total((ranker) => auc(confidences(a, ranker), confidences(b, ranker))),
      seed,
    )
  }
  const table = (...weighed: (readonly [Ranker, 1 | -1])[]) =>
    Object.fromEntries(figureNames.map((name) => [name, figureOf(name, weighed)])) as Figures
  const others = rankers.filter((ranker) => ranker !== 'ours')
  return {
    figures: Object.fromEntries(rankers.map((ranker) => [ranker, table([ranker, 1])])) as Compared['figures'],
    differences: Object.fromEntries(others.map((other) => [other, table(['ours', 1], [other, -1])])) as Compared['differences'],
    judged: graded.length,
  }
}

export interface Compared {
  figures: Record<Ranker, Figures>
  /** Ours minus the other one, over the same draws of demands. */
  differences: Record<Exclude<Ranker, 'ours'>, Figures>
  /** How many demands have grades above 0. */
  judged: number
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** What one demand adds to the mean. */
export function addedBy(name: Exclude<FigureName, 'noMatchAuc'>, { relevant, grades, lists }: Case, ranker: Ranker): number {
  const { ranking } = lists[ranker]
  switch (name) {
    case 'mrr10': {
      const rank = ranking.findIndex((id) => relevant.has(id)) + 1
      return rank > 0 && rank <= 10 ? 1 / rank : 0
    }
    case 'recall20':
      return ranking.slice(0, 20).filter((id) => relevant.has(id)).length / relevant.size
    case 'gradedNdcg5':
    case 'gradedNdcg10':
      return gradedNdcg(ranking, grades!, name === 'gradedNdcg5' ? 5 : 10) ?? 0
  }
}

const isGraded = (grades: Case['grades']) => grades !== null && [...grades.values()].some((grade) => grade > 0)
