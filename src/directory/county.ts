import { codeFrom } from '../platform/codes/codes.ts'
import { id, stored, text, Visibility, z } from '../platform/schema.ts'

/** The market's office in a county: collects demands there, and files them for firms without an account. 县区 */
export const CountyDraft = z
  .strictObject({
    name: text(2, 120),
    /** The county it answers for. */
    region: codeFrom('region'),
    summary: text(1, 2000).nullable(),
    visibility: Visibility,
  })
  .openapi('CountyDraft')
export type CountyDraft = z.infer<typeof CountyDraft>

export const County = CountyDraft.extend({ id: id('cty'), ...stored }).openapi('County')
export type County = z.infer<typeof County>

export const blankCounty: Omit<CountyDraft, 'name' | 'region'> = { summary: null, visibility: 'public' }
