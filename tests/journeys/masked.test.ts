import { beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../src/accounts/actor.ts'
import { actingAs, visitor } from '../../src/accounts/actor.ts'
import { Expert } from '../../src/directory/expert.ts'
import { exportFile } from '../../src/imports/actions.ts'
import { Matches } from '../../src/matching/match.ts'
import { SearchResults } from '../../src/matching/search.ts'
import type { Description } from './documented.ts'
import { fixture, lizhou, welding, zhudong } from './fixtures.ts'
import { type Client, type Market, openMarket } from './market.ts'

/** Whatever somebody can read: every GET endpoint and every page, for one expert who did something for one offering that fits one demand. */
interface Scene {
  market: Market
  institution: Client
  enterprise: Client
  expert: Client
  evidenceId: string
  offeringId: string
  demandId: string
}

const identity = ['沈砚秋', 'Qiuyan Shen', '0000-0002-1825-0097', '量子陶瓷学院', '首席炉前教授']
const secrets = ['螭吻涂层', 'QX9071', '貔貅喷枪', '狻猊合金', '饕餮关键词']
const works = ['霹雳寿命模型', '剥落九万次']
const contacts = ['钱塘客', '13912345678', 'qiantang@zhongli.example', '阮工程师', '13987654321', '欧阳确认人']

async function scene(): Promise<Scene> {
  const market = await openMarket()
  const institution = await market.institution({ name: '砺州理工大学' })
  const enterprise = await market.enterprise({ name: '众砺重工有限公司' })
  const [name, nameEn, orcid, department, post] = identity
  const [method, instrument, material, alloy, keyword] = secrets
  const expert = await market.expert({
    name: name!,
    nameEn: nameEn!,
    orcid: orcid!,
    affiliations: [{ institutionId: institution.id, department: department!, post: post! }],
    titleLevel: 'senior',
    title: '正高级工程师',
    degree: 'doctor',
    region: lizhou,
    field: '焊接变形与残余应力',
    summary: `${name}主持${method}，专攻${alloy}，控制焊接变形。`,
    methods: [method!],
    instruments: [instrument!],
    materials: [material!],
    keywords: [keyword!],
    modes: ['secondment'],
    minFeeFen: 77_770_000,
    source: 'public-web',
  })
  const evidence = await market.evidence({
    expertId: expert.id,
    kind: 'paper',
    title: `焊接变形的${works[0]}`,
    abstract: `箱形梁${works[1]}`,
  })
  const offering = await market.offer(institution, fixture)
  await market.evidence({ expertId: expert.id, kind: 'result', offeringId: offering.id })
  const demand = await market.publish(enterprise, {
    ...welding,
    modes: [],
    region: zhudong,
    businessContact: { name: contacts[0]!, phone: contacts[1]!, email: contacts[2]! },
    technicalContact: { name: contacts[3]!, phone: contacts[4]!, email: null },
  })
  await enterprise.post(`/api/demands/${demand.id}/confirmation`, { how: 'phone', by: contacts[5] })
  await market.settle()
  return { market, institution, enterprise, expert, evidenceId: evidence.id, offeringId: offering.id, demandId: demand.id }
}

/** All that is there to be read, and what a reader may try beside it: his refusals may tell nothing either. */
async function everything(
  { market, institution, enterprise, expert, evidenceId, offeringId, demandId }: Scene,
  reader: Client,
  headers = {},
) {
  const description: Description = JSON.parse((await market.visitor.get('/openapi.json')).text)
  const ids: Record<string, string> = {
    experts: expert.id,
    evidence: evidenceId,
    offerings: offeringId,
    demands: demandId,
    institutions: institution.id,
    enterprises: enterprise.id,
    organisations: institution.id,
  }
  const endpoints = Object.entries(description.paths).flatMap(([path, methods]) => {
    const id = ids[path.split('/')[2]!]
    return 'get' in methods && (id !== undefined || !path.includes('{')) ? [path.replace('{id}', id ?? '')] : []
  })
  const question = encodeURIComponent('焊接变形')
  const paths = [
    ...endpoints,
    ...[...identity, ...secrets, ...works, '焊接变形'].map((words) => `/api/search?kind=expert&q=${encodeURIComponent(words)}`),
    '/api/search?kind=expert&mode=secondment',
    `/api/search?kind=offering&q=${question}`,
    `/api/demands/${demandId}/matches?kind=expert`,
    '/',
    '/search',
    '/experts',
    '/demands',
    '/offerings',
    '/institutions',
    `/search?q=${question}&kind=expert`,
    `/experts?q=${question}`,
    `/experts/${expert.id}`,
    `/offerings/${offeringId}`,
    `/demands/${demandId}`,
    `/demands/${demandId}/matches?kind=expert`,
    `/institutions/${institution.id}`,
    `/enterprises/${enterprise.id}`,
    `/claims/new/${expert.id}`,
    '/account/claims',
    '/privacy',
  ]
  const answers = new Map<string, string>()
  for (const path of paths) {
    const isPage = !path.startsWith('/api/')
    const answer = await reader.get(path, isPage ? { accept: 'text/html', ...headers } : headers)
    expect(answer.status, path).toBeLessThan(500)
    // What was asked comes back in the search box, and tells nothing that the reader does not know.
    answers.set(path, answer.text)
  }
  const tries = [
    reader.patch(`/api/experts/${expert.id}`, 1, { name: null }),
    reader.ask('DELETE', `/api/evidence/${evidenceId}`, { headers: { 'if-match': '"1"', ...headers } }),
    reader.post(`/api/experts/${expert.id}/evidence`, { kind: 'paper', title: '甲乙' }, headers),
    reader.post(`/api/experts/${expert.id}/claim`, undefined, headers),
    reader.post(`/api/demands/${demandId}/confirmation`, { how: 'phone', by: '某某' }, headers),
  ]
  for (const [at, answer] of (await Promise.all(tries)).entries()) answers.set(`try ${at}`, answer.text)
  const kinds = ['expert', 'evidence', 'demand', 'offering', 'institution'] as const
  const actor = reader.role === 'visitor' ? visitor : actingAs(reader.role, reader.id)
  for (const kind of kinds)
    for (const format of ['jsonl', 'csv'] as const) {
      let file = ''
      for await (const part of exportFile(market.ports, actor, { kind, format })) file += part
      answers.set(`export ${kind} ${format}`, file)
    }
  return answers
}

function expectNone(answers: Map<string, string>, planted: readonly string[], who: string) {
  for (const [path, text] of answers)
    for (const value of planted) expect(text.includes(value) ? `${who} reads ${value} at ${path}` : '').toBe('')
}

const outsiders: Role[] = ['enterprise', 'expert', 'institution', 'park', 'provider', 'county']

async function outsider({ market }: Scene, role: Role): Promise<Client> {
  const name = `别处的${role}`
  return role === 'county' ? market.county({ name, region: zhudong }) : market[role as 'park']({ name })
}

describe('an expert who has not taken over his profile', () => {
  let own: Scene
  beforeAll(async () => {
    own = await scene()
  })

  it.each(['visitor', ...outsiders] as const)('is institution and field to the %s, wherever he reads', async (role) => {
    const reader = role === 'visitor' ? own.market.visitor : await outsider(own, role)
    const answers = await everything(own, reader)
    expectNone(answers, [...identity, ...secrets, ...works, '777700', '正高级', 'Shen'], role)
    expect(answers.get(`/experts/${own.expert.id}`)).toContain('焊接变形与残余应力')
    const found = (words: string) => SearchResults.parse(JSON.parse(answers.get(`/api/search?kind=expert&q=${encodeURIComponent(words)}`)!))
    for (const words of ['QX9071', 'Qiuyan Shen']) expect(found(words).items).toEqual([])
    expect(JSON.parse(answers.get('/api/search?kind=expert&mode=secondment')!).items).toEqual([])
  })

  it('is that too to somebody who is signed in and claims him', async () => {
    const person = await own.market.person('13900139777')
    const before = await everything(own, own.market.visitor, person)
    expectNone(before, [...identity, ...secrets, ...works], 'somebody signed in')
    await own.market.visitor.post('/api/claims', { subjectId: own.expert.id, note: null, agreesTo: ['profile'] }, person)
    const after = await everything(own, own.market.visitor, person)
    expect(after.get('/api/claims')).toContain(own.expert.id)
    expectNone(after, [...identity, ...secrets, ...works], 'a claimant')
  })
})

describe('an expert who has taken over his profile', () => {
  const shown = async (changes: object) => {
    const own = await scene()
    await own.market.claim(own.expert.id)
    const path = `/api/experts/${own.expert.id}`
    expect((await own.expert.patch(path, 2, changes)).as(Expert)).toMatchObject(changes)
    await own.market.settle()
    return own
  }
  const shownAs = (name: string, works: string) => ({ shown: { name, works, contact: 'both-sides' } })

  it('keeps his name and institution from visitors, if he wants, and everybody who is signed in knows him', async () => {
    const own = await shown(shownAs('registered', 'public'))
    const asVisitor = await everything(own, own.market.visitor)
    expectNone(asVisitor, [...identity, ...secrets, ...works], 'a visitor')
    const profile = JSON.parse(asVisitor.get(`/api/experts/${own.expert.id}`)!)
    expect(profile).toMatchObject({ isMasked: true, field: '焊接变形与残余应力', affiliations: [] })
    const asFirm = await everything(own, await outsider(own, 'enterprise'))
    expect(asFirm.get(`/api/experts/${own.expert.id}`)).toContain('沈砚秋')
    expect(asFirm.get(`/api/search?kind=expert&q=${encodeURIComponent('沈砚秋')}`)).toContain('沈砚秋')
  })

  it('is not found by his institution where nobody may know it', async () => {
    const own = await shown(shownAs('nda', 'nda'))
    for (const reader of [own.market.visitor, await outsider(own, 'enterprise')]) {
      const answers = await everything(own, reader)
      expectNone(answers, [...identity, ...secrets, ...works], reader.role)
      expect(answers.get(`/institutions/${own.institution.id}`)).not.toContain(own.expert.id)
    }
    expect((await own.institution.get(`/api/experts/${own.expert.id}`)).text).toContain('沈砚秋')
    expect((await (await own.market.broker({ name: '鲁经理' })).get(`/api/experts/${own.expert.id}`)).text).toContain('沈砚秋')
  })

  it('shows his name and keeps his works to himself, if he wants', async () => {
    const own = await shown(shownAs('public', 'nda'))
    for (const reader of [own.market.visitor, await outsider(own, 'enterprise')]) {
      const answers = await everything(own, reader)
      expectNone(answers, works, reader.role)
      expect(answers.get(`/api/experts/${own.expert.id}`)).toContain('沈砚秋')
      // That the offering is his is one of his works.
      expect(answers.get(`/api/offerings/${own.offeringId}/completers`)).not.toContain('沈砚秋')
      expect(answers.get(`/offerings/${own.offeringId}`)).not.toContain('沈砚秋')
      const { items } = Matches.parse(JSON.parse(answers.get(`/api/demands/${own.demandId}/matches?kind=expert`)!))
      expect(items[0]!.subject.title).toBe('沈砚秋')
    }
    expect((await own.expert.get(`/api/experts/${own.expert.id}/evidence`)).text).toContain(works[0])
  })

  it('decides so himself: neither his institution nor anybody else does it for him', async () => {
    const own = await shown(shownAs('public', 'registered'))
    const path = `/api/experts/${own.expert.id}`
    const changed = await own.institution.patch(path, 3, { shown: { works: 'public' } })
    expect([changed.status, changed.text.includes('/shown')]).toEqual([422, true])
    expect((await own.institution.patch(path, 3, { keywords: ['反变形'] })).status).toBe(200)
    expect((await own.market.operator.patch(path, 4, { shown: { works: 'public' } })).as(Expert).shown.works).toBe('public')
  })
})

describe('the contact persons of a demand', () => {
  it('are told to nobody outside, whoever he is and wherever he reads', async () => {
    const own = await scene()
    for (const role of ['visitor', ...outsiders, 'broker', 'auditor'] as const) {
      const reader =
        role === 'visitor' ? own.market.visitor : role === 'auditor' ? await own.market.client(role, null) : await outsider(own, role)
      expectNone(await everything(own, reader), contacts, role)
    }
    expect((await own.enterprise.get(`/api/demands/${own.demandId}`)).text).toContain(contacts[1])
  })
})
