import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf } from '../../src/accounts/actions/session.ts'
import { DemandView } from '../../src/demands/demand.ts'
import { Expert, ExpertView } from '../../src/directory/expert.ts'
import { handlers } from '../../src/jobs.ts'
import { Matches } from '../../src/matching/match.ts'
import { PersonData } from '../../src/persons/person.ts'
import { runDueJobs } from '../../src/platform/jobs/jobs.ts'
import { currentTexts } from '../../src/privacy/consent.ts'
import { consentsOf } from '../../src/privacy/store.ts'
import { installations } from '../worlds.ts'
import type { Browser } from './browser.ts'
import { welding } from './fixtures.ts'
import type { Client } from './market.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

const responsible = { name: '砺州市科技局', nameEn: null, address: '砺州市科技路 1 号', contact: '0990-12345678' }

for (const name of installations) {
  describe(`one's own data on ${name}`, () => {
    let market: SignInMarket
    beforeAll(async () => {
      market = await openSignInMarket(name)
    })
    afterAll(() => market?.world.close())

    const person = async (phone: string) => (await accountOf(market.ports, `+86${phone}`)).id
    /** Signed in as the expert that he is, in a browser. */
    async function expert(phone: string, draft: { name: string }): Promise<{ own: Browser; client: Client; accountId: string }> {
      const client = await market.expert({ ...draft, field: '焊接变形与残余应力', keywords: ['焊接变形'] })
      await market.claim(client.id)
      const accountId = await person(phone)
      await admitMember(market.ports, 'the test', { accountId, role: 'expert', subjectId: client.id, rank: 'owner' })
      const own = market.browser()
      await market.signIn(own, phone)
      return { own, client, accountId }
    }

    it('is shown and exported to its owner alone: account, profile with its versions, works, contacts, what he did', async () => {
      const { own, client, accountId } = await expert('13600136101', { name: '沈岳' })
      await client.patch(`/api/experts/${client.id}`, 2, { summary: '研究箱形梁的焊接变形。' })
      await market.evidence({ expertId: client.id, kind: 'paper', title: '箱形梁焊接旁弯的预测' })
      const firm = await market.enterprise({ name: '众砺重工有限公司' })
      const demand = await market.draft(firm, { ...welding, technicalContact: { name: '沈岳', phone: '136 0013 6101', email: null } })
      const page = await own.get('/account/data')
      expect(page.html).toContain('href="/account/data/export"')
      const data = PersonData.parse(JSON.parse((await own.get('/account/data/export')).html))
      expect(data).toMatchObject({ accountId, profileIds: [client.id], account: { phone: '+8613600136101' } })
      expect(data.contacts).toMatchObject([{ demandId: demand.id, contact: { name: '沈岳' } }])
      const profile = data.listings.find(({ id }) => id === client.id)!
      expect(profile.versions.map(({ version }) => version)).toEqual([1, 2, 3])
      expect(profile.now).toMatchObject({ summary: '研究箱形梁的焊接变形。' })
      expect(data.listings.map(({ id }) => id.slice(0, 3))).toContain('evi')
      expect(data.devices).toHaveLength(1)
      expect(data.journal.length).toBeGreaterThan(3)
      expect((await market.browser().get('/account/data/export')).location).toBe('/sign-in?back=%2Faccount%2Fdata%2Fexport')
    })

    it('shows an expert to whom he chooses, and vanishes from matches the moment he no longer wants to be proposed', async () => {
      const { own, client } = await expert('13600136102', { name: '鲁砚' })
      const firm = await market.enterprise({ name: '北塬机械有限公司' })
      const demand = await market.publish(firm, { ...welding, modes: [] })
      const matched = async () =>
        (await firm.get(`/api/demands/${demand.id}/matches?kind=expert`)).as(Matches).items.some(({ subject }) => subject.id === client.id)
      const view = async () => (await market.visitor.get(`/api/experts/${client.id}`)).as(ExpertView)
      expect([await matched(), (await view()).name]).toEqual([true, '鲁砚'])
      const version = (await client.get(`/api/experts/${client.id}`)).as(Expert.loose()).version
      const form = {
        expertId: client.id,
        version: String(version),
        visibility: 'public',
        name: 'registered',
        works: 'nda',
        contact: 'broker',
      }
      expect((await own.post('/account/data/shown', form)).location).toBe('/account/data')
      expect(await view()).toMatchObject({ isMasked: true, name: null })
      const withdrawn = await own.post('/account/data/consents', { purpose: 'proposal', expertId: client.id, isGiven: 'no' })
      expect(withdrawn.location).toBe('/account/data')
      expect(await matched()).toBe(false)
      expect((await client.get(`/api/experts/${client.id}`)).as(Expert.loose()).consent).toBe(false)
      await own.post('/account/data/consents', { purpose: 'proposal', expertId: client.id, isGiven: 'yes' })
      expect(await matched()).toBe(true)
      const kept = await consentsOf(market.world.database, { expertId: client.id })
      expect(kept.filter(({ purpose }) => purpose === 'proposal')).toMatchObject([
        { givenAt: null, how: 'self' },
        { withdrawnAt: null, how: 'self', textVersion: currentTexts.proposal },
      ])
    })

    it('is shown to nobody outside any more once that consent is taken back, and nobody makes it visible again for him', async () => {
      const { own, client } = await expert('13600136103', { name: '闻一舟' })
      await own.post('/account/data/consents', { purpose: 'profile', expertId: client.id, isGiven: 'no' })
      expect((await market.visitor.get(`/api/experts/${client.id}`)).status).toBe(404)
      const { version } = (await market.operator.get(`/api/experts/${client.id}`)).as(Expert.loose())
      const again = await market.operator.patch(`/api/experts/${client.id}`, version, { visibility: 'public' })
      expect([again.status, again.text.includes('consent-withdrawn')]).toEqual([422, true])
      await own.post('/account/data/consents', { purpose: 'profile', expertId: client.id, isGiven: 'yes' })
      expect((await market.operator.patch(`/api/experts/${client.id}`, version, { visibility: 'public' })).status).toBe(200)
    })

    it('is nobody else’s to decide', async () => {
      const { client } = await expert('13600136104', { name: '罗采薇' })
      const stranger = market.browser()
      await market.signIn(stranger, '13600136105')
      const asked = await stranger.post('/account/data/consents', { purpose: 'proposal', expertId: client.id, isGiven: 'no' })
      const shown = await stranger.post('/account/data/shown', {
        expertId: client.id,
        version: '2',
        visibility: 'nda',
        name: 'nda',
        works: 'nda',
        contact: 'broker',
      })
      expect([asked.status, shown.status]).toEqual([404, 404])
      expect((await stranger.post('/account/data/consents', {}, { origin: 'https://evil.example' })).status).toBe(403)
    })

    it('is erased at once with a fresh code of his own, after he has read what goes and what stays', async () => {
      const { own, client, accountId } = await expert('13600136106', { name: '铁工程师' })
      const firm = await market.enterprise({ name: '众砺重工有限公司' })
      const contact = { name: '铁工程师', phone: '13600136106', email: null }
      const { id } = await market.draft(firm, { ...welding, technicalContact: contact })
      const page = await own.get('/account/data/erasure')
      expect(page.html).toContain('铁工程师')
      expect(page.html).toContain('1 项需求')
      expect(page.html).toContain('操作记录只有随机编号')
      const early = await own.post('/account/data/erasure', { confirmed: 'yes' })
      expect([early.status, early.html.includes('请填写验证码或密码')]).toEqual([422, true])
      market.pass(60)
      const asked = await own.post('/account/data/erasure/code')
      const code = new URL(asked.location, 'http://here').searchParams.get('code')!
      const digits = market.code()
      const again = await own.post('/account/data/erasure/code', { id: code })
      expect([again.status, again.html.includes(`name="id" value="${code}"`)], 'the code that was sent can still be given').toEqual([
        422,
        true,
      ])
      const wrong = await own.post('/account/data/erasure', { id: code, code: '000000', confirmed: 'yes' })
      expect([wrong.status, wrong.html.includes('验证码不对')]).toEqual([422, true])
      const unconfirmed = await own.post('/account/data/erasure', { id: code, code: digits })
      expect([unconfirmed.status, unconfirmed.html.includes('请先勾选确认')]).toEqual([422, true])
      const done = await own.post('/account/data/erasure', { id: code, code: digits, confirmed: 'yes' })
      expect([done.status, done.html.includes('已经删除'), own.session()]).toEqual([200, true, null])
      expect((await market.operator.get(`/api/experts/${client.id}`)).status).toBe(404)
      expect((await firm.get(`/api/demands/${id}`)).as(DemandView)).toMatchObject({
        technicalContact: null,
        businessContact: { name: '罗采薇' },
      })
      expect((await market.operator.get(`/api/persons/${accountId}`)).text).not.toContain('13600136106')
      await runDueJobs(market.ports, handlers)
      const jobs = await market.world.database.query
        .selectFrom('job')
        .select(['state', 'failure'])
        .where('kind', '=', 'persons.sweep')
        .execute()
      expect(jobs).toEqual([{ state: 'done', failure: null }])
    })

    it('is erased with the password where there is one, and not by the code of somebody else', async () => {
      const own = market.browser()
      await market.signIn(own, '13600136107')
      const password = { email: 'tie@zhongli.example', password: '竹林 里 的 风 2026 铁' }
      expect((await own.post('/account/password', password)).status).toBe(200)
      const link = new URL(String(market.sent.at(-1)!.facts.link)).pathname
      expect((await own.post(link)).status).toBe(200)
      const other = market.browser()
      await market.signIn(other, '13600136108')
      market.pass(60)
      const asked = await other.post('/account/data/erasure/code')
      const id = new URL(asked.location, 'http://here').searchParams.get('code')!
      const stolen = await own.post('/account/data/erasure', { id, code: market.code(), confirmed: 'yes' })
      expect(stolen.status).toBe(422)
      const wrong = await own.post('/account/data/erasure', { password: '竹林 里 的 雨 2026 铁', confirmed: 'yes' })
      expect([wrong.status, wrong.html.includes('密码不对')]).toEqual([422, true])
      expect((await own.post('/account/data/erasure', { password: '竹林 里 的 风 2026 铁', confirmed: 'yes' })).status).toBe(200)
      expect((await own.get('/account')).location).toContain('/sign-in')
      expect((await other.get('/account')).status).toBe(200)
    })

    it('waits for its owner’s agreement, once somebody is responsible, and lets him do what needs none', async () => {
      const before = market.browser()
      await market.signIn(before, '13600136109')
      expect((await before.get('/account')).status).toBe(200)
      const { version } = JSON.parse((await market.visitor.get('/api/privacy')).text)
      expect((await market.operator.patch('/api/privacy', version, { responsible })).status).toBe(200)
      expect((await before.get('/demands?q=焊接')).location).toBe(
        `/account/agreement?back=${encodeURIComponent('/demands?q=%E7%84%8A%E6%8E%A5')}`,
      )
      const asked = await before.get('/account/agreement?back=/demands')
      expect(asked.html).toContain('砺州')
      expect(asked.html).toContain('同意个人信息处理规则')
      expect((await before.post('/demands/new', { title: '箱形梁焊接变形控制' })).status).toBe(403)
      for (const path of ['/account/data', '/account/data/export', '/account/data/erasure', '/privacy'])
        expect((await before.get(path)).status, path).toBe(200)
      expect((await before.get('/privacy')).html).toContain('0990-12345678')
      expect((await before.post('/account/agreement', { decision: 'agree', back: '/demands' })).location).toBe('/demands')
      expect((await before.get('/demands')).status).toBe(200)
      const other = market.browser()
      await market.signIn(other, '13600136109')
      expect((await other.get('/account')).status).toBe(200)
    })

    it('asks anew when the text is another one', async () => {
      const own = market.browser()
      await market.signIn(own, '13600136109')
      const { database } = market.world
      await database.commit(
        database.query
          .updateTable('consent')
          .set({ text_version: '0' })
          .where('account_id', '=', await person('13600136109')),
      )
      expect((await own.get('/account/agreement')).html).toContain('文本有更新')
      expect((await own.post('/account/agreement', { decision: 'refuse' })).location).toBe('/account/data')
      await own.post('/account/agreement', { decision: 'agree' })
      expect((await consentsOf(database, { accountId: await person('13600136109') })).map(({ textVersion }) => textVersion)).toEqual([
        '0',
        '1',
      ])
    })

    it('goes at once where somebody new does not agree', async () => {
      const own = market.browser()
      await market.signIn(own, '13600136110')
      expect((await own.get('/account/agreement')).html).toContain('马上删除刚才建立的账号')
      const refused = await own.post('/account/agreement', { decision: 'refuse' })
      expect([refused.status, own.session()]).toEqual([200, null])
      const rows = await market.world.database.query.selectFrom('account').select('phone').execute()
      expect(rows.map(({ phone }) => phone)).not.toContain('+8613600136110')
    })
  })
}
