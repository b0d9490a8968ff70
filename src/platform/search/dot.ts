import { dotBytes } from './dot-bytes.ts'
import { roomFor } from './room.ts'

/** Numbers in one flat array: first the query, then the vectors that it is compared with. */
export interface DotArray<Numbers = Float32Array, Products = Float32Array> {
  /** The array, with room for at least `length` numbers; it is replaced when it grows. */
  room(length: number): Numbers
  /** Dot products of the first `length` numbers with as many from each start on. `length` is a multiple of the lane, and at least that. */
  dots(starts: Uint32Array, length: number): Products
}

/** Vectors are padded with zeros to a multiple of so many numbers, those of bytes to one of so many bytes. */
export const lane = 4
export const byteLane = 16

/** By SIMD where WebAssembly may be compiled from bytes; Cloudflare Workers forbid it, and results differ by rounding there. */
export const dotArray = (): DotArray => (simd === null ? plainDotArray() : simdDotArray(simd, Float32Array, Float32Array, 'dots'))

/**
 * For signed bytes, whose products are exact; null where there is no SIMD, which alone makes it worth while. The query comes first here
 * too, each number as two bytes, the low one first.
 */
export const byteDotArray = (): DotArray<Int8Array, Int32Array> | null =>
  simd === null ? null : simdDotArray(simd, Int8Array, Int32Array, 'byte_dots')

/** What we use of WebAssembly, which TypeScript has no types for outside browsers. */
interface Engine {
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object) => { exports: Exports }
}
/** What `dot.wat` exports. */
interface Exports {
  memory: { buffer: ArrayBuffer; grow(pages: number): number }
  dots: Dots
  byte_dots: Dots
}
type Dots = (a: number, b: number, c: number, d: number, bytes: number) => void
// Every runtime we know has this global.
const engine = (globalThis as unknown as { WebAssembly: Engine }).WebAssembly

const simd = compiled()

function compiled(): object | null {
  try {
    return new engine.Module(Uint8Array.from(atob(dotBytes), (byte) => byte.charCodeAt(0)))
  } catch {
    // Forbidden, or without SIMD: the plain array takes its place.
    return null
  }
}

const pageBytes = 65_536
/** So many pages at once, as growing replaces the array. */
const leastPages = 16
/** Where our array begins in the memory of `dot.wat`, behind its results. */
const arrayAt = 64

type Constructor<Numbers> = { new (buffer: ArrayBuffer, start: number, length?: number): Numbers; new (length: number): Numbers }

function simdDotArray<Numbers extends Float32Array | Int8Array, Products extends Float32Array | Int32Array>(
  module: object,
  Numbers: Constructor<Numbers>,
  Products: Constructor<Products>,
  name: 'dots' | 'byte_dots',
): DotArray<Numbers, Products> {
  const { memory, [name]: dots } = new engine.Instance(module).exports
  let results = new Products(memory.buffer, 0, 4)
  let array = new Numbers(memory.buffer, arrayAt)
  const size = array.BYTES_PER_ELEMENT
  return {
    room(length) {
      if (length > array.length) {
        memory.grow(Math.max(leastPages, Math.ceil(((length - array.length) * size) / pageBytes)))
        results = new Products(memory.buffer, 0, 4)
        array = new Numbers(memory.buffer, arrayAt)
      }
      return array
    },
    dots(starts, length) {
      // Four at once and far from each other: memory brings four streams in little more time than one.
      const quarter = Math.ceil(starts.length / 4)
      const found = new Products(4 * quarter)
      const addresses = new Uint32Array(4 * quarter).fill(arrayAt)
      for (let i = 0; i < starts.length; i++) addresses[i] = arrayAt + starts[i]! * size
      for (let i = 0, j = quarter, k = 2 * quarter, l = 3 * quarter; i < quarter; i++, j++, k++, l++) {
        dots(addresses[i]!, addresses[j]!, addresses[k]!, addresses[l]!, length * size)
        found[i] = results[0]!
        found[j] = results[1]!
        found[k] = results[2]!
        found[l] = results[3]!
      }
      // The same class, which the method's type does not say.
      return found.subarray(0, starts.length) as Products
    },
  }
}

/** The same without WebAssembly, in double precision and several times slower. */
export function plainDotArray(): DotArray {
  let array = new Float32Array(0)
  return {
    room(length) {
      array = roomFor(array, length)
      return array
    },
    dots: (starts, length) => Float32Array.from(starts, (start) => plainDot(array, start, length)),
  }
}

function plainDot(array: Float32Array, start: number, length: number): number {
  // Four sums, so that additions need not wait for each other.
  let s = 0
  let t = 0
  let u = 0
  let v = 0
  for (let i = 0; i < length; i += 4) {
    s += array[i]! * array[start + i]!
    t += array[i + 1]! * array[start + i + 1]!
    u += array[i + 2]! * array[start + i + 2]!
    v += array[i + 3]! * array[start + i + 3]!
  }
  return s + t + (u + v)
}
