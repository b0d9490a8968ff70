import type { FieldError } from '../platform/problem.ts'
import { day, id, stored, text, z } from '../platform/schema.ts'
import { ExpertView } from './expert.ts'

/** What an expert did: the kinds of proof. */
export const EvidenceKind = z.enum(['result', 'paper', 'patent', 'standard', 'project', 'contract', 'award', 'product', 'test-report'])

/** The expert's part in it, after CRediT (ANSI/NISO Z39.104-2022), coarsened. */
export const EvidenceRole = z.enum(['lead', 'member', 'inventor', 'author', 'corresponding-author', 'supervisor'])

/** A day, a month or a year: of many works nobody knows more. */
export const WorkDay = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
  .refine((written) => day.safeParse(`${written}${'-01-01'.slice(written.length - 4)}`).success, {
    error: 'invalid-format',
    params: { code: 'invalid-format' },
  })

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
    on: WorkDay.nullable(),
    /** Where it appeared, or who granted it: a journal, a patent office, a programme. */
    source: text(1, 300).nullable(),
    /** What it is known by everywhere: DOI, patent number, number of a standard or of a project. */
    number: text(2, 200).nullable(),
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
  source: null,
  number: null,
  link: null,
}

/** What rows say by not having it that were written before there was a place for it. */
const addedLater = { source: null, number: null }

/** A row as it is kept. */
export const StoredEvidence = z.preprocess((row: object) => ({ ...addedLater, ...row }), Evidence)

/** Who completed an offering, with the row that says so; that row is kept from readers to whom the expert is not named. */
export const Completer = z.object({ expert: ExpertView, evidence: Evidence.nullable() }).openapi('Completer')
export type Completer = z.infer<typeof Completer>

/** Faults that one field alone cannot show. */
export function evidenceFaults({ offeringId, abstract }: EvidenceDraft): FieldError[] {
  return offeringId !== null && abstract !== null ? [{ pointer: '/abstract', code: 'text-of-offering' }] : []
}
