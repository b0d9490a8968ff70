import { beforeAll, describe, expect, it } from 'vitest'
import { revokeToken } from '../../src/accounts/actions.ts'
import { actingAs, Role } from '../../src/accounts/actor.ts'
import { may, permissions, type Relation, type Verb } from '../../src/accounts/permissions.ts'
import { MadeKey } from '../../src/accounts/token.ts'
import { Who } from '../../src/accounts/who.ts'
import { Attachment, subjectKinds } from '../../src/attachments/attachment.ts'
import { DemandView } from '../../src/demands/demand.ts'
import type { Evidence } from '../../src/directory/evidence.ts'
import { Verification, verifiedKinds } from '../../src/directory/verification.ts'
import { terms } from '../../src/disclosures/disclosure.ts'
import { replyToInvitation } from '../../src/engagements/actions/invitation.ts'
import { Contact } from '../../src/engagements/contact.ts'
import { Delegation } from '../../src/engagements/delegation.ts'
import { Engagement } from '../../src/engagements/engagement.ts'
import { InterestView } from '../../src/engagements/interest.ts'
import { MadeInvitation } from '../../src/engagements/invitation.ts'
import { Shortlist } from '../../src/engagements/shortlist.ts'
import { IntakeView } from '../../src/intake/intake.ts'
import { Matches } from '../../src/matching/match.ts'
import { Refusal } from '../../src/matching/refusal.ts'
import { Claim } from '../../src/organisations/claim.ts'
import { Enrolment } from '../../src/organisations/enrolment.ts'
import { Merger } from '../../src/organisations/merger.ts'
import { PrivacyNotice } from '../../src/persons/parts/notice.ts'
import { codeIn } from '../../src/platform/codes/codes.ts'
import { kindOfId } from '../../src/platform/ids.ts'
import { z } from '../../src/platform/schema.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { ReadingView } from '../../src/readings/reading.ts'
import { aPng } from '../documents.ts'
import { casting, fixture, welding } from './fixtures.ts'
import { type Answer, type Client, checks, type Market, openMarket, refused } from './market.ts'

type DirectoryKind = 'enterprise' | 'park' | 'county' | 'institution' | 'expert' | 'broker' | 'provider'
const isTheirs = (relation: Relation | null) => relation === 'own' || relation === 'organisation'

/** Who asks, and how he stands to the subject. */
interface Asker {
  role: Role
  relation: Relation | null
}

/** A fresh subject in the state that fits the verb, the asker in that relation to it, and what he asks. */
interface Scene {
  asker: Client
  ask(client: Client): Promise<Answer>
  /** The same verb on a subject that everybody may know of, whatever its state allows: refused before that is looked at. */
  known?(client: Client): Promise<Answer>
}

/** A county of the market's city. */
const county = '990121'

let market: Market
beforeAll(async () => {
  market = await openMarket()
})

const roles = Role.options
/** Those who have members, and those of them who are verified. */
const organisations = Object.fromEntries(verifiedKinds.map((kind) => [kind, ['organisation']])) as Partial<Record<Role, Relation[]>>
const withMembers: Partial<Record<Role, Relation[]>> = { ...organisations, operator: ['organisation'] }
/** Who speaks for a side of a pairing. */
const eitherSide: Partial<Record<Role, Relation[]>> = { enterprise: ['organisation'], expert: ['own'], institution: ['organisation'] }
/** The relations in which a role can stand to a subject at all. */
type Subject =
  | 'demand'
  | 'offering'
  | 'evidence'
  | 'attachment'
  | 'match'
  | 'judgment'
  | 'market'
  | 'verification'
  | 'claim'
  | 'enrolment'
  | 'merger'
  | 'privacy'
  | 'person'
  | 'erasure'
  | 'member'
  | 'key'
  | 'refusal'
  | 'interest'
  | 'invitation'
  | 'referral'
  | 'delegation'
  | 'engagement'
  | 'contact'
  | 'shortlist'
  | 'intake'
const relationsOf: Record<Subject | DirectoryKind, Partial<Record<Role, Relation[]>>> = {
  demand: { enterprise: ['organisation'], park: ['entered'], county: ['entered'], broker: ['assigned', 'entered'] },
  offering: { enterprise: ['organisation'], institution: ['organisation'] },
  enterprise: { enterprise: ['organisation'], park: ['organisation'], county: ['region'] },
  park: { park: ['organisation'] },
  provider: { provider: ['organisation'] },
  county: { county: ['organisation'] },
  institution: { institution: ['organisation'] },
  expert: { expert: ['own'], institution: ['organisation'] },
  evidence: { expert: ['own'], institution: ['organisation'] },
  attachment: { ...organisations, park: ['organisation', 'entered'], county: ['organisation', 'entered'], broker: ['assigned', 'entered'] },
  broker: { broker: ['own'] },
  refusal: { ...eitherSide, broker: ['assigned'] },
  interest: { ...eitherSide, broker: ['assigned'] },
  invitation: { ...eitherSide, broker: ['assigned'] },
  referral: { broker: ['assigned'] },
  delegation: { institution: ['organisation'], expert: ['own'] },
  engagement: { ...eitherSide, broker: ['assigned'] },
  contact: { enterprise: ['organisation'], broker: ['own', 'assigned'] },
  shortlist: { broker: ['assigned'] },
  intake: { park: ['entered'], county: ['entered'], broker: ['entered'], service: ['entered'] },
  match: { enterprise: ['organisation'], institution: ['organisation'], expert: ['own'] },
  market: {},
  judgment: {},
  verification: organisations,
  claim: organisations,
  enrolment: {},
  merger: {},
  privacy: {},
  person: {},
  erasure: {},
  member: withMembers,
  key: { ...withMembers, expert: ['own'], broker: ['own'] },
}

let names = 0
function newcomer(role: Role): Promise<Client> {
  const name = `第${++names}号主体`
  switch (role) {
    case 'operator':
      return Promise.resolve(market.operator)
    case 'auditor':
    case 'service':
      return market.client(role, null)
    default:
      return market[role]({ name, ...(role === 'county' && { region: codeIn('region', county) }) })
  }
}

/** A demand in a state, entered and held as the asker's relation wants. */
async function demandScene({ role, relation }: Asker, state: 'draft' | 'vetting' | 'published', visibility: 'public' | 'nda' = 'public') {
  const asker = await newcomer(role)
  const owner = isTheirs(relation) ? asker : await newcomer('enterprise')
  const author = relation === 'entered' ? asker : owner
  const make = { draft: market.draft, vetting: market.vetting, published: market.publish }[state]
  const { id } = await make(author, { ...welding, enterpriseId: owner.id, visibility })
  if (relation === 'assigned') await market.operator.post(`/api/demands/${id}/assignment`, { brokerId: asker.id })
  const { version } = (await market.operator.get(`/api/demands/${id}`)).as(DemandView)
  return { asker, owner, id, version }
}

