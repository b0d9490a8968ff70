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

/** Kinds of subject that the operator verifies. A person is verified by the claim of his profile, a broker by being registered. */
export const verifiedKinds = ['enterprise', 'institution', 'provider', 'park', 'county'] as const

/** That the operator looked whether an organisation is what it says. 核实 */
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
    /** What the organisation shows to prove itself. */
    note: text(1, 1000).nullable(),
    requestedBy: z.string(),
    decidedAt: instant.nullable(),
    decidedBy: z.string().nullable(),
    /** Why it was decided so; never null where a doubtful code was overridden, or the answer was no. */
    reason: text(1, 500).nullable(),
  })
  .openapi('Verification')
export type Verification = z.infer<typeof Verification>

/** An organisation as far as a verification goes. */
export interface Verifiable {
  id: string
  name: string
  creditCode?: string | null
}

export const VerificationRequest = z.strictObject({ note: text(1, 1000).nullable() }).openapi('VerificationRequest')
export const VerificationDecision = z
  .strictObject({ verdict: z.enum(['grant', 'refuse', 'revoke']), reason: text(1, 500).nullable() })
  .openapi('VerificationDecision')
export type VerificationDecision = z.infer<typeof VerificationDecision>
