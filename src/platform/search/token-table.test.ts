import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startAt, tokenTable, width } from './token-table.ts'

function map(table = tokenTable()) {
  return {
    get(first: number, second: number) {
      const token = table.find(first, second)
      return token === 0 ? undefined : table.entries()[token * width + startAt]
    },
    set(first: number, second: number, value: number) {
      const token = table.find(first, second) || table.insert(first, second)
      table.entries()[token * width + startAt] = value
    },
    delete(first: number, second: number) {
      const token = table.find(first, second)
      if (token > 0) table.delete(token)
    },
    /** The same out of what was saved. */
    restored: () => map(tokenTable(structuredClone(table.save()))),
  }
}

describe('the table of tokens', () => {
  it('holds what a map would, whatever is put in and taken out', () => {
    const code = fc.constantFrom(...'高温合金涂层焊接变形𬭳𫟼').map((character) => character.codePointAt(0)!)
    const token = fc.tuple(fc.oneof(fc.constant(0), code), code)
    fc.assert(
      fc.property(fc.array(fc.tuple(token, fc.boolean()), { maxLength: 200 }), (changes) => {
        const [mine, plain] = [map(), new Map<string, number>()]
        for (const [n, [[first, second], isKept]] of changes.entries()) {
          if (isKept) mine.set(first, second, n)
          else mine.delete(first, second)
          if (isKept) plain.set(`${first} ${second}`, n)
          else plain.delete(`${first} ${second}`)
        }
        for (const each of [mine, mine.restored()]) {
          for (const [[first, second]] of changes) expect(each.get(first, second)).toBe(plain.get(`${first} ${second}`))
        }
      }),
    )
  })
  it('keeps the others when there are many and half of them go', () => {
    const mine = map()
    for (let n = 0; n < 50_000; n++) mine.set(0x4e00 + (n % 250), 0x20000 + n, n)
    for (let n = 0; n < 50_000; n += 2) mine.delete(0x4e00 + (n % 250), 0x20000 + n)
    for (let n = 0; n < 50_000; n++) expect(mine.get(0x4e00 + (n % 250), 0x20000 + n)).toBe(n % 2 === 0 ? undefined : n)
  })
})
