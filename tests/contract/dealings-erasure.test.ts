import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf } from '../../src/accounts/actions/session.ts'
import { actingAs } from '../../src/accounts/actor.ts'
import { solveDemand } from '../../src/demands/actions.ts'
import { demands } from '../../src/demands/store.ts'
import { brokers, enterprises, experts, institutions } from '../../src/directory/store.ts'
import { recordContact } from '../../src/engagements/actions/contact.ts'
import { delegateRequests } from '../../src/engagements/actions/delegation.ts'
import { proposeEngagement } from '../../src/engagements/actions/engagement.ts'
import { answerInterest, expressInterest } from '../../src/engagements/actions/interest.ts'
import { replyToInvitation, sendInvitation } from '../../src/engagements/actions/invitation.ts'
import { moveEngagement } from '../../src/engagements/actions/move.ts'
import { recordRefusal } from '../../src/engagements/actions/refusal.ts'
import { linkShortlist, makeShortlist, recordSending, replyToShortlist } from '../../src/engagements/actions/shortlist.ts'
import { delegations, engagements, shortlists } from '../../src/engagements/store.ts'
import { listingRows } from '../../src/imports/tables.ts'
import { receiveIntake } from '../../src/intake/actions/receive.ts'
import { contentsOf, countLines } from '../../src/intake/store.ts'
import { erase } from '../../src/persons/actions/erase.ts'
import { exportOwn } from '../../src/persons/actions/export.ts'
import { findPerson } from '../../src/persons/actions/find-person.ts'
import { reapplyErasures } from '../../src/persons/actions/reapply.ts'
import { retain } from '../../src/persons/actions/retention.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { sealingsWith, sealJournal } from '../../src/platform/journal/seal.ts'
import { verifyJournal } from '../../src/platform/journal/verify.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { aBroker, aDemand, anEnterprise, anExpert, anInstitution, keep } from '../nouns.ts'
import { databases, erasedInMemory, installations, testPorts, type World } from '../worlds.ts'

const operator = actingAs('operator', 'tok_operator')
const phone = '+8613755512345'
/** What the market comes to hold of a person's name and number by dealing with him. */
const planted = ['尉迟砺', '13755512345', '137-5551-2345']
const secretOf = ({ link }: { link: string }) => new URL(link).pathname.split('/').at(-1)!

interface Scene {
  ports: Ports
  accountId: string
  caseId: string
  shortlistId: string
  intakeId: string
  /** To him, and to another with words about him. */
  delegationIds: string[]
  demandIds: string[]
}

