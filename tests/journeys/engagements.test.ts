import { beforeAll, describe, expect, it } from 'vitest'
import { openInvitation, replyToInvitation } from '../../src/engagements/actions/invitation.ts'
import { replyToShortlist } from '../../src/engagements/actions/shortlist.ts'
import { Contact } from '../../src/engagements/contact.ts'
import { Engagement } from '../../src/engagements/engagement.ts'
import { InterestView } from '../../src/engagements/interest.ts'
import type { InvitationReply } from '../../src/engagements/invitation.ts'
import { Invitation, MadeInvitation } from '../../src/engagements/invitation.ts'
import { Referral } from '../../src/engagements/referral.ts'
import { MadeShortlistLink, Shortlist } from '../../src/engagements/shortlist.ts'
import { Matches } from '../../src/matching/match.ts'
import { Refusal } from '../../src/matching/refusal.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { z } from '../../src/platform/schema.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { fixture, welding } from './fixtures.ts'
import { type Client, type Market, openMarket, refused } from './market.ts'

const shenContact = { name: '沈岳', phone: '13900007788', email: null }
const luoContact = { name: '罗采薇', phone: '13900001122', email: null }
const busy = { code: 'time', note: '上半年都在外地', isReleased: true }

let market: Market
let enterprise: Client
let institution: Client
let broker: Client
let shenYue: Client
beforeAll(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司' })
  institution = await market.institution({ name: '砺州理工大学' })
  broker = await market.broker({ name: '苏怀瑾' })
  shenYue = await market.expert({ name: '沈岳', field: '焊接变形控制' })
  await market.claim(shenYue.id)
  await market.evidence({
    expertId: shenYue.id,
    kind: 'paper',
    title: '箱形梁焊接旁弯的预测与控制',
    abstract: '控制焊接变形，箱形梁旁弯小于 2 毫米。',
  })
})

/** A published demand that the broker carries. */
async function carried(draft: object = {}): Promise<string> {
  const { id } = await market.publish(enterprise, { ...welding, ...draft })
  await market.operator.post(`/api/demands/${id}/assignment`, { brokerId: broker.id })
  return id
}
const asking = (demandId: string, supplyId: string, contact: object | null = null) => ({
  demandId,
  supplyId,
  note: '想了解工装投入',
  contact,
})
const expressed = async (by: Client, demandId: string, supplyId: string, contact: object | null = null) =>
  (await by.post('/api/interests', asking(demandId, supplyId, contact))).as(InterestView)
const casesOf = async (demandId: string) => (await broker.get(`/api/engagements?demandId=${demandId}`)).as(pageOf(Engagement)).items
const candidates = async (by: Client, demandId: string, kind: 'expert' | 'offering' = 'expert') =>
  (await by.get(`/api/demands/${demandId}/matches?kind=${kind}`)).as(Matches).items.map(({ subject }) => subject.id)
const secretOf = ({ link }: MadeInvitation) => new URL(link).pathname.split('/').at(-1)!
const invited = async (demandId: string, supplyId = shenYue.id) =>
  (await broker.post('/api/invitations', { demandId, supplyId, note: null })).as(MadeInvitation)