/** A verb of demands that is one POST. */
const demandStep =
  (path: string, state: 'draft' | 'vetting' | 'published', body?: unknown) =>
  async (asker: Asker): Promise<Scene> => {
    const fitting = await demandScene(asker, state)
    const published = await market.publish(await newcomer('enterprise'), casting)
    return {
      asker: fitting.asker,
      ask: (client) => client.post(`/api/demands/${fitting.id}/${path}`, body),
      known: (client) => client.post(`/api/demands/${published.id}/${path}`, body),
    }
  }

/** Two demands of one enterprise, both held as the asker's relation wants, and one that he only knows of. */
async function twinDemands(asker: Asker) {
  const scene = await demandScene(asker, 'published')
  const draft = { ...welding, enterpriseId: scene.owner.id }
  const { id } = await market.publish(asker.relation === 'entered' ? scene.asker : scene.owner, draft)
  if (asker.relation === 'assigned') await market.operator.post(`/api/demands/${id}/assignment`, { brokerId: scene.asker.id })
  const from = (await market.operator.get(`/api/demands/${id}`)).as(DemandView)
  return { asker: scene.asker, into: scene, from, known: await market.publish(await newcomer('enterprise'), casting) }
}

/** The answer to other words that were proposed. */
const answering =
  (path: string, body: (version: number) => object) =>
  async (asker: Asker): Promise<Scene> => {
    const fitting = await demandScene(asker, 'vetting')
    await market.operator.post(`/api/demands/${fitting.id}/proposal`, { changes: { title: '箱形梁旁弯控制' }, note: null })
    const known = await market.publish(await newcomer('enterprise'), casting)
    const ask = (client: Client, id: string, version: number) => client.post(`/api/demands/${id}/proposal/${path}`, body(version))
    return {
      asker: fitting.asker,
      ask: (client) => ask(client, fitting.id, fitting.version + 1),
      known: (client) => ask(client, known.id, known.version),
    }
  }

async function offeringScene({ role, relation }: Asker, state: 'draft' | 'vetting' | 'published', visibility: 'public' | 'nda' = 'public') {
  const asker = await newcomer(role)
  const owner = isTheirs(relation) ? asker : await newcomer('institution')
  const { id } = await (state === 'published' ? market.offer : market.list)(owner, { ...fixture, visibility })
  if (state === 'vetting') await owner.post(`/api/offerings/${id}/publication-request`)
  return { asker, owner, id }
}

const offeringStep =
  (path: string, state: 'draft' | 'vetting' | 'published', body?: unknown) =>
  async (asker: Asker): Promise<Scene> => {
    const fitting = await offeringScene(asker, state)
    const published = await market.offer(await newcomer('institution'), fixture)
    return {
      asker: fitting.asker,
      ask: (client) => client.post(`/api/offerings/${fitting.id}/${path}`, body),
      known: (client) => client.post(`/api/offerings/${published.id}/${path}`, body),
    }
  }

/** A verb on what a published listing keeps confidential. */
const disclosing = (noun: 'demand' | 'offering', verb: (client: Client, id: string) => Promise<Answer>) => async (asker: Asker) => {
  const scene = await (noun === 'demand' ? demandScene(asker, 'published') : offeringScene(asker, 'published'))
  const ask = (client: Client) => verb(client, scene.id)
  return { asker: scene.asker, ask, known: ask }
}

/** A noun of the directory, and the asker in that relation to it. */
async function subjectScene(kind: DirectoryKind, { role, relation }: Asker, visibility: 'public' | 'nda') {
  const asker = await newcomer(role)
  const isItself = isTheirs(relation) && role === kind
  const subject = isItself ? asker : await newcomer(kind)
  const path = `/api/${kind === 'county' ? 'counties' : `${kind}s`}/${subject.id}`
  const link =
    relation === 'region'
      ? { region: codeIn('region', county) }
      : !isTheirs(relation) || isItself
        ? {}
        : kind === 'expert'
          ? { affiliations: [{ institutionId: asker.id, department: null, post: null }] }
          : kind === 'enterprise'
            ? { parkId: asker.id }
            : {}
  const changed = await market.operator.patch(path, 1, { ...link, visibility })
  return { asker, path, version: Number(changed.header('etag')?.replaceAll('"', '')) }
}

/** Somebody who entered the market himself, at the asker's where that is an institution and so asked for. */
async function enrolledScene({ role, relation }: Asker) {
  const asker = await newcomer(role)
  const institutionId = role === 'institution' && isTheirs(relation) ? asker.id : null
  const person = { as: 'expert', name: '柳见山', institutionId, field: '铸造', agreesTo: ['profile', 'proposal'], isNew: true }
  const { subjectId } = (await market.visitor.post('/api/enrolments', person, await somebody())).as(Enrolment)
  return { asker: role === 'expert' && isTheirs(relation) ? await market.client('expert', subjectId) : asker, id: subjectId }
}

const amending =
  (kind: DirectoryKind) =>
  async (asker: Asker): Promise<Scene> => {
    const scene = await subjectScene(kind, asker, 'public')
    const ask = (client: Client) => client.patch(scene.path, scene.version, { name: '众砺' })
    return { asker: scene.asker, ask, known: ask }
  }

/** Reading what only some may know of: 404 for the others. */
const reading =
  (kind: DirectoryKind) =>
  async (asker: Asker): Promise<Scene> => {
    const scene = await subjectScene(kind, asker, 'nda')
    return { asker: scene.asker, ask: (client) => client.get(scene.path) }
  }

const registering =
  (path: string, draft: (asker: Client, isOwn: boolean) => object) =>
  async ({ role, relation }: Asker): Promise<Scene> => {
    const asker = await newcomer(role)
    const body = draft(asker, isTheirs(relation))
    const ask = (client: Client) => client.post(path, body)
    return { asker, ask, known: ask }
  }

