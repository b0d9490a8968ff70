import { beforeEach, describe, expect, it } from 'vitest'
import { Broker } from '../../src/directory/broker.ts'
import { Enterprise } from '../../src/directory/enterprise.ts'
import { Expert, ExpertView } from '../../src/directory/expert.ts'
import { Institution } from '../../src/directory/institution.ts'
import { Park } from '../../src/directory/park.ts'
import { Matches } from '../../src/matching/match.ts'
import { SearchResults } from '../../src/matching/search.ts'
import { z } from '../../src/platform/schema.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { lizhou, machinery, wanghe, welding, zhudong } from './fixtures.ts'
import { type Client, faultsOf, type Market, openMarket, refused } from './market.ts'

let market: Market
beforeEach(async () => {
  market = await openMarket()
})

const Listed = pageOf(z.looseObject({ id: z.string() }))
const idsIn = async (reader: Client, path: string) => (await reader.get(path)).as(Listed).items.map(({ id }) => id)
const search = async (reader: Client, kind: string, words: string) =>
  (await reader.get(`/api/search?kind=${kind}&q=${encodeURIComponent(words)}`)).as(SearchResults).items

const nouns = {
  enterprises: {
    noun: Enterprise,
    draft: { name: '众砺重工有限公司', products: ['箱形梁'], size: 'medium' },
    patch: { products: ['箱形梁', '行车'] },
  },
  parks: { noun: Park, draft: { name: '铸东产业园', summary: '铸造与热处理企业聚集' }, patch: { summary: null } },
  institutions: {
    noun: Institution,
    draft: { name: '砺州理工大学', kind: 'university', transferOffice: '成果转化办公室' },
    patch: { transferOffice: '技术转移中心' },
  },
  experts: {
    noun: Expert,
    draft: { name: '沈岳', source: 'institution', methods: ['有限元'], capacity: { daysPerYear: 20, maxParallel: 2, freeFrom: null } },
    patch: { capacity: { maxParallel: 3 } },
  },
  brokers: { noun: Broker, draft: { name: '鲁经理', grade: 'senior', certificateNo: 'JL-2025-0031' }, patch: { grade: null } },
} as const

describe.each(Object.entries(nouns))('%s', (path, { noun, draft, patch }) => {
  it('are registered, read, listed newest first, and amended', async () => {
    const answer = await market.operator.post(`/api/${path}`, { ...draft, region: zhudong, classification: [machinery] })
    const made = answer.as(noun)
    expect(answer.status).toBe(201)
    expect(answer.header('location')).toBe(`/api/${path}/${made.id}`)
    expect(answer.header('etag')).toBe('"1"')
    expect(made).toMatchObject({ ...draft, region: zhudong, classification: [machinery], visibility: 'public', version: 1, originId: null })

    const another = (await market.operator.post(`/api/${path}`, draft)).as(noun)
    expect(await idsIn(market.operator, `/api/${path}?limit=1`)).toEqual([another.id])
    expect(await idsIn(market.visitor, `/api/${path}`)).toEqual([another.id, made.id])

    const amended = await market.operator.patch(`/api/${path}/${made.id}`, 1, patch)
    expect(amended.header('etag')).toBe('"2"')
    expect(amended.as(noun)).toMatchObject({ ...patch, name: draft.name, version: 2 })
    expect((await market.operator.get(`/api/${path}/${made.id}`)).as(noun.loose())).toMatchObject({ ...patch, version: 2 })
    refused(await market.operator.patch(`/api/${path}/${made.id}`, 1, patch), 'version-differs')
  })

  it('are refused without what they are called', async () => {
    expect(faultsOf(await market.operator.post(`/api/${path}`, { ...draft, name: undefined }))).toEqual({ '/name': 'invalid-type' })
    expect(faultsOf(await market.operator.post(`/api/${path}`, { ...draft, name: ' ' }))).toEqual({ '/name': 'too-small' })
  })

  it.each([
    ['registered', false, true],
    ['nda', false, false],
  ])('with visibility %s are hidden from whom it does not name', async (visibility, toVisitor, toSignedIn) => {
    const { id } = (await market.operator.post(`/api/${path}`, { ...draft, visibility })).as(noun)
    const park = await market.park({ name: '柳堤工业园' })
    for (const [reader, isShown] of [
      [market.visitor, toVisitor],
      [park, toSignedIn],
      [market.operator, true],
    ] as const) {
      expect((await idsIn(reader, `/api/${path}`)).includes(id), `${reader.role} lists`).toBe(isShown)
      const answer = await reader.get(`/api/${path}/${id}`)
      if (isShown) expect(answer.status).toBe(200)
      else refused(answer, 'not-found')
      if (!isShown) refused(await reader.patch(`/api/${path}/${id}`, 1, patch), 'not-found')
    }
  })
})

