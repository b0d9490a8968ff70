import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dropSecondFactor } from '../../src/accounts/actions/factor-change.ts'
import { findAccount } from '../../src/accounts/store.ts'
import { createApp } from '../../src/app.tsx'
import { handlers } from '../../src/jobs.ts'
import { runDueJobs } from '../../src/platform/jobs/jobs.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { byChannel, unreachable } from '../../src/platform/messages/gateway.ts'
import { installations, letterBox } from '../worlds.ts'
import { codeOf } from './authenticator.ts'
import { type Browser, openBrowser, type Sheet } from './browser.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

const password = '榫卯相合不用一钉一胶也牢'

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

for (const name of installations) {
  describe(`passwords and second factors on ${name}`, () => {
    let market: SignInMarket
    beforeAll(async () => {
      market = await openSignInMarket(name)
    })
    afterAll(() => market?.world.close())

    /** Opens the link that went to the address, and says yes. */
    async function verify(): Promise<Sheet> {
      const { kind, facts } = market.sent.at(-1)!
      expect(kind).toBe('verify-email')
      return market.browser().post(new URL(String(facts.link)).pathname)
    }

    async function signedIn(phone: string): Promise<Browser> {
      const own = market.browser()
      await market.signIn(own, phone)
      return own
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
      expect((await own.post('/account/password', { email: 'Wenyizhou@Example.com', password })).html).toContain('wenyizhou@example.com')
      expect((await other.get('/account')).location).toContain('/sign-in')
      expect((await own.get('/account')).status).toBe(200)
      const fresh = market.browser()
      const early = await fresh.post('/sign-in/password', { email: 'wenyizhou@example.com', password })
      expect([early.status, fresh.session()]).toEqual([422, null])
      expect((await verify()).html).toContain('邮箱已验证')
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
      await verify()
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
      expect(kinds).toEqual(['account.registered', 'account.password-set', 'account.email-verified', 'account.second-factor-set-up'])
    })

    it('an address belongs to the account that shows first that it is its own', async () => {
      const [first, second] = [await signedIn('13500135005'), await signedIn('13500135006')]
      await first.post('/account/password', { email: 'taken@example.com', password })
      const link = new URL(String(market.sent.at(-1)!.facts.link)).pathname
      // Nobody is kept from an address by whoever only says that it is his.
      expect((await second.post('/account/password', { email: 'taken@example.com', password })).status).toBe(200)
      expect((await verify()).status).toBe(200)
      const late = await market.browser().post(link)
      expect([late.status, late.html.includes('这个邮箱不能使用')]).toEqual([422, true])
    })

    it('the link to an address is looked at as often as one likes, used once, and good for a day', async () => {
      const own = await signedIn('13500135007')
      await own.post('/account/password', { email: 'mail@example.com', password })
      const link = new URL(String(market.sent.at(-1)!.facts.link)).pathname
      for (let looks = 0; looks < 2; looks++) expect((await market.browser().get(link)).html).toContain('mail@example.com')
      expect((await own.get('/account')).html).not.toContain('mail@example.com')
      expect((await market.browser().post(link)).status).toBe(200)
      expect((await own.get('/account')).html).toContain('mail@example.com')
      expect((await market.browser().get(link)).status).toBe(410)
      await own.post('/account/password', { email: 'other@example.com', password })
      market.pass(24 * 3600)
      expect((await market.browser().post(new URL(String(market.sent.at(-1)!.facts.link)).pathname)).status).toBe(410)
    })

    it('a password is set by whoever has just signed in, and changed by whoever brings the present one', async () => {
      const own = await signedIn('13500135008')
      await own.post('/account/password', { email: 'change@example.com', password })
      // Nobody can sign in by it before its address is verified: until then it can be set anew.
      expect((await own.get('/account/password')).html).not.toContain('name="current"')
      await verify()
      const next = { email: 'change@example.com', password: '三月种瓜五月收瓜八月晒干' }
      expect((await own.get('/account/password')).html).toContain('name="current"')
      for (const [current, says] of [
        ['', '请填写当前密码'],
        ['猜一猜猜一猜猜一猜猜一猜', '当前密码不对'],
      ] as const) {
        const refused = await own.post('/account/password', { ...next, current })
        expect([refused.status, refused.html.includes(says)]).toEqual([422, true])
      }
      expect((await own.post('/account/password', { ...next, current: password })).location).toBe('/account')
      expect((await market.browser().post('/sign-in/password', { email: next.email, password })).status).toBe(422)
      expect((await market.browser().post('/sign-in/password', next)).status).toBe(303)
      const without = await signedIn('13500135009')
      market.pass(11 * 60)
      const refused = await without.post('/account/password', { email: 'without@example.com', password })
      expect([refused.status, refused.html.includes('退出后重新登录')]).toEqual([422, true])
    })

    it('a password that was forgotten is set anew by a link to the verified address, which ends every session', async () => {
      const own = await signedIn('13500135010')
      await own.post('/account/password', { email: 'forgotten@example.com', password })
      await verify()
      const ask = async (email: string) => {
        const { status, html } = await market.browser().post('/sign-in/password/forgotten', { email })
        await runDueJobs(market.ports, handlers)
        return [status, html.replaceAll(email, '')]
      }
      const count = market.sent.length
      const unknown = await ask('nobody@example.com')
      expect(market.sent.length).toBe(count)
      expect(await ask('forgotten@example.com')).toEqual(unknown)
      await ask('forgotten@example.com')
      expect(market.sent.slice(count)).toMatchObject([{ to: 'forgotten@example.com', kind: 'reset-password' }])
      const link = new URL(String(market.sent.at(-1)!.facts.link)).pathname
      const answer = await market.app.request(link)
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
      expect((await market.browser().post(link, { password: 'password1234' })).status).toBe(422)
      const changed = '三月种瓜五月收瓜八月晒干'
      expect((await market.browser().post(link, { password: changed })).html).toContain('密码已重设')
      expect((await market.browser().post(link, { password: changed })).status).toBe(410)
      expect((await own.get('/account')).location).toContain('/sign-in')
      expect((await market.browser().post('/sign-in/password', { email: 'forgotten@example.com', password })).status).toBe(422)
      expect((await market.browser().post('/sign-in/password', { email: 'forgotten@example.com', password: changed })).status).toBe(303)
    })

    it('a second factor is turned off with a code of it, but by no operator; new recovery codes replace the old ones', async () => {
      const own = await signedIn('13500135011')
      const { key, recoveryCodes } = await setUp(own)
      expect((await own.post('/account/second-factor/recovery', { code: '000000' })).status).toBe(422)
      expect((await own.post('/account/second-factor/recovery', { code: codeOf(key) })).html, 'shown before').toContain('验证码不对')
      // By then the authenticator shows another one.
      market.pass(91)
      const renewed = await own.post('/account/second-factor/recovery', { code: codeOf(key) })
      const [, fresh = ''] = /<code>([\w-]+)<\/code>/.exec(renewed.html)!
      const other = await signedIn('13500135011')
      expect((await other.post('/account/second-factor', { isRecovery: 'yes', recovery: recoveryCodes[0]! })).status).toBe(422)
      expect((await other.post('/account/second-factor', { isRecovery: 'yes', recovery: fresh })).location).toBe('/account')
      expect((await own.post('/account/second-factor/off', { code: 'no' })).status).toBe(422)
      expect((await own.post('/account/second-factor/off', { code: codeOf(key, 1) })).location).toBe('/account/second-factor')
      expect((await own.get('/account/second-factor')).html).toContain('开始设置')
      expect((await (await signedIn('13500135011')).get('/account')).status).toBe(200)
      await market.admit('13500135012', 'operator', null)
      const operator = await signedIn('13500135012')
      const drawn = await setUp(operator)
      expect((await operator.get('/account/second-factor')).html).toContain('不能关闭')
      expect((await operator.post('/account/second-factor/off', { code: codeOf(drawn.key, 1) })).status).toBe(403)
    })

    it('the key is drawn as a QR code, in the page itself', async () => {
      const own = await signedIn('13500135013')
      const { html } = await own.post('/account/second-factor/draw')
      expect(html).toMatch(/<svg class="qr" viewBox="0 0 \d+ \d+" role="img" aria-label="[^"]+"/)
      expect(html).not.toMatch(/<svg[^>]* style=/)
    })
  })
}

