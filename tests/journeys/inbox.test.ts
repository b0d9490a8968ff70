import { beforeEach, describe, expect, it } from 'vitest'
import { InterestView } from '../../src/engagements/interest.ts'
import { Referral } from '../../src/engagements/referral.ts'
import { retain } from '../../src/persons/actions/retention.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { installations } from '../worlds.ts'
import type { Browser } from './browser.ts'
import { casting, welding } from './fixtures.ts'
import { type Client, faultsOf } from './market.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

const phone = '13900000001'
const day = 86_400

describe.each(installations)('the inbox, on %s', (name) => {
  let market: SignInMarket
  let own: Browser
  let enterprise: Client
  let expertId: string
  let demandId: string
  let pair: string

  beforeEach(async () => {
    market = await openSignInMarket(name)
    enterprise = await market.enterprise({ name: '众砺重工有限公司' })
    const { id } = await market.publish(enterprise, welding)
    demandId = id
    const expert = await market.expert({ name: '沈砚秋', field: '焊接变形控制', keywords: ['焊接变形', '箱形梁'], consent: true })
    expertId = expert.id
    await market.claim(expertId)
    await market.admit(phone, 'expert', expertId)
    own = market.browser()
    await market.signIn(own, phone)
    pair = `/pairings/${demandId}/${expertId}`
  })

  const about = () => `/inbox?${new URLSearchParams({ about: `${demandId}/${expertId}` })}`
  const later = (more: Record<string, string>) => own.post('/inbox/later', { demandId, supplyId: expertId, ...more })
  /** What stands under a heading. */
  const under = (html: string, heading: string) =>
    html
      .split('<h2>')
      .find((part) => part.startsWith(heading))
      ?.split('</section>')[0] ?? ''

  it('takes a yes where the demand stands, says so, and takes it back', async () => {
    expect(under((await own.get('/inbox')).html, '可能适合')).toContain(`action="${pair}/interest"`)
    const sent = await own.post(`${pair}/interest`, { name: '沈砚秋', phone, note: '', back: about() })
    expect(sent.location).toBe(about())
    const said = await own.get(sent.location)
    expect(said.html).toContain('已告诉对方您感兴趣')
    const [, id = ''] = /name="id" value="(int_\w+)"/.exec(said.html)!
    expect((await own.post(`${pair}/interest/withdrawal`, { id, back: '/inbox' })).location).toBe('/inbox')
    expect(under((await own.get('/inbox')).html, '可能适合')).toContain(demandId)
  })

  it('tells an enterprise who asks, about what, and in which words', async () => {
    await own.post(`${pair}/interest`, { name: '沈砚秋', phone, note: '做过三条同类工装' })
    const { html } = await market.browser().get('/inbox', { authorization: `Bearer ${enterprise.secret}` })
    const asked = under(html, '等您答复')
    for (const word of ['沈砚秋', '做过三条同类工装', `/experts/${expertId}`, demandId]) expect(asked).toContain(word)
    // How to reach him comes with the yes.
    expect(asked).not.toContain(phone)
    expect(under((await own.get('/inbox')).html, '您已表示感兴趣')).toContain('您的留言')
  })

  it('takes a no with its reason, and a slip back to the form', async () => {
    const refused = await own.post(`${pair}/refusal`, { code: '', why: '方向不对', back: about() })
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('方向不对')
    await own.post(`${pair}/refusal`, { code: 'field', why: '', back: about() })
    const said = await own.get(about())
    expect(said.html).toContain('已标记为不合适')
    expect(under(said.html, '可能适合')).not.toContain(demandId)
    const [, id = ''] = /name="id" value="(\w{3}_\w+)"/.exec(said.html)!
    await own.post(`${pair}/refusal/ending`, { id, back: '/inbox' })
    expect(under((await own.get('/inbox')).html, '可能适合')).toContain(demandId)
  })

  it('answers who asks, and shows the number that was waited for', async () => {
    const contact = { name: '冯志远', phone: '13800000002', email: null }
    const asked = await enterprise.post('/api/interests', { demandId, supplyId: expertId, note: '能来看看吗', contact })
    const { id } = JSON.parse(asked.text)
    expect(under((await own.get('/inbox')).html, '等您答复')).toContain(`action="${pair}/interest/answer"`)
    await own.post(`${pair}/interest/answer`, { id, answer: 'accepted', name: '沈砚秋', phone, back: about() })
    expect((await own.get(about())).html).toContain('对方现在可以看到您的联系方式')
  })

  it('answers who asks that a call should come first, or who else it could be', async () => {
    const ask = async (about = demandId) => {
      const body = { demandId: about, supplyId: expertId, note: '能来看看吗', contact: null }
      return (await enterprise.post('/api/interests', body)).as(InterestView).id
    }
    const first = await ask()
    expect(under((await own.get('/inbox')).html, '等您答复')).toContain('先电话 30 分钟')
    await own.post(`${pair}/interest/answer`, { id: first, answer: 'call', name: '沈砚秋', phone, back: about() })
    expect((await enterprise.get(`/api/interests/${first}`)).as(InterestView)).toMatchObject({ state: 'accepted', how: 'call' })
    expect((await own.get(pair)).html).toContain('先通一次电话')

    demandId = (await market.publish(enterprise, casting)).id
    const broker = await market.broker({ name: '苏怀瑾' })
    await market.operator.post(`/api/demands/${demandId}/assignment`, { brokerId: broker.id })
    const second = await ask()
    const path = `/pairings/${demandId}/${expertId}/interest/answer`
    const slip = await own.post(path, {
      id: second,
      answer: 'referred',
      referred: '',
      institution: '',
      referNote: '铸造是他的本行',
      back: about(),
    })
    expect(slip.status).toBe(422)
    expect(slip.html).toContain('铸造是他的本行')
    await own.post(path, { id: second, answer: 'referred', referred: '鲁砚', institution: '', referNote: '铸造是他的本行', back: about() })
    expect((await own.get(about())).html).toContain('已记下您推荐的人')
    const { items } = (await broker.get('/api/referrals?state=open')).as(pageOf(Referral))
    expect(items).toMatchObject([{ name: '鲁砚', fromId: expertId, demandId, interestId: second, invitationId: null, sentBy: broker.id }])
    // Who asked learns that it is a no, and of nobody else.
    const told = await enterprise.get(`/api/interests/${second}`)
    expect(told.as(InterestView)).toMatchObject({ state: 'declined', decline: { code: null, note: null } })
    expect(told.text).not.toContain('鲁砚')
  })

  it('lets only the side that could solve it name somebody else', async () => {
    const offered = await market.client('expert', expertId)
    const body = { demandId, supplyId: expertId, note: null, contact: null }
    const { id } = (await offered.post('/api/interests', body)).as(InterestView)
    const answer = { answer: 'referred', referred: '鲁砚', institution: null, note: null }
    expect(faultsOf(await enterprise.post(`/api/interests/${id}/answer`, answer))).toEqual({ '/answer': 'invalid-value' })
    expect((await enterprise.post(`/api/interests/${id}/answer`, { answer: 'call', contact: null })).as(InterestView).how).toBe('call')
  })

  it('puts off until a day: out of sight until then, back by itself, and nobody is told', async () => {
    const put = await later({ when: 'tomorrow' })
    expect(put.location).toBe(about())
    const said = await own.get(put.location)
    expect(said.html).toContain('2026年11月23日再看')
    expect(under(said.html, '可能适合')).not.toContain(demandId)
    expect(under(said.html, '稍后再看')).toContain(demandId)
    expect(JSON.parse((await market.operator.get(`/api/interests?demandId=${demandId}`)).text).items).toEqual([])
    market.pass(day)
    const back = await own.get('/inbox')
    expect(under(back.html, '可能适合')).toContain(demandId)
    expect(back.html).not.toContain('<h2>稍后再看')
    const due = (await retain(market.ports, { dryRun: false })).find(({ rule }) => rule === 'past-postponements')
    expect(due).toMatchObject({ count: 1 })
  })

  it('takes up again at once, and says what is wrong with a day', async () => {
    await later({ when: 'week' })
    expect((await own.get('/account/data/export')).html).toContain('2026-11-29')
    await own.post('/inbox/later/ending', { demandId, supplyId: expertId })
    expect(under((await own.get('/inbox')).html, '可能适合')).toContain(demandId)
    for (const until of ['2026-11-22', '2029-01-01', '不是日期']) {
      const wrong = await later({ until })
      expect(wrong.status).toBe(422)
      expect(wrong.html).toMatch(/class="message"/)
    }
    expect((await later({ until: '2026-12-24' })).status).toBe(303)
  })

  it('is one’s own: another person puts off for himself alone, and whoever knows nothing of a demand nothing', async () => {
    await later({ when: 'week' })
    const other = await market.expert({ name: '柳见山', field: '焊接变形控制', keywords: ['焊接变形'], consent: true })
    await market.claim(other.id)
    await market.admit('13900000002', 'expert', other.id)
    const their = market.browser()
    await market.signIn(their, '13900000002')
    expect((await their.get('/inbox')).html).not.toContain('<h2>稍后再看')
    const draft = await market.draft(enterprise, casting)
    expect((await later({ demandId: draft.id, when: 'week' })).status).toBe(422)
    expect((await market.browser().post('/inbox/later', { demandId, supplyId: expertId, when: 'week' })).status).toBe(401)
  })
})
