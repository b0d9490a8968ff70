/**
 * Cosines of the rows with the query. Four rows at a time share what is read of the query, with two sums each, so that
 * additions need not wait for each other; every row is summed in the same order wherever it stands. Both sides have length 1.
 */
export function cosines(query: Float64Array, data: Float32Array, rows: Uint32Array): Float64Array {
  const length = query.length
  const found = new Float64Array(rows.length + 3)
  for (let at = 0; at < rows.length; at += 4) {
    // Beyond the end the first row stands in.
    const a = rows[at]! * length
    const b = (rows[at + 1] ?? 0) * length
    const c = (rows[at + 2] ?? 0) * length
    const d = (rows[at + 3] ?? 0) * length
    let a0 = 0
    let a1 = 0
    let b0 = 0
    let b1 = 0
    let c0 = 0
    let c1 = 0
    let d0 = 0
    let d1 = 0
    const even = length - (length % 2)
    for (let i = 0; i < even; i += 2) {
      const x = query[i]!
      const y = query[i + 1]!
      a0 += x * data[a + i]!
      a1 += y * data[a + i + 1]!
      b0 += x * data[b + i]!
      b1 += y * data[b + i + 1]!
      c0 += x * data[c + i]!
      c1 += y * data[c + i + 1]!
      d0 += x * data[d + i]!
      d1 += y * data[d + i + 1]!
    }
    if (even < length) {
      const x = query[even]!
      a0 += x * data[a + even]!
      b0 += x * data[b + even]!
      c0 += x * data[c + even]!
      d0 += x * data[d + even]!
    }
    found[at] = within(a0 + a1)
    found[at + 1] = within(b0 + b1)
    found[at + 2] = within(c0 + c1)
    found[at + 3] = within(d0 + d1)
  }
  return found.subarray(0, rows.length)
}

/** Rounding may not lead beyond -1…1. */
const within = (cosine: number) => Math.max(-1, Math.min(1, cosine))

/** The vector at length 1, in double precision; a zero vector stays one. */
export function unit(vector: Float32Array): Float64Array {
  const scaled = new Float64Array(vector)
  let squares = 0
  for (const value of scaled) squares += value * value
  if (squares > 0) for (let i = 0; i < scaled.length; i++) scaled[i]! /= Math.sqrt(squares)
  return scaled
}
