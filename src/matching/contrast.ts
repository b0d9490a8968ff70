import { z } from '../platform/schema.ts'
import { Match, Reason } from './match.ts'
import { fused, type Scored } from './score.ts'

/** Why one stands above another: what they differ in, the most telling first. */
export const Contrast = z
  .strictObject({
    above: Match,
    below: Match,
    differences: z.array(
      z.strictObject({
        key: Reason.shape.key,
        side: Reason.shape.side,
        favours: z.enum(['above', 'below']),
        /** How much of the score it makes: by so much the upper one's would change with the lower one's value. Null where the reader sees no numbers. */
        by: z.number().nullable(),
      }),
    ),
  })
  .openapi('Contrast')
export type Contrast = z.infer<typeof Contrast>

/** Differences smaller than this come from adding up. */
const nothing = 1e-12

/** What two pairings of one demand differ in, by what it makes of the upper one's score. */
export function differencesOf(above: Scored, below: Scored): Contrast['differences'] {
  return above.reasons
    .flatMap(({ key, side, contribution }): (Contrast['differences'][number] & { by: number })[] => {
      const other = below.reasons.find((each) => each.key === key && each.side === side)
      const difference = contribution - (other?.contribution ?? 0)
      if (Math.abs(difference) < nothing) return []
      const sides = { demandSide: above.demandSide, supplySide: above.supplySide }
      const by = Math.abs(above.score - scoreOf({ ...sides, [side]: sides[side] - difference }))
      return [{ key, side, favours: difference > 0 ? 'above' : 'below', by }]
    })
    .toSorted((a, b) => b.by - a.by)
}

const scoreOf = ({ demandSide, supplySide }: { demandSide: number; supplySide: number }) => fused(demandSide, supplySide)
