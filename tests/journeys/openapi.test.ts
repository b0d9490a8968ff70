import { beforeAll, describe, expect, it } from 'vitest'
import { openAuth } from '../../src/accounts/actions/session.ts'
import { savedViewApi } from '../../src/accounts/api/saved-views.ts'
import { accountApi } from '../../src/accounts/api.ts'
import { createApp } from '../../src/app.tsx'
import { attachmentApi } from '../../src/attachments/api.ts'
import { demandApi } from '../../src/demands/api.ts'
import { Demand, DemandDraft, DemandView } from '../../src/demands/demand.ts'
import { directoryApi } from '../../src/directory/api.ts'
import { Broker, BrokerDraft } from '../../src/directory/broker.ts'
import { Enterprise, EnterpriseDraft } from '../../src/directory/enterprise.ts'
import { Evidence, EvidenceDraft } from '../../src/directory/evidence.ts'
import { Expert, ExpertDraft, ExpertView } from '../../src/directory/expert.ts'
import { Institution, InstitutionDraft } from '../../src/directory/institution.ts'
import { Park, ParkDraft } from '../../src/directory/park.ts'
import { disclosureApi } from '../../src/disclosures/api.ts'
import { contactApi } from '../../src/engagements/api/contacts.ts'
import { delegationApi } from '../../src/engagements/api/delegations.ts'
import { engagementApi } from '../../src/engagements/api/engagements.ts'
import { invitationApi } from '../../src/engagements/api/invitations.ts'
import { postponementApi } from '../../src/engagements/api/postponements.ts'
import { shortlistApi } from '../../src/engagements/api/shortlists.ts'
import { evidenceApi } from '../../src/evidence/api.ts'
import { intakeApi } from '../../src/intake/api.ts'
import { marketApi } from '../../src/market/api.ts'
import { matchingApi } from '../../src/matching/api.ts'
import { offeringApi } from '../../src/offerings/api.ts'
import { Offering, OfferingDraft, OfferingView } from '../../src/offerings/offering.ts'
import { organisationApi } from '../../src/organisations/api.ts'
import { personApi } from '../../src/persons/api.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { openSqlite } from '../../src/platform/database/sqlite.ts'
import { mediaTypes } from '../../src/platform/files/inspect/media-type.ts'
import { problems } from '../../src/platform/problem.ts'
import { qualityApi } from '../../src/quality/api.ts'
import { twinsApi } from '../../src/twins/api.ts'
import { testPorts } from '../worlds.ts'
import { type Description, faults, resolved } from './documented.ts'
import { fixture, welding } from './fixtures.ts'
import { type Market, openMarket, refused } from './market.ts'

let market: Market
let description: Description & { info: Record<string, unknown>; security?: unknown }
beforeAll(async () => {
  market = await openMarket()
  description = JSON.parse((await market.visitor.get('/openapi.json')).text)
})

interface Documented {
  path: string
  method: string
  operation: {
    summary: string
    tags: string[]
    security: Record<string, string[]>[]
    parameters?: { name: string; in: string; required: boolean; schema: object }[]
    requestBody?: { required: boolean; content: Record<string, { schema: Record<string, unknown> }> }
    responses: Record<string, { description: string; content: Record<string, { schema: Record<string, unknown> }> }>
  }
}
const operations = (): Documented[] =>
  Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation: operation as unknown as Documented['operation'] })),
  )
/** Verbs on the caller's own session, which no path names, and on several things at once. */
const onWhatIsThere = [
  '/api/demand-drafts/analysis',
  '/api/engagements/moves',
  '/api/engagements/undoings',
  '/api/delegations/undoings',
  '/api/account/membership',
  '/api/postponements/ending',
  '/api/account/agreement',
  '/api/account/erasure-code',
  '/api/account/erasure',
  '/api/sign-out-everywhere',
]
const kindsOf = ({ operation }: Documented) =>
  Object.entries(operation.responses).flatMap(([status, { description }]) => (Number(status) < 400 ? [] : description.split(', ')))

