import { expect, it } from 'vitest'
import { aDemand, anExpert } from '../../../tests/nouns.ts'
import { countingClock, countingIds } from '../../../tests/worlds.ts'
import { codeIn } from '../../platform/codes/codes.ts'
import { supplyOfExpert } from '../supply.ts'
import { region } from './region.ts'
import { missing } from './signal.ts'

const making = { now: countingClock(), newId: countingIds() }
const judged = (where: string | null, travelRadiusKm: number | null) => {
  const demand = aDemand(making, 'ent_x', { region: codeIn('region', '990102') })
  const supply = supplyOfExpert(anExpert(making, 'itn_x', { region: where === null ? null : codeIn('region', where), travelRadiusKm }))
  const topic = { text: 0, meaning: null, near: 0 }
  return region({ demand, supply, topic, verdicts: [], today: '2026-11-24' })
}

it.each([
  ['990102', 0, 1, 'county'],
  ['990103', 0, 0.8, 'city'],
  ['110108', null, 0.2, 'elsewhere'],
  ['110108', 500, 0.2, 'elsewhere'],
  ['110108', 0, 0, 'no-travel'],
] as const)('an expert in %s who travels %s km counts %s (%s)', (where, radius, value, place) => {
  expect(judged(where, radius)).toEqual({ value, facts: { place } })
})

it('says nothing of one whose place is not known', () => {
  expect(judged(null, 0)).toBe(missing)
})
