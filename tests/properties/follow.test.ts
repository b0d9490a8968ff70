import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  amendDemand,
  draftDemand,
  expireDemands,
  publishDemand,
  requestDemandPublication,
  returnDemand,
  solveDemand,
  withdrawDemand,
} from '../../src/demands/actions.ts'
import { demands } from '../../src/demands/store.ts'
import { VettingCheck } from '../../src/demands/vetting.ts'
import { enterpriseActions, expertActions, institutionActions } from '../../src/directory/actions.ts'
import { evidence, experts, institutions } from '../../src/directory/store.ts'
import { type Load, loadBatch, type Section, undoImport } from '../../src/imports/load.ts'
import { listBatches } from '../../src/imports/store.ts'
import { matchExperts } from '../../src/matching/actions/match-experts.ts'
import { matchOfferings } from '../../src/matching/actions/match-offerings.ts'
import { catchUp, embedPending, rebuild } from '../../src/matching/catch-up.ts'
import type { Match } from '../../src/matching/match.ts'
import { harmonicMean, scored } from '../../src/matching/score.ts'
import { neutral, weights } from '../../src/matching/weights.ts'
import {
  amendOffering,
  draftOffering,
  expireOfferings,
  publishOffering,
  requestOfferingPublication,
  withdrawOffering,
} from '../../src/offerings/actions.ts'
import { offerings } from '../../src/offerings/store.ts'
import { codeIn } from '../../src/platform/codes/codes.ts'
import type { Database } from '../../src/platform/database/database.ts'
import type { Conditions, StoredNoun } from '../../src/platform/database/listings.ts'
import { chronicle } from '../../src/platform/journal/change.ts'
import { journalHead } from '../../src/platform/journal/journal.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { Problem } from '../../src/platform/problem.ts'
import type { DocumentKind, SearchIndex, SearchQuery, Tier } from '../../src/platform/search/search-index.ts'
import { anyDemand } from '../arbitraries.ts'
import { aDemand, anEnterprise, anEvidence, anExpert, anInstitution, anOffering } from '../nouns.ts'
import { countingClock, countingIds, emptyIndex, memoryDatabase, testPorts } from '../worlds.ts'

const operator = { role: 'operator', id: 'tok_operator' } as const
const passed = VettingCheck.options.map((check) => ({ check, result: 'passed' as const, reason: null }))

// Few words, so that listings share them and texts repeat.
const phrase = fc
  .array(fc.constantFrom('高温合金', '涂层', '焊接变形', '疲劳寿命', '等离子喷涂', '激光熔覆', 'TC4', '检测'), {
    minLength: 2,
    maxLength: 5,
  })
  .map((words) => words.join(''))
const visibility = fc.constantFrom('public' as const, 'registered' as const, 'nda' as const)
const writing = fc.record({
  title: phrase.map((text) => `${text}技术`),
  text: fc.option(phrase),
  teaser: fc.option(phrase.map((text) => `求${text}`)),
  keywords: fc.array(phrase, { maxLength: 2 }),
  visibility,
  place: fc.constantFrom('990102', '990103', null),
})
type Writing = typeof writing extends fc.Arbitrary<infer Value> ? Value : never

const common = ({ title, teaser, keywords, visibility, place }: Writing) => ({
  title,
  teaser,
  keywords,
  visibility,
  region: place === null ? null : codeIn('region', place),
  expiresOn: place === '990103' ? '2026-12-31' : null,
})

/** One thing that happens in the market; `which` chooses among what is there. What the rules refuse does not happen. */
const step = fc.record({
  does: fc.constantFrom(
    ...([
      'draft demand',
      'amend demand',
      'publish demand',
      'close demand',
      'draft offering',
      'amend offering',
      'publish offering',
      'withdraw offering',
    ] as const),
    ...([
      'register expert',
      'amend expert',
      'amend directory',
      'import',
      'import',
      'killed import',
      'resume',
      'undo',
      'killed undo',
      'expire',
    ] as const),
    ...(['catch up', 'catch up', 'embed'] as const),
  ),
  which: fc.nat({ max: 30 }),
  writing,
})
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

