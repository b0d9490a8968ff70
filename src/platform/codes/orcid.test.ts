import { describe, expect, it } from 'vitest'
import { checkOrcid, normaliseOrcid } from './orcid.ts'

describe('an ORCID', () => {
  it.each(['0000-0002-1825-0097', '0000000218250097', 'https://orcid.org/0000-0002-1825-0097', '0000-0002-1694-233x'])(
    '%s passes',
    (orcid) => {
      expect(checkOrcid(orcid)).toEqual({ ok: true, warnings: [] })
    },
  )

  it('is stored in groups of four', () => {
    expect(normaliseOrcid('https://orcid.org/0000000218250097')).toBe('0000-0002-1825-0097')
  })

  it('warns of a wrong check digit, a wrong length and wrong characters', () => {
    expect(checkOrcid('0000-0002-1825-0079').warnings).toEqual([
      { code: 'wrong-check-digit', facts: { position: 16, expected: '0', found: '9' } },
    ])
    expect(checkOrcid('0000-0002-1825').warnings).toEqual([{ code: 'wrong-length', facts: { expected: 16, found: 12 } }])
    expect(checkOrcid('0000-0002-18X5-009A').warnings).toEqual([{ code: 'wrong-characters', facts: { characters: 'XA' } }])
  })
})
