import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf } from '../../src/accounts/actions/session.ts'
import { MadeInvitation } from '../../src/accounts/member.ts'
import { viewsAtMost } from '../../src/accounts/saved-view.ts'
import { MadeKey } from '../../src/accounts/token.ts'
import { Who } from '../../src/accounts/who.ts'
import { Attachment, subjectKinds } from '../../src/attachments/attachment.ts'
import { Demand, DemandView } from '../../src/demands/demand.ts'
import { Verification } from '../../src/directory/verification.ts'
import { Disclosure, terms } from '../../src/disclosures/disclosure.ts'
import { replyToInvitation } from '../../src/engagements/actions/invitation.ts'
import { replyToShortlist } from '../../src/engagements/actions/shortlist.ts'
import { Contact } from '../../src/engagements/contact.ts'
import { Delegation } from '../../src/engagements/delegation.ts'
import { Engagement } from '../../src/engagements/engagement.ts'
import { InterestView } from '../../src/engagements/interest.ts'
import { MadeInvitation as SentInvitation } from '../../src/engagements/invitation.ts'
import { Referral } from '../../src/engagements/referral.ts'
import { MadeShortlistLink, Shortlist } from '../../src/engagements/shortlist.ts'
import { WorksTaken } from '../../src/evidence/work.ts'
import { IntakeLine, IntakeView } from '../../src/intake/intake.ts'
import { defaultFlaggedTerms } from '../../src/market/flagged-terms.ts'
import { Matches } from '../../src/matching/match.ts'
import { Refusal } from '../../src/matching/refusal.ts'
import { Claim } from '../../src/organisations/claim.ts'
import { Enrolment } from '../../src/organisations/enrolment.ts'
import { Merger } from '../../src/organisations/merger.ts'
import { codeIn } from '../../src/platform/codes/codes.ts'
import { ConcurrentChange, type Database } from '../../src/platform/database/database.ts'
import { openSqlite } from '../../src/platform/database/sqlite.ts'
import { LimitsText } from '../../src/platform/limits/limits.ts'
import type { Message } from '../../src/platform/messages/messenger.ts'
import { Problem, type ProblemKind, problems } from '../../src/platform/problem.ts'
import { z } from '../../src/platform/schema.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { aPng } from '../documents.ts'
import { letterBox, memoryDatabase } from '../worlds.ts'
import type { Description } from './documented.ts'
import { casting, fixture } from './fixtures.ts'
import { type Answer, type Client, checks, type Market, openMarket, refused } from './market.ts'

/** A request that the operator may make and that would succeed. */
interface Scene {
  path: string
  /** Who may make it, where it is not the operator. */
  as?: Client
  body?: object
  /** A file, with its fields in the query. */
  file?: Uint8Array<ArrayBuffer>
  version?: number
  /** Of a person who is signed in, for what needs an account. */
  headers?: Record<string, string>
}

let market: Market
let people = 0
const nextPhone = () => `1300000${String(++people).padStart(4, '0')}`
/** Somebody new who is signed in. */
const person = (role: 'enterprise' | 'operator' = 'operator', subjectId: string | null = null) =>
  market.member(nextPhone(), role, subjectId)
let description: Description
let enterprise: Client
let institution: Client
let signedIn: Record<string, string>
let expert: Client
/** Another expert, who has taken over his profile: all may read what he did. */
let shenYue: Client
/** What every commit fails with; null while the database is well. */
let failure: unknown = null
/** What was sent to anybody. */
let sent: Message[]
beforeAll(async () => {
  const database = await memoryDatabase()
  const failing: Database = {
    ...database,
    async commit(...statements) {
      if (failure !== null) throw failure
      return database.commit(...statements)
    },
  }
  const box = letterBox()
  sent = box.sent
  market = await openMarket({ database: failing, messenger: box.messenger })
  description = JSON.parse((await market.visitor.get('/openapi.json')).text)
  enterprise = await market.enterprise({ name: '众砺重工有限公司' })
  institution = await market.institution({ name: '砺州理工大学' })
  expert = await market.expert({ name: '闻一舟' })
  signedIn = await market.person('13900139000')
  shenYue = await market.expert({ name: '沈岳' })
  await market.claim(shenYue.id)
})
afterEach(() => {
  failure = null
})

const demandIn = async (state: 'draft' | 'vetting' | 'publish', end = '') => {
  const { id } = await market[state](enterprise, casting)
  return `/api/demands/${id}${end}`
}
/** A demand, and what merges another one of its enterprise into it. */
const twinDemands = async () => {
  const { id: withId, version: withVersion } = await market.draft(enterprise, casting)
  return [await demandIn('draft'), { withId, version: 1, withVersion, take: [] }] as const
}
/** Other words wait for the enterprise's answer. */
const proposedOn = async (end: string) => {
  const path = await demandIn('draft', '/proposal')
  await market.operator.post(path, { changes: { title: '薄壁压铸件气孔率控制' }, note: null })
  return `${path}${end}`
}
const offeringIn = async (state: 'draft' | 'vetting' | 'published', end = '') => {
  const { id } = await (state === 'published' ? market.offer : market.list)(institution, fixture)
  if (state === 'vetting') await institution.post(`/api/offerings/${id}/publication-request`)
  return `/api/offerings/${id}${end}`
}
const enteredFor = async (end = '/confirmation-link') => {
  const { id } = await market.draft(market.operator, { ...casting, enterpriseId: enterprise.id })
  return `/api/demands/${id}${end}`
}
const paper = { kind: 'paper', title: '箱形梁焊接旁弯的预测' }
const evidenceOfShenYue = async () => `/api/evidence/${(await market.evidence({ ...paper, kind: 'paper', expertId: shenYue.id })).id}`
const noun = (path: string, draft: object): Record<string, () => Promise<Scene>> => {
  const made = async () => (await market.operator.post(path, draft)).header('location')!
  return {
    [`GET ${path}`]: async () => ({ path }),
    [`POST ${path}`]: async () => ({ path, body: draft }),
    [`GET ${path}/{id}`]: async () => ({ path: await made() }),
    [`PATCH ${path}/{id}`]: async () => ({ path: await made(), version: 1, body: { summary: '铸造与热处理' } }),
  }
}

/** What documents can be attached to. */
const attaching: Record<string, () => Promise<string>> = {
  demands: () => demandIn('draft'),
  offerings: () => offeringIn('draft'),
  enterprises: async () => `/api/enterprises/${enterprise.id}`,
  institutions: async () => `/api/institutions/${institution.id}`,
  providers: async () => (await market.operator.post('/api/providers', { name: '砺州检测服务有限公司' })).header('location')!,
  parks: async () => (await market.operator.post('/api/parks', { name: '铸东产业园' })).header('location')!,
  counties: async () =>
    (await market.operator.post('/api/counties', { name: '铸东县', region: codeIn('region', '990103') })).header('location')!,
  contacts: async () => `/api/contacts/${(await visited()).id}`,
}
const file = Uint8Array.from(aPng())
/** What the operator reads without a reason. */
const groupOn = (path: string) => (/demands|offerings|contacts/.test(path) ? 'detail' : 'confidential')
const attach = async (path: string): Promise<Attachment> => {
  const scene = { path: `${path}/attachments?name=a.png&group=${groupOn(path)}`, file }
  return (await ask('POST', scene)).as(Attachment)
}
const attachment = async (end = '') => `/api/attachments/${(await attach(await demandIn('draft'))).id}${end}`
const attachments = Object.fromEntries(
  Object.values(subjectKinds).flatMap((kind): [string, () => Promise<Scene>][] => [
    [`GET /api/${kind}/{id}/attachments`, async () => ({ path: `${await attaching[kind]!()}/attachments` })],
    [
      `POST /api/${kind}/{id}/attachments`,
      async () => {
        const path = await attaching[kind]!()
        // Nothing that has twenty already: some subjects are the same in every scene.
        const { database } = market.ports
        await database.commit(database.query.deleteFrom('attachment').where('subject_id', '=', path.split('/').at(-1)!))
        return { path: `${path}/attachments?name=a.png&group=${groupOn(path)}`, file }
      },
    ],
    [`GET /api/${kind}/{id}/readings`, async () => ({ path: `${await attaching[kind]!()}/readings` })],
  ]),
)
const opening = async () => {
  const body = { subjectId: (await market.publish(enterprise, casting)).id, reason: '核对涉密情况' }
  return (await market.operator.post('/api/openings', body)).as(Disclosure).id
}
/** Somebody who entered the market himself. */
const enrolledExpert = async () => {
  const body = { as: 'expert', name: '柳见山', institutionId: null, field: '铸造', agreesTo: ['profile', 'proposal'], isNew: true }
  return (await market.visitor.post('/api/enrolments', body, await somebody())).as(Enrolment).subjectId
}
const verification = async () => {
  const { id } = await market.enterprise({ name: '北塬机械有限公司' })
  return (await market.operator.post(`/api/organisations/${id}/verification`, { note: null })).as(Verification).id
}
const claim = async () => {
  const body = { subjectId: (await market.enterprise({ name: '北塬机械有限公司' })).id, note: null }
  return (await market.visitor.post('/api/claims', body, signedIn)).as(Claim).id
}
let numbers = 0
/** Somebody who is signed in, another one each time, and his phone. */
const somebody = () => market.person(`138${String(++numbers).padStart(8, '0')}`)
/** An expert's profile that is the person's. */
const ownExpert = async () => {
  const own = await market.expert({ name: '鲁砚' })
  const { id: accountId } = await accountOf(market.ports, '+8613900139000')
  await admitMember(market.ports, 'the test', { accountId, role: 'expert', subjectId: own.id, rank: 'owner' })
  return own
}
/** Of somebody whom this market has never seen. */
const anErasure = async () => {
  const { ports } = market
  return { id: ports.newId('erasure'), reason: 'request', at: ports.now(), ids: [ports.newId('expert')], keyId: null, marks: [] }
}
const twins = async () => {
  const [from, into] = [await market.enterprise({ name: '北塬机械' }), await market.enterprise({ name: '北塬机械有限公司' })]
  return { fromId: from.id, intoId: into.id, reason: '同一家' }
}

