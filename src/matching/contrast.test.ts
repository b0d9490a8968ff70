import { expect, it } from 'vitest'
import { differencesOf } from './contrast.ts'
import { fused, type Scored } from './score.ts'

const scoredBy = (values: Record<string, number>): Scored => {
  const reasons = Object.entries(values).map(([name, contribution]) => {
    const [side, key] = name.split(' ') as ['demandSide' | 'supplySide', string]
    return { key, side, value: null, weight: 1, contribution, facts: {} }
  })
  const sum = (side: string) => reasons.reduce((all, each) => all + (each.side === side ? each.contribution : 0), 0)
  const [demandSide, supplySide] = [sum('demandSide'), sum('supplySide')]
  return { demandSide, supplySide, score: fused(demandSide, supplySide), reasons }
}

it('names what two differ in, what makes most of the score first, and nothing that is alike', () => {
  const above = scoredBy({ 'demandSide text': 0.3, 'demandSide budget': 0.02, 'supplySide field': 0.6, 'supplySide region': 0.01 })
  const below = scoredBy({ 'demandSide text': 0.1, 'demandSide budget': 0.05, 'supplySide field': 0.6, 'supplySide region': 0.01 })
  const differences = differencesOf(above, below)
  expect(differences.map(({ key, favours }) => [key, favours])).toEqual([
    ['text', 'above'],
    ['budget', 'below'],
  ])
  // With the lower one's words the upper one would have this score.
  const without = scoredBy({ 'demandSide text': 0.1, 'demandSide budget': 0.02, 'supplySide field': 0.6, 'supplySide region': 0.01 })
  expect(differences[0]!.by).toBeCloseTo(above.score - without.score, 12)
  expect(differencesOf(above, above)).toEqual([])
})
