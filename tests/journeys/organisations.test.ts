import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { knownActor } from '../../src/accounts/actions/known-actor.ts'
import { membersOf } from '../../src/accounts/store.ts'
import { Demand } from '../../src/demands/demand.ts'
import { Enterprise } from '../../src/directory/enterprise.ts'
import { ExpertView } from '../../src/directory/expert.ts'
import { Verification } from '../../src/directory/verification.ts'
import { Claim } from '../../src/organisations/claim.ts'
import { Merger } from '../../src/organisations/merger.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { fixture, welding } from './fixtures.ts'
import { type Client, faultsOf, type Market, openMarket, refused } from './market.ts'

const Latest = z.object({ verification: Verification.nullable() })
const soundCode = '91999901MA00000A9T'

let market: Market
beforeAll(async () => {
  market = await openMarket()
})

describe('the verification of an organisation', () => {
  const request = async (client: Client, note: string | null = null) =>
    (await client.post(`/api/organisations/${client.id}/verification`, { note })).as(Verification)
  const decide = (id: string, verdict: string, reason: string | null = null) =>
    market.operator.post(`/api/verifications/${id}/decision`, { verdict, reason })
  const isVerified = async ({ id }: Client) => (await knownActor(market.ports, 'enterprise', id)).isVerified

  it('is asked for by the organisation, decided by the operator, and then it stands', async () => {
    const firm = await market.enterprise({ name: '众砺重工有限公司', creditCode: soundCode })
    expect(await isVerified(firm)).toBe(false)
    const { id, state, codeCheck } = await request(firm, '营业执照见附件')
    expect([state, codeCheck]).toEqual(['requested', 'sound'])
    const decided = (await decide(id, 'grant')).as(Verification)
    expect(decided).toMatchObject({ state: 'granted', decidedBy: market.operator.id, decidedAt: expect.any(String) })
    expect(await isVerified(firm)).toBe(true)
    expect((await firm.get(`/api/organisations/${firm.id}/verification`)).as(Latest).verification?.state).toBe('granted')
  })

  it('needs a reason where the code does not check, or is not there', async () => {
    for (const creditCode of ['91999901MA00000A00', null]) {
      const firm = await market.enterprise({ name: '北塬机械有限公司', creditCode })
      const { id } = await request(firm)
      expect(refused(await decide(id, 'grant'), 'invalid-input').errors).toEqual([
        expect.objectContaining({ pointer: '/reason', code: 'required' }),
      ])
      const { reason } = (await decide(id, 'grant', '已电话核对')).as(Verification)
      expect(reason).toBe('已电话核对')
      const [, granted] = await entriesAbout(market.ports.database, id)
      expect(granted).toMatchObject({ kind: 'verification.granted', facts: { isOverride: true } })
    }
  })

  it('needs a reason for a no, after which it can be asked for again', async () => {
    const firm = await market.enterprise({ name: '北塬机械有限公司', creditCode: soundCode })
    const { id } = await request(firm)
    refused(await firm.post(`/api/organisations/${firm.id}/verification`, { note: null }), 'not-allowed-now')
    refused(await decide(id, 'refuse'), 'invalid-input')
    expect((await decide(id, 'refuse', '查无此号')).as(Verification).state).toBe('refused')
    expect(await isVerified(firm)).toBe(false)
    expect((await request(firm)).id).not.toBe(id)
  })

  it('ends with the name or the code that was verified, and when it is revoked', async () => {
    const firm = await market.enterprise({ name: '众砺重工有限公司', creditCode: soundCode })
    const { id } = await request(firm)
    await decide(id, 'grant')
    await firm.patch(`/api/enterprises/${firm.id}`, 1, { name: '砺州市人民医院' })
    expect(await isVerified(firm)).toBe(false)
    await firm.patch(`/api/enterprises/${firm.id}`, 2, { name: '众砺重工有限公司' })
    expect(await isVerified(firm)).toBe(true)
    refused(await decide(id, 'revoke'), 'invalid-input')
    await decide(id, 'revoke', '证照已吊销')
    expect(await isVerified(firm)).toBe(false)
  })

  it('is withdrawn by whoever asked, and by nobody else', async () => {
    const firm = await market.enterprise({ name: '众砺重工有限公司' })
    const { id } = await request(firm)
    const other = await market.enterprise({ name: '北塬机械有限公司' })
    refused(await other.post(`/api/verifications/${id}/withdrawal`), 'not-found')
    expect((await firm.post(`/api/verifications/${id}/withdrawal`)).as(Verification).state).toBe('withdrawn')
    refused(await decide(id, 'grant'), 'not-allowed-now')
  })
})