const keptFilters = { list: 'board', name: '三十天内到期', query: 'due=month' }
/** A view that somebody keeps, and where one of its verbs is. */
const keptView = async (verb: string) => {
  const headers = await somebody()
  const { id } = JSON.parse((await market.visitor.post('/api/account/views', keptFilters, headers)).text)
  return { path: `/api/account/views/${id}${verb}`, headers }
}
/** The expert himself, signed in: programs put nothing off. */
const withInbox = () => market.member('13900139055', 'expert', shenYue.id)

/** A published demand, and an expert and a result opposite to it. */
const pairing = async () => ({ demandId: (await market.publish(enterprise, casting)).id, supplyId: shenYue.id })
const decline = { code: 'time', note: null, isReleased: true } as const
const interest = async () => (await enterprise.post('/api/interests', { ...(await pairing()), note: null, contact: null })).as(InterestView)
const sentInvitation = async () => (await market.operator.post('/api/invitations', { ...(await pairing()), note: null })).as(SentInvitation)
/** An institution that is asked about a result of its own, and what hands that to one of its people. */
const handing = async () => {
  const office = await market.institution({ name: '河西科技学院' })
  const affiliations = [{ institutionId: office.id, department: null, post: null }]
  const one = await market.expert({ name: '鲁砚', affiliations })
  await market.claim(one.id)
  const { id: supplyId } = await market.offer(office, fixture)
  const { id: demandId } = await market.publish(enterprise, casting)
  const asked = (await enterprise.post('/api/interests', { demandId, supplyId, note: null, contact: null })).as(InterestView)
  return { office, one, body: { requestIds: [asked.id], to: one.id, note: '请您看看', until: null } }
}
const handed = async () => {
  const { office, one, body } = await handing()
  const { items } = (await office.post('/api/delegations', body)).as(z.object({ items: z.array(Delegation) }))
  return { office, one, body, id: items[0]!.id }
}
const refusal = async () => (await shenYue.post('/api/refusals', { ...(await pairing()), ...decline })).as(Refusal)
const onBoard = async () => (await market.operator.post('/api/engagements', { ...(await pairing()), outside: null })).as(Engagement)
const move = { to: 'talking', version: 1, on: null, code: null, note: null }
const call = {
  channel: 'phone',
  result: 'reached',
  withWhom: '罗工',
  note: null,
  on: '2026-11-16',
  next: { what: '寄样件', on: '2026-11-20' },
}
const recorded = async (next: object | null = call.next) =>
  (await market.operator.post('/api/contacts', { ...call, next, subjectId: enterprise.id })).as(Contact)
const sheet = { place: '二号厂房', met: [], seen: '浇口处缩松', needs: ['减少铸件缩松'] }
const visited = async () =>
  (await market.operator.post('/api/contacts', { ...call, channel: 'visit', visit: sheet, subjectId: enterprise.id })).as(Contact)
const unanswered = { since: null, loss: null, tried: null, measured: null, conditions: null, neededOn: null, decider: null }
const interview = {
  ...{ channel: 'phone', withWhom: '罗工', on: '2026-11-16', next: null },
  answers: {
    ...unanswered,
    ...{ happens: '加工后暴露缩松', wanted: [], fixed: ['不换合金'], budgetMinFen: null, budgetMaxFen: null, expertVisit: 'yes' },
  },
}
const choice = async () => {
  const { demandId, supplyId } = await pairing()
  return { demandId, note: null, items: [{ supplyId, comment: '做过箱形梁' }] }
}
const aShortlist = async () => `/api/shortlists/${(await market.operator.post('/api/shortlists', await choice())).as(Shortlist).id}`
const referral = async () => {
  const { link } = await sentInvitation()
  const secret = new URL(link).pathname.split('/').at(-1)!
  await replyToInvitation(market.ports, secret, { answer: 'refer', name: '沈岳', referred: '鲁砚', institution: null, note: null })
  const { items } = (await market.operator.get('/api/referrals?state=open')).as(pageOf(Referral))
  return items[0]!
}
const dealings: Record<string, () => Promise<Scene>> = {
  'POST /api/interests': async () => ({
    path: '/api/interests',
    body: { ...(await pairing()), note: null, contact: null },
    as: enterprise,
  }),
  'GET /api/interests': async () => ({ path: '/api/interests' }),
  'GET /api/interests/{id}': async () => ({ path: `/api/interests/${(await interest()).id}` }),
  'POST /api/interests/{id}/answer': async () => ({
    path: `/api/interests/${(await interest()).id}/answer`,
    body: { answer: 'declined', ...decline },
    as: shenYue,
  }),
  'POST /api/interests/{id}/withdrawal': async () => ({ path: `/api/interests/${(await interest()).id}/withdrawal`, as: enterprise }),
  'POST /api/refusals': async () => ({ path: '/api/refusals', body: { ...(await pairing()), ...decline }, as: shenYue }),
  'GET /api/refusals': async () => ({ path: `/api/refusals?demandId=${(await refusal()).demandId}` }),
  'POST /api/refusals/{id}/ending': async () => ({ path: `/api/refusals/${(await refusal()).id}/ending`, as: shenYue }),
  'POST /api/invitations': async () => ({ path: '/api/invitations', body: { ...(await pairing()), note: null } }),
  'GET /api/invitations': async () => ({ path: '/api/invitations' }),
  'POST /api/invitations/{id}/withdrawal': async () => ({ path: `/api/invitations/${(await sentInvitation()).id}/withdrawal` }),
  'GET /api/invitations/received': async () => ({ path: '/api/invitations/received', as: shenYue }),
  'GET /api/invitations/received/{id}': async () => ({ path: `/api/invitations/received/${(await sentInvitation()).id}`, as: shenYue }),
  'POST /api/invitations/{id}/answer': async () => ({
    path: `/api/invitations/${(await sentInvitation()).id}/answer`,
    body: { answer: 'decline', ...decline },
    as: shenYue,
  }),
  'GET /api/requests': async () => ({ path: '/api/requests', as: (await handing()).office }),
  'POST /api/delegations': async () => {
    const { office, body } = await handing()
    return { path: '/api/delegations', as: office, body }
  },
  'GET /api/delegations': async () => ({ path: '/api/delegations', as: (await handing()).office }),
  'GET /api/delegations/{id}': async () => {
    const { office, id } = await handed()
    return { path: `/api/delegations/${id}`, as: office }
  },
  'POST /api/delegations/{id}/ending': async () => {
    const { office, id } = await handed()
    return { path: `/api/delegations/${id}/ending`, as: office }
  },
  'POST /api/delegations/undoings': async () => {
    const { office, id } = await handed()
    return { path: '/api/delegations/undoings', as: office, body: { delegations: [{ id, version: 1 }] } }
  },
  'GET /api/referrals': async () => ({ path: '/api/referrals' }),
  'POST /api/referrals/{id}/closing': async () => ({ path: `/api/referrals/${(await referral()).id}/closing`, body: { supplyId: null } }),
  'POST /api/engagements': async () => ({ path: '/api/engagements', body: { ...(await pairing()), outside: null } }),
  'GET /api/engagements': async () => ({ path: '/api/engagements' }),
  'GET /api/engagements/{id}': async () => ({ path: `/api/engagements/${(await onBoard()).id}` }),
  'POST /api/engagements/{id}/moves': async () => ({ path: `/api/engagements/${(await onBoard()).id}/moves`, body: move }),
  'POST /api/engagements/{id}/undoing': async () => {
    const path = `/api/engagements/${(await onBoard()).id}`
    await market.operator.post(`${path}/moves`, move)
    return { path: `${path}/undoing`, body: { version: 2 } }
  },
  'POST /api/engagements/moves': async () => ({
    path: '/api/engagements/moves',
    body: { cases: [{ id: (await onBoard()).id, version: 1 }], to: 'talking', on: null, code: null, note: null },
  }),
  'POST /api/engagements/undoings': async () => {
    const { id } = await onBoard()
    const { steps } = (await market.operator.post(`/api/engagements/${id}/moves`, move)).as(Engagement)
    return { path: '/api/engagements/undoings', body: { at: steps.at(-1)!.at } }
  },
  'POST /api/shortlists': async () => ({ path: '/api/shortlists', body: await choice() }),
  'GET /api/shortlists': async () => ({ path: '/api/shortlists' }),
  'GET /api/shortlists/{id}': async () => ({ path: await aShortlist() }),
  'POST /api/shortlists/{id}/sendings': async () => ({ path: `${await aShortlist()}/sendings`, body: { to: '罗总', how: 'wechat' } }),
  'POST /api/shortlists/{id}/link': async () => ({ path: `${await aShortlist()}/link` }),
  'POST /api/contacts': async () => ({ path: '/api/contacts', body: { ...call, subjectId: enterprise.id } }),
  'GET /api/contacts': async () => ({ path: '/api/contacts' }),
  'GET /api/contacts/visits': async () => ({ path: '/api/contacts/visits' }),
  'GET /api/contacts/{id}': async () => ({ path: `/api/contacts/${(await visited()).id}` }),
  'POST /api/demands/{id}/diagnosis': async () => ({ path: await demandIn('draft', '/diagnosis'), body: interview }),
  'GET /api/contacts/due': async () => ({ path: '/api/contacts/due?until=2026-12-31' }),
  'PATCH /api/contacts/{id}': async () => ({ path: `/api/contacts/${(await recorded()).id}`, version: 1, body: { withWhom: '罗采薇' } }),
  'PUT /api/contacts/{id}/next-step': async () => ({
    path: `/api/contacts/${(await recorded()).id}/next-step`,
    version: 1,
    body: { isDone: true },
  }),
}
const table = (firm: string, title = '铸件缩松', line = 1) =>
  new TextEncoder().encode(`企业名称,需求名称,需求内容\n${firm},${title},第${line}批铸件加工后暴露缩松\n`)
