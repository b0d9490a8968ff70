import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actingAs } from '../../src/accounts/actor.ts'
import { findToken, findTokenBySecretHash, insertToken, listTokens, updateToken } from '../../src/accounts/store/token.ts'
import type { Token } from '../../src/accounts/token.ts'
import { demands } from '../../src/demands/store.ts'
import { enterprises, evidence, experts, institutions } from '../../src/directory/store.ts'
import type { ImportBatch } from '../../src/imports/batch.ts'
import { undoImport } from '../../src/imports/load.ts'
import { openBatch, stepBatch } from '../../src/imports/steps.ts'
import {
  batchesOfFile,
  changedSince,
  findBatch,
  findByFile,
  heldRows,
  lastVersions,
  listBatches,
  referringTo,
  updateBatch,
} from '../../src/imports/store.ts'
import { amendSettings } from '../../src/market/actions.ts'
import { defaultSettings } from '../../src/market/settings.ts'
import { findSettings, putSettings } from '../../src/market/store.ts'
import { offerings } from '../../src/offerings/store.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { enqueue, type JobHandlers, requeueInterrupted, runDueJobs } from '../../src/platform/jobs/jobs.ts'
import { commitNext } from '../../src/platform/journal/change.ts'
import { entriesAbout, record } from '../../src/platform/journal/journal.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { aDemand, anEnterprise, anEvidence, anExpert, anInstitution, anOffering, keep } from '../nouns.ts'
import { databases, deviations, testPorts, type World } from '../worlds.ts'

const operator = actingAs('operator', 'tok_operator')