/** Both sides of a pairing, and the asker in that relation to one of them. */
async function pairScene({ role, relation }: Asker) {
  const asker = await newcomer(role)
  const owner = role === 'enterprise' && isTheirs(relation) ? asker : await newcomer('enterprise')
  const { id: demandId } = await market.publish(owner, welding)
  if (relation === 'assigned') await market.operator.post(`/api/demands/${demandId}/assignment`, { brokerId: asker.id })
  if (role === 'institution' && isTheirs(relation)) {
    const { id: supplyId } = await market.offer(asker, fixture)
    return { asker, owner, supplier: asker, ids: { demandId, supplyId } }
  }
  const supplier = role === 'expert' && relation === 'own' ? asker : await newcomer('expert')
  await market.claim(supplier.id)
  return { asker, owner, supplier, ids: { demandId, supplyId: supplier.id } }
}
const why = { code: 'other', note: '另有安排', isReleased: false }
const question = { note: null, contact: null }
/** An interest of one side, the asker being (or not) on the side that is wanted. */
async function interestScene(asker: Asker, isAsking: boolean) {
  const { asker: client, owner, supplier, ids } = await pairScene(asker)
  const isOnSupply = client === supplier
  const from = isOnSupply === isAsking ? supplier : owner
  const { id } = (await from.post('/api/interests', { ...ids, ...question })).as(InterestView)
  return { asker: client, path: `/api/interests/${id}` }
}
/** An invitation to the asker where he is on a side at all, and to somebody else where he is not. */
async function invitedScene(asker: Asker) {
  const isFirm = asker.role === 'enterprise' && isTheirs(asker.relation)
  const { asker: client, ids } = await pairScene(isFirm ? { ...asker, relation: null } : asker)
  const supplyId = isFirm ? (await market.offer(client, fixture)).id : ids.supplyId
  const { id } = (await market.operator.post('/api/invitations', { ...ids, supplyId, note: null })).as(MadeInvitation)
  return { asker: client, id }
}
/** What an institution is asked, and how it hands it to one of its people: the asker where he is either. */
async function delegationScene({ role, relation }: Asker) {
  const asker = await newcomer(role)
  const office = role === 'institution' && isTheirs(relation) ? asker : await newcomer('institution')
  const expert = role === 'expert' && relation === 'own' ? asker : await newcomer('expert')
  await market.claim(expert.id)
  const affiliations = [{ institutionId: office.id, department: null, post: null }]
  const profile = await market.operator.get(`/api/experts/${expert.id}`)
  const version = Number(profile.header('etag')?.replaceAll('"', ''))
  expect((await market.operator.patch(`/api/experts/${expert.id}`, version, { affiliations })).status).toBe(200)
  const { id: supplyId } = await market.offer(office, fixture)
  const firm = await newcomer('enterprise')
  const { id: demandId } = await market.publish(firm, welding)
  const { id } = (await firm.post('/api/interests', { demandId, supplyId, ...question })).as(InterestView)
  return { asker, office, body: { requestIds: [id], to: expert.id, note: null, until: null } }
}
const onBoard = async (ids: { demandId: string; supplyId: string }) => {
  const { id } = (await market.operator.post('/api/engagements', { ...ids, outside: null })).as(Engagement)
  return `/api/engagements/${id}`
}
const chosen = ({ demandId, supplyId }: { demandId: string; supplyId: string }) => ({
  demandId,
  note: null,
  items: [{ supplyId, comment: null }],
})
const moveTo = (to: string, version: number) => ({ to, version, on: null, code: null, note: null })
const call = { channel: 'phone', result: 'reached', withWhom: null, note: null, on: '2026-11-01', next: null }
/** A contact about a demand, of the asker's own or of somebody else's. */
async function contactScene(asker: Asker) {
  const { asker: client, ids } = await pairScene(asker)
  const recorder = asker.relation === 'own' ? client : market.operator
  const { id } = (await recorder.post('/api/contacts', { ...call, subjectId: ids.demandId })).as(Contact)
  return { asker: client, id, subjectId: ids.demandId }
}

const work = { kind: 'paper', title: '箱形梁焊接旁弯的预测' } as const
/** A verb on what an expert did who has taken over his profile, so that all may know of it. */
function evidenceScene(verb: (client: Client, row: Evidence) => Promise<Answer>) {
  return async (asker: Asker): Promise<Scene> => {
    const scene = await subjectScene('expert', asker, 'public')
    const expertId = scene.path.replace('/api/experts/', '')
    await market.claim(expertId)
    const row = await market.evidence({ ...work, expertId })
    const ask = (client: Client) => verb(client, row)
    return { asker: scene.asker, ask, known: ask }
  }
}

/** What a document is attached to, and the asker in that relation to it: a demand, an offering, or the asker's organisation. */
async function attachedScene(asker: Asker): Promise<{ asker: Client; path: string }> {
  const { role, relation } = asker
  if (isTheirs(relation) && role === 'institution') {
    const { asker: institution, id } = await offeringScene(asker, 'published')
    return { asker: institution, path: `/api/offerings/${id}` }
  }
  if (isTheirs(relation) && (role === 'provider' || role === 'park' || role === 'county')) return subjectScene(role, asker, 'public')
  const { asker: client, id } = await demandScene(asker, 'published')
  return { asker: client, path: `/api/demands/${id}` }
}

/** A verb on a demand that was entered for its enterprise, by the asker or by somebody else. */
const entered =
  (path: string, body?: unknown) =>
  async ({ role, relation }: Asker): Promise<Scene> => {
    const asker = await newcomer(role)
    const owner = isTheirs(relation) ? asker : await newcomer('enterprise')
    const author = relation === 'entered' ? asker : market.operator
    const { id } = await market.draft(author, { ...welding, enterpriseId: owner.id })
    if (relation === 'assigned') await market.operator.post(`/api/demands/${id}/assignment`, { brokerId: asker.id })
    const published = await market.publish(await newcomer('enterprise'), casting)
    return {
      asker,
      ask: (client) => client.post(`/api/demands/${id}/${path}`, body),
      known: (client) => client.post(`/api/demands/${published.id}/${path}`, body),
    }
  }

let tables = 0
const handIn = (client: Client) =>
  client.ask('POST', '/api/intakes?name=a.csv', {
    raw: { body: `企业名称,需求名称\n北塬机械有限公司,第${++tables}批铸件缩松\n` },
    headers: { 'content-type': 'application/octet-stream' },
  })
/** A table that the asker handed in, or the operator. */
async function intakeScene({ role, relation }: Asker) {
  const asker = await newcomer(role)
  const { id } = (await handIn(relation === 'entered' ? asker : market.operator)).as(IntakeView)
  return { asker, id }
}

const attach = (client: Client, path: string, group: string) =>
  client.ask('POST', `${path}/attachments?name=a.png&group=${group}`, { raw: { body: Uint8Array.from(aPng()) } })
/** What a listing keeps confidential the operator reads for a reason alone. */
const opened = async (path: string) => {
  if (/demands|offerings/.test(path))
    await market.operator.post('/api/openings', { subjectId: path.split('/').at(-1), reason: '核对涉密情况' })
}
/** A verb on a document of that group. */
function attachmentScene(
  group: (path: string) => string,
  verb: (client: Client, attachment: Attachment) => Promise<Answer>,
  isKnown: boolean,
) {
  return async (asker: Asker): Promise<Scene> => {
    const scene = await attachedScene(asker)
    const attachment = (await attach(market.operator, scene.path, group(scene.path))).as(Attachment)
    await opened(scene.path)
    const ask = (client: Client) => verb(client, attachment)
    return { asker: scene.asker, ask, ...(isKnown && open(scene.path) === 'teaser' && { known: ask }) }
  }
}
/** Of an organisation, by its id. */
const pathOf = (id: string) => `/api/${subjectKinds[kindOfId(id) as keyof typeof subjectKinds]}/${id}`
/** Of an organisation nothing is for everybody. */
const open = (path: string) => (/demands|offerings/.test(path) ? 'teaser' : 'confidential')
/** The asker's own organisation, or an enterprise that is not his. */
async function organisationScene({ role, relation }: Asker) {
  const asker = await newcomer(role)
  return { asker, id: isTheirs(relation) ? asker.id : (await newcomer('enterprise')).id }
}
function verifying(verb: (client: Client, id: string) => Promise<Answer>) {
  return async (asker: Asker): Promise<Scene> => {
    const scene = await organisationScene(asker)
    const ask = (client: Client) => verb(client, scene.id)
    return { asker: scene.asker, ask, known: ask }
  }
}
/** A person who is signed in, another one each time. */
const somebody = () => market.person(`139${String(++names).padStart(8, '0')}`)
const twins = async () => ({ fromId: (await newcomer('enterprise')).id, intoId: (await newcomer('enterprise')).id, reason: '同一家' })

