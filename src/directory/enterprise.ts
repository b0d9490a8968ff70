import { Code } from '../platform/codes/codes.ts'
import { id, stored, text, texts, Visibility, z } from '../platform/schema.ts'

export const EnterpriseSize = z.enum(['micro', 'small', 'medium', 'large'])

/** A firm: posts demands, and may also supply. 企业 */
export const EnterpriseDraft = z
  .strictObject({
    name: text(2, 120),
    /** 统一社会信用代码. A wrong check digit warns, it never blocks. */
    creditCode: text(18, 18).nullable(),
    size: EnterpriseSize.nullable(),
    region: Code.nullable(),
    parkId: id('prk').nullable(),
    /** Industries (gbt4754), the city's chains, high-tech fields. */
    classification: z.array(Code).max(20),
    /** What it makes and how, in its own words. */
    summary: text(1, 2000).nullable(),
    products: texts(20, 80),
    visibility: Visibility,
  })
  .openapi('EnterpriseDraft')
export type EnterpriseDraft = z.infer<typeof EnterpriseDraft>

export const Enterprise = EnterpriseDraft.extend({ id: id('ent'), ...stored }).openapi('Enterprise')
export type Enterprise = z.infer<typeof Enterprise>

/** When it was registered, as everybody may know it: the day would tell whose anonymous demand came on the same. */
export function commonMonth(instant: string): string {
  return `${instant.slice(0, 7)}-01T00:00:00.000Z`
}

export const blankEnterprise: Omit<EnterpriseDraft, 'name'> = {
  creditCode: null,
  size: null,
  region: null,
  parkId: null,
  classification: [],
  summary: null,
  products: [],
  visibility: 'public',
}
