import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.tsx'
import { oidc } from '../../src/platform/identity/oidc.ts'
import type { IdentityOption } from '../../src/platform/identity/provider.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { outgoingOfNode } from '../../src/platform/outgoing/node.ts'
import { type Browser, openBrowser, type Sheet } from './browser.ts'
import { openProvider, type Provided, type TestProvider } from './identity-provider.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

/** The party stands on this machine. */
const outgoing = outgoingOfNode({ internal: ['127.0.0.1'] })

for (const name of ['sqlite', 'postgres']) {
  describe(`signing in by a city's unified identity on ${name}`, () => {
    let market: SignInMarket
    let provider: TestProvider
    let option: IdentityOption
    beforeAll(async () => {
      market = await openSignInMarket(name)
      provider = await openProvider('http://market.example/sign-in/identity/callback')
      const { issuer, clientId, clientSecret } = provider
      option = {
        provider: oidc({ issuer, clientId, clientSecret, scopes: 'openid profile phone', timeoutMs: 5_000 }, outgoing),
        labels: { 'zh-CN': '砺州统一身份', en: 'Lizhou identity' },
        phoneClaim: 'phone_number',
      }
    })
    afterAll(async () => {
      await provider?.close()
      await market?.world.close()
    })

    const browser = (changes: Partial<IdentityOption> = {}) => {
      const app = createApp(market.ports, { demo: null, identity: { ...option, ...changes } })
      return openBrowser((url, request) => app.request(url, request))
    }
    /** As the browser goes: to the provider, where somebody is signed in, and back. */
    async function follow(own: Browser, url: string): Promise<Sheet> {
      const answer = await fetch(url, { redirect: 'manual' })
      expect(answer.status).toBe(302)
      const back = new URL(answer.headers.get('location')!)
      return own.get(back.pathname + back.search)
    }
    async function signIn(own: Browser, who: Provided): Promise<Sheet> {
      provider.is(who)
      const { location, cookies } = await own.get('/sign-in/identity?back=%2Fdemands')
      expect(cookies[0]).toMatch(/^sunmao\.identity=.*; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/)
      return follow(own, location)
    }
    const accounts = async () =>
      (await market.world.database.query.selectFrom('account').select(['id', 'phone', 'name']).execute()) as object[]

    it('has a button where it is configured, and neither button nor page anywhere else', async () => {
      expect((await browser().get('/sign-in')).html).toContain('用砺州统一身份登录')
      expect((await browser().get('/sign-in?lang=en')).html).toContain('Sign in with Lizhou identity')
      expect((await market.browser().get('/sign-in')).html).not.toContain('/sign-in/identity')
      expect((await market.browser().get('/sign-in/identity')).status).toBe(404)
      expect((await market.browser().get('/sign-in/identity/callback')).status).toBe(404)
    })

    it('makes an account for whoever is new, without a number, and finds it again', async () => {
      const own = browser()
      const entered = await signIn(own, { subject: 'lz-1', claims: { name: '罗采薇' } })
      expect([entered.status, entered.location]).toEqual([303, '/demands'])
      expect((await own.get('/account')).html).toContain('已关联砺州统一身份')
      const before = await accounts()
      expect(before.filter((row) => 'name' in row && row.name === '罗采薇')).toHaveLength(1)
      expect((await signIn(browser(), { subject: 'lz-1' })).location).toBe('/demands')
      expect(await accounts()).toEqual(before)
    })

    it('goes to the account of a number that the party has verified, where its word is taken', async () => {
      await market.signIn(market.browser(), '13700007001')
      const before = (await accounts()).length
      const verified = { phone_number: '+8613700007001', phone_number_verified: true }
      const own = browser()
      await signIn(own, { subject: 'lz-2', userInfo: verified })
      expect((await own.get('/account')).html).toContain('137****7001')
      expect(await accounts()).toHaveLength(before)
      const [{ id }] = (await market.world.database.query
        .selectFrom('account')
        .select('id')
        .where('phone', '=', '+8613700007001')
        .execute()) as [{ id: string }]
      expect(await entriesAbout(market.world.database, id)).toMatchObject([
        { kind: 'account.registered' },
        { kind: 'account.identity-linked' },
      ])
      for (const [subject, userInfo, changes] of [
        ['lz-3', { ...verified, phone_number_verified: false }, {}],
        ['lz-4', verified, { phoneClaim: null }],
      ] as const) {
        const stranger = browser(changes)
        await signIn(stranger, { subject, userInfo })
        expect((await stranger.get('/account')).html).not.toContain('137****7001')
      }
    })

    it('is linked to an account by whoever is signed in to it, and belongs to one account', async () => {
      const own = browser()
      market.pass(60)
      const asked = await own.post('/sign-in', { phone: '13700007002' })
      await own.post(asked.location.split('?')[0]!, { code: String(market.sent.at(-1)!.facts.code) })
      provider.is({ subject: 'lz-5' })
      const { html } = await own.post('/account/identity')
      const url = /href="(http:\/\/127[^"]+)"/.exec(html)![1]!.replaceAll('&amp;', '&')
      expect((await follow(own, url)).location).toBe('/account')
      const elsewhere = browser()
      await signIn(elsewhere, { subject: 'lz-5' })
      expect((await elsewhere.get('/account')).html).toContain('137****7002')
      provider.is({ subject: 'lz-1' })
      const taken = await own.post('/account/identity')
      const again = await follow(own, /href="(http:\/\/127[^"]+)"/.exec(taken.html)![1]!.replaceAll('&amp;', '&'))
      expect([again.status, again.html.includes('已关联另一个账号')]).toEqual([422, true])
    })

    it('is not linked in a browser that has signed out meanwhile, nor by another site', async () => {
      const own = browser()
      await signIn(own, { subject: 'lz-6' })
      expect((await own.post('/account/identity', {}, { origin: 'https://evil.example' })).status).toBe(403)
      provider.is({ subject: 'lz-7' })
      const { html } = await own.post('/account/identity')
      await own.post('/sign-out')
      expect((await follow(own, /href="(http:\/\/127[^"]+)"/.exec(html)![1]!.replaceAll('&amp;', '&'))).status).toBe(422)
    })

    it.each(['nonce', 'audience', 'signature', 'issuer', 'expired', 'subject'] as const)(
      'lets nobody in by a word of the wrong %s',
      async (wrong) => {
        const own = browser()
        const refused = await signIn(own, { subject: 'lz-8', wrong })
        expect([refused.status, refused.html.includes('没有通过'), own.session()]).toEqual([422, true, null])
      },
    )

    it('lets nobody in by an answer that this browser did not ask for, that comes twice, or too late', async () => {
      provider.is({ subject: 'lz-9' })
      const [own, other] = [browser(), browser()]
      const { location } = await own.get('/sign-in/identity')
      expect((await follow(other, location)).status).toBe(422)
      expect((await follow(own, location)).status).toBe(303)
      expect((await follow(own, location)).status).toBe(422)
      const late = browser()
      const begun = await late.get('/sign-in/identity')
      market.pass(11 * 60)
      expect((await follow(late, begun.location)).status).toBe(422)
      const cancelled = browser()
      await cancelled.get('/sign-in/identity')
      expect((await cancelled.get('/sign-in/identity/callback?error=access_denied&state=x')).status).toBe(422)
    })

    it('still asks for the second factor, and says when the party cannot be reached', async () => {
      await market.admit('13700007003', 'operator', null)
      const own = browser()
      const claims = { phone_number: '13700007003', phone_number_verified: true }
      await signIn(own, { subject: 'lz-10', claims })
      expect((await own.get('/account')).location).toBe('/account/second-factor')
      const gone = oidc(
        { issuer: 'http://127.0.0.1:1', clientId: 'sunmao', clientSecret: null, scopes: 'openid', timeoutMs: 2_000 },
        outgoing,
      )
      expect((await browser({ provider: gone }).get('/sign-in/identity')).status).toBe(503)
    })
  })
}