let people = 0
const nextPhone = () => `1320000${String(++people).padStart(4, '0')}`
/** A request about the asker's own organisation: there is no other that he could name. */
const ofOneself =
  (request: (client: Client) => Promise<Answer>) =>
  async ({ role }: Asker): Promise<Scene> => ({ asker: await newcomer(role), ask: request, known: request })

/** A member of the asker's organisation, beside one who stays, or of another. */
function memberScene(verb: (client: Client, id: string) => Promise<Answer>) {
  return async ({ role, relation }: Asker): Promise<Scene> => {
    const asker = await newcomer(role)
    const home = isTheirs(relation) ? asker : await newcomer(role === 'enterprise' ? 'park' : 'enterprise')
    const subjectId = home.role === 'operator' ? null : home.id
    await market.member(nextPhone(), home.role as Role, subjectId)
    const member = await market.member(nextPhone(), home.role as Role, subjectId)
    const { membership } = (await member.get('/api/account')).as(Who)
    return { asker, ask: (client) => verb(client, membership!.id) }
  }
}

/** A key of the asker's organisation, or of another. */
const keyScene = async ({ role, relation }: Asker): Promise<Scene> => {
  const asker = await newcomer(role)
  const home = isTheirs(relation) ? asker : await newcomer(role === 'enterprise' ? 'park' : 'enterprise')
  const { id } = (await home.post('/api/keys', key)).as(MadeKey)
  return { asker, ask: (client) => client.post(`/api/keys/${id}/revocation`) }
}
const key = { name: '排产系统', days: 30, scopes: null, rank: null, requestsPerMinute: null }

