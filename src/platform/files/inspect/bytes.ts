/** Whether these bytes stand there. */
export function hasAt(bytes: Uint8Array, at: number, wanted: Uint8Array | readonly number[]): boolean {
  return at >= 0 && at + wanted.length <= bytes.length && wanted.every((byte, index) => bytes[at + index] === byte)
}

/** Text as bytes, one a character. */
export function latin(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

/** The last place of these bytes, or -1. */
export function lastOf(bytes: Uint8Array, wanted: Uint8Array): number {
  for (let at = bytes.length - wanted.length; at >= 0; at--) if (bytes[at] === wanted[0] && hasAt(bytes, at, wanted)) return at
  return -1
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
