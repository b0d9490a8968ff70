import { text, texts, z } from '../platform/schema.ts'

/** Somebody who was met. Personal data. */
export const Met = z.strictObject({ name: text(1, 60), role: text(1, 60).nullable(), phone: text(1, 40).nullable() }).openapi('Met')
export type Met = z.infer<typeof Met>

/** What a broker brings home from a visit beside the contact itself; photos are attached to it. 走访记录 */
export const Visit = z
  .strictObject({
    place: text(1, 120).nullable(),
    met: z.array(Met).max(12),
    /** Of the line, and of equipment in use. */
    seen: text(1, 4000).nullable(),
    /** What was heard that may become a demand, one each. */
    needs: texts(20, 500),
  })
  .openapi('Visit')
export type Visit = z.infer<typeof Visit>

/** The longest title of a demand; a longer sentence goes into its text as well. */
const longestTitle = 120

/** How a need that was heard begins a demand. */
export function demandFromNeed(need: string): { title: string; problem: string | null } {
  const characters = [...need]
  return characters.length <= longestTitle
    ? { title: need, problem: null }
    : { title: `${characters.slice(0, longestTitle - 1).join('')}…`, problem: need }
}
