import { id, instant, stored, text, z } from '../platform/schema.ts'
import { ProfilePurpose } from '../privacy/consent.ts'

export const claimLifecycle = {
  requested: { grant: 'granted', refuse: 'refused', withdraw: 'withdrawn' },
  granted: {},
  refused: {},
  withdrawn: {},
} as const
export type ClaimState = keyof typeof claimLifecycle

/** Kinds that somebody may have registered for another, who takes them over. */
export const claimedKinds = ['enterprise', 'institution', 'provider', 'park', 'county', 'expert', 'broker'] as const

/** Somebody who is signed in says that a profile which others registered is his, or his organisation's. */
export const Claim = z
  .strictObject({
    id: id('clm'),
    ...stored,
    visibility: z.literal('nda'),
    subjectId: z.string(),
    accountId: id('acc'),
    state: z.enum(['requested', 'granted', 'refused', 'withdrawn']),
    /** How the market can tell that it is so. */
    note: text(1, 1000).nullable(),
    /** What the person agreed to for an expert's profile, and by which text; it counts once the claim is granted. Null for other kinds. */
    agreed: z.array(z.strictObject({ purpose: ProfilePurpose, textVersion: z.string() })).nullable(),
    decidedAt: instant.nullable(),
    decidedBy: z.string().nullable(),
    reason: text(1, 500).nullable(),
  })
  .openapi('Claim')
export type Claim = z.infer<typeof Claim>

/** A claim as a row holds it: those of before experts were asked agreed to nothing. */
export const StoredClaim = z.preprocess((row: object) => ({ agreed: null, ...row }), Claim)

export const ClaimRequest = z
  .strictObject({
    subjectId: z.string().max(40),
    note: text(1, 1000).nullable(),
    /** For an expert's profile: `profile` to be shown under one's own name, which is needed, and `proposal` to be proposed, which is not. */
    agreesTo: z.array(ProfilePurpose).max(2).optional(),
  })
  .openapi('ClaimRequest')
export type ClaimRequest = z.infer<typeof ClaimRequest>
/** A no needs its reason. */
export const ClaimDecision = z
  .strictObject({ verdict: z.enum(['grant', 'refuse']), reason: text(1, 500).nullable() })
  .openapi('ClaimDecision')
export type ClaimDecision = z.infer<typeof ClaimDecision>
