import { Code } from '../platform/codes/codes.ts'
import { id, stored, text, Visibility, z } from '../platform/schema.ts'

/** Collects demands from its firms and files them for firms without an account. 园区 */
export const ParkDraft = z
  .strictObject({
    name: text(2, 120),
    region: Code.nullable(),
    classification: z.array(Code).max(20),
    summary: text(1, 2000).nullable(),
    visibility: Visibility,
  })
  .openapi('ParkDraft')
export type ParkDraft = z.infer<typeof ParkDraft>

export const Park = ParkDraft.extend({ id: id('prk'), ...stored }).openapi('Park')
export type Park = z.infer<typeof Park>

export const blankPark: Omit<ParkDraft, 'name'> = { region: null, classification: [], summary: null, visibility: 'public' }
