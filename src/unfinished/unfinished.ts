import { text, z } from '../platform/schema.ts'

/** A form that somebody began and has not sent: his own, in the role in which he began it, wherever he signs in. 未完成的表单 */
export interface UnfinishedForm {
  /** The page that shows the form, with its query: one form of each. */
  path: string
  /** Names with what was written, in the order of the form; a name comes as often as it was chosen. */
  fields: [name: string, value: string][]
  /** When it was last written on. */
  at: string
}

export const FormPath = text(1, 500)
/** What a form may hold: as many fields and signs as our longest. */
export const FormFields = z.array(z.tuple([z.string().max(60), z.string().max(20_000)])).max(200)
/** Forms of one account that are kept at once; the one that was longest left alone goes first. */
export const mostForms = 20
