import { beforeAll, describe, expect, it } from 'vitest'
import { actingAs, commandLine, type Role } from '../../src/accounts/actor.ts'
import { may, type Verb } from '../../src/accounts/permissions.ts'
import { WorksTaken } from '../../src/evidence/work.ts'
import { importFile } from '../../src/imports/actions.ts'
import { IntakeView } from '../../src/intake/intake.ts'
import { linesOf } from '../../src/intake/store.ts'
import { codeIn } from '../../src/platform/codes/codes.ts'
import { aPng } from '../documents.ts'
import type { Description } from './documented.ts'
import { casting, fixture } from './fixtures.ts'
import { type Client, checks, type Market, openMarket } from './market.ts'
import { endpointsOf, fitted, sampleOf } from './samples.ts'

/** Words that only the owner, and whoever the table of permissions names, may read. */
const confidential = ['辊缝补偿器震颤', '己酸乙酯配方乙', '窑尾负压秘录', '13900006611', '深冷退火曲线丙', '匿名画像丁']
const roles: (Exclude<Role, 'operator'> | 'visitor')[] = [
  'visitor',
  'enterprise',
  'expert',
  'institution',
  'park',
  'broker',
  'county',
  'provider',
  'auditor',
  'service',
]

let market: Market
let description: Description
/** Another party of each role. */
let others: Record<(typeof roles)[number], Client>
/** Subjects of somebody else's that others may not read, by the first part of their path. */
let subjects: Record<string, { path: string; verb: Verb }[]>
beforeAll(async () => {
  market = await openMarket()
  description = JSON.parse((await market.visitor.get('/openapi.json')).text)
  others = {
    visitor: market.visitor,
    enterprise: await market.enterprise({ name: '北塬机械有限公司' }),
    expert: await market.expert({ name: '沈岳' }),
    institution: await market.institution({ name: '河西科技学院' }),
    park: await market.park({ name: '铸东产业园' }),
    broker: await market.broker({ name: '白经理' }),
    county: await market.county({ name: '清埠县科技局', region: codeIn('region', '990121') }),
    provider: await market.provider({ name: '砺州计量检测中心' }),
    auditor: await market.client('auditor', null),
    service: await market.client('service', null),
  }
  const enterprise = await market.enterprise({ name: `众砺重工有限公司`, summary: confidential[2]!, visibility: 'nda' })
  const institution = await market.institution({ name: '砺州理工大学' })
  const expert = await market.expert({ name: '闻一舟', summary: confidential[5]! })
  const contact = { name: '铁工程师', phone: confidential[3]!, email: null }
  const secretDemand = { ...casting, problem: confidential[0]!, businessContact: contact, teaser: '精轧机板形问题' }
  const draft = await market.draft(enterprise, secretDemand)
  const nda = await market.publish(enterprise, { ...secretDemand, visibility: 'nda' })
  const secretOffering = { ...fixture, abstract: confidential[1]!, teaser: '成套工艺' }
  const listed = await market.list(institution, secretOffering)
  const offered = await market.offer(institution, { ...secretOffering, visibility: 'nda' })
  const evidence = await market.evidence({ expertId: expert.id, kind: 'paper', title: confidential[4]! })
  const taken = (
    await market.operator.ask('POST', `/api/experts/${expert.id}/evidence/imports`, {
      raw: { body: `@article{a, title = {${confidential[4]}（二）}}` },
      headers: { 'content-type': 'application/octet-stream' },
    })
  ).as(WorksTaken)
  const table = `企业名称,需求名称,难题描述,联系人及电话\n众砺重工有限公司,精轧机板形,${confidential[0]},铁工程师 ${confidential[3]}`
  const handedIn = await (await market.park({ name: '河口产业园' })).ask('POST', '/api/intakes?name=a.csv', {
    raw: { body: table },
    headers: { 'content-type': 'application/octet-stream' },
  })
  const intake = handedIn.as(IntakeView)
  const [line] = await linesOf(market.ports.database, intake.id, { limit: 1 })
  subjects = {
    intakes: [{ path: `/api/intakes/${intake.id}`, verb: 'intake.read' }],
    'intake-lines': [{ path: `/api/intake-lines/${line!.id}`, verb: 'intake.read' }],
    demands: [draft, nda].map(({ id }) => ({ path: `/api/demands/${id}`, verb: 'demand.read-whole' as const })),
    offerings: [listed, offered].map(({ id }) => ({ path: `/api/offerings/${id}`, verb: 'offering.read-whole' as const })),
    enterprises: [{ path: `/api/enterprises/${enterprise.id}`, verb: 'enterprise.read-whole' }],
    institutions: [{ path: `/api/institutions/${institution.id}`, verb: 'institution.read-whole' }],
    experts: [{ path: `/api/experts/${expert.id}`, verb: 'expert.read-whole' }],
    evidence: [{ path: `/api/evidence/${evidence.id}`, verb: 'expert.read-whole' }],
    'evidence-imports': [{ path: `/api/evidence-imports/${taken.id}`, verb: 'evidence.remove' }],
    brokers: [{ path: `/api/brokers/${(await market.broker({ name: '鲁经理' })).id}`, verb: 'broker.read-whole' }],
    providers: [{ path: `/api/providers/${(await market.provider({ name: '河西检测有限公司' })).id}`, verb: 'provider.read-whole' }],
    parks: [{ path: `/api/parks/${(await market.park({ name: '砺东产业园' })).id}`, verb: 'park.read-whole' }],
  }
  // Or a broker might take any published demand, and read it whole.
  const settings = await market.operator.patch('/api/market/settings', 0, { brokersMayTake: false })
  expect(settings.status).toBe(200)
  await market.settle()
})