it('a second factor that was sealed with another secret is said to be so, and can be taken away on the machine', async () => {
  const market = await openSignInMarket('sqlite')
  try {
    const own = market.browser()
    await market.signIn(own, '13500135015')
    const { key } = await setUp(own)
    await market.signIn(own, '13500135015')
    const app = createApp({ ...market.ports, secret: 'another secret, as on a machine that has lost the first' })
    const elsewhere = openBrowser((url, request) => app.request(url, request))
    market.pass(60)
    const asked = await elsewhere.post('/sign-in', { phone: '13500135015' })
    await elsewhere.post(asked.location.split('?')[0]!, { code: market.code() })
    const refused = await elsewhere.post('/account/second-factor', { code: codeOf(key, 3) })
    expect([refused.status, refused.html]).toEqual([503, expect.stringContaining('用另一份市场密钥')])
    const account = (await findAccount(market.ports.database, { phone: '+8613500135015' }))!
    await dropSecondFactor(market.ports, 'command-line', account)
    expect((await elsewhere.get('/account')).location, 'signed out').toContain('/sign-in')
    const fresh = market.browser()
    await market.signIn(fresh, '13500135015')
    expect((await fresh.get('/account')).status).toBe(200)
    const without = (await findAccount(market.ports.database, { phone: '+8613500135015' }))!
    await expect(dropSecondFactor(market.ports, 'command-line', without)).rejects.toMatchObject({ kind: 'not-allowed-now' })
  } finally {
    await market.world.close()
  }
})

it('a password is not set where the letter to its address cannot be sent', async () => {
  const { messenger, sent } = letterBox()
  const market = await openSignInMarket('sqlite', {}, { messenger: byChannel(messenger, unreachable) })
  try {
    const signIn = async () => {
      const own = market.browser()
      const asked = await own.post('/sign-in', { phone: '13500135014' })
      await own.post(asked.location.split('?')[0]!, { code: String(sent.at(-1)!.facts.code) })
      market.pass(60)
      return own
    }
    const [other, own] = [await signIn(), await signIn()]
    const refused = await own.post('/account/password', { email: 'no-letters@example.com', password })
    expect([refused.status, refused.html]).toEqual([503, expect.stringContaining('没有配置发送短信或邮件的网关')])
    expect((await own.get('/account')).html).not.toContain('修改密码')
    expect((await other.get('/account')).status, 'nobody is signed out').toBe(200)
  } finally {
    await market.world.close()
  }
})
