import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { demands } from '../../src/demands/store.ts'
import { evidence, experts } from '../../src/directory/store.ts'
import { matchExperts } from '../../src/matching/actions/match-experts.ts'
import { matchOfferings } from '../../src/matching/actions/match-offerings.ts'
import { catchUp } from '../../src/matching/catch-up.ts'
import type { Match } from '../../src/matching/match.ts'
import { fused, scored } from '../../src/matching/score.ts'
import { neutral, weights } from '../../src/matching/weights.ts'
import { offerings } from '../../src/offerings/store.ts'
import { codeIn } from '../../src/platform/codes/codes.ts'
import { EvidenceLevel } from '../../src/platform/codes/enums.ts'
import type { Database } from '../../src/platform/database/database.ts'
import type { StoredNoun } from '../../src/platform/database/listings.ts'
import { chronicle } from '../../src/platform/journal/change.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { anyDemand } from '../arbitraries.ts'
import { aDemand, anEnterprise, anEvidence, anExpert, anInstitution, anOffering } from '../nouns.ts'
import { countingClock, countingIds, memoryDatabase, testPorts } from '../worlds.ts'
import { runs } from './runs.ts'
import { common, operator, settle, type Writing, writing } from './writings.ts'

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
      { numRuns: runs(40) },
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
      { numRuns: runs(30) },
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
      travels: fc.option(fc.boolean()),
      readinessLevel: fc.option(fc.integer({ min: 1, max: 9 })),
      leastPriceFen: fc.option(fc.maxSafeNat()),
      leastFeeFen: fc.option(fc.maxSafeNat()),
      availableFrom: fc.option(day),
      confirmedAt: fc.option(day.map((day) => `${day}T01:00:00.000Z`)),
    })
    const found = fc.record({
      ...{ figure: fc.constant('3 mm'), value: fc.double({ noNaN: true }), unit: fc.constant('mm'), sentence: fc.constant('旁弯3 mm。') },
      source: fc.constant({ kind: 'offering' as const, id: 'off_aaaaaaaaaaaaaaaaaaaa', title: '焊接' }),
      level: fc.constantFrom(...EvidenceLevel.options),
    })
    const asked = {
      text: fc.constant('旁弯不大于2 mm'),
      need: fc.constantFrom('must' as const, 'want' as const),
      contrary: fc.constant(null),
    }
    const verdict = fc.oneof(
      fc.record({ ...asked, verdict: fc.constant('met' as const), found, shortfallPct: fc.constant(null) }),
      fc.record({ ...asked, verdict: fc.constant('short' as const), found, shortfallPct: fc.option(fc.double({ min: 0, noNaN: true })) }),
      fc.record({ ...asked, verdict: fc.constant('unknown' as const), found: fc.constant(null), shortfallPct: fc.constant(null) }),
    )
    fc.assert(
      fc.property(anyDemand, supply, topic, day, fc.array(verdict, { maxLength: 5 }), (content, supply, topic, today, verdicts) => {
        const demand = { ...content, id: 'dem_aaaaaaaaaaaaaaaaaaaa', originId: null }
        const { score, demandSide, supplySide, reasons } = scored({ demand, supply, topic, today, verdicts })
        for (const { value, contribution } of reasons)
          for (const each of [value ?? 0, contribution]) expect(each >= 0 && each <= 1).toBe(true)
        // The weights of a side add up to one but for the last bit.
        for (const each of [demandSide, supplySide, score]) expect(each >= 0 && each <= 1 + 1e-12).toBe(true)
        expectWhole({ score, sides: { demandSide, supplySide }, reasons })
      }),
      { numRuns: runs(500) },
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
  expect(score).toBe(fused(sides.demandSide!, sides.supplySide!))
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