describe('the index that follows the journal', () => {
  it('answers as one that is built anew from the tables, however the market went and whenever it caught up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const market = await openMarket()
        const { ports } = market
        for (const each of steps) await market.happen(each)
        await settle(ports)

        const rebuilt: Ports = { ...ports, search: emptyIndex() }
        await rebuild(rebuilt)
        // No text is embedded twice: the vectors are in the database.
        expect(await rebuilt.search.pending(10)).toEqual({ count: 0, texts: [] })
        expect(await answersOf(rebuilt)).toEqual(await answersOf(ports))
        expect(await ports.search.position()).toBe(await journalHead(ports.database))
        await ports.database.close()
      }),
      { numRuns: 60 },
    )
  })

  it('answers the same after each single entry as when it takes all of them at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
        const market = await openMarket()
        const { ports } = market
        const late: Ports = { ...ports, search: emptyIndex() }
        await catchUp(late)
        for (const each of steps) {
          await market.happen(each)
          await catchUp(ports)
        }
        await settle(ports)
        await settle(late)
        expect(await answersOf(late)).toEqual(await answersOf(ports))
        await ports.database.close()
      }),
      { numRuns: 30 },
    )
  })

  it('catches up once for many who ask at the same time, and all of them find what was committed before', async () => {
    const { ports, happen } = await openMarket()
    const draft = (text: string): Step => ({
      does: 'publish demand',
      which: 0,
      writing: { title: `${text}技术`, text, teaser: null, keywords: [], visibility: 'public', place: null },
    })
    await happen({ ...draft('激光熔覆'), does: 'draft demand' })
    await happen(draft('激光熔覆'))
    const head = await journalHead(ports.database)
    expect(await Promise.all(Array.from({ length: 20 }, () => catchUp(ports)))).toEqual(Array(20).fill(head))
    const { hits } = await ports.search.search({ kinds: ['demand'], tier: 'public', text: '激光熔覆', vector: null, recall: 10 })
    expect(hits).toHaveLength(1)
    await ports.database.close()
  })
})

/** Offerings and people whose listings differ in everything that ranking looks at. */
const supply = fc.record({
  writing,
  level: fc.option(fc.integer({ min: 1, max: 9 })),
  fen: fc.option(fc.integer({ min: 0, max: 200_000_000 })),
  modes: fc.subarray(['licence', 'joint-development', 'advisory'] as const),
  confirmed: fc.boolean(),
})
type Supply = typeof supply extends fc.Arbitrary<infer Value> ? Value : never
const market = fc.record({ demand: writing, supplies: fc.array(supply, { minLength: 2, maxLength: 8 }) })

describe('matching', () => {
  it('orders the same whatever came into the market first', async () => {
    await fc.assert(
      fc.asyncProperty(market, fc.infiniteStream(fc.nat()), async ({ demand, supplies }, order) => {
        const nouns = nounsOf(demand, supplies)
        const [one, other] = [
          await marketOf(nouns),
          await marketOf(
            nouns
              .map((noun) => ({ noun, place: order.next().value }))
              .sort((a, b) => a.place - b.place)
              .map(({ noun }) => noun),
          ),
        ]
        expect(await matchesOf(other)).toEqual(await matchesOf(one))
        await one.database.close()
        await other.database.close()
      }),
      { numRuns: 40 },
    )
  })

  it('explains every match whole: contributions are the side, the sides are the score', async () => {
    await fc.assert(
      fc.asyncProperty(market, async ({ demand, supplies }) => {
        const ports = await marketOf(nounsOf(demand, supplies))
        for (const { items } of await matchesOf(ports)) {
          for (const [at, match] of items.entries()) {
            expectWhole(match)
            expect(match.score).toBeLessThanOrEqual(items[at - 1]?.score ?? 1)
          }
        }
        await ports.database.close()
      }),
      { numRuns: 30 },
    )
  })

  it('keeps every signal, side and score between zero and one, for any pairing', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    const topic = fc.record({ text: share, meaning: fc.option(share), near: share })
    const day = fc.integer({ min: 0, max: 40_000 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10))
    const supply = fc.record({
      modes: fc.subarray(['licence', 'joint-development', 'advisory']),
      region: fc.option(fc.constantFrom('990102', '990103', '990200', '110101').map((code) => codeIn('region', code))),
      territory: fc.constant([]),
      readinessLevel: fc.option(fc.integer({ min: 1, max: 9 })),
      leastPriceFen: fc.option(fc.maxSafeNat()),
      leastFeeFen: fc.option(fc.maxSafeNat()),
      availableFrom: fc.option(day),
      confirmedAt: fc.option(day.map((day) => `${day}T01:00:00.000Z`)),
    })
    fc.assert(
      fc.property(anyDemand, supply, topic, day, (content, supply, topic, today) => {
        const demand = { ...content, id: 'dem_aaaaaaaaaaaaaaaaaaaa', originId: null }
        const { score, demandSide, supplySide, reasons } = scored({ demand, supply, topic, today })
        for (const { value, contribution } of reasons)
          for (const each of [value ?? 0, contribution]) expect(each >= 0 && each <= 1).toBe(true)
        // The weights of a side add up to one but for the last bit.
        for (const each of [demandSide, supplySide, score]) expect(each >= 0 && each <= 1 + 1e-12).toBe(true)
        expectWhole({ score, sides: { demandSide, supplySide }, reasons })
      }),
      { numRuns: 500 },
    )
  })
})

