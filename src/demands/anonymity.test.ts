import { describe, expect, it } from 'vitest'
import { codeIn } from '../platform/codes/codes.ts'
import { isLost, leastLost, type Outward, outwardOf } from './anonymity.ts'

const [county, neighbour, city, province] = ['990121', '990102', '990100', '990000'].map((code) => codeIn('region', code))

const industry = codeIn('gbt4754', '33')
const chain = codeIn('chain', 'equipment')
const firms = (count: number, firm: Outward) => Array.from({ length: count }, () => firm)

describe('what outsiders are told of a hidden demand', () => {
  const own: Outward = { region: county!, classification: [industry, chain] }

  it('is everything where five enterprises fit', () => {
    expect(outwardOf(own, firms(leastLost, own))).toEqual(own)
  })

  it('is a wider place where four of the county and one beside it do the same', () => {
    const beside = { region: neighbour!, classification: own.classification }
    expect(outwardOf(own, [...firms(4, own), beside])).toEqual({ region: city, classification: own.classification })
  })

  it('is the county and the industry where few are in the chain', () => {
    const others = firms(4, { region: county!, classification: [industry] })
    expect(outwardOf(own, [own, ...others])).toEqual({ region: county, classification: [industry] })
  })

  it('is less and less, and nothing where nobody else is', () => {
    expect(outwardOf(own, [own])).toEqual({ region: null, classification: [] })
    const elsewhere = firms(5, { region: province!, classification: [] })
    expect(outwardOf(own, [own, ...elsewhere])).toEqual({ region: province, classification: [] })
  })

  it('is never something that fewer than five fit, but for nothing at all', () => {
    const population = [
      own,
      ...firms(3, { region: neighbour!, classification: [industry] }),
      ...firms(2, { region: city!, classification: [chain] }),
    ]
    const outward = outwardOf(own, population)
    expect(isLost(outward, population)).toBe(true)
    expect(outward).not.toEqual(own)
  })
})
