import { describe, expect, it, vi } from 'vitest'
import { log } from './log.ts'
import { randomDigits, randomSecret, withoutSecrets } from './secrets.ts'

describe('a secret', () => {
  it('is blackened wherever it stands in a text, and nothing else is', () => {
    const [link, key] = [randomSecret('sml'), randomSecret('smt')]
    expect(withoutSecrets(`GET /links/${link} by Bearer ${key}, off_aaaaaaaaaaaaaaaaaaaa`)).toBe(
      'GET /links/sml_… by Bearer smt_…, off_aaaaaaaaaaaaaaaaaaaa',
    )
  })

  it('stands in no line of the log, even where a link leads to a bug', () => {
    const written = vi.spyOn(console, 'log').mockImplementation(() => {})
    const secret = randomSecret('sml')
    log('error', 'bug', { path: `/links/${secret}`, stack: `at /links/${secret}` })
    const [line] = written.mock.calls[0] as [string]
    written.mockRestore()
    expect(line).not.toContain(secret)
    expect(JSON.parse(line)).toMatchObject({ level: 'error', path: '/links/sml_…' })
  })

  it('is as long as it is said to be', () => {
    expect(randomDigits(6)).toMatch(/^\d{6}$/)
    expect(randomSecret('smt')).toMatch(/^smt_[0-9a-f]{40}$/)
  })
})