describe('the description', () => {
  it('is OpenAPI 3.1, open to everybody', async () => {
    const answer = await market.visitor.get('/openapi.json')
    expect(answer.header('content-type')).toMatch(/^application\/json/)
    expect(description.openapi).toBe('3.1.0')
    expect(description.info).toMatchObject({ title: expect.any(String), version: expect.any(String) })
    expect(JSON.parse(answer.text).components.securitySchemes).toEqual({ token: { type: 'http', scheme: 'bearer' } })
  })

  it('has every endpoint that an api.ts mounts, and no other', () => {
    const mounted = [
      marketApi(),
      accountApi(),
      demandApi(),
      offeringApi(),
      directoryApi(),
      evidenceApi(),
      attachmentApi(),
      organisationApi(),
      disclosureApi(),
      matchingApi(),
      engagementApi(),
      invitationApi(),
      delegationApi(),
      postponementApi(),
      savedViewApi(),
      contactApi(),
      shortlistApi(),
      intakeApi(),
      qualityApi(),
      twinsApi(),
      personApi(openAuth(market.ports)),
    ]
      .flatMap(({ routes }) => routes)
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    expect(
      operations()
        .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
        .sort(),
    ).toEqual(mounted.sort())
    expect(mounted.length).toBeGreaterThan(40)
  })

  it('says of each what it is, what its path takes and what it needs', () => {
    for (const { path, method, operation } of operations()) {
      const at = `${method} ${path}`
      expect(operation.summary.length, at).toBeGreaterThan(5)
      expect(operation.tags, at).toHaveLength(1)
      expect(operation.security, at).toEqual(method === 'get' ? [{}, { token: [] }] : [{ token: [] }])
      const parameters = operation.parameters ?? []
      const inPath = parameters.filter((parameter) => parameter.in === 'path')
      expect(
        inPath.map(({ name }) => `{${name}}`),
        at,
      ).toEqual(path.match(/\{\w+\}/g) ?? [])
      for (const { required } of inPath) expect(required, at).toBe(true)
      expect(
        parameters.some(({ name }) => name === 'if-match'),
        at,
      ).toBe(['patch', 'put', 'delete'].includes(method))
      expect(
        parameters.some(({ name }) => name === 'idempotency-key'),
        at,
      ).toBe(method === 'post')
      expect(new Set(parameters.map(({ name, in: place }) => `${place} ${name}`)).size, at).toBe(parameters.length)
    }
  })

  it('says of each one success and the problems it can meet', () => {
    const ofTheParser = ['malformed-request', 'request-too-slow', 'headers-too-large']
    const always = [...ofTheParser, 'not-signed-in', 'token-expired', 'address-too-long', 'too-many-requests', 'not-ready', 'took-too-long']
    const written = [...always, 'not-permitted', 'too-large', 'storage-full', 'storage-read-only']
    for (const documented of operations()) {
      const { path, method, operation } = documented
      const at = `${method} ${path}`
      const successes = Object.keys(operation.responses).filter((status) => Number(status) < 400)
      // What is posted to a list makes something; a verb is posted to one thing.
      const makes =
        !path.includes('{') || /\/(evidence|verification|attachments|confirmation-link|consents|link|evidence\/imports)$/.test(path)
      const isMaking = method === 'post' && makes && !onWhatIsThere.includes(path)
      expect(successes, at).toEqual([isMaking ? '201' : '200'])
      const kinds = kindsOf(documented)
      expect(kinds, at).toEqual(expect.arrayContaining(method === 'get' ? always : written))
      for (const kind of kinds) expect(operation.responses[problems[kind as keyof typeof problems]]!.description, at).toContain(kind)
      const isUpload = method === 'post' && (/\/(attachments|evidence\/(reading|imports))$/.test(path) || path === '/api/intakes')
      if (operation.requestBody)
        expect(kinds, at).toEqual(
          expect.arrayContaining([isUpload ? 'too-many-requests' : 'invalid-json', 'invalid-input', 'unsupported-media-type']),
        )
      if (method === 'post') expect(kinds, at).toEqual(expect.arrayContaining(['invalid-input', 'key-reused', 'request-in-flight']))
      if (['patch', 'put', 'delete'].includes(method))
        expect(kinds, at).toEqual(expect.arrayContaining(['version-required', 'version-differs']))
      if (path.includes('{')) expect(kinds, at).toContain('not-found')
      for (const [status, { content }] of Object.entries(operation.responses)) {
        const success = path.endsWith('/content') ? mediaTypes : ['application/json']
        expect(Object.keys(content), at).toEqual(Number(status) < 400 ? success : ['application/problem+json'])
      }
    }
  })

  it('leads somewhere with every reference', () => {
    const references = [...JSON.stringify(description).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference!)
    expect(references.length).toBeGreaterThan(100)
    for (const reference of new Set(references)) expect(resolved(description, reference)).toBeTypeOf('object')
  })

  it('names no schema that admits null, and none that admits nothing', () => {
    for (const [name, schema] of Object.entries(description.components.schemas)) {
      // Of a price it is said where it stands.
      if (name !== 'Price') expect(JSON.stringify(schema.type ?? ''), name).not.toContain('null')
      const closed = ((schema.allOf ?? []) as Record<string, unknown>[]).filter(
        (part) => part.$ref !== undefined || part.additionalProperties === false,
      )
      expect(closed.length, name).toBeLessThan(2)
    }
  })

  it('has the members of every noun, all of them required', () => {
    const nouns = { Demand, DemandDraft, DemandView, Offering, OfferingDraft, OfferingView, Enterprise, EnterpriseDraft, Park, ParkDraft }
    for (const [name, noun] of Object.entries({
      ...nouns,
      Institution,
      InstitutionDraft,
      Expert,
      ExpertDraft,
      ExpertView,
      Broker,
      BrokerDraft,
      Evidence,
      EvidenceDraft,
    })) {
      const schema = description.components.schemas[name]
      // A draft is described where its noun is; a body of a request has its members in place.
      if (schema === undefined) continue
      const members = Object.keys(noun.shape).sort()
      expect(Object.keys(schema.properties as object).sort(), name).toEqual(members)
      expect([...(schema.required as string[])].sort(), name).toEqual(members)
    }
  })

  it('admits the requests that are accepted, and refuses what is refused', () => {
    const body = (path: string) =>
      operations().find((each) => each.method === 'post' && each.path === path)!.operation.requestBody!.content['application/json']!.schema
    expect(faults(description, body('/api/demands'), welding)).toEqual([])
    expect(faults(description, body('/api/offerings'), fixture)).toEqual([])
    expect(faults(description, body('/api/demands'), { ...welding, region: null })).toEqual([])
    expect(faults(description, body('/api/demands'), { problem: '气孔率偏高' })).not.toEqual([])
    expect(faults(description, body('/api/demands'), { ...welding, budget: 1 })).not.toEqual([])
    expect(faults(description, body('/api/demands'), { ...welding, classification: [null] })).not.toEqual([])
    expect(faults(description, body('/api/offerings'), { ...fixture, price: { kind: 'fixed' } })).not.toEqual([])
  })
})

