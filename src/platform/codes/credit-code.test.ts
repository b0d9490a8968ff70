import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCreditCode, normaliseCreditCode } from './credit-code.ts'

describe('a unified social credit code', () => {
  it.each(['91510500MAXX000155', '12620100000000078E', '91510500MAXX000230'])('%s passes', (code) => {
    expect(checkCreditCode(code)).toEqual({ ok: true, warnings: [] })
  })

  it('passes in small letters and with spaces', () => {
    expect(normaliseCreditCode(' 9151 0500 maxx 0001 55 ')).toBe('91510500MAXX000155')
    expect(checkCreditCode(' 9151 0500 maxx 0001 55 ').ok).toBe(true)
  })

  it('warns of a real code whose last character is wrong, and of nothing else in it', () => {
    expect(checkCreditCode('91350203M0001QAY9B')).toEqual({
      ok: false,
      warnings: [{ code: 'wrong-check-digit', facts: { position: 18, expected: '9', found: 'B' } }],
    })
  })

  it('warns of both check characters when the organisation code is mistyped', () => {
    const positions = checkCreditCode('91510500MAXX000165').warnings.map(
      (warning) => warning.code === 'wrong-check-digit' && warning.facts.position,
    )
    expect(positions).toEqual([17, 18])
  })

  it('warns of a wrong length and of letters that no code has', () => {
    expect(checkCreditCode('915105').warnings).toEqual([{ code: 'wrong-length', facts: { expected: 18, found: 6 } }])
    expect(checkCreditCode('9151O500MAXXOO0155').warnings).toEqual([{ code: 'wrong-characters', facts: { characters: 'OOO' } }])
  })

  it('never passes with one character changed', () => {
    const characters = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']
    const code = '91510500MAXX000155'
    fc.assert(
      fc.property(fc.nat(17), fc.constantFrom(...characters), (index, character) => {
        const changed = code.slice(0, index) + character + code.slice(index + 1)
        expect(checkCreditCode(changed).ok).toBe(changed === code)
      }),
    )
  })
})