/** Everything that an endpoint with an id in its path could be asked about: its own kind, else all kinds. */
function targetsOf(path: string): { path: string; verb: Verb }[] {
  const [, collection = '', ...rest] = /^\/api\/([\w-]+)\/\{\w+\}(.*)$/.exec(path) ?? []
  const own = subjects[collection] ?? Object.values(subjects).flat()
  return own.map((subject) => ({
    verb: subject.verb,
    path: subjects[collection] ? subject.path + rest.join('') : path.replaceAll(/\{\w+\}/g, subject.path.split('/').at(-1)!),
  }))
}

const idsFor = (prefix: string): string | undefined =>
  [
    ...Object.values(others).map(({ id }) => id),
    ...Object.values(subjects).flatMap((each) => each.map(({ path }) => path.split('/').at(-1)!)),
  ]
    // Of what can be asked about, one that is somebody else's.
    .find((id) => id.startsWith(prefix))

/** A body that would be right. */
function bodyFor(schema: Record<string, unknown> | undefined): unknown {
  if (schema === undefined) return undefined
  const made = sampleOf(description, schema, { isFull: false, text: (each) => fitted('另一方写的话', each), id: idsFor })
  return typeof made === 'object' && made !== null && 'checks' in made ? { ...made, checks } : made
}

