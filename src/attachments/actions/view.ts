import type { Actor } from '../../accounts/actor.ts'
import { may } from '../../accounts/permissions.ts'
import { endings } from '../../platform/files/inspect/media-type.ts'
import type { Attachment, StoredAttachment } from '../attachment.ts'
import { keepingVerb, type Subject } from './subject.ts'

/**
 * An attachment as one who may read it sees it: who brought it could tell an outsider whose listing it is, and so could what he calls it
 * and when he brought it.
 */
export function attachmentView(
  actor: Actor,
  { kind, relations, unnamedSince }: Subject,
  { blob: _blob, place, ...shown }: StoredAttachment,
): Attachment {
  if (may(actor, keepingVerb(kind, 'upload'), relations)) return shown
  const unnamed = unnamedSince && { name: `${place}.${endings[shown.mediaType]}`, createdAt: unnamedSince }
  return { ...shown, uploadedBy: null, ...unnamed }
}

/** What the journal says of it: neither its name nor its hash, which could tell what it holds. */
export function about({ subjectId, group, mediaType, size }: StoredAttachment): Record<string, string | number> {
  return { subjectId, group, mediaType, size }
}
