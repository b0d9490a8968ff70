/** How far two judges agree beyond chance. */
export interface Agreement {
  /** Pairs that at least two judged. */
  pairs: number
  /** Cohen's κ with quadratic weights (Cohen 1968), −1…1; null where there are too few or all said the same. */
  kappa: number | null
}

const grades = 4
/** Below so many pairs a κ would say nothing. */
const pairsAtLeast = 10

/** Of the first two judges of each pair. Grades are ordered: 0 against 3 is nine times as far as 0 against 1. */
export function agreementOf(judged: readonly (readonly number[])[]): Agreement {
  const twice = judged.filter((each) => each.length >= 2)
  if (twice.length < pairsAtLeast) return { pairs: twice.length, kappa: null }
  // Who of the two is the first says nothing: both orders count, so that both have the same shares.
  const both = twice.flatMap(([a, b]) => [
    [a!, b!],
    [b!, a!],
  ])
  const share = (grade: number) => both.filter(([first]) => first === grade).length / both.length
  const shares = Array.from({ length: grades }, (_, grade) => share(grade))
  const seen = both.reduce((sum, [a, b]) => sum + (a! - b!) ** 2, 0) / both.length
  const expected = shares.reduce((sum, p, a) => sum + shares.reduce((inner, q, b) => inner + p * q * (a - b) ** 2, 0), 0)
  return { pairs: twice.length, kappa: expected === 0 ? null : 1 - seen / expected }
}
