import { refusal } from './refusal.ts'

/**
 * Unpacks as it comes, and stops at the first byte that is too much: what a file says of its size is not believed.
 * @param take is given each piece, to keep it or to let it go
 * @returns the real size
 */
export async function unpack(
  packed: Uint8Array<ArrayBuffer>,
  format: 'deflate' | 'deflate-raw',
  atMost: number,
  take: (piece: Uint8Array) => void = () => {},
): Promise<number> {
  const pieces = new Blob([packed]).stream().pipeThrough(new DecompressionStream(format))
  let size = 0
  try {
    for await (const piece of pieces) {
      size += piece.length
      if (size > atMost) break
      take(piece)
    }
  } catch {
    // Not packed that way, cut off, or with more behind its end: what fails here is the file, in whatever words a runtime has for it.
    throw refusal('file-damaged')
  }
  if (size > atMost) throw refusal('file-unpacks')
  return size
}
