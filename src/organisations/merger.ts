import { id, stored, text, Visibility, z } from '../platform/schema.ts'

/** Kinds of which one and the same may have been registered twice. */
export const mergedKinds = ['enterprise', 'institution', 'expert'] as const

/** Two profiles were one: what belonged to the first belongs to the second now. It can be undone. */
export const Merger = z
  .strictObject({
    id: id('mrg'),
    ...stored,
    visibility: z.literal('nda'),
    /** The duplicate, which nobody but the operator sees any more. */
    fromId: z.string(),
    intoId: z.string(),
    state: z.enum(['done', 'undone']),
    reason: text(1, 500),
    /** Ids of what changed hands. */
    moved: z.array(z.string()),
    /** Names of the fields that were empty and took the duplicate's values. */
    filled: z.array(z.string()),
    visibilityBefore: Visibility,
  })
  .openapi('Merger')
export type Merger = z.infer<typeof Merger>

export const MergerRequest = z
  .strictObject({ fromId: z.string().max(40), intoId: z.string().max(40), reason: text(1, 500) })
  .openapi('MergerRequest')
export type MergerRequest = z.infer<typeof MergerRequest>
