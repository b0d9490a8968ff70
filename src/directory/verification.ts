import { Email } from '../accounts/account.ts'
import { id, instant, stored, text, z } from '../platform/schema.ts'

/** States of a verification and the verbs that move it. */
export const verificationLifecycle = {
  requested: { grant: 'granted', refuse: 'refused', withdraw: 'withdrawn' },
  granted: { revoke: 'revoked' },
  refused: {},
  withdrawn: {},
  revoked: {},
} as const
export type VerificationState = keyof typeof verificationLifecycle

/** Organisations that the operator verifies. */
export const verifiedKinds = ['enterprise', 'institution', 'provider', 'park', 'county'] as const
/**
 * All who are verified: an expert who entered the market himself, too, by his institution or by the operator. One whose profile others
 * registered is known by its claim, a broker by being registered.
 */
export const verifiableKinds = [...verifiedKinds, 'expert'] as const

/** What somebody shows to prove himself. */
export const Proof = z
  .strictObject({
    note: text(1, 1000).nullable(),
    /** An address at the organisation, to which one can write. */
    email: Email.nullable().optional(),
    /** A page of the organisation that names him. */
    link: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .nullable()
      .optional(),
  })
  .openapi('VerificationRequest')
export type Proof = z.infer<typeof Proof>

/** That somebody looked whether an organisation is what it says, or an expert who he says. 核实 */
export const Verification = z
  .strictObject({
    id: id('ver'),
    ...stored,
    visibility: z.literal('nda'),
    subjectId: z.string(),
    /** What was looked at: whoever goes by another name or code since is not verified any more. */
    name: z.string(),
    creditCode: z.string().nullable(),
    state: z.enum(['requested', 'granted', 'refused', 'withdrawn', 'revoked']),
    /** What the check digit of its 统一社会信用代码 says; null where it gave none. */
    codeCheck: z.enum(['sound', 'doubtful']).nullable(),
    note: Proof.shape.note,
    email: Proof.shape.email.unwrap(),
    link: Proof.shape.link.unwrap(),
    /** Where an expert says that he works; the first of them is asked beside the operator. None for an organisation. */
    institutionIds: z.array(id('itn')).max(5),
    requestedBy: z.string(),
    decidedAt: instant.nullable(),
    decidedBy: z.string().nullable(),
    /** Why it was decided so; never null where a doubtful code was overridden, or the answer was no. */
    reason: text(1, 500).nullable(),
  })
  .openapi('Verification')
export type Verification = z.infer<typeof Verification>

/** A verification as a row holds it: those of before experts could ask have neither. */
export const StoredVerification = z.preprocess((row: object) => ({ email: null, link: null, institutionIds: [], ...row }), Verification)

/** An organisation as far as a verification goes. */
export interface Verifiable {
  id: string
  name: string
  creditCode?: string | null
}

export const VerificationDecision = z
  .strictObject({ verdict: z.enum(['grant', 'refuse', 'revoke']), reason: text(1, 500).nullable() })
  .openapi('VerificationDecision')
export type VerificationDecision = z.infer<typeof VerificationDecision>
