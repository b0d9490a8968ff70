import { best } from './best.ts'
import { byteDotArray, byteLane } from './dot.ts'
import { roomFor } from './room.ts'

/**
 * The vectors once more in signed bytes: a quarter of the memory to read, and how far a product may be off is known. So most
 * can be left out before the exact products are made, and none that is among the nearest.
 */
export interface Coarse {
  put(row: number, vector: ArrayLike<number>): void
  /** Of these rows those that may be among the `limit` nearest, by their places in `rows`, which has that many and more. */
  narrow(query: ArrayLike<number>, rows: Uint32Array, limit: number): Uint32Array
}

/** Rounding of exact products in single precision, and of these bounds. */
const slack = 1e-5

/** Null where it would not be worth while. */
export function coarseVectors(dimensions: number): Coarse | null {
  const codes = byteDotArray()
  if (codes === null) return null
  const stride = byteLane * Math.ceil(dimensions / byteLane)
  /** By row: what a step of its codes is worth, and the length of what they leave out. */
  let steps = new Float64Array(256)
  let rests = new Float64Array(256)

  /** The query takes two bytes a number. */
  const startOf = (row: number) => (row + 2) * stride

  return {
    put(row, vector) {
      steps = roomFor(steps, row + 1)
      rests = roomFor(rests, row + 1)
      const start = startOf(row)
      const array = codes.room(start + stride)
      const { step, rest } = encode(vector, (i, code) => {
        array[start + i] = code
      })
      steps[row] = step
      rests[row] = rest
    },
    narrow(query, rows, limit) {
      const array = codes.room(2 * stride)
      const { step, rest } = encode(query, (i, code) => {
        array[2 * i] = code
        array[2 * i + 1] = code >> 8
      })
      const starts = new Uint32Array(rows.length)
      for (let i = 0; i < rows.length; i++) starts[i] = startOf(rows[i]!)
      const products = codes.dots(starts, stride)
      // |q·v − q'·v'| ≤ |q|·|v − v'| + |q − q'|·|v'|, and all but the rests are at most 1 + their rest long (Cauchy–Schwarz).
      const highest = new Float64Array(rows.length)
      const lowest = best(limit, () => 0)
      let floor = lowest.floor()
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i]!
        const product = step * steps[row]! * products[i]!
        const error = rests[row]! + rest * (1 + rests[row]!) + slack
        highest[i] = product + error
        if (product - error < floor) continue
        lowest.offer(i, product - error)
        floor = lowest.floor()
      }
      const places = new Uint32Array(rows.length)
      let count = 0
      for (let i = 0; i < rows.length; i++) if (highest[i]! >= floor) places[count++] = i
      return places.subarray(0, count)
    },
  }
}

/** Codes from -127 to 127: what a step of them is worth, and the length of what they leave out. */
function encode(vector: ArrayLike<number>, write: (i: number, code: number) => void): { step: number; rest: number } {
  let most = 0
  for (let i = 0; i < vector.length; i++) most = Math.max(most, Math.abs(vector[i]!))
  const step = most === 0 ? 1 : most / 127
  let squares = 0
  for (let i = 0; i < vector.length; i++) {
    const code = Math.round(vector[i]! / step)
    write(i, code)
    squares += (vector[i]! - step * code) ** 2
  }
  return { step, rest: Math.sqrt(squares) }
}