/** An expert who was asked, answered, called, put on a list and named by others. */
async function set(database: Database, erased = erasedInMemory()): Promise<Scene> {
  const ports = testPorts(database, { erased })
  const firm = await keep(ports, enterprises, anEnterprise(ports))
  const institution = await keep(ports, institutions, anInstitution(ports))
  const him = await keep(ports, experts, anExpert(ports, institution.id, { name: '尉迟砺' }))
  const other = await keep(ports, experts, anExpert(ports, institution.id, { name: '沈砚秋' }))
  const { id: brokerId } = await keep(ports, brokers, aBroker(ports))
  const { id: accountId } = await accountOf(ports, phone)
  await admitMember(ports, operator.id, { accountId, role: 'expert', subjectId: him.id, rank: 'owner' })
  const published = { state: 'published', brokerId, publishedAt: ports.now() } as const
  const [first, second, third] = await Promise.all(
    [1, 2, 3].map(() => keep(ports, demands, aDemand(ports, firm.id, { ...published, businessContact: null, technicalContact: null }))),
  )
  const broker = actingAs('broker', brokerId)
  const theirs = actingAs('enterprise', firm.id)
  const his = actingAs('expert', him.id, { accountId })
  const contact = { name: '尉迟砺', phone: '137-5551-2345', email: null }

  const asked = { demandId: first!.id, supplyId: him.id, note: null, contact: null }
  const { id: interestId } = await expressInterest(ports, theirs, asked)
  await answerInterest(ports, his, interestId, { answer: 'accepted', contact })
  const sent = await sendInvitation(ports, broker, { demandId: second!.id, supplyId: other.id, note: '请问尉迟砺是否合适' })
  const reply = { answer: 'refer', name: '沈砚秋', referred: '尉迟砺', institution: null, note: '电话 13755512345' } as const
  await replyToInvitation(ports, secretOf(sent), reply)
  const invited = await sendInvitation(ports, broker, { demandId: second!.id, supplyId: him.id, note: null })
  await replyToInvitation(ports, secretOf(invited), { answer: 'talk', name: '尉迟砺', phone: '13755512345' })
  await recordRefusal(ports, his, { demandId: third!.id, supplyId: him.id, code: 'other', note: '尉迟砺没空', isReleased: false })

  const outside = { name: '尉迟砺', institution: null, source: '年会名片 137 5551 2345' }
  await proposeEngagement(ports, broker, { demandId: third!.id, supplyId: null, outside })
  const { id: caseId } = await proposeEngagement(ports, broker, { demandId: third!.id, supplyId: other.id, outside: null })
  const move = { to: 'talking', version: 1, on: null, code: null, note: '尉迟砺也在场', referral: null } as const
  await moveEngagement(ports, broker, caseId, move)
  const call = {
    channel: 'phone',
    result: 'reached',
    on: ports.now().slice(0, 10),
    withWhom: '尉迟砺',
    note: '打 13755512345',
    next: null,
  } as const
  await recordContact(ports, broker, { ...call, subjectId: him.id })
  await recordContact(ports, broker, { ...call, subjectId: third!.id })
  const items = [him.id, other.id].map((supplyId) => ({ supplyId, comment: '尉迟砺同组' }))
  const { id: shortlistId } = await makeShortlist(ports, broker, { demandId: third!.id, note: null, items })
  await recordSending(ports, broker, shortlistId, { to: '尉迟砺', how: 'paper' })
  const link = await linkShortlist(ports, broker, shortlistId)
  await replyToShortlist(ports, secretOf(link), { name: '尉迟砺', phone: '13755512345', answers: [] })
  const table = `企业名称,需求名称,需求内容,联系人,联系电话,备注
北塬机械有限公司,铸件缩松,加工后暴露缩松,尉迟砺,137-5551-2345,尉迟砺转来
北塬机械有限公司,砂眼,尉迟砺说气孔多,沈砚秋,19900000001,`
  const file = { name: '尉迟砺征集表.csv', bytes: new TextEncoder().encode(table) }
  const { id: intakeId } = await receiveIntake(ports, broker, file)
  const office = actingAs('institution', institution.id)
  const handOn = async (demandId: string, to: string) => {
    const { id } = await expressInterest(ports, theirs, { demandId, supplyId: other.id, note: null, contact: null })
    const [delegation] = await delegateRequests(ports, office, { requestIds: [id], to, note: '先问尉迟砺', until: null })
    return delegation!.id
  }
  const delegationIds = [await handOn(first!.id, him.id), await handOn(third!.id, other.id)]
  await sealJournal(database)
  return { ports, accountId, caseId, shortlistId, intakeId, delegationIds, demandIds: [first!.id, second!.id, third!.id] }
}

/** What of it stands in any table. */
async function found({ ports: { database } }: Scene): Promise<string[]> {
  let all = ''
  for (const { name } of await database.query.introspection.getTables())
    all += JSON.stringify((await sql`select * from ${sql.table(name)}`.execute(database.query)).rows)
  return planted.filter((value) => all.includes(value))
}

