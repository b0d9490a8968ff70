import { expect, it } from 'vitest'
import { landing } from './device-cookie.ts'

it('begins a broker’s day with what is due, unless he was on the way somewhere; nobody else’s', () => {
  expect(landing('broker', '/')).toBe('/today')
  expect(landing('broker', '/demands?q=焊接')).toBe('/demands?q=焊接')
  expect(landing('enterprise', '/')).toBe('/')
  expect(landing(undefined, '/')).toBe('/')
})
