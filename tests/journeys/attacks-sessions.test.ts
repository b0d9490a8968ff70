import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { LimitsText } from '../../src/platform/limits/limits.ts'
import { codeOf } from './authenticator.ts'
import { type Browser, origin } from './browser.ts'
import { behindProxy, openSignInMarket, type SignInMarket } from './signed-in.ts'

let market: SignInMarket
let enterpriseId: string
beforeAll(async () => {
  market = await openSignInMarket('sqlite')
  enterpriseId = (await market.enterprise({ name: '众砺重工有限公司' })).id
  await market.admit('13100131100', 'enterprise', enterpriseId)
})
afterAll(() => market.world.close())

async function signedIn(phone: string): Promise<Browser> {
  const own = market.browser()
  await market.signIn(own, phone)
  return own
}
const cookieOf = (own: Browser) => `sunmao.session_token=${own.session()}`

describe('a request that another site makes in the browser of somebody who is signed in', () => {
  const foreign: Record<string, string>[] = [
    {},
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `${origin}.evil.example` },
    { origin: 'http://evil.example/http://market.example' },
    { referer: `${origin}/` },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'http://other.market.example' },
    { 'sec-fetch-site': 'none' },
  ]
  const types = [
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/json',
    'application/merge-patch+json',
    '',
  ]

  it('changes nothing, at whatever it is aimed', async () => {
    const own = await signedIn('13100131100')
    const changing = market.app.routes.filter(({ method }) => ['POST', 'PATCH', 'PUT', 'DELETE'].includes(method))
    expect(changing.length).toBeGreaterThan(30)
    const before = (await market.world.database.query.selectFrom('journal').select('seq').execute()).length
    for (const { method, path } of changing) {
      const at = path.replaceAll(/:\w+/g, enterpriseId)
      for (const headers of foreign) {
        for (const type of types) {
          const asked = {
            accept: 'text/html',
            cookie: cookieOf(own),
            'if-match': '"1"',
            ...(type !== '' && { 'content-type': type }),
            ...headers,
          }
          const answer = await market.app.request(origin + at, { method, headers: asked, body: '{}' })
          // A one-time link asks for no session: its page is known by the secret alone, and what another site sends knows none.
          const refusals = path.startsWith('/links/') ? [400, 410] : [403]
          expect(refusals, `${method} ${at} as ${type} with ${JSON.stringify(headers)}`).toContain(answer.status)
        }
      }
    }
    expect((await market.world.database.query.selectFrom('journal').select('seq').execute()).length).toBe(before)
    expect((await own.get('/account')).status).toBe(200)
    // Every verb there is, by every way in.
  }, 180_000)

  it('signs nobody in or out in his place', async () => {
    for (const path of ['/sign-in', '/sign-in/password', '/sign-in/demo', '/set-up/x', '/sign-out', '/account/second-factor']) {
      for (const headers of foreign) {
        const body = new URLSearchParams({ phone: '13100131101' })
        expect((await market.app.request(origin + path, { method: 'POST', headers, body })).status, path).toBe(403)
      }
    }
  })

  it('reads nothing: no answer is given to another site', async () => {
    const own = await signedIn('13100131100')
    for (const path of ['/api/demands', '/account', '/api/recommendations']) {
      for (const method of ['GET', 'OPTIONS']) {
        const answer = await market.app.request(origin + path, {
          method,
          headers: { cookie: cookieOf(own), origin: 'https://evil.example', 'access-control-request-method': 'GET' },
        })
        for (const [name] of answer.headers) expect(name).not.toMatch(/^access-control-/)
        expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
      }
    }
  })
})

