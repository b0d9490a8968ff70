import { beforeEach, describe, expect, it } from 'vitest'
import { ExpertView } from '../../src/directory/expert.ts'
import { Verification } from '../../src/directory/verification.ts'
import { terms } from '../../src/disclosures/disclosure.ts'
import { Matches } from '../../src/matching/match.ts'
import { Enrolment } from '../../src/organisations/enrolment.ts'
import { z } from '../../src/platform/schema.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { installations } from '../worlds.ts'
import type { Browser } from './browser.ts'
import { welding } from './fixtures.ts'
import { type Client, faultsOf, refused } from './market.ts'
import { openSignInMarket, type SignInMarket } from './signed-in.ts'

const phone = '13900000001'
const firm = { as: 'enterprise', name: '众砺重工有限公司', back: '/demands/new' }
const person = { as: 'expert', name: '沈砚秋', field: '焊接变形控制', noInstitution: 'yes', profile: 'yes', back: '/' }

describe.each(installations)('entering the market, on %s', (name) => {
  let market: SignInMarket
  let own: Browser

  beforeEach(async () => {
    market = await openSignInMarket(name)
    own = market.browser()
    await market.signIn(own, phone)
  })

  const enter = (form: Record<string, string>, browser = own) => browser.post('/account/enrolment', form)

  it('leads an enterprise from the form that it may not use yet to its first demand', async () => {
    const refused = await own.get('/demands/new?title=%E8%96%84%E6%9D%BF')
    const [, way] = /href="(\/account\/enrolment[^"]*)"/.exec(refused.html)!
    const form = await own.get(way!.replaceAll('&amp;', '&'))
    expect(form.html).toContain('name="back" value="/demands/new?title=%E8%96%84%E6%9D%BF"')
    const done = await enter({ ...firm, summary: '重型结构件' })
    expect([done.status, done.location]).toEqual([303, '/demands/new'])
    expect((await own.post('/demands/new', { title: welding.title })).location).toMatch(/^\/demands\/dem_/)
    expect((await own.get('/account')).html).toContain(firm.name)
    // Nobody has verified it.
    expect((await own.get('/account/verification')).status).toBe(200)
  })

  it('leads an expert from a public demand, through signing in and entering, to an interest', async () => {
    const enterprise = await market.enterprise({ name: '铸东机械有限公司' })
    const { id } = await market.publish(enterprise, welding)
    const visitor = market.browser()
    expect((await visitor.get(`/demands/${id}`)).html).toContain(`href="/pairings/${id}/own"`)
    const first = await visitor.get(`/pairings/${id}/own`)
    const second = await visitor.get(first.location)
    expect(second.location).toMatch(/^\/sign-in\?back=/)
    expect(new URL(second.location, 'http://here').searchParams.get('back')).toBe(first.location)
    await market.signIn(visitor, '13900000002')
    const form = await visitor.get(first.location)
    expect(form.html).toContain(`name="back" value="/pairings/${id}/own"`)
    const done = await enter({ ...person, back: `/pairings/${id}/own` }, visitor)
    const pairing = (await visitor.get(done.location)).location
    expect(pairing).toMatch(/^\/pairings\/dem_\w+\/exp_\w+$/)
    // Nobody has looked whether he is who he says: what is behind an NDA stays shut.
    const secret = await market.publish(enterprise, { ...welding, title: '另一项保密的需求', visibility: 'nda', teaser: '焊接问题' })
    const accepted = await visitor.ask('POST', '/api/disclosures', { subjectId: secret.id, textVersion: terms.version })
    expect(accepted.status).toBe(403)
    // He has not agreed to be proposed, and asks himself.
    const asked = await visitor.post(`${pairing}/interest`, { name: '沈砚秋', phone: '13900000002', note: '做过同类工装' })
    expect([asked.status, asked.location]).toEqual([303, pairing])
  })

  it('is one for two presses, and one of a kind for an account', async () => {
    const once = market.ports.newId('salt')
    const first = await enter({ ...firm, once })
    expect(await enter({ ...firm, once })).toMatchObject({ status: 303, location: first.location })
    const again = await enter({ ...firm, name: '另一家公司' })
    expect(again.status).toBe(409)
    expect(again.html).toContain('另一家公司')
    expect(JSON.parse((await market.operator.get('/api/enterprises')).text).items).toHaveLength(1)
  })

  it('points to a firm that is there, and to a person of that name, instead of registering them twice', async () => {
    const known = await market.enterprise({ name: '众砺重工有限公司', creditCode: '91350211M000100Y43' })
    const refused = await enter(firm)
    expect(refused.status).toBe(422)
    expect(refused.html).toContain(`/claims/new/${known.id}`)
    expect(refused.html).toContain(`value="${firm.name}"`)
    expect((await enter({ ...firm, name: '别的名字', creditCode: '91350211m000100y43' })).html).toContain(`/claims/new/${known.id}`)

    const institution = await market.institution({ name: '砺州理工大学' })
    const { id } = await market.expert({
      name: '沈砚秋',
      field: '焊接',
      affiliations: [{ institutionId: institution.id, department: null, post: null }],
    })
    const { noInstitution: _, ...atWork } = person
    const called = await enter({ ...atWork, institution: '砺州理工大学' })
    expect(called.status).toBe(422)
    expect(called.html).toContain(`/claims/new/${id}`)
    expect(called.html).toContain('砺州理工大学 · 焊接')
    expect((await enter({ ...atWork, isNew: 'yes', institution: '砺州理工大学' })).status).toBe(303)
  })

  it('tells nothing of a person to whoever knows the name alone', async () => {
    const [institution, faculty, elsewhere] = [
      await market.institution({ name: '砺州理工大学' }),
      await market.institution({ name: '砺州理工大学材料学院' }),
      await market.institution({ name: '东岭焊接研究所' }),
    ]
    const { version } = JSON.parse((await market.operator.get(`/api/institutions/${faculty.id}`)).text)
    await market.operator.patch(`/api/institutions/${faculty.id}`, version, { parentId: institution.id })
    const { id } = await market.expert({
      name: person.name,
      field: '搅拌摩擦焊',
      affiliations: [{ institutionId: faculty.id, department: null, post: null }],
    })
    const { noInstitution: _, ...atWork } = person
    const silent = await enter(atWork)
    expect([silent.status, silent.html.includes('请填写所在机构')]).toEqual([422, true])
    for (const told of [id, '砺州理工大学材料学院 · ', '搅拌摩擦焊']) expect(silent.html).not.toContain(told)
    const ask = (institutionId: string | null) =>
      own.ask('POST', '/api/enrolments', {
        as: 'expert',
        name: person.name,
        institutionId,
        field: '焊接',
        agreesTo: ['profile'],
        isNew: false,
      })
    // Whoever works in the house is told, at whichever of its units the profile is.
    const known = await ask(institution.id)
    expect([known.status, known.html.includes(id)]).toEqual([409, true])
    const other = await market.browser()
    await market.signIn(other, '13900000003')
    expect((await other.post('/account/enrolment', { ...atWork, institution: elsewhere.id })).html).toContain('名录里没有这个机构')
    expect((await other.post('/account/enrolment', { ...atWork, institution: '东岭焊接研究所' })).status).toBe(303)
    expect((await ask(null)).status).toBe(201)
  })

  it('says at the field what is missing, and keeps what was written', async () => {
    expect((await enter({ as: 'enterprise', name: '' })).html).toContain('必填')
    const { noInstitution: _, ...atWork } = person
    const unknown = await enter({ ...atWork, institution: '不存在的大学' })
    expect(unknown.status).toBe(422)
    expect(unknown.html).toContain('名录里没有这个机构')
    expect(unknown.html).toContain('value="不存在的大学"')
    const { profile: __, ...silent } = person
    expect((await enter(silent)).html).toContain('需要您同意')
    expect((await own.get('/account')).html).toContain('没有关联')
  })

  it('leads nowhere else, and is for those who are signed in', async () => {
    expect((await enter({ ...firm, back: 'https://elsewhere.example/' })).location).toBe('/')
    expect((await market.browser().get('/account/enrolment?as=expert')).location).toMatch(/^\/sign-in\?/)
    expect((await market.browser().post('/account/enrolment', firm)).status).toBe(401)
    expect((await market.operator.post('/api/enrolments', { ...firm, back: undefined })).status).toBe(422)
  })

  it('marks an enterprise that entered by itself on its page and at its demands, until it is verified', async () => {
    await enter(firm)
    const made = await own.post('/demands/new', { title: welding.title })
    const { enterpriseId } = JSON.parse((await market.operator.get(`/api${made.location}`)).text)
    const broker = await market.broker({ name: '苏怀瑾' })
    await market.operator.post(`/api${made.location}/assignment`, { brokerId: broker.id })
    const headers = { authorization: `Bearer ${broker.secret}`, cookie: 'lang=zh-CN' }
    const pages = [`/enterprises/${enterpriseId}`, made.location]
    const marked = async () =>
      Promise.all(pages.map(async (path) => (await market.browser().get(path, headers)).html.includes('自行登记，尚未核实')))
    expect(await marked()).toEqual([true, true])
    await market.verify(enterpriseId)
    expect(await marked()).toEqual([false, false])
  })

  it('is there for programs that act for a session', async () => {
    const made = await own.ask('POST', '/api/enrolments', {
      as: 'enterprise',
      name: firm.name,
      creditCode: null,
      region: null,
      summary: null,
    })
    expect(made.status).toBe(201)
    expect(Enrolment.parse(JSON.parse(made.html))).toMatchObject({ role: 'enterprise' })
  })
})