const scenes: Partial<Record<Verb, (asker: Asker) => Promise<Scene>>> = {
  'member.read': ofOneself((client) => client.get('/api/members')),
  'member.invite': ofOneself((client) =>
    client.post('/api/members/invitations', { phone: null, email: null, rank: client.role === 'institution' ? 'expert' : 'viewer' }),
  ),
  'member.amend': memberScene((client, id) => client.patch(`/api/members/${id}`, 1, { rank: 'viewer' })),
  'member.end': memberScene((client, id) => client.post(`/api/members/${id}/end`)),
  'key.create': ofOneself((client) => client.post('/api/keys', key)),
  'key.read': ofOneself((client) => client.get('/api/keys')),
  'key.revoke': keyScene,
  'demand.request-confirmation': entered('confirmation-link'),
  'refusal.record': async (asker) => {
    const scene = await pairScene(asker)
    const ask = (client: Client) => client.post('/api/refusals', { ...scene.ids, ...why })
    return { asker: scene.asker, ask, known: ask }
  },
  'refusal.end': async (asker) => {
    const { asker: client, owner, supplier, ids } = await pairScene(asker)
    const { id } = (await (client === supplier ? supplier : owner).post('/api/refusals', { ...ids, ...why })).as(Refusal)
    return { asker: client, ask: (each) => each.post(`/api/refusals/${id}/ending`) }
  },
  'interest.express': async (asker) => {
    const scene = await pairScene(asker)
    const ask = (client: Client) => client.post('/api/interests', { ...scene.ids, ...question })
    return { asker: scene.asker, ask, known: ask }
  },
  'interest.read': async (asker) => {
    const scene = await interestScene(asker, true)
    return { asker: scene.asker, ask: (client) => client.get(scene.path) }
  },
  'interest.answer': async (asker) => {
    const scene = await interestScene(asker, false)
    return { asker: scene.asker, ask: (client) => client.post(`${scene.path}/answer`, { answer: 'accepted', contact: null }) }
  },
  'interest.withdraw': async (asker) => {
    const scene = await interestScene(asker, true)
    return { asker: scene.asker, ask: (client) => client.post(`${scene.path}/withdrawal`) }
  },
  'invitation.send': async (asker) => {
    const scene = await pairScene(asker)
    const ask = (client: Client) => client.post('/api/invitations', { ...scene.ids, note: null })
    return { asker: scene.asker, ask, known: ask }
  },
  'invitation.read': async (asker) => {
    const { asker: client, ids } = await pairScene(asker)
    const ask = (each: Client) => each.get(`/api/invitations?demandId=${ids.demandId}`)
    return { asker: client, ask, known: ask }
  },
  'invitation.withdraw': async (asker) => {
    const { asker: client, ids } = await pairScene(asker)
    const { id } = (await market.operator.post('/api/invitations', { ...ids, note: null })).as(MadeInvitation)
    return { asker: client, ask: (each) => each.post(`/api/invitations/${id}/withdrawal`) }
  },
  'invitation.read-received': async (asker) => {
    const { asker: client, id } = await invitedScene(asker)
    return { asker: client, ask: (each) => each.get(`/api/invitations/received/${id}`) }
  },
  'invitation.answer': async (asker) => {
    const { asker: client, id } = await invitedScene(asker)
    const answer = { answer: 'talk', name: '沈岳', phone: '13900007788' }
    return { asker: client, ask: (each) => each.post(`/api/invitations/${id}/answer`, answer) }
  },
  'delegation.make': async (asker) => {
    const { asker: client, body } = await delegationScene(asker)
    return { asker: client, ask: (each) => each.post('/api/delegations', body) }
  },
  'delegation.end': async (asker) => {
    const { asker: client, office, body } = await delegationScene(asker)
    const { items } = (await office.post('/api/delegations', body)).as(z.object({ items: z.array(Delegation) }))
    return { asker: client, ask: (each) => each.post(`/api/delegations/${items[0]!.id}/ending`) }
  },
  'delegation.read': async (asker) => {
    const { asker: client, office, body } = await delegationScene(asker)
    const { items } = (await office.post('/api/delegations', body)).as(z.object({ items: z.array(Delegation) }))
    return { asker: client, ask: (each) => each.get(`/api/delegations/${items[0]!.id}`) }
  },
  'referral.read': async (asker) => {
    const { asker: client, ids } = await pairScene(asker)
    const ask = (each: Client) => each.get(`/api/referrals?demandId=${ids.demandId}`)
    return { asker: client, ask, known: ask }
  },
  'referral.close': async (asker) => {
    const { asker: client, ids } = await pairScene(asker)
    const { link } = (await market.operator.post('/api/invitations', { ...ids, note: null })).as(MadeInvitation)
    const reply = { answer: 'refer', name: '沈岳', referred: '鲁砚', institution: null, note: null } as const
    const { referralId } = await replyToInvitation(market.ports, link.split('/').at(-1)!, reply)
    return { asker: client, ask: (each) => each.post(`/api/referrals/${referralId}/closing`, { supplyId: null }) }
  },
  'shortlist.make': async (asker) => {
    const scene = await pairScene(asker)
    const ask = (client: Client) => client.post('/api/shortlists', chosen(scene.ids))
    return { asker: scene.asker, ask, known: ask }
  },
  'shortlist.read': async (asker) => {
    const { asker: client, ids } = await pairScene(asker)
    const { id } = (await market.operator.post('/api/shortlists', chosen(ids))).as(Shortlist)
    return { asker: client, ask: (each) => each.get(`/api/shortlists/${id}`) }
  },
  'shortlist.send': async (asker) => {
    const { asker: client, ids } = await pairScene(asker)
    const { id } = (await market.operator.post('/api/shortlists', chosen(ids))).as(Shortlist)
    return { asker: client, ask: (each) => each.post(`/api/shortlists/${id}/sendings`, { to: '罗总', how: 'word' }) }
  },
  'intake.receive': async ({ role }) => {
    const ask = (client: Client) => handIn(client)
    return { asker: await newcomer(role), ask, known: ask }
  },
  'intake.read': async (asker) => {
    const { asker: client, id } = await intakeScene(asker)
    return { asker: client, ask: (each) => each.get(`/api/intakes/${id}`) }
  },
  'intake.decide': async (asker) => {
    const { asker: client, id } = await intakeScene(asker)
    const { items } = (await market.operator.get(`/api/intakes/${id}/lines`)).as(
      z.object({ items: z.array(z.object({ id: z.string() }).loose()) }),
    )
    return { asker: client, ask: (each) => each.post(`/api/intake-lines/${items[0]!.id}/leaving`, { reason: null }) }
  },
  'engagement.propose': async (asker) => {
    const scene = await pairScene(asker)
    const ask = (client: Client) => client.post('/api/engagements', { ...scene.ids, outside: null })
    return { asker: scene.asker, ask, known: ask }
  },
  'engagement.read': async (asker) => {
    const { asker: client, ids } = await pairScene(asker)
    const path = await onBoard(ids)
    // Whoever has not been asked is told nothing yet.
    await market.operator.post(`${path}/moves`, moveTo('contacted', 1))
    return { asker: client, ask: (each) => each.get(path) }
  },
  'engagement.move': async (asker) => {
    const { asker: client, ids } = await pairScene(asker)
    const path = await onBoard(ids)
    return { asker: client, ask: (each) => each.post(`${path}/moves`, moveTo('talking', 1)) }
  },
  'contact.record': async (asker) => {
    const { asker: client, ids } = await pairScene(asker)
    const ask = (each: Client) => each.post('/api/contacts', { ...call, subjectId: ids.demandId })
    return { asker: client, ask, known: ask }
  },
  'contact.read-photos': async (asker) => {
    const { asker: client, ids } = await pairScene(asker)
    const recorder = asker.relation === 'own' ? client : market.operator
    const sheet = { place: null, met: [], seen: '线体老旧', needs: [] }
    const { id } = (await recorder.post('/api/contacts', { ...call, channel: 'visit', visit: sheet, subjectId: ids.demandId })).as(Contact)
    return { asker: client, ask: (each) => each.get(`/api/contacts/${id}/attachments`) }
  },
  'contact.amend': async (asker) => {
    const { asker: client, id } = await contactScene(asker)
    return { asker: client, ask: (each) => each.patch(`/api/contacts/${id}`, 1, { withWhom: '罗工' }) }
  },
  'demand.draft': async ({ role, relation }) => {
    const asker = await newcomer(role)
    const enterpriseId = isTheirs(relation) ? asker.id : (await newcomer('enterprise')).id
    const ask = (client: Client) => client.post('/api/demands', { ...casting, enterpriseId })
    return { asker, ask, known: ask }
  },
  'demand.amend': async (asker) => {
    const scene = await demandScene(asker, 'published')
    const ask = (client: Client) => client.patch(`/api/demands/${scene.id}`, scene.version, { keywords: ['旁弯'] })
    return { asker: scene.asker, ask, known: ask }
  },
  'demand.read-whole': async (asker) => {
    const scene = await demandScene(asker, 'draft')
    return { asker: scene.asker, ask: (client) => client.get(`/api/demands/${scene.id}`) }
  },
  'demand.agree': disclosing('demand', (client, subjectId) => client.post('/api/disclosures', { subjectId, textVersion: terms.version })),
  'demand.open': disclosing('demand', (client, subjectId) => client.post('/api/openings', { subjectId, reason: '核对涉密情况' })),
  'demand.read-readings': disclosing('demand', (client, id) => client.get(`/api/disclosures?subjectId=${id}`)),
  'offering.agree': disclosing('offering', (client, subjectId) =>
    client.post('/api/disclosures', { subjectId, textVersion: terms.version }),
  ),
  'offering.open': disclosing('offering', (client, subjectId) => client.post('/api/openings', { subjectId, reason: '核对涉密情况' })),
  'offering.read-readings': disclosing('offering', (client, id) => client.get(`/api/disclosures?subjectId=${id}`)),
  'demand.request-publication': demandStep('publication-request', 'draft'),
  'demand.publish': demandStep('publication', 'vetting', { checks }),
  'demand.return': demandStep('return', 'vetting', { reason: '请补充现状' }),
  'demand.route': demandStep('routing', 'vetting', { to: 'finance', reason: '融资需求' }),
  'demand.propose': demandStep('proposal', 'vetting', { changes: { title: '箱形梁旁弯控制' }, note: null }),
  'demand.accept-proposal': answering('acceptance', (version) => ({ version })),
  'demand.refuse-proposal': answering('refusal', () => ({ reason: '数字不对' })),
  'demand.read-twins': async (asker) => {
    const { asker: client, into, known } = await twinDemands(asker)
    return { asker: client, ask: (by) => by.get(`/api/demands/${into.id}/twins`), known: (by) => by.get(`/api/demands/${known.id}/twins`) }
  },
  'demand.merge': async (asker) => {
    const { asker: client, into, from, known } = await twinDemands(asker)
    const ask = (by: Client, id: string, version: number) =>
      by.post(`/api/demands/${id}/merging`, { withId: from.id, version, withVersion: from.version, take: [] })
    return { asker: client, ask: (by) => ask(by, into.id, into.version), known: (by) => ask(by, known.id, known.version) }
  },
  'demand.unmerge': async (asker) => {
    const { asker: client, into, from } = await twinDemands(asker)
    const body = { withId: from.id, version: into.version, withVersion: from.version, take: [] }
    await market.operator.post(`/api/demands/${into.id}/merging`, body)
    return { asker: client, ask: (by) => by.post(`/api/demands/${from.id}/merging/undoing`) }
  },
  'demand.distinguish': async (asker) => {
    const { asker: client, into, from, known } = await twinDemands(asker)
    const ask = (by: Client, id: string) => by.post(`/api/demands/${id}/distinction`, { withId: from.id })
    return { asker: client, ask: (by) => ask(by, into.id), known: (by) => ask(by, known.id) }
  },
  'demand.diagnose': demandStep('diagnosis', 'draft', {
    ...{ channel: 'phone', withWhom: null, on: '2026-11-01', next: null },
    answers: {
      ...{ happens: null, since: null, loss: null, tried: null, wanted: [], measured: null, conditions: null, fixed: ['不换母材'] },
      ...{ budgetMinFen: null, budgetMaxFen: null, neededOn: null, decider: null, expertVisit: null },
    },
  }),
  'demand.withdraw': demandStep('withdrawal', 'published'),
  'demand.solve': demandStep('solution', 'published'),
  'demand.confirm': entered('confirmation', { how: 'phone', by: '罗采薇' }),
  'demand.assign': async (asker) => {
    const scene = await demandScene(asker, 'published')
    const broker = await newcomer('broker')
    const ask = (client: Client) => client.post(`/api/demands/${scene.id}/assignment`, { brokerId: broker.id })
    return { asker: scene.asker, ask, known: ask }
  },
  'demand.take': async (asker) => {
    const scene = await demandScene({ ...asker, relation: asker.relation === 'assigned' ? null : asker.relation }, 'published')
    const brokerId = asker.role === 'broker' ? scene.asker.id : (await newcomer('broker')).id
    const ask = (client: Client) => client.post(`/api/demands/${scene.id}/assignment`, { brokerId })
    return { asker: scene.asker, ask, known: ask }
  },
  'offering.draft': async ({ role, relation }) => {
    const asker = await newcomer(role)
    const ownerId = isTheirs(relation) ? asker.id : (await newcomer('institution')).id
    const ask = (client: Client) => client.post('/api/offerings', { ...fixture, ownerId })
    return { asker, ask, known: ask }
  },
  'offering.amend': async (asker) => {
    const scene = await offeringScene(asker, 'published')
    const ask = async (client: Client) => client.patch(`/api/offerings/${scene.id}`, 3, { keywords: ['胎具'] })
    return { asker: scene.asker, ask, known: ask }
  },
  'offering.read-whole': async (asker) => {
    const scene = await offeringScene(asker, 'draft')
    return { asker: scene.asker, ask: (client) => client.get(`/api/offerings/${scene.id}`) }
  },
  'offering.request-publication': offeringStep('publication-request', 'draft'),
  'offering.publish': offeringStep('publication', 'vetting', { checks }),
  'offering.return': offeringStep('return', 'vetting', { reason: '请注明依据' }),
  'offering.withdraw': offeringStep('withdrawal', 'published'),
  'enterprise.register': registering('/api/enterprises', () => ({ name: '众砺重工有限公司' })),
  'enterprise.amend': amending('enterprise'),
  'enterprise.read-whole': reading('enterprise'),
  'park.register': registering('/api/parks', () => ({ name: '铸东产业园' })),
  'park.amend': amending('park'),
  'park.read-whole': reading('park'),
  'provider.register': registering('/api/providers', () => ({ name: '砺州计量检测中心' })),
  'provider.amend': amending('provider'),
  'provider.read-whole': reading('provider'),
  'county.register': registering('/api/counties', () => ({ name: '铸东县科技局', region: codeIn('region', county) })),
  'county.amend': amending('county'),
  'county.read-whole': reading('county'),
  'institution.register': registering('/api/institutions', (asker, isOwn) => ({
    name: '材料学院',
    kind: 'school',
    parentId: isOwn ? asker.id : null,
  })),
  'institution.amend': amending('institution'),
  'institution.read-whole': reading('institution'),
  'institution.trust': async (asker) => {
    const scene = await subjectScene('institution', asker, 'public')
    const ask = (client: Client) => client.put(`${scene.path}/standing-trust`, scene.version, { hasStandingTrust: true })
    return { asker: scene.asker, ask, known: ask }
  },
  'expert.register': registering('/api/experts', (asker, isOwn) => ({
    name: '沈岳',
    source: 'institution',
    affiliations: isOwn && asker.role === 'institution' ? [{ institutionId: asker.id, department: null, post: null }] : [],
  })),
  'expert.amend': amending('expert'),
  'expert.claim': async (asker) => {
    const scene = await subjectScene('expert', asker, 'public')
    const ask = (client: Client) => client.post(`${scene.path}/claim`)
    return { asker: scene.asker, ask, known: ask }
  },
  'expert.read-whole': reading('expert'),
  'evidence.register': evidenceScene((client, { expertId }) => client.post(`/api/experts/${expertId}/evidence`, work)),
  'evidence.amend': evidenceScene((client, { id }) => client.patch(`/api/evidence/${id}`, 1, { role: 'author' })),
  'evidence.remove': evidenceScene((client, { id }) => client.delete(`/api/evidence/${id}`, 1)),
  'attachment.upload': async (asker) => {
    const scene = await attachedScene(asker)
    const ask = (client: Client) => attach(client, scene.path, open(scene.path))
    return { asker: scene.asker, ask, known: ask }
  },
  'attachment.remove': attachmentScene(open, (client, { id }) => client.delete(`/api/attachments/${id}`, 1), true),
  'attachment.read': async (asker) => {
    const scene = await organisationScene(asker)
    const { id } = (await attach(market.operator, pathOf(scene.id), 'confidential')).as(Attachment)
    return { asker: scene.asker, ask: (client) => client.get(`/api/attachments/${id}/content`) }
  },
  'attachment.read-readings': async (asker) => {
    const scene = await organisationScene(asker)
    const ask = (client: Client) => client.get(`${pathOf(scene.id)}/readings`)
    return { asker: scene.asker, ask, known: ask }
  },
  'attachment.read-trace': async ({ role }) => {
    const [asker, { id }] = [await newcomer(role), await newcomer('enterprise')]
    const attachment = (await attach(market.operator, pathOf(id), 'confidential')).as(Attachment)
    await market.operator.get(`/api/attachments/${attachment.id}/content`)
    const { code } = (await market.operator.get(`${pathOf(id)}/readings`)).as(pageOf(ReadingView)).items[0]!
    const ask = (client: Client) => client.get(`/api/readings?code=${code}`)
    return { asker, ask, known: ask }
  },
  'broker.register': registering('/api/brokers', () => ({ name: '鲁经理' })),
  'broker.amend': amending('broker'),
  'broker.read-whole': reading('broker'),
  'verification.request': verifying((client, id) => client.post(`/api/organisations/${id}/verification`, { note: null })),
  'verification.read': verifying((client, id) => client.get(`/api/organisations/${id}/verification`)),
  'verification.decide': async (asker) => {
    const scene = await organisationScene(asker)
    const { id } = (await market.operator.post(`/api/organisations/${scene.id}/verification`, { note: null })).as(Verification)
    const ask = (client: Client) => client.post(`/api/verifications/${id}/decision`, { verdict: 'grant', reason: '电话核对' })
    return { asker: scene.asker, ask, known: ask }
  },
  'expert.ask-verification': async (asker) => {
    const scene = await enrolledScene(asker)
    const ask = (client: Client) => client.post(`/api/experts/${scene.id}/verification`, { note: null })
    return { asker: scene.asker, ask, known: ask }
  },
  'expert.read-verification': async (asker) => {
    const scene = await enrolledScene(asker)
    const ask = (client: Client) => client.get(`/api/experts/${scene.id}/verification`)
    return { asker: scene.asker, ask, known: ask }
  },
  'expert.verify': async (asker) => {
    const scene = await enrolledScene(asker)
    const { id } = (await market.operator.post(`/api/experts/${scene.id}/verification`, { note: null })).as(Verification)
    return {
      asker: scene.asker,
      ask: (client) => client.post(`/api/verifications/${id}/decision`, { verdict: 'grant', reason: '电话核对' }),
    }
  },
  'claim.request': async ({ role }) => {
    const [asker, subject] = [await newcomer(role), await newcomer('enterprise')]
    const ask = (client: Client) => client.post('/api/claims', { subjectId: subject.id, note: null })
    return { asker, ask, known: ask }
  },
  'enrolment.make': async ({ role }) => {
    const asker = await newcomer(role)
    const firm = { as: 'enterprise', name: '南岭机械有限公司', creditCode: null, region: null, summary: null }
    const person = { as: 'expert', name: '柳见山', institutionId: null, field: '铸造', agreesTo: ['profile'], isNew: true }
    const ask = (client: Client) => client.post('/api/enrolments', role === 'enterprise' ? person : firm)
    return { asker, ask, known: ask }
  },
  'claim.read': async (asker) => {
    const scene = await organisationScene(asker)
    const ask = (client: Client) => client.get(`/api/claims?subjectId=${scene.id}`)
    return { asker: scene.asker, ask, known: ask }
  },
  'claim.decide': async (asker) => {
    const scene = await organisationScene(asker)
    const { id } = (await market.visitor.post('/api/claims', { subjectId: scene.id, note: null }, await somebody())).as(Claim)
    return { asker: scene.asker, ask: (client) => client.post(`/api/claims/${id}/decision`, { verdict: 'grant', reason: null }) }
  },
  'merger.merge': async ({ role }) => {
    const asker = await newcomer(role)
    const body = await twins()
    const ask = (client: Client) => client.post('/api/mergers', body)
    return { asker, ask, known: ask }
  },
  'merger.read': async ({ role }) => {
    const asker = await newcomer(role)
    const ask = (client: Client) => client.get('/api/mergers')
    return { asker, ask, known: ask }
  },
  'merger.undo': async ({ role }) => {
    const asker = await newcomer(role)
    const { id } = (await market.operator.post('/api/mergers', await twins())).as(Merger)
    const ask = (client: Client) => client.post(`/api/mergers/${id}/undoing`)
    return { asker, ask, known: ask }
  },
  'demand.read-exclusions': async (asker) => {
    const { asker: reader, id } = await demandScene(asker, 'published')
    const ask = (client: Client) => client.get(`/api/demands/${id}/exclusions`)
    return { asker: reader, ask, known: ask }
  },
  'match.read-lists': async ({ role }) => {
    const asker = await newcomer(role)
    await market.offer(await newcomer('institution'), fixture)
    const { id } = await market.publish(await newcomer('enterprise'), casting)
    await market.operator.get(`/api/demands/${id}/matches`)
    const ask = (client: Client) => client.get(`/api/match-lists/about/${id}`)
    return { asker, ask, known: ask }
  },
  'judgment.give': async ({ role }) => {
    const asker = await newcomer(role)
    const ask = (client: Client) => client.get('/api/judgments/next')
    return { asker, ask, known: ask }
  },
  'judgment.read': async ({ role }) => {
    const asker = await newcomer(role)
    const ask = (client: Client) => client.get('/api/judgments')
    return { asker, ask, known: ask }
  },
  'market.read-quality': async ({ role }) => {
    const asker = await newcomer(role)
    const ask = (client: Client) => client.get('/api/market/quality')
    return { asker, ask, known: ask }
  },
  'match.for-expert': async (asker) => {
    const scene = await subjectScene('expert', asker, 'public')
    const ask = (client: Client) => client.get(`${scene.path}/matches`)
    return { asker: scene.asker, ask, known: ask }
  },
  'match.for-offering': async (asker) => {
    const scene = await offeringScene(asker, 'published')
    const ask = (client: Client) => client.get(`/api/offerings/${scene.id}/matches`)
    return { asker: scene.asker, ask, known: ask }
  },
  'privacy.set': async ({ role }) => {
    const asker = await newcomer(role)
    const { version } = (await market.operator.get('/api/privacy')).as(PrivacyNotice)
    const ask = (client: Client) => client.patch('/api/privacy', version, { responsible: null })
    return { asker, ask, known: ask }
  },
  'person.export': async ({ role }) => {
    const asker = await newcomer(role)
    const { id } = await newcomer('expert')
    const ask = (client: Client) => client.get(`/api/persons/${id}`)
    return { asker, ask, known: ask }
  },
  'person.erase': async ({ role }) => {
    const asker = await newcomer(role)
    const { id } = await newcomer('expert')
    const ask = (client: Client) => client.post(`/api/persons/${id}/erasure`, { reason: 'request' })
    return { asker, ask, known: ask }
  },
  'person.record-consent': async ({ role }) => {
    const asker = await newcomer(role)
    const { id } = await newcomer('expert')
    const ask = (client: Client) => client.post(`/api/experts/${id}/consents`, { purpose: 'proposal', isGiven: true, how: 'on-paper' })
    return { asker, ask, known: ask }
  },
  'erasure.read': async ({ role }) => {
    const asker = await newcomer(role)
    const ask = (client: Client) => client.get('/api/erasures')
    return { asker, ask, known: ask }
  },
  'erasure.apply': async ({ role }) => {
    const asker = await newcomer(role)
    const ask = (client: Client) => client.post('/api/erasures', { items: [] })
    return { asker, ask, known: ask }
  },
  'market.read-settings': async ({ role }) => {
    const asker = await newcomer(role)
    const ask = (client: Client) => client.get('/api/market/settings')
    return { asker, ask, known: ask }
  },
  'market.set': async ({ role }) => {
    const asker = await newcomer(role)
    const ask = async (client: Client) => client.patch('/api/market/settings', 0, {})
    return { asker, ask, known: ask }
  },
}