function expectWhole({ score, sides, reasons }: Pick<Match, 'score' | 'sides' | 'reasons'>): void {
  for (const side of ['demandSide', 'supplySide'] as const) {
    const own = reasons.filter((reason) => reason.side === side)
    expect(own.map(({ key, weight }) => [key, weight])).toEqual(Object.entries(weights[side]))
    expect(own.reduce((sum, { contribution }) => sum + contribution!, 0)).toBe(sides[side])
  }
  for (const { value, weight, contribution, facts } of reasons) {
    expect(contribution).toBe(weight! * (value ?? neutral))
    expect(facts.unknown ?? false).toBe(value === null)
  }
  expect(score).toBe(harmonicMean(sides.demandSide!, sides.supplySide!))
}

/** A market of one enterprise, two institutions and one expert, in which steps happen. */
async function openMarket() {
  const ports = testPorts(await memoryDatabase())
  const enterprise = await enterpriseActions.register(ports, operator, { name: '砺州恒砺机械有限公司' })
  const owner = await institutionActions.register(ports, operator, { name: '岭江理工大学', kind: 'university' })
  await expertActions.register(ports, operator, {
    name: '沈砚秋',
    source: 'institution',
    field: '热障涂层',
    affiliations: [{ institutionId: owner.id, department: null, post: null }],
  })
  let interrupted: Load | null = null
  let files = 0

  const load = (killed: Database, load: Load) => loadBatch({ ...ports, database: killed }, operator, load)
  const happenings: Record<Step['does'], (which: number, writing: Writing) => Promise<unknown>> = {
    'draft demand': (_, writing) =>
      draftDemand(ports, operator, { ...common(writing), problem: writing.text, enterpriseId: enterprise.id }),
    'amend demand': async (which, writing) => {
      const { id, version } = await chosen(demands, which)
      await amendDemand(ports, operator, id, version, { ...common(writing), problem: writing.text })
    },
    'publish demand': async (which) => {
      const { id } = await chosen(demands, which, { state: 'draft' })
      await requestDemandPublication(ports, operator, id)
      if (which % 5 === 4) await returnDemand(ports, operator, id, '请补充指标', [])
      else await publishDemand(ports, operator, id, passed)
    },
    'close demand': async (which) => (which % 2 === 0 ? withdrawDemand : solveDemand)(ports, operator, (await chosen(demands, which, { state: ['published', 'vetting'] })).id),
    'draft offering': (_, writing) =>
      draftOffering(ports, operator, { ...common(writing), abstract: writing.text, kind: 'result', ownerId: owner.id }),
    'amend offering': async (which, writing) => {
      const { id, version } = await chosen(offerings, which)
      await amendOffering(ports, operator, id, version, { ...common(writing), abstract: writing.text })
    },
    'publish offering': async (which) => {
      const { id } = await chosen(offerings, which, { state: 'draft' })
      await requestOfferingPublication(ports, operator, id)
      await publishOffering(ports, operator, id, passed)
    },
    'withdraw offering': async (which) => withdrawOffering(ports, operator, (await chosen(offerings, which)).id),
    'register expert': (which, { title, text, visibility }) =>
      expertActions.register(ports, which % 2 === 0 ? { role: 'operator', id: operator.id } : operator, {
        name: title.slice(0, 20),
        field: text,
        source: 'institution',
        visibility,
      }),
    'amend expert': async (which, { text, visibility, place }) => {
      const { id, version } = await chosen(experts, which)
      await expertActions.amend(ports, operator, id, version, {
        field: text,
        visibility,
        consent: place === null ? null : place === '990102',
      })
    },
    'amend directory': async (which, { text, visibility }) => {
      if (which % 2 === 0) {
        const { id, version } = await chosen(institutions, which)
        await institutionActions.amend(ports, operator, id, version, { summary: text, visibility })
      } else {
        const { version } = await enterpriseActions.read(ports, operator, enterprise.id)
        await enterpriseActions.amend(ports, operator, enterprise.id, version, { summary: text, visibility })
      }
    },
    import: async (which, writing) => load(ports.database, await fileOf(which, writing)),
    'killed import': async (which, writing) => {
      if (interrupted === null) interrupted = await fileOf(which, writing)
      await load(killedAfter(ports.database, 1 + (which % 4)), interrupted)
    },
    resume: async () => {
      if (interrupted === null) return
      const again = interrupted
      interrupted = null
      await load(ports.database, again)
    },
    undo: async (which) => undoImport(ports, operator, (await batch(which)).id),
    'killed undo': async (which) =>
      undoImport({ ...ports, database: killedAfter(ports.database, 1 + (which % 2)) }, operator, (await batch(which)).id),
    expire: async () => {
      const nextYear = { ...ports, now: () => '2027-01-02T01:00:00.000Z' }
      await expireDemands(nextYear)
      await expireOfferings(nextYear)
    },
    'catch up': () => catchUp(ports),
    embed: () => embedPending(ports, 3),
  }

  async function chosen<Noun extends StoredNoun>(
    rows: { page(database: Database, conditions: Conditions, page: { after: string; limit: number }): Promise<Noun[]> },
    which: number,
    conditions: Conditions = {},
  ): Promise<Noun> {
    const all = await rows.page(ports.database, conditions, { after: '', limit: 1000 })
    if (all.length === 0) throw new Problem('not-found')
    return all[which % all.length]!
  }
  async function batch(which: number) {
    const all = await listBatches(ports.database, 100)
    if (all.length === 0) throw new Problem('not-found')
    return all[which % all.length]!
  }
  /** A file with a person, what the person did, a result that he completed, and a demand; every fourth stands on the expert who is there. */
  async function fileOf(which: number, writing: Writing): Promise<Load> {
    const known = which % 4 === 0 ? await chosen(experts, which) : null
    const origin = `kjj/${++files}`
    const fields = common(writing)
    const expert = anExpert(ports, owner.id, {
      originId: origin,
      field: writing.text,
      visibility: writing.visibility,
      claimed: which % 2 === 0,
    })
    const offering = anOffering(ports, owner.id, { ...fields, originId: origin, abstract: writing.text })
    const expertId = known?.id ?? expert.id
    const paper = anEvidence(ports, expertId, { originId: `${origin}-1`, title: writing.title, abstract: writing.text })
    const completed = anEvidence(ports, expertId, { originId: `${origin}-2`, offeringId: offering.id, title: null, abstract: null })
    const demand = aDemand(ports, enterprise.id, { ...fields, originId: origin, problem: writing.text })
    return {
      kind: 'seed',
      name: '批量导入',
      fileSha256: `file ${files}`,
      sections: [
        ...(known === null ? [section('expert', experts, [expert])] : []),
        section('offering', offerings, [offering]),
        section('evidence', evidence, [paper, completed]),
        section('demand', demands, [demand]),
      ],
    }
  }

  return {
    ports,
    async happen({ does, which, writing }: Step) {
      try {
        await happenings[does](which, writing)
      } catch (error) {
        if (!(error instanceof Problem) && !(error instanceof Killed)) throw error
      }
    },
  }
}

