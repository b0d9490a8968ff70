import { beforeEach, describe, expect, it } from 'vitest'
import type { Browser } from './browser.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

const phone = '13900000001'
const problem = '304 不锈钢薄板\r\n焊接后翘曲 3 mm <b>需要校平</b>'
let market: SignInMarket
let own: Browser

/** The hidden fields of the form that would be sent again. */
const keptIn = (html: string) =>
  [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, value])

/** Sessions go as those do that were not used for long. */
const endSessions = () => market.world.database.commit(market.world.database.query.deleteFrom('session'))

beforeEach(async () => {
  market = await openSignInMarket('sqlite')
  const { id } = await market.enterprise({ name: '众砺重工有限公司' })
  await market.admit(phone, 'enterprise', id)
  own = market.browser()
  await market.signIn(own, phone)
})

describe('a form that is refused as a whole', () => {
  it('is kept where the session has ended, as often as it is sent, and makes its demand after signing in', async () => {
    const form = { title: '薄板焊接后翘曲变形大', problem, once: market.ports.newId('salt') }
    await endSessions()
    for (let time = 0; time < 2; time++) {
      const refused = await own.post('/demands/new', form)
      expect(refused.status).toBe(401)
      expect(refused.html).toContain('登录已过期')
      expect(refused.html).toContain('action="/demands/new"')
      expect(keptIn(refused.html)).toContainEqual(['title', form.title])
      expect(refused.html).toContain('304 不锈钢薄板\r\n焊接后翘曲 3 mm &lt;b&gt;需要校平&lt;/b&gt;')
      expect(refused.html).not.toContain('<b>需要')
    }
    await market.signIn(own, phone)
    const made = await own.post('/demands/new', form)
    expect(made.status).toBe(303)
    expect((await own.post('/demands/new', form)).location).toBe(made.location)
  })

  it('is kept where somebody may not do what he wrote, or what it is about has gone', async () => {
    const refused = await own.post('/demands/dem_00000000000000000000000000/edit', { version: '1', title: '换一个标题' })
    expect(refused.status).toBe(404)
    expect(keptIn(refused.html)).toEqual([
      ['version', '1'],
      ['title', '换一个标题'],
    ])
  })

  it('shows nothing of a form that holds a secret, nor of one from another site', async () => {
    await endSessions()
    const secret = await own.post('/account/password', { email: 'a@market.example', password: '不该出现的口令' })
    expect(secret.status).toBe(401)
    expect(secret.html).not.toContain('不该出现的口令')
    expect(secret.html).not.toContain('a@market.example')
    const foreign = await market.app.request('http://market.example/demands/new', {
      method: 'POST',
      headers: { accept: 'text/html', origin: 'http://elsewhere.example', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'problem=304',
    })
    expect(foreign.status).toBe(403)
    expect(await foreign.text()).not.toContain('304')
  })

  it('lets whoever holds an old session sign in and out', async () => {
    await endSessions()
    expect((await own.post('/sign-in', { phone })).status).toBe(303)
    expect((await own.post('/sign-out')).status).toBe(303)
  })
})
