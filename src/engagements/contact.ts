import { day, id, instant, stored, text, z } from '../platform/schema.ts'

export const ContactChannel = z.enum(['phone', 'wechat', 'visit', 'meeting', 'other'])
export type ContactChannel = z.infer<typeof ContactChannel>
/** What came of it. */
export const ContactResult = z.enum(['reached', 'no-answer', 'interested', 'hesitant', 'declined', 'material-wanted', 'meeting-set'])
export type ContactResult = z.infer<typeof ContactResult>

/** What to do next and when. */
export const NextStep = z.strictObject({ what: text(1, 200), on: day }).openapi('NextStep')

/** What a broker writes down after a call or a visit. */
export const ContactDraft = z
  .strictObject({
    /** A demand, an expert, an enterprise, an institution, or an engagement. */
    subjectId: z.string().max(40),
    channel: ContactChannel,
    result: ContactResult,
    withWhom: text(1, 60).nullable(),
    note: text(1, 2000).nullable(),
    on: day,
    next: NextStep.nullable(),
  })
  .openapi('ContactDraft')
export type ContactDraft = z.infer<typeof ContactDraft>

/** One recorded contact. 联系记录 */
export const Contact = ContactDraft.extend({
  id: id('ctc'),
  ...stored,
  visibility: z.literal('nda'),
  /** Who recorded it, and does the next step. */
  by: z.string(),
  /** When the next step was done, or given up; null while it is due. */
  nextDoneAt: instant.nullable(),
}).openapi('Contact')
export type Contact = z.infer<typeof Contact>

/** Kinds that a contact can be about. */
export const contactedKinds = ['demand', 'expert', 'enterprise', 'institution', 'engagement'] as const
