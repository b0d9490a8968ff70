import { actorKinds } from '../../accounts/actor.ts'
import { day, id, instant, z } from '../../platform/schema.ts'
import { Engine } from '../match.ts'

/** By signal. */
const share = z.record(z.string(), z.number())

/** A candidate in the place where he was shown, and the fused score, 0…1, that put him there. */
export const ListedItem = z
  .strictObject({
    id: z.string(),
    /** For which listing, where the list proposes for several; null where the list was asked for one. */
    forId: z.string().nullable(),
    score: z.number(),
  })
  .openapi('ListedItem')
export type ListedItem = z.infer<typeof ListedItem>

/** One page of matches as it was shown, with all that it was computed from. The same page shown again is the same row. 匹配清单 */
export const MatchList = z
  .strictObject({
    id: id('lst'),
    /** The demand, result or expert that was asked about; of recommendations, whom they are for. */
    askedId: z.string(),
    /** Whether the whole demand was matched, or what everybody may know of one whose details are hidden. */
    isWhole: z.boolean(),
    kind: z.enum(['offering', 'expert', 'institution', 'demand', 'recommendation']),
    /** In what role somebody saw it; who in person is not kept. */
    readerRole: z.enum(actorKinds),
    engine: Engine,
    /** Of all signals, and how the sides were fused. */
    weights: z.strictObject({ fusion: z.string(), topic: share, demandSide: share, supplySide: share }),
    /** The day from which deadlines and freshness counted. */
    onDay: day,
    /** Of its first item, counted from 1. */
    place: z.number().int().min(1),
    items: z.array(ListedItem),
    /** How often it was shown. */
    times: z.number().int().min(1),
    firstAt: instant,
    lastAt: instant,
  })
  .openapi('MatchList')
export type MatchList = z.infer<typeof MatchList>

/** A list, and what the same question gives today. */
export const ReproducedList = z
  .strictObject({
    list: MatchList,
    /** Null where the order depends on what its reader might see (demands, institutions, recommendations), or the demand is no more. */
    again: z
      .strictObject({
        /** Same version, weights, model, journal position and day: then the order must be the same. */
        isSameBasis: z.boolean(),
        isSameOrder: z.boolean(),
        /** Who stands in these places now. */
        items: z.array(ListedItem),
      })
      .nullable(),
  })
  .openapi('ReproducedList')
export type ReproducedList = z.infer<typeof ReproducedList>
