import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.tsx'
import { peerBehind } from '../../src/platform/web/peer.ts'
import { type Browser, openBrowser } from './browser.ts'
import { casting } from './fixtures.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

let market: SignInMarket
let signedIn: Browser
beforeAll(async () => {
  market = await openSignInMarket('sqlite')
  const enterprise = await market.enterprise({ name: '众砺重工有限公司' })
  await market.admit('13100131000', 'enterprise', enterprise.id)
  await market.draft(enterprise, casting)
  signedIn = market.browser()
  await market.signIn(signedIn, '13100131000')
})

const pages = ['/', '/demands', '/search', '/docs', '/sign-in', '/nowhere']
const paths = [...pages, '/api/market', '/api/demands', '/api/demands/nobody', '/openapi.json', '/healthz', '/readyz']
const get = async (path: string, headers: Record<string, string> = {}, at = 'http://market.example') =>
  (await market.app.request(at + path, { headers: { accept: 'text/html', ...headers } })).headers

describe('the headers of an answer', () => {
  it.each(paths)('of %s let a browser do nothing that is not meant', async (path) => {
    const headers = await get(path)
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    })
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|\*/)
    for (const name of ['access-control-allow-origin', 'x-powered-by', 'server']) expect(headers.has(name), name).toBe(false)
  })

  it('of the API let it be no page of its own', async () => {
    expect((await get('/api/demands')).get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
  })

  it('ask for https once it is spoken, for everything below as well', async () => {
    for (const path of paths) {
      expect((await get(path)).has('strict-transport-security')).toBe(false)
      const said = (await get(path, {}, 'https://market.example')).get('strict-transport-security')
      expect(said).toBe('max-age=63072000; includeSubDomains')
    }
  })

  it('keep nothing of what somebody reads as himself, by session or by token', async () => {
    const cookie = `sunmao.session_token=${signedIn.session()}`
    for (const path of paths.filter((each) => !/z$/.test(each))) {
      expect([path, (await get(path, { cookie })).get('cache-control')]).toEqual([path, 'no-store'])
      const token = { authorization: `Bearer ${market.operator.secret}` }
      expect([path, (await get(path, token)).get('cache-control')]).toEqual([path, 'no-store'])
    }
    for (const path of ['/sign-in', '/sign-in/password', '/set-up/nothing', '/account']) {
      expect([path, (await get(path)).get('cache-control')]).toEqual([path, 'no-store'])
    }
    expect((await get('/demands')).get('cache-control')).toBe('private, no-cache')
  })

  it('say by what an answer differs', async () => {
    for (const path of paths) expect((await get(path)).get('vary')).toMatch(/accept-language, cookie, authorization/)
  })
})

describe('a cookie', () => {
  it('is for our pages alone, and over https bound to this host', async () => {
    for (const [at, prefix, secure] of [
      ['http://market.example', '', ''],
      ['https://market.example', '__Host-', '; Secure'],
    ] as const) {
      const own = market.browser(at)
      const { cookies } = await market.signIn(own, '13100131001')
      const language = (await own.get('/language?to=en')).cookies
      const all = [...cookies, ...language]
      expect(all.map((cookie) => cookie.split('=')[0])).toEqual(expect.arrayContaining([`${prefix}sunmao.session_token`, `${prefix}lang`]))
      for (const cookie of all) {
        expect(cookie).toMatch(/; HttpOnly/)
        expect(cookie).toMatch(/; SameSite=Lax/)
        expect(cookie).toMatch(/; Path=\//)
        expect(cookie).not.toMatch(/; Domain/)
        expect(cookie.includes('; Secure')).toBe(secure !== '')
        expect(cookie.startsWith(prefix)).toBe(true)
      }
      expect((await own.get('/account')).html).toContain('lang="en"')
    }
  })

  it('that was made for http counts for nothing over https', async () => {
    const cookie = `sunmao.session_token=${signedIn.session()}`
    const [http, https] = await Promise.all(
      ['http://market.example', 'https://market.example'].map((at) => market.app.request(`${at}/account`, { headers: { cookie } })),
    )
    expect([http!.status, https!.status]).toEqual([200, 303])
  })
})

describe('what a proxy says', () => {
  const asked = async (proxies: number, headers: Record<string, string>) => {
    const app = createApp(market.ports, { peerOf: peerBehind(proxies, () => ({ address: '10.0.0.1', isSecure: false })) })
    const own = openBrowser((url, request) => app.request(url, request))
    return (await own.get('/language?to=en', headers)).cookies[0]
  }

  it('about https counts where the operator says that there is one', async () => {
    expect(await asked(0, { 'x-forwarded-proto': 'https' })).toMatch(/^lang=en/)
    expect(await asked(1, { 'x-forwarded-proto': 'https' })).toMatch(/^__Host-lang=en/)
    expect(await asked(1, { 'x-forwarded-proto': 'http' })).toMatch(/^lang=en/)
    expect(await asked(1, {})).toMatch(/^lang=en/)
  })

  it('about https counts from the end: what stands before is what the caller says of himself', async () => {
    expect(await asked(1, { 'x-forwarded-proto': 'https, http' })).toMatch(/^lang=en/)
    expect(await asked(2, { 'x-forwarded-proto': 'http, https, http' })).toMatch(/^__Host-lang=en/)
  })
})
