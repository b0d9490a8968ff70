import type { Page } from '../database/listings.ts'
import { kindOfId } from '../ids.ts'
import { Problem } from '../problem.ts'
import { instant, z } from '../schema.ts'

/** Query parameters of every list. */
export const pageQuery = {
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
}

/** Schema of a page: the items, and the cursor of the next page or null. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

export function pageFrom(
  { cursor, limit }: { cursor?: string | undefined; limit?: number | undefined },
  by: keyof typeof sorts = 'instant',
): Page {
  return { after: cursor === undefined ? null : position(cursor, by), limit: limit ?? 20 }
}

/** Opaque to callers; holds no secret: the sort value and id of the last row. */
export function cursorOf(next: Page['after']): string | null {
  return next && btoa(JSON.stringify([next.sort, next.id])).replaceAll('=', '')
}

/** Lists are sorted by an instant or by their place in the journal, and the id is one of ours: nothing else reaches the database. */
const sorts = { instant, place: z.string().regex(/^\d{1,15}$/) }
const ourId = z.string().refine((id) => kindOfId(id) !== undefined)

function position(cursor: string, by: keyof typeof sorts): NonNullable<Page['after']> {
  try {
    const [sort, id] = z.tuple([sorts[by], ourId]).parse(JSON.parse(atob(cursor)))
    return { sort, id }
  } catch (cause) {
    throw new Problem('bad-cursor', {}, { cause })
  }
}
