import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { draftDemand, withdrawDemand } from '../../src/demands/actions.ts'
import { enterpriseActions, expertActions, institutionActions } from '../../src/directory/actions.ts'
import { experts } from '../../src/directory/store.ts'
import { registerEvidence, removeEvidence } from '../../src/evidence/actions.ts'
import { importText, jsonl, operator } from '../../src/imports/fixtures.ts'
import { undoImport } from '../../src/imports/load.ts'
import { listingRows, rowsOf } from '../../src/imports/tables.ts'
import { amendOffering, draftOffering } from '../../src/offerings/actions.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { listingTables } from '../../src/platform/database/listings.ts'
import { changesOf } from '../../src/platform/journal/changes.ts'
import { exportedEntries } from '../../src/platform/journal/export.ts'
import type { Fault } from '../../src/platform/journal/fault.ts'
import { digestOf, eraseRevisions, record, recordRevision, revisionHashOf } from '../../src/platform/journal/journal.ts'
import { sealingsWith, sealJournal } from '../../src/platform/journal/seal.ts'
import { type Verifying, verifyJournal } from '../../src/platform/journal/verify.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { databases, testPorts, type World } from '../worlds.ts'

/** Line of a fault: table, row, what, why. */
const told = ({ table, row, fault, reason, names }: Fault) => [table, row, fault, reason, ...names].join(' ')