describe('a claim', () => {
  it('makes an expert’s profile his own once it is granted', async () => {
    const institution = await market.institution({ name: '砺州理工大学' })
    const { id } = await market.expert({ name: '沈岳', affiliations: [{ institutionId: institution.id, department: null, post: null }] })
    const person = await market.person('13900139001')
    const ask = (agreesTo: string[]) => market.visitor.post('/api/claims', { subjectId: id, note: '学校主页可查', agreesTo }, person)
    expect(faultsOf(await ask([]))).toEqual({ '/agreesTo': 'consent-required' })
    expect(faultsOf(await ask(['proposal']))).toEqual({ '/agreesTo': 'consent-required' })
    const claim = (await ask(['profile', 'proposal'])).as(Claim)
    expect((await market.visitor.get(`/api/experts/${id}`, person)).as(ExpertView).isMasked).toBe(true)
    const stranger = await market.institution({ name: '河西科技学院' })
    refused(await stranger.post(`/api/claims/${claim.id}/decision`, { verdict: 'grant', reason: null }), 'not-found')
    const granted = await institution.post(`/api/claims/${claim.id}/decision`, { verdict: 'grant', reason: null })
    expect(granted.as(Claim)).toMatchObject({ state: 'granted', decidedBy: institution.id })
    expect((await market.visitor.get(`/api/experts/${id}`, person)).as(ExpertView)).toMatchObject({ isMasked: false, claimed: true })
    expect(await membersOf(market.ports.database, id)).toMatchObject([{ role: 'expert', rank: 'owner', accountId: claim.accountId }])
  })

  it('is told to whoever answers for the profile with as much of a number as tells people apart', async () => {
    const firm = await market.enterprise({ name: '众砺重工有限公司' })
    const person = await market.person('13900139002')
    await market.visitor.post('/api/claims', { subjectId: firm.id, note: null }, person)
    const answer = await firm.get(`/api/claims?subjectId=${firm.id}`)
    expect(answer.text).toContain('139****9002')
    expect(answer.text).not.toContain('13900139002')
    const stranger = await market.enterprise({ name: '北塬机械有限公司' })
    refused(await stranger.get(`/api/claims?subjectId=${firm.id}`), 'not-permitted')
    const another = await market.person('13900139003')
    expect((await market.visitor.get('/api/claims', another)).text).not.toContain(firm.id)
  })

  it('is refused with a reason, and taken back by its maker alone', async () => {
    const firm = await market.enterprise({ name: '众砺重工有限公司' })
    const person = await market.person('13900139004')
    const claim = async () => (await market.visitor.post('/api/claims', { subjectId: firm.id, note: null }, person)).as(Claim)
    const first = await claim()
    refused(await market.visitor.post('/api/claims', { subjectId: firm.id, note: null }, person), 'not-allowed-now')
    refused(await market.operator.post(`/api/claims/${first.id}/decision`, { verdict: 'refuse', reason: null }), 'invalid-input')
    await market.operator.post(`/api/claims/${first.id}/decision`, { verdict: 'refuse', reason: '不是本单位的人' })
    const second = await claim()
    const other = await market.person('13900139005')
    refused(await market.visitor.post(`/api/claims/${second.id}/withdrawal`, undefined, other), 'not-found')
    expect((await market.visitor.post(`/api/claims/${second.id}/withdrawal`, undefined, person)).as(Claim).state).toBe('withdrawn')
    expect(await membersOf(market.ports.database, firm.id)).toEqual([])
  })
})

