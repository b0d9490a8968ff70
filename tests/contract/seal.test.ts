import { createHash, createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listingRows } from '../../src/imports/tables.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { type Entry, entriesAfter, record } from '../../src/platform/journal/journal.ts'
import { SealKeyMissing, sealingsWith, sealJournal } from '../../src/platform/journal/seal.ts'
import { verifyJournal } from '../../src/platform/journal/verify.ts'
import { databases, deviations, type World } from '../worlds.ts'

for (const [name, open] of Object.entries(databases)) {
  describe(`the sealed journal on ${name}`, () => {
    let world: World
    let database: Database
    let written = 0
    beforeAll(async () => {
      world = await open()
      database = world.database
    })
    afterAll(() => world?.close())
    beforeEach(async () => {
      written = 0
      await database.commit(database.query.deleteFrom('journal'), database.query.deleteFrom('seal'))
    })

    const entry = (): Entry => ({
      subjectId: `tok_${++written}`,
      subjectVersion: 1,
      kind: 'token.created',
      actorId: 'tok_operator',
      at: '2026-11-22T01:00:00.000Z',
      facts: { of: '燃气轮机', fields: [] },
    })
    async function write(count: number, on = database): Promise<void> {
      for (let left = count; left > 0; left -= 100)
        await on.commit(...Array.from({ length: Math.min(left, 100) }, () => record(database, entry())))
    }
    const seals = () => database.query.selectFrom('seal').selectAll().orderBy('seq').execute()
    const verify = (sealings = plain) => verifyJournal(database, { sealings, anchor: null, listings: listingRows, progress: () => {} })
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
    const [key, another] = ['a key of the audit office in Lizhou 1', 'a key of the audit office in Lizhou 2']
    const plain = sealingsWith([])
    const keyed = sealingsWith([key])
    const [{ keyId }] = keyed

    it('has one seal an entry, each made of the one before and the digest', async () => {
      await write(503)
      expect(await sealJournal(database)).toBe(503)
      expect(await sealJournal(database)).toBe(0)
      await write(2)
      expect(await verify()).toMatchObject({ entries: 505, sealed: [{ from: 1, to: 503 }], unsealed: 2, faults: [] })
      expect(await sealJournal(database)).toBe(2)
      let hash = ''
      const expected = (await entriesAfter(database, 0, 1000)).map(({ seq, digest }) => {
        hash = sha256(hash + digest)
        return { seq, hash, key_id: null }
      })
      expect(await seals()).toEqual(expected)
      expect(await verify()).toEqual({
        entries: 505,
        sealed: [{ keyId: null, from: 1, to: 505, isChecked: true }],
        unsealed: 0,
        revisions: { bound: 0, unbound: 0, erased: 0 },
        listings: 0,
        anchor: { seq: 505, hash },
        faults: [],
      })
    })

    it('is whole where nothing has happened yet', async () => {
      expect(await sealJournal(database)).toBe(0)
      expect(await verify()).toMatchObject({ entries: 0, sealed: [], unsealed: 0, anchor: null, faults: [] })
    })

    it('goes over from no key to a key, and from a key to a new one, and both show', async () => {
      await write(3)
      await sealJournal(database)
      await write(2)
      await sealJournal(database, keyed)
      const [, , third, fourth] = await seals()
      const [, , , { digest } = { digest: '' }] = await entriesAfter(database, 0, 10)
      const hash = createHmac('sha256', key)
        .update(third!.hash + digest)
        .digest('hex')
      expect(fourth).toEqual({ seq: 4, hash, key_id: keyId })
      await write(1)
      const replaced = sealingsWith([another, key])
      await sealJournal(database, replaced)
      expect(await verify(replaced)).toMatchObject({
        sealed: [
          { keyId: null, from: 1, to: 3, isChecked: true },
          { keyId, from: 4, to: 5, isChecked: true },
          { keyId: replaced[0].keyId, from: 6, to: 6, isChecked: true },
        ],
        faults: [],
      })
    })

    it('says which seals it could not check without their key', async () => {
      await write(2)
      await sealJournal(database, keyed)
      expect(await verify()).toMatchObject({ sealed: [{ keyId, from: 1, to: 2, isChecked: false }], faults: [] })
    })

    it('takes no plain seal after one with a key, and none with a new key where the old one is not given', async () => {
      await write(2)
      await sealJournal(database, keyed)
      await write(1)
      await expect(sealJournal(database)).rejects.toBeInstanceOf(SealKeyMissing)
      await expect(sealJournal(database, sealingsWith([another]))).rejects.toThrow(keyId!)
      expect(await verify(keyed)).toMatchObject({ sealed: [{ to: 2 }], unsealed: 1, faults: [] })
    })

    it('has one chain where several seal at once, while others write', async ({ skip }) => {
      const { concurrency } = deviations[name] ?? {}
      skip(concurrency !== undefined, concurrency)
      await write(200)
      const sealers = [database, world.again(), world.again()]
      const writer = world.again()
      await Promise.all([write(100, writer), ...sealers.flatMap((each) => [sealJournal(each), sealJournal(each)])])
      await sealJournal(database)
      expect((await seals()).map(({ seq }) => seq)).toEqual(Array.from({ length: 300 }, (_, at) => at + 1))
      expect(await verify()).toMatchObject({ sealed: [{ to: 300 }], unsealed: 0, faults: [] })
    })

    it('has one chain where one server has the key and another has not heard of it yet', async ({ skip }) => {
      const { concurrency } = deviations[name] ?? {}
      skip(concurrency !== undefined, concurrency)
      const uninformed = world.again()
      for (let round = 0; round < 5; round++) {
        await write(40)
        await Promise.allSettled([sealJournal(uninformed), sealJournal(database, keyed), sealJournal(uninformed)])
      }
      await sealJournal(database, keyed)
      expect(await verify(keyed)).toMatchObject({ entries: 200, unsealed: 0, faults: [] })
    })
  })
}