describe('an expert who has not taken over the profile', () => {
  let own: Client
  let expert: Client
  const planted = /沈岳|Shen Yue|材料学院|0000-0002-1825-0097|反变形|X射线/
  beforeEach(async () => {
    own = await market.institution({ name: '砺州理工大学' })
    expert = await market.expert({
      name: '沈岳',
      nameEn: 'Shen Yue',
      orcid: '0000-0002-1825-0097',
      affiliations: [{ institutionId: own.id, department: '材料学院', post: '教授' }],
      field: '焊接变形与残余应力',
      summary: '主持箱形梁反变形工装设计，能在现场测定焊接残余应力。',
      instruments: ['X射线应力仪'],
      region: lizhou,
    })
    await market.evidence({ expertId: expert.id, kind: 'paper', title: '沈岳：箱形梁焊接反变形量的确定' })
  })

  /** Every answer that could name the person. */
  async function answersAbout(reader: Client): Promise<string> {
    const enterprise = await market.enterprise({ name: '众砺重工有限公司' })
    const { id } = await market.publish(enterprise, { title: '箱形梁焊接变形控制', problem: '焊后旁弯超差，残余应力大。' })
    await market.settle()
    const paths = [
      `/api/experts/${expert.id}`,
      `/api/experts/${expert.id}/evidence`,
      '/api/experts',
      '/api/search?kind=expert',
      '/api/search?kind=expert&q=焊接变形',
      '/api/search?kind=expert&q=沈岳',
      `/api/demands/${id}/matches?kind=expert`,
      `/api/demands/${id}/matches`,
      '/api/market',
    ]
    const answers = await Promise.all(paths.map((path) => reader.get(path)))
    for (const { status } of answers) expect(status).toBe(200)
    expect(answers[6]!.as(Matches).items.map(({ subject }) => subject.id)).toEqual([expert.id])
    return answers.map(({ text }) => text).join('\n')
  }

  it.each(['visitor', 'enterprise', 'expert', 'other institution', 'park'])('is a field at an institution to the %s', async (who) => {
    const readers: Record<string, () => Promise<Client>> = {
      visitor: async () => market.visitor,
      enterprise: () => market.enterprise({ name: '北塬机械有限公司' }),
      expert: () => market.expert({ name: '闻一舟' }),
      'other institution': () => market.institution({ name: '河西科技学院' }),
      park: () => market.park({ name: '铸东产业园' }),
    }
    // Others' expert profiles would be among the answers.
    const reader = await readers[who]!()
    const view = (await reader.get(`/api/experts/${expert.id}`)).as(ExpertView)
    expect(view).toMatchObject({
      isMasked: true,
      name: null,
      field: '焊接变形与残余应力',
      region: lizhou,
      summary: null,
      instruments: [],
      orcid: null,
    })
    expect(view.affiliations).toEqual([{ institutionId: own.id, department: null, post: null }])
    if (who !== 'expert') expect(await answersAbout(reader)).not.toMatch(planted)
    expect((await search(reader, 'expert', '沈岳')).map(({ id }) => id)).not.toContain(expert.id)
    expect(await search(reader, 'expert', '残余应力')).toMatchObject([{ id: expert.id, title: '焊接变形与残余应力', summary: null }])
  })

  it.each(['operator', 'broker', 'institution'])('is called by name to the %s', async (who) => {
    const reader = who === 'operator' ? market.operator : who === 'broker' ? await market.broker({ name: '鲁经理' }) : own
    expect((await reader.get(`/api/experts/${expert.id}`)).as(ExpertView)).toMatchObject({ isMasked: false, name: '沈岳' })
    expect((await reader.get('/api/experts')).as(pageOf(ExpertView)).items).toMatchObject([{ name: '沈岳' }])
    const enterprise = await market.enterprise({ name: '众砺重工有限公司' })
    const { id } = await market.publish(enterprise, { title: '箱形梁焊接变形控制' })
    const { items } = (await reader.get(`/api/demands/${id}/matches?kind=expert`)).as(Matches)
    expect(items[0]!.subject).toEqual({ kind: 'expert', id: expert.id, title: '沈岳', enrolled: null })
    expect(items[0]!.evidence.map(({ sentence }) => sentence).join()).toContain('反变形')
  })

  it('is taken over once, by the person or for him by the operator', async () => {
    const claim = (client: Client) => client.post(`/api/experts/${expert.id}/claim`)
    refused(await claim(market.visitor), 'not-signed-in')
    refused(await claim(own), 'not-permitted')
    const claimed = (await claim(expert)).as(Expert)
    expect(claimed).toMatchObject({ claimed: true, version: 2 })
    expect(claimed.confirmedAt).not.toBeNull()
    refused(await claim(market.operator), 'not-allowed-now')
  })

  it('is called by name to everybody once he has taken it over, but for what is his own affair', async () => {
    await own.patch(`/api/experts/${expert.id}`, 1, { minFeeFen: 3_000_000 })
    await market.claim(expert.id)
    const view = (await market.visitor.get(`/api/experts/${expert.id}`)).as(ExpertView)
    expect(view).toMatchObject({ isMasked: false, name: '沈岳', claimed: true, instruments: ['X射线应力仪'], minFeeFen: null })
    expect((await expert.get(`/api/experts/${expert.id}`)).as(ExpertView).minFeeFen).toBe(3_000_000)
    expect(await search(market.visitor, 'expert', '沈岳')).toMatchObject([{ id: expert.id, title: '沈岳' }])
  })

  it('is proposed to nobody and found by nobody once consent is withheld', async () => {
    await market.claim(expert.id)
    expect((await expert.patch(`/api/experts/${expert.id}`, 2, { consent: false })).as(Expert).consent).toBe(false)
    const enterprise = await market.enterprise({ name: '众砺重工有限公司' })
    const { id } = await market.publish(enterprise, { title: '箱形梁焊接变形控制' })
    for (const reader of [market.visitor, enterprise, own, market.operator]) {
      expect(await search(reader, 'expert', '沈岳')).toEqual([])
      expect((await reader.get(`/api/demands/${id}/matches?kind=expert`)).as(Matches).items).toEqual([])
    }
    for (const reader of [market.visitor, enterprise]) {
      refused(await reader.get(`/api/experts/${expert.id}`), 'not-found')
      expect(await idsIn(reader, '/api/experts')).toEqual([])
    }
    expect((await own.get(`/api/experts/${expert.id}`)).as(ExpertView).name).toBe('沈岳')
    expect((await expert.get(`/api/experts/${expert.id}/matches`)).as(Matches).items).toEqual([])
    expect(faultsOf(await own.patch(`/api/experts/${expert.id}`, 3, { consent: true }))).toEqual({ '/consent': 'fixed' })
    expect((await expert.patch(`/api/experts/${expert.id}`, 3, { consent: true })).as(Expert).consent).toBe(true)
  })

  it.each([
    ['registered', ['visitor']],
    ['nda', ['visitor', 'enterprise']],
  ])('stays unnamed to outsiders where the claimed profile is %s', async (visibility, outsiders) => {
    await market.claim(expert.id)
    await expert.patch(`/api/experts/${expert.id}`, 2, { visibility })
    const enterprise = await market.enterprise({ name: '众砺重工有限公司' })
    const { id } = await market.publish(enterprise, welding)
    await market.settle()
    for (const reader of [market.visitor, enterprise].filter(({ role }) => outsiders.includes(role))) {
      const paths = [
        '/api/experts',
        '/api/search?kind=expert',
        '/api/search?kind=expert&q=焊接变形',
        `/api/demands/${id}/matches?kind=expert`,
      ]
      for (const path of paths) {
        const { status, text } = await reader.get(path)
        expect(status).toBe(200)
        expect(text, `${reader.role} ${path}`).not.toMatch(/沈岳|Shen Yue|材料学院|0000-0002-1825-0097|X射线/)
      }
      refused(await reader.get(`/api/experts/${expert.id}`), 'not-found')
    }
  })
})