describe('a merger', () => {
  const twins = async () => {
    const from = await market.enterprise({ name: '众砺重工', creditCode: soundCode, products: ['行车'] })
    const into = await market.enterprise({ name: '众砺重工有限公司', summary: '做起重机' })
    return { from, into }
  }
  const merge = (from: Client, into: Client) => market.operator.post('/api/mergers', { fromId: from.id, intoId: into.id, reason: '同一家' })

  it('gives what belongs to the duplicate to the other one, and takes it back when undone', async () => {
    const { from, into } = await twins()
    const demand = await market.publish(from, welding)
    const offering = await market.list(from, { ...fixture, ownerId: from.id })
    const owner = async () =>
      (await market.operator.get(`/api/demands/${demand.id}`)).as(Demand.pick({ enterpriseId: true }).loose()).enterpriseId
    const merger = (await merge(from, into)).as(Merger)
    expect(merger.moved.sort()).toEqual([demand.id, offering.id].sort())
    expect(await owner()).toBe(into.id)
    refused(await market.visitor.get(`/api/enterprises/${from.id}`), 'not-found')
    const kept = (await market.visitor.get(`/api/enterprises/${into.id}`)).as(Enterprise)
    expect(kept).toMatchObject({ name: '众砺重工有限公司', summary: '做起重机', creditCode: soundCode, products: ['行车'] })
    expect((await market.operator.post(`/api/mergers/${merger.id}/undoing`)).as(Merger).state).toBe('undone')
    expect(await owner()).toBe(from.id)
    expect((await market.visitor.get(`/api/enterprises/${from.id}`)).status).toBe(200)
    expect((await market.visitor.get(`/api/enterprises/${into.id}`)).as(Enterprise)).toMatchObject({
      summary: '做起重机',
      creditCode: null,
      products: [],
    })
    refused(await market.operator.post(`/api/mergers/${merger.id}/undoing`), 'not-allowed-now')
  })

  it('leaves with the other one what came to it since, or changed hands again', async () => {
    const { from, into } = await twins()
    const old = await market.draft(from, welding)
    const merger = (await merge(from, into)).as(Merger)
    const recent = await market.draft(into, welding)
    await market.operator.post(`/api/mergers/${merger.id}/undoing`)
    const ownerOf = async (id: string) =>
      (await market.operator.get(`/api/demands/${id}`)).as(Demand.pick({ enterpriseId: true }).loose()).enterpriseId
    expect([await ownerOf(old.id), await ownerOf(recent.id)]).toEqual([from.id, into.id])
  })

  it('joins two of one kind only, neither of them merged before', async () => {
    const { from, into } = await twins()
    const other = await market.institution({ name: '砺州理工大学' })
    for (const wrong of [from, other]) refused(await merge(from, wrong), 'invalid-input')
    await merge(from, into)
    refused(await merge(from, into), 'not-allowed-now')
    const third = await market.enterprise({ name: '众砺集团' })
    refused(await merge(third, from), 'invalid-input')
  })

  it('shows on the desk of whom, into whom and how much, before it is done; a slip keeps what was written', async () => {
    const { from, into } = await twins()
    await market.draft(from, welding)
    const headers = { authorization: `Bearer ${market.operator.secret}`, origin: 'http://market.example', accept: 'text/html' }
    const post = async (path: string, form: Record<string, string>) => {
      const answer = await market.app.request(`http://market.example${path}`, { method: 'POST', headers, body: new URLSearchParams(form) })
      return { status: answer.status, html: await answer.text() }
    }
    const form = { fromId: ` ${from.id}`, intoId: into.id, mergeReason: '同一家' }
    const slip = await post('/desk/mergers/preview', { ...form, intoId: 'ent_nobody' })
    expect([slip.status, slip.html]).toEqual([422, expect.stringContaining('没有找到这个编号')])
    expect(slip.html).toContain('同一家')
    expect((await post('/desk/mergers/preview', { ...form, mergeReason: '' })).html).toContain('id="mergeReason-error"')
    const shown = await post('/desk/mergers/preview', form)
    expect([shown.status, shown.html]).toEqual([200, expect.stringMatching(/众砺重工（[\s\S]*众砺重工有限公司（[\s\S]*<dd>1<\/dd>/)])
    expect((await market.visitor.get(`/api/enterprises/${from.id}`)).status, 'nothing has happened yet').toBe(200)
    expect((await post('/desk/mergers', form)).status).toBe(303)
    refused(await market.visitor.get(`/api/enterprises/${from.id}`), 'not-found')
    const desk = await market.app.request('http://market.example/desk', { headers })
    expect(await desk.text()).toContain('众砺重工 → 众砺重工有限公司')
  })
})
