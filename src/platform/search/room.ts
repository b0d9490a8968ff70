/** The array itself, or a copy with room for at least `length` entries: half as much again, so that a large one does not double. */
export function roomFor<Numbers extends Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array>(
  array: Numbers,
  length: number,
): Numbers {
  if (length <= array.length) return array
  // The constructor of a typed array makes its own kind.
  const larger = new (array.constructor as new (length: number) => Numbers)(Math.max(length, Math.ceil(array.length * 1.5)))
  larger.set(array)
  return larger
}