describe('an interest', () => {
  it('shows each how to reach the other once both want it, and opens a case', async () => {
    const demandId = await carried()
    const { id, owes } = await expressed(enterprise, demandId, shenYue.id, luoContact)
    expect(owes).toBe('supply')
    const asked = (await shenYue.get(`/api/interests/${id}`)).as(InterestView)
    expect(asked).toMatchObject({ state: 'open', askerContact: null, note: '想了解工装投入' })
    expect((await enterprise.get(`/api/interests/${id}`)).as(InterestView).askerContact).toEqual(luoContact)
    const yes = (await shenYue.post(`/api/interests/${id}/answer`, { answer: 'accepted', contact: shenContact })).as(InterestView)
    expect(yes).toMatchObject({ state: 'accepted', owes: null, askerContact: luoContact, answererContact: shenContact })
    expect((await enterprise.get(`/api/interests/${id}`)).as(InterestView).answererContact).toEqual(shenContact)
    expect(await casesOf(demandId)).toMatchObject([{ supplyId: shenYue.id, state: 'contacted', brokerId: broker.id, causeId: id }])
    const entries = JSON.stringify(await entriesAbout(market.ports.database, id))
    for (const word of ['罗采薇', '13900007788', '工装']) expect(entries).not.toContain(word)
  })

  it('that is declined says so at once, with the reason only where it was released, and excludes the pairing', async () => {
    const demandId = await carried()
    expect(await candidates(enterprise, demandId)).toContain(shenYue.id)
    const { id } = await expressed(enterprise, demandId, shenYue.id)
    await shenYue.post(`/api/interests/${id}/answer`, { answer: 'declined', ...busy })
    expect((await enterprise.get(`/api/interests/${id}`)).as(InterestView)).toMatchObject({
      state: 'declined',
      decline: { code: 'time', note: null },
    })
    expect(await candidates(enterprise, demandId)).not.toContain(shenYue.id)
    expect((await shenYue.get(`/api/experts/${shenYue.id}/matches`)).text).not.toContain(demandId)
    expect(refused(await enterprise.post('/api/interests', asking(demandId, shenYue.id)), 'not-allowed-now').detail).toContain('不便接洽')

    const quiet = await carried()
    const { id: second } = await expressed(enterprise, quiet, shenYue.id)
    await shenYue.post(`/api/interests/${second}/answer`, { answer: 'declined', ...busy, isReleased: false })
    const seen = await enterprise.get(`/api/interests/${second}`)
    expect(seen.as(InterestView).decline).toEqual({ code: null, note: null })
    expect((await enterprise.get(`/api/refusals?demandId=${quiet}`)).text).toBe('{"items":[]}')
    for (const reader of [broker, market.operator, shenYue]) {
      expect((await reader.get(`/api/interests/${second}`)).as(InterestView).decline).toEqual({ code: 'time', note: busy.note })
      expect((await reader.get(`/api/refusals?demandId=${quiet}`)).text).toContain(busy.note)
    }
  })

  it('comes from the supply side too, and is of nobody else’s concern', async () => {
    const demandId = await carried()
    const { id } = await expressed(shenYue, demandId, shenYue.id)
    expect((await enterprise.get(`/api/interests?demandId=${demandId}`)).as(pageOf(InterestView)).items).toMatchObject([
      { id, owes: 'demand' },
    ])
    const stranger = await market.enterprise({ name: '北塬机械有限公司' })
    refused(await stranger.get(`/api/interests/${id}`), 'not-found')
    expect((await stranger.get(`/api/interests?demandId=${demandId}`)).as(pageOf(InterestView)).items).toEqual([])
    refused(await stranger.post('/api/interests', asking(demandId, shenYue.id)), 'not-permitted')
    refused(await enterprise.post('/api/interests', asking(demandId, shenYue.id)), 'not-allowed-now')
    expect((await shenYue.post(`/api/interests/${id}/withdrawal`)).as(InterestView).state).toBe('withdrawn')
    expect((await expressed(enterprise, demandId, shenYue.id)).state).toBe('open')
  })

  it('in an offering is answered by its owner; of an expert without an account the broker has to ask', async () => {
    const demandId = await carried()
    const { id: supplyId } = await market.offer(institution, fixture)
    const { id } = await expressed(enterprise, demandId, supplyId)
    expect(
      (await institution.post(`/api/interests/${id}/answer`, { answer: 'declined', code: 'price', note: null, isReleased: true })).status,
    ).toBe(422)
    expect((await institution.post(`/api/interests/${id}/answer`, { answer: 'accepted', contact: null })).as(InterestView).state).toBe(
      'accepted',
    )
    const unclaimed = await market.expert({ name: '鲁砚' })
    expect((await expressed(enterprise, demandId, unclaimed.id)).owes).toBe('broker')
  })

  it('of two who ask at the same moment is one', async () => {
    const demandId = await carried()
    const answers = await Promise.all([
      enterprise.post('/api/interests', asking(demandId, shenYue.id)),
      shenYue.post('/api/interests', asking(demandId, shenYue.id)),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409])
  })
})