for (const [name, open] of Object.entries(databases).filter(([each]) => installations.includes(each))) {
  describe(`what passed between a person and others on ${name}`, () => {
    let world: World
    let scene: Scene
    beforeAll(async () => {
      world = await open()
      scene = await set(world.database)
    })
    afterAll(() => world?.close())

    it('is given out to him', async () => {
      expect(await found(scene)).toEqual(planted)
      const data = await exportOwn(scene.ports, scene.accountId)
      const kinds = new Set(data.listings.map(({ id }) => id.slice(0, 3)))
      expect([...kinds].toSorted()).toEqual(['ctc', 'dlg', 'eng', 'exp', 'int', 'inv', 'rfs', 'sho'])
      const held = data.contacts.map(({ demandId }) => demandId)
      expect(held).toEqual(expect.arrayContaining([scene.demandIds[0], scene.intakeId]))
    })

    it('goes with him; cases, notes and lists of others stay without him', async () => {
      const { ports, accountId, caseId, shortlistId } = scene
      await erase(ports, await findPerson(ports, accountId), { reason: 'own-request', by: accountId })
      expect(await found(scene)).toEqual([])
      expect(await engagements.find(world.database, caseId)).toMatchObject({ state: 'talking', steps: [{}, { note: null }] })
      expect(await shortlists.find(world.database, shortlistId)).toMatchObject({
        items: [{ title: '沈砚秋', comment: null }],
        sent: [{ to: '—' }],
        answeredBy: null,
      })
      const [toHim, toOther] = await Promise.all(scene.delegationIds.map((id) => delegations.find(world.database, id)))
      expect(toHim).toBeUndefined()
      expect(toOther).toMatchObject({ state: 'standing', note: null })
      const { lines, source } = await contentsOf(world.database, scene.intakeId)
      expect(source).toBeNull()
      expect(lines.map(({ content }) => content)).toMatchObject([
        { title: '铸件缩松', problem: '加工后暴露缩松', contact: null, notes: [] },
        { title: '砂眼', problem: null, contact: { name: '沈砚秋' } },
      ])
      await sealJournal(world.database)
      const audited = { sealings: sealingsWith([]), anchor: null, listings: listingRows, progress: () => {} }
      expect((await verifyJournal(world.database, audited)).faults).toEqual([])
    })

    it('goes again from a backup that is restored', async () => {
      const copy = await open()
      try {
        const restored = await set(copy.database, scene.ports.erased)
        await reapplyErasures(restored.ports)
        expect(await found(restored)).toEqual([])
      } finally {
        await copy.close()
      }
    })

    it('loses its people by itself, six months after the demand is closed', async () => {
      const copy = await open()
      try {
        const { ports, demandIds } = await set(copy.database)
        for (const id of demandIds) await solveDemand(ports, operator, id)
        const due = async (now: string) =>
          (await retain({ ...ports, now: () => now }, { dryRun: false })).find(({ rule }) => rule === 'dealings-of-closed-demands')!.count
        const closed = new Date(ports.now())
        const later = (months: number) => {
          const date = new Date(closed)
          date.setUTCMonth(date.getUTCMonth() + months)
          return date.toISOString()
        }
        expect(await due(later(5))).toBe(0)
        expect(await due(later(7))).toBe(8)
        expect(await due(later(7))).toBe(0)
        const rows = await copy.database.query.selectFrom('invitation').select('body').execute()
        expect(JSON.stringify(rows)).not.toContain('13755512345')
        expect(await copy.database.query.selectFrom('referral').select('id').execute()).toEqual([])
        expect(await copy.database.query.selectFrom('delegation').select('id').execute()).toEqual([])
      } finally {
        await copy.close()
      }
    })

    it('keeps of a table what became of it alone, six months after anybody worked on it', async () => {
      const copy = await open()
      try {
        const { ports, intakeId } = await set(copy.database)
        const due = async (months: number) => {
          const date = new Date(ports.now())
          date.setUTCMonth(date.getUTCMonth() + months)
          const now = () => date.toISOString()
          return (await retain({ ...ports, now }, { dryRun: false })).find(({ rule }) => rule === 'received-files')!.ids
        }
        expect(await due(5)).toEqual([])
        expect(await due(7)).toEqual([intakeId])
        expect(await contentsOf(copy.database, intakeId)).toEqual({ lines: [], source: null })
        expect((await countLines(copy.database, [intakeId])).get(intakeId)).toMatchObject({ open: 0, left: 2 })
        expect(await due(14)).toEqual([])
      } finally {
        await copy.close()
      }
    })
  })
}