for (const [name, open] of Object.entries(databases)) {
  describe(`stores on ${name}`, () => {
    let world: World
    let database: Database
    let ports: Ports
    beforeAll(async () => {
      world = await open()
      database = world.database
      ports = testPorts(database)
    })
    afterAll(() => world?.close())

    describe('tokens', () => {
      const token = (changes: Partial<Token> = {}): Token => ({
        id: ports.newId('token'),
        version: 1,
        role: 'enterprise',
        subjectId: ports.newId('enterprise'),
        expiresAt: '2027-02-20T01:00:00.000Z',
        revokedAt: null,
        createdAt: ports.now(),
        name: '排产系统',
        accountId: ports.newId('account'),
        madeWith: null,
        rank: 'editor',
        scopes: ['demand.read', 'offering.write'],
        requestsPerMinute: 30,
        lastUsedOn: null,
        ...changes,
      })

      it('are found by id and by the hash of their secret, and listed by age', async () => {
        const [first, second] = [token(), token({ role: 'operator', subjectId: null })]
        await database.commit(insertToken(database, second, 'hash-2'), insertToken(database, first, 'hash-1'))
        expect(await findToken(database, first.id)).toEqual(first)
        expect(await findTokenBySecretHash(database, 'hash-2')).toEqual(second)
        expect(await findTokenBySecretHash(database, 'hash-3')).toBeUndefined()
        expect(await findToken(database, ports.newId('token'))).toBeUndefined()
        expect(await listTokens(database)).toEqual([first, second])
      })

      it('lose their power for good', async () => {
        const given = token()
        await database.commit(insertToken(database, given, 'hash-4'))
        const revoked = { ...given, version: 2, revokedAt: ports.now() }
        await database.commit(updateToken(database, revoked))
        expect(await findTokenBySecretHash(database, 'hash-4')).toEqual(revoked)
      })

      it('never share a secret', async () => {
        await database.commit(insertToken(database, token(), 'hash-5'))
        await expect(database.commit(insertToken(database, token(), 'hash-5'))).rejects.toThrow(/secret_hash/)
      })
    })

    describe('settings', () => {
      it('are the defaults until somebody changes them, and then what was written last', async () => {
        expect(await findSettings(database)).toEqual({ settings: defaultSettings, version: 0 })
        const settings = { ...defaultSettings, name: '砺州“科技”大市场' }
        await database.commit(putSettings(database, settings, 1, ports.now()))
        expect(await findSettings(database)).toEqual({ settings, version: 1 })
        const next = { ...settings, brokersMayTake: false }
        await database.commit(putSettings(database, next, 2, ports.now()))
        expect(await findSettings(database)).toEqual({ settings: next, version: 2 })
      })

      it('go to the faster of two who amend them at once', async ({ skip }) => {
        const { concurrency } = deviations[name] ?? {}
        skip(concurrency !== undefined, concurrency)
        const { version } = await findSettings(database)
        // The journal follows the settings from their first amendment on.
        await database.commit(
          record(database, {
            subjectId: 'market',
            subjectVersion: version,
            kind: 'market.amended',
            actorId: 'tok_operator',
            at: ports.now(),
            facts: {},
          }),
        )
        const outcomes = await Promise.allSettled(
          ['一号', '二号', '三号'].map((name) => amendSettings(ports, operator, version, { name: `砺州${name}大市场` })),
        )
        const lost = outcomes.filter(({ status }) => status === 'rejected')
        expect(lost).toMatchObject([{ reason: { kind: 'version-differs' } }, { reason: { kind: 'version-differs' } }])
        const won = outcomes.find((outcome) => outcome.status === 'fulfilled')
        expect(await findSettings(database)).toEqual(won?.value)
      })
    })

    describe('imports', () => {
      const begin = (fileSha256: string) => openBatch(ports, operator, { kind: 'offering', name: '成果.csv', fileSha256, rowCount: 3 })

      it('are found by id, by file and by age', async () => {
        const first = await begin('sha-1')
        expect(first).toMatchObject({ state: 'writing', version: 1, name: '成果.csv', rowCount: 3, actorId: 'tok_operator' })
        const second = await begin('sha-2')
        expect(await findBatch(database, first.id)).toEqual(first)
        expect(await findBatch(database, ports.newId('import'))).toBeUndefined()
        expect(await findByFile(database, 'offering', 'sha-1')).toEqual(first)
        expect(await findByFile(database, 'demand', 'sha-1')).toBeUndefined()
        expect(await listBatches(database, 2)).toEqual([second, first])
        expect(await listBatches(database, 1)).toEqual([second])
      })

      it('of a file can begin anew once the last one is undone', async () => {
        const first = await begin('sha-3')
        await expect(begin('sha-3').then(() => begin('sha-3'))).resolves.toBeDefined()
        const undone: ImportBatch = { ...first, state: 'undone', version: 4 }
        await database.commit(updateBatch(database, undone))
        const all = await batchesOfFile(database, 'offering', 'sha-3')
        expect(all.map(({ state }) => state)).toEqual(['undone', 'writing', 'writing'])
        expect(await findByFile(database, 'offering', 'sha-3')).toEqual(all[1])
      })

      it('go from state to state with the journal', async () => {
        const writing = await begin('sha-4')
        const complete = await stepBatch(ports, operator, writing, 'complete', 'import.completed', { rows: 3 })
        expect(await findBatch(database, writing.id)).toEqual(complete)
        expect(complete).toMatchObject({ state: 'complete', version: 2 })
        expect((await entriesAbout(database, writing.id)).map(({ kind, facts }) => [kind, facts])).toEqual([
          ['import.started', { of: 'offering', rows: 3 }],
          ['import.completed', { of: 'offering', rows: 3 }],
        ])
      })

      it('know rows that are there by id or by origin, visible or not', async () => {
        const batch = await begin('sha-5')
        const imported = anOffering(ports, ports.newId('institution'), { originId: 'ligong/42' })
        const entered = anOffering(ports, ports.newId('institution'))
        await database.commit(...offerings.insert(database, imported, batch.id), ...offerings.insert(database, entered))
        const asked = [{ id: ports.newId('offering'), originId: 'ligong/42' }, entered, { id: ports.newId('offering'), originId: null }]
        const expected = [
          { id: imported.id, originId: 'ligong/42', batchId: batch.id },
          { id: entered.id, originId: null, batchId: null },
        ]
        expect((await heldRows(database, 'offering', asked)).toSorted((a) => (a.originId === null ? 1 : -1))).toEqual(expected)
        expect(await heldRows(database, 'offering', [entered])).toEqual([expected[1]])
        const many = Array.from({ length: 250 }, (_, at) => ({ id: ports.newId('offering'), originId: `ligong/${at}` }))
        expect(await heldRows(database, 'offering', many)).toEqual([expected[0]])
        expect(await heldRows(database, 'offering', [])).toEqual([])
      })

      it('know the last version of each row, of removed ones too', async () => {
        const ids = Array.from({ length: 120 }, () => ports.newId('park'))
        const entry = (subjectId: string, subjectVersion: number) =>
          record(database, { subjectId, subjectVersion, kind: 'park.registered', actorId: 'tok_operator', at: ports.now(), facts: {} })
        await database.commit(entry(ids[0]!, 1), entry(ids[0]!, 2), entry(ids[0]!, 10), entry(ids[119]!, 3))
        expect(await lastVersions(database, ids)).toEqual(
          new Map([
            [ids[0], 10],
            [ids[119], 3],
          ]),
        )
        expect(await lastVersions(database, [])).toEqual(new Map())
      })

      it('know what was changed or referred to since', async () => {
        const batch = await begin('sha-6')
        const institution = anInstitution(ports)
        const expert = anExpert(ports, institution.id)
        const [changed, same] = [anOffering(ports, institution.id), anOffering(ports, institution.id)]
        const about = (subjectId: string, kind: `${string}.imported`) =>
          record(database, { subjectId, subjectVersion: 1, kind, actorId: 'tok_operator', at: ports.now(), facts: { batchId: batch.id } })
        await database.commit(
          ...institutions.insert(database, institution, batch.id),
          ...experts.insert(database, expert, batch.id),
          ...offerings.insert(database, changed, batch.id),
          ...offerings.insert(database, same, batch.id),
          about(institution.id, 'institution.imported'),
          about(expert.id, 'expert.imported'),
          about(changed.id, 'offering.imported'),
          about(same.id, 'offering.imported'),
        )
        const complete = await stepBatch(ports, operator, batch, 'complete', 'import.completed', {})
        expect(await changedSince(database, 'offering', batch.id)).toEqual([])
        // References among the rows of one import do not hold it.
        expect(await referringTo(database, batch.id)).toEqual([])

        const next = await commitNext(
          ports,
          offerings,
          changed,
          { teaser: '改写过的一句话' },
          { kind: 'offering.amended', actorId: 'tok_operator' },
        )
        expect(await changedSince(database, 'offering', batch.id)).toEqual([changed.id])
        expect(await changedSince(database, 'institution', batch.id)).toEqual([])

        const outside = await keep(ports, evidence, anEvidence(ports, expert.id, { offeringId: same.id, title: null, abstract: null }))
        const below = await keep(ports, institutions, anInstitution(ports, { parentId: institution.id, name: '材料学院' }))
        expect((await referringTo(database, batch.id)).toSorted()).toEqual([outside.id, outside.id, below.id].toSorted())
        await expect(undoImport(ports, operator, batch.id)).rejects.toMatchObject({
          kind: 'not-allowed-now',
          facts: { reason: 'changed-since', ids: [changed.id] },
        })
        expect(await findBatch(database, batch.id)).toEqual(complete)
        expect(await offerings.find(database, changed.id)).toEqual(next)
      })

      it('that enterprises, parks and brokers stand in are held by what refers to them', async () => {
        const batch = await begin('sha-7')
        const enterprise = anEnterprise(ports)
        await database.commit(...enterprises.insert(database, enterprise, batch.id))
        const demand = await keep(ports, demands, aDemand(ports, enterprise.id))
        const offering = await keep(ports, offerings, anOffering(ports, enterprise.id))
        expect((await referringTo(database, batch.id)).toSorted()).toEqual([demand.id, offering.id].toSorted())
      })
    })

    describe('jobs', () => {
      const rows = () => database.query.selectFrom('job').selectAll().orderBy('run_at').execute()
      const remove = () => database.commit(database.query.deleteFrom('job'))
      const ran: unknown[] = []
      const handlers: JobHandlers = {
        'digest.send': async (_, payload) => void ran.push(payload),
        'always.fails': async () => {
          throw new RangeError('短信网关没有回答')
        },
      }
      const job = (kind: string, runAt: string, payload = {}) => enqueue(ports, { kind, payload, runAt })

      it('run once, when they are due, oldest first', async () => {
        ran.length = 0
        await database.commit(
          job('digest.send', '2026-11-22T00:00:02.000Z', { to: '二' }),
          job('digest.send', '2026-11-22T00:00:01.000Z', { to: '一', list: ["'", '“'] }),
          job('digest.send', '2027-01-01T00:00:00.000Z', { to: '明年' }),
        )
        expect(await runDueJobs(ports, handlers)).toBe(2)
        expect(await runDueJobs(ports, handlers)).toBe(0)
        expect(ran).toEqual([{ to: '一', list: ["'", '“'] }, { to: '二' }])
        expect(await rows()).toMatchObject([{ state: 'done', failure: null }, { state: 'done' }, { state: 'queued', finished_at: null }])
        const nextYear = { ...ports, now: () => '2027-01-01T00:00:00.000Z' }
        expect(await runDueJobs(nextYear, handlers)).toBe(1)
        await remove()
      })

      it('are enqueued with the commit they belong to, or not at all', async () => {
        const enterprise = await keep(ports, enterprises, anEnterprise(ports))
        await expect(database.commit(job('digest.send', ports.now()), ...enterprises.insert(database, enterprise))).rejects.toThrow()
        expect(await rows()).toEqual([])
      })

      it('that fail keep what went wrong, are not run again, and hold up no other', async () => {
        ran.length = 0
        await database.commit(
          job('always.fails', '2026-11-22T00:00:01.000Z'),
          job('of.an.older.version', '2026-11-22T00:00:02.000Z'),
          job('digest.send', '2026-11-22T00:00:03.000Z', { to: '三' }),
        )
        expect(await runDueJobs(ports, handlers)).toBe(3)
        expect(await rows()).toMatchObject([
          { state: 'failed', failure: 'RangeError: 短信网关没有回答' },
          { state: 'failed', failure: 'Error: No handler for jobs of kind of.an.older.version' },
          { state: 'done', failure: null },
        ])
        for (const { finished_at } of await rows()) expect(finished_at).toMatch(/^2026-11-22T/)
        expect(ran).toEqual([{ to: '三' }])
        expect(await runDueJobs(ports, handlers)).toBe(0)
        await remove()
      })

      it('that a crash cut off run again after the start', async () => {
        ran.length = 0
        await database.commit(job('digest.send', '2026-11-22T00:00:01.000Z', { to: '四' }))
        await database.commit(database.query.updateTable('job').set({ state: 'running' }))
        expect(await runDueJobs(ports, handlers)).toBe(0)
        await requeueInterrupted(database)
        expect(await runDueJobs(ports, handlers)).toBe(1)
        expect(ran).toEqual([{ to: '四' }])
        await requeueInterrupted(database)
        expect(await runDueJobs(ports, handlers)).toBe(0)
        await remove()
      })

      it('run at most as many as asked', async () => {
        await database.commit(...[1, 2, 3].map((second) => job('digest.send', `2026-11-22T00:00:0${second}.000Z`)))
        expect(await runDueJobs(ports, handlers, 2)).toBe(2)
        expect((await rows()).map(({ state }) => state)).toEqual(['done', 'done', 'queued'])
        await remove()
      })
    })
  })
}
