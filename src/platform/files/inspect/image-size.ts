import { refusal } from './refusal.ts'

export interface Shape {
  width: number
  height: number
}

/** Pixels along a side, and in all: a large drawing, scanned finely. */
const longestSide = 20_000
const mostPixels = 60_000_000

/** Refuses what nobody draws and what would take a reader's memory. */
export function refuseShape(shape: Shape): Shape {
  const { width, height } = shape
  if (width === 0 || height === 0) throw refusal('file-damaged')
  if (Math.max(width, height) > longestSide || width * height > mostPixels)
    throw refusal('image-size', { width, height, longestSide, megapixels: mostPixels / 1_000_000 })
  return shape
}
