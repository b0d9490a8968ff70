import { z } from '../../platform/schema.ts'
import { Engine, MatchSubject } from '../match.ts'

/** What can be changed without another text: terms, and the evidence behind a figure that is stated already. */
export const TipField = z.enum([
  'modes',
  'budgetMaxFen',
  'deadlineOn',
  'readinessFrom',
  'price',
  'availableFrom',
  'minFeeFen',
  'freeFrom',
  'evidence',
  'exclusions',
])

/** One change, and the place that it brings: computed by ranking the changed listing anew, not estimated. */
export const Tip = z
  .strictObject({
    side: z.enum(['demand', 'supply']),
    field: TipField,
    /** The value of the field; of `modes` any one of them, of `evidence` the level, of `exclusions` the fields to be changed. */
    to: z.union([z.string(), z.number(), z.array(z.string())]),
    /** Of `evidence`: the advantage whose figure it backs, as it is called. */
    about: z.string().nullable(),
    /** Whom it lifts; of the demand's own tips the one that gains most. */
    subject: MatchSubject,
    /** Places in the list of matches, counted from 1; `before` is null for what is not in it yet. */
    place: z.strictObject({ before: z.number().int().nullable(), after: z.number().int() }),
  })
  .openapi('Tip')
export type Tip = z.infer<typeof Tip>

export const Advice = z.strictObject({ items: z.array(Tip), engine: Engine }).openapi('Advice')
export type Advice = z.infer<typeof Advice>
