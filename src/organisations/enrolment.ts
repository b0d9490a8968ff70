import { Role } from '../accounts/actor.ts'
import { EnterpriseDraft } from '../directory/enterprise.ts'
import { ExpertDraft } from '../directory/expert.ts'
import { Proof } from '../directory/verification.ts'
import { id, text, z } from '../platform/schema.ts'
import { ProfilePurpose } from '../privacy/consent.ts'

/** Somebody who is signed in enters the market himself: for his firm, or as an expert. 入驻 */
export const EnrolmentRequest = z
  .discriminatedUnion('as', [
    z.strictObject({
      as: z.literal('enterprise'),
      name: EnterpriseDraft.shape.name,
      creditCode: EnterpriseDraft.shape.creditCode,
      region: EnterpriseDraft.shape.region,
      summary: EnterpriseDraft.shape.summary,
      proof: Proof.nullable().optional(),
    }),
    z.strictObject({
      as: z.literal('expert'),
      name: ExpertDraft.shape.name,
      /** Null for somebody who works at none of the directory's. */
      institutionId: id('itn').nullable(),
      /** In a few words: what he is found by. */
      field: text(2, 80),
      /** `profile` to be shown under his own name, which is needed, and `proposal` to be proposed, which is not. */
      agreesTo: z.array(ProfilePurpose).max(2),
      /** He has seen who is called so where he works, and is none of them. */
      isNew: z.boolean(),
      /** Asks at once to be verified. */
      proof: Proof.nullable().optional(),
    }),
  ])
  .openapi('EnrolmentRequest')
export type EnrolmentRequest = z.infer<typeof EnrolmentRequest>

/** As whom the account acts from now on. */
export const Enrolment = z.object({ membershipId: z.string(), role: Role, subjectId: z.string() }).openapi('Enrolment')
export type Enrolment = z.infer<typeof Enrolment>
