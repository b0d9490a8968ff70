import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawSetUpLink } from '../../src/accounts/actions/set-up.ts'
import { installations } from '../worlds.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

for (const name of installations) {
  describe(`the set-up link on ${name}`, () => {
    let market: SignInMarket
    beforeAll(async () => {
      market = await openSignInMarket(name)
    })
    afterAll(() => market?.world.close())

    it('is kept as a hash, replaced by the next one, and good for a day', async () => {
      const first = (await drawSetUpLink(market.ports))!
      expect(first).toMatch(/^\/set-up\/sml_[0-9a-f]{40}$/)
      const rows = await market.world.database.query.selectFrom('link').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(first.split('/')[2])
      expect((await market.browser().get(first)).status).toBe(200)
      const second = (await drawSetUpLink(market.ports))!
      expect((await market.browser().get(first)).status).toBe(410)
      market.pass(24 * 3600)
      const late = await market.browser().get(second)
      expect([late.status, late.html]).toEqual([410, expect.stringContaining('重新启动服务')])
      expect((await market.browser().post(second, { phone: '13400134000' })).status).toBe(410)
    })

    it('makes the first operator account, once, and asks for the second factor next', async () => {
      const link = (await drawSetUpLink(market.ports))!
      expect((await market.browser().post(link, { phone: '1234' })).status).toBe(422)
      const [own, other] = [market.browser(), market.browser()]
      const both = await Promise.all([own.post(link, { phone: '13400134000' }), other.post(link, { phone: '13400134001' })])
      expect(both.map(({ status }) => status).toSorted()).toEqual([303, 410])
      const winner = both[0]!.status === 303 ? own : other
      expect(both.find(({ status }) => status === 303)!.location).toBe('/account/second-factor')
      expect((await winner.get('/account')).location).toBe('/account/second-factor')
      expect(await drawSetUpLink(market.ports)).toBeNull()
    })
  })
}
