import { dotBytes } from './dot-bytes.ts'
import { roomFor } from './posting-lists.ts'

/** Numbers in one flat array, and dot products of its parts. */
export interface DotArray {
  /** The array, with room for at least `length` numbers; it is replaced when it grows. */
  room(length: number): Float32Array
  /** Of the `length` numbers from `a` on with those from `b` on. `length` is a multiple of `lane`, and at least that. */
  dot(a: number, b: number, length: number): number
}

/** Vectors are padded with zeros to a multiple of so many numbers. */
export const lane = 16

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
  dot(a: number, b: number, bytes: number): number
}
// Every runtime we know has this global.
const engine = (globalThis as unknown as { WebAssembly: Engine }).WebAssembly

const simd = compiled()

function compiled(): object | null {
  try {
    return new engine.Module(Uint8Array.from(atob(dotBytes), (byte) => byte.charCodeAt(0)))
  } catch {
    return null
  }
}

const pageBytes = 65_536
/** So many pages at once, as growing replaces the array. */
const leastPages = 16

function simdDotArray(module: object): DotArray {
  const { memory, dot } = new engine.Instance(module).exports
  let array = new Float32Array(memory.buffer)
  return {
    room(length) {
      if (length > array.length) {
        memory.grow(Math.max(leastPages, Math.ceil(((length - array.length) * 4) / pageBytes)))
        array = new Float32Array(memory.buffer)
      }
      return array
    },
    dot: (a, b, length) => dot(a * 4, b * 4, length * 4),
  }
}

/** The same in double precision, without WebAssembly: five times slower. */
export function plainDotArray(): DotArray {
  let array = new Float32Array(0)
  return {
    room(length) {
      array = roomFor(array, length)
      return array
    },
    dot(a, b, length) {
      // Four sums, so that additions need not wait for each other.
      let [s, t, u, v] = [0, 0, 0, 0]
      for (let i = 0; i < length; i += 4) {
        s += array[a + i]! * array[b + i]!
        t += array[a + i + 1]! * array[b + i + 1]!
        u += array[a + i + 2]! * array[b + i + 2]!
        v += array[a + i + 3]! * array[b + i + 3]!
      }
      return s + t + (u + v)
    },
  }
}
