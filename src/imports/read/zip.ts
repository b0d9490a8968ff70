import { Problem } from '../../platform/problem.ts'

/** All of a workbook unpacked, and its files: far more than 10,000 rows need. The library that unpacks it takes up to two gigabytes. */
const unpackedAtMost = 100_000_000
const filesAtMost = 2_000

const sizeOfEnd = 22
const longestComment = 65_535

/**
 * Refuses an archive that unpacks to more than fits, by what its directory says: 413. The library holds every file to what is said of
 * it there, but for a file of which nothing is said, and reads the same directory: the last one of the archive.
 */
export function refuseBomb(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOfDirectory(view)
  if (end === undefined) throw unreadable()
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  let unpacked = 0
  for (let file = 0; file < count; file++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw unreadable()
    const [packedSize, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)]
    // Two bytes are what nothing at all is packed to.
    unpacked += size === 0 && packedSize > 2 ? Number.POSITIVE_INFINITY : size
    if (unpacked > unpackedAtMost || file >= filesAtMost)
      throw new Problem('too-large', { bytes: Math.min(unpacked, 2 ** 53), limit: unpackedAtMost })
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
}

function endOfDirectory(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - sizeOfEnd - longestComment)
  for (let at = view.byteLength - sizeOfEnd; at >= first; at--) if (view.getUint32(at, true) === 0x06054b50) return at
  return undefined
}

const unreadable = () => new Problem('invalid-input', { errors: [{ pointer: '/file', code: 'unreadable-file' }] })
