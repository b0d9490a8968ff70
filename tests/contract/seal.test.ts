import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/platform/database/database.ts'
import { digestOf, type Entry, entriesAfter, record } from '../../src/platform/journal/journal.ts'
import { sealJournal, verifyJournal } from '../../src/platform/journal/seal.ts'
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
      subjectId: `ent_${++written}`,
      subjectVersion: 1,
      kind: 'enterprise.registered',
      actorId: 'tok_operator',
      at: '2026-11-22T01:00:00.000Z',
      facts: { of: '燃气轮机', fields: [] },
    })
    async function write(count: number, on = database): Promise<void> {
      for (let left = count; left > 0; left -= 100)
        await on.commit(...Array.from({ length: Math.min(left, 100) }, () => record(database, entry())))
    }
    const seals = () => database.query.selectFrom('seal').selectAll().orderBy('seq').execute()
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

    it('has one seal an entry, each made of the one before and the digest', async () => {
      await write(503)
      expect(await sealJournal(database)).toBe(503)
      expect(await sealJournal(database)).toBe(0)
      await write(2)
      expect(await verifyJournal(database)).toMatchObject({ sealed: 503, unsealed: 2, brokenAt: null })
      expect(await sealJournal(database)).toBe(2)
      let hash = ''
      const expected = (await entriesAfter(database, 0, 1000)).map(({ seq, digest }) => {
        hash = sha256(hash + digest)
        return { seq, hash }
      })
      expect(await seals()).toEqual(expected)
      expect(await verifyJournal(database)).toEqual({ sealed: 505, unsealed: 0, hash, brokenAt: null })
    })

    it('is whole where nothing has happened yet', async () => {
      expect(await sealJournal(database)).toBe(0)
      expect(await verifyJournal(database)).toEqual({ sealed: 0, unsealed: 0, hash: '', brokenAt: null })
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
      expect(await verifyJournal(database)).toMatchObject({ sealed: 300, unsealed: 0, brokenAt: null })
    })

    const query = () => database.query
    const wrongs: [string, () => Promise<void>, number][] = [
      [
        'an entry says something else',
        () => database.commit(query().updateTable('journal').set({ actor_id: 'tok_other' }).where('seq', '=', 3)),
        3,
      ],
      [
        'an entry says something else, and its digest was made to fit',
        async () => {
          const [third] = await entriesAfter(database, 2, 1)
          const facts = { of: '风电', fields: [] }
          const forged = { facts: JSON.stringify(facts), digest: digestOf({ ...third!, facts }) }
          await database.commit(query().updateTable('journal').set(forged).where('seq', '=', 3))
        },
        3,
      ],
      [
        'the facts of an entry are no JSON',
        () => database.commit(query().updateTable('journal').set({ facts: '{' }).where('seq', '=', 3)),
        3,
      ],
      ['an entry is gone', () => database.commit(query().deleteFrom('journal').where('seq', '=', 4)), 4],
      ['the last entry is gone, and its seal is not', () => database.commit(query().deleteFrom('journal').where('seq', '=', 7)), 7],
      ['a seal is gone', () => database.commit(query().deleteFrom('seal').where('seq', '=', 2)), 2],
      [
        'a seal is another',
        () =>
          database.commit(
            query()
              .updateTable('seal')
              .set({ hash: sha256('') })
              .where('seq', '=', 5),
          ),
        5,
      ],
      [
        'an entry that waits for its seal says something else',
        async () => {
          await write(2)
          await database.commit(query().updateTable('journal').set({ at: '2026-11-23T01:00:00.000Z' }).where('seq', '=', 9))
        },
        9,
      ],
    ]
    it.each(wrongs)('breaks where %s', async (_, wrong, brokenAt) => {
      await write(7)
      await sealJournal(database)
      await wrong()
      expect(await verifyJournal(database)).toMatchObject({ brokenAt, sealed: Math.min(brokenAt - 1, 7) })
      // Sealing on heals nothing.
      await sealJournal(database)
      expect(await verifyJournal(database)).toMatchObject({ brokenAt })
    })
  })
}
