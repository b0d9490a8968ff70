import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demands } from '../../src/demands/store.ts'
import { brokers, completersOf, enterprises, evidence, evidenceOf, experts, institutions, parks } from '../../src/directory/store.ts'
import { insertBatch, updateBatch } from '../../src/imports/store.ts'
import { offerings } from '../../src/offerings/store.ts'
import { codeIn } from '../../src/platform/codes/codes.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { type Conditions, idsOfBatch, type Page, type StoredNoun } from '../../src/platform/database/listings.ts'
import type { ListingTable } from '../../src/platform/database/tables.ts'
import type { Kind } from '../../src/platform/ids.ts'
import type { Ports } from '../../src/platform/ports.ts'
import {
  anyBroker,
  anyDemand,
  anyEnterprise,
  anyEvidence,
  anyExpert,
  anyInstitution,
  anyOffering,
  anyPark,
  type Content,
} from '../arbitraries.ts'
import { aBroker, aDemand, anEnterprise, anEvidence, anExpert, anInstitution, anOffering, aPark } from '../nouns.ts'
import { countingIds, databases, testPorts, type World } from '../worlds.ts'

type Rows<Noun extends StoredNoun> = Pick<typeof parks, 'count'> & {
  table: ListingTable
  find(database: Database, id: string): Promise<Noun | undefined>
  findMany(database: Database, ids: readonly string[]): Promise<Noun[]>
  page(database: Database, conditions: Conditions, page: { after: string; limit: number }): Promise<Noun[]>
  each(database: Database, conditions: Conditions): AsyncGenerator<Noun>
  newest(database: Database, conditions: Conditions, page: Page): Promise<Noun[]>
  newestPage(database: Database, conditions: Conditions, page: Page): Promise<{ rows: Noun[]; next: Page['after'] }>
  findByOrigin(database: Database, originId: string): Promise<Noun | undefined>
  insert(database: Database, noun: Noun, batchId?: string | null): ReturnType<typeof parks.insert>
  update(database: Database, noun: Noun): ReturnType<typeof parks.update>
  remove(database: Database, id: string): ReturnType<typeof parks.remove>
}

interface Case {
  kind: ListingTable & Kind
  rows: Rows<StoredNoun>
  make(ports: Ports, changes?: Partial<StoredNoun>): StoredNoun
  any: fc.Arbitrary<Content<StoredNoun>>
  /** Conditions that these rows meet and those of other suites do not. */
  own(noun: StoredNoun): Conditions
}

/** Forgets which noun it is: the functions of one case fit together. */
function of<Noun extends StoredNoun>(given: {
  kind: ListingTable & Kind
  rows: Rows<Noun>
  make(ports: Ports, changes?: Partial<Noun>): Noun
  any: fc.Arbitrary<Content<Noun>>
  own(noun: Noun): Conditions
}): Case {
  return given as unknown as Case
}

