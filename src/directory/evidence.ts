import type { FieldError } from '../platform/problem.ts'
import { day, id, stored, text, z } from '../platform/schema.ts'
import { ExpertView } from './expert.ts'

/** What an expert did: the kinds of proof. */
export const EvidenceKind = z.enum(['result', 'paper', 'patent', 'standard', 'project', 'contract', 'award', 'product', 'test-report'])

/** The expert's part in it, after CRediT (ANSI/NISO Z39.104-2022), coarsened. */
export const EvidenceRole = z.enum(['lead', 'member', 'inventor', 'author', 'corresponding-author', 'supervisor'])

/**
 * A row that shows what an expert did. With `offeringId` it has no text of its own: the offering is the text, and the
 * offering's completers are exactly these rows. 佐证材料
 */
export const EvidenceDraft = z
  .strictObject({
    expertId: id('exp'),
    kind: EvidenceKind,
    role: EvidenceRole.nullable(),
    offeringId: id('off').nullable(),
    title: text(2, 300).nullable(),
    abstract: text(1, 5000).nullable(),
    on: day.nullable(),
    link: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .nullable(),
  })
  .refine((row) => (row.offeringId === null) !== (row.title === null), {
    error: 'either-offering-or-title',
    path: ['title'],
    params: { code: 'either-offering-or-title' },
  })
  .openapi('EvidenceDraft')
export type EvidenceDraft = z.infer<typeof EvidenceDraft>

export const Evidence = EvidenceDraft.safeExtend({
  id: id('evi'),
  /** Place among the completers of an offering, from 1. */
  position: z.number().int().min(1),
  /** Who checked that it is true: an actor's id; null is unchecked. */
  verifiedBy: z.string().nullable(),
  ...stored,
}).openapi('Evidence')
export type Evidence = z.infer<typeof Evidence>

export const blankEvidence: Omit<EvidenceDraft, 'expertId' | 'kind'> = {
  role: null,
  offeringId: null,
  title: null,
  abstract: null,
  on: null,
  link: null,
}

/** Who completed an offering, with the row that says so; that row is kept from readers to whom the expert is not named. */
export const Completer = z.object({ expert: ExpertView, evidence: Evidence.nullable() }).openapi('Completer')
export type Completer = z.infer<typeof Completer>

/** Faults that one field alone cannot show. */
export function evidenceFaults({ offeringId, abstract }: EvidenceDraft): FieldError[] {
  return offeringId !== null && abstract !== null ? [{ pointer: '/abstract', code: 'text-of-offering' }] : []
}
