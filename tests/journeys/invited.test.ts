import { beforeEach, describe, expect, it } from 'vitest'
import { openInvitation, replyToInvitation } from '../../src/engagements/actions/invitation.ts'
import { MadeInvitation, ReceivedInvitation } from '../../src/engagements/invitation.ts'
import { Referral } from '../../src/engagements/referral.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { installations } from '../worlds.ts'
import type { Browser } from './browser.ts'
import { fixture, welding } from './fixtures.ts'
import { type Client, refused } from './market.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

const phone = '13900000001'
const fortnight = 14 * 86_400

describe.each(installations)('an invitation to whoever has an account, on %s', (name) => {
  let market: SignInMarket
  let broker: Client
  let own: Browser
  let expertId: string
  let demandId: string

  beforeEach(async () => {
    market = await openSignInMarket(name)
    const enterprise = await market.enterprise({ name: '众砺重工有限公司' })
    broker = await market.broker({ name: '苏怀瑾' })
    demandId = (await market.publish(enterprise, welding)).id
    await market.operator.post(`/api/demands/${demandId}/assignment`, { brokerId: broker.id })
    expertId = (await market.expert({ name: '沈砚秋', field: '焊接变形控制', keywords: ['焊接变形', '箱形梁'], consent: true })).id
    await market.claim(expertId)
    await market.admit(phone, 'expert', expertId)
    own = market.browser()
    await market.signIn(own, phone)
  })

  const invite = async (supplyId = expertId) =>
    (await broker.post('/api/invitations', { demandId, supplyId, note: '箱形梁旁弯，您做过类似的' })).as(MadeInvitation)
  const secretOf = ({ link }: MadeInvitation) => new URL(link).pathname.split('/').at(-1)!
  const asked = async (by = own) => under((await by.get('/inbox')).html, '等您答复')
  const under = (html: string, heading: string) =>
    html
      .split('<h2>')
      .find((part) => part.startsWith(heading))
      ?.split('</section>')[0] ?? ''
  const answer = (id: string, fields: Record<string, string>) => own.post(`/inbox/invitations/${id}`, fields)
  const casesOf = async () => JSON.parse((await broker.get(`/api/engagements?demandId=${demandId}`)).text).items

  it('stands in the inbox with the broker’s words; a yes there spends the link, and opens the case', async () => {
    const made = await invite()
    const row = await asked()
    expect(row).toContain('箱形梁旁弯，您做过类似的')
    expect(row).toContain('先电话 30 分钟')
    const said = await answer(made.id, { answer: 'call', name: '沈砚秋', phone })
    expect(said.status).toBe(303)
    expect((await own.get(said.location)).html).toContain('技术经理人会打电话给您')
    expect(await asked()).not.toContain('箱形梁旁弯')
    expect(await casesOf()).toMatchObject([{ supplyId: expertId, state: 'contacted', causeId: made.id }])
    await expect(openInvitation(market.ports, secretOf(made))).rejects.toMatchObject({ kind: 'link-gone' })
    const [latest] = (await entriesAbout(market.ports.database, made.id)).toReversed()
    expect(latest).toMatchObject({ kind: 'invitation.accepted', actorId: expertId, facts: { answer: 'call' } })
    expect((await answer(made.id, { answer: 'talk', name: '沈砚秋', phone })).status).toBe(409)
  })

  it('answered by its link leaves the inbox, and nothing to answer there', async () => {
    const made = await invite()
    await replyToInvitation(market.ports, secretOf(made), { answer: 'talk', name: '沈砚秋', phone })
    expect(await asked()).not.toContain('箱形梁旁弯')
    expect((await answer(made.id, { answer: 'talk', name: '沈砚秋', phone })).status).toBe(409)
  })

  it('takes 推荐他人 and 不合适, and a slip back to its form', async () => {
    const made = await invite()
    const slip = await answer(made.id, { answer: 'refer', referrer: '沈砚秋', referred: '', institution: '', referNote: '' })
    expect(slip.status).toBe(422)
    expect(slip.html).toMatch(/<details class="more" open=""><summary>推荐他人/)
    await answer(made.id, { answer: 'refer', referrer: '沈砚秋', referred: '鲁砚', institution: '河西科技学院', referNote: '' })
    const { items } = (await broker.get('/api/referrals?state=open')).as(pageOf(Referral))
    expect(items).toMatchObject([{ name: '鲁砚', fromId: expertId, demandId }])

    const other = await market.publish(await market.enterprise({ name: '北塬机械有限公司' }), welding)
    demandId = other.id
    await market.operator.post(`/api/demands/${demandId}/assignment`, { brokerId: broker.id })
    const second = await invite()
    expect((await answer(second.id, { answer: 'decline', code: '', why: '' })).status).toBe(422)
    const said = await answer(second.id, { answer: 'decline', code: 'time', why: '上半年都在外地' })
    expect((await own.get(said.location)).html).toContain('这项需求不会再找您')
    const received = (await market.operator.get(`/api/refusals?demandId=${demandId}`)).text
    expect(received).toContain('上半年都在外地')
  })

  it('can be looked at later, and is gone once its days are over or it is withdrawn', async () => {
    const made = await invite()
    await own.post('/inbox/later', { demandId, supplyId: expertId, when: 'tomorrow' })
    expect(await asked()).not.toContain('箱形梁旁弯')
    await own.post('/inbox/later/ending', { demandId, supplyId: expertId })
    expect(await asked()).toContain('箱形梁旁弯')
    market.pass(fortnight + 60)
    await market.signIn(own, phone)
    expect(await asked()).not.toContain('箱形梁旁弯')
    expect((await answer(made.id, { answer: 'talk', name: '沈砚秋', phone })).status).toBe(409)
    const second = await invite()
    await broker.post(`/api/invitations/${second.id}/withdrawal`)
    expect(await asked()).not.toContain('箱形梁旁弯')
  })

  it('about a result of an institution is the institution’s, over the API too, and nobody else’s', async () => {
    const institution = await market.institution({ name: '砺州理工大学' })
    const { id: supplyId } = await market.offer(institution, fixture)
    const { id } = await invite(supplyId)
    const { items } = (await institution.get('/api/invitations/received?state=open')).as(pageOf(ReceivedInvitation))
    expect(items.map((each) => each.id)).toEqual([id])
    const stranger = await market.institution({ name: '河西科技学院' })
    expect((await stranger.get('/api/invitations/received')).as(pageOf(ReceivedInvitation)).items).toEqual([])
    const yes = { answer: 'talk', name: '林主任', phone: '13900003344' }
    for (const each of [stranger, broker]) refused(await each.post(`/api/invitations/${id}/answer`, yes), 'not-found')
    refused(await broker.get('/api/invitations/received'), 'not-permitted')
    expect((await institution.post(`/api/invitations/${id}/answer`, yes)).as(ReceivedInvitation)).toMatchObject({
      state: 'accepted',
      how: 'talk',
      answeredBy: { name: '林主任' },
    })
    refused(await institution.post(`/api/invitations/${id}/answer`, yes), 'not-allowed-now')
  })
})
