import { describe, expect, it } from 'vitest'
import { isWeak } from './password.ts'

describe('a password', () => {
  it.each([
    'password1234',
    'Password2026',
    '123456789012',
    'qwertyuiop12',
    'aaaaaaaaaaaa',
    'woaini5201314',
    'Admin@123456',
    '1qaz2wsx3edc',
    'abcabcabcabc',
    '13800138000a',
    'wenyizhou2026',
  ])('%s is weak', (password) => {
    expect(isWeak(password, ['13800138000', 'wenyizhou@example.com'])).toBe(true)
  })

  it.each(['榫卯相合不用一钉一胶也牢', 'correct horse battery staple', 'vK7-mtq2-Lz9w', '三月种瓜五月收瓜八月晒干'])(
    '%s is not',
    (password) => {
      expect(isWeak(password, ['13800138000', 'wenyizhou@example.com'])).toBe(false)
    },
  )
})
