import { expect } from 'vitest'
import { type Rank, ranksOf } from '../../src/accounts/account.ts'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf, beginSession, openAuth } from '../../src/accounts/actions/session.ts'
import { createToken } from '../../src/accounts/actions.ts'
import type { Role } from '../../src/accounts/actor.ts'
import { type AppOptions, createApp } from '../../src/app.tsx'
import type { DemandInput } from '../../src/demands/actions.ts'
import { Demand } from '../../src/demands/demand.ts'
import { Broker, type BrokerDraft } from '../../src/directory/broker.ts'
import { County, type CountyDraft } from '../../src/directory/county.ts'
import { Enterprise, type EnterpriseDraft } from '../../src/directory/enterprise.ts'
import { Evidence, type EvidenceDraft } from '../../src/directory/evidence.ts'
import { Expert, type ExpertDraft } from '../../src/directory/expert.ts'
import { Institution, type InstitutionDraft } from '../../src/directory/institution.ts'
import { Park, type ParkDraft } from '../../src/directory/park.ts'
import { Provider, type ProviderDraft } from '../../src/directory/provider.ts'
import { Verification } from '../../src/directory/verification.ts'
import { catchUp, embedPending } from '../../src/matching/catch-up.ts'
import type { OfferingInput } from '../../src/offerings/actions.ts'
import { Offering } from '../../src/offerings/offering.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { Problem, type ProblemKind, problems } from '../../src/platform/problem.ts'
import type { z } from '../../src/platform/schema.ts'
import { ProblemDocument } from '../../src/platform/web/problem-document.ts'
import { inside } from '../inside.ts'
import { countingClock, memoryDatabase, testPorts } from '../worlds.ts'
import { type Description, expectDocumented } from './documented.ts'

type App = ReturnType<typeof createApp>

/** The whole product in memory, asked over HTTP. Every answer under /api is held against the OpenAPI description. */
export interface Market {
  ports: Ports
  app: App
  visitor: Client
  operator: Client
  /** Somebody who holds a token. */
  client(role: Role, subjectId: string | null, days?: number): Promise<Client>
  /** Somebody who is signed in, and acts for a subject or (null, null) for nobody. */
  member(phone: string, role: Role | null, subjectId: string | null, rank?: Rank): Promise<Client>
  enterprise(draft: Partial<EnterpriseDraft> & { name: string }): Promise<Client>
  park(draft: Partial<ParkDraft> & { name: string }): Promise<Client>
  county(draft: Partial<CountyDraft> & { name: string }): Promise<Client>
  provider(draft: Partial<ProviderDraft> & { name: string }): Promise<Client>
  institution(draft: Partial<InstitutionDraft> & { name: string }): Promise<Client>
  /** An institution that vets its own listings. */
  trusted(draft: Partial<InstitutionDraft> & { name: string }): Promise<Client>
  broker(draft: Partial<BrokerDraft> & { name: string }): Promise<Client>
  /** Registered by the operator and not claimed; `claim` is the person's own taking over. */
  expert(draft: Partial<ExpertDraft> & { name: string }): Promise<Client>
  claim(expertId: string): Promise<void>
  /** The operator looks whether an organisation is what it says, and finds that it is. */
  verify(organisationId: string): Promise<void>
  /** The headers of somebody who is signed in and acts for nobody yet. */
  person(phone: string): Promise<Record<string, string>>
  /** What an expert did, as the operator registers it. */
  evidence(draft: Pick<EvidenceDraft, 'expertId' | 'kind'> & Partial<EvidenceDraft>): Promise<Evidence>
  draft(author: Client, demand: DemandInput): Promise<Demand>
  vetting(author: Client, demand: DemandInput): Promise<Demand>
  publish(author: Client, demand: DemandInput): Promise<Demand>
  list(owner: Client, offering: OfferingInput): Promise<Offering>
  offer(owner: Client, offering: OfferingInput): Promise<Offering>
  /** Until every text has its vector. */
  settle(): Promise<void>
  passDays(count: number): void
}