describe('a refusal', () => {
  it('takes a candidate away until it is taken back, and loses a case that was going on', async () => {
    const demandId = await carried()
    const { id: caseId } = (await broker.post('/api/engagements', { demandId, supplyId: shenYue.id, outside: null })).as(Engagement)
    const body = { demandId, supplyId: shenYue.id, code: 'lab-only', note: null, isReleased: false }
    const { id } = (await enterprise.post('/api/refusals', body)).as(Refusal)
    refused(await enterprise.post('/api/refusals', body), 'not-allowed-now')
    expect(await candidates(enterprise, demandId)).not.toContain(shenYue.id)
    expect((await broker.get(`/api/engagements/${caseId}`)).as(Engagement)).toMatchObject({
      state: 'lost',
      steps: [{}, { code: 'lab-only' }],
    })
    refused(await shenYue.post(`/api/refusals/${id}/ending`), 'not-found')
    await enterprise.post(`/api/refusals/${id}/ending`)
    expect(await candidates(enterprise, demandId)).toContain(shenYue.id)
    expect((await enterprise.post('/api/refusals', body)).as(Refusal)).toMatchObject({ id, version: 3, state: 'standing' })
  })

  it('takes a reason of its own side’s list, and a word where that is 其他', async () => {
    const demandId = await carried()
    const body = { demandId, supplyId: shenYue.id, code: 'price', note: null, isReleased: false }
    expect(refused(await shenYue.post('/api/refusals', body), 'invalid-input').errors).toMatchObject([{ pointer: '/code' }])
    expect(refused(await shenYue.post('/api/refusals', { ...body, code: 'other' }), 'invalid-input').errors).toMatchObject([
      { pointer: '/note' },
    ])
  })
})

describe('an invitation', () => {
  const reply = (made: MadeInvitation, answer: InvitationReply) => replyToInvitation(market.ports, secretOf(made), answer)

  it('shows no more than the teaser of a demand under NDA, and its link is good for one answer', async () => {
    const demandId = await carried({ visibility: 'nda', teaser: '大型结构件焊后弯曲' })
    const made = await invited(demandId)
    const { demand } = await openInvitation(market.ports, secretOf(made))
    expect(demand).toMatchObject({ title: '大型结构件焊后弯曲', problem: null, enterpriseId: null, reading: 'teaser' })
    await reply(made, { answer: 'call', name: '沈岳', phone: '13900007788' })
    await expect(reply(made, { answer: 'talk', name: '沈岳', phone: '13900007788' })).rejects.toMatchObject({ kind: 'link-gone' })
    expect((await broker.get(`/api/invitations?demandId=${demandId}`)).as(pageOf(Invitation)).items).toMatchObject([
      { state: 'accepted', how: 'call', answeredBy: { name: '沈岳', phone: '13900007788' } },
    ])
    expect(await casesOf(demandId)).toMatchObject([{ state: 'contacted', causeId: made.id }])
  })

  it('that is answered with another name makes a referral, which the broker follows up', async () => {
    const demandId = await carried()
    const made = await invited(demandId)
    await reply(made, { answer: 'refer', name: '沈岳', referred: '鲁砚', institution: '众合研究院', note: '做反变形工装多年' })
    const [referral] = (await broker.get('/api/referrals?state=open')).as(pageOf(Referral)).items
    expect(referral).toMatchObject({ demandId, name: '鲁砚', institution: '众合研究院', fromId: shenYue.id })
    expect(await candidates(enterprise, demandId)).not.toContain(shenYue.id)
    const luYan = await market.expert({ name: '鲁砚' })
    const taken = (await broker.post(`/api/referrals/${referral!.id}/closing`, { supplyId: luYan.id })).as(Referral)
    expect(taken).toMatchObject({ state: 'taken', supplyId: luYan.id })
    for (const reader of [enterprise, shenYue, market.visitor]) expect((await reader.get('/api/referrals')).text).not.toContain('鲁砚')
  })

  it('is worth nothing once it is withdrawn, the demand is closed, or it has run out', async () => {
    const gone = { kind: 'link-gone' }
    const withdrawn = await invited(await carried())
    await broker.post(`/api/invitations/${withdrawn.id}/withdrawal`)
    await expect(openInvitation(market.ports, secretOf(withdrawn))).rejects.toMatchObject(gone)
    const demandId = await carried()
    const closed = await invited(demandId)
    await enterprise.post(`/api/demands/${demandId}/solution`)
    await expect(openInvitation(market.ports, secretOf(closed))).rejects.toMatchObject(gone)
    const late = await invited(await carried())
    market.passDays(15)
    await expect(openInvitation(market.ports, secretOf(late))).rejects.toMatchObject(gone)
  })

  it('goes to whole institutions too, and not to whom the pairing is closed', async () => {
    const demandId = await carried()
    expect((await invited(demandId, institution.id)).supplyId).toBe(institution.id)
    await shenYue.post('/api/refusals', { demandId, supplyId: shenYue.id, ...busy })
    refused(await broker.post('/api/invitations', { demandId, supplyId: shenYue.id, note: null }), 'not-allowed-now')
    const other = await market.broker({ name: '温以宁' })
    refused(await other.post('/api/invitations', { demandId, supplyId: shenYue.id, note: null }), 'not-permitted')
  })
})

