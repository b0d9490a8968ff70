import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConfirmationRequest, MadeConfirmationRequest } from '../../src/demands/confirmation.ts'
import { DemandView } from '../../src/demands/demand.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { welding } from './fixtures.ts'
import { type Client, refused } from './market.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

for (const name of ['sqlite', 'postgres']) {
  describe(`a link that confirms a demand on ${name}`, () => {
    let market: SignInMarket
    let park: Client
    let enterprise: Client
    beforeAll(async () => {
      market = await openSignInMarket(name)
      park = await market.park({ name: '铸东产业园' })
      enterprise = await market.enterprise({ name: '众砺重工有限公司' })
    })
    afterAll(() => market?.world.close())

    /** A demand that the park entered, and the path of its link. */
    async function asked(changes: object = {}) {
      const { id, channel } = await market.draft(park, { ...welding, enterpriseId: enterprise.id, ...changes })
      expect(channel).toBe('park')
      const made = (await park.post(`/api/demands/${id}/confirmation-link`)).as(MadeConfirmationRequest)
      return { id, path: new URL(made.link).pathname, made }
    }
    const view = async (id: string) => (await market.operator.get(`/api/demands/${id}`)).as(DemandView)
    const request = async (id: string) => (await park.get(`/api/demands/${id}/confirmation-link`)).as(ConfirmationRequest)
    const confirmed = (version: number) => ({ answer: 'confirmed', by: '罗采薇', version: String(version) })

    it('is made by whoever entered it for somebody else, and kept as a hash', async () => {
      const { id, made, path } = await asked()
      expect(made.link).toMatch(/^http:\/\/market\.example\/links\/sml_[0-9a-f]{40}$/)
      const rows = await market.world.database.query.selectFrom('link').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(path.split('/')[2])
      refused(await enterprise.post(`/api/demands/${id}/confirmation-link`), 'not-permitted')
      refused(await market.visitor.post(`/api/demands/${id}/confirmation-link`), 'not-found')
      const own = await market.draft(enterprise, welding)
      expect(refused(await market.operator.post(`/api/demands/${own.id}/confirmation-link`), 'not-allowed-now').detail).toContain(
        '企业自己',
      )
    })

    it('shows the whole demand without an account, its contacts too, and nothing else', async () => {
      const { id, path } = await asked({ visibility: 'nda', isAnonymous: true, confidential: '在用材料牌号为众砺七号' })
      const page = await market.browser().get(path)
      expect(page.status).toBe(200)
      for (const shown of ['众砺重工有限公司', '焊后旁弯超过8毫米', '焊后旁弯≤3 mm', '众砺七号', '罗采薇', '13900006611'])
        expect(page.html).toContain(shown)
      expect((await market.browser().get(`/demands/${id}`)).status).toBe(404)
      const other = await market.draft(enterprise, welding)
      expect((await market.browser().get(`/demands/${other.id}`)).status).toBe(404)
    })

    it('is kept by nobody: no referrer, no store, no index, no log', async () => {
      const { path } = await asked()
      const answer = await market.app.request(path)
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('x-robots-tag')).toContain('noindex')
    })

    it('is looked at as often as one likes, and answered once', async () => {
      const { id, path } = await asked()
      for (let looks = 0; looks < 3; looks++) expect((await market.browser().get(path)).status).toBe(200)
      expect((await view(id)).version).toBe(1)
      const nameless = await market.browser().post(path, { ...confirmed(1), by: ' ' })
      expect([nameless.status, nameless.html.includes('您的姓名')]).toEqual([422, true])
      const done = await market.browser().post(path, confirmed(1))
      expect([done.status, done.html.includes('答复已收到')]).toEqual([200, true])
      expect(await view(id)).toMatchObject({ confirmation: { how: 'link', by: '罗采薇' }, confirmedAt: expect.any(String) })
      expect(await request(id)).toMatchObject({ state: 'answered', answer: 'confirmed' })
      for (const again of [await market.browser().get(path), await market.browser().post(path, confirmed(2))]) {
        expect([again.status, again.html.includes('链接已失效')]).toEqual([410, true])
      }
      const entries = await entriesAbout(market.world.database, id)
      expect(entries).toMatchObject([{ kind: 'demand.drafted' }, { kind: 'demand.confirmed', actorId: expect.stringMatching(/^lnk_/) }])
      expect(JSON.stringify(entries)).not.toContain('罗采薇')
    })

    it('takes a note of what is wrong to those who entered it, and to nobody else', async () => {
      const { id, path } = await asked()
      const note = '旁弯指标写错了，\r\n应为不超过2毫米。'
      expect((await market.browser().post(path, { answer: 'corrected', note: '长'.repeat(1001) })).status).toBe(422)
      expect((await market.browser().post(path, { answer: 'corrected', note })).status).toBe(200)
      expect(await request(id)).toMatchObject({ state: 'answered', answer: 'corrected', note: '旁弯指标写错了，\n应为不超过2毫米。' })
      const page = await market.app.request(`/demands/${id}`, { headers: { authorization: `Bearer ${park.secret}`, accept: 'text/html' } })
      expect(await page.text()).toContain('应为不超过2毫米')
      refused(await enterprise.get(`/api/demands/${id}/confirmation-link`), 'not-permitted')
      expect((await view(id)).confirmation).toBeNull()
      const journal = await market.world.database.query.selectFrom('journal').selectAll().execute()
      expect(JSON.stringify(journal)).not.toContain('旁弯指标')
    })

    it('takes that it is not theirs', async () => {
      const { id, path } = await asked()
      expect((await market.browser().post(path, { answer: 'not-theirs' })).html).toContain('我们会核实')
      expect(await request(id)).toMatchObject({ answer: 'not-theirs', note: null })
    })

    it('confirms what was seen: not what it was changed into meanwhile', async () => {
      const { id, path } = await asked()
      await park.patch(`/api/demands/${id}`, 1, { title: '箱形梁焊接变形控制与校正' })
      expect((await market.browser().post(path, confirmed(1))).status).toBe(409)
      expect((await market.browser().post(path, confirmed(2))).status).toBe(200)
    })

    it('is worth nothing once another is made, after a fortnight, and to whoever guesses', async () => {
      const first = await asked()
      const second = (await park.post(`/api/demands/${first.id}/confirmation-link`)).as(MadeConfirmationRequest)
      expect((await market.browser().get(first.path)).status).toBe(410)
      const path = new URL(second.link).pathname
      expect((await market.browser().get(path)).status).toBe(200)
      expect((await market.browser().get(`${path.slice(0, -1)}x`)).status).toBe(410)
      market.pass(14 * 86_400)
      expect((await market.browser().post(path, confirmed(1))).status).toBe(410)
      expect(await request(first.id)).toMatchObject({ state: 'expired', answer: null })
    })

    it('works for whoever is signed in as somebody else too, and does not act as him', async () => {
      const { id, path } = await asked()
      const own = market.browser()
      await market.signIn(own, '13500001111')
      expect((await own.post(path, { answer: 'not-theirs' }, { origin: 'null' })).status).toBe(200)
      expect((await request(id)).answer).toBe('not-theirs')
    })

    it('takes one of two answers that come at the same moment', async () => {
      const { path } = await asked()
      const answers = await Promise.all([market.browser().post(path, confirmed(1)), market.browser().post(path, { answer: 'not-theirs' })])
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    })

    it('is a button on the page of the demand, for those who may', async () => {
      const { id } = await market.draft(park, { ...welding, enterpriseId: enterprise.id })
      const page = (client: Client, path = `/demands/${id}`, method = 'GET') =>
        market.app.request(path, {
          method,
          headers: { authorization: `Bearer ${client.secret}`, accept: 'text/html', origin: 'http://localhost' },
        })
      expect(await (await page(park)).text()).toContain(`action="/demands/${id}/confirmation-link"`)
      expect(await (await page(enterprise)).text()).not.toContain('confirmation-link')
      const made = await (await page(park, `/demands/${id}/confirmation-link`, 'POST')).text()
      expect(made).toMatch(/http:\/\/market\.example\/links\/sml_[0-9a-f]{40}/)
      expect(made).toContain('可复制到微信的内容')
    })
  })
}
