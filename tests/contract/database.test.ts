import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demands } from '../../src/demands/store.ts'
import { enterprises, evidence, institutions } from '../../src/directory/store.ts'
import { codeIn, codesOf } from '../../src/platform/codes/codes.ts'
import { ConcurrentChange, inSessionOf } from '../../src/platform/database/database.ts'
import { findVectors, keepVectors } from '../../src/platform/embedding/vector-rows.ts'
import { chronicle, commitNext } from '../../src/platform/journal/change.ts'
import {
  digestOf,
  entriesAbout,
  entriesAfter,
  journalHead,
  record,
  recordRevision,
  revisionHashOf,
} from '../../src/platform/journal/journal.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { aDemand, anEnterprise, anEvidence, anInstitution, keep } from '../nouns.ts'
import { databases, deviations, testPorts, type World } from '../worlds.ts'

for (const [name, open] of Object.entries(databases)) {
  describe(`a database on ${name}`, () => {
    let world: World
    let ports: Ports
    beforeAll(async () => {
      world = await open()
      ports = testPorts(world.database)
    })
    afterAll(() => world?.close())

    const journal = () => entriesAfter(world.database, 0, 100_000)
    const someEnterprise = () => keep(ports, enterprises, anEnterprise(ports))
    const changed = { kind: 'enterprise.amended', actorId: 'tok_operator' } as const

    describe('a commit', () => {
      it('keeps a noun, its revision and its journal entry together', async () => {
        const enterprise = await someEnterprise()
        expect(await enterprises.find(world.database, enterprise.id)).toEqual(enterprise)
        const revision = await world.database.query
          .selectFrom('revision')
          .selectAll()
          .where('subject_id', '=', enterprise.id)
          .executeTakeFirstOrThrow()
        expect({ ...revision, body: JSON.parse(revision.body) }).toEqual({
          subject_id: enterprise.id,
          version: 1,
          visibility: 'public',
          body: enterprise,
          salt: expect.stringMatching(/^slt_/),
        })
        const revisionHash = revisionHashOf(revision.salt!, revision.body)
        expect(await entriesAbout(world.database, enterprise.id)).toMatchObject([
          { subjectVersion: 1, kind: 'enterprise.registered', revisionHash },
        ])
      })

      it('undoes all of it when its last statement fails', async () => {
        const before = await journal()
        const enterprise = anEnterprise(ports)
        const again = recordRevision(ports, entry(enterprise.id, 2), enterprise)
        const commit = world.database.commit(
          ...enterprises.insert(world.database, enterprise),
          ...chronicle(ports, enterprise, { ...changed, kind: 'enterprise.registered' }),
          ...again,
        )
        await expect(commit).rejects.toThrow(/unique/i)
        expect(await enterprises.find(world.database, enterprise.id)).toBeUndefined()
        expect(await world.database.query.selectFrom('revision').selectAll().where('subject_id', '=', enterprise.id).execute()).toEqual([])
        expect(
          await world.database.query.selectFrom('classification').selectAll().where('subject_id', '=', enterprise.id).execute(),
        ).toEqual([])
        expect(await journal()).toEqual(before)
      })

      it('undoes all of it when a statement is not even SQL', async () => {
        const before = await journal()
        const nonsense = { compile: () => sql`insert into no_such_table values (1)`.compile(world.database.query) }
        const commit = world.database.commit(record(world.database, entry('ent_nonsense', 1)), nonsense)
        await expect(commit).rejects.toThrow(/no_such_table/)
        expect(await journal()).toEqual(before)
      })

      it('says which constraint was broken when it is not the version', async () => {
        const { id } = await someEnterprise()
        const twice = { ...anEnterprise(ports), id }
        const sameRow = await rejection(world.database.commit(...enterprises.insert(world.database, twice)))
        expect(sameRow).not.toBeInstanceOf(ConcurrentChange)
        expect(String(sameRow)).toMatch(/enterprise(\.id|_pkey)/)

        const sameOrigin = { ...(await someEnterprise()), originId: 'kjj/砺州-007' }
        await world.database.commit(...enterprises.update(world.database, sameOrigin))
        const other = anEnterprise(ports, { originId: 'kjj/砺州-007' })
        const refused = await rejection(
          world.database.commit(record(world.database, entry(other.id, 1)), ...enterprises.insert(world.database, other)),
        )
        expect(refused).not.toBeInstanceOf(ConcurrentChange)
        expect(String(refused)).toMatch(/enterprise(\.|_)origin_id/)

        const missing = { ...anEnterprise(ports), updatedAt: null as unknown as string }
        expect(String(await rejection(world.database.commit(...enterprises.insert(world.database, missing))))).toMatch(/updated_at/)
      })

      it('refuses a version that was taken before, and leaves nothing of the second', async () => {
        const enterprise = await someEnterprise()
        await commitNext(ports, enterprises, enterprise, { summary: '第一次改动' }, changed)
        const late = commitNext(ports, enterprises, enterprise, { summary: '晚来的改动', classification: [] }, changed)
        await expect(late).rejects.toBeInstanceOf(ConcurrentChange)
        expect(await enterprises.find(world.database, enterprise.id)).toMatchObject({
          summary: '第一次改动',
          version: 2,
          classification: enterprise.classification,
        })
        expect(await entriesAbout(world.database, enterprise.id)).toHaveLength(2)
      })
    })

    describe('many writers', () => {
      const reason = deviations[name]?.concurrency

      it('lets only one of ten racing changes through, and undoes the others whole', async ({ skip }) => {
        skip(reason !== undefined, reason)
        const enterprise = await someEnterprise()
        const racers = Array.from({ length: 10 }, (_, at) => {
          const database = at % 2 === 0 ? world.database : world.again()
          return commitNext({ ...ports, database }, enterprises, enterprise, { summary: `第 ${at} 位`, products: [`产品 ${at}`] }, changed)
        })
        const outcomes = await Promise.allSettled(racers)
        const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
        const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
        expect(won).toHaveLength(1)
        expect(lost).toHaveLength(9)
        for (const error of lost) expect(error).toBeInstanceOf(ConcurrentChange)
        expect(await enterprises.find(world.database, enterprise.id)).toEqual(won[0])
        expect(await entriesAbout(world.database, enterprise.id)).toHaveLength(2)
        const revisions = await world.database.query
          .selectFrom('revision')
          .select('body')
          .where('subject_id', '=', enterprise.id)
          .orderBy('version')
          .execute()
        expect(revisions.map(({ body }) => JSON.parse(body))).toEqual([enterprise, won[0]])
      })

      it('numbers fifty concurrent commits without gaps, and a follower never steps past one that commits late', async ({ skip }) => {
        skip(reason !== undefined, reason)
        const head = await journalHead(world.database)
        const follower = world.again()
        const seen: number[] = []
        let writing = true
        const read = async () => {
          for (const { seq } of await entriesAfter(follower, seen.at(-1) ?? head, 7)) seen.push(seq)
        }
        const following = (async () => {
          while (writing) {
            await read()
            await new Promise((resolve) => setImmediate(resolve))
          }
        })()
        const writers = [world.database, world.again(), world.again()]
        // Entries of several lengths, so that those that begin first do not end first.
        await Promise.all(
          Array.from({ length: 50 }, (_, at) => {
            const database = writers[at % writers.length]!
            const entries = Array.from({ length: 1 + (at % 5) }, (_, place) => record(database, entry(`ent_writer_${at}_${place}`, 1)))
            return database.commit(...entries, ...enterprises.insert(database, anEnterprise(ports)))
          }),
        )
        writing = false
        await following
        const last = await journalHead(world.database)
        while ((seen.at(-1) ?? head) < last) await read()
        expect(last - head).toBe(150)
        expect(seen).toEqual(Array.from({ length: 150 }, (_, at) => head + 1 + at))
        // The entries of one commit stand together.
        const subjects = (await entriesAfter(world.database, head, 1000)).map(({ subjectId }) => subjectId.replace(/_\d+$/, ''))
        const runs = subjects.filter((subject, at) => subject !== subjects[at - 1])
        expect(runs).toHaveLength(50)
      })
    })

    describe('the journal', () => {
      it('has every number from one on', async () => {
        await someEnterprise()
        const seqs = (await journal()).map(({ seq }) => seq)
        expect(seqs).toEqual(seqs.map((_, at) => at + 1))
        expect(await journalHead(world.database)).toBe(seqs.length)
      })

      it('gives entries back as they were recorded, with a digest that verifies', async () => {
        const facts = { z: '先', a: ['“引号”', "'; drop table journal; --", null, 1.5], 深: { 层: true }, fields: [] }
        const written = { ...entry('ent_digest', 1), facts }
        await world.database.commit(record(world.database, written))
        const [{ seq, digest, ...read } = { seq: 0, digest: '' }] = await entriesAbout(world.database, 'ent_digest')
        expect(read).toEqual({ ...written, accountId: null, revisionHash: null })
        expect(digest).toMatch(/^[0-9a-f]{64}$/)
        const entries = await world.database.query.selectFrom('journal').selectAll().execute()
        expect(entries.length).toBeGreaterThan(5)
        for (const each of entries) expect(digestOf(each)).toBe(each.digest)
      })

      it('says in whose session an entry was written, and shows where that was changed', async () => {
        const mine = inSessionOf(world.database, 'acc_wen')
        await mine.commit(record(mine, entry('ent_signed', 1)))
        const signed = await world.database.query
          .selectFrom('journal')
          .selectAll()
          .where('subject_id', '=', 'ent_signed')
          .executeTakeFirstOrThrow()
        expect(signed).toMatchObject({ actor_id: 'tok_operator', account_id: 'acc_wen' })
        expect(digestOf(signed)).toBe(signed.digest)
        for (const account_id of [null, 'acc_other']) expect(digestOf({ ...signed, account_id })).not.toBe(signed.digest)
      })
    })

    describe('what is written', () => {
      const problem = '叶片涂层在 1100 ℃ 燃气中剥落。'.repeat(500).slice(0, 8000)
      const writings: [string, string][] = [
        ['Chinese and English', '高温合金涂层 high-temperature coating'],
        ['emoji of several code points', '👩🏽‍🔬🏭 团队 🇨🇳'],
        ['characters beyond the basic plane', '𠮷𡈽𰻝𰻝面'],
        ['quotes of all kinds', `"双" '单' “中” \`反\` \\反斜\\ \\u0041 %s $1 ? ?1 :name`],
        ['what looks like SQL', "'; drop table demand; --"],
        ['line ends, tabs and spaces of all widths', '一\r\n二\n三\t四\u3000五\u00a0六'],
        ['combining and right-to-left marks', 'e\u0301 ≠ é \u202eאבג\u202c'],
        ['control characters that are not NUL', '\u0001\u0007\u001b[31m\u007f'],
        ['8,000 characters', problem],
      ]
      it.each(writings)('comes back unchanged: %s', async (_, text) => {
        const enterprise = await someEnterprise()
        const title = [...text].slice(0, 50).join('')
        const demand = await keep(
          ports,
          demands,
          aDemand(ports, enterprise.id, { title, problem: text, keywords: [title], originId: `源/${title}` }),
        )
        expect(await demands.find(world.database, demand.id)).toEqual(demand)
        expect(await demands.findByOrigin(world.database, `源/${title}`)).toEqual(demand)
        const row = await world.database.query
          .selectFrom('demand')
          .select(['title', 'origin_id'])
          .where('title', '=', title)
          .executeTakeFirstOrThrow()
        expect(row).toEqual({ title, origin_id: `源/${title}` })
        expect(await demands.count(world.database, {})).toBeGreaterThan(0)
      })

      it.each([0, 1, 99, 2_147_483_648, 4_503_599_627_370_497, Number.MAX_SAFE_INTEGER])('keeps %d fen to the fen', async (fen) => {
        const enterprise = await someEnterprise()
        const demand = await keep(ports, demands, aDemand(ports, enterprise.id, { budgetMinFen: fen, budgetMaxFen: fen }))
        expect(await demands.find(world.database, demand.id)).toEqual(demand)
        const found = await world.database.query
          .selectFrom('demand')
          .select(['budget_min_fen', 'budget_max_fen'])
          .where('id', '=', demand.id)
          .where('budget_max_fen', '=', fen)
          .execute()
        expect(found).toEqual([{ budget_min_fen: fen, budget_max_fen: fen }])
        const more = world.database.query.selectFrom('demand').select('id').where('id', '=', demand.id).where('budget_max_fen', '>', fen)
        expect(await more.execute()).toEqual([])
      })

      it('keeps vectors, wherever in memory they lie', async () => {
        const values = Float32Array.from({ length: 257 }, (_, at) => Math.fround(Math.sin(at)))
        const lying = new Float32Array(300)
        lying.set(values, 3)
        await world.database.commit(
          ...keepVectors(world.database, 'model-a', [
            { textHash: 'plain', vector: values },
            { textHash: 'in the middle', vector: lying.subarray(3, 260) },
          ]),
          ...keepVectors(world.database, 'model-b', [{ textHash: 'plain', vector: new Float32Array([1, 0]) }]),
        )
        const found = await findVectors(world.database, 'model-a', ['plain', 'in the middle', 'unknown'])
        expect([...found.keys()].sort()).toEqual(['in the middle', 'plain'])
        expect(found.get('plain')).toEqual(found.get('in the middle'))
        const length = Math.hypot(...values)
        for (const [at, value] of found.get('plain')!.entries()) expect(value).toBeCloseTo(values[at]! / length, 3)
        expect((await findVectors(world.database, 'model-b', ['plain'])).get('plain')).toEqual(new Float32Array([1, 0]))
      })

      it('keeps bytes that begin at an odd place, every one of them', async () => {
        const memory = new Uint8Array(600).map((_, at) => at % 256)
        const data = memory.subarray(1, 515)
        await world.database.commit(world.database.query.insertInto('vector').values({ text_hash: 'odd', model: 'bytes', data }))
        const row = await world.database.query.selectFrom('vector').select('data').where('text_hash', '=', 'odd').executeTakeFirstOrThrow()
        expect(Uint8Array.from(row.data)).toEqual(Uint8Array.from(data))
      })

      it('keeps the first of two vectors of the same text', async () => {
        const [first, second] = [new Float32Array([0, 1]), new Float32Array([1, 0])]
        await world.database.commit(...keepVectors(world.database, 'model-c', [{ textHash: 'same', vector: first }]))
        await world.database.commit(...keepVectors(world.database, 'model-c', [{ textHash: 'same', vector: second }]))
        expect((await findVectors(world.database, 'model-c', ['same'])).get('same')).toEqual(first)
      })
    })

    describe('much at once', () => {
      const codes = codesOf('gbt4754')
        .slice(0, 20)
        .map(({ code }) => codeIn('gbt4754', code))

      it('takes a hundred imported rows of twenty codes in one commit, and finds 250 by id', async () => {
        const institution = await keep(ports, institutions, anInstitution(ports))
        expect(codes).toHaveLength(20)
        const rows = Array.from({ length: 100 }, (_, at) => anEnterprise(ports, { name: `砺州第${at}机械厂`, classification: codes }))
        await world.database.commit(
          ...rows.flatMap((row) => [
            ...recordRevision(ports, { ...entry(row.id, 1), kind: 'enterprise.imported' }, row),
            ...enterprises.insert(world.database, row),
          ]),
        )
        const others = Array.from({ length: 150 }, () => anEnterprise(ports, { classification: [] }))
        await world.database.commit(...others.flatMap((row) => enterprises.insert(world.database, row)))
        const ids = [...rows, ...others].map(({ id }) => id)
        const wanted = [...ids.slice(0, 249), institution.id].toReversed()
        expect((await enterprises.findMany(world.database, wanted)).map(({ id }) => id)).toEqual(wanted.slice(1))
        const walked = (await Array.fromAsync(enterprises.each(world.database, {}))).map(({ id }) => id)
        expect(new Set(walked).size).toBe(walked.length)
        expect(walked).toHaveLength(await enterprises.count(world.database, {}))
        expect(walked).toEqual(expect.arrayContaining(ids))
        const { count } = await world.database.query
          .selectFrom('classification')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .where('subject_id', 'in', ids.slice(0, 90))
          .executeTakeFirstOrThrow()
        expect(Number(count)).toBe(90 * 20)
      })

      it('finds 250 vectors', async () => {
        const hashes = Array.from({ length: 250 }, (_, at) => `hash-${at}`)
        await world.database.commit(
          ...keepVectors(
            world.database,
            'many',
            hashes.map((textHash) => ({ textHash, vector: new Float32Array([1, 2]) })),
          ),
        )
        expect((await findVectors(world.database, 'many', hashes)).size).toBe(250)
      })

      it('reads a count and a version as numbers', async () => {
        const { id } = await keep(ports, evidence, anEvidence(ports, ports.newId('expert'), { position: 12 }))
        const row = await world.database.query
          .selectFrom('evidence')
          .select(['version', 'position'])
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
        expect(row).toEqual({ version: 1, position: 12 })
        expect(await evidence.count(world.database, {})).toBe(1)
      })
    })
  })
}

const entry = (subjectId: string, subjectVersion: number) => ({
  subjectId,
  subjectVersion,
  kind: 'enterprise.registered' as const,
  actorId: 'tok_operator',
  at: '2026-11-22T01:00:00.000Z',
  facts: {},
})

async function rejection(work: Promise<unknown>): Promise<unknown> {
  const outcome = await work.then(
    () => ({ ok: true }),
    (error: unknown) => ({ error }),
  )
  if (!('error' in outcome)) throw new Error('It was not refused')
  return outcome.error
}
