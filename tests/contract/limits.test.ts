import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limiter } from '../../src/platform/limits/limiter.ts'
import { defaultLimits, type Limits } from '../../src/platform/limits/limits.ts'
import { spendOne } from '../../src/platform/limits/quota-rows.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { databases, testPorts, type World } from '../worlds.ts'

/** Limits that several servers share, on every database. */
for (const [name, open] of Object.entries(databases)) {
  describe(`limits on ${name}`, () => {
    let world: World
    let nowMs = Date.parse('2026-11-22T01:00:00.000Z')
    beforeAll(async () => {
      world = await open()
    })
    afterAll(() => world?.close())

    const limits: Limits = { ...defaultLimits, 'search-address': { quota: 50, seconds: 50 }, 'read-address': null }
    const portsOf = (changes: Partial<Ports> = {}) =>
      testPorts(world.database, { limits, now: () => new Date(nowMs).toISOString(), ...changes })
    const server = (changes: Partial<Ports> = {}) => limiter(portsOf(changes))
    const rows = () => world.database.query.selectFrom('quota').selectAll().execute()
    const spendAll = (one: ReturnType<typeof server>, who: string, times: number) =>
      Array.from({ length: times }, () => one.spend('search-address', who)!).filter(({ isRefused }) => !isRefused).length
    const settle = async (one: ReturnType<typeof server>) => {
      while (one.telling() !== null) await one.telling()
    }

    it('count what was asked, and give it back evenly', async () => {
      const one = server()
      expect(one.spend('search-address', 'a')).toMatchObject({ isRefused: false, units: 49, seconds: 1 })
      expect(spendAll(one, 'a', 100)).toBe(49)
      expect(one.spend('search-address', 'a')).toMatchObject({ isRefused: true, units: 0, seconds: 1 })
      nowMs += 3_000
      expect(spendAll(one, 'a', 100)).toBe(3)
      expect(spendAll(one, 'b', 100)).toBe(50)
      expect(one.spend('read-address', 'a')).toBeNull()
      await settle(one)
    })

    it('write nothing for whoever asks seldom, and one row a slice for whoever asks often', async () => {
      await world.database.query.deleteFrom('quota').execute()
      const one = server()
      for (let at = 0; at < 100; at++) spendAll(one, `seldom-${at}`, 4)
      await settle(one)
      expect(await rows()).toEqual([])
      spendAll(one, 'often', 5)
      await settle(one)
      const [row] = await rows()
      expect(row).toEqual({ key: expect.stringMatching(/^[0-9a-f]{40}$/), clear_at_ms: nowMs + 5_000 })
      for (let at = 0; at < 100; at++) spendAll(one, `often-${at}`, 5)
      await settle(one)
      expect(await rows()).toHaveLength(101)
    })

    it('hold for several servers together, but for a slice each', async () => {
      const servers = [server({ database: world.again() }), server({ database: world.again() }), server()]
      let passed = 0
      for (let round = 0; round < 40; round++) {
        for (const one of servers) {
          passed += spendAll(one, 'everywhere', 1)
          await settle(one)
        }
      }
      expect(passed).toBeGreaterThanOrEqual(50)
      expect(passed).toBeLessThanOrEqual(50 + 5 * servers.length)
      const late = server({ database: world.again() })
      expect(spendAll(late, 'everywhere', 5)).toBeLessThanOrEqual(5)
      await settle(late)
      expect(spendAll(late, 'everywhere', 5)).toBe(0)
    })

    it('are told apart by the secret of the market', async () => {
      await world.database.query.deleteFrom('quota').execute()
      const [one, other] = [server(), server({ secret: 'another-secret-of-another-market-0001' })]
      for (const each of [one, other]) {
        spendAll(each, '203.0.113.7', 5)
        await settle(each)
      }
      const keys = (await rows()).map(({ key }) => key)
      expect(new Set(keys).size).toBe(2)
    })

    it('hold without a database that answers, each server for itself', async () => {
      const broken = { ...world.database, query: world.database.query.withSchema('nowhere') }
      const one = server({ database: broken })
      expect(spendAll(one, 'a', 100)).toBe(50)
      await settle(one)
    })

    it('let through exactly the quota of those that are counted one by one, all at once', async () => {
      const attempts = await Promise.all(
        Array.from({ length: 30 }, (_, at) =>
          spendOne(at % 2 === 0 ? world.database : world.again(), 'one-by-one', { quota: 5, seconds: 900 }, nowMs),
        ),
      )
      expect(attempts.filter(({ isRefused }) => !isRefused)).toHaveLength(5)
      expect((await spendOne(world.database, 'one-by-one', { quota: 5, seconds: 900 }, nowMs + 179_000)).isRefused).toBe(true)
      expect((await spendOne(world.database, 'one-by-one', { quota: 5, seconds: 900 }, nowMs + 180_000)).isRefused).toBe(false)
    })
  })
}