describe('a case', () => {
  const move = (id: string, to: string, version: number, more: object = {}) =>
    broker.post(`/api/engagements/${id}/moves`, { to, version, on: null, code: null, note: null, ...more })
  const proposed = async () =>
    (await broker.post('/api/engagements', { demandId: await carried(), supplyId: shenYue.id, outside: null })).as(Engagement)

  it('moves on the board, back again, and is lost only for a reason', async () => {
    const { id } = await proposed()
    expect((await move(id, 'contacted', 1)).as(Engagement)).toMatchObject({ state: 'contacted', version: 2 })
    expect(refused(await move(id, 'lost', 2), 'invalid-input').errors).toMatchObject([{ pointer: '/code' }])
    expect((await move(id, 'lost', 2, { code: 'time' })).as(Engagement).state).toBe('lost')
    refused(await move(id, 'signed', 3), 'not-allowed-now')
    const undone = (await broker.post(`/api/engagements/${id}/undoing`, { version: 3 })).as(Engagement)
    expect(undone).toMatchObject({ state: 'contacted', version: 4 })
    expect(undone.steps.map(({ to }) => to)).toEqual(['proposed', 'contacted'])
    await broker.post(`/api/engagements/${id}/undoing`, { version: 4 })
    refused(await broker.post(`/api/engagements/${id}/undoing`, { version: 5 }), 'not-allowed-now')
    expect((await entriesAbout(market.ports.database, id)).map(({ kind }) => kind)).toEqual([
      'engagement.proposed',
      'engagement.moved',
      'engagement.moved',
      'engagement.undone',
      'engagement.undone',
    ])
  })

  it('that somebody else has moved since says where it stands now', async () => {
    const { id } = await proposed()
    await market.operator.post(`/api/engagements/${id}/moves`, { to: 'talking', version: 1, on: null, code: null, note: null })
    expect(refused(await move(id, 'contacted', 1), 'changed-meanwhile').detail).toContain('洽谈中')
  })

  it('is recorded late with the day on which it happened, never one to come', async () => {
    const { id } = await proposed()
    const steps = (await move(id, 'talking', 1, { on: '2026-10-20', note: '在展会上已见面' })).as(Engagement).steps
    expect(steps.at(-1)).toMatchObject({ on: '2026-10-20', note: '在展会上已见面', by: broker.id })
    expect(refused(await move(id, 'contacted', 2, { on: '2030-01-01' }), 'invalid-input').errors).toMatchObject([{ code: 'day-to-come' }])
  })

  it('may be of a candidate from outside, once, with its source', async () => {
    const demandId = await carried()
    const body = { demandId, supplyId: null, outside: { name: '邵工', institution: '外地设计院', source: '行业年会名片' } }
    expect((await broker.post('/api/engagements', body)).as(Engagement).outside).toEqual(body.outside)
    refused(await broker.post('/api/engagements', body), 'already-exists')
    expect((await broker.post('/api/engagements', { ...body, outside: null })).status).toBe(422)
    expect((await enterprise.get(`/api/engagements?demandId=${demandId}`)).text).not.toContain('邵工')
  })

  it('tells whoever takes part how far it is, not whose hand it was; nobody of whom he has not been asked about', async () => {
    const { id } = await proposed()
    refused(await shenYue.get(`/api/engagements/${id}`), 'not-found')
    await move(id, 'talking', 1, { note: '对方要价偏高' })
    for (const reader of [enterprise, shenYue]) {
      const seen = await reader.get(`/api/engagements/${id}`)
      expect(seen.as(Engagement).state).toBe('talking')
      expect(seen.text).not.toContain('要价')
      expect(seen.text).not.toContain(broker.id)
    }
  })
})

