/** How much words and meaning count in the topic; together 1. */
export interface TopicWeights {
  text: number
  meaning: number
}

/**
 * `text` and `meaning` weigh the same: on 136 public demands against 1,469 results (known item), additive BM25 ÷ its maximum +
 * 1 × cosine scaled to 0…1 gives MRR@10 .80; with half or twice the cosine it is within two demands of that, and on a second set of
 * 131 demands the same choice is best (`sunmao eval relevance --folds 5` prints the cross-validated figure).
 */
export const topicWeights: TopicWeights = { text: 0.5, meaning: 0.5 }

export interface Weights {
  topic: TopicWeights
  demandSide: Record<'text' | 'meaning' | 'readiness' | 'budget' | 'deadline' | 'freshness', number>
  supplySide: Record<'field' | 'modes' | 'fee' | 'region' | 'demand-freshness', number>
}

/**
 * All weights of ranking. The market signals have no judged pairs yet: together they hold a fifth of a side, so that they order what
 * is topically alike and do not lift what is off the topic over what is on it. Each side adds up to 1.
 */
export function weightsWith(topic: TopicWeights): Weights {
  return {
    topic,
    demandSide: { text: 0.8 * topic.text, meaning: 0.8 * topic.meaning, readiness: 0.06, budget: 0.06, deadline: 0.05, freshness: 0.03 },
    supplySide: { field: 0.78, modes: 0.1, fee: 0.05, region: 0.04, 'demand-freshness': 0.03 },
  }
}

export const weights: Weights = weightsWith(topicWeights)

/** What a missing signal counts as: nothing known is neither good nor bad. */
export const neutral = 0.5

/**
 * An expert's votes: the best document counts most, the next four together the rest, each half of the one before.
 * After Balog, Azzopardi, de Rijke (document model of expert finding), damped so that many weak papers do not beat a strong one.
 */
export const votes = { best: 0.8, rest: 0.2, damping: 0.5, counted: 5 } as const
