import { id, instant, z } from '../platform/schema.ts'

/** States of an import and the verbs that move it. Its rows are seen while it is `complete`, and only then. */
export const importLifecycle = {
  writing: { complete: 'complete', undo: 'undoing' },
  complete: { undo: 'undoing' },
  undoing: { clear: 'undone' },
  undone: {},
} as const
export type ImportState = keyof typeof importLifecycle

/** One file that was imported: what its rows have in common. 导入批次 */
export const ImportBatch = z
  .strictObject({
    id: id('imp'),
    version: z.number().int().min(1),
    /** The kind of its rows, or the name of a set with several kinds, such as `seed`. */
    kind: z.string(),
    state: z.enum(Object.keys(importLifecycle) as [ImportState, ...ImportState[]]),
    /** With the kind, what makes it the same import: hex. */
    fileSha256: z.string(),
    name: z.string(),
    rowCount: z.number().int().min(0),
    actorId: z.string(),
    createdAt: instant,
    updatedAt: instant,
  })
  .openapi('ImportBatch')
export type ImportBatch = z.infer<typeof ImportBatch>