export interface Client {
  role: Role | 'visitor'
  /** The subject that the token acts for; the token itself for an operator. */
  id: string
  secret: string | null
  ask(method: string, path: string, given?: { body?: unknown; raw?: RequestInit; headers?: Record<string, string> }): Promise<Answer>
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  patch(path: string, version: number, body: unknown): Promise<Answer>
  put(path: string, version: number, body: unknown): Promise<Answer>
  delete(path: string, version: number): Promise<Answer>
}

export interface Answer {
  status: number
  text: string
  header(name: string): string | null
  /** The body of an answer that succeeded. */
  as<Schema extends z.ZodType>(schema: Schema): z.infer<Schema>
}

/** All three checks passed. */
export const checks = (['authenticity', 'secrecy', 'wording'] as const).map((check) => ({ check, result: 'passed' as const, reason: null }))

/** The same for every market, and slow to make. */
let description: Description | undefined
async function descriptionBy(app: App): Promise<Description> {
  const response = await app.request('/openapi.json')
  // openapi.test.ts says whether this holds.
  return (await response.json()) as Description
}

export async function openMarket(changes: Partial<Ports> = {}, options: Partial<AppOptions> = {}): Promise<Market> {
  const count = countingClock()
  let days = 0
  const ports = testPorts(changes.database ?? (await memoryDatabase()), {
    now: () => new Date(Date.parse(count()) + days * 86_400_000).toISOString(),
    ...changes,
  })
  const app = createApp(ports, options)
  description ??= await descriptionBy(app)
  const documented = description
  const client = async (role: Role, subjectId: string | null, days = 30) => {
    const { token, secret } = await createToken(ports, 'the test', { role, subjectId, days })
    return clientOf(app, documented, { role, id: subjectId ?? token.id, secret })
  }
  const operator = await client('operator', null, 3650)
  const auth = openAuth(ports)
  const member: Market['member'] = async (phone, role, subjectId, rank) => {
    const account = await accountOf(ports, `+86${phone}`)
    if (role !== null)
      await admitMember(ports, 'the test', { accountId: account.id, role, subjectId, rank: rank ?? ranksOf(role)[0] }).catch((error) => {
        // Signed in once more.
        if (!(error instanceof Problem && error.kind === 'already-exists')) throw error
      })
    const [cookie] = await beginSession(await auth(false), account, new Headers(), ports.now())
    return clientOf(app, documented, { role: role ?? 'visitor', id: subjectId ?? account.id, secret: null }, cookie!.split(';')[0]!)
  }

  async function registered<Noun extends z.ZodType<{ id: string }>>(
    role: Exclude<Role, 'operator'>,
    path: string,
    noun: Noun,
    draft: object,
  ) {
    const { id } = (await operator.post(`/api/${path}`, draft)).as(noun)
    return client(role, id)
  }
  const institution: Market['institution'] = (draft) =>
    registered('institution', 'institutions', Institution, { kind: 'university', ...draft })

  const draft: Market['draft'] = async (author, demand) => (await author.post('/api/demands', demand)).as(Demand)
  const vetting: Market['vetting'] = async (author, demand) => {
    const { id } = await draft(author, demand)
    return (await author.post(`/api/demands/${id}/publication-request`)).as(Demand)
  }
  const list: Market['list'] = async (owner, offering) => (await owner.post('/api/offerings', offering)).as(Offering)

  return {
    ports,
    app,
    visitor: clientOf(app, documented, { role: 'visitor', id: 'visitor', secret: null }),
    operator,
    client,
    member,
    enterprise: (draft) => registered('enterprise', 'enterprises', Enterprise, draft),
    park: (draft) => registered('park', 'parks', Park, draft),
    county: (draft) => registered('county', 'counties', County, draft),
    provider: (draft) => registered('provider', 'providers', Provider, draft),
    institution,
    async trusted(draft) {
      const owner = await institution(draft)
      const answer = await operator.put(`/api/institutions/${owner.id}/standing-trust`, 1, { hasStandingTrust: true })
      expect(answer.as(Institution).hasStandingTrust).toBe(true)
      return owner
    },
    broker: (draft) => registered('broker', 'brokers', Broker, draft),
    expert: (draft) => registered('expert', 'experts', Expert, { source: 'institution', ...draft }),
    async claim(expertId) {
      const answer = await operator.post(`/api/experts/${expertId}/claim`)
      answer.as(Expert)
    },
    async verify(organisationId) {
      const { id } = (await operator.post(`/api/organisations/${organisationId}/verification`, { note: null })).as(Verification)
      const decided = await operator.post(`/api/verifications/${id}/decision`, { verdict: 'grant', reason: '电话核对' })
      expect(decided.as(Verification).state).toBe('granted')
    },
    async person(phone) {
      const auth = await openAuth(ports)(false)
      const cookies = await beginSession(auth, await accountOf(ports, `+86${phone}`), new Headers())
      return { cookie: cookies.map((each) => each.split(';')[0]).join('; '), 'sec-fetch-site': 'same-origin' }
    },
    evidence: async ({ expertId, ...draft }) => (await operator.post(`/api/experts/${expertId}/evidence`, draft)).as(Evidence),
    draft,
    vetting,
    async publish(author, demand) {
      const { id } = await vetting(author, demand)
      return (await operator.post(`/api/demands/${id}/publication`, { checks })).as(Demand)
    },
    list,
    async offer(owner, offering) {
      const { id } = await list(owner, offering)
      const requested = (await owner.post(`/api/offerings/${id}/publication-request`)).as(Offering)
      if (requested.state === 'published') return requested
      return (await operator.post(`/api/offerings/${id}/publication`, { checks })).as(Offering)
    },
    async settle() {
      await catchUp(ports)
      while ((await embedPending(ports)) > 0);
    },
    passDays(count) {
      days += count
    },
  }
}

