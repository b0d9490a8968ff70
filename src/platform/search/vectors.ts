import { best, type Scored } from './best.ts'
import { type Bits, slotsIn } from './bits.ts'
import { type Coarse, coarseVectors } from './coarse.ts'
import { type DotArray, dotArray, lane } from './dot.ts'
import { roomFor } from './room.ts'

/**
 * Unit vectors by text hash in one flat array. Documents hold the row of their text: many may hold one, and a vector may
 * come before or after the documents.
 */
export interface VectorStore {
  /** Length of the vectors; null while there is none. */
  dimensions(): number | null
  /** A document's text: the row where its vector is or will be, until it is released as often as it was held. */
  hold(textHash: string): number
  release(row: number): void
  put(textHash: string, vector: Float32Array): void
  /** Texts that documents hold and that have no vector yet, the longest waiting first. */
  pending(limit: number): { count: number; textHashes: string[] }
  /** Cosine of each row's vector with a query, -1…1; null where the row has none or the query is of another length. */
  cosines(query: Float64Array, rows: number[]): (number | null)[]
  /** The `limit` best of the slots of `among` that have a vector; `rows` is indexed by slot. Exact. */
  scan(query: Float64Array, rows: Uint32Array, among: Bits, limit: number, order: (a: number, b: number) => number): Scored[]
  save(): SavedVectors
}

export interface SavedVectors {
  rows: Row[]
  freeRows: number[]
  /** Text hashes that wait for a vector, and rows that no document holds, the oldest first. */
  waiting: Set<string>
  spare: Set<number>
  /** By row: 1 where it has a vector. */
  filled: Uint8Array
  dimensions: number | null
  /** One after the other as they stand in memory, without the query. */
  vectors: Float32Array
}

const none = (): SavedVectors => ({
  rows: [],
  freeRows: [],
  waiting: new Set(),
  spare: new Set(),
  filled: new Uint8Array(0),
  dimensions: null,
  vectors: new Float32Array(0),
})

/** Vectors that no document holds are kept while they are few, until all is saved: their text may be on its way, or come back. */
const spareVectors = 1_000

/** Up to so many vectors it is quicker to look at each than to narrow them first. */
const scannedWhole = 2_000

interface Row {
  textHash: string
  holders: number
}

