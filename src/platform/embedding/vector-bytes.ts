/**
 * Vectors at rest: 16-bit floats (IEEE 754 binary16), little-endian, two bytes a dimension. Half the size of float32; a dot product
 * of two unit vectors moves by less than 0.001. By hand, because `Float16Array` does not exist in every runtime.
 */
export function toBytes(vector: Float32Array): Uint8Array {
  // A copy, so that its bits can be read whatever the vector's offset.
  const words = new Uint32Array(Float32Array.from(vector).buffer)
  const bytes = new Uint8Array(vector.length * 2)
  words.forEach((word, i) => {
    const half = halfFromFloat(word)
    bytes[2 * i] = half & 0xff
    bytes[2 * i + 1] = half >>> 8
  })
  return bytes
}

/**
 * The vector that `toBytes` wrote, again of unit length. Takes what drivers give for a blob: Uint8Array, Buffer at any offset,
 * array of numbers (D1). The vector shares no memory with it.
 * @throws RangeError when the bytes are no vector: none, an odd number, or an infinite value in them
 */
export function fromBytes(bytes: Uint8Array | number[]): Float32Array {
  if (bytes.length === 0 || bytes.length % 2 !== 0) throw new RangeError(`${bytes.length} bytes are no vector of 16-bit floats`)
  const words = new Uint32Array(bytes.length / 2)
  for (let i = 0; i < words.length; i++) words[i] = floatFromHalf(bytes[2 * i]! | (bytes[2 * i + 1]! << 8))
  return unitLength(new Float32Array(words.buffer))
}

/**
 * A new vector of length 1 in the same direction. Zeros have no direction: they become the first axis.
 * @throws RangeError when a value is infinite or not a number
 */
export function unitLength(values: ArrayLike<number>): Float32Array {
  let squares = 0
  for (let i = 0; i < values.length; i++) squares += values[i]! * values[i]!
  if (!Number.isFinite(squares)) throw new RangeError('A vector has a value that is infinite or not a number')
  const unit = new Float32Array(values.length)
  const length = Math.sqrt(squares)
  if (length === 0) unit[0] = 1
  else for (let i = 0; i < unit.length; i++) unit[i] = values[i]! / length
  return unit
}

/** Bits of a float32 → bits of the nearest half, ties to even; too large becomes infinite, NaN stays NaN. */
export function halfFromFloat(bits: number): number {
  const sign = (bits >>> 16) & 0x8000
  const exponent = ((bits >>> 23) & 0xff) - 112
  const fraction = bits & 0x7fffff
  if (exponent === 143) return sign | 0x7c00 | (fraction === 0 ? 0 : 0x200)
  if (exponent >= 31) return sign | 0x7c00
  // Below the normal halves the leading one is written out; 2^-25 and less rounds to zero.
  if (exponent < -10) return sign
  if (exponent <= 0) return sign | rounded(fraction | 0x800000, 14 - exponent)
  // Rounding may carry into the exponent, which is the right result, infinity included.
  return sign | ((exponent << 10) + rounded(fraction, 13))
}

/** Bits of a half → bits of the float32 of the same value. */
export function floatFromHalf(half: number): number {
  const sign = (half & 0x8000) << 16
  const exponent = (half >>> 10) & 31
  const fraction = half & 0x3ff
  if (exponent === 31) return (sign | 0x7f800000 | (fraction << 13)) >>> 0
  if (exponent > 0) return (sign | ((exponent + 112) << 23) | (fraction << 13)) >>> 0
  if (fraction === 0) return sign >>> 0
  // A half below the normal ones is a normal float32: move its leading one to the front.
  const shift = Math.clz32(fraction) - 21
  return (sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13)) >>> 0
}

/** value / 2^shift to the nearest whole number, ties to even. */
function rounded(value: number, shift: number): number {
  const whole = value >>> shift
  const rest = value - (whole << shift)
  const half = 1 << (shift - 1)
  return rest > half || (rest === half && whole % 2 === 1) ? whole + 1 : whole
}
