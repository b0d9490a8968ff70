import { hasAt, joined, latin, viewOf } from './bytes.ts'
import { refuseShape } from './image-size.ts'
import { refusal } from './refusal.ts'

const [start, end, scan, application1] = [0xd8, 0xd9, 0xda, 0xe1]
const exifMark = latin('Exif\0\0')

/** The picture alone, turned as it was; refuses one that is damaged, or that has behind its end what no camera writes. */
export function cleanJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = []
  let [frames, scans, turned] = [0, 0, 1]
  for (const { marker, at, next } of segmentsOf(bytes)) {
    const whole = bytes.subarray(at, next)
    if (isFrame(marker)) {
      const view = viewOf(whole)
      if (whole.length < 10 || ++frames > 1) throw refusal('file-damaged')
      refuseShape({ height: view.getUint16(5), width: view.getUint16(7) })
    }
    if (marker === scan) scans++
    if (marker === application1) turned = orientationIn(whole) ?? turned
    if (isKept(marker, whole)) pieces.push(whole)
    if (marker === end) {
      if (!isTailOfCamera(bytes.subarray(next))) throw refusal('file-double')
      break
    }
  }
  if (frames === 0 || scans === 0) throw refusal('file-damaged')
  return joined([Uint8Array.of(0xff, start), ...(turned === 1 ? [] : [orientation(turned)]), ...pieces])
}

interface Segment {
  marker: number
  at: number
  next: number
}

/** From behind the first two bytes up to the end of the picture; a scan together with its pixels. */
function* segmentsOf(bytes: Uint8Array): Generator<Segment> {
  for (let at = 2; ; ) {
    if (bytes[at] !== 0xff) throw refusal('file-damaged')
    while (bytes[at + 1] === 0xff) at++
    const marker = bytes[at + 1]
    if (marker === undefined) throw refusal('file-damaged')
    if (marker === end) return yield { marker, at, next: at + 2 }
    if (at + 4 > bytes.length) throw refusal('file-damaged')
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!
    const behind = at + 2 + length
    if (length < 2 || behind > bytes.length) throw refusal('file-damaged')
    const next = marker === scan ? endOfPixels(bytes, behind) : behind
    yield { marker, at, next }
    at = next
  }
}

/** Pixels run on through escaped bytes and restarts. */
function endOfPixels(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]
    if (next !== undefined && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  throw refusal('file-damaged')
}

const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Tables, frames and scans; and of what programs add, the density and how colours are meant. */
function isKept(marker: number, segment: Uint8Array): boolean {
  if (marker >= 0xc0 && marker <= 0xdd) return true
  if (marker === 0xe0) return hasAt(segment, 4, latin('JFIF\0'))
  if (marker === 0xe2) return hasAt(segment, 4, latin('ICC_PROFILE\0'))
  return marker === 0xee && hasAt(segment, 4, latin('Adobe'))
}

/** Phones add a second picture, or the film of a moving one; these are not kept. */
function isTailOfCamera(tail: Uint8Array): boolean {
  if (tail.every((byte) => byte === 0)) return true
  return hasAt(tail, 0, [0xff, start, 0xff]) || hasAt(tail, 4, latin('ftyp')) || hasAt(tail, tail.length - 4, latin('SEFT'))
}

/** How a picture is to be turned, 1 to 8, where its Exif data says so. */
export function orientationIn(segment: Uint8Array): number | null {
  const tiff = segment.subarray(4 + exifMark.length)
  if (!hasAt(segment, 4, exifMark) || tiff.length < 14) return null
  const isLittle = tiff[0] === 0x49
  const view = viewOf(tiff)
  const directory = view.getUint32(4, isLittle)
  if (directory + 2 > tiff.length) return null
  for (let entry = 0; entry < view.getUint16(directory, isLittle); entry++) {
    const at = directory + 2 + entry * 12
    if (at + 12 > tiff.length) return null
    if (view.getUint16(at, isLittle) !== 0x0112) continue
    const value = view.getUint16(at + 8, isLittle)
    return value >= 1 && value <= 8 ? value : null
  }
  return null
}

/** Exif data that says nothing else. */
function orientation(value: number): Uint8Array {
  const segment = new Uint8Array(36)
  const view = viewOf(segment)
  segment.set([0xff, application1, 0, 34, ...exifMark, ...latin('MM\0*'), 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1])
  view.setUint16(28, value)
  return segment
}

/** How a cleaned picture is to be turned. */
export function orientationOf(jpeg: Uint8Array): number {
  return jpeg[3] === application1 ? (orientationIn(jpeg.subarray(2, 38)) ?? 1) : 1
}

export const isJpeg = (bytes: Uint8Array): boolean => hasAt(bytes, 0, [0xff, start, 0xff])