let tables = 0
/** A table of one line, as nobody handed in before. */
const intakeFile = () => Uint8Array.from(table('北塬机械有限公司', '铸件缩松', ++tables))
const handedIn = async (as = market.operator, bytes: Uint8Array<ArrayBuffer> = intakeFile()) =>
  (await ask('POST', { path: '/api/intakes?name=a.csv', file: bytes }, { as })).as(IntakeView)
const lineIn = async (id: string, as = market.operator) =>
  (await as.get(`/api/intakes/${id}/lines`)).as(z.object({ items: z.array(IntakeLine) })).items[0]!
const intakeLine = async (end: string) => `/api/intake-lines/${(await lineIn((await handedIn()).id)).id}${end}`
const leave = { reason: '重复抄送' }
const intakes: Record<string, () => Promise<Scene>> = {
  'POST /api/intakes': async () => ({ path: '/api/intakes?name=a.csv', file: intakeFile() }),
  'GET /api/intakes': async () => ({ path: '/api/intakes' }),
  'GET /api/intakes/{id}': async () => ({ path: `/api/intakes/${(await handedIn()).id}` }),
  'DELETE /api/intakes/{id}': async () => ({ path: `/api/intakes/${(await handedIn()).id}`, version: 1 }),
  'GET /api/intakes/{id}/lines': async () => ({ path: `/api/intakes/${(await handedIn()).id}/lines` }),
  'PUT /api/intakes/{id}/columns': async () => ({
    path: `/api/intakes/${(await handedIn()).id}/columns`,
    version: 1,
    body: { corrections: [{ grid: 0, at: 2, field: 'note' }] },
  }),
  'POST /api/intake-lines/{id}/draft': async () => ({ path: await intakeLine('/draft'), body: {} }),
  'POST /api/intake-lines/{id}/routing': async () => ({ path: await intakeLine('/routing'), body: { to: 'finance', reason: '转金融办' } }),
  'POST /api/intake-lines/{id}/leaving': async () => ({ path: await intakeLine('/leaving'), body: leave }),
  'POST /api/intake-lines/{id}/reopening': async () => {
    const path = await intakeLine('')
    await market.operator.post(`${path}/leaving`, leave)
    return { path: `${path}/reopening` }
  },
  'POST /api/intake-lines/{id}/merging': async () => {
    const { demandId } = (await market.operator.post(await intakeLine('/draft'), {})).as(z.object({ demandId: z.string() }).loose())
    return { path: await intakeLine('/merging'), body: { demandId, version: 1, take: [] } }
  },
}
/** What is kept from those who may look and not write: a key for looking alone. */
async function byReadingKey(endpoint: string): Promise<Answer> {
  const scopes = ['invitation.read', 'referral.read', 'engagement.read', 'contact.read', 'shortlist.read', 'intake.read', 'demand.read']
  const { secret } = (await (await person()).post('/api/keys', { ...key, scopes })).as(MadeKey)
  return ask(endpoint, { ...(await scenes[endpoint]!()), headers: { authorization: `Bearer ${secret}` } }, { as: market.visitor })
}

const key = { name: '排产系统', days: 30, scopes: null, rank: null, requestsPerMinute: null }
const invitation = { phone: null, email: null, rank: 'viewer' }
/** A colleague of the operator's, beside another one who stays. */
const memberPath = async () => {
  await person()
  const { membership } = (await (await person()).get('/api/account')).as(Who)
  return `/api/members/${membership!.id}`
}
/** An organisation of its own, so that no other test's invitations count against it. */
const ownOffice = async () => market.enterprise({ name: '北塬机械有限公司' })