/** Verbs that no endpoint asks for by themselves; what they decide is a member of an answer, tested below, or not on HTTP yet. */
const withoutEndpoint: Verb[] = [
  // What an answer holds: tests/journeys/confidential.test.ts and disclosures.test.ts.
  'demand.read-detail',
  'demand.read-confidential',
  'offering.read-detail',
  'offering.read-confidential',
  'match.recommend',
  // What somebody is told of what is not proposed: tests/journeys/exclusions.test.ts.
  'demand.read-every-exclusion',
  'match.read-own-exclusions',
  // Of the holder of a link (of an invitation too), and of whose contacts and refusals somebody reads: tests/journeys/engagements.test.ts.
  'shortlist.answer',
  'contact.read',
  'refusal.read',
  'demand.read-contacts',
  'match.read-numbers',
  'import.run',
  'import.undo',
]

/** One endpoint serves two verbs: a broker who may take may not assign, an operator who may assign needs not take. */
const alsoAllowed: Partial<Record<Verb, Role[]>> = { 'demand.take': ['operator'] }

const aboutOneself: Verb[] = ['member.read', 'member.invite', 'key.create', 'key.read']
const kindOf = (verb: Verb) => verb.split('.')[0] as keyof typeof relationsOf
const cases = (Object.keys(scenes) as Verb[]).flatMap((verb) =>
  roles.flatMap((role) =>
    [null, ...(relationsOf[kindOf(verb)][role] ?? [])]
      // What stands to a subject when it is registered is only whether it is the asker's own.
      .filter((relation) => !verb.endsWith('.draft') || relation === null || isTheirs(relation))
      .filter((relation) => relation === null || possible(verb, role))
      // Who asks about his own organisation cannot name another one.
      .filter((relation) => !aboutOneself.includes(verb) || relation !== null || relationsOf[kindOf(verb)][role] === undefined)
      .map((relation) => ({ verb, role, relation, isAllowed: isAllowed(verb, role, relation) })),
  ),
)

