import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf } from '../../src/accounts/actions/session.ts'
import { createToken } from '../../src/accounts/actions.ts'
import { actingAs } from '../../src/accounts/actor.ts'
import { amendDemand, draftDemand } from '../../src/demands/actions.ts'
import { demands } from '../../src/demands/store.ts'
import { expertActions } from '../../src/directory/actions.ts'
import { brokers, enterprises, experts, institutions } from '../../src/directory/store.ts'
import { registerEvidence, removeEvidence } from '../../src/evidence/actions.ts'
import { importFile } from '../../src/imports/actions.ts'
import { loadBatch } from '../../src/imports/load.ts'
import { listingRows } from '../../src/imports/tables.ts'
import { matchDemandsOfExpert } from '../../src/matching/actions/match-demands.ts'
import { catchUp, embedPending } from '../../src/matching/catch-up.ts'
import { requestClaim } from '../../src/organisations/actions/claim.ts'
import { merge } from '../../src/organisations/actions/merger.ts'
import { agree } from '../../src/persons/actions/consent.ts'
import { erase, erasePerson } from '../../src/persons/actions/erase.ts'
import { exportOwn, exportPerson } from '../../src/persons/actions/export.ts'
import { findPerson } from '../../src/persons/actions/find-person.ts'
import { applyList, readErasures, reapplyErasures } from '../../src/persons/actions/reapply.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { idFromOrigin } from '../../src/platform/ids.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { sealingsWith, sealJournal } from '../../src/platform/journal/seal.ts'
import { verifyJournal } from '../../src/platform/journal/verify.ts'
import type { Message } from '../../src/platform/messages/messenger.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { aBroker, aDemand, anEnterprise, anExpert, anInstitution, keep } from '../nouns.ts'
import { databases, erasedInMemory, letterBox, testPorts, type World } from '../worlds.ts'

const operator = actingAs('operator', 'tok_operator')
const phone = '+8613912345678'
const planted = [
  '沈砚秋',
  'Qiuyan',
  '0000-0002-1825-0097',
  '13912345678',
  'qiuyan@lj.example',
  '剥落九万次',
  '霹雳寿命',
  '貔貅喷枪',
  '学校主页可查',
  '旧名沈大山',
]

/** A person of whom everything is known that a market can know, and others who stay. */
interface Story {
  ports: Ports
  accountId: string
  expertId: string
  duplicateId: string
  demandId: string
  othersId: string
  enterpriseId: string
  sent: Message[]
}

async function tell(database: Database, erased = erasedInMemory()): Promise<Story> {
  const { messenger, sent } = letterBox()
  const ports = testPorts(database, { erased, messenger })
  const enterprise = await keep(ports, enterprises, anEnterprise(ports))
  const institution = await keep(ports, institutions, anInstitution(ports))
  const others = await keep(ports, experts, anExpert(ports, institution.id, { name: '闻一舟', orcid: null }))
  const account = await accountOf(ports, phone)
  await agree(ports, { account })
  await messenger.send({ to: phone, kind: 'sign-in-code', locale: 'zh-CN', facts: { code: '073512', minutes: 5 } })
  const expert = await expertActions.register(ports, operator, {
    name: '沈砚秋',
    nameEn: 'Qiuyan Shen',
    orcid: '0000-0002-1825-0097',
    source: 'institution',
    affiliations: [{ institutionId: institution.id, department: null, post: null }],
    field: '高温合金热障涂层',
    summary: '沈砚秋研究热障涂层，自制貔貅喷枪。',
    keywords: ['热障涂层'],
  })
  await expertActions.amend(ports, operator, expert.id, 1, { summary: '自制貔貅喷枪第二代。', consent: true })
  const person = actingAs('visitor', 'visitor', { accountId: account.id })
  await requestClaim(ports, person, { subjectId: expert.id, note: '学校主页可查', agreesTo: ['profile'] })
  await admitMember(ports, operator.id, { accountId: account.id, role: 'expert', subjectId: expert.id, rank: 'owner' })
  await createToken(ports, operator.id, { role: 'expert', subjectId: expert.id, days: 30 })
  await registerEvidence(ports, operator, expert.id, { kind: 'paper', title: '霹雳寿命模型', abstract: '剥落九万次' })
  const former = await registerEvidence(ports, operator, expert.id, { kind: 'paper', title: '剥落九万次的旧稿' })
  await removeEvidence(ports, operator, former.id, 1)
  const duplicate = await expertActions.register(ports, operator, { name: '旧名沈大山', source: 'public-web' })
  await merge(ports, operator, { fromId: duplicate.id, intoId: expert.id, reason: '沈砚秋与旧名沈大山是同一人' })
  const contact = { name: '沈砚秋', phone: '139-1234-5678', email: 'qiuyan@lj.example' }
  const demand = await draftDemand(ports, operator, {
    title: '高温合金涂层抗氧化寿命不足',
    problem: '叶片涂层在 1100 ℃ 燃气中即剥落。',
    enterpriseId: enterprise.id,
    businessContact: { name: '罗采薇', phone: '0990-6610233', email: null },
    technicalContact: contact,
  })
  await amendDemand(ports, operator, demand.id, 1, { keywords: ['涂层'] })
  await keep(
    ports,
    demands,
    aDemand(ports, enterprise.id, { businessContact: { ...contact, phone: '１３９１２３４５６７８', email: null } }),
  )
  await catchUp(ports)
  while ((await embedPending(ports)) > 0);
  await matchDemandsOfExpert(ports, operator, expert.id, { cursor: null, limit: 5 })
  await database.commit(
    database.query.insertInto('idempotency').values({
      actor_id: 'tok_x',
      key: 'k',
      request_hash: '',
      state: 'done',
      status: 201,
      headers: '{}',
      body: JSON.stringify(expert),
      at: ports.now(),
    }),
  )
  await sealJournal(database)
  return {
    ports,
    accountId: account.id,
    expertId: expert.id,
    duplicateId: duplicate.id,
    demandId: demand.id,
    othersId: others.id,
    enterpriseId: enterprise.id,
    sent,
  }
}

