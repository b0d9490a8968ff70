import { describe, expect, it } from 'vitest'
import { type Bits, bitsFor, include } from './bits.ts'
import { dotArray, plainDotArray } from './dot.ts'
import { vectorStore as storeIn, unit } from './vectors.ts'

const bySlot = (a: number, b: number) => a - b
const all = (...slots: number[]): Bits => {
  const bits = bitsFor(64)
  for (const slot of slots) include(bits, slot)
  return bits
}

for (const [name, open] of Object.entries({ 'by SIMD': dotArray, 'without WebAssembly': plainDotArray })) {
  const vectorStore = () => storeIn(open)
  describe(`vector store ${name}`, () => {
    it('gives the nearest first, and only of those that may be found', () => {
      const store = vectorStore()
      const rows = Uint32Array.of(0, store.hold('涂层'), store.hold('焊接'), store.hold('电池'))
      store.put('涂层', Float32Array.of(1, 0, 0))
      store.put('焊接', Float32Array.of(0.6, 0.8, 0))
      store.put('电池', Float32Array.of(0, 0, 1))
      const query = unit(Float32Array.of(1, 0, 0))
      expect(store.scan(query, rows, all(1, 2, 3), 2, bySlot).map(([slot]) => slot)).toEqual([1, 2])
      expect(store.scan(query, rows, all(2, 3), 2, bySlot).map(([slot]) => slot)).toEqual([2, 3])
    })
    it('takes a vector before its text and after it', () => {
      const store = vectorStore()
      store.put('早', Float32Array.of(1, 0))
      const [early, late] = [store.hold('早'), store.hold('晚')]
      expect(store.pending(9)).toEqual({ count: 1, textHashes: ['晚'] })
      expect(store.cosines(Float64Array.of(1, 0), [early])).toEqual([1])
      expect(store.cosines(Float64Array.of(1, 0), [late])).toEqual([null])
      store.put('晚', Float32Array.of(0, 1))
      expect(store.pending(9).count).toBe(0)
      expect(store.cosines(Float64Array.of(1, 0), [late])).toEqual([0])
    })
    it('keeps a vector while one of several documents holds its text', () => {
      const store = vectorStore()
      const row = store.hold('共')
      expect(store.hold('共')).toBe(row)
      store.put('共', Float32Array.of(1, 0))
      store.release(row)
      for (let i = 0; i < 1_500; i++) store.put(`来${i}`, Float32Array.of(0, 1))
      expect(store.cosines(Float64Array.of(1, 0), [row])).toEqual([1])
    })
    it('keeps the vector of a text that is put again, but not endlessly many that nobody holds', () => {
      const store = vectorStore()
      store.put('旧', Float32Array.of(1, 0))
      store.release(store.hold('旧'))
      store.hold('旧')
      expect(store.pending(9).count).toBe(0)
      store.put('无主', Float32Array.of(1, 0))
      for (let i = 0; i < 1_000; i++) store.put(`来${i}`, Float32Array.of(0, 1))
      store.hold('无主')
      expect(store.pending(9)).toEqual({ count: 1, textHashes: ['无主'] })
    })
    it('gives a cosine to those only that have a vector, however many wait', () => {
      const store = vectorStore()
      const rows = Array.from({ length: 500 }, (_, i) => store.hold(`等${i}`))
      store.put('等3', new Float32Array(4_096).fill(1))
      const cosines = store.cosines(unit(new Float32Array(4_096).fill(2)), rows)
      expect(cosines.flatMap((cosine, i) => (cosine === null ? [] : [[i, cosine]]))).toEqual([[3, expect.closeTo(1, 6)]])
    })
    it('waits no more for a text that was removed', () => {
      const store = vectorStore()
      store.release(store.hold('撤'))
      expect(store.pending(9)).toEqual({ count: 0, textHashes: [] })
    })
    it('finds nothing for a query of another length', () => {
      const store = vectorStore()
      const rows = Uint32Array.of(0, store.hold('涂层'))
      store.put('涂层', Float32Array.of(1, 0, 0))
      expect(store.scan(Float64Array.of(1, 0), rows, all(1), 5, bySlot)).toEqual([])
      expect(store.cosines(Float64Array.of(1, 0), [rows[1]!])).toEqual([null])
    })
  })

  describe(`cosines ${name}`, () => {
    it('are the same wherever a row stands, for any length', () => {
      for (const length of [1, 2, 7, 16, 64, 65]) {
        const store = vectorStore()
        const vector = Float32Array.from({ length }, (_, i) => Math.sin(i + 1))
        const rows = Array.from({ length: 9 }, (_, i) => store.hold(`第${i}`))
        for (let i = 0; i < 9; i++) store.put(`第${i}`, i === 4 ? vector.map((x) => -x) : vector)
        const found = store.cosines(unit(Float32Array.from({ length }, (_, i) => Math.cos(i + 1))), rows)
        found[4] = -found[4]!
        expect(new Set(found).size).toBe(1)
      }
    })
    it('never lead beyond one', () => {
      const store = vectorStore()
      const vector = Float32Array.from({ length: 512 }, (_, i) => Math.sin(i))
      const row = store.hold('涂层')
      store.put('涂层', vector)
      expect(Math.abs(store.cosines(unit(vector), [row])[0]!)).toBeLessThanOrEqual(1)
    })
  })
}
