import { ancestorsOf, type Code } from '../../platform/codes/codes.ts'
import { missing, type Signal } from './signal.ts'

/** How near they are: the same county, city, province, or further. Who does not travel is of no use outside his city. */
const steps = [
  { place: 'county', value: 1 },
  { place: 'city', value: 0.8 },
  { place: 'province', value: 0.5 },
  { place: 'elsewhere', value: 0.2 },
] as const

export const region: Signal = ({ demand, supply }) => {
  if (demand.region === null || supply.region === null) return missing
  const away = distance(demand.region, supply.region)
  if (supply.travels === false && away > 1) return { value: 0, facts: { place: 'no-travel' } }
  const step = steps[away]!
  return { value: step.value, facts: { place: step.place } }
}

/** 0 in the same county (or for the same code), 1 in the same city, 2 in the same province, 3 otherwise. */
function distance(one: Code, other: Code): 0 | 1 | 2 | 3 {
  if (one.code === other.code) return 0
  const [ours, theirs] = [one, other].map((code) => [code, ...ancestorsOf(code)].map((each) => each.code))
  const shared = ours!.find((code) => theirs!.includes(code))
  if (shared === undefined) return 3
  return shared.endsWith('0000') ? 2 : 1
}
