import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { admitMember, endMembership } from '../../src/accounts/actions/membership.ts'
import { accountOf } from '../../src/accounts/actions/session.ts'
import { actingAs } from '../../src/accounts/actor.ts'
import type { Demo } from '../../src/accounts/demo.ts'
import { createApp } from '../../src/app.tsx'
import { listingRows } from '../../src/imports/tables.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { sealingsWith } from '../../src/platform/journal/seal.ts'
import { verifyJournal } from '../../src/platform/journal/verify.ts'
import { installations } from '../worlds.ts'
import { openBrowser } from './browser.ts'
import type { Client } from './market.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

const draft = { title: '箱形梁焊接变形控制', problem: '箱形梁长12米，焊后旁弯超过8毫米。', budget: '30' }

for (const name of installations) {
  describe(`acting for others on ${name}`, () => {
    let market: SignInMarket
    let enterprise: Client
    let institution: Client
    beforeAll(async () => {
      market = await openSignInMarket(name)
      enterprise = await market.enterprise({ name: '众砺重工有限公司' })
      institution = await market.institution({ name: '砺州理工大学' })
    })
    afterAll(() => market?.world.close())

    it('is nothing to begin with: an account is a visitor until somebody lets it act', async () => {
      const own = market.browser()
      await market.signIn(own, '13600136000')
      expect((await own.get('/account')).html).toContain('还没有关联单位')
      expect((await own.post('/demands/new', draft)).status).toBe(401)
      await market.admit('13600136000', 'enterprise', enterprise.id)
      expect((await own.get('/account')).html).toContain('众砺重工有限公司')
      expect((await own.post('/demands/new', draft)).status).toBe(303)
    })

    it('says in the journal who did it, beside the one it was done for, and tells nothing personal', async () => {
      const own = market.browser()
      await market.signIn(own, '13600136000')
      const { location } = await own.post('/demands/new', draft)
      const entries = await entriesAbout(market.world.database, location.split('/').at(-1)!)
      expect(entries).toMatchObject([{ kind: 'demand.drafted', actorId: enterprise.id, accountId: expect.stringMatching(/^acc_/) }])
      const byToken = await market.draft(enterprise, { title: draft.title, problem: draft.problem })
      expect(await entriesAbout(market.world.database, byToken.id)).toMatchObject([{ actorId: enterprise.id, accountId: null }])
      const asked = { sealings: sealingsWith([]), anchor: null, listings: listingRows, progress: () => {} }
      expect(await verifyJournal(market.world.database, asked)).toMatchObject({ faults: [] })
      const journal = await market.world.database.query.selectFrom('journal').selectAll().execute()
      expect(JSON.stringify(journal)).not.toContain('13600136000')
    })

    it('is chosen by whoever may act for several, kept for the session, and changed at will', async () => {
      const inEnterprise = await market.admit('13600136001', 'enterprise', enterprise.id)
      const inInstitution = await market.admit('13600136001', 'institution', institution.id)
      const own = market.browser()
      expect((await market.signIn(own, '13600136001')).location).toBe('/account?back=%2F')
      expect((await own.get('/account')).html).toContain('请选择以哪个身份继续')
      expect((await own.post('/demands/new', draft)).status).toBe(401)
      expect((await own.post('/account/membership', { id: inEnterprise.id, back: '/demands' })).location).toBe('/demands')
      expect((await own.get('/')).html).toContain(`href="/enterprises/${enterprise.id}"`)
      expect((await own.post('/demands/new', draft)).status).toBe(303)
      await own.post('/account/membership', { id: inInstitution.id })
      expect((await own.get('/')).html).not.toContain(`href="/enterprises/${enterprise.id}"`)
      // Another device has its own choice.
      const other = market.browser()
      await market.signIn(other, '13600136001')
      expect((await other.get('/account')).html).toContain('请选择')
    })

    it('cannot be taken from another account', async () => {
      const theirs = await market.admit('13600136002', 'enterprise', enterprise.id)
      const own = market.browser()
      await market.signIn(own, '13600136003')
      expect((await own.post('/account/membership', { id: theirs.id })).status).toBe(404)
      expect((await own.post('/demands/new', draft)).status).toBe(401)
    })

    it('ends at once, in every session', async () => {
      const membership = await market.admit('13600136004', 'enterprise', enterprise.id)
      const own = market.browser()
      await market.signIn(own, '13600136004')
      expect((await own.post('/demands/new', draft)).status).toBe(303)
      await endMembership(market.ports, 'the test', membership.id)
      expect((await own.post('/demands/new', draft)).status).toBe(401)
      expect(await entriesAbout(market.world.database, membership.id)).toMatchObject([
        { kind: 'membership.admitted' },
        { kind: 'membership.ended' },
      ])
    })

    it('lets a viewer look at all that is his, and change nothing but his own account', async () => {
      await market.admit('13600136005', 'enterprise', enterprise.id, 'viewer')
      const { id } = await market.draft(enterprise, { title: draft.title, problem: draft.problem })
      const own = market.browser()
      await market.signIn(own, '13600136005')
      expect((await own.get(`/demands/${id}`)).status).toBe(200)
      expect((await own.post('/demands/new', draft)).status).toBe(403)
      expect((await own.post(`/demands/${id}/publication-request`)).status).toBe(403)
      expect((await own.post('/sign-out')).status).toBe(303)
    })

    it('is refused for a subject of another kind, and twice', async () => {
      await expect(market.admit('13600136006', 'enterprise', institution.id)).rejects.toMatchObject({ kind: 'invalid-input' })
      await expect(market.admit('13600136006', 'operator', institution.id)).rejects.toMatchObject({ kind: 'invalid-input' })
      await market.admit('13600136006', 'enterprise', enterprise.id)
      await expect(market.admit('13600136006', 'enterprise', enterprise.id)).rejects.toMatchObject({ kind: 'already-exists' })
    })

    it('lists the devices that are signed in, and signs out one of them, or all', async () => {
      const [phone, tablet, stranger] = [market.browser(), market.browser(), market.browser()]
      for (const device of [phone, tablet]) await market.signIn(device, '13600136007')
      await market.signIn(stranger, '13600136008')
      const { html } = await phone.get('/account/devices')
      expect(html.match(/Chrome · Android/g)).toHaveLength(2)
      expect(html.match(/本机<\/strong>/g)).toHaveLength(1)
      const id = /name="id" value="(ses_[a-z2-7]+)"/.exec(html)![1]!
      await stranger.post('/account/devices/end', { id })
      expect((await tablet.get('/account')).status).toBe(200)
      expect((await phone.post('/account/devices/end', { id })).location).toBe('/account/devices')
      expect((await tablet.get('/account')).location).toContain('/sign-in')
      await market.signIn(tablet, '13600136007')
      await phone.post('/account/devices/end-all')
      for (const device of [phone, tablet]) expect((await device.get('/account')).location).toContain('/sign-in')
      expect((await stranger.get('/account')).status).toBe(200)
    })

    it('is one click away on the demonstration, and nowhere else', async () => {
      const account = await accountOf(market.ports, '+8619900000009')
      await admitMember(market.ports, 'the test', { accountId: account.id, role: 'operator', subjectId: null, rank: 'owner' })
      const demo = {
        visitor: actingAs('enterprise', enterprise.id),
        visitorName: '众砺重工有限公司',
        accounts: [{ role: 'operator', account }],
      } satisfies Demo
      const app = createApp(market.ports, { demo })
      const own = openBrowser((url, request) => app.request(url, request))
      expect((await own.get('/sign-in')).html).toContain('name="role" value="operator"')
      expect((await own.post('/sign-in/demo', { role: 'operator' })).status).toBe(303)
      expect((await own.get('/account')).html).toContain('市场运营')
      expect((await own.get('/')).html).not.toContain('的身份浏览')
      market.pass(60)
      const asked = await openBrowser((url, request) => app.request(url, request)).post('/sign-in', { phone: '13600136009' })
      expect((await own.get(asked.location)).html).toMatch(/验证码是 \d{6}/)
      const [, action = ''] = /<form method="post" action="(\/sign-in\/cod_[^"]+)" novalidate/.exec((await own.get(asked.location)).html)!
      const wrong = await openBrowser((url, request) => app.request(url, request)).post(action, { code: '000' })
      expect([wrong.status, /验证码是 \d{6}/.test(wrong.html)], 'still shown after a slip').toEqual([422, true])
      expect((await openBrowser((url, request) => app.request(url, request)).get('/')).html).toContain('您以“众砺重工有限公司”的身份浏览')
      const elsewhere = market.browser()
      expect((await elsewhere.get('/sign-in')).html).not.toContain('name="role"')
      expect((await elsewhere.post('/sign-in/demo', { role: 'operator' })).status).toBe(404)
    })

    it('asks whoever is not signed in to do so, and brings him back', async () => {
      expect((await market.browser().get('/account')).location).toBe('/sign-in?back=%2Faccount')
    })
  })
}
