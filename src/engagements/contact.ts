import { day, id, instant, stored, text, z } from '../platform/schema.ts'
import { Interview } from './interview.ts'
import { Visit } from './visit.ts'

export const ContactChannel = z.enum(['phone', 'wechat', 'visit', 'meeting', 'other'])
export type ContactChannel = z.infer<typeof ContactChannel>
/** What came of it. */
export const ContactResult = z.enum([
  'reached',
  'no-answer',
  'interested',
  'hesitant',
  'declined',
  'material-wanted',
  'meeting-set',
  'invited',
])
export type ContactResult = z.infer<typeof ContactResult>

/** What to do next and when. */
export const NextStep = z.strictObject({ what: text(1, 200), on: day }).openapi('NextStep')

/** What a broker writes down after a call or a visit. */
export const ContactDraft = z
  .strictObject({
    /** A demand, an expert, an enterprise, an institution, an engagement, or a lead whose authors are asked to join. */
    subjectId: z.string().max(40),
    channel: ContactChannel,
    result: ContactResult,
    withWhom: text(1, 60).nullable(),
    note: text(1, 2000).nullable(),
    on: day,
    next: NextStep.nullable(),
    /** The sheet of a visit; null for what is none, and for a visit without one. */
    visit: Visit.nullable(),
  })
  .openapi('ContactDraft')
export type ContactDraft = z.infer<typeof ContactDraft>
/** What a request to record carries: whoever writes no sheet leaves it out. */
export const ContactInput = z.strictObject(ContactDraft.shape).partial({ visit: true }).openapi('ContactInput')
export type ContactInput = z.infer<typeof ContactInput>

/** One recorded contact. 联系记录 */
export const Contact = ContactDraft.extend({
  id: id('ctc'),
  ...stored,
  visibility: z.literal('nda'),
  /** Who recorded it, and does the next step. */
  by: z.string(),
  /** When the next step was done, or given up; null while it is due. */
  nextDoneAt: instant.nullable(),
  /** What was answered where a demand was talked through. */
  interview: Interview.nullable(),
}).openapi('Contact')
export type Contact = z.infer<typeof Contact>

/** Somebody talks a demand through, and the answers go into it. */
export const DiagnosisDraft = z
  .strictObject(ContactDraft.shape)
  .pick({ withWhom: true, on: true, next: true })
  .extend({ channel: ContactChannel.exclude(['other']), answers: Interview })
  .openapi('DiagnosisDraft')
export type DiagnosisDraft = z.infer<typeof DiagnosisDraft>
