import type { Actor } from '../../accounts/actor.ts'
import { may } from '../../accounts/permissions.ts'
import type { Attachment, StoredAttachment } from '../attachment.ts'
import type { Subject } from './subject.ts'

/** An attachment as one who may read it sees it: who brought it could tell an outsider whose listing it is. */
export function attachmentView(
  actor: Actor,
  { relations }: Subject,
  { blob: _blob, place: _place, ...shown }: StoredAttachment,
): Attachment {
  return may(actor, 'attachment.upload', relations) ? shown : { ...shown, uploadedBy: null }
}

/** What the journal says of it: neither its name nor its hash, which could tell what it holds. */
export function about({ subjectId, group, mediaType, size }: StoredAttachment): Record<string, string | number> {
  return { subjectId, group, mediaType, size }
}