for (const [name, open] of Object.entries(databases)) {
  describe(`the audit on ${name}`, () => {
    let world: World
    let database: Database
    let ports: Ports
    const keyed = sealingsWith(['a key of the audit office in Lizhou 1'])
    const verify = (changes: Partial<Verifying> = {}) =>
      verifyJournal(database, { sealings: keyed, anchor: null, listings: listingRows, progress: () => {}, ...changes })
    const faults = async (changes: Partial<Verifying> = {}) => (await verify(changes)).faults.map(told)

    /** Ids of the market below. */
    let [enterprise, expert, offering, demand, paper, imported] = ['', '', '', '', '', '']
    /** Nineteen entries: who registered what, what was amended, withdrawn, removed, imported, and taken back. */
    beforeAll(async () => {
      world = await open()
      database = world.database
      ports = testPorts(database)
      enterprise = (await enterpriseActions.register(ports, operator, { name: '砺州恒砺机械有限公司' })).id
      const institution = await institutionActions.register(ports, operator, { name: '岭江理工大学', kind: 'university' })
      const fields = {
        source: 'institution',
        field: '热障涂层',
        affiliations: [{ institutionId: institution.id, department: null, post: null }],
      }
      expert = (await expertActions.register(ports, operator, { name: '沈砚秋', ...fields } as never)).id
      const draft = { title: '叶片激光熔覆修复', kind: 'result', ownerId: institution.id, abstract: '镍基高温合金粉末分层熔覆。' } as const
      offering = (await draftOffering(ports, operator, draft)).id
      await amendOffering(ports, operator, offering, 1, { keywords: ['激光熔覆'], teaser: '叶片修复' })
      await amendOffering(ports, operator, offering, 2, { teaser: '叶片原位修复' })
      demand = (await draftDemand(ports, operator, { title: '叶片涂层剥落', problem: '涂层六百小时即剥落。', enterpriseId: enterprise })).id
      await withdrawDemand(ports, operator, demand)
      paper = (await registerEvidence(ports, operator, expert, { kind: 'paper', title: '热障涂层的剥落', abstract: '氧化膜增厚。' })).id
      await removeEvidence(ports, operator, paper, 1)
      const lead = (n: number) => ({ originId: `${n}`, title: `第 ${n} 篇文献的成果`, kind: 'lead', abstract: '界面无裂纹。' })
      const citation = { source: '焊接学报', licence: 'CC BY 4.0' }
      await importText(ports, 'offering', '成果.jsonl', jsonl([{ ...lead(1), citation }]))
      imported = (await rowsOf.offering.findByOrigin(database, 'kjj/1'))!.id
      const { batch } = await importText(ports, 'offering', '更多.jsonl', jsonl([{ ...lead(2), citation }]))
      await undoImport(ports, operator, batch!.id)
      await sealJournal(database, keyed)
      for (const table of tables) untouched.push(...(await query(table).selectAll().execute()).map((row) => ({ table, row })))
    })
    afterAll(() => world?.close())

    const tables = [...listingTables, 'classification', 'journal', 'seal', 'revision', 'import_batch'] as const
    const untouched: { table: (typeof tables)[number]; row: object }[] = []
    // Kysely cannot type a table that is one of many.
    const query = (table: (typeof tables)[number]) => database.query.selectFrom(table as 'journal')
    beforeEach(() =>
      database.commit(
        ...tables.map((table) => database.query.deleteFrom(table)),
        ...untouched.map(({ table, row }) => database.query.insertInto(table).values(row as never)),
      ),
    )

    it('finds nothing wrong in a market that nobody has touched past the program', async () => {
      const verification = await verify()
      expect(verification).toMatchObject({
        entries: 19,
        sealed: [{ from: 1, to: 19, isChecked: true }],
        unsealed: 0,
        revisions: { bound: 11, unbound: 0, erased: 0 },
        listings: 6,
        faults: [],
      })
      expect(await faults({ anchor: verification.anchor })).toEqual([])
    })

    it('says how far it is', async () => {
      const said: number[][] = []
      await verify({ progress: (...numbers) => said.push(numbers) })
      expect(said.at(-1)).toEqual([25, 25])
      for (const [done, all] of said) expect(done).toBeLessThanOrEqual(all!)
    })

    const update = (table: 'journal' | 'seal' | 'revision' | 'offering', changes: object, where: string) =>
      database.commit({
        compile: () =>
          database.query
            .updateTable(table as 'journal')
            .set(changes)
            .where(sql.raw<boolean>(where))
            .compile(),
      })
    const remove = (table: 'journal' | 'seal' | 'revision' | 'offering', where: string) =>
      database.commit(database.query.deleteFrom(table as 'journal').where(sql.raw<boolean>(where)))
    const entryAt = (seq: number) => database.query.selectFrom('journal').selectAll().where('seq', '=', seq).executeTakeFirstOrThrow()
    const forged = async (seq: number, changes: object) => {
      const row = { ...(await entryAt(seq)), ...changes }
      await update('journal', { ...changes, digest: digestOf(row) }, `seq = ${seq}`)
    }
    const swap = async (a: number, b: number) => {
      for (const [from, to] of [
        [a, 1000],
        [b, a],
        [1000, b],
      ])
        await update('journal', { seq: to }, `seq = ${from}`)
    }

    const tampered: [string, () => Promise<unknown>, () => string[]][] = [
      ['an entry says something else', () => update('journal', { actor_id: 'tok_other' }, 'seq = 3'), () => ['journal 3 changed digest']],
      ['an entry says something else, with its digest', () => forged(3, { at: '2020-01-01' }), () => ['journal 3 changed seal']],
      ['the facts of an entry are no JSON', () => forged(3, { facts: '{' }), () => ['journal 3 changed facts', 'journal 3 changed seal']],
      [
        'the hash of a revision hides in the facts of its entry',
        async () => {
          const { facts, revision_hash } = await entryAt(3)
          await update('journal', { facts: `${facts},"revision:${revision_hash}"`, revision_hash: null }, 'seq = 3')
        },
        () => ['journal 3 changed facts', `revision ${expert} 1 changed hash`],
      ],
      ['a digest is another', () => update('journal', { digest: 'f'.repeat(64) }, 'seq = 3'), () => ['journal 3 changed digest']],
      [
        'an entry is gone',
        () => remove('journal', 'seq = 1'),
        () => ['journal 1 missing number', `revision ${enterprise} 1 extra no-entry`, `enterprise ${enterprise} extra no-entry`],
      ],
      [
        'an entry has another number',
        () => update('journal', { seq: 40 }, 'seq = 19'),
        () => ['journal 19 missing number', 'journal 20–39 missing number'],
      ],
      [
        'an entry has a number below one',
        () => update('journal', { seq: -4 }, 'seq = 12'),
        () => ['journal -4 extra number', 'journal 12 missing number'],
      ],
      ['two neighbours have changed places', () => swap(11, 12), () => ['journal 11 moved place 12', 'journal 12 moved place 11']],
      ['two entries far apart have changed places', () => swap(2, 19), () => ['journal 2 moved place 19', 'journal 19 moved place 2']],
      ['a seal is gone', () => remove('seal', 'seq = 7'), () => ['seal 7 missing no-seal']],
      ['a seal is another', () => update('seal', { hash: 'f'.repeat(64) }, 'seq = 7'), () => ['seal 7 changed chain']],
      ['a seal names no key', () => update('seal', { key_id: null }, 'seq = 7'), () => ['seal 7 changed key']],
      ['a seal names another key', () => update('seal', { key_id: 'f'.repeat(16) }, 'seq = 7'), () => ['seal 7 changed key']],
      [
        'an entry and its seal are gone',
        () => Promise.all([remove('journal', 'seq = 14'), remove('seal', 'seq = 14')]),
        () => ['journal 14 missing number'],
      ],
      [
        'the chain was made anew without the key from one place on',
        async () => {
          await forged(18, { actor_id: 'tok_other' })
          await remove('seal', 'seq >= 18')
          await expect(sealJournal(database)).rejects.toThrow()
          await update('seal', { key_id: null }, 'seq = 17')
          await sealJournal(database)
        },
        () => ['seal 17 changed key', 'seal 18 changed older-key', 'seal 19 changed older-key'],
      ],
      [
        'a revision says something else',
        () => update('revision', { body: '{}' }, `version = 2 and subject_id = '${offering}'`),
        () => [`revision ${offering} 2 changed hash`],
      ],
      [
        'a revision has another salt',
        () => update('revision', { salt: 'slt_a' }, `version = 2 and subject_id = '${offering}'`),
        () => [`revision ${offering} 2 changed hash`],
      ],
      [
        'a revision has no salt',
        () => update('revision', { salt: null }, `version = 2 and subject_id = '${offering}'`),
        () => [`revision ${offering} 2 changed hash`],
      ],
      [
        'a revision is for others to read',
        () => update('revision', { visibility: 'nda' }, `version = 2 and subject_id = '${offering}'`),
        () => [`revision ${offering} 2 changed visibility`],
      ],
      [
        'a revision is gone',
        () => remove('revision', `version = 2 and subject_id = '${offering}'`),
        () => [`revision ${offering} 2 missing not-kept`],
      ],
      [
        'a revision is of another version',
        () => update('revision', { version: 9 }, `version = 2 and subject_id = '${offering}'`),
        () => [`revision ${offering} 2 missing not-kept`, `revision ${offering} 9 extra no-entry`],
      ],
      [
        'something that was taken away is a revision again',
        () =>
          database.commit(
            database.query.insertInto('revision').values({ subject_id: paper, version: 2, visibility: 'nda', body: '{}', salt: null }),
          ),
        () => [`revision ${paper} 2 extra no-entry`],
      ],
      [
        'a listing says something else',
        () => update('offering', { body: '{}' } as object, `id = '${offering}'`),
        () => [`offering ${offering} changed columns body`],
      ],
      [
        'a listing is in another state',
        () => update('offering', { state: 'published' } as object, `id = '${offering}'`),
        () => [`offering ${offering} changed columns state`],
      ],
      [
        'a listing is for others to see',
        () => update('offering', { visibility: 'nda', title: '别的' } as object, `id = '${offering}'`),
        () => [`offering ${offering} changed columns visibility title`],
      ],
      [
        'a listing is of another version',
        () => update('offering', { version: 2 } as object, `id = '${offering}'`),
        () => [`offering ${offering} changed columns version`],
      ],
      [
        'a listing is in another import',
        () => update('offering', { batch_id: null } as object, `id = '${imported}'`),
        () => [`offering ${imported} changed columns batch_id`],
      ],
      ['a listing is gone', () => remove('offering', `id = '${imported}'`), () => [`offering ${imported} missing not-there`]],
      [
        'a listing has come from nowhere',
        async () => {
          const noun = (await rowsOf.offering.find(database, offering))!
          await database.commit(...rowsOf.offering.insert(database, { ...noun, id: `off_${'a'.repeat(20)}`, originId: 'x/1' }))
        },
        () => [`offering off_${'a'.repeat(20)} extra no-entry`],
      ],
      [
        'a listing that was taken away is there again',
        async () => {
          const revision = await database.query
            .selectFrom('revision')
            .select('body')
            .where('subject_id', '=', paper)
            .executeTakeFirstOrThrow()
          await database.commit(...rowsOf.evidence.insert(database, JSON.parse(revision.body)))
        },
        () => [`evidence ${paper} extra removed`],
      ],
      [
        'a listing and its revision say the same other thing, and the entry binds it',
        async () => {
          const noun = { ...(await rowsOf.offering.find(database, offering))!, teaser: '叶片再制造' }
          const body = JSON.stringify(noun)
          await update('revision', { body, salt: 'slt_b' }, `version = 3 and subject_id = '${offering}'`)
          await update('offering', { body } as object, `id = '${offering}'`)
          await forged(6, { revision_hash: revisionHashOf('slt_b', body) })
        },
        () => ['journal 6 changed seal'],
      ],
    ]
    it.each(tampered)('names the row where %s', async (_, tamper, expected) => {
      await tamper()
      const { faults, anchor } = await verify()
      expect(faults.map(told)).toEqual(expected())
      expect(anchor).toBeNull()
    })

    it('misses the end that was cut off with its seals, unless an anchor was kept elsewhere', async () => {
      const { anchor } = await verify()
      await remove('journal', 'seq = 19')
      await remove('seal', 'seq = 19')
      expect(await faults()).toEqual([])
      expect(await faults({ anchor })).toEqual(['seal 19 missing anchor'])
      // What is sealed after the cut is another seal.
      const { id: subjectId } = await database.query.selectFrom('import_batch').select('id').executeTakeFirstOrThrow()
      await database.commit(
        record(database, { subjectId, subjectVersion: 9, kind: 'import.cleared', actorId: operator.id, at: ports.now(), facts: {} }),
      )
      await sealJournal(database, keyed)
      expect(await faults()).toEqual([])
      expect(await faults({ anchor })).toEqual(['seal 19 changed anchor'])
    })

    it('misses a chain that was made anew without a key, unless an anchor was kept elsewhere', async () => {
      await remove('seal', 'seq > 0')
      await sealJournal(database)
      const { anchor } = await verify({ sealings: sealingsWith([]) })
      await forged(1, { actor_id: 'tok_other' })
      await remove('seal', 'seq > 0')
      await sealJournal(database)
      expect(await faults({ sealings: sealingsWith([]) })).toEqual([])
      expect(await faults({ sealings: sealingsWith([]), anchor })).toEqual(['seal 19 changed anchor'])
    })

    it('takes an entry that waits for its seal at its word, but not its digest and number', async () => {
      await amendOffering(ports, operator, offering, 3, { teaser: null })
      await amendOffering(ports, operator, offering, 4, { teaser: '叶片再制造' })
      expect(await verify()).toMatchObject({ unsealed: 2, faults: [] })
      await update('journal', { actor_id: 'tok_other' }, 'seq = 20')
      expect(await faults()).toEqual(['journal 20 changed digest'])
    })

    describe('an erasure', () => {
      const erased = (version: number) => ({
        subjectId: expert,
        subjectVersion: version,
        kind: 'expert.erased' as const,
        actorId: operator.id,
        at: ports.now(),
        facts: {},
      })
      const revisions = () =>
        database.query.selectFrom('revision').select('version').where('subject_id', '=', expert).orderBy('version').execute()

      it('of all that somebody was is no fault, and tells nothing of it', async () => {
        await database.commit(record(database, erased(2)), ...experts.remove(database, expert), eraseRevisions(database, expert, 2))
        await sealJournal(database, keyed)
        expect(await revisions()).toEqual([])
        expect(await verify()).toMatchObject({ revisions: { bound: 10, erased: 1 }, listings: 5, faults: [] })
        expect(await changesOf(database, expert)).toEqual([
          expect.objectContaining({ version: 1, revision: 'erased', fields: null }),
          expect.objectContaining({ version: 2, kind: 'expert.erased', revision: 'none', fields: null }),
        ])
      })

      it('of what somebody was before leaves what he is now', async () => {
        const noun = { ...(await experts.find(database, expert))!, version: 2, summary: null }
        const entry = erased(2)
        await database.commit(...recordRevision(ports, entry, noun), ...experts.update(database, noun), eraseRevisions(database, expert, 2))
        expect(await revisions()).toEqual([{ version: 2 }])
        expect(await verify()).toMatchObject({ revisions: { bound: 11, erased: 1 }, listings: 6, faults: [] })
      })

      it('that the journal does not tell of is named, and so is what is there again', async () => {
        const kept = await database.query.selectFrom('revision').selectAll().where('subject_id', '=', expert).executeTakeFirstOrThrow()
        await database.commit(eraseRevisions(database, expert, 2))
        expect(await faults()).toEqual([`revision ${expert} 1 missing not-kept`])
        await database.commit(record(database, erased(2)), ...experts.remove(database, expert))
        expect(await faults()).toEqual([])
        await database.commit(database.query.insertInto('revision').values(kept))
        expect(await faults()).toEqual([`revision ${expert} 1 extra erased`])
      })
    })

    it('verifies a journal that was begun before revisions were bound, and says how much of it is not', async () => {
      const rows = await database.query.selectFrom('journal').selectAll().orderBy('seq').execute()
      await remove('seal', 'seq > 0')
      await update('revision', { salt: null }, 'version > 0')
      for (const { seq } of rows) await forged(seq, { revision_hash: null })
      await sealJournal(database)
      expect(await verify()).toMatchObject({ entries: 19, revisions: { bound: 0, unbound: 11 }, listings: 6, faults: [] })
      // What goes on is bound; and of what was, the latest are held to the listings.
      await amendOffering(ports, operator, offering, 3, { teaser: null })
      expect(await verify()).toMatchObject({ revisions: { bound: 1, unbound: 11 }, faults: [] })
      await remove('revision', `version = 2 and subject_id = '${offering}'`)
      await update('revision', { body: '{' }, `subject_id = '${imported}'`)
      expect(await faults()).toEqual([
        `revision ${offering} 2 missing not-kept`,
        `revision ${imported} 1 changed visibility`,
        `offering ${imported} changed columns body`,
      ])
    })

    it('finds nothing wrong while others go on writing', async () => {
      let version = 3
      let writing = true
      const writer = (async () => {
        while (writing && version < 60) {
          await amendOffering(ports, operator, offering, version++, { teaser: `第 ${version} 稿` })
          await sealJournal(database, keyed)
        }
      })()
      for (let round = 0; round < 5; round++) expect(await faults()).toEqual([])
      writing = false
      await writer
    })

    it('tells version by version what changed', async () => {
      const [made, amended, again] = await changesOf(database, offering)
      expect(made).toMatchObject({ version: 1, kind: 'offering.drafted', actorId: operator.id, revision: 'kept' })
      expect(made!.fields).toContainEqual({ name: 'title', before: undefined, after: '叶片激光熔覆修复' })
      expect(amended!.fields).toEqual([
        { name: 'teaser', before: null, after: '叶片修复' },
        { name: 'keywords', before: [], after: ['激光熔覆'] },
      ])
      expect(again).toMatchObject({ version: 3, fields: [{ name: 'teaser', before: '叶片修复', after: '叶片原位修复' }] })
      expect(await changesOf(database, paper)).toMatchObject([
        { kind: 'evidence.registered', revision: 'kept' },
        { kind: 'evidence.removed', revision: 'none', fields: null },
      ])
      await remove('revision', `version = 2 and subject_id = '${offering}'`)
      expect(await changesOf(database, offering)).toMatchObject([
        { revision: 'kept' },
        { revision: 'missing', fields: null },
        { revision: 'kept', fields: null },
      ])
      expect(await changesOf(database, 'off_nobody')).toEqual([])
    })

    it('hands out each entry with its seal', async () => {
      await amendOffering(ports, operator, offering, 3, { teaser: null })
      const lines = await Array.fromAsync(exportedEntries(database, 17))
      expect(lines).toEqual([
        expect.objectContaining({
          seq: 18,
          kind: 'offering.removed',
          revisionHash: null,
          seal: expect.objectContaining({ keyId: keyed[0].keyId }),
        }),
        expect.objectContaining({ seq: 19, kind: 'import.cleared' }),
        expect.objectContaining({ seq: 20, subjectId: offering, subjectVersion: 4, facts: { fields: ['teaser'] }, seal: null }),
      ])
      expect(await Array.fromAsync(exportedEntries(database, 0))).toHaveLength(20)
    })
  })
}
