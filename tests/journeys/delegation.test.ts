import { beforeEach, describe, expect, it } from 'vitest'
import type { Rank } from '../../src/accounts/account.ts'
import { Delegation, InstitutionRequest } from '../../src/engagements/delegation.ts'
import { InterestView } from '../../src/engagements/interest.ts'
import { MadeInvitation } from '../../src/engagements/invitation.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { z } from '../../src/platform/schema.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { installations } from '../worlds.ts'
import type { Browser } from './browser.ts'
import { casting, fixture, welding } from './fixtures.ts'
import { type Client, faultsOf, refused } from './market.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

const phones = { office: '13900000001', shen: '13900000002', liu: '13900000003' }
const items = <Noun extends z.ZodType>(noun: Noun) => z.object({ items: z.array(noun) })
const luo = { name: '罗采薇', phone: '13800000002', email: null }

describe.each(installations)('requests to an institution, on %s', (name) => {
  let market: SignInMarket
  let enterprise: Client
  let institution: Client
  let broker: Client
  let office: Browser
  let shen: Client
  let liu: Client
  let offeringId: string
  let demandId: string

  beforeEach(async () => {
    market = await openSignInMarket(name)
    enterprise = await market.enterprise({ name: '众砺重工有限公司' })
    institution = await market.institution({ name: '砺州理工大学' })
    broker = await market.broker({ name: '苏怀瑾' })
    const affiliations = [{ institutionId: institution.id, department: null, post: null }]
    shen = await market.expert({ name: '沈砚秋', field: '焊接变形控制', affiliations, consent: true })
    liu = await market.expert({ name: '柳见山', field: '铸造', affiliations, consent: true })
    for (const { id } of [shen, liu]) await market.claim(id)
    offeringId = (await market.offer(institution, fixture)).id
    demandId = (await market.publish(enterprise, welding)).id
    await market.operator.post(`/api/demands/${demandId}/assignment`, { brokerId: broker.id })
    office = await signedIn('office', 'institution', institution.id, 'transfer-office')
  })

  async function signedIn(who: keyof typeof phones, role: 'institution' | 'expert', id: string, rank?: Rank): Promise<Browser> {
    await market.admit(phones[who], role, id, rank)
    const own = market.browser()
    await market.signIn(own, phones[who])
    return own
  }
  const asked = async (supplyId = offeringId, about = demandId) => {
    const body = { demandId: about, supplyId, note: '多大的箱形梁用过', contact: luo }
    return (await enterprise.post('/api/interests', body)).as(InterestView).id
  }
  const requests = async (done = 'no') => (await institution.get(`/api/requests?done=${done}`)).as(items(InstitutionRequest)).items
  const delegate = (requestIds: string[], to: string, by = institution) =>
    by.post('/api/delegations', { requestIds, to, note: '您最合适，请本周回话', until: '2026-12-01' })
  const made = async (...with_: Parameters<typeof delegate>) => (await delegate(...with_)).as(items(Delegation)).items[0]!
  const yes = { answer: 'accepted', contact: { name: '沈砚秋', phone: phones.shen, email: null } }

  it('stand in one list: of its results, its people, itself, by firms and brokers', async () => {
    const ids = [await asked(), await asked(shen.id)]
    const body = { demandId, supplyId: institution.id, note: '请贵校看看' }
    ids.push((await broker.post('/api/invitations', body)).as(MadeInvitation).id)
    // What its own people ask, and what others are asked, is none of these.
    const other = (await market.publish(enterprise, casting)).id
    await liu.post('/api/interests', { demandId: other, supplyId: liu.id, note: null, contact: null })
    const stranger = await market.expert({ name: '鲁砚' })
    await enterprise.post('/api/interests', { demandId, supplyId: stranger.id, note: null, contact: null })
    expect((await requests()).map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    const { html } = await office.get('/requests')
    for (const text of ['多大的箱形梁用过', '请贵校看看', '沈砚秋', '企业来询', '技术经理人邀请', '待处理']) expect(html).toContain(text)
  })

  it('go to one of its people, who answers for it in his inbox; both then know how to reach each other', async () => {
    const id = await asked()
    const own = await signedIn('shen', 'expert', shen.id)
    expect((await own.get('/inbox')).html).not.toContain(id)
    const fields = { request: id, to: shen.id, note: '您最合适', until: '2026-12-01' }
    const sent = await office.post('/requests/delegation', fields)
    expect(sent.status).toBe(303)
    const list = await office.get(sent.location)
    for (const text of ['已把 1 项请求分派给沈砚秋', '已分派', '您最合适', '希望2026年12月1日前答复']) expect(list.html).toContain(text)
    const inbox = await own.get('/inbox')
    for (const text of ['砺州理工大学请您代为答复', '您最合适', `value="${id}"`]) expect(inbox.html).toContain(text)
    const pair = `/pairings/${demandId}/${offeringId}`
    expect((await own.get(pair)).html).not.toContain(`${pair}/refusal"`)
    const answer = { id, answer: 'accepted', name: '沈砚秋', phone: phones.shen }
    expect((await own.post(`${pair}/interest/answer`, answer)).status).toBe(303)
    expect((await own.get(pair)).html).toContain(luo.phone)
    expect((await enterprise.get(`/api/interests/${id}`)).as(InterestView)).toMatchObject({
      state: 'accepted',
      answererContact: { name: '沈砚秋' },
    })
    expect(await requests()).toEqual([])
    expect(await requests('yes')).toMatchObject([{ id, state: 'accepted', delegation: { to: shen.id, state: 'answered' } }])
    expect((await office.get('/requests?state=done')).html).toContain('愿意洽谈')
    const { delegation } = (await requests('yes'))[0]!
    const entries = await entriesAbout(market.ports.database, delegation!.id)
    expect(entries.map(({ kind }) => kind)).toEqual(['delegation.made', 'delegation.answered'])
    expect(JSON.stringify(entries)).not.toContain('您最合适')
    refused(await delegate([id], liu.id), 'not-allowed-now')
  })

  it('are taken back, handed to another, and each of it undone', async () => {
    const id = await asked()
    const first = await made([id], shen.id)
    expect(await made([id], liu.id)).toMatchObject({ id: first.id, to: liu.id, former: { to: shen.id } })
    refused(await shen.get(`/api/interests/${id}`), 'not-found')
    refused(await shen.post(`/api/interests/${id}/answer`, yes), 'not-found')
    const undo = (version: number) => institution.post('/api/delegations/undoings', { delegations: [{ id: first.id, version }] })
    expect((await undo(2)).as(items(Delegation)).items).toMatchObject([{ to: shen.id, state: 'standing' }])
    refused(await undo(2), 'changed-meanwhile')
    expect((await shen.get(`/api/interests/${id}`)).status).toBe(200)
    const ended = await office.post('/requests/delegation/ending', { id: first.id })
    refused(await shen.get(`/api/interests/${id}`), 'not-found')
    const said = await office.get(ended.location)
    expect(said.html).toContain('已收回')
    const [, seen = ''] = /name="seen" value="(dlg_\w+:\d+)"/.exec(said.html)!
    await office.post('/requests/delegation/undoing', { seen })
    expect(await requests()).toMatchObject([{ id, state: 'delegated', delegation: { to: shen.id, note: '您最合适，请本周回话' } }])
    // The office may answer itself, whoever has it.
    await institution.post(`/api/interests/${id}/answer`, yes)
    expect((await shen.get('/api/delegations')).as(pageOf(Delegation)).items).toMatchObject([{ state: 'answered', former: null }])
    refused(await institution.post(`/api/delegations/${first.id}/ending`), 'not-allowed-now')
  })

  it('go several to one person, all or none', async () => {
    const other = (await market.publish(enterprise, casting)).id
    const [one, two] = [await asked(), await asked(offeringId, other)]
    const gone = `int_${'a'.repeat(20)}`
    refused(await delegate([one, gone], shen.id), 'not-found')
    expect((await requests()).every(({ state }) => state === 'open')).toBe(true)
    expect((await delegate([one, two], shen.id)).as(items(Delegation)).items).toHaveLength(2)
    const none = await office.post('/requests/delegation', { to: shen.id, note: '请看看', until: '' })
    expect(none.status).toBe(422)
    expect(none.html).toContain('请先勾选要分派的请求')
    expect(none.html).toContain('请看看')
    const slip = await office.post('/requests/delegation', { request: one, to: '', note: '', until: '2026-01-01' })
    expect(slip.status).toBe(422)
    expect(slip.html).toMatch(new RegExp(`value="${one}"[^>]*checked`))
  })

  it('by a broker are answered by whom they were handed to, and the office answers those to its people', async () => {
    const invite = async (supplyId: string) =>
      (await broker.post('/api/invitations', { demandId, supplyId, note: null })).as(MadeInvitation).id
    const id = await invite(institution.id)
    await made([id], shen.id)
    const own = await signedIn('shen', 'expert', shen.id)
    expect((await own.get('/inbox')).html).toContain(`/inbox/invitations/${id}`)
    expect((await own.post(`/inbox/invitations/${id}`, { answer: 'talk', name: '沈砚秋', phone: phones.shen })).status).toBe(303)
    expect(await requests('yes')).toMatchObject([{ id, state: 'accepted', delegation: { state: 'answered' } }])
    const toLiu = await invite(liu.id)
    expect((await office.post(`/requests/${toLiu}`, { answer: 'decline', code: '', why: '' })).status).toBe(422)
    expect((await office.post(`/requests/${toLiu}`, { answer: 'decline', code: 'time', why: '' })).status).toBe(303)
    expect((await requests('yes')).find((each) => each.id === toLiu)).toMatchObject({ state: 'declined' })
  })

  it('are handed on by the office alone, to its own people, and to nobody who is not there', async () => {
    const id = await asked()
    const unclaimed = await market.expert({ name: '鲁砚', affiliations: [{ institutionId: institution.id, department: null, post: null }] })
    const stranger = await market.expert({ name: '闻一舟' })
    await market.claim(stranger.id)
    for (const to of [unclaimed.id, stranger.id]) expect(faultsOf(await delegate([id], to))).toEqual({ '/to': 'unknown-reference' })
    const rival = await market.institution({ name: '河西科技学院' })
    const ours = await market.expert({ name: '白露', affiliations: [{ institutionId: rival.id, department: null, post: null }] })
    await market.claim(ours.id)
    refused(await delegate([id], ours.id, rival), 'not-found')
    for (const by of [enterprise, shen, broker, market.operator]) refused(await delegate([id], shen.id, by), 'not-found')
    for (const [at, rank] of (['viewer', 'lab-head', 'expert'] as const).entries()) {
      const member = await market.member(`1390000010${at}`, 'institution', institution.id, rank)
      refused(await delegate([id], shen.id, member), 'not-permitted')
      expect((await member.get('/api/requests')).status).toBe(200)
    }
    const { id: delegationId } = await made([id], shen.id)
    for (const by of [liu, rival, enterprise]) refused(await by.get(`/api/delegations/${delegationId}`), 'not-found')
    for (const by of [liu, stranger, rival]) refused(await by.post(`/api/interests/${id}/answer`, yes), 'not-found')
    refused(await shen.post(`/api/delegations/${delegationId}/ending`), 'not-permitted')
    // He answers the question, and speaks for the result in nothing else.
    const refusal = { demandId, supplyId: offeringId, code: 'time', note: null, isReleased: false }
    refused(await shen.post('/api/refusals', refusal), 'not-permitted')
    refused(await shen.get('/api/requests'), 'not-permitted')
    expect((await office.get('/requests')).status).toBe(200)
  })
})