describe.each(installations)('whoever entered the market himself, on %s', (name) => {
  let market: SignInMarket
  let own: Browser
  let office: Client
  let elsewhere: Client
  const university = '砺州理工大学'

  beforeEach(async () => {
    market = await openSignInMarket(name)
    own = market.browser()
    await market.signIn(own, phone)
    office = await market.institution({ name: university })
    elsewhere = await market.institution({ name: '东岭焊接研究所' })
  })

  const proof = { email: 'shen@lzut.example', link: 'https://lzut.example/people/shen', note: '办公电话 0592-1234567' }
  const atWork = { ...person, noInstitution: '', institution: university, proposal: 'yes' }
  const enter = (form: Record<string, string>) => own.post('/account/enrolment', form)
  const requests = async (client: Client) =>
    (await client.get('/api/verifications?state=requested')).as(pageOf(z.looseObject(Verification.shape))).items
  const decide = (client: Client, id: string, verdict: string, reason: string | null) =>
    client.post(`/api/verifications/${id}/decision`, { verdict, reason })
  const asked = async (client = office) => (await requests(client))[0]!
  const profile = async (id: string, client = market.operator) => (await client.get(`/api/experts/${id}`)).as(ExpertView)

  it('asks at once to be verified, and his institution says yes with a reason', async () => {
    expect((await enter({ ...atWork, ...proof })).status).toBe(303)
    const { id, subjectId, ...request } = await asked()
    expect(request).toMatchObject({ ...proof, name: person.name, institutionIds: [office.id], state: 'requested' })
    expect(await requests(market.operator)).toHaveLength(1)
    expect(await requests(elsewhere)).toEqual([])
    expect((await own.get('/account/verification')).html).toContain('等待答复')
    // Nobody but his institution and the operator answers.
    refused(await decide(elsewhere, id, 'grant', '认识'), 'not-found')
    const enterprise = await market.enterprise({ name: '铸东机械有限公司' })
    refused(await decide(enterprise, id, 'grant', '认识'), 'not-found')
    expect(faultsOf(await decide(office, id, 'grant', null))).toEqual({ '/reason': 'required' })
    const secret = await market.publish(enterprise, { ...welding, visibility: 'nda', teaser: '焊接问题' })
    const accept = () => own.ask('POST', '/api/disclosures', { subjectId: secret.id, textVersion: terms.version })
    expect((await accept()).status).toBe(403)
    expect((await decide(office, id, 'grant', '在职教师，已回信')).as(Verification)).toMatchObject({
      state: 'granted',
      decidedBy: office.id,
    })
    expect(await profile(subjectId)).toMatchObject({ enrolled: 'verified' })
    expect((await own.get('/account/verification')).html).toContain('已核实')
    expect((await accept()).status).toBe(201)
    refused(await office.post(`/api/experts/${subjectId}/verification`, { note: null }), 'not-permitted')
    expect((await own.ask('POST', `/api/experts/${subjectId}/verification`, { note: null })).status).toBe(409)
  })

  it('is marked until then, wherever enterprises and brokers see him', async () => {
    await enter(atWork)
    const mark = '本人登记，尚未核实'
    const enterprise = await market.enterprise({ name: '铸东机械有限公司' })
    const broker = await market.broker({ name: '苏怀瑾' })
    const demand = await market.publish(enterprise, welding)
    const { items } = JSON.parse((await market.operator.get('/api/experts')).text)
    const { id, enrolled } = items.find((each: { name: string }) => each.name === person.name)
    expect(enrolled).toBe('unverified')
    await market.settle()
    const page = async (client: Client, path: string) =>
      (await market.browser().get(path, { authorization: `Bearer ${client.secret}`, cookie: 'lang=zh-CN' })).html
    for (const client of [enterprise, broker]) {
      expect(await page(client, `/experts/${id}`)).toContain(mark)
      expect(await page(client, '/experts')).toContain(mark)
    }
    const matches = (await enterprise.get(`/api/demands/${demand.id}/matches?kind=expert`)).as(Matches).items
    expect(matches.find(({ subject }) => subject.id === id)?.subject).toMatchObject({ enrolled: 'unverified' })
    expect(await page(enterprise, `/demands/${demand.id}/matches?kind=expert`)).toContain(mark)
    expect(await page(enterprise, `/pairings/${demand.id}/${id}`)).toContain(mark)
    await own.post('/account/verification', { note: '办公电话' })
    await decide(office, (await asked()).id, 'grant', '在职')
    for (const path of [`/experts/${id}`, '/experts', `/pairings/${demand.id}/${id}`])
      expect(await page(enterprise, path)).not.toContain(mark)
  })

  it('is refused with a reason that he reads, and asks again; who says otherwise of himself is asked about anew', async () => {
    await enter(atWork)
    expect((await own.get('/account/verification')).html).toContain('还没有申请核实')
    const wrong = await own.post('/account/verification', { email: 'shen@', note: '办公电话' })
    expect([wrong.status, wrong.html.includes('请填写完整的邮箱地址'), wrong.html.includes('办公电话')]).toEqual([422, true, true])
    expect((await own.post('/account/verification', { note: '办公电话' })).status).toBe(303)
    const desk = async (client: Client) =>
      (await market.browser().get('/desk', { authorization: `Bearer ${client.secret}`, cookie: 'lang=zh-CN' })).html
    market.pass(3 * 86_400)
    for (const client of [office, market.operator])
      for (const shown of [person.name, '办公电话', '已等 3 天']) expect(await desk(client)).toContain(shown)
    expect(await desk(elsewhere)).not.toContain(person.name)
    const first = await asked()
    await decide(office, first.id, 'refuse', '查无此人')
    expect((await own.get('/account/verification')).html).toContain('查无此人')
    await own.post('/account/verification', proof)
    const second = await asked()
    const himself = await market.client('expert', second.subjectId)
    const rename = async (change: object) =>
      himself.patch(`/api/experts/${second.subjectId}`, (await profile(second.subjectId)).version, change)
    const there = (...ids: string[]) => ({ affiliations: ids.map((institutionId) => ({ institutionId, department: null, post: null })) })
    expect((await rename(there(office.id, elsewhere.id))).status).toBe(200)
    expect(refused(await decide(market.operator, second.id, 'grant', '已回信'), 'not-allowed-now').detail).toContain('改过')
    expect(await desk(market.operator)).toContain('不能按这份申请通过')
    await rename(there(office.id))
    await decide(market.operator, second.id, 'grant', '已回信')
    expect(await profile(second.subjectId)).toMatchObject({ enrolled: 'verified' })
    await rename({ summary: '做焊接变形控制二十年。' })
    expect(await profile(second.subjectId)).toMatchObject({ enrolled: 'verified' })
    await rename({ name: '欧冶川' })
    expect(await profile(second.subjectId)).toMatchObject({ enrolled: 'unverified' })
    expect((await own.get('/account/verification')).html).toContain('请重新申请')
    expect((await own.post('/account/verification', proof)).status).toBe(303)
    const third = await asked()
    await decide(office, third.id, 'grant', '改名属实')
    await decide(office, third.id, 'revoke', '已离职')
    expect(await profile(third.subjectId)).toMatchObject({ enrolled: 'unverified' })
  })

  it('takes with it what he showed when he is erased, and gives it out when he asks', async () => {
    await enter({ ...atWork, ...proof })
    const { id, subjectId } = await asked()
    expect((await market.operator.get(`/api/persons/${subjectId}`)).text).toContain(proof.email)
    await market.operator.post(`/api/persons/${subjectId}/erasure`, { reason: 'request' })
    const left = await market.ports.database.query.selectFrom('revision').select('body').where('subject_id', '=', id).execute()
    expect(left.map(({ body }) => body).join()).not.toContain(proof.email)
    expect(await requests(market.operator)).toEqual([])
  })
})