describe('the documentation', () => {
  it('is a page that reads the description, from our own files only', async () => {
    const answer = await market.visitor.get('/docs', { accept: 'text/html' })
    expect(answer.status).toBe(200)
    expect(answer.header('content-type')).toMatch(/^text\/html/)
    expect(answer.text).toContain('href="/openapi.json"')
    expect(answer.text).not.toMatch(/(src|href)="(https?:)?\/\//)
    expect(answer.header('content-security-policy')).toContain("default-src 'self'")
  })
})

describe('health', () => {
  it('says that the process answers, whoever asks', async () => {
    for (const authorization of ['', 'Bearer nobody']) {
      const answer = await market.visitor.get('/healthz', { authorization })
      expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { ok: true }])
    }
  })

  it('says that it is ready, and how far the index has come', async () => {
    const own = await openMarket()
    const { position: start } = JSON.parse((await own.visitor.get('/readyz')).text)
    await own.draft(await own.enterprise({ name: '众砺重工有限公司' }), welding)
    await own.settle()
    const answer = JSON.parse((await own.visitor.get('/readyz')).text)
    expect(answer).toEqual({ ready: true, degraded: [], position: expect.any(Number), pending: 0 })
    expect(answer.position).toBeGreaterThan(start)
  })

  it('says that it runs without a model', async () => {
    const own = await openMarket({ embedder: null })
    expect(JSON.parse((await own.visitor.get('/readyz')).text)).toMatchObject({ ready: true, degraded: ['embedding'] })
  })

  it('is not ready before the tables are there, but alive, and whatever asks the database says so too', async () => {
    const app = createApp(testPorts(openSqlite(':memory:')))
    expect((await app.request('/healthz')).status).toBe(200)
    for (const path of ['/readyz', '/api/demands', '/api/search', '/demands', '/']) {
      const response = await app.request(path)
      expect([path, response.status]).toEqual([path, 503])
      expect(await response.json()).toMatchObject({ type: '/problems/not-ready', missing: ['migrations'] })
    }
    const page = await app.request('/demands', { headers: { accept: 'text/html', 'accept-language': 'en' } })
    expect([page.status, (await page.text()).includes('is being prepared')]).toEqual([503, true])
  })

  it('looks for the tables until they are there, and never again', async () => {
    const database = openSqlite(':memory:')
    let looks = 0
    const query = new Proxy(database.query, {
      get(target, name) {
        if (name === 'introspection') looks++
        const member = Reflect.get(target, name, target)
        return typeof member === 'function' ? member.bind(target) : member
      },
    })
    const app = createApp(testPorts({ ...database, query }))
    expect((await app.request('/api/market')).status).toBe(503)
    await migrate(database)
    for (const path of ['/api/market', '/', '/api/demands']) expect([path, (await app.request(path)).status]).toEqual([path, 200])
    expect(looks).toBe(2)
  })

  it('is not ready without its index', async () => {
    const own = await openMarket()
    own.ports.search.status = async () => {
      throw new Error('the thread is gone')
    }
    expect(refused(await own.visitor.get('/readyz'), 'not-ready')).toMatchObject({ missing: ['index'] })
  })
})
