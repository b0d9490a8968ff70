import { hasAt, lastOf, latin, viewOf } from './bytes.ts'
import { refusal } from './refusal.ts'
import { unpack } from './unpack.ts'

const [entryMark, directoryMark, endMark] = [latin('PK\x03\x04'), latin('PK\x01\x02'), latin('PK\x05\x06')]
/** The end of a directory is at most this far from the end of the file: its own size and the longest comment. */
const farthestEnd = 22 + 65_535

const mostEntries = 3_000
/** All that it unpacks to. */
const mostBytes = 200_000_000
/** Between two entries: what says their sizes once more, and little else. */
const widestGap = 32

export interface ZipEntry {
  name: string
  size: number
  /** Its content, at most as long as its directory says. */
  content(): Promise<Uint8Array>
}

/**
 * The entries of a zip file that is nothing else: whole from its first byte to its last, its parts in order and none shared, its names
 * those of plain files below it. What it really unpacks to is measured.
 */
export async function entriesOfZip(bytes: Uint8Array<ArrayBuffer>): Promise<ZipEntry[]> {
  const entries = directoryOf(bytes)
  refuseNames(entries.map(({ name }) => name))
  if (entries.reduce((sum, { size }) => sum + size, 0) > mostBytes) throw refusal('file-unpacks')
  for (const entry of entries) if ((await measure(entry)) !== entry.size) throw refusal('file-unpacks')
  return entries.map((entry) => ({
    name: entry.name,
    size: entry.size,
    async content() {
      const content = new Uint8Array(entry.size)
      let at = 0
      await measure(entry, (piece) => {
        content.set(piece, at)
        at += piece.length
      })
      return content
    },
  }))
}

interface StoredEntry {
  name: string
  size: number
  isPacked: boolean
  packed: Uint8Array<ArrayBuffer>
}

async function measure({ isPacked, packed, size }: StoredEntry, take: (piece: Uint8Array) => void = () => {}): Promise<number> {
  if (isPacked) return unpack(packed, 'deflate-raw', size, take)
  take(packed.subarray(0, size))
  return packed.length
}

function directoryOf(bytes: Uint8Array<ArrayBuffer>): StoredEntry[] {
  const view = viewOf(bytes)
  const end = bytes.length - 22
  // A comment could be anything, another file too.
  if (!hasAt(bytes, end, endMark) || view.getUint16(end + 20, true) !== 0) throw refusal('file-double')
  const [count, length, from] = [view.getUint16(end + 10, true), view.getUint32(end + 12, true), view.getUint32(end + 16, true)]
  if (count === 0 || count > mostEntries) throw refusal(count === 0 ? 'file-damaged' : 'file-unpacks')
  if (from + length !== end) throw refusal('file-double')
  const found: { header: number; offset: number }[] = []
  let at = from
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || !hasAt(bytes, at, directoryMark)) throw refusal('file-damaged')
    found.push({ header: at, offset: view.getUint32(at + 42, true) })
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  if (at !== end) throw refusal('file-damaged')
  const entries: StoredEntry[] = []
  let behind = 0
  for (const { header, offset } of found.toSorted((a, b) => a.offset - b.offset)) {
    // Shared parts are how a small file unpacks to a large one; a gap is where something else could lie.
    if (offset < behind) throw refusal('file-unpacks')
    if (offset > behind + (entries.length === 0 ? 0 : widestGap)) throw refusal('file-double')
    const entry = entryAt(bytes, view, header, offset, from)
    entries.push(entry)
    behind = entry.packed.byteOffset - bytes.byteOffset + entry.packed.length
  }
  if (from > behind + widestGap) throw refusal('file-double')
  return entries
}

function entryAt(bytes: Uint8Array<ArrayBuffer>, view: DataView, header: number, offset: number, limit: number): StoredEntry {
  const [flags, method] = [view.getUint16(header + 8, true), view.getUint16(header + 10, true)]
  const [packedSize, size] = [view.getUint32(header + 20, true), view.getUint32(header + 24, true)]
  const name = bytes.subarray(header + 46, header + 46 + view.getUint16(header + 28, true))
  if (flags & 1) throw refusal('file-locked')
  if (!(method === 0 || method === 8) || !hasAt(bytes, offset, entryMark)) throw refusal('file-damaged')
  const own = bytes.subarray(offset + 30, offset + 30 + view.getUint16(offset + 26, true))
  if (own.length !== name.length || !hasAt(own, 0, name)) throw refusal('file-double')
  const start = offset + 30 + own.length + view.getUint16(offset + 28, true)
  if (start + packedSize > limit) throw refusal('file-damaged')
  return { name: nameOf(name), size, isPacked: method === 8, packed: bytes.subarray(start, start + packedSize) }
}

function nameOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Office writes its parts' names in ASCII; a picture inside may have been named by an older program.
    return String.fromCharCode(...bytes)
  }
}

/** A name that leads out of its folder, or two that are one where letters are not told apart. */
function refuseNames(names: readonly string[]): void {
  const isOutside = (name: string) =>
    /^[/\\]|^[A-Za-z]:|\\|\p{Cc}/u.test(name) || name.split('/').some((part) => part === '..' || part === '.')
  if (names.some(isOutside)) throw refusal('file-damaged')
  if (new Set(names.map((name) => name.toLowerCase())).size !== names.length) throw refusal('file-double')
}

/** Whether a zip program would find a zip file in it. */
export function hasZipTail(bytes: Uint8Array): boolean {
  return lastOf(bytes.subarray(Math.max(0, bytes.length - farthestEnd)), endMark) !== -1
}

export const isZip = (bytes: Uint8Array): boolean => hasAt(bytes, 0, entryMark)
