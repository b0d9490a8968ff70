import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Demand } from '../../src/demands/demand.ts'
import type { Exclusion, Opposite, Standing } from '../../src/matching/exclusions/exclusion.ts'
import { exclusionsOf } from '../../src/matching/exclusions/exclusions.ts'
import { codeIn } from '../../src/platform/codes/codes.ts'
import { aDemand, anExpert, anOffering } from '../nouns.ts'
import { countingClock, countingIds } from '../worlds.ts'
import { runs } from './runs.ts'

const today = '2026-11-23'
const making = { now: countingClock(), newId: countingIds() }
const modes = fc.subarray(['licence', 'advisory', 'training'] as const)
const place = fc.constantFrom('990102', '990103', '110101').map((code) => codeIn('region', code))
const lastDay = fc.constantFrom(null, '2026-11-22', '2026-11-23', '2027-01-01')
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })

const demand = fc
  .record({ modes, region: orNull(place), expiresOn: lastDay })
  .map((facts): Demand => aDemand(making, making.newId('enterprise'), { ...facts, state: 'published' }))
const offering = fc
  .record({ modes, territory: fc.array(place, { maxLength: 2 }), expiresOn: lastDay, state: fc.constantFrom('published', 'withdrawn') })
  .map(
    (facts): Opposite => ({
      kind: 'offering',
      noun: anOffering(making, making.newId('institution'), { ...facts, state: facts.state as 'published' }),
    }),
  )
const days = orNull(fc.integer({ min: 0, max: 3 }))
const expert = fc
  .record({
    modes,
    consent: orNull(fc.boolean()),
    hostConsent: orNull(fc.boolean()),
    visibility: fc.constantFrom('public', 'registered', 'nda'),
    mutedTopics: fc.subarray(['叶片', '涂层', '铸造']),
    capacity: orNull(fc.record({ daysPerYear: days, maxParallel: days, freeFrom: fc.constant(null) })),
  })
  .map(
    (facts): Opposite => ({
      kind: 'expert',
      noun: anExpert(making, making.newId('institution'), { ...facts, visibility: facts.visibility as 'public' }),
    }),
  )
const standing = fc.record({
  refusal: orNull(
    fc.record({ side: fc.constantFrom('demand' as const, 'supply' as const), code: fc.constant('time'), isReleased: fc.boolean() }),
  ),
  running: fc.integer({ min: 0, max: 4 }),
  stage: fc.constant(null),
  ties: fc.constant(null),
})

it('says of every hard condition what lifts it: with all of it changed, nothing binds any more', () => {
  fc.assert(
    fc.property(demand, fc.oneof(offering, expert), standing, (demand, supply, standing) => {
      let now: Parameters<typeof changed>[0] = { demand, supply, standing }
      for (let step = 0; step < 20; step++) {
        const [first] = exclusionsOf(now.demand, now.supply, now.standing, { today, demandMayBeDraft: false })
        if (first === undefined) return
        expect(first.change).not.toBeNull()
        now = changed(now, first)
      }
      expect.fail('the changes come to no end')
    }),
    { numRuns: runs(400) },
  )
})

function changed({ demand, supply, standing }: { demand: Demand; supply: Opposite; standing: Standing }, { change }: Exclusion) {
  const { side, field, to } = change!
  if (field === 'refusal') return { demand, supply, standing: { ...standing, refusal: null } }
  const value =
    field === 'modes' ? [(to as string[])[0]] : field === 'territory' ? (to as string[]).map((code) => codeIn('region', code)) : to
  if (side === 'demand') return { demand: { ...demand, [field]: value } as Demand, supply, standing }
  const isCapacity = field === 'daysPerYear' || field === 'maxParallel'
  const facts = isCapacity ? { capacity: { ...(supply.kind === 'expert' && supply.noun.capacity), [field]: value } } : { [field]: value }
  return { demand, supply: { ...supply, noun: { ...supply.noun, ...facts } } as Opposite, standing }
}
