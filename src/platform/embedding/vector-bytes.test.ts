import { describe, expect, it } from 'vitest'
import { floatFromHalf, fromBytes, halfFromFloat, toBytes, unitLength } from './vector-bytes.ts'

// Node 24 has Float16Array; it is the judge of what we do by hand.
const every = Uint16Array.from({ length: 65_536 }, (_, half) => half)
const judged = Float32Array.from(new Float16Array(every.buffer))
const bitsOf = (values: Float32Array) => new Uint32Array(Float32Array.from(values).buffer)

describe('the half-precision codec', () => {
  it('reads each of the 65,536 halves as the platform does', () => {
    const ours = new Float32Array(Uint32Array.from(every, floatFromHalf).buffer)
    expect(every.filter((half) => !Object.is(ours[half], judged[half]))).toHaveLength(0)
  })

  it('writes each of them back to the same half, and every NaN to a NaN', () => {
    const bits = bitsOf(judged)
    const wrong = every.filter((half) => {
      const again = halfFromFloat(bits[half]!)
      return Number.isNaN(judged[half]) ? (again & 0x7fff) <= 0x7c00 : again !== half
    })
    expect(wrong).toHaveLength(0)
  })

  it('rounds to the nearest half, ties to even, where halves meet and one bit beside', () => {
    const middles = Float32Array.from(judged.subarray(0, 0x7bff), (value, half) => (value + judged[half + 1]!) / 2)
    const near = bitsOf(middles)
    const floats = new Float32Array(
      Uint32Array.from([-1, 0, 1].flatMap((step) => Array.from(near, (bits) => Math.max(0, bits + step)))).buffer,
    )
    const signed = Float32Array.from([
      ...floats,
      ...floats.map((value) => -value),
      65_519.9,
      65_520,
      1e9,
      -1e9,
      1e-45,
      2 ** -25,
      -(2 ** -26),
    ])
    const expected = new Uint16Array(Float16Array.from(signed).buffer)
    expect(Uint16Array.from(bitsOf(signed), halfFromFloat)).toEqual(expected)
  })
})

describe('vectors at rest', () => {
  const vector = unitLength(Float32Array.from({ length: 512 }, (_, i) => Math.sin(i * 1.7) - 0.1))

  it('take two bytes a dimension, the lower first', () => {
    expect(toBytes(Float32Array.of(1, -2))).toEqual(Uint8Array.of(0x00, 0x3c, 0x00, 0xc0))
    expect(toBytes(vector)).toHaveLength(1024)
  })

  it('come back nearly as they were, with unit length', () => {
    const back = fromBytes(toBytes(vector))
    expect(back.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 6)
    expect(back.reduce((sum, value, i) => sum + value * vector[i]!, 0)).toBeGreaterThan(0.999999)
  })

  it('are the same from a Buffer at an odd offset and from an array of numbers', () => {
    const bytes = toBytes(vector)
    const odd = Buffer.concat([Buffer.of(7), bytes]).subarray(1)
    expect(fromBytes(odd)).toEqual(fromBytes(bytes))
    expect(fromBytes(Array.from(bytes))).toEqual(fromBytes(bytes))
  })

  it('are read from a view of a larger array', () => {
    expect(toBytes(new Float32Array([9, ...vector]).subarray(1))).toEqual(toBytes(vector))
  })

  it('share no memory with what the driver gave', () => {
    const bytes = toBytes(vector)
    const back = fromBytes(bytes)
    bytes.fill(0)
    expect(back).toEqual(fromBytes(toBytes(vector)))
  })

  it('become the first axis when they are all zero', () => {
    expect(fromBytes(new Uint8Array(6))).toEqual(Float32Array.of(1, 0, 0))
  })

  it.each([
    ['no bytes', []],
    ['an odd number of bytes', [0, 60, 0]],
    ['an infinite value', [0x00, 0x7c]],
    ['what is not a number', [0x01, 0x7c]],
  ])('refuse %s', (_, bytes) => {
    expect(() => fromBytes(bytes)).toThrow(RangeError)
  })
})
