import { endings, isStampable, type MediaType, mediaTypes } from '../platform/files/inspect/media-type.ts'
import { id, instant, text, z } from '../platform/schema.ts'

/** Who may read it, as with the fields of a listing: everybody who sees that, who may read its detail, or whom its owner trusts. */
export const FieldGroup = z.enum(['teaser', 'detail', 'confidential'])
export type FieldGroup = z.infer<typeof FieldGroup>

/** What documents can be attached to: a listing, an organisation that proves who it is, or the sheet of a visit, whose photos they are. */
export const subjectKinds = {
  demand: 'demands',
  offering: 'offerings',
  enterprise: 'enterprises',
  institution: 'institutions',
  provider: 'providers',
  park: 'parks',
  county: 'counties',
  contact: 'contacts',
} as const
export type SubjectKind = keyof typeof subjectKinds

/** As many as one subject may have. */
export const mostAttachments = 20

/** A document that belongs to a listing, an organisation or a visit. Its bytes lie in the blob store. 附件 */
export const Attachment = z
  .strictObject({
    id: id('att'),
    version: z.number().int().min(1),
    subjectId: z.string(),
    group: FieldGroup,
    name: text(1, 120),
    mediaType: z.enum(mediaTypes),
    /** In bytes, as kept. */
    size: z.number().int().min(1),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** The actor; null for readers who need not know him. */
    uploadedBy: z.string().nullable(),
    createdAt: instant,
  })
  .openapi('Attachment')
export type Attachment = z.infer<typeof Attachment>

/** An attachment as it is stored. */
export interface StoredAttachment extends Attachment {
  uploadedBy: string
  /** Name of its bytes. */
  blob: string
  /** Its place among those of its subject, from 1. */
  place: number
}

/** What somebody hands in. */
export interface Upload {
  name: string
  group: FieldGroup
  bytes: Uint8Array<ArrayBuffer>
}

/** A confidential copy is a marked PDF, whatever the file was. */
export function deliveredAs({ group, mediaType }: Pick<Attachment, 'group' | 'mediaType'>): MediaType {
  return group === 'confidential' && isStampable(mediaType) ? 'application/pdf' : mediaType
}

/** Name of the file that a reader gets. */
export function deliveredName(attachment: Pick<Attachment, 'group' | 'mediaType' | 'name'>): string {
  const type = deliveredAs(attachment)
  return type === attachment.mediaType ? attachment.name : `${attachment.name.replace(/\.\w+$/, '')}.${endings[type]}`
}
