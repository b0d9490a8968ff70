import { beforeEach, describe, expect, it } from 'vitest'
import { actingAs } from '../accounts/actor.ts'
import { draftDemand } from '../demands/actions.ts'
import { enterpriseActions } from '../directory/actions.ts'
import { amendOffering, draftOffering } from '../offerings/actions.ts'
import { offerings } from '../offerings/store.ts'
import type { Database } from '../platform/database/database.ts'
import { migrate } from '../platform/database/migrate.ts'
import { openSqlite } from '../platform/database/sqlite.ts'
import { entriesAbout, entriesAfter } from '../platform/journal/journal.ts'
import type { Ports } from '../platform/ports.ts'
import { importText, jsonl, killedAfter, offeringRows, operator, portsOn, someEnterprise, someInstitution } from './fixtures.ts'
import { loadBatch, undoImport } from './load.ts'
import { findBatch, listBatches } from './store.ts'

let database: Database
let ports: Ports
let owner: string

beforeEach(async () => {
  database = openSqlite(':memory:')
  await migrate(database)
  ports = portsOn(database)
  owner = await someInstitution(ports)
  return () => database.close()
})

const count = () => offerings.count(database, {})
const rows = (n: number) => jsonl(offeringRows(n, owner))
const importRows = (text: string, on: Ports = ports) => importText(on, 'offering', '成果.jsonl', text, { publish: true })
const allRows = async () => (await database.query.selectFrom('offering').select('id').execute()).length

describe('an import', () => {
  it('writes every row with its revision and journal entry, and shows them all at once', async () => {
    const { batch, counts } = await importRows(rows(250))
    expect(counts).toEqual({ read: 250, valid: 250, wrong: 0, written: 250 })
    expect(batch).toMatchObject({
      state: 'complete',
      kind: 'offering',
      name: '成果.jsonl',
      rowCount: 250,
      actorId: operator.id,
      version: 2,
    })
    expect(await count()).toBe(250)
    const offering = (await offerings.findByOrigin(database, 'ligong/7'))!
    expect(await entriesAbout(database, offering.id)).toMatchObject([
      { kind: 'offering.imported', subjectVersion: 1, actorId: operator.id, facts: { batchId: batch!.id } },
    ])
    const revision = await database.query.selectFrom('revision').selectAll().where('subject_id', '=', offering.id).executeTakeFirstOrThrow()
    expect(JSON.parse(revision.body)).toEqual(offering)
    expect((await entriesAbout(database, batch!.id)).map(({ kind }) => kind)).toEqual(['import.started', 'import.completed'])
    expect((await entriesAfter(database, 0, 1000)).at(-1)).toMatchObject({ kind: 'import.completed', subjectId: batch!.id })
  })

  it('resumes with the same file after a kill, whichever commit it came at', async () => {
    for (const commits of [0, 1, 2, 3]) {
      const text = jsonl(offeringRows(250, owner).map((row) => ({ ...row, originId: undefined, problemSolved: `第 ${commits} 次` })))
      const before = await count()
      await expect(importRows(text, { ...ports, database: killedAfter(database, commits) })).rejects.toThrow('killed')
      expect(await count()).toBe(before)
      const [begun] = await listBatches(database, 1)
      const resumed = await importRows(text)
      expect(resumed.counts.written).toBe(250 - 90 * Math.max(0, commits - 1))
      expect(await count()).toBe(before + 250)
      if (commits > 0) expect(resumed.batch).toMatchObject({ id: begun!.id, createdAt: begun!.createdAt })
    }
  })

  it('resumes on a later day although a deadline has passed since', async () => {
    const enterpriseId = await someEnterprise(ports)
    const text = jsonl([{ title: '高压油管接头密封失效', enterpriseId, deadlineOn: '2026-11-22' }])
    await expect(importText({ ...ports, database: killedAfter(database, 1) }, 'demand', '需求.jsonl', text)).rejects.toThrow('killed')
    const later = { ...ports, now: () => '2026-11-25T01:00:00.000Z' }
    expect((await importText(later, 'demand', '需求.jsonl', text)).batch).toMatchObject({ state: 'complete' })
  })

  it('refuses a file that is imported already, and lets only one of two at once through', async () => {
    const both = await Promise.allSettled([importRows(rows(120)), importRows(rows(120))])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find((each) => each.status === 'rejected')?.reason).toMatchObject({ kind: 'changed-meanwhile' })
    expect(await count()).toBe(120)
    const [batch] = await listBatches(database, 1)
    await expect(importRows(rows(120))).rejects.toMatchObject({ kind: 'already-exists', facts: { batchId: batch!.id } })
  })

  it('takes several kinds under one batch', async () => {
    const at = ports.now()
    const { batch: source } = await importRows(rows(1))
    const [offering] = await offerings.page(database, {}, { after: '', limit: 1 })
    const other = { ...offering!, id: 'off_aaaaaaaaaaaaaaaaaaaa', originId: 'demo/off-1' }
    const enterprise = {
      ...(await enterpriseActions.register(ports, operator, { name: '砺州锐荆数控机床有限公司' })),
      id: 'ent_aaaaaaaaaaaaaaaaaaaa',
      originId: 'demo/ent-1',
    }
    const progress: number[] = []
    const load = {
      kind: 'seed',
      name: '演示数据',
      fileSha256: 'seed-1',
      sections: [
        { kind: 'enterprise' as const, nouns: [enterprise] },
        { kind: 'offering' as const, nouns: [other, offering!] },
      ],
      progress: (done: number) => progress.push(done),
    }
    const { batch, written } = await loadBatch(ports, operator, load)
    // The offering of the other batch is there already and is passed over.
    expect(written).toBe(2)
    expect(progress).toEqual([1, 3])
    expect(batch).toMatchObject({ kind: 'seed', rowCount: 3, state: 'complete' })
    expect(batch.createdAt > at).toBe(true)
    expect((await undoImport(ports, operator, batch.id)).state).toBe('undone')
    expect(await count()).toBe(1)
    expect((await findBatch(database, source!.id))?.state).toBe('complete')
  })
})