/** For every endpoint a request that succeeds. */
const worksFile = () => new TextEncoder().encode(`@article{a, title = {第${++tables}次测量残余应力}}`)
const takenIn = async () => {
  const scene = { path: `/api/experts/${shenYue.id}/evidence/imports`, file: worksFile() }
  return (await ask('POST', scene)).as(WorksTaken).id
}
const removedEvidence = async () => {
  const path = await evidenceOfShenYue()
  await market.operator.delete(path, 1)
  return path
}
const works: Record<string, () => Promise<Scene>> = {
  'POST /api/experts/{id}/evidence/reading': async () => ({ path: `/api/experts/${shenYue.id}/evidence/reading`, file: worksFile() }),
  'POST /api/experts/{id}/evidence/imports': async () => ({ path: `/api/experts/${shenYue.id}/evidence/imports`, file: worksFile() }),
  'POST /api/evidence-imports/{id}/undoing': async () => ({ path: `/api/evidence-imports/${await takenIn()}/undoing` }),
  'POST /api/evidence/{id}/restoring': async () => ({ path: `${await removedEvidence()}/restoring` }),
}
const scenes: Record<string, () => Promise<Scene>> = {
  'GET /api/account': async () => ({ path: '/api/account' }),
  'POST /api/account/membership': async () => {
    const as = await person()
    const { membership } = (await as.get('/api/account')).as(Who)
    return { path: '/api/account/membership', as, body: { id: membership!.id } }
  },
  'POST /api/sign-out-everywhere': async () => {
    // Whoever asks twice has signed in again in between.
    const phone = nextPhone()
    const as = await market.member(phone, 'operator', null)
    const ask: Client['ask'] = async (...request) => (await market.member(phone, 'operator', null)).ask(...request)
    return { path: '/api/sign-out-everywhere', as: { ...as, ask } }
  },
  'GET /api/members': async () => ({ path: '/api/members' }),
  'PATCH /api/members/{id}': async () => ({ path: await memberPath(), version: 1, body: { rank: 'viewer' } }),
  'POST /api/members/{id}/end': async () => ({ path: `${await memberPath()}/end` }),
  'GET /api/members/invitations': async () => ({ path: '/api/members/invitations' }),
  'POST /api/members/invitations': async () => ({ path: '/api/members/invitations', as: await ownOffice(), body: invitation }),
  'POST /api/members/invitations/{id}/revocation': async () => {
    const as = await ownOffice()
    const { id } = (await as.post('/api/members/invitations', invitation)).as(MadeInvitation)
    return { path: `/api/members/invitations/${id}/revocation`, as }
  },
  'GET /api/keys': async () => ({ path: '/api/keys' }),
  'POST /api/keys': async () => ({ path: '/api/keys', body: key }),
  'POST /api/keys/{id}/revocation': async () => {
    const { id } = (await market.operator.post('/api/keys', key)).as(MadeKey)
    return { path: `/api/keys/${id}/revocation` }
  },
  'POST /api/demands/{id}/proposal': async () => ({
    path: await demandIn('draft', '/proposal'),
    body: { changes: { title: '薄壁压铸件气孔率控制' }, note: null },
  }),
  'POST /api/demands/{id}/proposal/acceptance': async () => ({
    path: await proposedOn('/acceptance'),
    as: enterprise,
    body: { version: 2 },
  }),
  'POST /api/demands/{id}/proposal/refusal': async () => ({
    path: await proposedOn('/refusal'),
    as: enterprise,
    body: { reason: '数字不对' },
  }),
  'GET /api/demands/{id}/confirmation-link': async () => {
    const path = await enteredFor()
    await market.operator.post(path)
    return { path }
  },
  'POST /api/demands/{id}/confirmation-link': async () => ({ path: await enteredFor() }),
  'GET /api/market': async () => ({ path: '/api/market' }),
  'GET /api/market/flagged-terms': async () => ({ path: '/api/market/flagged-terms' }),
  'PUT /api/market/flagged-terms': async () => {
    const tag = (await market.operator.get('/api/market/flagged-terms')).header('etag')!
    return { path: '/api/market/flagged-terms', version: Number(tag.replaceAll('"', '')), body: defaultFlaggedTerms }
  },
  'GET /api/market/settings': async () => ({ path: '/api/market/settings' }),
  'PATCH /api/market/settings': async () => {
    const tag = (await market.operator.get('/api/market/settings')).header('etag')!
    return { path: '/api/market/settings', version: Number(tag.replaceAll('"', '')), body: { name: '砺州市场' } }
  },
  'GET /api/account/views': async () => ({ path: '/api/account/views?list=board', headers: signedIn }),
  'POST /api/account/views': async () => ({ path: '/api/account/views', body: keptFilters, headers: await somebody() }),
  'POST /api/account/views/{id}/name': async () => ({ ...(await keptView('/name')), body: { name: '本月到期' } }),
  'POST /api/account/views/{id}/removal': async () => keptView('/removal'),
  'POST /api/account/views/{id}/restoration': async () => {
    const { path, headers } = await keptView('/restoration')
    await market.visitor.post(path.replace('/restoration', '/removal'), undefined, headers)
    return { path, headers }
  },
  'GET /api/postponements': async () => ({ path: '/api/postponements', as: await withInbox() }),
  'POST /api/postponements': async () => ({
    path: '/api/postponements',
    body: { ...(await pairing()), until: '2026-12-01' },
    as: await withInbox(),
  }),
  'POST /api/postponements/ending': async () => ({ path: '/api/postponements/ending', body: await pairing(), as: await withInbox() }),
  'GET /api/privacy': async () => ({ path: '/api/privacy' }),
  'PATCH /api/privacy': async () => {
    const tag = (await market.operator.get('/api/privacy')).header('etag')!
    return { path: '/api/privacy', version: Number(tag.replaceAll('"', '')), body: { retention: { claimMonths: 6 } } }
  },
  'GET /api/account/data': async () => ({ path: '/api/account/data', headers: signedIn }),
  'GET /api/account/consents': async () => ({ path: '/api/account/consents', headers: signedIn }),
  'POST /api/account/agreement': async () => ({ path: '/api/account/agreement', headers: await somebody() }),
  'POST /api/account/consents': async () => ({
    path: '/api/account/consents',
    body: { purpose: 'proposal', expertId: (await ownExpert()).id, isGiven: true },
    headers: signedIn,
  }),
  'POST /api/account/erasure-code': async () => ({ path: '/api/account/erasure-code', headers: await somebody() }),
  'POST /api/account/erasure': async () => {
    const headers = await somebody()
    const { id } = (await market.visitor.post('/api/account/erasure-code', undefined, headers)).as(z.object({ id: z.string() }))
    return { path: '/api/account/erasure', body: { kind: 'code', id, code: String(sent.at(-1)!.facts.code) }, headers }
  },
  'GET /api/persons/{id}': async () => ({ path: `/api/persons/${(await market.expert({ name: '鲁砚' })).id}` }),
  'POST /api/persons/{id}/erasure': async () => ({
    path: `/api/persons/${(await market.expert({ name: '鲁砚' })).id}/erasure`,
    body: { reason: 'request' },
  }),
  'POST /api/experts/{id}/consents': async () => ({
    path: `/api/experts/${(await market.expert({ name: '鲁砚' })).id}/consents`,
    body: { purpose: 'proposal', isGiven: false, how: 'by-phone' },
  }),
  'GET /api/erasures': async () => ({ path: '/api/erasures' }),
  'POST /api/erasures': async () => ({ path: '/api/erasures', body: { items: [await anErasure()] } }),
  'GET /api/search': async () => ({ path: '/api/search' }),
  'GET /api/recommendations': async () => ({ path: '/api/recommendations' }),
  'GET /api/demands': async () => ({ path: '/api/demands' }),
  'POST /api/demands': async () => ({ path: '/api/demands', body: { ...casting, enterpriseId: enterprise.id } }),
  'GET /api/demands/{id}': async () => ({ path: await demandIn('draft') }),
  'PATCH /api/demands/{id}': async () => ({ path: await demandIn('draft'), version: 1, body: { keywords: ['压铸'] } }),
  'GET /api/match-lists/{id}': async () => {
    await offeringIn('published')
    const path = await demandIn('draft', '/matches')
    return { path: `/api/match-lists/${(await enterprise.get(path)).as(Matches).listId}` }
  },
  'GET /api/match-lists/about/{askedId}': async () => {
    await offeringIn('published')
    const path = await demandIn('draft')
    await enterprise.get(`${path}/matches`)
    return { path: `/api/match-lists/about/${path.split('/').at(-1)}` }
  },
  'GET /api/judgments/next': async () => ({ path: '/api/judgments/next' }),
  'GET /api/judgments': async () => ({ path: '/api/judgments' }),
  'POST /api/judgments': async () => ({ path: '/api/judgments', body: { ...(await pairing()), grade: 2 } }),
  'GET /api/market/quality': async () => ({ path: '/api/market/quality' }),
  'GET /api/demands/{id}/exclusions': async () => ({ path: await demandIn('draft', '/exclusions') }),
  'GET /api/demands/{id}/exclusions/{supplyId}': async () => ({ path: await demandIn('draft', `/exclusions/${expert.id}`) }),
  'GET /api/demands/{id}/contrast/{above}/{below}': async () => {
    const offering = await offeringIn('published')
    const id = offering.split('/').at(-1)
    return { path: await demandIn('draft', `/contrast/${id}/${id}`) }
  },
  'GET /api/demands/{id}/advice': async () => ({ path: await demandIn('draft', '/advice') }),
  'GET /api/demands/{id}/advice/{supplyId}': async () => ({ path: await demandIn('draft', `/advice/${expert.id}`), as: market.operator }),
  'POST /api/demand-drafts/analysis': async () => ({ path: '/api/demand-drafts/analysis', body: { title: casting.title } }),
  'GET /api/demands/{id}/matches': async () => ({ path: await demandIn('draft', '/matches') }),
  'POST /api/demands/{id}/publication-request': async () => ({ path: await demandIn('draft', '/publication-request') }),
  'POST /api/demands/{id}/publication': async () => ({ path: await demandIn('vetting', '/publication'), body: { checks } }),
  'POST /api/demands/{id}/return': async () => ({ path: await demandIn('vetting', '/return'), body: { reason: '请补充现状' } }),
  'POST /api/demands/{id}/routing': async () => ({
    path: await demandIn('vetting', '/routing'),
    body: { to: 'finance', reason: '融资需求' },
  }),
  'POST /api/demands/{id}/withdrawal': async () => ({ path: await demandIn('draft', '/withdrawal') }),
  'POST /api/demands/{id}/solution': async () => ({ path: await demandIn('publish', '/solution') }),
  'POST /api/demands/{id}/confirmation': async () => ({
    path: await enteredFor('/confirmation'),
    body: { how: 'phone', by: '罗采薇' },
  }),
  'POST /api/demands/{id}/assignment': async () => ({
    path: await demandIn('draft', '/assignment'),
    body: { brokerId: (await market.broker({ name: '鲁经理' })).id },
  }),
  'GET /api/offerings': async () => ({ path: '/api/offerings' }),
  'POST /api/offerings': async () => ({ path: '/api/offerings', body: { ...fixture, ownerId: institution.id } }),
  'GET /api/offerings/{id}': async () => ({ path: await offeringIn('draft') }),
  'PATCH /api/offerings/{id}': async () => ({ path: await offeringIn('draft'), version: 1, body: { keywords: ['胎具'] } }),
  'GET /api/offerings/{id}/matches': async () => ({ path: await offeringIn('published', '/matches') }),
  'POST /api/offerings/{id}/publication-request': async () => ({ path: await offeringIn('draft', '/publication-request') }),
  'POST /api/offerings/{id}/publication': async () => ({ path: await offeringIn('vetting', '/publication'), body: { checks } }),
  'POST /api/offerings/{id}/return': async () => ({ path: await offeringIn('vetting', '/return'), body: { reason: '请注明依据' } }),
  'POST /api/offerings/{id}/withdrawal': async () => ({ path: await offeringIn('draft', '/withdrawal') }),
  ...noun('/api/enterprises', { name: '北塬机械有限公司' }),
  ...noun('/api/parks', { name: '铸东产业园' }),
  ...noun('/api/institutions', { name: '河西科技学院', kind: 'university' }),
  ...noun('/api/experts', { name: '沈岳', source: 'institution' }),
  ...noun('/api/brokers', { name: '白经理' }),
  ...noun('/api/providers', { name: '砺州计量检测中心' }),
  ...noun('/api/counties', { name: '清埠县科技局', region: codeIn('region', '990121') }),
  'POST /api/organisations/{id}/verification': async () => ({
    path: `/api/organisations/${(await market.enterprise({ name: '北塬机械有限公司' })).id}/verification`,
    body: { note: '营业执照' },
  }),
  'GET /api/organisations/{id}/verification': async () => ({ path: `/api/organisations/${enterprise.id}/verification` }),
  'POST /api/experts/{id}/verification': async () => ({
    path: `/api/experts/${await enrolledExpert()}/verification`,
    body: { note: '工号 1024' },
  }),
  'GET /api/experts/{id}/verification': async () => ({ path: `/api/experts/${expert.id}/verification` }),
  'GET /api/verifications': async () => ({ path: '/api/verifications' }),
  'POST /api/verifications/{id}/decision': async () => ({
    path: `/api/verifications/${await verification()}/decision`,
    body: { verdict: 'grant', reason: '电话核对' },
  }),
  'POST /api/verifications/{id}/withdrawal': async () => ({ path: `/api/verifications/${await verification()}/withdrawal` }),
  'POST /api/claims': async () => ({
    path: '/api/claims',
    body: { subjectId: (await market.enterprise({ name: '北塬机械有限公司' })).id, note: null },
    headers: signedIn,
  }),
  'POST /api/enrolments': async () => ({
    path: '/api/enrolments',
    body: { as: 'enterprise', name: `南岭机械第${++enrolled}分公司`, creditCode: null, region: null, summary: null },
    headers: await somebody(),
  }),
  'GET /api/claims': async () => ({ path: '/api/claims', headers: signedIn }),
  'POST /api/claims/{id}/decision': async () => ({
    path: `/api/claims/${await claim()}/decision`,
    body: { verdict: 'grant', reason: null },
  }),
  'POST /api/claims/{id}/withdrawal': async () => ({ path: `/api/claims/${await claim()}/withdrawal`, headers: signedIn }),
  'GET /api/nda': async () => ({ path: '/api/nda' }),
  'POST /api/disclosures': async () => ({
    path: '/api/disclosures',
    body: { subjectId: (await market.publish(enterprise, casting)).id, textVersion: terms.version },
    as: shenYue,
  }),
  'GET /api/disclosures': async () => ({ path: '/api/disclosures' }),
  'POST /api/disclosures/{id}/ending': async () => ({ path: `/api/disclosures/${await opening()}/ending` }),
  'POST /api/openings': async () => ({
    path: '/api/openings',
    body: { subjectId: (await market.publish(enterprise, casting)).id, reason: '核对涉密情况' },
  }),
  'GET /api/demands/{id}/telling-words': async () => ({ path: await demandIn('draft', '/telling-words') }),
  'GET /api/demands/{id}/twins': async () => ({ path: await demandIn('publish', '/twins') }),
  'GET /api/demands/{id}/merging/{withId}': async () => {
    const [path, { withId }] = await twinDemands()
    return { path: `${path}/merging/${withId}` }
  },
  'POST /api/demands/{id}/merging': async () => {
    const [path, body] = await twinDemands()
    return { path: `${path}/merging`, body }
  },
  'POST /api/demands/{id}/merging/undoing': async () => {
    const [path, body] = await twinDemands()
    await market.operator.post(`${path}/merging`, body)
    return { path: `/api/demands/${body.withId}/merging/undoing` }
  },
  'POST /api/demands/{id}/distinction': async () => {
    const [path, { withId }] = await twinDemands()
    return { path: `${path}/distinction`, body: { withId } }
  },
  'POST /api/demands/{id}/distinction/undoing': async () => {
    const [path, { withId }] = await twinDemands()
    await market.operator.post(`${path}/distinction`, { withId })
    return { path: `${path}/distinction/undoing`, body: { withId } }
  },
  'POST /api/mergers': async () => ({ path: '/api/mergers', body: await twins() }),
  'GET /api/mergers': async () => ({ path: '/api/mergers' }),
  'POST /api/mergers/{id}/undoing': async () => ({
    path: `/api/mergers/${(await market.operator.post('/api/mergers', await twins())).as(Merger).id}/undoing`,
  }),
  ...dealings,
  'POST /api/experts/{id}/claim': async () => ({
    path: `/api/experts/${(await market.expert({ name: '鲁砚' })).id}/claim`,
  }),
  'GET /api/experts/{id}/evidence': async () => ({ path: `/api/experts/${expert.id}/evidence` }),
  'POST /api/experts/{id}/evidence': async () => ({ path: `/api/experts/${shenYue.id}/evidence`, body: paper }),
  'GET /api/evidence/{id}': async () => ({ path: await evidenceOfShenYue() }),
  'PATCH /api/evidence/{id}': async () => ({ path: await evidenceOfShenYue(), version: 1, body: { role: 'author' } }),
  'DELETE /api/evidence/{id}': async () => ({ path: await evidenceOfShenYue(), version: 1 }),
  'GET /api/offerings/{id}/completers': async () => ({ path: await offeringIn('draft', '/completers') }),
  ...attachments,
  ...intakes,
  ...works,
  'GET /api/attachments/{id}': async () => ({ path: await attachment() }),
  'GET /api/attachments/{id}/content': async () => ({ path: await attachment('/content') }),
  'DELETE /api/attachments/{id}': async () => ({ path: await attachment(), version: 1 }),
  'GET /api/readings': async () => {
    await market.operator.get(`/api/attachments/${(await attach(`/api/enterprises/${enterprise.id}`)).id}/content`)
    const { database } = market.ports
    const { code } = await database.query
      .selectFrom('reading')
      .select('code')
      .where('code', 'is not', null)
      .limit(1)
      .executeTakeFirstOrThrow()
    return { path: `/api/readings?code=${code}` }
  },
  'GET /api/experts/{id}/matches': async () => ({ path: `/api/experts/${expert.id}/matches` }),
  'PUT /api/institutions/{id}/standing-trust': async () => ({
    path: `/api/institutions/${(await market.institution({ name: '砺州工业技术研究院' })).id}/standing-trust`,
    version: 1,
    body: { hasStandingTrust: true },
  }),
}