describe('an address to come back to', () => {
  const away = [
    'https://evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/..//evil.example',
    '/.//evil.example',
    '/%2f%2fevil.example',
    'http:evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '@evil.example',
    '.evil.example',
    'market.example.evil.example',
    '/@evil.example/..//evil.example',
    '/language?to=en&back=//evil.example',
  ]

  it.each(away)('leads to a page of ours: %j', async (back) => {
    const own = market.browser()
    market.pass(61)
    const asked = await own.post('/sign-in', { phone: '13100131102', back })
    const entered = await own.post(asked.location.split('?')[0]!, { code: market.code(), back })
    const sheets = [
      asked,
      entered,
      await own.get(`/language?to=en&back=${encodeURIComponent(back)}`),
      await own.get(`/display?theme=dark&back=${encodeURIComponent(back)}`),
      await own.get(`/sign-in?back=${encodeURIComponent(back)}`),
      await own.post('/account/membership', { id: 'mem_x', back }),
      await market.browser().get(`/account?back=${encodeURIComponent(back)}`),
    ]
    for (const { location, html } of sheets) {
      expect(new URL(location || '/', `${origin}/here/`).host, location).toBe('market.example')
      expect(html).not.toMatch(/href="(https?:)?\/\/evil|action="(https?:)?\/\/evil|href="javascript:/)
    }
  })
})

describe('a session', () => {
  it('is begun anew by whoever signs in, whatever cookie somebody has put there before', async () => {
    const attacker = await signedIn('13100131103')
    for (const planted of [attacker.session()!, 'chosen-by-somebody-else', 'chosen.signature%3D']) {
      const victim = market.browser()
      market.pass(61)
      const headers = { origin, cookie: `sunmao.session_token=${planted}` }
      const asked = await victim.post('/sign-in', { phone: '13100131104' }, headers)
      await victim.post(asked.location.split('?')[0]!, { code: market.code() }, headers)
      expect(victim.session()).not.toBeNull()
      expect(victim.session()).not.toBe(planted)
      expect((await victim.get('/account')).html).toContain('131****1104')
      // What was planted is what it was: the attacker's own, or nobody's.
      const page = await market.browser().get('/account', { cookie: `sunmao.session_token=${planted}` })
      expect(page.html).not.toContain('131****1104')
    }
  })

  it('is begun anew when the second factor is shown: the cookie from before is worth nothing', async () => {
    const { key } = await withSecondFactor('13100131105')
    const own = await signedIn('13100131105')
    const before = own.session()!
    expect((await own.post('/account/second-factor', { code: codeOf(key, 1) })).location).toBe('/account')
    expect(own.session()).not.toBe(before)
    expect((await own.get('/account')).status).toBe(200)
    const stolen = await market.browser().get('/account', { cookie: `sunmao.session_token=${before}` })
    expect([stolen.status, stolen.location]).toEqual([303, '/sign-in?back=%2Faccount'])
    expect((await own.get('/account/devices')).html.match(/Chrome · Android/g)).toHaveLength(2)
  })

  it('is nobody’s whose cookie was changed', async () => {
    const own = await signedIn('13100131106')
    const [token, seal] = decodeURIComponent(own.session()!).split('.') as [string, string]
    const flipped = `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`
    for (const cookie of [
      `${flipped}.${seal}`,
      `${token}.`,
      token,
      `${token}.${seal.slice(0, -4)}AAA=`,
      `${token}.${seal}.x`,
      '.',
      '"',
      '%',
    ]) {
      const page = await market.browser().get('/account', { cookie: `sunmao.session_token=${encodeURIComponent(cookie)}` })
      expect([cookie, page.status]).toEqual([cookie, 303])
    }
  })
})

describe('a session that somebody has got hold of', () => {
  const password = '榫卯相合不用一钉一胶也牢'

  it('changes no password without the present one, and tries no more than five', async () => {
    const own = await signedIn('13100131109')
    await market.setPassword(own, 'gu@zhongli.example', password)
    expect((await own.get('/account/password')).html).toContain('autocomplete="current-password"')
    const taken = { email: 'attacker@evil.example', password: '攻击者自己的一个够长的口令吧' }
    for (const current of ['', '猜一猜猜一猜猜一猜', password.toUpperCase().slice(1)]) {
      const refused = await own.post('/account/password', { ...taken, current })
      expect([refused.status, refused.html.includes(current === '' ? '请填写当前密码' : '当前密码不对')]).toEqual([422, true])
    }
    for (let tries = 2; tries < 5; tries++) await own.post('/account/password', { ...taken, current: '猜' })
    expect((await own.post('/account/password', { ...taken, current: password })).status).toBe(429)
    market.pass(900)
    expect(
      (await own.post('/account/password', { email: 'gu@zhongli.example', password: '三月种瓜五月收瓜八月晒干', current: password }))
        .status,
    ).toBe(303)
  })

  it('is worth nothing after ninety days, however it was used', async () => {
    const own = await signedIn('13100131110')
    const begun = async (days: number) => {
      const created_at = new Date(Date.now() - days * 86_400_000).toISOString()
      await market.world.database.query.updateTable('session').set({ created_at }).where('token', '=', tokenOf(own)).execute()
    }
    await begun(89)
    expect((await own.get('/account')).status).toBe(200)
    await begun(91)
    expect((await own.get('/account')).location).toBe('/sign-in?back=%2Faccount')
  })
  const tokenOf = (own: Browser) => decodeURIComponent(own.session()!).split('.')[0]!

  it('leaves nothing in the browser when it ends', async () => {
    const own = await signedIn('13100131111')
    expect((await own.post('/sign-out')).header('clear-site-data')).toBe('"cache", "storage"')
  })
})

describe('what somebody may have tried on purpose', () => {
  it('is written to the log, with who and from where, and with nothing that is secret', async () => {
    const lines: Record<string, unknown>[] = []
    vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(JSON.parse(line)))
    const seen = await openSignInMarket('sqlite', { peerOf: behindProxy }, { limits: LimitsText.parse('read-address=1/3600') })
    const own = seen.browserFrom('203.0.113.9')
    await seen.signIn(own, '13100131112')
    await own.post('/sign-in/password', { email: 'nobody@zhongli.example', password: '猜一猜猜一猜猜一猜猜一猜' })
    await own.get('/api/market/settings')
    await own.post('/demands/new', { title: 'x' }, { origin: 'https://evil.example' })
    await own.get('/account')
    await own.get('/account')
    await vi.waitUntil(() => lines.some(({ message }) => message === 'limit reached'))
    vi.restoreAllMocks()
    const told = lines.filter(({ message }) => !String(message).startsWith('better-auth'))
    expect(told).toMatchObject([
      { message: 'signed in', by: 'code', from: expect.stringMatching(/^[0-9a-f]{12}$/), isKnownDevice: false },
      { message: 'sign-in refused', by: 'password', codes: ['wrong-password'], isKnownDevice: true },
      { message: 'refused', kind: 'not-signed-in', path: '/api/market/settings', accountId: expect.stringMatching(/^acc_/) },
      { message: 'refused', kind: 'not-permitted', path: '/demands/new' },
      { message: 'limit reached', name: 'read-address' },
    ])
    for (const { at, level } of told) {
      expect(at).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
      expect(['info', 'warn']).toContain(level)
    }
    expect(JSON.stringify(lines)).not.toMatch(/203\.0\.113|1310013|nobody@|猜一猜/)
    await seen.world.close()
  })
})

describe('what was shown once', () => {
  it('is worth nothing the second time: a code of an authenticator that somebody has looked at', async () => {
    const { key } = await withSecondFactor('13100131107')
    const [own, attacker] = [await signedIn('13100131107'), await signedIn('13100131107')]
    const code = codeOf(key, 1)
    const both = await Promise.all([own, attacker].map((each) => each.post('/account/second-factor', { code })))
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 422])
  })

  it('is worth nothing the second time: a code that was sent, in whatever browser', async () => {
    const own = market.browser()
    market.pass(61)
    const asked = await own.post('/sign-in', { phone: '13100131108' })
    const [path, code] = [asked.location.split('?')[0]!, market.code()]
    expect((await own.post(path, { code })).status).toBe(303)
    for (const other of [own, market.browser()]) expect((await other.post(path, { code })).status).toBe(404)
  })
})

async function withSecondFactor(phone: string): Promise<{ key: string }> {
  const own = await signedIn(phone)
  const { html } = await own.post('/account/second-factor/draw')
  const key = /name="key" value="([A-Z2-7]+)"/.exec(html)![1]!
  expect((await own.post('/account/second-factor', { key, code: codeOf(key) })).location).toBe('/account')
  return { key }
}