describe('a shortlist', () => {
  const chosen = async (demandId: string, ids: string[]) =>
    (await broker.post('/api/shortlists', { demandId, note: '请您过目', items: ids.map((supplyId) => ({ supplyId, comment: null })) })).as(
      Shortlist,
    )
  const linkOf = async ({ id }: Shortlist) =>
    new URL((await broker.post(`/api/shortlists/${id}/link`)).as(MadeShortlistLink).link).pathname.split('/').at(-1)!

  it('keeps what the enterprise may see on that day, and to whom it went', async () => {
    const demandId = await carried()
    const unclaimed = await market.expert({ name: '鲁砚', field: '反变形工装' })
    const list = await chosen(demandId, [shenYue.id, unclaimed.id])
    expect(list.items[0]).toMatchObject({ title: '沈岳' })
    expect(list.items[0]!.evidence.map(({ sentence }) => sentence).join()).toContain('旁弯')
    expect(JSON.stringify(list.items[1])).not.toContain('鲁砚')
    await broker.post(`/api/shortlists/${list.id}/sendings`, { to: '罗总', how: 'wechat' })
    expect((await broker.get(`/api/shortlists/${list.id}`)).as(Shortlist).sent).toMatchObject([
      { to: '罗总', how: 'wechat', by: broker.id },
    ])
    refused(await enterprise.get(`/api/shortlists/${list.id}`), 'not-found')
  })

  it('is answered by link, candidate by candidate, once', async () => {
    const demandId = await carried()
    const { id: offeringId } = await market.offer(institution, fixture)
    const other = await market.expert({ name: '祁望' })
    const list = await chosen(demandId, [shenYue.id, offeringId, other.id])
    const secret = await linkOf(list)
    const reply = {
      ...luoContact,
      answers: [
        { answer: 'more' as const, supplyId: shenYue.id },
        { answer: 'declined' as const, supplyId: offeringId, code: 'price' as const, note: null, isReleased: false },
        { answer: 'later' as const, supplyId: other.id },
      ],
    }
    const { name, phone, answers } = { ...reply, phone: luoContact.phone }
    await replyToShortlist(market.ports, secret, { name, phone, answers })
    expect((await shenYue.get('/api/interests?state=open')).as(pageOf(InterestView)).items.map((each) => each.demandId)).toContain(demandId)
    expect(await candidates(enterprise, demandId, 'offering')).not.toContain(offeringId)
    expect(await candidates(enterprise, demandId)).toContain(shenYue.id)
    await expect(replyToShortlist(market.ports, secret, { name, phone, answers })).rejects.toMatchObject({ kind: 'link-gone' })
    refused(await broker.post(`/api/shortlists/${list.id}/link`), 'not-allowed-now')
  })

  it('takes five at most, each once, and none that the broker may not know of', async () => {
    const demandId = await carried()
    const item = (supplyId: string) => ({ supplyId, comment: null })
    const make = (items: object[]) => broker.post('/api/shortlists', { demandId, note: null, items })
    for (const items of [[], [item(shenYue.id), item(shenYue.id)], Array(6).fill(item(shenYue.id)), [item(`exp_${'a'.repeat(20)}`)]])
      expect((await make(items)).status).toBe(422)
  })
})

