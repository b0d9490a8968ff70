import { describe, expect, it } from 'vitest'
import { classOf } from './classes.ts'
import { defaultLimits, LimitsText, leftOf } from './limits.ts'
import { turns } from './turns.ts'

describe('limits by configuration', () => {
  it('change what they name and leave the rest', () => {
    const limits = LimitsText.parse(' search-address=600/60,read-key=off')
    expect(limits).toEqual({ ...defaultLimits, 'search-address': { quota: 600, seconds: 60 }, 'read-key': null })
  })

  it('can be taken away all at once', () => {
    expect(new Set(Object.values(LimitsText.parse('off')))).toEqual(new Set([null]))
  })

  it.each([
    'searches=1/1',
    'search-address',
    'search-address=0/60',
    'search-address=5/0',
    'search-address=-5/60',
    'search-address=5',
    'toString=1/1',
  ])('%s is refused with the names there are', (text) => {
    const { error } = LimitsText.safeParse(text)
    expect(error?.issues[0]?.message).toContain('search-address')
  })
})

describe('what is left of a quota', () => {
  const limit = { quota: 60, seconds: 60 }

  it('comes back evenly', () => {
    expect(leftOf(limit, 0, 1_000_000)).toEqual({ units: 60, seconds: 1 })
    expect(leftOf(limit, 1_060_000, 1_000_000)).toEqual({ units: 0, seconds: 1 })
    expect(leftOf(limit, 1_030_500, 1_000_000)).toEqual({ units: 29, seconds: 1 })
    expect(leftOf({ quota: 5, seconds: 900 }, 1_900_000, 1_000_000)).toEqual({ units: 0, seconds: 180 })
  })
})

describe('the class of a request', () => {
  it.each([
    ['GET', '/api/search', 'search'],
    ['GET', '/api/demands/dem_x/matches', 'search'],
    ['GET', '/api/recommendations', 'search'],
    ['GET', '/api/market', 'search'],
    ['GET', '/search', 'search'],
    ['GET', '/', 'search'],
    ['GET', '/demands/dem_x', 'search'],
    ['HEAD', '/demands', 'search'],
    ['GET', '/api/demands', 'read'],
    ['GET', '/api/market/settings', 'read'],
    ['GET', '/openapi.json', 'read'],
    ['GET', '/app.css', 'read'],
    ['GET', '/swagger/swagger-ui-bundle.js', 'read'],
    ['GET', '/account/devices', 'read'],
    ['GET', '/sign-in/cod_x', 'read'],
    ['POST', '/sign-in', 'sign-in'],
    ['POST', '/sign-in/cod_x/again', 'sign-in'],
    ['POST', '/set-up/sml_x', 'sign-in'],
    ['POST', '/account/second-factor', 'sign-in'],
    ['POST', '/account/devices/end', 'write'],
    ['POST', '/sign-out', 'write'],
    ['POST', '/api/demands', 'write'],
    ['DELETE', '/api/evidence/evi_x', 'write'],
    ['GET', '/account/export', 'export'],
    ['POST', '/api/exports', 'export'],
  ])('%s %s is %s', (method, path, expected) => {
    expect(classOf(method, path)).toBe(expected)
  })
})

describe('turns', () => {
  it('let each party have a few at once, and the next ones in order', async () => {
    const { take, leave } = turns({ atOnce: 2, waitingAtMost: 2 })
    const order: string[] = []
    const run = async (party: string, name: string) => {
      if (!(await take(party))) return order.push(`${name} refused`)
      return order.push(name)
    }
    const all = [run('a', 'a1'), run('a', 'a2'), run('a', 'a3'), run('a', 'a4'), run('a', 'a5'), run('b', 'b1')]
    await Promise.resolve()
    await Promise.resolve()
    await Promise.resolve()
    expect(order.toSorted()).toEqual(['a1', 'a2', 'a5 refused', 'b1'])
    leave('a')
    leave('a')
    await Promise.all(all)
    expect(order.slice(-2)).toEqual(['a3', 'a4'])
    for (const party of ['a', 'a', 'b', 'nobody']) leave(party)
    expect(await take('a')).toBe(true)
  })
})