export function vectorStore(open = dotArray, saved = none()): VectorStore {
  const { rows, freeRows, waiting, spare } = saved
  const rowOf = new Map<string, number>()
  // A text that came back may have another row than the one that it left.
  const isFree = new Set(freeRows)
  for (const [row, { textHash }] of rows.entries()) if (!isFree.has(row)) rowOf.set(textHash, row)
  let filled = roomFor(saved.filled, saved.filled.length + 256)
  let { dimensions } = saved
  /** First comes the query, then the rows, each of `stride` numbers. */
  let vectors: DotArray | null = null
  let stride = strideOf(dimensions)
  let coarse: Coarse | null = null
  if (dimensions !== null) {
    vectors = open()
    vectors.room(stride + saved.vectors.length).set(saved.vectors, stride)
    coarse = coarseVectors(dimensions)
    for (let row = 0; row < rows.length; row++) coarse?.put(row, saved.vectors.subarray(row * stride, row * stride + dimensions))
  }

  const rowFor = (textHash: string): number => {
    const known = rowOf.get(textHash)
    if (known !== undefined) return known
    const row = freeRows.pop() ?? rows.length
    rows[row] = { textHash, holders: 0 }
    rowOf.set(textHash, row)
    filled = roomFor(filled, row + 1)
    filled[row] = 0
    return row
  }
  const free = (row: number) => {
    spare.delete(row)
    rowOf.delete(rows[row]!.textHash)
    filled[row] = 0
    freeRows.push(row)
  }
  const keepSpare = (row: number) => {
    spare.add(row)
    const [oldest] = spare
    if (spare.size > spareVectors && oldest !== undefined) free(oldest)
  }

  const startOf = (row: number) => (row + 1) * stride
  /** Dot products of the query with what begins at these places: of none if it is of another length. */
  const dots = (query: Float64Array, starts: Uint32Array): Float32Array => {
    if (vectors === null || query.length !== dimensions) return new Float32Array(0)
    vectors.room(stride).set(query)
    return vectors.dots(starts, stride)
  }

  return {
    dimensions: () => dimensions,
    hold(textHash) {
      const row = rowFor(textHash)
      rows[row]!.holders++
      spare.delete(row)
      if (filled[row] === 0) waiting.add(textHash)
      return row
    },
    release(row) {
      const { textHash, holders } = rows[row]!
      rows[row]!.holders = holders - 1
      if (holders > 1) return
      waiting.delete(textHash)
      if (filled[row] === 1) keepSpare(row)
      else free(row)
    },
    put(textHash, vector) {
      if (vectors === null) {
        dimensions = vector.length
        stride = strideOf(dimensions)
        vectors = open()
        coarse = coarseVectors(dimensions)
      }
      const row = rowFor(textHash)
      const scaled = unit(vector)
      vectors.room(startOf(row + 1)).set(scaled, startOf(row))
      coarse?.put(row, scaled)
      filled[row] = 1
      waiting.delete(textHash)
      if (rows[row]!.holders === 0) keepSpare(row)
    },
    pending: (limit) => ({ count: waiting.size, textHashes: waiting.values().take(limit).toArray() }),
    cosines(query, asked) {
      const having = asked.filter((row) => filled[row] === 1)
      const found = dots(query, Uint32Array.from(having, startOf)).values()
      return asked.map((row) => {
        const dot = filled[row] === 1 ? found.next().value : undefined
        return dot === undefined ? null : cosineOf(dot)
      })
    },
    scan(query, rowsBySlot, among, limit, order) {
      const slots = slotsIn(among)
      const having = new Uint32Array(slots.length)
      let count = 0
      // Those without a vector are skipped by writing over them.
      for (let i = 0; i < slots.length; i++) {
        const row = rowsBySlot[slots[i]!]!
        if (filled[row] !== 1) continue
        slots[count] = slots[i]!
        having[count++] = row
      }
      const rows = having.subarray(0, count)
      const places = coarse !== null && query.length === dimensions && count > scannedWhole ? coarse.narrow(query, rows, limit) : null
      const near = places === null ? rows : places.map((place) => rows[place]!)
      const found = dots(query, near.map(startOf))
      const top = best(limit, order)
      let floor = top.floor()
      for (let i = 0; i < found.length; i++) {
        const cosine = cosineOf(found[i]!)
        if (cosine < floor) continue
        top.offer(slots[places === null ? i : places[i]!]!, cosine)
        floor = top.floor()
      }
      return top.done()
    },
    save() {
      for (const row of [...spare]) free(row)
      const all = vectors === null ? new Float32Array(0) : vectors.room(startOf(rows.length)).subarray(stride, startOf(rows.length))
      // What no text has any more is not to be found where the index is kept.
      for (const row of freeRows) {
        rows[row] = { textHash: '', holders: 0 }
        all.fill(0, row * stride, (row + 1) * stride)
      }
      return { rows, freeRows, waiting, spare, filled, dimensions, vectors: all }
    },
  }
}

/** How many numbers a vector takes, with what it is padded by. */
const strideOf = (dimensions: number | null): number => lane * Math.max(1, Math.ceil((dimensions ?? 0) / lane))

/** Rounding may not lead beyond -1…1. */
const cosineOf = (dot: number): number => Math.max(-1, Math.min(1, dot))

/** The vector at length 1, in double precision; a zero vector stays one. */
export function unit(vector: Float32Array): Float64Array {
  const scaled = new Float64Array(vector)
  let squares = 0
  for (const value of scaled) squares += value * value
  if (squares > 0) for (let i = 0; i < scaled.length; i++) scaled[i]! /= Math.sqrt(squares)
  return scaled
}