class Killed extends Error {}

/** The same database, whose every commit after the first `commits` fails as if the process were killed. */
function killedAfter(database: Database, commits: number): Database {
  let left = commits
  return {
    ...database,
    async commit(...statements) {
      if (left-- <= 0) throw new Killed()
      await database.commit(...statements)
    },
  }
}

function section<Noun extends StoredNoun>(
  kind: Section['kind'],
  rows: { insert(database: Database, noun: Noun, batchId: string | null): ReturnType<Section['rows']['insert']> },
  nouns: Noun[],
): Section {
  // The rows of a section are of its own kind.
  return { kind, rows: rows as unknown as Section['rows'], nouns }
}

/** Catches up and embeds until nothing waits. */
async function settle(ports: Ports): Promise<void> {
  await catchUp(ports)
  while ((await embedPending(ports, 50)) > 0);
}

const kinds: DocumentKind[] = ['demand', 'offering', 'evidence', 'expert', 'institution', 'enterprise']
const tiers: Tier[] = ['public', 'registered', 'full']

/** What an index says to many questions. */
async function answersOf({ search, embedder }: { search: SearchIndex; embedder: Ports['embedder'] }) {
  const [vector = null] = (await embedder?.embed(['高温合金涂层的疲劳寿命'], 'query')) ?? []
  const facets = ['region', 'mode', 'chain', 'industry', 'form', 'institution']
  const questions: Omit<SearchQuery, 'kinds' | 'tier'>[] = [
    { text: null, vector: null, recall: 1000, facets },
    { text: '高温合金涂层', vector, recall: 5, facets },
    { text: '焊接变形', vector: null, recall: 1000, filters: { region: ['990102'] }, facets },
    { text: null, vector, recall: 3, without: { form: ['result'] } },
  ]
  const asked = kinds.flatMap((kind) => tiers.flatMap((tier) => questions.map((question) => ({ ...question, kinds: [kind], tier }))))
  return Promise.all([...asked, { ...questions[1]!, kinds, tier: 'full' as const }].map((question) => search.search(question)))
}

