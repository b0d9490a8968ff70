import { id, instant, text, z } from '../platform/schema.ts'

/** Lists whose filters can be kept, and where they are. */
export const listPaths = { board: '/board' } as const

/** Filters of a list that somebody keeps for himself under a name. 视图 */
export const SavedView = z.strictObject({
  id: id('viw'),
  version: z.number().int().min(1),
  accountId: z.string(),
  list: z.enum(['board']),
  name: text(1, 40),
  /** The filters as the list's address has them, without the question mark. */
  query: z.string().max(1_000),
  createdAt: instant,
  /** Of one that was removed; null for one that is kept. */
  removedAt: instant.nullable(),
})
export type SavedView = z.infer<typeof SavedView>

export const SavedViewDraft = SavedView.pick({ list: true, name: true, query: true }).openapi('SavedViewDraft')
export type SavedViewDraft = z.infer<typeof SavedViewDraft>

/** As its owner reads it. */
export const OwnView = SavedView.omit({ accountId: true }).openapi('SavedView')
export const ViewName = z.strictObject({ name: SavedView.shape.name }).openapi('ViewName')

/** As many as an account keeps. */
export const viewsAtMost = 30

/** Where a view leads. */
export const viewPath = ({ list, query }: Pick<SavedView, 'list' | 'query'>) => `${listPaths[list]}${query === '' ? '' : `?${query}`}`