const cases = (): Case[] => {
  const references = { newId: countingIds('references') }
  const park = references.newId('park')
  const institution = references.newId('institution')
  const owner = references.newId('institution')
  const expert = references.newId('expert')
  const offering = references.newId('offering')
  const enterprise = references.newId('enterprise')
  return [
    of({
      kind: 'park',
      rows: parks,
      make: aPark,
      any: anyPark,
      own: ({ region }) => ({ region_code: region!.code, visibility: ['public', 'registered'] }),
    }),
    of({
      kind: 'enterprise',
      rows: enterprises,
      make: (ports, changes) => anEnterprise(ports, { parkId: park, ...changes }),
      any: anyEnterprise,
      own: ({ parkId }) => ({ park_id: parkId! }),
    }),
    of({
      kind: 'institution',
      rows: institutions,
      make: (ports, changes) => anInstitution(ports, { parentId: institution, ...changes }),
      any: anyInstitution,
      own: ({ parentId }) => ({ parent_id: parentId! }),
    }),
    of({
      kind: 'expert',
      rows: experts,
      make: (ports, changes) => anExpert(ports, institution, { region: codeIn('region', '990103'), ...changes }),
      any: anyExpert,
      own: () => ({ is_claimed: 1, region_code: '990103' }),
    }),
    of({
      kind: 'broker',
      rows: brokers,
      make: (ports, changes) => aBroker(ports, { region: codeIn('region', '990104'), ...changes }),
      any: anyBroker,
      own: () => ({ region_code: '990104' }),
    }),
    of({
      kind: 'evidence',
      rows: evidence,
      make: (ports, changes) => anEvidence(ports, expert, { offeringId: offering, title: null, ...changes }),
      any: anyEvidence,
      own: () => ({ expert_id: expert, offering_id: [offering, 'off_other'], position: 1 }),
    }),
    of({
      kind: 'demand',
      rows: demands,
      make: (ports, changes) => aDemand(ports, enterprise, changes),
      any: anyDemand,
      own: () => ({ enterprise_id: enterprise, state: ['published', 'solved'], budget_max_fen: 120_000_000 }),
    }),
    of({
      kind: 'offering',
      rows: offerings,
      make: (ports, changes) => anOffering(ports, owner, changes),
      any: anyOffering,
      own: () => ({ owner_id: owner, kind: 'result', readiness_level: 6 }),
    }),
  ]
}

