/** Measures of a ranking; ranks count from 1, null is not found. Definitions as in the TREC tradition. */

export interface KnownItemFigures {
  n: number
  mrr10: number
  ndcg10: number
  recall10: number
  recall200: number
}

/** Known item: one right result a demand. */
export function knownItemFigures(ranks: readonly (number | null)[]): KnownItemFigures {
  const mean = (value: (rank: number) => number) =>
    ranks.reduce<number>((sum, rank) => sum + (rank === null ? 0 : value(rank)), 0) / Math.max(1, ranks.length)
  return {
    n: ranks.length,
    mrr10: mean((rank) => (rank <= 10 ? 1 / rank : 0)),
    ndcg10: mean((rank) => (rank <= 10 ? 1 / Math.log2(rank + 1) : 0)),
    recall10: mean((rank) => (rank <= 10 ? 1 : 0)),
    recall200: mean((rank) => (rank <= 200 ? 1 : 0)),
  }
}

/** Graded nDCG at a cut with gain 2^grade − 1; unjudged results count as grade 0. Null where nothing relevant was judged. */
export function gradedNdcg(ranking: readonly string[], grades: ReadonlyMap<string, number>, cut = 10): number | null {
  const gain = (grade: number) => 2 ** grade - 1
  const discounted = (gains: number[]) => gains.slice(0, cut).reduce((sum, value, at) => sum + value / Math.log2(at + 2), 0)
  const ideal = discounted([...grades.values()].map(gain).sort((a, b) => b - a))
  return ideal === 0 ? null : discounted(ranking.map((id) => gain(grades.get(id) ?? 0))) / ideal
}

/** Probability that a positive has the higher score; ties count half. */
export function auc(positives: readonly number[], negatives: readonly number[]): number {
  let won = 0
  for (const positive of positives) for (const negative of negatives) won += positive > negative ? 1 : positive === negative ? 0.5 : 0
  return won / (positives.length * negatives.length)
}
