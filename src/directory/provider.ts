import { Code } from '../platform/codes/codes.ts'
import { id, stored, text, texts, Visibility, z } from '../platform/schema.ts'

/** Sells services to a deal: tests, valuation, law, finance. 服务机构 */
export const ProviderDraft = z
  .strictObject({
    name: text(2, 120),
    /** 统一社会信用代码. A wrong check digit warns, it never blocks. */
    creditCode: text(18, 18).nullable(),
    region: Code.nullable(),
    classification: z.array(Code).max(20),
    /** What it does for whom, one service a line. */
    services: texts(30, 80),
    summary: text(1, 2000).nullable(),
    visibility: Visibility,
  })
  .openapi('ProviderDraft')
export type ProviderDraft = z.infer<typeof ProviderDraft>

export const Provider = ProviderDraft.extend({ id: id('prv'), ...stored }).openapi('Provider')
export type Provider = z.infer<typeof Provider>

export const blankProvider: Omit<ProviderDraft, 'name'> = {
  creditCode: null,
  region: null,
  classification: [],
  services: [],
  summary: null,
  visibility: 'public',
}
