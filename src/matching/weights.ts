/**
 * All weights of ranking, in one place.
 *
 * `text` and `meaning` weigh the same: on 136 public demands against 1,469 results (known item), additive BM25 ÷ its maximum +
 * 1 × cosine scaled to 0…1 gives MRR@10 .80; with 0.5 or 2 for the cosine it is within two demands of that, and on a second
 * set of 131 demands the same choice is best (`sunmao eval relevance --folds 5` prints the cross-validated figure).
 * The market signals have no judged pairs yet: together they hold a fifth of a side, so that they order what is topically
 * alike and never lift what is off the topic over what is on it.
 */
export const demandSideWeights = {
  text: 0.4,
  meaning: 0.4,
  readiness: 0.06,
  budget: 0.06,
  deadline: 0.05,
  freshness: 0.03,
} as const

export const supplySideWeights = {
  field: 0.78,
  modes: 0.1,
  fee: 0.05,
  region: 0.04,
  'demand-freshness': 0.03,
} as const

/** What a missing signal counts as: nothing known is neither good nor bad. */
export const neutral = 0.5

/**
 * An expert's votes: the best document counts most, the next four together the rest, each half of the one before.
 * After Balog, Azzopardi, de Rijke (document model of expert finding), damped so that many weak papers do not beat a strong one.
 */
export const votes = { best: 0.8, rest: 0.2, damping: 0.5, counted: 5 } as const
