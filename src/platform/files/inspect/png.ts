import { hasAt, joined, viewOf } from './bytes.ts'
import { refuseShape, type Shape } from './image-size.ts'
import { refusal } from './refusal.ts'
import { unpack } from './unpack.ts'

export const pngMark = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** What a picture is drawn from. Anything else, such as where it was taken and who wrote it, is left out. */
const kept = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD', 'pHYs', 'IDAT', 'IEND'])

/** Values a pixel, by type of colour, and the depths that go with it. */
const colours: Record<number, { values: number; depths: readonly number[] }> = {
  0: { values: 1, depths: [1, 2, 4, 8, 16] },
  2: { values: 3, depths: [8, 16] },
  3: { values: 1, depths: [1, 2, 4, 8] },
  4: { values: 2, depths: [8, 16] },
  6: { values: 4, depths: [8, 16] },
}

/** The picture alone; refuses one that is damaged, unpacks into more than its shape, or has something behind its end. */
export async function cleanPng(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const chunks = [...chunksOf(bytes)]
  const [first] = chunks
  if (first?.type !== 'IHDR' || first.data.length !== 13 || chunks.filter(({ type }) => type === 'IHDR').length > 1)
    throw refusal('file-damaged')
  const size = unpackedSize(first.data)
  const unknown = chunks.some(({ type }) => !kept.has(type) && /^[A-Z]/.test(type))
  if (unknown) throw refusal('file-damaged')
  const pixels = joined(chunks.flatMap(({ type, data }) => (type === 'IDAT' ? [data] : [])))
  if ((await unpack(pixels, 'deflate', size)) < size) throw refusal('file-damaged')
  return joined([bytes.subarray(0, pngMark.length), ...chunks.flatMap(({ type, whole }) => (kept.has(type) ? [whole] : []))])
}

interface Chunk {
  type: string
  data: Uint8Array
  whole: Uint8Array
}

function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const view = viewOf(bytes)
  for (let at = pngMark.length; ; ) {
    if (at + 12 > bytes.length) throw refusal('file-damaged')
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) throw refusal('file-damaged')
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    yield { type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) }
    if (type === 'IEND') {
      if (end < bytes.length) throw refusal('file-double')
      return
    }
    at = end
  }
}

/** As many bytes as the rows of a picture of this shape have, each row with its filter. */
function unpackedSize(header: Uint8Array): number {
  const view = viewOf(header)
  const shape = refuseShape({ width: view.getUint32(0), height: view.getUint32(4) })
  const [depth, colour, compression, filter, interlace] = header.subarray(8)
  const { values, depths } = colours[colour!] ?? { values: 0, depths: [] }
  if (!depths.includes(depth!) || compression !== 0 || filter !== 0 || interlace! > 1) throw refusal('file-damaged')
  const bits = values * depth!
  return interlace === 1 ? passes.reduce((sum, pass) => sum + rowsSize(part(shape, pass), bits), 0) : rowsSize(shape, bits)
}

function rowsSize({ width, height }: Shape, bits: number): number {
  return width === 0 ? 0 : height * (1 + Math.ceil((width * bits) / 8))
}

/** Adam7: from which pixel, and then every how many, across and down. */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

function part({ width, height }: Shape, [left, top, across, down]: (typeof passes)[number]): Shape {
  return { width: Math.max(0, Math.ceil((width - left) / across)), height: Math.max(0, Math.ceil((height - top) / down)) }
}

export const isPng = (bytes: Uint8Array): boolean => hasAt(bytes, 0, pngMark)
