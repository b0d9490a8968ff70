import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { databases } from '../worlds.ts'
import { codeOf } from './authenticator.ts'
import type { Browser } from './browser.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

const password = '榫卯相合不用一钉一胶也牢'

for (const name of Object.keys(databases)) {
  describe(`passwords and second factors on ${name}`, () => {
    let market: SignInMarket
    beforeAll(async () => {
      market = await openSignInMarket(name)
    })
    afterAll(() => market?.world.close())

    async function signedIn(phone: string): Promise<Browser> {
      const own = market.browser()
      await market.signIn(own, phone)
      return own
    }

    /** Sets up an authenticator as its page says. */
    async function setUp(own: Browser, form: { password?: string } = {}): Promise<{ key: string; code: string; recoveryCodes: string[] }> {
      const { html } = await own.post('/account/second-factor/draw', { ...form })
      const hidden = (field: string) => new RegExp(`name="${field}" value="([^"]*)"`).exec(html)![1]!.replaceAll('&amp;', '&')
      const drawn = { uri: hidden('uri'), key: hidden('key'), recoveryCodes: hidden('recoveryCodes') }
      expect(drawn.uri).toMatch(/^otpauth:\/\/totp\/Sunmao:\+861\d{10}\?secret=[A-Z2-7]+&issuer=Sunmao/)
      const mistyped = await own.post('/account/second-factor', { ...drawn, code: 'no' })
      expect([mistyped.status, mistyped.html.includes(drawn.recoveryCodes)]).toEqual([422, true])
      const code = codeOf(drawn.key)
      expect((await own.post('/account/second-factor', { ...drawn, code })).location).toBe('/account')
      return { key: drawn.key, code, recoveryCodes: drawn.recoveryCodes.split(' ') }
    }

    it('an operator may do nothing but set up the second factor, and then everything', async () => {
      await market.admit('13500135000', 'operator', null)
      const own = await signedIn('13500135000')
      for (const path of ['/', '/demands', '/account', '/account/password']) {
        expect([path, (await own.get(path)).location]).toEqual([path, '/account/second-factor'])
      }
      expect((await own.get('/api/market/settings')).status).toBe(403)
      expect((await own.post('/account/password', { email: 'a@example.com', password })).status).toBe(403)
      expect((await own.get('/account/second-factor')).html).toContain('开始设置')
      await setUp(own)
      expect((await own.get('/account')).html).toContain('市场运营')
      expect((await own.get('/api/market/settings')).status).toBe(200)
    })

    it('is asked for in every new session, and tried five times at most', async () => {
      const { key } = await setUp(await signedIn('13500135001'))
      const own = await signedIn('13500135001')
      expect((await own.get('/account')).location).toBe('/account/second-factor')
      expect((await own.post('/account/second-factor/draw')).status).toBe(409)
      for (let tries = 0; tries < 5; tries++) expect((await own.post('/account/second-factor', { code: '12345' })).status).toBe(422)
      expect((await own.post('/account/second-factor', { code: codeOf(key) })).status).toBe(429)
      // Another session has no tries of its own.
      const other = await signedIn('13500135001')
      expect((await other.post('/account/second-factor', { code: codeOf(key) })).status).toBe(429)
      market.pass(15 * 60)
      expect((await other.post('/account/second-factor', { code: codeOf(key) })).location).toBe('/account')
      expect((await other.get('/account')).status).toBe(200)
      expect((await own.get('/account')).location).toBe('/account/second-factor')
    })

    it('gives way to a recovery code, once', async () => {
      const { recoveryCodes } = await setUp(await signedIn('13500135002'))
      const own = await signedIn('13500135002')
      const used = { isRecovery: 'yes', recovery: recoveryCodes[0]! }
      expect((await own.post('/account/second-factor', used)).location).toBe('/account')
      const again = await signedIn('13500135002')
      expect((await again.post('/account/second-factor', used)).status).toBe(422)
      expect((await again.post('/account/second-factor', { ...used, recovery: recoveryCodes[1]! })).location).toBe('/account')
    })

    it('a password is another way in, kept from being guessed, and ends other sessions when it is set', async () => {
      const [own, other] = [await signedIn('13500135003'), await signedIn('13500135003')]
      for (const weak of ['short', 'password1234', '13500135003a', 'wenyizhou2026']) {
        const refused = await own.post('/account/password', { email: 'wenyizhou@example.com', password: weak })
        expect([weak, refused.status]).toEqual([weak, 422])
        expect(refused.html).not.toContain(`value="${weak}"`)
      }
      expect((await own.post('/account/password', { email: 'Wenyizhou@Example.com', password })).location).toBe('/account')
      expect((await other.get('/account')).location).toContain('/sign-in')
      expect((await own.get('/account')).status).toBe(200)
      const fresh = market.browser()
      const entered = await fresh.post('/sign-in/password', { email: ' wenyizhou@example.com', password, back: '/demands' })
      expect([entered.status, entered.location]).toEqual([303, '/demands'])
      expect((await fresh.get('/account')).status).toBe(200)
      const wrong = { email: 'wenyizhou@example.com', password: `${password}吗` }
      const unknown = { ...wrong, email: 'nobody@example.com' }
      const [a, b] = [await market.browser().post('/sign-in/password', wrong), await market.browser().post('/sign-in/password', unknown)]
      expect([a.status, a.html.replaceAll(wrong.email, '')]).toEqual([b.status, b.html.replaceAll(unknown.email, '')].map((each) => each))
    })

    it('a password is tried five times at most', async () => {
      const guess = { email: 'someone@example.com', password: '猜一猜猜一猜猜一猜猜一猜' }
      for (let tries = 0; tries < 5; tries++) expect((await market.browser().post('/sign-in/password', guess)).status).toBe(422)
      expect((await market.browser().post('/sign-in/password', guess)).status).toBe(429)
    })

    it('a password is half of the way in where there is a second factor', async () => {
      const first = await signedIn('13500135004')
      await first.post('/account/password', { email: 'shenyue@example.com', password })
      expect((await first.post('/account/second-factor/draw', { password: 'another password' })).status).toBe(422)
      const { key, code } = await setUp(first, { password })
      const own = market.browser()
      const entered = await own.post('/sign-in/password', { email: 'shenyue@example.com', password })
      expect([entered.location, own.session()]).toEqual(['/account/second-factor', null])
      expect((await own.get('/account')).location).toContain('/sign-in')
      expect((await own.post('/account/second-factor', { code: '12345' })).status).toBe(422)
      // This one has served to set it up.
      expect((await own.post('/account/second-factor', { code })).status).toBe(422)
      await own.post('/sign-in/password', { email: 'shenyue@example.com', password })
      expect((await own.post('/account/second-factor', { code: codeOf(key, 1) })).location).toBe('/account')
      expect((await own.get('/account')).status).toBe(200)
      const { id } = await market.world.database.query
        .selectFrom('account')
        .select('id')
        .where('email', '=', 'shenyue@example.com')
        .executeTakeFirstOrThrow()
      const kinds = (await entriesAbout(market.world.database, id)).map(({ kind }) => kind)
      expect(kinds).toEqual(['account.registered', 'account.password-set', 'account.second-factor-set-up'])
    })

    it('an address belongs to one account', async () => {
      await (await signedIn('13500135005')).post('/account/password', { email: 'taken@example.com', password })
      const refused = await (await signedIn('13500135006')).post('/account/password', { email: 'taken@example.com', password })
      expect([refused.status, refused.html.includes('这个邮箱不能使用')]).toEqual([422, true])
    })
  })
}