for (const [name, open] of Object.entries(databases)) {
  describe(`listings on ${name}`, () => {
    let world: World
    let database: Database
    let ports: Ports
    beforeAll(async () => {
      world = await open()
      database = world.database
      ports = testPorts(database)
    })
    afterAll(() => world?.close())

    describe.each(cases().map((each): [string, Case] => [each.kind, each]))('of %s', (_, { kind, rows, make, any, own }) => {
      const codes = async (id: string) => {
        const found = await database.query
          .selectFrom('classification')
          .select(['scheme', 'edition', 'code'])
          .where('subject_id', '=', id)
          .orderBy('code')
          .execute()
        return found.map(({ scheme, code }) => `${scheme}:${code}`)
      }
      const insert = (nouns: StoredNoun[], batchId: string | null = null) =>
        database.commit(...nouns.flatMap((noun) => rows.insert(database, noun, batchId)))
      const clear = (nouns: StoredNoun[]) => database.commit(...nouns.flatMap(({ id }) => rows.remove(database, id)))

      it('finds what was put in, amended and taken out, with its codes', async () => {
        const classified = kind === 'evidence' ? {} : { classification: [codeIn('chain', 'energy'), codeIn('gbt4754', '34')] }
        const noun = make(ports, { ...classified, originId: 'kjj/一号' })
        await insert([noun])
        expect(await rows.find(database, noun.id)).toEqual(noun)
        expect(await rows.findByOrigin(database, 'kjj/一号')).toEqual(noun)
        expect(await codes(noun.id)).toEqual(kind === 'evidence' ? [] : ['gbt4754:34', 'chain:energy'])

        const amended = {
          ...noun,
          version: 2,
          originId: 'kjj/二号',
          updatedAt: ports.now(),
          ...('classification' in noun && { classification: [codeIn('chain', 'food')] }),
        }
        await database.commit(...rows.update(database, amended))
        expect(await rows.find(database, noun.id)).toEqual(amended)
        expect(await rows.findByOrigin(database, 'kjj/一号')).toBeUndefined()
        expect(await rows.findByOrigin(database, 'kjj/二号')).toEqual(amended)
        expect(await codes(noun.id)).toEqual(kind === 'evidence' ? [] : ['chain:food'])

        await clear([noun])
        expect(await rows.find(database, noun.id)).toBeUndefined()
        expect(await rows.findByOrigin(database, 'kjj/二号')).toBeUndefined()
        expect(await codes(noun.id)).toEqual([])
      })

      it('takes a code that is given twice', async () => {
        if (kind === 'evidence') return
        const twice = [codeIn('chain', 'energy'), codeIn('chain', 'energy')]
        const noun = make(ports, { classification: twice })
        await insert([noun])
        expect(await rows.find(database, noun.id)).toEqual(noun)
        expect(await codes(noun.id)).toEqual(['chain:energy'])
        await clear([noun])
      })

      it('finds many in the order of the ids, and leaves out the unknown', async () => {
        const nouns = [make(ports), make(ports), make(ports)]
        await insert(nouns)
        const [first, second, third] = nouns as [StoredNoun, StoredNoun, StoredNoun]
        expect(await rows.findMany(database, [third.id, ports.newId(kind), first.id, second.id])).toEqual([third, first, second])
        expect(await rows.findMany(database, [])).toEqual([])
        expect(await rows.find(database, ports.newId(kind))).toBeUndefined()
        expect(await rows.findByOrigin(database, 'kjj/unknown')).toBeUndefined()
        await clear(nouns)
      })

      it('walks over all that meet the conditions, in pages by id', async () => {
        const nouns = Array.from({ length: 7 }, () => make(ports))
        await insert(nouns)
        const seen: StoredNoun[] = []
        for (let after = ''; ; ) {
          const page = await rows.page(database, own(nouns[0]!), { after, limit: 3 })
          seen.push(...page)
          if (page.length < 3) break
          after = page.at(-1)!.id
        }
        expect(seen).toEqual(nouns.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
        expect(await Array.fromAsync(rows.each(database, own(nouns[0]!)))).toEqual(seen)
        expect(await rows.count(database, own(nouns[0]!))).toBe(7)
        const none = { ...own(nouns[0]!), visibility: 'of nobody' }
        expect(await rows.page(database, none, { after: '', limit: 3 })).toEqual([])
        expect(await rows.count(database, none)).toBe(0)
        await clear(nouns)
      })

      it('lists the newest first, in pages that neither lose nor repeat rows of the same instant', async () => {
        const instants = [1, 0, 2, 1, 1, 0, 2, 1, 1].map((second) => `2026-11-22T03:00:0${second}.000Z`)
        const nouns = instants.map((createdAt) => make(ports, { createdAt }))
        await insert(nouns)
        // An enterprise is as old as its month: its day is nobody's business.
        const isNewer = (a: StoredNoun, b: StoredNoun) => kind !== 'enterprise' && a.createdAt > b.createdAt
        const expected = nouns.toSorted((a, b) => (isNewer(a, b) ? -1 : isNewer(b, a) ? 1 : a.id < b.id ? -1 : 1))
        for (const limit of [2, 5]) {
          const seen: StoredNoun[] = []
          let after: Page['after'] = null
          do {
            const { rows: page, next }: Awaited<ReturnType<typeof rows.newestPage>> = await rows.newestPage(database, own(nouns[0]!), {
              after,
              limit,
            })
            seen.push(...page)
            after = next
          } while (after !== null && seen.length <= nouns.length)
          expect(seen).toEqual(expected)
        }
        await clear(nouns)
      })

      it('shows the rows of an import to nobody before it is complete, and to nobody while it is undone', async () => {
        const at = ports.now()
        const batch = {
          id: ports.newId('import'),
          version: 1,
          kind,
          state: 'writing' as const,
          fileSha256: `sha of ${kind}`,
          name: '成果.xlsx',
          rowCount: 2,
          actorId: 'tok_operator',
          createdAt: at,
          updatedAt: at,
        }
        const nouns = [make(ports, { originId: 'kjj/导入' }), make(ports)]
        const [first, second] = nouns as [StoredNoun, StoredNoun]
        const ids = [first.id, second.id]
        const isSeen = async () => {
          const found = await rows.find(database, first.id)
          const seen = [
            (await rows.findMany(database, ids)).length === 2,
            (await rows.page(database, own(first), { after: '', limit: 10 })).length === 2,
            (await rows.newest(database, own(first), { after: null, limit: 10 })).length === 2,
            (await rows.count(database, own(first))) === 2,
            (await rows.findByOrigin(database, 'kjj/导入')) !== undefined,
          ]
          for (const each of seen) expect(each).toBe(found !== undefined)
          return found !== undefined
        }
        await database.commit(insertBatch(database, batch))
        await insert([first], batch.id)
        expect(await isSeen()).toBe(false)
        await insert([second], batch.id)
        expect(await isSeen()).toBe(false)
        for (const [state, seen] of [
          ['complete', true],
          ['undoing', false],
          ['undone', false],
          ['complete', true],
        ] as const) {
          await database.commit(updateBatch(database, { ...batch, state }))
          expect(await isSeen()).toBe(seen)
          expect((await idsOfBatch(database, batch.id)).toSorted()).toEqual(ids.toSorted())
        }
        // An amendment leaves the row with its import.
        await database.commit(...rows.update(database, { ...first, version: 2 }))
        expect(await idsOfBatch(database, batch.id)).toHaveLength(2)
        await clear(nouns)
        expect(await idsOfBatch(database, batch.id)).toEqual([])
      })

      it('gives any noun back as it was written, new or amended', async () => {
        await fc.assert(
          fc.asyncProperty(fc.array(fc.tuple(any, any, fc.boolean()), { minLength: 1, maxLength: 5 }), async (pairs) => {
            const nouns = pairs.map(([before, after, isImported]) => {
              const id = ports.newId(kind)
              const stored = { id, originId: isImported ? `源/${id}` : null }
              // Every change raises the version: by it a row is known.
              return [{ ...before, ...stored } as StoredNoun, { ...after, ...stored, version: before.version + 1 } as StoredNoun] as const
            })
            const ids = nouns.map(([{ id }]) => id)
            await insert(nouns.map(([before]) => before))
            expect(await rows.findMany(database, ids)).toEqual(nouns.map(([before]) => before))
            await database.commit(...nouns.flatMap(([, after]) => rows.update(database, after)))
            expect(await rows.findMany(database, ids)).toEqual(nouns.map(([, after]) => after))
            await clear(nouns.map(([before]) => before))
          }),
          { numRuns: 6, endOnFailure: true },
        )
      })
    })

    it('keeps experts who withhold consent out of every list by visibility', async () => {
      const institution = ports.newId('institution')
      const withheld = anExpert(ports, institution, { consent: false, visibility: 'public' })
      const asked = anExpert(ports, institution, { consent: null, visibility: 'public' })
      await database.commit(...experts.insert(database, withheld), ...experts.insert(database, asked))
      expect(await experts.newest(database, { visibility: ['public', 'registered'] }, { after: null, limit: 10 })).toEqual([asked])
      expect(await experts.find(database, withheld.id)).toEqual(withheld)
    })

    it('gives the evidence of an expert and the completers of offerings in their places', async () => {
      const [expertId, other, first, second] = [
        ports.newId('expert'),
        ports.newId('expert'),
        ports.newId('offering'),
        ports.newId('offering'),
      ] as const
      const row = (position: number, of: string, offeringId: string | null) =>
        anEvidence(ports, of, { position, offeringId, ...(offeringId !== null && { title: null, abstract: null }) })
      const rows = [
        row(3, expertId, null),
        row(1, expertId, first),
        row(2, other, first),
        row(1, other, second),
        row(2, expertId, null),
      ] as const
      await database.commit(...rows.flatMap((each) => evidence.insert(database, each)))
      expect(await evidenceOf(database, { expertId })).toEqual([rows[1], rows[4], rows[0]])
      expect(await evidenceOf(database, { offeringId: first })).toEqual([rows[1], rows[2]])
      const many = [...Array.from({ length: 200 }, () => ports.newId('offering')), first, second]
      const found = await completersOf(database, many)
      expect(found.map(({ position }) => position)).toEqual([1, 1, 2])
      expect(found.map(({ id }) => id).toSorted()).toEqual([rows[1], rows[2], rows[3]].map(({ id }) => id).toSorted())
    })
  })
}
