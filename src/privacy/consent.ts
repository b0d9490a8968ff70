import { z } from '../platform/schema.ts'

/**
 * What somebody is asked for, one by one: `account` to keep what signing in needs, `profile` to show an expert's profile under his name,
 * `proposal` to propose him to enterprises.
 */
export const Purpose = z.enum(['account', 'profile', 'proposal'])
export type Purpose = z.infer<typeof Purpose>
/** The purposes that concern an expert's profile. */
export const ProfilePurpose = Purpose.exclude(['account'])
export type ProfilePurpose = z.infer<typeof ProfilePurpose>

/** The version of the text by which is asked today; the texts are words (`privacy.consents`). Whoever changes a text gives it a new one. */
export const currentTexts: Record<Purpose, string> = { account: '1', profile: '1', proposal: '1' }

/** How it was said; `unknown` only of what was kept before there were texts. */
export const ConsentHow = z.enum(['self', 'on-paper', 'by-phone', 'unknown'])
export type ConsentHow = z.infer<typeof ConsentHow>

/** What somebody said to a purpose, and by which text he was asked. 同意 */
export const Consent = z
  .strictObject({
    id: z.string(),
    version: z.number().int(),
    /** The person, where he said it in a session; null where somebody recorded it for an expert without an account. */
    accountId: z.string().nullable(),
    expertId: z.string().nullable(),
    purpose: Purpose,
    textVersion: z.string(),
    how: ConsentHow,
    recordedBy: z.string(),
    /** Null where the answer was no. */
    givenAt: z.string().nullable(),
    withdrawnAt: z.string().nullable(),
  })
  .openapi('Consent')
export type Consent = z.infer<typeof Consent>

/** Whether it holds. */
export const isActive = ({ givenAt, withdrawnAt }: Pick<Consent, 'givenAt' | 'withdrawnAt'>): boolean =>
  givenAt !== null && withdrawnAt === null

/** Whether he has to be asked (again): never answered, withdrawn, or asked by a text that is another one today. */
export function isToBeAsked(purpose: Purpose, latest: Consent | undefined): boolean {
  return latest === undefined || !isActive(latest) || latest.textVersion !== currentTexts[purpose]
}
