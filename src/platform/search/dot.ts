import { dotBytes } from './dot-bytes.ts'
import { roomFor } from './room.ts'

/** Numbers in one flat array: first the query, then the vectors that it is compared with. */
export interface DotArray {
  /** The array, with room for at least `length` numbers; it is replaced when it grows. */
  room(length: number): Float32Array
  /** Dot products of the first `length` numbers with as many from each start on. `length` is a multiple of `lane`, and at least that. */
  dots(starts: Uint32Array, length: number): Float32Array
}

/** Vectors are padded with zeros to a multiple of so many numbers. */
export const lane = 4

/** By SIMD where WebAssembly may be compiled from bytes; Cloudflare Workers forbid it, and results differ by rounding there. */
export const dotArray = (): DotArray => (simd === null ? plainDotArray() : simdDotArray(simd))

/** What we use of WebAssembly, which TypeScript has no types for outside browsers. */
interface Engine {
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object) => { exports: Exports }
}
/** What `dot.wat` exports. */
interface Exports {
  memory: { buffer: ArrayBuffer; grow(pages: number): number }
  dots(a: number, b: number, c: number, d: number, bytes: number): void
}
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

function simdDotArray(module: object): DotArray {
  const { memory, dots } = new engine.Instance(module).exports
  let results = new Float32Array(memory.buffer, 0, 4)
  let array = new Float32Array(memory.buffer, arrayAt)
  return {
    room(length) {
      if (length > array.length) {
        memory.grow(Math.max(leastPages, Math.ceil(((length - array.length) * 4) / pageBytes)))
        results = new Float32Array(memory.buffer, 0, 4)
        array = new Float32Array(memory.buffer, arrayAt)
      }
      return array
    },
    dots(starts, length) {
      // Four at once and far from each other: memory brings four streams in little more time than one.
      const quarter = Math.ceil(starts.length / 4)
      const found = new Float32Array(4 * quarter)
      const addresses = new Uint32Array(4 * quarter).fill(arrayAt)
      for (let i = 0; i < starts.length; i++) addresses[i] = arrayAt + starts[i]! * 4
      for (let i = 0, j = quarter, k = 2 * quarter, l = 3 * quarter; i < quarter; i++, j++, k++, l++) {
        dots(addresses[i]!, addresses[j]!, addresses[k]!, addresses[l]!, length * 4)
        found[i] = results[0]!
        found[j] = results[1]!
        found[k] = results[2]!
        found[l] = results[3]!
      }
      return found.subarray(0, starts.length)
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