/** Everything in every table. */
async function dump(database: Database): Promise<string> {
  const tables = await database.query.introspection.getTables()
  const rows = []
  for (const { name } of tables) rows.push(...(await sql`select * from ${sql.table(name)}`.execute(database.query)).rows)
  return JSON.stringify(rows)
}

const found = async (database: Database) => {
  const all = await dump(database)
  return planted.filter((value) => all.includes(value))
}
const verify = (database: Database) =>
  verifyJournal(database, { sealings: sealingsWith([]), anchor: null, listings: listingRows, progress: () => {} })

for (const [name, open] of Object.entries(databases)) {
  describe(`an erasure on ${name}`, () => {
    let world: World
    let story: Story
    beforeAll(async () => {
      world = await open()
      story = await tell(world.database)
    })
    afterAll(() => world?.close())

    it('is of what was there: all of it is found before, and given out to the person whole', async () => {
      expect(await found(world.database)).toEqual(planted)
      const data = JSON.stringify(await exportOwn(story.ports, story.accountId))
      expect(planted.filter((value) => !data.includes(value))).toEqual([])
      expect(data).not.toContain('闻一舟')
      const given = await exportPerson(story.ports, operator, story.duplicateId)
      expect(given).toMatchObject({ accountId: story.accountId, profileIds: expect.arrayContaining([story.expertId, story.duplicateId]) })
    })

    it('takes every value out of every table, and the journal verifies', async () => {
      const { ports, accountId, expertId, duplicateId, demandId } = story
      const vectors = async () => (await world.database.query.selectFrom('vector').select('text_hash').execute()).length
      const before = await vectors()
      const erased = await erase(ports, await findPerson(ports, expertId), { reason: 'own-request', by: accountId })
      expect(erased).toMatchObject({ accountId, profileIds: expect.arrayContaining([expertId, duplicateId]) })
      expect(erased.demandIds).toHaveLength(2)
      expect(erased.demandIds).toContain(demandId)
      expect(await found(world.database)).toEqual([])
      expect(await vectors()).toBeLessThan(before)
      await sealJournal(world.database)
      const { faults, revisions } = await verify(world.database)
      expect(faults).toEqual([])
      expect(revisions.erased).toBeGreaterThan(5)
      expect((await entriesAbout(world.database, expertId)).at(-1)).toMatchObject({
        kind: 'expert.erased',
        facts: { reason: 'own-request' },
      })
    })

    it('leaves others and what is theirs: the demand without its contact person, the other expert, the firm', async () => {
      const { ports, demandId, othersId, sent } = story
      const demand = (await demands.find(world.database, demandId))!
      expect(demand.technicalContact).toBeNull()
      expect(demand.businessContact).toMatchObject({ name: '罗采薇' })
      expect(demand.keywords).toEqual(['涂层'])
      expect((await experts.find(world.database, othersId))?.name).toBe('闻一舟')
      expect(sent).toEqual([])
      const answer = await ports.search.search({ kinds: ['expert'], tier: 'full', text: '热障涂层', vector: null, recall: 10 })
      expect(answer.hits.length).toBeGreaterThan(0)
      await catchUp(ports)
      const again = await ports.search.search({
        kinds: ['expert', 'evidence'],
        tier: 'full',
        text: '沈砚秋 霹雳',
        vector: null,
        recall: 10,
      })
      expect(again.hits.filter(({ id }) => id !== othersId)).toEqual([])
    })

    it('is on the list, which tells nothing about anybody', async () => {
      const [listed, ...more] = await story.ports.erased.read()
      expect(more).toEqual([])
      expect(listed).toMatchObject({ reason: 'own-request', ids: expect.arrayContaining([story.accountId, story.expertId]) })
      expect(listed!.marks).toHaveLength(1)
      expect(planted.filter((value) => JSON.stringify(listed).includes(value))).toEqual([])
      expect(await readErasures(story.ports, actingAs('auditor', 'acc_auditor'))).toEqual([listed])
    })

    it('is done again to a restored backup before anybody reads, and once', async () => {
      const copy = await open()
      try {
        // The same market before the erasure, and the list that outlived it.
        const restored = await tell(copy.database, story.ports.erased)
        expect(restored.accountId).toBe(story.accountId)
        expect(await found(copy.database)).toEqual(planted)
        expect(await reapplyErasures(restored.ports)).toBe(1)
        expect(await found(copy.database)).toEqual([])
        await sealJournal(copy.database)
        expect((await verify(copy.database)).faults).toEqual([])
        expect(await reapplyErasures(restored.ports)).toBe(0)
      } finally {
        await copy.close()
      }
    })

    it('lets nobody bring him back by a file', async () => {
      const { ports } = story
      const id = await idFromOrigin('expert', 'kjj/7')
      const person = anExpert(ports, 'itn_none', { id, originId: 'kjj/7', name: '沈砚秋', affiliations: [] })
      const load = (fileSha256: string) =>
        loadBatch(ports, operator, { kind: 'expert', name: '专家.jsonl', fileSha256, sections: [{ kind: 'expert', nouns: [person] }] })
      expect((await load('first')).written).toBe(1)
      await erasePerson(ports, operator, id, 'objection')
      expect((await load('second')).written).toBe(0)
      const bytes = new TextEncoder().encode(JSON.stringify({ originId: 'kjj/7', name: '沈砚秋', source: 'public-web' }))
      const outcome = await importFile(ports, operator, { kind: 'expert', fileName: '专家.jsonl', bytes, source: 'kjj', locale: 'en' })
      expect(outcome.errors).toMatchObject([{ rule: 'was-erased' }])
      expect(await found(world.database)).toEqual([])
    })

    it('takes a broker out of the demands that he carried', async () => {
      const { ports, enterpriseId } = story
      const broker = await keep(ports, brokers, aBroker(ports, { name: '顾明远' }))
      const carried = await keep(ports, demands, aDemand(ports, enterpriseId, { brokerId: broker.id }))
      await erasePerson(ports, operator, broker.id, 'request')
      expect((await demands.find(world.database, carried.id))!.brokerId).toBeNull()
      expect(await dump(world.database)).not.toContain('顾明远')
      expect((await verify(world.database)).faults).toEqual([])
    })

    it('is not of somebody who came back since: his new account stays', async () => {
      const { ports } = story
      const again = await accountOf(ports, phone)
      expect(again.id).not.toBe(story.accountId)
      expect(await applyList(ports, operator, await ports.erased.read())).toBe(0)
      expect(await reapplyErasures(ports)).toBe(0)
      expect((await accountOf(ports, phone)).id).toBe(again.id)
    })

    it('is refused to the last operator, and to whoever is not one', async () => {
      const { ports } = story
      const last = await accountOf(ports, '+8613700000001')
      await admitMember(ports, operator.id, { accountId: last.id, role: 'operator', subjectId: null, rank: 'owner' })
      await expect(erasePerson(ports, operator, last.id, 'request')).rejects.toMatchObject({ kind: 'not-allowed-now' })
      const other = actingAs('institution', 'itn_other')
      await expect(erasePerson(ports, other, story.othersId, 'request')).rejects.toMatchObject({ kind: 'not-permitted' })
      await expect(erasePerson(ports, operator, story.expertId.replace(/_./, '_z'), 'request')).rejects.toMatchObject({ kind: 'not-found' })
    })
  })
}
