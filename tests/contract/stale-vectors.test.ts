import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { actingAs } from '../../src/accounts/actor.ts'
import { demands } from '../../src/demands/store.ts'
import { evidence, experts, institutions } from '../../src/directory/store.ts'
import { killedAfter } from '../../src/imports/fixtures.ts'
import { loadBatch } from '../../src/imports/load.ts'
import { catchUp, embedPending, rebuild } from '../../src/matching/catch-up.ts'
import { keepQuestionVectors, queryVector } from '../../src/matching/query-vector.ts'
import { removeStaleVectors } from '../../src/matching/stale-vectors.ts'
import { demandQuestion } from '../../src/matching/texts.ts'
import type { Offering } from '../../src/offerings/offering.ts'
import { offerings } from '../../src/offerings/store.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { keepVectors } from '../../src/platform/embedding/vector-rows.ts'
import { commitNext, remove } from '../../src/platform/journal/change.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { aDemand, anEvidence, anExpert, anInstitution, anOffering, keep } from '../nouns.ts'
import { databases, emptyIndex, testPorts, type World } from '../worlds.ts'

const operator = actingAs('operator', 'tok_operator')

for (const [name, open] of Object.entries(databases)) {
  describe(`stale vectors on ${name}`, () => {
    let world: World
    let database: Database
    let ports: Ports
    let owner: string
    beforeAll(async () => {
      world = await open()
      database = world.database
    })
    afterAll(() => world?.close())
    beforeEach(async () => {
      ports = testPorts(database, { search: emptyIndex(), newId: ports?.newId ?? testPorts(database).newId })
      await database.commit(database.query.deleteFrom('vector'))
      owner = (await keep(ports, institutions, anInstitution(ports))).id
    })

    const hashes = async () =>
      (await database.query.selectFrom('vector').select('text_hash').orderBy('text_hash').execute()).map(({ text_hash }) => text_hash)
    async function settle(on = ports): Promise<void> {
      await catchUp(on)
      while ((await embedPending(on)) > 0);
    }
    const amended = (offering: Offering, changes: Partial<Offering>) =>
      commitNext(ports, offerings, offering, changes, { kind: 'offering.amended', actorId: 'tok_operator' })
    /** Does something each time before a commit of whoever uses it. */
    const interrupted = (before: () => Promise<unknown>): Ports => ({
      ...ports,
      database: {
        ...database,
        async commit(...statements) {
          await before()
          await database.commit(...statements)
        },
      },
    })

    it('go, and those of every text that is found or asked with stay', async () => {
      const offering = await keep(ports, offerings, anOffering(ports, owner, { visibility: 'nda' }))
      const expert = await keep(ports, experts, anExpert(ports, owner, { claimed: false }))
      await keep(ports, evidence, anEvidence(ports, expert.id))
      await keep(ports, evidence, anEvidence(ports, expert.id, { offeringId: offering.id, title: null, abstract: null }))
      await keep(ports, demands, aDemand(ports, ports.newId('enterprise'), { visibility: 'registered' }))
      const draft = await keep(ports, demands, aDemand(ports, ports.newId('enterprise'), { state: 'draft', title: '涂层检测手段不足' }))
      await settle()
      await keepQuestionVectors(ports)
      const live = await hashes()
      expect(live.length).toBeGreaterThan(7)

      const gone = await keep(ports, offerings, anOffering(ports, owner, { title: '焊接变形控制工艺', abstract: '反变形胎具。' }))
      const paper = await keep(ports, evidence, anEvidence(ports, expert.id, { title: '弱筋小麦新品种选育' }))
      await settle()
      await amended(gone, { state: 'withdrawn' })
      await remove(ports, evidence, paper, 1, { kind: 'evidence.removed', actorId: 'tok_operator' })
      const text = { textHash: '0'.repeat(64), vector: new Float32Array([1, 0]) }
      await database.commit(...keepVectors(database, 'an older model', [text]), ...keepVectors(database, ports.embedder!.model, [text]))
      expect((await hashes()).length).toBe(live.length + 4)

      await removeStaleVectors(ports)
      expect(await hashes()).toEqual(live)
      // An index that is built now finds the vector of each of its texts, and a question its own.
      const built: Ports = { ...ports, search: emptyIndex() }
      await rebuild(built)
      expect((await built.search.status(0)).pending).toBe(0)
      expect(await queryVector({ ...ports, embedder: silent }, demandQuestion(draft), true)).toBeInstanceOf(Float32Array)
    })

    it('go by hundreds, in commits of bounded size', async () => {
      const rows = Array.from({ length: 250 }, (_, at) => ({ textHash: String(at).padStart(64, '0'), vector: new Float32Array([1, 0]) }))
      await database.commit(...keepVectors(database, 'model-a', rows))
      let commits = 0
      await removeStaleVectors(interrupted(async () => commits++))
      expect(await hashes()).toEqual([])
      expect(commits).toBe(3)
    })

    it('stay where their text comes back at the last moment', async () => {
      const first = { abstract: '采用激光熔覆修复叶片。' }
      const offering = await keep(ports, offerings, anOffering(ports, owner, { title: '叶片修复工艺', ...first }))
      await settle()
      const before = await hashes()
      const other = await amended(offering, { abstract: '采用等离子喷涂修复叶片。' })
      let back: Offering | null = null
      await removeStaleVectors(
        interrupted(async () => {
          back ??= await amended(other, first)
        }),
      )
      expect(back).not.toBeNull()
      for (const hash of before) expect(await hashes()).toContain(hash)
      await settle()
      await removeStaleVectors(ports)
      expect(await hashes()).toEqual(before)
    })

    it('stay where an import with their text is completed meanwhile, and the others go', async () => {
      const imported = anOffering(ports, owner, { title: '叶片喷涂前处理工艺', originId: `kjj/${name}` })
      const before = await keep(ports, offerings, { ...imported, id: ports.newId('offering'), originId: null })
      await settle()
      const live = await hashes()
      await amended(before, { state: 'withdrawn' })
      // Its rows are written, but nobody sees them yet.
      const load = {
        kind: 'offering',
        name: '成果.csv',
        fileSha256: `sha ${name}`,
        sections: [{ kind: 'offering' as const, nouns: [imported] }],
      }
      await expect(loadBatch({ ...ports, database: killedAfter(database, 2) }, operator, load)).rejects.toThrow('killed')
      const stale = ['0', 'g'].flatMap((digit) => Array.from({ length: 90 }, (_, at) => String(at).padStart(64, digit)))
      const vector = new Float32Array([1, 0])
      await database.commit(
        ...keepVectors(
          database,
          'model-a',
          stale.map((textHash) => ({ textHash, vector })),
        ),
      )
      let isComplete = false
      await removeStaleVectors(
        interrupted(async () => {
          if (isComplete) return
          isComplete = true
          await loadBatch(ports, operator, load)
        }),
      )
      const left = await hashes()
      for (const hash of live) expect(left).toContain(hash)
      // What stood in the commit before which the import came stays until the next night.
      expect(left.filter((hash) => stale.includes(hash))).toEqual(stale.slice(0, 90))
    })

    it('are no failure to a question that is asked as its vector goes', async () => {
      const forgetful: Ports = {
        ...ports,
        database: {
          ...database,
          async commit(...statements) {
            await database.commit(...statements)
            await database.commit(database.query.deleteFrom('vector'))
          },
        },
      }
      const question = '叶片涂层早期剥落'
      const unkept = await queryVector(forgetful, question, true)
      expect(unkept).toEqual(await queryVector(ports, question, true))
    })
  })
}

/** A model that must not be needed. */
const silent: Ports['embedder'] = {
  ...testPorts(null as unknown as Database).embedder!,
  embed: () => Promise.reject(new Error('this text has a vector already')),
}