/** A demand, and supplies of which every second is an expert with a paper. The same ids and instants every time. */
function nounsOf(asked: Writing, supplies: Supply[]) {
  const making = { now: countingClock(), newId: countingIds('matching') }
  const enterprise = anEnterprise(making)
  const owner = anInstitution(making)
  const demand = aDemand(making, enterprise.id, { ...common(asked), problem: asked.text, expiresOn: null, modes: [] })
  const supplied = supplies.flatMap(({ writing, level, fen, modes, confirmed }, at) => {
    const { title, visibility, region, keywords } = common(writing)
    if (at % 2 === 0) {
      const readiness = level === null ? null : { scale: 'trl' as const, level }
      const price = fen === null ? null : { kind: 'fixed' as const, amountFen: fen }
      return [
        kept(
          offerings,
          anOffering(making, owner.id, {
            title,
            visibility,
            region,
            keywords,
            abstract: writing.text,
            readiness,
            price,
            modes: [...modes],
            ...(!confirmed && { confirmedAt: null }),
          }),
        ),
      ]
    }
    const expert = anExpert(making, owner.id, {
      field: writing.text,
      visibility,
      region,
      keywords,
      minFeeFen: fen,
      modes: [...modes],
      confirmedAt: confirmed ? making.now() : null,
    })
    return [kept(experts, expert), kept(evidence, anEvidence(making, expert.id, { title }))]
  })
  return [kept(demands, demand), ...supplied]
}

interface Kept {
  noun: StoredNoun
  insert(database: Database): ReturnType<typeof demands.insert>
}

function kept<Noun extends StoredNoun>(
  rows: { insert(database: Database, noun: Noun): ReturnType<typeof demands.insert> },
  noun: Noun,
): Kept {
  return { noun, insert: (database) => rows.insert(database, noun) }
}

async function marketOf(nouns: Kept[]): Promise<Ports> {
  const ports = testPorts(await memoryDatabase(), { now: () => '2026-11-23T01:00:00.000Z' })
  for (const { noun, insert } of nouns) {
    await ports.database.commit(...insert(ports.database), ...chronicle(ports, noun, { kind: 'market.filled', actorId: operator.id }))
    if (noun.id.endsWith('a')) await catchUp(ports)
  }
  await settle(ports)
  return ports
}

async function matchesOf(ports: Ports) {
  const [demand] = await demands.page(ports.database, {}, { after: '', limit: 1 })
  const page = { cursor: null, limit: 50 }
  return [await matchOfferings(ports, operator, demand!.id, page), await matchExperts(ports, operator, demand!.id, page)]
}
