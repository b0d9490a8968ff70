import { describe, expect, it } from 'vitest'
import { codeIn } from '../platform/codes/codes.ts'
import { cellsOf, isLost, leastLost, type Outward, toldOf } from './anonymity.ts'

const [county, neighbour, city, province] = ['990121', '990102', '990100', '990000'].map((code) => codeIn('region', code))
const [section, industry, other, equipment] = [
  codeIn('gbt4754', 'C'),
  codeIn('gbt4754', '33'),
  codeIn('gbt4754', '34'),
  codeIn('chain', 'equipment'),
]
const firms = (count: number, region: Outward['region'], classification: Outward['classification']) =>
  Array.from({ length: count }, () => ({ region, classification }))

/** What outsiders are told of a demand that is where and what its enterprise is, the first of those given. */
const told = (...enterprises: Outward[]) => toldOf(enterprises[0]!, cellsOf(enterprises).get(enterprises[0]!)!)

describe('what outsiders are told of place and codes', () => {
  it('is everything where five enterprises are alike', () => {
    expect(told(...firms(leastLost, county!, [industry, equipment]))).toEqual({ region: county, classification: [industry, equipment] })
  })

  it('is a wider place where four of the county and one beside it do the same', () => {
    const enterprises = [...firms(4, county!, [industry]), ...firms(1, neighbour!, [industry])]
    expect(told(...enterprises)).toEqual({ region: city, classification: [industry] })
  })

  it('is less for a whole county too, where else the only one of the next county would be told by being told less', () => {
    const lonely = firms(1, neighbour!, [industry])
    const enterprises = [...lonely, ...firms(leastLost, county!, [industry])]
    expect(told(...enterprises)).toEqual({ region: city, classification: [industry] })
    expect(told(...enterprises.toReversed())).toEqual({ region: city, classification: [industry] })
    const third = codeIn('region', '990103')
    const many = [...enterprises, ...firms(9, third, [industry])]
    expect(told(...many)).toEqual({ region: city, classification: [industry] })
    expect(told(...many.toReversed())).toEqual({ region: third, classification: [industry] })
  })

  it('is the section where few are of the industry, and nothing where few are registered', () => {
    expect(told(...firms(1, county!, [industry]), ...firms(4, county!, [other]))).toEqual({ region: county, classification: [section] })
    expect(told(...firms(4, county!, [industry]))).toEqual({ region: null, classification: [] })
    expect(told(...firms(1, county!, [industry]), ...firms(5, province!, []))).toEqual({ region: province, classification: [] })
  })

  it('is of a demand no more than what it says itself, and of other places and codes what they have in common', () => {
    const [cell] = cellsOf(firms(leastLost, county!, [industry])).values()
    expect(toldOf({ region: null, classification: [] }, cell!)).toEqual({ region: null, classification: [] })
    expect(toldOf({ region: neighbour!, classification: [other] }, cell!)).toEqual({ region: city, classification: [section] })
  })

  it('leaves nobody in a cell of fewer than five, whoever is registered', () => {
    const places = [county!, neighbour!, city!, province!, null]
    for (let seed = 1; seed < 60; seed++) {
      const enterprises = Array.from({ length: 5 + seed }, (_, at) => ({
        region: places[(at * seed) % 5]!,
        classification: [[industry], [other], [codeIn('gbt4754', '13'), equipment], []][(at * at + seed) % 4]!,
      }))
      for (const cell of cellsOf(enterprises).values()) {
        expect(cell.members.length).toBeGreaterThanOrEqual(leastLost)
        expect(isLost(cell.outward, enterprises)).toBe(true)
      }
    }
  })
})
