import { actorKinds } from '../accounts/actor.ts'
import { id, instant, z } from '../platform/schema.ts'

/** That somebody read what is not for everybody: who, what, when. 阅读记录 */
export const Reading = z.strictObject({
  id: id('rea'),
  /** The listing or organisation whose owner is told. */
  subjectId: z.string(),
  /** What of it: an attachment's id, or the name of a part. */
  object: z.string(),
  /** The organisation or person that the reader acted for; an operator's own id. */
  readerId: z.string(),
  readerRole: z.enum(actorKinds).exclude(['visitor']),
  /** In whose session; null for programs. */
  accountId: z.string().nullable(),
  at: instant,
  /** What a marked copy is known by; null where none was handed out. */
  code: z.string().nullable(),
})
export type Reading = z.infer<typeof Reading>

/** As the owner is told: which organisation, not which of its people. */
export const ReadingView = Reading.omit({ accountId: true })
  .extend({
    /** Null for an operator, and for somebody whom the owner may not know by name. */
    readerName: z.string().nullable(),
  })
  .openapi('Reading')
export type ReadingView = z.infer<typeof ReadingView>

/** As whoever follows a leak is told. */
export const Trace = Reading.openapi('Trace')

/** Sixteen letters and digits in fours, as they are drawn on a copy and typed from one. */
export function codeFrom(randomId: string): string {
  return randomId
    .slice(4, 20)
    .toUpperCase()
    .replaceAll(/(.{4})(?=.)/g, '$1-')
}

/** A code as somebody typed it. */
export const Code = z
  .string()
  .max(40)
  .transform((written) =>
    written
      .normalize('NFKC')
      .toUpperCase()
      .replaceAll(/[^A-Z2-7]/g, ''),
  )
  .refine((dense) => dense.length === 16, { error: 'invalid-format', params: { code: 'invalid-format' } })
  .transform((dense) => dense.replaceAll(/(.{4})(?=.)/g, '$1-'))
