import { Code } from '../platform/codes/codes.ts'
import { id, stored, text, Visibility, z } from '../platform/schema.ts'

/** What an institution is: its own legal kind, or a unit below one (university → school → lab or team). */
export const InstitutionKind = z.enum([
  'university',
  'vocational-college',
  'research-institute',
  'hospital',
  'company-institute',
  'school',
  'laboratory',
  'team',
])
export type InstitutionKind = z.infer<typeof InstitutionKind>

/** A university, institute or hospital, or a school, laboratory or team inside one. 机构 */
export const InstitutionDraft = z
  .strictObject({
    name: text(2, 120),
    kind: InstitutionKind,
    /** The unit above: null for the institution itself. */
    parentId: id('itn').nullable(),
    creditCode: text(18, 18).nullable(),
    region: Code.nullable(),
    /** Disciplines and industries it is known for. */
    classification: z.array(Code).max(20),
    summary: text(1, 2000).nullable(),
    /** Name of the office that answers enquiries (成果转化办公室), never a person's contact data. */
    transferOffice: text(2, 120).nullable(),
    visibility: Visibility,
  })
  .openapi('InstitutionDraft')
export type InstitutionDraft = z.infer<typeof InstitutionDraft>

export const Institution = InstitutionDraft.extend({
  id: id('itn'),
  /** Set by the operator: its listings are published at once, because it vets them itself. */
  hasStandingTrust: z.boolean(),
  ...stored,
}).openapi('Institution')
export type Institution = z.infer<typeof Institution>

export const blankInstitution: Omit<InstitutionDraft, 'name' | 'kind'> = {
  parentId: null,
  creditCode: null,
  region: null,
  classification: [],
  summary: null,
  transferOffice: null,
  visibility: 'public',
}