describe('undoing an import', () => {
  it('removes its rows and nothing else, and says so in the journal', async () => {
    const drafted = await draftOffering(ports, operator, { title: '镁合金微弧氧化膜层', kind: 'result', ownerId: owner })
    const { batch } = await importRows(rows(200))
    const imported = (await offerings.findByOrigin(database, 'ligong/200'))!
    expect(await undoImport(ports, operator, batch!.id)).toMatchObject({ state: 'undone', version: 4 })
    expect(await offerings.page(database, {}, { after: '', limit: 100 })).toEqual([drafted])
    expect(await allRows()).toBe(1)
    expect(await database.query.selectFrom('classification').selectAll().execute()).toEqual([])
    expect((await entriesAbout(database, imported.id)).map(({ kind, subjectVersion }) => [kind, subjectVersion])).toEqual([
      ['offering.imported', 1],
      ['offering.removed', 2],
    ])
    expect((await entriesAbout(database, batch!.id)).map(({ kind }) => kind)).toEqual([
      'import.started',
      'import.completed',
      'import.undone',
      'import.cleared',
    ])
    expect(await undoImport(ports, operator, batch!.id)).toMatchObject({ state: 'undone', version: 4 })
  })

  it('is refused once one of its rows was changed', async () => {
    const { batch } = await importRows(rows(3))
    const { id } = (await offerings.findByOrigin(database, 'ligong/2'))!
    await amendOffering(ports, operator, id, 1, { teaser: '叶片修复寿命不低于新品' })
    await expect(undoImport(ports, operator, batch!.id)).rejects.toMatchObject({
      kind: 'not-allowed-now',
      facts: { state: 'complete', reason: 'changed-since', count: 1, ids: [id] },
    })
    expect(await count()).toBe(3)
  })

  it('is refused once somebody else refers to one of its rows', async () => {
    const { batch } = await importText(ports, 'enterprise', '企业.csv', '企业名称\n砺州瑞荆数控机床有限公司\n')
    const [enterprise] = (await enterpriseActions.list(ports, operator, { after: null, limit: 10 })).items
    const enterpriseId = enterprise!.id
    const demand = await draftDemand(ports, operator, { title: '主轴热误差补偿', enterpriseId })
    await expect(undoImport(ports, operator, batch!.id)).rejects.toMatchObject({
      kind: 'not-allowed-now',
      facts: { reason: 'referred-to', ids: [demand.id] },
    })
  })

  it('is finished by the same command after a kill, and hides the rows from its first commit on', async () => {
    const { batch } = await importRows(rows(250))
    for (const commits of [1, 1, 0]) {
      await expect(undoImport({ ...ports, database: killedAfter(database, commits) }, operator, batch!.id)).rejects.toThrow('killed')
      expect(await count()).toBe(0)
    }
    await expect(importRows(rows(250))).rejects.toMatchObject({ kind: 'not-allowed-now', facts: { state: 'undoing' } })
    expect(await undoImport(ports, operator, batch!.id)).toMatchObject({ state: 'undone' })
    expect(await allRows()).toBe(0)
  })

  it('takes back an interrupted import too', async () => {
    await expect(importRows(rows(250), { ...ports, database: killedAfter(database, 2) })).rejects.toThrow('killed')
    const [batch] = await listBatches(database, 1)
    expect(batch).toMatchObject({ state: 'writing' })
    expect(await undoImport(ports, operator, batch!.id)).toMatchObject({ state: 'undone' })
    expect(await allRows()).toBe(0)
  })

  it('lets the file in again, with the same ids and versions that go on', async () => {
    const first = await importRows(rows(100))
    const before = (await offerings.findByOrigin(database, 'ligong/50'))!
    await undoImport(ports, operator, first.batch!.id)
    const second = await importRows(rows(100))
    expect(second.batch!.id).not.toBe(first.batch!.id)
    expect(second.counts.written).toBe(100)
    const after = (await offerings.findByOrigin(database, 'ligong/50'))!
    expect(after).toMatchObject({ id: before.id, version: 3 })
    await expect(undoImport(ports, operator, first.batch!.id)).resolves.toMatchObject({ state: 'undone' })
    expect(await count()).toBe(100)
    // Its version is above one, and yet nobody has changed it.
    expect(await undoImport(ports, operator, second.batch!.id)).toMatchObject({ state: 'undone' })
    expect((await entriesAbout(database, before.id)).map(({ subjectVersion }) => subjectVersion)).toEqual([1, 2, 3, 4])
  })

  it('is for operators, and for imports that are there', async () => {
    const { batch } = await importRows(rows(1))
    const institution = actingAs('institution', owner)
    await expect(undoImport(ports, institution, batch!.id)).rejects.toMatchObject({ kind: 'not-permitted' })
    await expect(undoImport(ports, operator, 'imp_aaaaaaaaaaaaaaaaaaaa')).rejects.toMatchObject({ kind: 'not-found' })
  })
})