interface Changes {
  as?: Client
  path?: string
  raw?: string
  version?: number | null
  headers?: Record<string, string>
}

/** Makes the request of a scene with something changed. */
function ask(
  endpoint: string,
  scene: Scene,
  {
    as = scene.as ?? (scene.headers ? market.visitor : market.operator),
    path = scene.path,
    raw,
    version = scene.version,
    headers,
  }: Changes = {},
): Promise<Answer> {
  const body = raw ?? scene.file ?? (scene.body && JSON.stringify(scene.body))
  return as.ask(endpoint.split(' ')[0]!, path, {
    headers: {
      ...(body !== undefined && { 'content-type': scene.file ? 'application/octet-stream' : 'application/json' }),
      ...(typeof version === 'number' && { 'if-match': `"${version}"` }),
      ...scene.headers,
      ...headers,
    },
    ...(body !== undefined && { raw: { body } }),
  })
}

/** After this the subject of a scene has come to an end. */
async function end({ path, as = market.operator }: Scene): Promise<void> {
  if (path.startsWith('/api/keys/')) return void (await as.post(path))
  const [subject] = /^\/api\/\w+\/\w+/.exec(path)!
  const last = path.endsWith('/claim') ? 'claim' : 'withdrawal'
  expect((await market.operator.post(`${subject}/${last}`)).status).toBe(200)
}

