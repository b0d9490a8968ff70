import { describe, expect, it } from 'vitest'
import { naming } from './known.ts'

describe('whether a text names somebody', () => {
  const isNamedIn = naming(['尉迟砺', 'Li Na', '13755512345', 'Na.Li@hengli.example', '0009-0001-2345-678X', '李'])

  it.each([
    '请联系尉迟砺工程师',
    '电话137-5551-2345（同微信）',
    '１３７ ５５５１ ２３４５',
    '+86 137 5551 2345',
    '8613755512345',
    'author: LI  NA;',
    '<na.li@hengli.example>',
    'ORCID 0009-0001-2345-678X',
  ])('it does: %s', (text) => expect(isNamedIn(text)).toBe(true))

  it.each(['尉迟恭', 'Natali Nash', '213755512345', '137555123456', 'anna.li@hengli.example.org', '李', ''])('it does not: %s', (text) =>
    expect(isNamedIn(text)).toBe(false),
  )

  it('names nobody where nothing is known', () => expect(naming([])('尉迟砺')).toBe(false))
})
