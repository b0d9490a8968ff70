import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import type { Message } from '../../src/platform/messages/messenger.ts'
import { databases, installations, letterBox, type World } from '../worlds.ts'
import { type Browser, openBrowser, origin, type Sheet } from './browser.ts'
import { type Market, openMarket } from './market.ts'

for (const name of installations) {
  describe(`signing in by mobile number on ${name}`, () => {
    let world: World
    let market: Market
    let sent: Message[]
    let skipped = 0
    beforeAll(async () => {
      world = await databases[name]!()
      const box = letterBox()
      sent = box.sent
      const start = Date.parse('2026-11-22T01:00:00.000Z')
      let looks = 0
      const now = () => new Date(start + ++looks * 10 + skipped * 1000).toISOString()
      market = await openMarket({ database: world.database, messenger: box.messenger, now })
    })
    afterAll(() => world?.close())

    const browser = (at?: string) => openBrowser((url, request) => market.app.request(url, request), at)
    const pass = (seconds: number) => {
      skipped += seconds
    }
    const codeSent = () => String(sent.at(-1)!.facts.code)
    const another = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    async function askFor(own: Browser, phone: string): Promise<Sheet> {
      pass(60)
      return own.post('/sign-in', { phone, back: '/demands' })
    }
    const codePath = ({ location }: Sheet) => location.split('?')[0]!

    it('takes a number as people write it, sends a code there, and lets in whoever brings it', async () => {
      const own = browser()
      const asked = await askFor(own, '（+86）138 0013-8000')
      expect([asked.status, asked.location]).toEqual([303, expect.stringMatching(/^\/sign-in\/cod_[a-z2-7]{20}\?back=%2Fdemands$/)])
      expect(sent.at(-1)).toMatchObject({ to: '+8613800138000', kind: 'sign-in-code', facts: { code: expect.stringMatching(/^\d{6}$/) } })
      const page = await own.get(asked.location)
      expect(page.html).toMatch(/<input id="code" name="code"[^>]* autocomplete="one-time-code" inputmode="numeric"/)
      expect(page.html).toContain('138****8000')
      expect(page.html).not.toContain(codeSent())
      const entered = await own.post(codePath(asked), { code: ` ${codeSent()} `, back: '/demands' })
      expect([entered.status, entered.location]).toEqual([303, '/demands'])
      expect(entered.cookies[0]).toMatch(/^sunmao\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
      expect((await own.get('/demands')).html).toContain('href="/account"')
    })

    it('marks the cookie for https alone where the browser speaks https', async () => {
      const own = browser('https://market.example')
      const asked = await askFor(own, '13800138000')
      const entered = await own.post(codePath(asked), { code: codeSent() })
      expect(entered.cookies[0]).toMatch(/^__Host-sunmao\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    })

    it('answers the same for a number that is known and for one that is not, and makes one account of a number', async () => {
      const count = async () => (await world.database.query.selectFrom('account').select('id').execute()).length
      const before = await count()
      const [known, unknown] = [browser(), browser()]
      const [a, b] = [await askFor(known, '13800138000'), await askFor(unknown, '13900139000')]
      const shape = ({ status, location }: Sheet) => [status, location.replace(/cod_\w+/, 'cod_')]
      expect(shape(a)).toEqual(shape(b))
      expect(await count()).toBe(before)
      await unknown.post(codePath(b), { code: codeSent() })
      const [row] = await world.database.query.selectFrom('account').select('id').where('phone', '=', '+8613900139000').execute()
      const entries = await entriesAbout(world.database, row!.id)
      expect(entries).toMatchObject([{ kind: 'account.registered', actorId: row!.id, facts: {} }])
      expect(await count()).toBe(before + 1)
    })

    it('refuses what is no mobile number, and keeps what was written', async () => {
      for (const phone of ['', '12345', '+1 212 555 0100', '23800138000', '138001380001']) {
        const refused = await browser().post('/sign-in', { phone })
        expect(refused.status, phone).toBe(422)
        expect(refused.html).toContain('请填写中国大陆 11 位手机号')
        expect(refused.html).toContain(`value="${phone}"`)
      }
    })

    it('sends no second code within a minute', async () => {
      const own = browser()
      const asked = await askFor(own, '13700137000')
      const count = sent.length
      pass(50)
      const again = await own.post(`${codePath(asked)}/again`)
      expect([again.status, again.html.includes('秒后再获取')]).toEqual([422, true])
      expect((await browser().post('/sign-in', { phone: '13700137000' })).status).toBe(422)
      expect(sent.length).toBe(count)
      const first = codeSent()
      pass(11)
      const renewed = await own.post(`${codePath(asked)}/again`)
      expect(renewed.status).toBe(303)
      // The code before is worth nothing now.
      expect((await own.post(codePath(asked), { code: first })).status).toBe(404)
      expect((await own.post(codePath(renewed), { code: codeSent() })).status).toBe(303)
    })

    it('lets nobody try more than five times, whatever comes after', async () => {
      const own = browser()
      const asked = await askFor(own, '13700137001')
      const right = codeSent()
      for (let tries = 1; tries <= 5; tries++) {
        const refused = await own.post(codePath(asked), { code: another(right) })
        expect([refused.status, refused.html.includes('验证码不对')]).toEqual([422, tries < 5])
      }
      const late = await own.post(codePath(asked), { code: right })
      expect([late.status, late.html.includes('错误次数过多'), own.session()]).toEqual([422, true, null])
    })

    it('counts tries that come all at once', async () => {
      const own = browser()
      const asked = await askFor(own, '13700137002')
      const right = Number(codeSent())
      const guesses = Array.from({ length: 20 }, (_, at) => String((right + 1 + at) % 1_000_000).padStart(6, '0'))
      await Promise.all(guesses.map((code) => own.post(codePath(asked), { code })))
      expect((await own.post(codePath(asked), { code: codeSent() })).status).toBe(422)
    })

    it('takes a code once, and for five minutes', async () => {
      const [own, other] = [browser(), browser()]
      const asked = await askFor(own, '13700137003')
      const both = await Promise.all([own, other].map((each) => each.post(codePath(asked), { code: codeSent() })))
      expect(both.filter(({ status }) => status === 303)).toHaveLength(1)
      const later = await askFor(own, '13700137004')
      pass(301)
      const late = await own.post(codePath(later), { code: codeSent() })
      expect([late.status, late.html.includes('验证码已失效')]).toEqual([422, true])
    })

    it('keeps neither a code nor a readable number where it is not needed', async () => {
      await askFor(browser(), '13700137005')
      const code = codeSent()
      const rows = await world.database.query.selectFrom('sign_in_code').selectAll().execute()
      expect(JSON.stringify(rows.map(({ id, phone, ...row }) => row))).not.toContain(code)
      const journal = await world.database.query.selectFrom('journal').selectAll().execute()
      // A hash may hold eleven digits by chance.
      expect(JSON.stringify(journal.map(({ digest, revision_hash, ...row }) => row))).not.toMatch(/1[3-9]\d{9}/)
    })

    it('signs out: the cookie is gone, and worth nothing to whoever kept it', async () => {
      const own = browser()
      const asked = await askFor(own, '13700137006')
      await own.post(codePath(asked), { code: codeSent() })
      const kept = `sunmao.session_token=${own.session()}`
      const out = await own.post('/sign-out')
      expect([out.status, out.location, own.session()]).toEqual([303, '/', null])
      expect((await browser().get('/demands', { cookie: kept })).html).toContain('href="/sign-in?back=%2Fdemands"')
    })

    it('takes no form from another site, with or without a session', async () => {
      const own = browser()
      expect((await own.post('/sign-in', { phone: '13700137007' }, { origin: 'https://evil.example' })).status).toBe(403)
      const asked = await askFor(own, '13700137007')
      await own.post(codePath(asked), { code: codeSent() })
      for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}] as Record<string, string>[]) {
        expect((await own.post('/sign-out', {}, headers)).status).toBe(403)
        expect((await own.post('/api/demands', {}, { 'content-type': 'application/json', ...headers })).status).toBe(403)
      }
      expect(own.session()).not.toBeNull()
      expect((await own.post('/sign-out', {}, { 'sec-fetch-site': 'same-origin', origin })).status).toBe(303)
    })

    it('never leads away from the market', async () => {
      const own = browser()
      pass(60)
      const asked = await own.post('/sign-in', { phone: '13700137008', back: 'https://evil.example/' })
      expect(asked.location).toContain('?back=%2F')
      expect((await own.post(codePath(asked), { code: codeSent(), back: '//evil.example' })).location).toBe('/')
    })

    it('serves nothing of the library by its own addresses', async () => {
      for (const path of ['/api/auth/get-session', '/api/auth/sign-up/email', '/api/auth/ok', '/auth/get-session']) {
        expect((await browser().get(path)).status, path).toBe(404)
      }
    })
  })
}