/** Nobody else is there who could manage the organisation. */
async function lastManager(endpoint: string): Promise<Answer> {
  const as = await person('enterprise', (await market.enterprise({ name: '北塬机械有限公司' })).id)
  const { membership } = (await as.get('/api/account')).as(Who)
  const [scene, path] = [await scenes[endpoint]!(), `/api/members/${membership!.id}`]
  return ask(endpoint, scene, { as, path: endpoint.endsWith('/end') ? `${path}/end` : path })
}

/** Nobody else is there who could run the market. */
async function lastOperator(endpoint: string): Promise<Answer> {
  const box = letterBox()
  const own = await openMarket({ messenger: box.messenger })
  const as = await own.member(nextPhone(), 'operator', null)
  const { account } = (await as.get('/api/account')).as(Who)
  if (endpoint.includes('/persons/')) return own.operator.post(`/api/persons/${account!.id}/erasure`, { reason: 'request' })
  const { id } = (await as.post('/api/account/erasure-code')).as(z.object({ id: z.string() }))
  return as.post('/api/account/erasure', { kind: 'code', id, code: String(box.sent.at(-1)!.facts.code) })
}

/** Whoever has erased himself cannot ask again: where he does not get that far, he can. */
function wrongCode(endpoint: string, { body }: Scene): Changes {
  return endpoint === 'POST /api/account/erasure' ? { raw: JSON.stringify({ ...body, code: '000000' }) } : {}
}

const withFailure = async (endpoint: string, wrong: unknown) => {
  const scene = await scenes[endpoint]!()
  failure = wrong
  // What only reads a file writes with a key alone, which keeps its answer.
  return ask(endpoint, scene, /(evidence.reading|analysis)$/.test(endpoint) ? { headers: { 'idempotency-key': `k-${++keys}` } } : {})
}

/** Readings of what everybody may know of. */
async function knownReadings(endpoint: string): Promise<Scene> {
  if (endpoint.includes('demands')) return { path: await demandIn('publish', '/readings') }
  if (endpoint.includes('offerings')) return { path: await offeringIn('published', '/readings') }
  return scenes[endpoint]!()
}

/** A document that everybody may read. */
async function knownAttachment(): Promise<string> {
  const scene = { path: `${await demandIn('publish')}/attachments?name=a.png&group=teaser`, file }
  return `/api/attachments/${(await ask('POST', scene)).as(Attachment).id}`
}

/** Who may know of the subject and may still not do it. */
async function notPermitted(endpoint: string): Promise<Answer> {
  if (endpoint === 'GET /api/contacts/{id}/readings') return byReadingKey(endpoint)
  if (/readings$/.test(endpoint)) return ask(endpoint, await knownReadings(endpoint), { as: expert })
  if (endpoint === 'DELETE /api/attachments/{id}')
    return ask(endpoint, { ...(await scenes[endpoint]!()), path: await knownAttachment() }, { as: expert })
  if (endpoint === 'GET /api/recommendations') return ask(endpoint, { path: '/api/recommendations' })
  if (/^GET .*(exclusions|advice).{supplyId}/.test(endpoint)) {
    const { id } = await market.publish(enterprise, casting)
    return (await market.enterprise({ name: '北塬机械有限公司' })).get(
      endpoint.replace('GET ', '').replace('{id}', id).replace('{supplyId}', expert.id),
    )
  }
  if (/^GET .*(exclusions|advice)$/.test(endpoint))
    return expert.get(endpoint.replace('GET ', '').replace('{id}', (await market.publish(enterprise, casting)).id))
  if (/^GET .*(matches|contrast.*)$/.test(endpoint) && /demands/.test(endpoint)) {
    const { id } = await market.publish(enterprise, { ...casting, visibility: 'nda' })
    return expert.get(
      endpoint
        .replace('GET ', '')
        .replace('{id}', id)
        .replace(/{(above|below)}/g, expert.id),
    )
  }
  if (endpoint === 'POST /api/claims/{id}/decision') {
    // A colleague who may look and no more.
    const headers = await market.person('13900139100')
    const { id: accountId } = await accountOf(market.ports, '+8613900139100')
    const subject = await market.enterprise({ name: '北塬机械有限公司' })
    await admitMember(market.ports, 'the test', { accountId, role: 'enterprise', subjectId: subject.id, rank: 'viewer' })
    const { id } = (await market.visitor.post('/api/claims', { subjectId: subject.id, note: null }, signedIn)).as(Claim)
    return market.visitor.post(`/api/claims/${id}/decision`, { verdict: 'grant', reason: null }, headers)
  }
  // Another person's profile is nobody's business; his own account everybody's.
  if (/\/api\/account\/(data|consents|agreement|erasure|views)/.test(endpoint)) {
    const headers = { ...(await somebody()), 'sec-fetch-site': 'cross-site' }
    const scene = await scenes[endpoint]!()
    return ask(endpoint, { ...scene, headers })
  }
  if (endpoint === 'GET /api/disclosures') return expert.get(`/api/disclosures?subjectId=${(await market.publish(enterprise, casting)).id}`)
  if (endpoint === 'POST /api/disclosures') return ask(endpoint, await scenes[endpoint]!(), { as: expert })
  // Who is told of a reader and may still not end it.
  if (endpoint === 'POST /api/disclosures/{id}/ending')
    return ask(endpoint, await scenes[endpoint]!(), { as: await market.client('auditor', null) })
  if (endpoint.includes('/verifications/')) return ask(endpoint, await scenes[endpoint]!(), { as: await market.client('auditor', null) })
  if (endpoint.startsWith('GET /api/members') || endpoint === 'GET /api/keys') {
    return ask(endpoint, await scenes[endpoint]!(), { as: await market.client('auditor', null) })
  }
  if (/(members|keys)\/\{id\}|members\/invitations\/\{id\}/.test(endpoint)) return asViewer(endpoint)
  if (endpoint === 'POST /api/keys') return ask(endpoint, await scenes[endpoint]!(), { as: await market.client('service', null) })
  // Whom it was handed to reads it, and gives it back by answering only.
  if (/POST \/api\/delegations\/(\{id\}\/ending|undoings)/.test(endpoint)) {
    const { one, id } = await handed()
    const scene = await scenes[endpoint]!()
    const path = scene.path.replace(/dlg_\w+/, id)
    return ask(endpoint, { path, ...(scene.body && { body: { delegations: [{ id, version: 1 }] } }) }, { as: one })
  }
  if (endpoint === 'POST /api/delegations') {
    const { office, body } = await handing()
    return ask(endpoint, { path: '/api/delegations', body }, { as: await market.member(nextPhone(), 'institution', office.id, 'viewer') })
  }
  if (endpoint.includes('/api/postponements')) return ask(endpoint, await scenes[endpoint]!(), { as: await person() })
  if (endpoint === 'GET /api/delegations') return ask(endpoint, await scenes[endpoint]!(), { as: enterprise })
  if (endpoint === 'POST /api/invitations/{id}/answer') return byViewerOfOffice(endpoint)
  if (/(invitations|referrals|engagements|contacts|shortlists|intakes|intake-lines)\/\{id\}/.test(endpoint)) return byReadingKey(endpoint)
  // Who is known of and still does not speak for that side.
  if (endpoint === 'POST /api/interests/{id}/answer') return ask(endpoint, await scenes[endpoint]!(), { as: enterprise })
  if (endpoint === 'POST /api/interests/{id}/withdrawal') return ask(endpoint, await scenes[endpoint]!(), { as: shenYue })
  if (endpoint === 'POST /api/refusals/{id}/ending') return ask(endpoint, await scenes[endpoint]!(), { as: market.operator })
  if (endpoint === 'GET /api/engagements' || endpoint === 'GET /api/invitations/received')
    return ask(endpoint, await scenes[endpoint]!(), { as: await market.client('auditor', null) })
  const as = endpoint.startsWith('GET /api/experts') ? enterprise : expert
  const scene = await scenes[endpoint]!()
  if (!/(demands|offerings)\/\{id\}/.test(endpoint)) return ask(endpoint, scene, { as })
  const known = endpoint.includes('demands') ? await demandIn('publish') : await offeringIn('published')
  return ask(endpoint, scene, { as, path: scene.path.replace(/^\/api\/\w+\/\w+/, known) })
}

