import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import type { Browser } from './browser.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

const password = '榫卯相合不用一钉一胶也牢'

for (const name of ['sqlite', 'postgres']) {
  describe(`changing one's number on ${name}`, () => {
    let market: SignInMarket
    beforeAll(async () => {
      market = await openSignInMarket(name)
    })
    afterAll(() => market?.world.close())

    const codeSent = () => String(market.sent.at(-1)!.facts.code)
    async function signedIn(phone: string): Promise<Browser> {
      const own = market.browser()
      await market.signIn(own, phone)
      return own
    }
    /** As far as the page that asks for the new number. */
    async function shown(own: Browser): Promise<string> {
      market.pass(60)
      const asked = await own.post('/account/phone/code')
      const entered = await own.post(asked.location, { code: codeSent() })
      expect(entered.location).toMatch(/^\/account\/phone\/to\/sml_[0-9a-f]{40}$/)
      return entered.location
    }

    it('takes a code to the old one, then a code to the new one, and ends other sessions', async () => {
      const own = await signedIn('13100131000')
      const other = await signedIn('13100131000')
      const path = await shown(own)
      expect(market.sent.at(-1)).toMatchObject({ to: '+8613100131000', kind: 'change-phone-code' })
      const asked = await own.post(path, { phone: '131 0013 1001' })
      expect(market.sent.at(-1)).toMatchObject({ to: '+8613100131001', kind: 'change-phone-code' })
      expect((await own.post(asked.location, { code: 'no' })).status).toBe(422)
      expect((await own.post(asked.location, { code: codeSent() })).html).toContain('手机号已更换')
      expect((await own.get('/account')).html).toContain('131****1001')
      expect((await other.get('/account')).location).toContain('/sign-in')
      expect((await own.get(path)).status).toBe(410)
      const [{ id }] = (await market.world.database.query
        .selectFrom('account')
        .select('id')
        .where('phone', '=', '+8613100131001')
        .execute()) as [{ id: string }]
      const entries = await entriesAbout(market.world.database, id)
      expect(entries.at(-1)).toMatchObject({ kind: 'account.phone-changed', facts: { fields: ['phone'] } })
      expect(JSON.stringify(entries)).not.toContain('131001')
    })

    it('takes the password where the old number is lost, and not a session alone', async () => {
      const own = await signedIn('13100131002')
      expect((await own.post('/account/phone/password', { current: '' })).status).toBe(422)
      await own.post('/account/password', { email: 'lost@example.com', password })
      expect((await own.post('/account/phone/password', { current: `${password}吗` })).status).toBe(422)
      const { location } = await own.post('/account/phone/password', { current: password })
      market.pass(60)
      const asked = await own.post(location, { phone: '13100131003' })
      expect((await own.post(asked.location, { code: codeSent() })).status).toBe(200)
    })

    it('takes no number that another account has, and says so to whoever has that number alone', async () => {
      await signedIn('13100131004')
      const own = await signedIn('13100131005')
      const path = await shown(own)
      market.pass(60)
      const asked = await own.post(path, { phone: '13100131004' })
      const refused = await own.post(asked.location, { code: codeSent() })
      expect([refused.status, refused.html.includes('已用于另一个账号')]).toEqual([422, true])
    })

    it('takes no code that was sent to sign in, and none that was sent to somebody else', async () => {
      const own = await signedIn('13100131006')
      market.pass(60)
      const id = (await market.browser().post('/sign-in', { phone: '13100131006' })).location.split('?')[0]!.split('/')[2]!
      expect((await own.post(`/account/phone/code/${id}`, { code: codeSent() })).status).toBe(422)
      const stranger = await signedIn('13100131007')
      market.pass(60)
      const { location } = await stranger.post('/account/phone/code')
      expect((await own.post(location, { code: codeSent() })).status).toBe(422)
    })

    it('leaves the way that it has opened to the same account, for a quarter of an hour', async () => {
      const own = await signedIn('13100131008')
      const path = await shown(own)
      expect((await (await signedIn('13100131009')).get(path)).status).toBe(410)
      market.pass(15 * 60)
      expect((await own.get(path)).status).toBe(410)
    })
  })
}
