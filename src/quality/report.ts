import { Engine } from '../matching/match.ts'
import { z } from '../platform/schema.ts'
import { figureNames, rankers } from './compared.ts'

/** A figure with the interval in which it lies for 95 % of the draws. */
export const QualityInterval = z.strictObject({ value: z.number(), low: z.number(), high: z.number() }).openapi('QualityInterval')
const Figures = z.record(z.enum(figureNames), QualityInterval.nullable()).openapi('QualityFigures')

/** Matching of one kind of supply, on this market's own pairs. */
const QualityOfKind = z
  .strictObject({
    /** Demands with a pair of grade 2 or 3; with any grade above 0; with three judged pairs or more and none of grade 2. */
    n: z.strictObject({ answerable: z.number().int(), judged: z.number().int(), unanswerable: z.number().int() }),
    figures: z.record(z.enum(rankers), Figures),
    /** Ours minus the other one, over the same draws of demands. */
    differences: z.record(z.enum(rankers).exclude(['ours']), Figures),
    /** Of the confidence that anything answers; null without both kinds of demands. */
    ece: z.number().nullable(),
    /** The demands whose lists are furthest from what was judged. */
    worst: z.array(z.strictObject({ demandId: z.string(), gradedNdcg10: z.number() })),
  })
  .openapi('QualityOfKind')
export type QualityOfKind = z.infer<typeof QualityOfKind>

/** How good the matching is, as far as this market's own pairs tell. Definitions: `docs/matching.md`. */
export const MarketQuality = z
  .strictObject({
    /** Pairs of which something is known, and whose word it is. */
    pairs: z.strictObject({ blind: z.number().int(), dealings: z.number().int() }),
    agreement: z.strictObject({ pairs: z.number().int(), kappa: z.number().nullable() }),
    /** Where the words 值得一谈 and 仅领域相关 come from. */
    thresholdsFrom: z.enum(['demonstration', 'own']),
    offerings: QualityOfKind,
    experts: QualityOfKind,
    /** Of so many open demands, the newest: the share with a candidate that is called worth a talk. */
    efficiency: z.strictObject({ demands: z.number().int(), share: z.number().nullable() }),
    /** Of all published offerings, the share that stands in the first ten of any of these. */
    coverage: z.number().nullable(),
    engine: Engine,
    seed: z.number().int(),
  })
  .openapi('MarketQuality')
export type MarketQuality = z.infer<typeof MarketQuality>