/** A member of an institution that is asked, who may read it and not answer. */
async function byViewerOfOffice(endpoint: string): Promise<Answer> {
  const { id: officeId } = await market.institution({ name: '河西科技学院' })
  const { id: demandId } = await market.publish(enterprise, casting)
  const { id } = (await market.operator.post('/api/invitations', { demandId, supplyId: officeId, note: null })).as(SentInvitation)
  const as = await market.member(nextPhone(), 'institution', officeId, 'viewer')
  return ask(endpoint, { ...(await scenes[endpoint]!()), path: `/api/invitations/${id}/answer` }, { as })
}

/** A member who may look at what his organisation's owner may change. */
async function asViewer(endpoint: string): Promise<Answer> {
  const owner = await ownOffice()
  const viewer = await market.member(nextPhone(), 'enterprise', owner.id, 'viewer')
  const { membership } = (await viewer.get('/api/account')).as(Who)
  const made = endpoint.includes('keys')
    ? (await owner.post('/api/keys', key)).as(MadeKey)
    : (await owner.post('/api/members/invitations', invitation)).as(MadeInvitation)
  const id = endpoint.includes('members/{id}') ? membership!.id : made.id
  const scene = await scenes[endpoint]!()
  return ask(endpoint, { ...scene, path: endpoint.split(' ')[1]!.replace('{id}', id) }, { as: viewer })
}

let keys = 0
let enrolled = 0
/** Where little may be asked for. */
let tight: Market | undefined
/** For every kind of problem, how to meet it at an endpoint that declares it. */
const provoked: Partial<Record<ProblemKind, (endpoint: string) => Promise<Answer>>> = {
  'not-signed-in': async (endpoint) =>
    ask(endpoint, await scenes[endpoint]!(), { as: market.visitor, headers: { authorization: 'Bearer nobody' } }),
  'token-expired': async (endpoint) => ask(endpoint, await scenes[endpoint]!(), { as: await market.client('operator', null, 0) }),
  'not-permitted': notPermitted,
  'not-found': async (endpoint) => {
    const scene = await scenes[endpoint]!()
    if (endpoint === 'GET /api/readings') return ask(endpoint, { path: `/api/readings?code=${'A'.repeat(16)}` })
    if (endpoint === 'POST /api/account/membership') return ask(endpoint, { ...scene, body: { id: `mem_${'a'.repeat(20)}` } })
    const unknown = (text: string) => text.replace(/_\w{20}/, `_${'a'.repeat(20)}`)
    if (endpoint === 'POST /api/erasures') return ask(endpoint, scene)
    if (endpoint === 'POST /api/engagements/undoings') return ask(endpoint, scene, { raw: JSON.stringify({ at: '2020-01-01T00:00:00Z' }) })
    if (endpoint === 'GET /api/claims') return ask(endpoint, scene, { path: unknown(`/api/claims?subjectId=${enterprise.id}`) })
    if (endpoint === 'GET /api/disclosures') return ask(endpoint, scene, { path: `/api/disclosures?subjectId=dem_${'a'.repeat(20)}` })
    if (/^GET \/api\/(invitations|referrals|engagements|shortlists)$/.test(endpoint))
      return ask(endpoint, scene, { path: unknown(`${scene.path}?demandId=${enterprise.id.replace('ent_', 'dem_')}`) })
    return ask(endpoint, scene, { path: unknown(scene.path), ...(scene.body && { raw: unknown(JSON.stringify(scene.body)) }) })
  },
  'file-lost': async (endpoint) => {
    const scene = await scenes[endpoint]!()
    const { database, files } = market.ports
    const id = scene.path.split('/')[3]!
    const { blob } = await database.query.selectFrom('attachment').select('blob').where('id', '=', id).executeTakeFirstOrThrow()
    await files.remove(blob)
    return ask(endpoint, scene)
  },
  'not-allowed-now': async (endpoint) => {
    if (/(enterprises|institutions|providers|parks|counties|contacts).*attachments/.test(endpoint)) {
      const scene = await scenes[endpoint]!()
      for (let count = 0; count < 20; count++) await ask(endpoint, scene)
      return ask(endpoint, scene)
    }
    if (/^GET .*\/(matches|contrast.*|exclusions.*|advice.*)$/.test(endpoint)) {
      const path = await demandIn('publish')
      await enterprise.post(`${path}/solution`)
      return market.visitor.get(endpoint.replace('GET /api/demands/{id}', path).replace(/{(supplyId|above|below)}/g, expert.id))
    }
    if (endpoint === 'POST /api/delegations') {
      const { office, body } = await handing()
      await enterprise.post(`/api/interests/${body.requestIds[0]}/withdrawal`)
      return office.post('/api/delegations', body)
    }
    if (endpoint === 'POST /api/delegations/undoings') {
      const { office, one, body, id } = await handed()
      await one.post(`/api/interests/${body.requestIds[0]}/answer`, { answer: 'declined', ...decline })
      return office.post('/api/delegations/undoings', { delegations: [{ id, version: 2 }] })
    }
    if (/account\/views/.test(endpoint)) {
      const scene = await scenes[endpoint]!()
      const keep = () => market.visitor.post('/api/account/views', keptFilters, scene.headers)
      for (let count = 0; count < viewsAtMost; count++) await keep()
      return ask(endpoint, scene)
    }
    if (endpoint.includes('/members/')) return lastManager(endpoint)
    if (endpoint.endsWith('/erasure')) return lastOperator(endpoint)
    const scene = await scenes[endpoint]!()
    if (/^POST \/api\/(invitations|engagements|shortlists)$/.test(endpoint)) {
      await enterprise.post(`/api/demands/${(scene.body as { demandId: string }).demandId}/withdrawal`)
      return ask(endpoint, scene)
    }
    if (endpoint === 'POST /api/shortlists/{id}/link') {
      const { link } = (await ask(endpoint, scene)).as(MadeShortlistLink)
      const secret = new URL(link).pathname.split('/').at(-1)!
      await replyToShortlist(market.ports, secret, { name: '罗采薇', phone: '13900001122', answers: [] })
      return ask(endpoint, scene)
    }
    if (endpoint === 'PUT /api/intakes/{id}/columns') {
      const { database } = market.ports
      await database.commit(database.query.deleteFrom('intake_source').where('intake_id', '=', scene.path.split('/')[3]!))
      return ask(endpoint, scene)
    }
    if (endpoint === 'DELETE /api/intakes/{id}') {
      const { id } = await lineIn(scene.path.split('/')[3]!)
      await market.operator.post(`/api/intake-lines/${id}/draft`, {})
      return ask(endpoint, scene)
    }
    if (endpoint.endsWith('/moves')) return ask(endpoint, { ...scene, body: { ...scene.body, to: 'proposed' } })
    if (endpoint.endsWith('/undoing') && endpoint.includes('engagements'))
      return ask(endpoint, { ...scene, path: `/api/engagements/${(await onBoard()).id}/undoing`, body: { version: 1 } })
    if (endpoint.endsWith('/next-step')) return ask(endpoint, { ...scene, path: `/api/contacts/${(await recorded(null)).id}/next-step` })
    // What can be done once is its own end.
    if (
      /interests|refusals|invitations|delegations|referrals|verification|claims|mergers|disclosures|openings|intake-lines|distinction|merging\/undoing|evidence-imports/.test(
        endpoint,
      )
    )
      expect((await ask(endpoint, scene)).status).toBeLessThan(300)
    else await end(scene)
    return ask(endpoint, scene, { version: 2 })
  },
  'telling-words': async (endpoint) => {
    if (endpoint === 'POST /api/intake-lines/{id}/merging') {
      // Of a demand that is published without its enterprise's name, a line says the name.
      const firm = await market.enterprise({ name: '北塬机械有限公司' })
      const park = await market.park({ name: '铸东产业园' })
      const { id } = await market.draft(park, { ...casting, enterpriseId: firm.id, teaser: '铸件缩松求助', isAnonymous: true })
      await park.post(`/api/demands/${id}/publication-request`)
      await market.operator.post(`/api/demands/${id}/publication`, { checks: checks.map((each) => ({ ...each, reason: '企业同意' })) })
      const line = await lineIn((await handedIn(park, Uint8Array.from(table('北塬机械有限公司', '北塬机械有限公司求助')))).id, park)
      const { version } = (await park.get(`/api/demands/${id}`)).as(DemandView)
      return park.post(`/api/intake-lines/${line.id}/merging`, { demandId: id, version, take: ['title'] })
    }
    if (endpoint === 'POST /api/demands/{id}/merging') {
      // What an anonymous one would take of the other says the name.
      const firm = await market.enterprise({ name: '北塬机械有限公司' })
      const { id } = await market.draft(firm, { ...casting, isAnonymous: true })
      await firm.post(`/api/demands/${id}/publication-request`)
      const { version } = (
        await market.operator.post(`/api/demands/${id}/publication`, { checks: checks.map((each) => ({ ...each, reason: '企业同意' })) })
      ).as(Demand)
      const { id: withId } = await market.draft(firm, { ...casting, keywords: ['北塬机械有限公司'] })
      return market.operator.post(`/api/demands/${id}/merging`, { withId, version, withVersion: 1, take: ['keywords'] })
    }
    const hidden = { ...casting, teaser: '北塬机械有限公司求助', isAnonymous: true }
    const path = `/api/demands/${(await market.vetting(enterprise, hidden)).id}`
    if (endpoint === 'POST /api/demands/{id}/publication') return market.operator.post(`${path}/publication`, { checks })
    await enterprise.patch(path, 2, { teaser: null })
    // Its enterprise has published the same text under its name, which takes a reason.
    await market.operator.post(`${path}/publication`, { checks: checks.map((each) => ({ ...each, reason: '企业同意' })) })
    if (endpoint.startsWith('PATCH')) return enterprise.patch(path, 4, { teaser: '北塬机械有限公司求助' })
    await market.operator.post(`${path}/proposal`, { changes: { teaser: '北塬机械有限公司求助' }, note: null })
    return enterprise.post(`${path}/proposal/acceptance`, { version: 5 })
  },
  'already-exists': async (endpoint) => {
    if (endpoint === 'POST /api/intakes' || endpoint.endsWith('/evidence/imports')) {
      const scene = await scenes[endpoint]!()
      await ask(endpoint, scene)
      return ask(endpoint, scene)
    }
    if (endpoint === 'POST /api/engagements') {
      const { demandId, supplyId } = await onBoard()
      return ask(endpoint, { ...(await scenes[endpoint]!()), body: { demandId, supplyId, outside: null } })
    }
    if (endpoint === 'POST /api/enrolments') {
      const scene = await scenes[endpoint]!()
      await ask(endpoint, scene)
      return ask(endpoint, scene)
    }
    const { id: accountId } = await accountOf(market.ports, '+8613900139000')
    await admitMember(market.ports, 'the test', { accountId, role: 'enterprise', subjectId: enterprise.id, rank: 'owner' })
    return ask(endpoint, await scenes[endpoint]!(), { raw: JSON.stringify({ subjectId: enterprise.id, note: null }) })
  },
  'changed-meanwhile': (endpoint) => withFailure(endpoint, new ConcurrentChange(null)),
  'version-differs': async (endpoint) => {
    const scene = await scenes[endpoint]!()
    const isInBody = endpoint === 'POST /api/intake-lines/{id}/merging'
    return ask(endpoint, isInBody ? { ...scene, body: { ...scene.body, version: 99 } } : scene, { version: 99 })
  },
  'version-required': async (endpoint) => ask(endpoint, await scenes[endpoint]!(), { version: null }),
  'checks-missing': async (endpoint) => ask(endpoint, { ...(await scenes[endpoint]!()), body: { checks: [] } }),
  'invalid-json': async (endpoint) => ask(endpoint, await scenes[endpoint]!(), { raw: '{' }),
  'unsupported-media-type': async (endpoint) => {
    const scene = await scenes[endpoint]!()
    return ask(endpoint, scene, { headers: { 'content-type': scene.file ? 'application/json' : 'text/plain' } })
  },
  'too-large': async (endpoint) => {
    const scene = await scenes[endpoint]!()
    return ask(endpoint, scene, { raw: ' '.repeat(scene.file ? 3_000_000 : 1_000_001) })
  },
  'invalid-input': async (endpoint) => {
    const scene = await scenes[endpoint]!()
    if (endpoint === 'GET /api/readings') return ask(endpoint, { path: '/api/readings' })
    if (endpoint.startsWith('GET')) return ask(endpoint, scene, { path: `${scene.path}?limit=0` })
    if (scene.file) return ask(endpoint, scene, { raw: endpoint.includes('attachments') ? '<html>' : '甲,乙' })
    if (scene.body === undefined) return ask(endpoint, scene, { headers: { 'idempotency-key': 'k'.repeat(201) } })
    return ask(endpoint, scene, { raw: '[]' })
  },
  'bad-cursor': async (endpoint) => {
    const scene = await scenes[endpoint]!()
    return ask(endpoint, scene, { path: `${scene.path}?cursor=nowhere` })
  },
  'key-reused': async (endpoint) => {
    const scene = await scenes[endpoint]!()
    const headers = { 'idempotency-key': `k-${++keys}` }
    await ask(endpoint, scene, { headers, ...wrongCode(endpoint, scene) })
    return ask(endpoint, scene, { headers, raw: '{"title":"另一个问题"}' })
  },
  'request-in-flight': async (endpoint) => {
    const scene = await scenes[endpoint]!()
    const key = `k-${++keys}`
    const request = { headers: { 'idempotency-key': key }, ...wrongCode(endpoint, scene) }
    await ask(endpoint, scene, request)
    const { database } = market.ports
    await database.commit(database.query.updateTable('idempotency').set({ state: 'working' }).where('key', '=', key))
    return ask(endpoint, scene, request)
  },
  'address-too-long': async (endpoint) => {
    const scene = await scenes[endpoint]!()
    return ask(endpoint, scene, { path: `${scene.path}?x=${'a'.repeat(8_000)}` })
  },
  'too-many-requests': async (endpoint) => {
    tight ??= await openMarket({ limits: LimitsText.parse('search-key=1/86400,read-key=1/86400,write-key=1/86400,export-key=1/86400') })
    const scene = await scenes[endpoint]!()
    await ask(endpoint, scene, { as: tight.operator })
    return ask(endpoint, scene, { as: tight.operator })
  },
  'not-ready': async (endpoint) => {
    const own = await openMarket()
    own.ports.database = openSqlite(':memory:')
    return ask(endpoint, await scenes[endpoint]!(), { as: own.operator })
  },
  'storage-full': (endpoint) => withFailure(endpoint, new Problem('storage-full')),
  'storage-read-only': (endpoint) => withFailure(endpoint, new Problem('storage-read-only')),
}