describe('parents and references', () => {
  const nobody = (prefix: string) => `${prefix}_${'a'.repeat(20)}`

  it('an institution answers for the units below it, and for no others', async () => {
    const university = await market.institution({ name: '砺州理工大学' })
    const school = (await university.post('/api/institutions', { name: '材料学院', kind: 'school', parentId: university.id })).as(
      Institution,
    )
    expect((await university.patch(`/api/institutions/${school.id}`, 1, { summary: '焊接与铸造' })).as(Institution).summary).toBe(
      '焊接与铸造',
    )
    const other = await market.institution({ name: '河西科技学院' })
    refused(await other.post('/api/institutions', { name: '材料学院', kind: 'school', parentId: university.id }), 'not-permitted')
    refused(await other.patch(`/api/institutions/${school.id}`, 2, { summary: null }), 'not-permitted')
    refused(await other.post('/api/institutions', { name: '新学院', kind: 'school' }), 'not-permitted')
  })

  it('no unit stands below itself', async () => {
    const { operator } = market
    const university = (await operator.post('/api/institutions', { name: '砺州理工大学', kind: 'university' })).as(Institution)
    const school = (await operator.post('/api/institutions', { name: '材料学院', kind: 'school', parentId: university.id })).as(Institution)
    expect(faultsOf(await operator.patch(`/api/institutions/${school.id}`, 1, { parentId: school.id }))).toEqual({
      '/parentId': 'below-itself',
    })
    expect(faultsOf(await operator.patch(`/api/institutions/${university.id}`, 1, { parentId: school.id }))).toEqual({
      '/parentId': 'below-itself',
    })
  })

  it('an institution registers its own people, and nobody else does', async () => {
    const university = await market.institution({ name: '砺州理工大学' })
    const draft = { name: '沈岳', source: 'institution', affiliations: [{ institutionId: university.id, department: null, post: null }] }
    expect((await university.post('/api/experts', draft)).as(Expert)).toMatchObject({ claimed: false, confirmedAt: null })
    const other = await market.institution({ name: '河西科技学院' })
    refused(await other.post('/api/experts', draft), 'not-permitted')
    refused(await university.post('/api/experts', { ...draft, affiliations: [] }), 'not-permitted')
  })

  it('a park reads its firms whole, but not the firms of another', async () => {
    const [park, other] = [await market.park({ name: '铸东产业园' }), await market.park({ name: '柳堤工业园' })]
    const { id } = (
      await park.post('/api/enterprises', { name: '众砺重工有限公司', parkId: park.id, visibility: 'nda', region: wanghe })
    ).as(Enterprise)
    expect((await park.get(`/api/enterprises/${id}`)).as(Enterprise).parkId).toBe(park.id)
    refused(await other.get(`/api/enterprises/${id}`), 'not-found')
    refused(await park.patch(`/api/enterprises/${id}`, 1, { size: 'small' }), 'not-permitted')
  })

  it('what is referred to must exist', async () => {
    const { operator } = market
    expect(faultsOf(await operator.post('/api/enterprises', { name: '众砺重工有限公司', parkId: nobody('prk') }))).toEqual({
      '/parkId': 'unknown-reference',
    })
    expect(faultsOf(await operator.post('/api/institutions', { name: '材料学院', kind: 'school', parentId: nobody('itn') }))).toEqual({
      '/parentId': 'unknown-reference',
    })
    const known = (await operator.post('/api/institutions', { name: '砺州理工大学', kind: 'university' })).as(Institution).id
    const affiliations = [known, nobody('itn')].map((institutionId) => ({ institutionId, department: null, post: null }))
    expect(faultsOf(await operator.post('/api/experts', { name: '沈岳', source: 'institution', affiliations }))).toEqual({
      '/affiliations/1/institutionId': 'unknown-reference',
    })
    const { id } = (await operator.post('/api/experts', { name: '沈岳', source: 'institution' })).as(Expert)
    expect(faultsOf(await operator.patch(`/api/experts/${id}`, 1, { affiliations }))).toEqual({
      '/affiliations/1/institutionId': 'unknown-reference',
    })
    expect(faultsOf(await operator.post('/api/enterprises', { name: '众砺重工有限公司', parkId: known }))).toEqual({
      '/parkId': 'invalid-format',
    })
  })

  it('standing trust is given by the operator, with the version that he saw', async () => {
    const university = await market.institution({ name: '砺州理工大学' })
    const path = `/api/institutions/${university.id}/standing-trust`
    refused(await university.put(path, 1, { hasStandingTrust: true }), 'not-permitted')
    refused(await market.operator.ask('PUT', path, { body: { hasStandingTrust: true } }), 'version-required')
    refused(await market.operator.put(path, 7, { hasStandingTrust: true }), 'version-differs')
    const answer = await market.operator.put(path, 1, { hasStandingTrust: true })
    expect(answer.header('etag')).toBe('"2"')
    expect(answer.as(Institution).hasStandingTrust).toBe(true)
    expect(faultsOf(await university.patch(`/api/institutions/${university.id}`, 2, { hasStandingTrust: false }))).toEqual({
      '/hasStandingTrust': 'unknown-field',
    })
    refused(await market.operator.put(`/api/institutions/${nobody('itn')}/standing-trust`, 1, { hasStandingTrust: true }), 'not-found')
  })
})