function clientOf(
  app: App,
  description: Description,
  { role, id, secret }: Pick<Client, 'role' | 'id' | 'secret'>,
  cookie?: string,
): Client {
  const ask: Client['ask'] = async (method, path, { body, raw, headers } = {}) => {
    const request: RequestInit = {
      method,
      headers: {
        ...(secret !== null && { authorization: `Bearer ${secret}` }),
        ...(cookie !== undefined && { cookie, origin: 'http://localhost' }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...raw,
    }
    const response = await app.request(path, request)
    const text = await response.text()
    expectDocumented(description, method, path, response, text)
    return {
      status: response.status,
      text,
      header: (name) => response.headers.get(name),
      as(schema) {
        expect(response.ok, `${method} ${path} answered ${response.status}: ${text}`).toBe(true)
        return schema.parse(JSON.parse(text))
      },
    }
  }
  return {
    role,
    id,
    secret,
    ask,
    get: (path, headers) => ask('GET', path, { headers: { ...headers } }),
    post: (path, body, headers) => ask('POST', path, { body, headers: { ...headers } }),
    patch: (path, version, body) =>
      ask('PATCH', path, { body, headers: { 'if-match': `"${version}"`, 'content-type': 'application/merge-patch+json' } }),
    put: (path, version, body) => ask('PUT', path, { body, headers: { 'if-match': `"${version}"` } }),
    delete: (path, version) => ask('DELETE', path, { headers: { 'if-match': `"${version}"` } }),
  }
}

/** Holds a refusal against its kind and against RFC 9457, and gives the document. */
export function refused(answer: Answer, kind: ProblemKind): z.infer<typeof ProblemDocument> {
  expect(answer.status, answer.text).toBe(problems[kind])
  expect(answer.header('content-type')).toBe('application/problem+json; charset=utf-8')
  const document = ProblemDocument.parse(JSON.parse(answer.text))
  expect(document).toMatchObject({ type: `/problems/${kind}`, status: problems[kind], instance: answer.header('x-request-id') })
  expect([document.title, document.detail, document.instance].every((text) => text.length > 3)).toBe(true)
  expect(answer.text).not.toMatch(inside)
  if (answer.status === 401) expect(answer.header('www-authenticate')).toBe('Bearer')
  return document
}

/** The faults of a refused input: pointer → code. */
export function faultsOf(answer: Answer): Record<string, string> {
  const { errors = [] } = refused(answer, 'invalid-input')
  expect(errors.length, answer.text).toBeGreaterThan(0)
  for (const { message, code } of errors) expect(message.length, `no words for ${code}`).toBeGreaterThan(1)
  return Object.fromEntries(errors.map(({ pointer, code }) => [pointer, code]))
}