describe('every problem that an endpoint declares', () => {
  const kinds = Object.keys(provoked) as ProblemKind[]
  const declaring = (kind: string) =>
    Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { responses }]) => {
        const declared = Object.values(responses).some((response) => response.description.split(', ').includes(kind))
        return declared ? [`${method.toUpperCase()} ${path}`] : []
      }),
    )

  it('is one that is met here, at endpoints that have a scene here', () => {
    const declared = (Object.keys(problems) as ProblemKind[]).filter((kind) => declaring(kind).length > 0)
    // These three are met on a connection: see tests/runtimes/node.test.ts.
    const ofTheParser = ['malformed-request', 'request-too-slow', 'headers-too-large']
    expect(declared.sort()).toEqual([...kinds, ...ofTheParser, 'took-too-long'].sort())
    expect(Object.keys(scenes).sort()).toEqual(declaring('not-signed-in').sort())
  })

  it.each(Object.keys(scenes).filter((endpoint) => endpoint !== 'GET /api/recommendations'))(
    'is not met by a right request: %s',
    async (endpoint) => {
      const { status, text } = await ask(endpoint, await scenes[endpoint]!())
      expect(status, text).toBeLessThan(300)
    },
  )

  it.each(kinds)('is met: %s', async (kind) => {
    for (const endpoint of declaring(kind)) {
      const answer = await provoked[kind]!(endpoint)
      failure = null
      expect(answer.status, `${endpoint}: ${answer.text.slice(0, 300)}`).toBe(problems[kind])
      refused(answer, kind)
    }
  })

  it('is met: took-too-long, after thirty seconds, and of a file after sixty more', async () => {
    const own = await openMarket()
    // Once it is known that the tables are there.
    expect((await own.visitor.get('/api/market')).status).toBe(200)
    const endless: unknown = new Proxy(
      {},
      { get: (_, name) => (name === 'executeTakeFirst' ? () => new Promise(() => {}) : () => endless) },
    )
    const endpoints = declaring('took-too-long')
    const asked: [string, Scene][] = []
    for (const endpoint of endpoints) asked.push([endpoint, await scenes[endpoint]!()])
    own.ports.database = { ...own.ports.database, query: endless as Database['query'] }
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const answers = (isFile: boolean) =>
        asked.flatMap(([endpoint, scene]) => ((scene.file !== undefined) === isFile ? [ask(endpoint, scene, { as: own.operator })] : []))
      const [plain, files] = [answers(false), answers(true)]
      await vi.advanceTimersByTimeAsync(30_001)
      for (const answer of await Promise.all(plain)) refused(answer, 'took-too-long')
      await vi.advanceTimersByTimeAsync(60_000)
      for (const answer of await Promise.all(files)) refused(answer, 'took-too-long')
    } finally {
      vi.useRealTimers()
    }
  })
})