function isAllowed(verb: Verb, role: Role, relation: Relation | null): boolean {
  // Of those who ask here only brokers are verified: the operator registered them.
  return (
    may(actingAs(role, 'somebody', { isVerified: role === 'broker' }), verb, relation === null ? [] : [relation]) ||
    (alsoAllowed[verb]?.includes(role) ?? false)
  )
}

/** Nobody is registered by himself, but for the units and the people of an institution. */
function possible(verb: Verb, role: Role): boolean {
  if (verb.endsWith('.register') && verb !== 'evidence.register') return role === 'institution'
  if (verb === 'match.for-expert') return role !== 'enterprise'
  return verb !== 'match.for-offering' || role !== 'expert'
}

describe('the table of permissions', () => {
  it('has a scene here for every verb that can be asked for', () => {
    expect([...Object.keys(scenes), ...withoutEndpoint].sort()).toEqual(Object.keys(permissions).sort())
  })

  it.each(cases.filter(({ isAllowed }) => isAllowed))('lets $role do $verb (relation: $relation)', async ({ verb, role, relation }) => {
    const { asker, ask } = await scenes[verb]!({ role, relation })
    const answer = await ask(asker)
    expect(answer.status, answer.text).toBeLessThan(300)
  })

  it.each(cases.filter(({ isAllowed }) => !isAllowed))('refuses $verb to $role (relation: $relation)', async ({ verb, role, relation }) => {
    const { asker, ask, known } = await scenes[verb]!({ role, relation })
    // Of what he may not know of he is told nothing; of what he knows, that it is not for him.
    const answer = await ask(asker)
    if (answer.status === 404) refused(answer, 'not-found')
    else refused(answer, 'not-permitted')
    if (known) expect(refused(await known(asker), 'not-permitted')).toMatchObject({ role })
  })

  it.each(Object.keys(scenes) as Verb[])('refuses %s to a visitor', async (verb) => {
    const { ask, known } = await scenes[verb]!({ role: 'operator', relation: null })
    if (known) refused(await known(market.visitor), 'not-signed-in')
    else refused(await ask(market.visitor), 'not-found')
  })
})

