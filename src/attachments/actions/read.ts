import type { Actor } from '../../accounts/actor.ts'
import { may } from '../../accounts/permissions.ts'
import { dayOf } from '../../platform/days.ts'
import { isStampable, type MediaType } from '../../platform/files/inspect/media-type.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { sha256 } from '../../platform/secrets.ts'
import { newReading, recordReading } from '../../readings/actions.ts'
import { type Attachment, deliveredAs, deliveredName, type FieldGroup, type StoredAttachment, type SubjectKind } from '../attachment.ts'
import { attachmentsOf, findAttachment } from '../store.ts'
import { isOpen, keepingVerb, readsGroup, readsReadings, type Subject, subjectFor } from './subject.ts'
import { attachmentView } from './view.ts'

/** The documents of a listing or an organisation that this actor may read. 404 for what he may not know of. */
export async function listAttachments(ports: Ports, actor: Actor, kind: SubjectKind, subjectId: string): Promise<Attachment[]> {
  return (await shownOn(ports, actor, kind, subjectId)).items
}

/** Documents with what their reader may do about them. */
export interface ShownAttachments {
  items: Attachment[]
  /** Whether there are confidential ones that he may not read yet. */
  isWithheld: boolean
  groups: readonly FieldGroup[]
  /** The largest that is taken. */
  megabytes: number
  mayUpload: boolean
  mayRemove: boolean
  mayListReadings: boolean
}

/** The same for a page. */
export async function shownOn(ports: Ports, actor: Actor, kind: SubjectKind, subjectId: string): Promise<ShownAttachments> {
  const subject = await subjectFor(ports, actor, subjectId, kind)
  const { relations, groups } = subject
  const all = await attachmentsOf(ports.database, subjectId)
  const readable = all.filter(({ group }) => readsGroup(actor, subject, group))
  return {
    items: readable.map((attachment) => attachmentView(actor, subject, attachment)),
    isWithheld: all.some(({ group }) => group === 'confidential' && !readsGroup(actor, subject, group)),
    groups,
    megabytes: ports.files.largest / 1_000_000,
    mayUpload: isOpen(subject) && may(actor, keepingVerb(kind, 'upload'), relations),
    mayRemove: may(actor, keepingVerb(kind, 'remove'), relations),
    mayListReadings: readsReadings(actor, subject),
  }
}

/** What is known of one document; 404 for one that the actor may not read. */
export async function readAttachment(ports: Ports, actor: Actor, id: string): Promise<Attachment> {
  const { attachment, subject } = await findReadable(ports, actor, id)
  return attachmentView(actor, subject, attachment)
}

export interface Delivery {
  attachmentId: string
  name: string
  mediaType: MediaType
  bytes: Uint8Array<ArrayBuffer>
}

/**
 * A document to keep. What is not for everybody leaves a trace of who read it; a confidential one is marked for its reader with a code
 * that the trace names, before a byte of it is handed out. 404 for one that the actor may not read, or whose bytes are gone or changed.
 */
export async function downloadAttachment(ports: Ports, actor: Actor, id: string): Promise<Delivery> {
  const { attachment, subject } = await findReadable(ports, actor, id)
  const bytes = await ports.files.get(attachment.blob)
  if (bytes === null || (await sha256(bytes)) !== attachment.sha256) throw new Problem('file-lost', { id })
  const delivery = { attachmentId: id, name: deliveredName(attachmentView(actor, subject, attachment)), mediaType: deliveredAs(attachment) }
  const isMarked = attachment.group === 'confidential'
  // Who looks at the photos that he took himself leaves no trace.
  const isOwnPhoto = subject.kind === 'contact' && subject.relations.includes('own')
  if (attachment.group === 'teaser' || isOwnPhoto || (actor.role === 'visitor' && !isMarked)) return { ...delivery, bytes }
  const reading = newReading(ports, actor, { subjectId: subject.id, object: id, isMarked })
  const marked =
    isMarked && isStampable(attachment.mediaType)
      ? await ports.stamper.stamp(
          { mediaType: attachment.mediaType, bytes },
          {
            reader: [reading.readerId, reading.accountId].filter((part) => part !== null).join(' '),
            day: dayOf(reading.at, ports.timeZone),
            // A reading that is marked has a code.
            code: reading.code!,
          },
        )
      : bytes
  await recordReading(ports, reading)
  return { ...delivery, bytes: Uint8Array.from(marked) }
}

/** A document and what it belongs to; 404 where the actor may not read it. */
export async function findReadable(ports: Ports, actor: Actor, id: string): Promise<{ attachment: StoredAttachment; subject: Subject }> {
  const attachment = await findAttachment(ports.database, id)
  if (attachment === undefined) throw new Problem('not-found', { id })
  const subject = await subjectFor(ports, actor, attachment.subjectId).catch((error: unknown) => {
    // Not by which listing it belongs to.
    throw error instanceof Problem && error.kind === 'not-found' ? new Problem('not-found', { id }) : error
  })
  if (!readsGroup(actor, subject, attachment.group)) throw new Problem('not-found', { id })
  return { attachment, subject }
}