describe('an id of somebody else’s subject', () => {
  it.each(roles)('gives another %s nothing to read that is not his, and nothing to do', async (role) => {
    const client = others[role]
    const before = await states()
    let asked = 0
    for (const { method, path, body } of endpointsOf(description).filter((each) => each.path.includes('{'))) {
      for (const target of targetsOf(path)) {
        asked++
        const version = JSON.parse((await market.operator.get(target.path.split('/').slice(0, 4).join('/'))).text).version ?? 1
        const isFile = body !== null && !body.type.includes('json')
        const answer = await client.ask(method, isFile ? `${target.path}?name=a.png&group=confidential` : target.path, {
          ...(isFile ? { raw: { body: Uint8Array.from(aPng()) } } : body !== null && { body: bodyFor(body.schema) }),
          headers: {
            'if-match': `"${version}"`,
            ...(body !== null && { 'content-type': isFile ? 'application/octet-stream' : body.type }),
          },
        })
        const at = `${method} ${target.path} as ${role}: ${answer.status} ${answer.text.slice(0, 200)}`
        if (method === 'GET') {
          expect([200, 401, 403, 404], at).toContain(answer.status)
          // What a broker may read of everybody, his table says.
          const isAllowed = role !== 'visitor' && may(actingAs(role, client.id), target.verb)
          for (const word of confidential) if (!isAllowed) expect(answer.text.includes(word), `${word} in ${at}`).toBe(false)
          expect(answer.text.includes(confidential[3]!), at).toBe(false)
        } else {
          expect([401, 403, 404], at).toContain(answer.status)
        }
      }
    }
    expect(asked).toBeGreaterThan(40)
    expect(await states()).toEqual(before)
  })

  it('is found in no list, search, facet or page of theirs', async () => {
    const lists = endpointsOf(description).filter(({ method, path }) => method === 'GET' && !path.includes('{'))
    const drafts = [subjects.demands![0]!, subjects.offerings![0]!].map(({ path }) => path.split('/').at(-1)!)
    for (const role of roles) {
      for (const { path } of lists) {
        for (const query of [
          '',
          ...(path === '/api/search'
            ? confidential.flatMap((word) =>
                ['demand', 'offering', 'expert', 'enterprise'].map((kind) => `?kind=${kind}&q=${encodeURIComponent(word)}`),
              )
            : []),
        ]) {
          const { text } = await others[role].get(path + query)
          for (const word of [...confidential, ...drafts]) {
            if (role === 'broker' && [confidential[2], confidential[5]].includes(word)) continue
            expect(text.includes(word), `${word} in ${path}${decodeURIComponent(query)} as ${role}`).toBe(false)
          }
        }
      }
    }
  })

  async function states(): Promise<string[]> {
    return Promise.all(
      Object.values(subjects)
        .flat()
        // A line is read with its file; each refusal has a number of its own.
        .map(async ({ path }) => (await market.operator.get(path)).text.replace(/"instance":"[^"]*"/, '')),
    )
  }
})

/** The members of a stored noun that nobody writes. */
const ofOurs = {
  id: 'dem_aaaaaaaaaaaaaaaaaaaa',
  state: 'published',
  version: 99,
  createdAt: '2020-01-01T00:00:00.000Z',
  updatedAt: '2020-01-01T00:00:00.000Z',
  publishedAt: '2020-01-01T00:00:00.000Z',
  confirmedAt: '2020-01-01T00:00:00.000Z',
  originId: 'demo/mine',
  batchId: 'imp_aaaaaaaaaaaaaaaaaaaa',
  vetting: [],
  returnReason: '没有理由',
  routing: { to: 'other', reason: '没有理由' },
  confirmation: { how: 'phone', by: '我', at: '2020-01-01T00:00:00.000Z' },
  brokerId: 'bro_aaaaaaaaaaaaaaaaaaaa',
  enteredBy: 'ent_aaaaaaaaaaaaaaaaaaaa',
  onBehalfOf: 'ent_aaaaaaaaaaaaaaaaaaaa',
  hasStandingTrust: true,
  isClaimed: true,
  claimed: true,
  role: 'operator',
  rank: 'owner',
  isDemonstration: false,
}

describe('members that nobody writes', () => {
  it('are refused one by one by every endpoint that takes a body', async () => {
    // A file has no members.
    const written = endpointsOf(description).filter(({ body }) => body?.type.includes('json'))
    expect(written.length).toBeGreaterThan(15)
    const own: Record<string, [Client, string]> = {
      demands: [others.enterprise, (await market.draft(others.enterprise, casting)).id],
      offerings: [others.institution, (await market.list(others.institution, fixture)).id],
      enterprises: [others.enterprise, others.enterprise.id],
      institutions: [others.institution, others.institution.id],
      experts: [others.expert, others.expert.id],
      parks: [others.park, others.park.id],
      brokers: [others.broker, others.broker.id],
      evidence: [others.expert, (await market.evidence({ expertId: others.expert.id, kind: 'paper', title: '箱形梁焊接旁弯' })).id],
    }
    for (const { method, path, body } of written) {
      const [client, id] = own[path.split('/')[2]!] ?? [market.operator, 'nobody']
      const at = path.replaceAll(/\{\w+\}/g, id)
      const known = method === 'PATCH' ? {} : (bodyFor(body!.schema) as Record<string, unknown>)
      const ofSchema = Object.keys((body!.schema.properties ?? {}) as object)
      const before = method === 'PATCH' && id !== 'nobody' ? (await market.operator.get(at)).text : null
      for (const [name, value] of Object.entries(ofOurs).filter(([name]) => !ofSchema.includes(name))) {
        const { status, text } = await client.ask(method, at, {
          body: { ...known, [name]: value },
          headers: { 'if-match': '"1"', 'content-type': body!.type },
        })
        expect([401, 403, 404, 412, 422], `${method} ${at} with ${name}: ${status} ${text.slice(0, 200)}`).toContain(status)
      }
      if (before !== null) expect((await market.operator.get(at)).text).toBe(before)
    }
  })
})

describe('a prototype', () => {
  const polluted = [
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"title":null,"__proto__":{"title":"借原型写入的标题"}}',
    '{"keywords":{"__proto__":["x"]}}',
    '{"region":{"__proto__":{"code":"990100"}}}',
    '[{"__proto__":{"polluted":1}}]',
  ]
  const untouched = () => {
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
  }

  it.each(polluted)('is no member of any body: %s', async (raw) => {
    for (const { method, path, body } of endpointsOf(description).filter((each) => each.body !== null)) {
      for (const target of path.includes('{') ? targetsOf(path).slice(0, 1) : [{ path }]) {
        const subject = target.path.split('/').slice(0, 4).join('/')
        const before = method === 'PATCH' ? JSON.parse((await market.operator.get(subject)).text) : null
        const answer = await market.operator.ask(method, target.path, {
          raw: { body: raw },
          headers: { 'content-type': body!.type, 'if-match': `"${before?.version ?? 1}"` },
        })
        expect(answer.status, `${method} ${target.path}: ${answer.text.slice(0, 200)}`).toBeGreaterThanOrEqual(400)
        expect(answer.status).toBeLessThan(500)
        if (before?.version !== undefined) expect(JSON.parse((await market.operator.get(subject)).text)).toEqual(before)
        untouched()
      }
    }
  })

  it.each([
    '__proto__[polluted]=1',
    'constructor[prototype][polluted]=1',
    '__proto__.polluted=1',
    '__proto__=1',
    'constructor=1',
    'toString=1',
    'hasOwnProperty=1',
  ])('is no parameter of an address and no field of a form: %s', async (query) => {
    for (const path of ['/api/search', '/api/demands', '/search', '/demands', '/demands/new', '/sign-in', '/language']) {
      expect((await market.visitor.get(`${path}?${query}`)).status, path).toBeLessThan(500)
    }
    for (const path of ['/sign-in', '/sign-in/password', '/sign-in/demo', '/demands/new', '/sign-out', '/account/second-factor']) {
      const answer = await market.app.request(path, {
        method: 'POST',
        body: new URLSearchParams(query),
        headers: { origin: 'http://localhost' },
      })
      expect(answer.status, path).toBeLessThan(500)
    }
    untouched()
  })

  it.each([
    ['demand.jsonl', '{"title":"高压油管接头密封","__proto__":{"enterpriseId":"x","polluted":1}}', 'unknown-field'],
    ['demand.jsonl', '{"title":"高压油管接头密封","businessContact":{"__proto__":{"polluted":1}}}', 'unknown-field'],
    ['demand.csv', '题目,__proto__,constructor\n高压油管接头密封,1,2\n', 'unknown-column'],
    ['demand.csv', '题目,是否匿名\n高压油管接头密封,constructor\n', 'not-yes-or-no'],
  ])('is no member of any row: %s %s', async (fileName, content, rule) => {
    const bytes = new TextEncoder().encode(content)
    const options = { kind: 'demand', fileName, bytes, source: 'test', dryRun: true, locale: 'zh-CN' } as const
    const { errors, warnings } = await importFile(market.ports, commandLine, options)
    expect([...errors, ...warnings].map((each) => each.rule)).toContain(rule)
    untouched()
  })
})