describe('the contact log', () => {
  const call = { channel: 'phone', result: 'reached', withWhom: '罗工', note: '样件下周寄出', on: '2026-11-01' }
  const record = async (by: Client, subjectId: string, next: object | null) => by.post('/api/contacts', { ...call, subjectId, next })
  const due = async (by: Client, until: string) =>
    (await by.get(`/api/contacts/due?until=${until}`)).as(z.object({ items: z.array(Contact) })).items.map(({ subjectId }) => subjectId)

  it('reminds of the next step until the next contact about the same, or until it is marked as done', async () => {
    const first = await carried()
    const second = await carried()
    const own = await market.broker({ name: '温以宁' })
    await record(own, first, { what: '问样件', on: '2026-11-20' })
    const { id } = (await record(own, second, { what: '回访', on: '2026-11-10' })).as(Contact)
    expect(await due(own, '2026-11-30')).toEqual([second, first])
    expect(await due(own, '2026-11-15')).toEqual([second])
    expect(await due(broker, '2026-11-30')).toEqual([])
    await record(own, first, null)
    expect(await due(own, '2026-11-30')).toEqual([second])
    // Another call does nothing for what is to be done next week.
    const third = await carried()
    await record(own, third, { what: '寄方案', on: '2027-06-02' })
    await record(own, third, null)
    expect(await due(own, '2027-06-10')).toEqual([second, third])
    expect((await own.put(`/api/contacts/${id}/next-step`, 1, { isDone: true })).as(Contact).nextDoneAt).not.toBeNull()
    expect(await due(own, '2026-11-30')).toEqual([])
    await own.put(`/api/contacts/${id}/next-step`, 2, { isDone: false })
    expect(await due(own, '2026-11-30')).toEqual([second])
  })

  it('is read by whoever wrote it, the broker who carries the case, and the operator', async () => {
    const demandId = await carried()
    const other = await market.broker({ name: '温以宁' })
    await record(other, demandId, null)
    const read = async (by: Client) => (await by.get(`/api/contacts?subjectId=${demandId}`)).text
    for (const by of [other, broker, market.operator]) expect(await read(by)).toContain('样件下周寄出')
    expect(await read(await market.broker({ name: '祁望' }))).not.toContain('样件')
    for (const by of [enterprise, shenYue, market.visitor]) expect(await read(by)).not.toContain('样件')
  })

  it('is corrected, but not turned to something else, and holds no day to come', async () => {
    const { id } = (await record(broker, enterprise.id, null)).as(Contact)
    expect((await broker.patch(`/api/contacts/${id}`, 1, { result: 'interested' })).as(Contact).result).toBe('interested')
    refused(await broker.patch(`/api/contacts/${id}`, 1, { result: 'reached' }), 'version-differs')
    refused(await broker.patch(`/api/contacts/${id}`, 2, { subjectId: shenYue.id }), 'invalid-input')
    expect((await broker.post('/api/contacts', { ...call, subjectId: enterprise.id, on: '2030-01-01', next: null })).status).toBe(422)
    expect((await record(broker, `dem_${'a'.repeat(20)}`, null)).status).toBe(422)
  })
})
