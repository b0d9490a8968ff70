import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hanNumbers } from './han-numbers.ts'

describe('numbers of Han characters and pairs', () => {
  it('are what a map would hold, whatever is added and deleted', () => {
    const code = fc.constantFrom(...'高温合金涂层焊接变形𬭳𫟼').map((character) => character.codePointAt(0)!)
    const pair = fc.tuple(fc.oneof(fc.constant(0), code), code)
    fc.assert(
      fc.property(fc.array(fc.tuple(pair, fc.boolean()), { maxLength: 200 }), (changes) => {
        const [numbers, map] = [hanNumbers(), new Map<string, number>()]
        for (const [n, [[first, second], isKept]] of changes.entries()) {
          numbers.delete(first, second)
          map.delete(`${first} ${second}`)
          if (!isKept) continue
          numbers.add(first, second, n)
          map.set(`${first} ${second}`, n)
        }
        for (const [[first, second]] of changes) expect(numbers.get(first, second)).toBe(map.get(`${first} ${second}`))
      }),
    )
  })
  it('stay when there are many, and when half of them go', () => {
    const numbers = hanNumbers()
    for (let n = 0; n < 50_000; n++) numbers.add(0x4e00 + (n % 250), 0x20000 + n, n)
    for (let n = 0; n < 50_000; n += 2) numbers.delete(0x4e00 + (n % 250), 0x20000 + n)
    for (let n = 0; n < 50_000; n++) expect(numbers.get(0x4e00 + (n % 250), 0x20000 + n)).toBe(n % 2 === 0 ? undefined : n)
  })
})