describe('what an answer holds for whom', () => {
  const contacts = roles.flatMap((role) => [null, ...(relationsOf.demand[role] ?? [])].map((relation) => ({ role, relation })))

  it.each(contacts)('contact persons for $role (relation: $relation) as the table says', async ({ role, relation }) => {
    const { asker, id } = await demandScene({ role, relation }, 'published')
    const { businessContact } = (await asker.get(`/api/demands/${id}`)).as(DemandView)
    expect(businessContact !== null).toBe(isAllowed('demand.read-contacts', role, relation))
  })

  it.each(roles)('numbers for %s as the table says', async (role) => {
    await market.offer(await newcomer('institution'), fixture)
    const { asker, id } = await demandScene({ role, relation: null }, 'published')
    const { items } = (await asker.get(`/api/demands/${id}/matches`)).as(Matches)
    expect(items.length).toBeGreaterThan(0)
    for (const { score } of items) expect(score !== null).toBe(isAllowed('match.read-numbers', role, null))
  })
})

describe('a token', () => {
  const paths = ['/api/demands', '/api/market', '/api/recommendations', '/api/nowhere']
  const asking = (authorization: string) => Promise.all(paths.map((path) => market.visitor.get(path, { authorization })))

  it.each([
    ['nobody knows', `Bearer smt_${'0'.repeat(40)}`],
    ['is empty', 'Bearer '],
    ['is another scheme', 'Basic b3BlcmF0b3I6c2VjcmV0'],
    ['has no scheme', 'smt_0123456789'],
    ['is a word of SQL', "Bearer ' or 1=1 --"],
    ['is very long', `Bearer ${'x'.repeat(100_000)}`],
  ])('that %s signs nobody in, not even for what a visitor may read', async (_, authorization) => {
    for (const answer of await asking(authorization)) refused(answer, 'not-signed-in')
  })

  it('serves until its last instant', async () => {
    const own = await openMarket()
    const { id } = await own.enterprise({ name: '众砺重工有限公司' })
    const enterprise = await own.client('enterprise', id, 3)
    own.passDays(2)
    expect((await enterprise.post('/api/demands', casting)).status).toBe(201)
    own.passDays(1)
    refused(await enterprise.post('/api/demands', casting), 'token-expired')
    expect(refused(await enterprise.get('/api/demands'), 'token-expired')).toHaveProperty('expiredAt')
  })

  it('is worth nothing once revoked, and another of the same subject goes on', async () => {
    const { id } = await newcomer('enterprise')
    const [first, second] = [await market.client('enterprise', id), await market.client('enterprise', id)]
    const rows = await market.ports.database.query
      .selectFrom('token')
      .select('id')
      .where('subject_id', '=', id)
      .orderBy('created_at')
      .execute()
    await revokeToken(market.ports, 'the test', rows[1]!.id)
    refused(await first.get('/api/demands'), 'not-signed-in')
    expect((await second.get('/api/demands')).status).toBe(200)
  })

  it('is read whatever the case of its scheme', async () => {
    const enterprise = await newcomer('enterprise')
    expect((await market.visitor.get('/api/recommendations', { authorization: `bearer ${enterprise.secret}` })).status).toBe(200)
  })
})
