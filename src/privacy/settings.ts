import { text, z } from '../platform/schema.ts'

/** Who decides why and how personal data is handled, and where people reach him. 个人信息处理者 */
export const Responsible = z
  .strictObject({ name: text(2, 120), nameEn: text(2, 120).nullable(), address: text(2, 200).nullable(), contact: text(4, 200) })
  .openapi('Responsible')
export type Responsible = z.infer<typeof Responsible>

const months = z.number().int().min(1).max(240)
const days = z.number().int().min(1).max(3650)

/** How long things are kept, as far as the operator decides. A job sees to it every night. */
export const Retention = z
  .strictObject({
    /** An account that nobody used for so long is asked about, and erased when so many days pass without an answer. */
    unusedAccountMonths: months,
    unusedAccountGraceDays: days,
    /** Claims that were decided or withdrawn. */
    claimMonths: months,
    /** Contact persons of demands that are closed. */
    closedContactMonths: months,
    /** Drafts that were withdrawn and never published. */
    withdrawnDraftMonths: months,
    /** Experts from the public web whose profile nobody took over or touched. */
    unclaimedExpertMonths: months,
    /** Who read what is kept confidential, and terms that were accepted and have ended. */
    readingMonths: months,
    /** Messages in the outbox folder. */
    messageDays: days,
  })
  .openapi('Retention')
export type Retention = z.infer<typeof Retention>

/** What the operator says and decides about personal data. Until he has said who is responsible, nobody can be asked for consent. */
export const PrivacySettings = z.strictObject({ responsible: Responsible.nullable(), retention: Retention }).openapi('PrivacySettings')
export type PrivacySettings = z.infer<typeof PrivacySettings>

export const defaultPrivacy: PrivacySettings = {
  responsible: null,
  retention: {
    unusedAccountMonths: 24,
    unusedAccountGraceDays: 30,
    claimMonths: 12,
    closedContactMonths: 6,
    withdrawnDraftMonths: 12,
    unclaimedExpertMonths: 24,
    readingMonths: 36,
    messageDays: 30,
  },
}

/** What is fixed, because it is as short as the purpose allows. */
export const fixedPeriods = { signInCodeMinutes: 5, sessionDays: 30, answerHours: 24, unfinishedDays: 30, shownListMonths: 12 } as const
